"""ACLED's read endpoints over this record: the same addresses, parameters and envelopes below a base address of ours."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed

from events.api import answers, questions, schema_acled
from events.api.compat import acled_answers, acled_doors, acled_tables, acled_tokens
from events.api.compat.acled_answers import CURRENT, LEGACY, Page, Sheet
from events.exchange import acled as rows
from events.exchange import acled_query
from events.record import acled as record

_LARGEST = 16 * 1024  # bytes of a request for a token
_FORMS = {"": "", ".json": "json", ".csv": "csv"}


@schema_acled.root
@acled_doors.reader
def root(request):
    """Where the endpoints are, for people and for clients that knock at the base address first."""
    questions.none(request.query_params)
    base = request.build_absolute_uri(reverse("api-acled-root"))
    found = {
        "legacy": {name: f"{base}{name}/read" for name in acled_query.TABLES},
        "current": {name: f"{base}api/{name}/read" for name in acled_query.TABLES},
        "token": f"{base}oauth/token",
        "documentation": request.build_absolute_uri(reverse("api-acled-docs")),
    }
    return answers.value(request, found)


@schema_acled.legacy
@acled_doors.reader
def legacy(request, endpoint, form=None):
    """Events, or lists about them, as ACLED's API answered until 2025."""
    return _read(request, endpoint, form or "", LEGACY)


@schema_acled.current
@acled_doors.reader
def current(request, endpoint, form=None):
    """Events, or lists about them, as ACLED's API answers since August 2025."""
    return _read(request, endpoint, form or "", CURRENT)


@schema_acled.token
@acled_doors.grant
def token(request):
    """An access token for an API key: the key stands in the place of the password."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _LARGEST:
        return acled_answers.not_a_grant("invalid_request", "The body is larger than 16 kB.", 413)
    try:
        given = {name: str(value).strip() for name, value in request.data.items()}
    except RequestDataTooBig:
        return acled_answers.not_a_grant("invalid_request", "The body is too large.", 413)
    if given.get("client_id") != "acled":
        return acled_answers.not_a_grant("invalid_client", "Send client_id=acled.", HTTPStatus.UNAUTHORIZED)
    grant = given.get("grant_type")
    if grant not in _GRANTS:
        sentence = (
            "Send grant_type=password with username and password, or grant_type=refresh_token with refresh_token."
        )
        return acled_answers.not_a_grant("unsupported_grant_type", sentence)
    needed, key_of = _GRANTS[grant]
    if missing := [name for name in needed if not given.get(name)]:
        return acled_answers.not_a_grant("invalid_request", f"{missing[0]} is missing; send it in the body.")
    try:
        key = key_of(given[needed[-1]])
    except AuthenticationFailed as refused:
        return acled_answers.not_a_grant("invalid_grant", str(refused.detail))
    return acled_answers.granted(acled_tokens.issue(key))


_GRANTS = {
    "password": (("username", "password"), acled_tokens.of_password),
    "refresh_token": (("refresh_token",), acled_tokens.of_refresh),
}


def _read(request, endpoint, ending, generation):
    table = acled_query.TABLES.get(endpoint)
    if table is None or ending not in _FORMS:
        offered = ", ".join(acled_query.TABLES)
        sentence = f"There is no {endpoint}/read{ending} here. There are {offered}; as JSON, or as CSV with .csv."
        return acled_answers.failure(HTTPStatus.NOT_FOUND, [sentence])
    pairs = [(name, value) for name, values in request.query_params.lists() for value in values]
    try:
        question = acled_query.parse(
            table, [*pairs, *([("_format", _FORMS[ending])] if _is_open(ending, pairs) else [])]
        )
        return _answer(request, question, generation)
    except acled_query.Refused as refused:
        return acled_answers.failure(HTTPStatus.BAD_REQUEST, refused.sentences)
    except record.TooMany:
        sentence = f"More than {record.MOST:,} incidents would have to be read. Ask for fewer days or smaller pages."
        return acled_answers.failure(HTTPStatus.BAD_REQUEST, [sentence])


def _is_open(ending, pairs):
    """Whether the ending of the address decides about the format, because no parameter does."""
    return bool(ending) and not any(name == "_format" for name, _ in pairs)


def _answer(request, question, generation):
    is_numeric = generation.is_numeric if question.is_numeric is None else question.is_numeric
    sheet = Sheet(question.columns, question.form or "json")
    try:
        if question.table is acled_query.EVENTS:
            tally = record.read(question, lambda row: sheet.add(row if is_numeric else rows.in_words(row)))
        else:
            tally = acled_tables.read(question, sheet.add)
    except BaseException:
        sheet.close()
        raise
    page = Page(sheet, tally.count, tally.total, _hours(), _filename(question), tally.skipped)
    return acled_answers.listing(request, generation, page)


def _hours():
    last = record.last_published_at()
    return int((timezone.now() - last).total_seconds() // 3600) if last else 0


def _filename(question):
    """Days and countries of the query, as there; else the name of the endpoint."""
    named = [question.given.get(name, "") for name in ("event_date", "country")]
    asked = "-".join(value.replace("|", "-").replace(acled_query.OR, "-") for value in named if value)
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "_" for letter in asked)
    return safe[:120] or f"frontier-ledger-{question.table.name}"
