"""Answers in ACLED's envelopes, old and current: every value a string, the same cells in JSON and CSV."""

import csv
import io
import tempfile
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from events.api import errors
from events.api.freshness import RECORD

_IN_MEMORY = 2 * 1024 * 1024  # bytes of rows; more go into a temporary file
_PIECE = 64 * 1024
_PRIVATE = "private, no-store"


@dataclass(frozen=True)
class Generation:
    """How an age of the API answers where a query leaves it open."""

    name: str
    is_numeric: bool  # inter1, inter2 and interaction as numbers
    has_total: bool


LEGACY = Generation("legacy", is_numeric=True, has_total=False)
CURRENT = Generation("current", is_numeric=False, has_total=True)


class Sheet:
    """Rows of one page, written as they come: in memory while they are few, into a temporary file when they are many."""

    def __init__(self, columns, form):
        self.columns = columns
        self.form = form
        self._file = io.BytesIO()
        self._writer = csv.writer(self)
        self._separator = b""
        if form == "csv":
            self._writer.writerow(columns)

    def add(self, row):
        cells = [str(row.get(name, "")) for name in self.columns]
        if self.form == "csv":
            self._writer.writerow(cells)
        else:
            self._file.write(self._separator + orjson.dumps(dict(zip(self.columns, cells, strict=True))))
            self._separator = b","
        if isinstance(self._file, io.BytesIO) and self._file.tell() > _IN_MEMORY:
            held, self._file = self._file, tempfile.TemporaryFile()  # noqa: SIM115 – `close` does
            self._file.write(held.getbuffer())

    def write(self, line):
        """For csv.writer, which makes text."""
        self._file.write(line.encode())

    def pieces(self):
        self._file.seek(0)
        yield from iter(lambda: self._file.read(_PIECE), b"")

    def close(self):
        self._file.close()


class _Sent:
    """What is streamed, with the sheet that ends with it, read or not."""

    def __init__(self, pieces, sheet):
        self._pieces = pieces
        self.close = sheet.close

    def __iter__(self):
        return iter(self._pieces)


@dataclass(frozen=True)
class Page:
    """What the envelope says of a sheet; `hours` since the last edition, `skipped` reason → number."""

    sheet: Sheet
    count: int
    total: int
    hours: int
    filename: str
    skipped: dict


def listing(request, generation, page):
    """The page as JSON in the envelope of the generation, or as CSV."""
    if page.sheet.form == "csv":
        response = StreamingHttpResponse(_Sent(page.sheet.pieces(), page.sheet), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{page.filename}.csv"'
    else:
        response = StreamingHttpResponse(
            _Sent(_enveloped(generation, page), page.sheet), content_type="application/json"
        )
    response["X-Row-Count"] = str(page.count)
    response["X-Total-Count"] = str(page.total)
    response["X-Skipped"] = str(sum(page.skipped.values()))
    if page.skipped:
        reasons = sorted(page.skipped.items())
        response["X-Skipped-Reasons"] = "; ".join(f"{reason}={number}" for reason, number in reasons)
    # A key in the address must not stay in a shared cache, nor an answer for one be given to somebody else.
    response["Cache-Control"] = _PRIVATE if "key" in request.query_params else RECORD
    patch_vary_headers(response, ["Authorization"])
    return response


def problem(exc, context):
    """Whatever goes wrong, in the envelope of failures; None for a fault of ours, which belongs to handler500."""
    return _told(exc, context, failure)


def problem_of_grant(exc, context):
    """The same in the shape of the token address."""
    return _told(exc, context, lambda status, sentences: not_a_grant("invalid_request", " ".join(sentences), status))


def _told(exc, context, shaped):
    made = errors.problem_response(exc, context)
    if made is None:
        return None
    said = orjson.loads(made.content)
    sentences = [sentence for each in said.get("errors", {}).values() for sentence in each] or [said["detail"]]
    response = shaped(made.status_code, sentences)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in made:
            response[name] = made[name]
    return response


def failure(status, sentences):
    """`success` false with one entry in `error` per sentence; no rows, so that nobody takes it for an empty answer."""
    body = {
        "status": int(status),
        "success": False,
        "last_update": 0,
        "count": 0,
        "messages": sentences,
        "data": [],
        "error": [{"status": int(status), "message": sentence} for sentence in sentences],
        "filename": "",
    }
    return HttpResponse(
        orjson.dumps(body), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def not_a_grant(code, sentence, status=HTTPStatus.BAD_REQUEST):
    """The answer of the token address to what it does not grant (RFC 6749, 5.2)."""
    body = {"error": code, "error_description": sentence, "message": sentence}
    return HttpResponse(
        orjson.dumps(body), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def granted(token):
    return HttpResponse(
        orjson.dumps(token),
        content_type="application/json",
        headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
    )


def _enveloped(generation, page):
    head = {
        "status": 200,
        "success": True,
        "last_update": page.hours,
        "count": page.count,
        "messages": [],
    }
    tail = {"filename": page.filename}
    if generation.has_total:
        head["total_count"] = page.total
        tail["data_query_restrictions"] = {}
    yield orjson.dumps(head)[:-1] + b',"data":['
    yield from page.sheet.pieces()
    yield b"]," + orjson.dumps(tail)[1:]
