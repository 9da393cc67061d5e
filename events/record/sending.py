"""A file of a selection on its way to whoever asked, from pages and API alike."""

from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from events.record import downloads


class TooManyRows(Exception):
    """Raised with a sentence where a file of this format cannot hold so many."""


def file(form, found):
    """The answer that sends a flat.Flat; the header X-Row-Count says how many incidents it holds when it is whole.

    CSV, NDJSON, GeoJSON and Parquet are written while they are sent. Raises TooManyRows.
    """
    if form == "xlsx" and found.total > downloads.EXCEL_ROWS:
        found.close()
        raise TooManyRows(gettext("A sheet of Excel does not hold so many incidents; take CSV, or choose fewer."))
    response = _workbook(found) if form == "xlsx" else _Stream(form, found)
    response["Content-Type"] = downloads.FORMATS[form].content_type
    response["Content-Disposition"] = (
        f'attachment; filename="frontier-ledger-incidents-{timezone.now():%Y-%m-%d}.{form}"'
    )
    response["X-Row-Count"] = str(found.total)
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

    def __init__(self, form, found):
        super().__init__(downloads.FORMATS[form].write(found))
        self._found = found

    def close(self):
        self._found.close()  # before the request ends, and with it perhaps the connection
        super().close()
