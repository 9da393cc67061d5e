"""The OpenAPI description of ACLED's addresses: one operation per generation, and the one for tokens."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from events.api import shapes
from events.api.schema import KeyExtension
from events.exchange import acled_query, acled_values, acled_words
from events.exchange.acled_meanings import MEANINGS

TAG = "Compatible with ACLED"
_JSON, _CSV = "application/json", "text/csv"
_STRING = {"type": "string"}


class TokenExtension(KeyExtension):
    """A key of this site is as good here as a token that was given for one."""

    target_class = "events.api.compat.acled_tokens.AcledAuthentication"
    name = "KeyOrToken"


_ROW = {"type": "object", "additionalProperties": _STRING}
_HEAD = {
    "status": {"type": "integer"},
    "success": shapes.FLAG,
    "last_update": {**shapes.WHOLE, "description": "Hours since the newest edition."},
    "count": shapes.WHOLE,
    "messages": shapes.many(_STRING),
    "data": shapes.many(_ROW),
    "filename": _STRING,
}
ENVELOPE = shapes.Shape("AcledPage", shapes.thing(_HEAD, description="Every value of a row is text, numbers too."))
CURRENT = shapes.Shape(
    "AcledCurrentPage",
    shapes.thing(_HEAD | {"total_count": shapes.WHOLE, "data_query_restrictions": {"type": "object"}}),
)
_ERROR = shapes.thing({"status": {"type": "integer"}, "message": _STRING})
FAILURE = shapes.Shape("AcledFailure", shapes.thing(_HEAD | {"error": shapes.many(_ERROR)}))
_PLACES = {"type": "object", "additionalProperties": shapes.ADDRESS}
ROOT = shapes.Shape(
    "AcledRoot",
    shapes.thing(
        {"legacy": _PLACES, "current": _PLACES, "token": shapes.ADDRESS, "documentation": shapes.ADDRESS},
    ),
)
TOKEN = shapes.Shape(
    "AcledToken",
    shapes.thing(
        {
            "token_type": {"type": "string", "const": "Bearer"},
            "expires_in": shapes.WHOLE,
            "access_token": _STRING,
            "refresh_token": _STRING,
            "refresh_token_expires_in": shapes.WHOLE,
        }
    ),
)
NO_TOKEN = shapes.Shape(
    "AcledNoToken", shapes.thing({"error": _STRING, "error_description": _STRING, "message": _STRING})
)
_GRANT = {
    "type": "object",
    "properties": {
        "grant_type": {"type": "string", "enum": ["password", "refresh_token"]},
        "client_id": {"type": "string", "const": "acled"},
        "username": {**_STRING, "description": "Any; the key says who asks."},
        "password": {**_STRING, "description": "An API key of this site, never the password of the account."},
        "refresh_token": _STRING,
        "scope": {**_STRING, "description": "Taken and not looked at."},
    },
    "required": ["grant_type", "client_id"],
}
_PAGE = {
    "status": 200,
    "success": True,
    "last_update": 3,
    "count": 1,
    "messages": [],
    "data": [{"event_id_cnty": "AFGX714133933448", "event_date": "2024-03-18", "fatalities": "6"}],
    "filename": "2024-03-01-2024-03-31-Afghanistan",
}
_FAILED = {
    "status": 400,
    "success": False,
    "last_update": 0,
    "count": 0,
    "messages": ["event_date: “18/03/2024” is not a day (YYYY-MM-DD)."],
    "data": [],
    "error": [{"status": 400, "message": "event_date: “18/03/2024” is not a day (YYYY-MM-DD)."}],
    "filename": "",
}
_KINDS = {acled_values.DAY: "a day", acled_values.MOMENT: "Unix seconds or a day"}
_SETTINGS = {
    "fields": "Columns of the answer, joined by “|”.",
    "limit": "Rows of a page: 5000, or 10000 of the monadic shape, unless given; 0 for all.",
    "page": "Counted from 1; behind the last one comes a page with count 0.",
    "export_type": "dyadic (one row per event) or monadic (one per main actor); events only.",
    "_format": "json or csv.",
    "format": "As _format.",
    "key": "An API key of this site, or an access token; reading needs none.",
    "email": "Taken and not looked at; the key says who asks.",
    "terms": "Taken and not looked at.",
    "inter_num": "1 for types of actors as numbers, 0 for words; events only.",
    "population": "true or full: adds the columns, which stay empty; events only.",
}


def meaning(name):
    """What a parameter of the events does, in a sentence or two."""
    if name in _SETTINGS:
        return _SETTINGS[name]
    if name.endswith("_where"):
        return f"How {name.removesuffix('_where')} is compared: {', '.join(acled_query.OPERATORS)}."
    kind = acled_query.EVENTS.columns[name]
    usual = acled_query.usual(kind)
    said = f", {_KINDS[kind]}" if kind in _KINDS else ""
    return f"Compared by {usual}{said}. {MEANINGS[name].holds}"


def _parameters():
    endpoint = OpenApiParameter(
        "endpoint",
        {"type": "string", "enum": list(acled_query.TABLES)},
        OpenApiParameter.PATH,
        description="acled are the events; the others list what was deleted and what stands in the events.",
    )
    form = OpenApiParameter(
        "form",
        {"type": "string", "enum": [".json", ".csv"]},
        OpenApiParameter.PATH,
        description="Or nothing, for JSON.",
    )
    names = acled_query.parameters(acled_query.EVENTS)
    return [endpoint, form, *(OpenApiParameter(name, _schema(name), description=meaning(name)) for name in names)]


def _schema(name):
    if name.endswith("_where"):
        return {"type": "string", "enum": list(acled_query.OPERATORS)}
    words = {"inter_num": ["0", "1"], "population": list(acled_words.POPULATION), "_format": list(acled_query.FORMATS)}
    return {"type": "string", "enum": words[name]} if name in words else {"type": "string"}


def _failure(meaning, **more):
    return OpenApiResponse(FAILURE, description=meaning, **more)


def _reading(name, envelope, example):
    return extend_schema(
        operation_id=name,
        tags=[TAG],
        parameters=_parameters(),
        responses={
            (200, _JSON): OpenApiResponse(
                envelope,
                description="Rows that fit. X-Skipped counts the incidents that have no row, X-Skipped-Reasons why.",
                examples=[OpenApiExample("One row, three of its columns", example, response_only=True)],
            ),
            (200, _CSV): OpenApiResponse({"type": "string"}, description="The same cells below a heading."),
            (400, _JSON): _failure(
                "A parameter is unknown, repeated or wrong, or too much would have to be read.",
                examples=[OpenApiExample("A wrong day", _FAILED, response_only=True)],
            ),
            (401, _JSON): _failure("The key or token is unknown, ended or revoked."),
            (404, _JSON): _failure("There is no such endpoint here."),
            (429, _JSON): _failure("Too many requests; Retry-After says how long to wait."),
        },
    )


root = extend_schema(
    operation_id="rootOfAcled",
    tags=[TAG],
    responses={
        (200, _JSON): OpenApiResponse(ROOT, description="Addresses."),
        (401, _JSON): _failure("The key or token is unknown, ended or revoked."),
        (429, _JSON): _failure("Too many requests; Retry-After says how long to wait."),
    },
)
legacy = _reading("readAcledLegacy", ENVELOPE, _PAGE)
current = _reading("readAcled", CURRENT, _PAGE | {"total_count": 1, "data_query_restrictions": {}})
token = extend_schema(
    operation_id="tokenOfAcled",
    tags=[TAG],
    auth=[],
    request=dict.fromkeys(("application/x-www-form-urlencoded", "multipart/form-data", _JSON), _GRANT),
    responses={
        (200, _JSON): OpenApiResponse(TOKEN, description="A token that reads, for an hour; the key behind it rules."),
        (400, _JSON): OpenApiResponse(NO_TOKEN, description="The key is not known, or something is missing."),
        (401, _JSON): OpenApiResponse(NO_TOKEN, description="The client is not acled."),
        (413, _JSON): OpenApiResponse(NO_TOKEN, description="The body is larger than 16 kB."),
        (415, _JSON): OpenApiResponse(NO_TOKEN, description="The body is neither a form nor JSON."),
        (429, _JSON): OpenApiResponse(NO_TOKEN, description="Too many requests; Retry-After says how long to wait."),
    },
)
