"""The OpenAPI description of what keys that write can do."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from events.api import draft_shapes, shapes
from events.api import examples_writing as examples
from events.api import schema as common
from events.api.draft_inputs import ClaimChange, ClaimsInput, FactsChange
from events.api.draft_question import DraftQuestion
from events.api.examples import DRAFT, LOGGED
from events.api.serializers import DraftInput

_JSON, _PROBLEM_JSON = "application/json", "application/problem+json"
_ETAG = {"type": "string", "examples": ['"0f3a….4711.9c1d…"']}
_UID = {"type": "string", "pattern": "^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$"}
_THIS = OpenApiParameter("uid", _UID, OpenApiParameter.PATH, description="As 7K3M-9QX2, in any spelling.")
_CLAIM_UID = OpenApiParameter("claim_uid", _UID, OpenApiParameter.PATH, description="The uid of the claim.")
_ABSENT = "The owner of the key sees nothing at this address."
_ONCE = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    description="Sent again with the same key, the request is not carried out again and gives the first answer; "
    "another body is refused.",
)
_MATCH = OpenApiParameter(
    "If-Match",
    _ETAG,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the state that you change. It may come weak (W/) or marked by a server that compresses.",
)
_MAY_MATCH = OpenApiParameter(
    "If-Match", _ETAG, OpenApiParameter.HEADER, description="If it is sent, the state has to be this one."
)
_TAG = OpenApiParameter(
    "ETag", _ETAG, OpenApiParameter.HEADER, response=[200], description="Of this state, for If-Match."
)


_ANYWHERE = (406, 500, 503)


def _problems(*statuses):
    found = {}
    for status in sorted({*statuses, *_ANYWHERE}):
        shape = draft_shapes.CHANGED if status == 412 else shapes.PROBLEM
        said = _ABSENT if status == 404 else common.PROBLEMS[status]
        shown = [examples.CHANGED_MEANWHILE] if status == 412 else []
        found[status, _PROBLEM_JSON] = OpenApiResponse(shape, description=said, examples=shown)
    return found


def _operation(method, name, answers, *, problems, parameters=(), body=None, shown=()):
    answers = {
        (status, _JSON) if shape else status: OpenApiResponse(shape, description=said)
        for status, (shape, said) in answers.items()
    }
    return extend_schema(
        methods=[method],
        operation_id=name,
        tags=["Desk"],
        auth=[{"Key": []}],
        parameters=list(parameters),
        request=body,
        responses=answers | _problems(*problems),
        examples=list(shown),
    )


def _sent(name, value):
    return OpenApiExample(name, value, request_only=True)


def _got(name, value, status="200"):
    return OpenApiExample(name, value, response_only=True, status_codes=[status])


def _both(*operations):
    """Several methods of one address."""

    def decorate(view):
        for operation in operations:
            view = operation(view)
        return view

    return decorate


_list = _operation(
    "GET",
    "listDrafts",
    {200: (shapes.page_of(draft_shapes.LISTED), "Drafts that the owner of the key logged or was handed.")},
    parameters=common.query_of(DraftQuestion),
    problems=(400, 401, 403, 429),
)
_log = _operation(
    "POST",
    "logDraft",
    {
        201: (shapes.LOGGED, "The draft; Location is its address at the desk."),
        200: (shapes.LOGGED, "The draft that this Idempotency-Key made before."),
    },
    parameters=[_ONCE],
    body={_JSON: DraftInput},
    problems=(400, 401, 403, 409, 413, 415, 422, 429),
    shown=[_sent("An attack with a claimed toll", DRAFT), _got("The draft", LOGGED, "201")],
)
_read = _operation(
    "GET",
    "readDraft",
    {200: (draft_shapes.DRAFT, "As the desk shows it."), 304: (None, "Nothing changed since the ETag that you sent.")},
    parameters=[_THIS, _TAG],
    problems=(400, 401, 403, 404, 429),
)
_change = _operation(
    "PATCH",
    "changeDraft",
    {200: (draft_shapes.DRAFT, "As it stands now.")},
    parameters=[_THIS, _MATCH, _TAG],
    body={_JSON: FactsChange},
    problems=(400, 401, 403, 404, 409, 412, 413, 415, 428, 429),
    shown=[_sent("Another day, and no place", examples.FACTS)],
)
drafts, draft = _both(_list, _log), _both(_read, _change)
add_claims = _operation(
    "POST",
    "addClaims",
    {201: (draft_shapes.ADDED, "The claims, in their order."), 200: (draft_shapes.ADDED, "They were added before.")},
    parameters=[_THIS, _ONCE, _MAY_MATCH],
    body={_JSON: ClaimsInput},
    problems=(400, 401, 403, 404, 409, 412, 413, 415, 422, 429),
    shown=[_sent("A witness names the perpetrator", examples.CLAIMS), _got("Added", examples.ADDED, "201")],
)
submit = _operation(
    "POST",
    "submitDraft",
    {200: (draft_shapes.SUBMITTED, "It is with the editors.")},
    parameters=[_THIS, _ONCE, _MAY_MATCH],
    problems=(400, 401, 403, 404, 409, 412, 422, 429),
    shown=[_got("Submitted", examples.SUBMITTED)],
)
claim = _both(
    _operation(
        "GET",
        "readClaimOfDraft",
        {
            200: (draft_shapes.CLAIM, "As the desk has it."),
            304: (None, "Nothing changed since the ETag that you sent."),
        },
        parameters=[_THIS, _CLAIM_UID, _TAG],
        problems=(400, 401, 403, 404, 429),
    ),
    _operation(
        "PATCH",
        "changeClaim",
        {200: (draft_shapes.CLAIM, "As it stands now.")},
        parameters=[_THIS, _CLAIM_UID, _MATCH, _TAG],
        body={_JSON: ClaimChange},
        problems=(400, 401, 403, 404, 409, 412, 413, 415, 428, 429),
        shown=[_sent("Only suspected", examples.CLAIM)],
    ),
    _operation(
        "DELETE",
        "removeClaim",
        {204: (None, "It is taken back.")},
        parameters=[_THIS, _CLAIM_UID, _MATCH],
        problems=(400, 401, 403, 404, 409, 412, 428, 429),
    ),
)
text = _operation(
    "POST",
    "captureText",
    {201: (draft_shapes.CAPTURED, "The text is kept."), 200: (draft_shapes.CAPTURED, "It was kept before.")},
    parameters=[_THIS, _ONCE],
    body={"text/plain": {"type": "string", "maxLength": 2_000_000}},
    problems=(400, 401, 403, 404, 409, 413, 415, 422, 429),
    shown=[_got("Kept", examples.CAPTURED, "201")],
)
