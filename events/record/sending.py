"""A file of a selection on its way to whoever asked, from pages and API alike."""

from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from events.record import downloads, shaped, stix


class TooManyRows(Exception):
    """Raised with a sentence where a file of this format cannot hold so many."""


def file(form, found):
    """The answer that sends a flat.Flat; the header X-Row-Count says how many incidents it holds when it is whole.

    CSV, NDJSON, GeoJSON and Parquet are written while they are sent. Raises TooManyRows.
    """
    if form == "xlsx" and found.total > downloads.EXCEL_ROWS:
        found.close()
        raise TooManyRows(gettext("A sheet of Excel does not hold so many incidents; take CSV, or choose fewer."))
    response = _workbook(found) if form == "xlsx" else _Stream(downloads.FORMATS[form].write(found), found)
    return _named(response, downloads.FORMATS[form].content_type, form, found.total)


def shape(form, chosen, shelf, order="newest"):
    """The answer that sends a selection of the shelf in the shape of another data set, written while it is sent.

    X-Row-Count is the number of its rows when it is whole; X-Skipped and X-Skipped-Reasons count what has none.
    """
    one = shaped.SHAPES[form]
    weighed, known = one.weigh(chosen, shelf, order)
    response = StreamingHttpResponse(shaped.as_csv(one, weighed, known))
    response["X-Skipped"] = str(len(weighed.left_out))
    if weighed.left_out:
        response["X-Skipped-Reasons"] = "; ".join(f"{reason}={number}" for reason, number in weighed.reasons.items())
    return _named(response, shaped.CSV, one.ending, len(weighed.found))


def left_out(form, chosen, shelf, base):
    """The answer that lists what has no row in that shape, and why; `base` is scheme and host of this site."""
    one = shaped.SHAPES[form]
    weighed, _ = one.weigh(chosen, shelf)
    response = StreamingHttpResponse(shaped.left_out_as_csv(one, weighed, base))
    return _named(response, shaped.CSV, f"{form}-left-out.csv", len(weighed.left_out))


def bundle(found, asked):
    """The answer that sends stix.read as a bundle of STIX, written while it is sent; X-Row-Count counts its incidents.

    `asked` are the words by which the same question about the same record is known; the id of the bundle follows from them.
    """
    response = _Stream(stix.as_bundle(found.rows, asked), found)
    return _named(response, stix.MEDIA_TYPE, "stix.json", found.total)


def _named(response, content_type, ending, rows):
    response["Content-Type"] = content_type
    response["Content-Disposition"] = (
        f'attachment; filename="frontier-ledger-incidents-{timezone.now():%Y-%m-%d}.{ending}"'
    )
    response["X-Row-Count"] = str(rows)
    return response


def _workbook(found):
    file = TemporaryFile()  # noqa: SIM115 (closed, and so removed, with the response)
    try:
        downloads.as_xlsx(found, file)
    finally:
        found.close()
    file.seek(0)
    return FileResponse(file)


class _Stream(StreamingHttpResponse):
    """Closes what it reads from with itself, be it whole, cut or asked for with HEAD."""

    def __init__(self, pieces, found):
        super().__init__(pieces)
        self._found = found

    def close(self):
        self._found.close()  # before the request ends, and with it perhaps the connection
        super().close()
