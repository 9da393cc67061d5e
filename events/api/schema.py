"""The OpenAPI description: one decorator per view of the API, and how spectacular reads shapes and keys."""

import copy

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from events.api import document_shapes, members, questions, register_shapes, shapes, statistics_shapes, waiting
from events.api.change_question import ChangeQuestion, SequenceField, WaitField
from events.api.examples import CHANGES, PROBLEM, PROVENANCE
from events.api.questions_ties import DayQuestion
from events.record import parameters, past

PROBLEMS = {
    400: "A parameter or field is wrong, unknown or contradicts another; errors say which and what would be right.",
    401: "The key is unknown, expired or revoked.",
    403: "The key may not do this, or its owner may not.",
    404: "Nothing public has this address.",
    405: "This address does not take the method; Allow says which it takes.",
    406: "None of the forms that the header Accept asks for is to be had here; available lists those that are, if several.",
    409: "The draft is likely logged already, or its new source goes by nearly the name of known ones (candidates "
    "lists them): send despite_duplicates if it is another one. Or its state forbids it, as the sentence says. Or somebody "
    "else wrote the same just now.",
    410: "The incident was withdrawn, the entry left the record, or the edition is withheld for somebody's privacy; the "
    "answer says why.",
    412: "It is no longer as If-Match or If-Unmodified-Since asks; of a draft, differences lists what differs, and ETag is "
    "that of what stands now.",
    413: "The body is larger than 1 MB, or a captured text than 2,000,000 characters.",
    415: "The body is not JSON; a captured text is text/plain.",
    422: "Another body was sent with this Idempotency-Key before.",
    428: "If-Match is missing: say which state you change, by the ETag of the answer in which you read it.",
    429: "Too many requests; Retry-After says how long to wait.",
    500: "Something failed on our side; nothing was changed.",
    503: "The database is busy; Retry-After says when to send the same request again.",
}
_JSON, _PROBLEM_JSON = "application/json", "application/problem+json"


class ShapeExtension(OpenApiSerializerExtension):
    target_class = shapes.Shape

    def get_name(self, auto_schema, direction):
        return self.target.name

    def map_serializer(self, auto_schema, direction):
        for used in shapes.referred(self.target.schema):
            auto_schema.resolve_serializer(used, direction)
        return copy.deepcopy(self.target.schema)  # spectacular rewrites what it gets


class KeyExtension(OpenApiAuthenticationExtension):
    target_class = "events.api.keys.KeyAuthentication"
    name = "Key"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of this site, flk_…. Reading needs none; with one the limit is higher.",
        }


def parameter_schema(field):
    """JSON Schema of one value of a form field."""
    if isinstance(field, parameters.CodeField | parameters.CodesField):
        return {"type": "string", "enum": list(field.words)}
    if isinstance(field, parameters.DayField):
        return dict(shapes.DAY)
    if isinstance(field, parameters.BoxField):
        return {"type": "string", "maxLength": parameters.LONGEST, "examples": ["69,32,71,34"]}
    if isinstance(field, questions.SizeField):
        return {"type": "integer", "minimum": 1, "maximum": questions.LARGEST, "default": questions.USUAL}
    if isinstance(field, questions.MomentField | past.AsOfField):
        return {"anyOf": [dict(shapes.MOMENT), dict(shapes.DAY)]}
    if isinstance(field, WaitField):
        return {"type": "integer", "minimum": 0, "maximum": waiting.LONGEST, "default": 0}
    if isinstance(field, SequenceField):
        return {"type": "integer", "minimum": 0, "default": 0}
    if isinstance(field, past.PlaceField):
        return {"type": "integer", "minimum": 0}
    if isinstance(field, members.ListField):
        return {"type": "string", "maxLength": parameters.LONGEST, "examples": [",".join(field.words[:2])]}
    if isinstance(field, parameters.GradeField):
        return {"type": "integer", "minimum": field.lowest, "maximum": field.highest}
    return {"type": "string", "maxLength": parameters.LONGEST}


def query_of(question):
    return [
        OpenApiParameter(
            name,
            {"type": "array", "items": parameter_schema(field)} if is_repeatable else parameter_schema(field),
            description=" ".join(str(text) for text in (field.label and f"{field.label}.", field.help_text) if text),
            explode=True if is_repeatable else None,
            style="form" if is_repeatable else None,
        )
        for name, field, is_repeatable in questions.definitions(question)
    ]


def _path(name, schema, meaning):
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=meaning)


_UID = _path("uid", {"type": "string", "pattern": "^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$"}, "As 7K3M-9QX2, in any spelling.")
_FOLDED = "folded into the entry"
_SLUG = _path("slug", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "The short name in the address.")


def _operation(name, shape, tag, *, query=None, path=(), also=(), examples=(), moved="", **more):
    problems = (400, 401, 406, 412, 429, 500, 503, *also)
    responses = {(200, _JSON): OpenApiResponse(shape, description="As asked.", examples=list(examples))}
    if moved:
        responses[301] = OpenApiResponse(None, description=f"It was {moved} at Location.")
    responses[304] = OpenApiResponse(None, description="Nothing changed since the ETag or the moment you sent.")
    responses |= _problems(problems)
    return extend_schema(
        operation_id=name,
        tags=[tag],
        parameters=[*path, *(query_of(query) if query else [])],
        responses=responses,
        **more,
    )


def _problems(statuses):
    return {
        (status, _PROBLEM_JSON): OpenApiResponse(
            shapes.PROBLEM, description=PROBLEMS[status], examples=[PROBLEM] if status == 400 else []
        )
        for status in statuses
    }


def _list(name, shape, tag, question, envelope=None, **more):
    return _operation(name, shapes.page_of(shape, **(envelope or {})), tag, query=question, **more)


root = _operation("root", shapes.ROOT, "Start")
incident = _operation(
    "readIncident",
    document_shapes.INCIDENT,
    "Incidents",
    path=[_UID],
    also=(404, 410),
    moved="merged into the incident",
)
incident_provenance = _operation(
    "readProvenanceOfIncident",
    document_shapes.PROVENANCE,
    "Incidents",
    path=[_UID],
    also=(404, 410),
    examples=[PROVENANCE],
    moved="merged into the incident",
)
incident_editions = _list(
    "listEditionsOfIncident", register_shapes.EDITION, "Incidents", questions.Paging, path=[_UID], also=(404,)
)
incident_edition = _operation(
    "readEditionOfIncident",
    document_shapes.STORED,
    "Incidents",
    path=[_UID, _path("number", {"type": "integer", "minimum": 1}, "The number of the edition.")],
    also=(404, 410),
)
editions = _list("listEditions", register_shapes.EDITION, "Editions", questions.EditionQuestion)
edition = _operation(
    "readEdition",
    document_shapes.STORED,
    "Editions",
    path=[_path("sequence", {"type": "integer", "minimum": 1}, "Its place in the sequence of the record.")],
    also=(404, 410),
)
changes = _operation(
    "listChanges",
    register_shapes.CHANGES,
    "Editions",
    query=ChangeQuestion,
    examples=[CHANGES],
)
statistics = _operation("readStatistics", statistics_shapes.STATISTICS, "Statistics", query=questions.selection)
claims = _list("listClaims", document_shapes.LISTED_CLAIM, "Claims", questions.ClaimQuestion)
claim = _operation("readClaim", document_shapes.LISTED_CLAIM, "Claims", path=[_UID], also=(404, 410))
actors = _list("listActors", register_shapes.ACTOR, "Registers", questions.ActorQuestion)
actor = _operation(
    "readActor", register_shapes.PROFILE, "Registers", query=DayQuestion, path=[_SLUG], also=(404, 410), moved=_FOLDED
)
locations = _list("listLocations", register_shapes.LOCATION, "Registers", questions.LocationQuestion)
location = _operation(
    "readLocation", register_shapes.LOCATION, "Registers", path=[_SLUG], also=(404, 410), moved=_FOLDED
)
sources = _list("listSources", register_shapes.SOURCE, "Registers", questions.SourceQuestion)
source = _operation("readSource", register_shapes.SOURCE, "Registers", path=[_SLUG], also=(404, 410), moved=_FOLDED)
