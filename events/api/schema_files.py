"""The list of incidents in the OpenAPI description: its documents and their parts, and the same as files."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from events.api import document_shapes, formats, questions, register_shapes, schema, shapes
from events.api.examples import INCIDENTS
from events.record import csvw, stix

_PARTIAL = shapes.Shape(
    "PartialIncident",
    {
        "type": "object",
        "description": "An incident where fields or include were asked for: its uid, the members of the document that "
        "fields names (all without it), and in “included” what include names.",
        "properties": {
            **document_shapes.INCIDENT.schema["properties"],
            **{
                name: {"type": ["object", "null"]}
                for name in ("edition", "location", "headline", "date")  # parts of these can be asked for
            },
            "included": {
                "type": "object",
                "properties": {
                    "editions": shapes.many(shapes.ref(register_shapes.EDITION)),
                    "provenance": shapes.ref(document_shapes.PROVENANCE),
                },
            },
        },
        "required": ["uid"],
    },
)
_LISTED = shapes.Shape("ListedIncident", {"anyOf": [shapes.ref(document_shapes.INCIDENT), shapes.ref(_PARTIAL)]})
_PAGE = shapes.page_of(_LISTED, **shapes.STATE)
_TABLE = shapes.Shape(
    "TableMetadata",
    {
        "type": "object",
        "description": "Metadata of a table as “CSV on the Web” of the W3C has it; it describes every column of the CSV.",
        "properties": {
            "@context": {"type": "array"},
            "url": shapes.ADDRESS,
            "tableSchema": {"type": "object", "properties": {"columns": shapes.many({"type": "object"})}},
        },
        "required": ["@context", "url", "tableSchema"],
    },
)
_WORDS = {"csv", "ndjson"}
_HEADERS = [
    OpenApiParameter(
        "X-Row-Count",
        {"type": "integer", "minimum": 0},
        OpenApiParameter.HEADER,
        response=[200],
        description="Of files: how many incidents a whole one holds.",
    )
]
_FORM = OpenApiParameter("form", {"type": "string", "enum": list(formats.TYPES)}, OpenApiParameter.PATH)


def _responses():
    found = {(200, formats.TYPES[formats.JSON]): OpenApiResponse(_PAGE, description="As asked.", examples=[INCIDENTS])}
    for name, media_type in formats.TYPES.items():
        if name == "geojson":
            found[(200, media_type)] = OpenApiResponse({"type": "object"}, description="As asked.")
        elif name != formats.JSON:
            binary = {} if name in _WORDS else {"format": "binary"}
            found[(200, media_type)] = OpenApiResponse({"type": "string", **binary}, description="As asked.")
    return found


def _operation(name, description, *, path=(), also=()):
    return extend_schema(
        operation_id=name,
        tags=["Incidents"],
        description=description,
        parameters=[*path, *schema.query_of(questions.incidents), *_HEADERS],
        responses=_responses() | schema._problems((400, 401, *also, 429)),
    )


incidents = _operation(
    "listIncidents",
    "Public incidents, newest day first unless asked otherwise: the documents of their latest editions, in pages; or the "
    "whole selection as a file, where the Accept header prefers one. Without an Accept header the answer is JSON.",
    also=(406,),
)
incidents_file = _operation(
    "listIncidentsInFormat",
    "The same in the format that the end of the address names, whatever is accepted. Files hold the whole selection, in "
    "the order asked for, with the columns of the data dictionary; a file with fewer rows than X-Row-Count was cut.",
    path=[_FORM],
)
_LEFT_OUT = [
    OpenApiParameter(
        name,
        {"type": kind},
        OpenApiParameter.HEADER,
        response=[200],
        description=f"Of rows for ACLED and UCDP: {told}.",
    )
    for name, kind, told in (
        ("X-Skipped", "integer", "how many incidents of the selection have none"),
        ("X-Skipped-Reasons", "string", "why, as reason=number; the pages about these data sets tell what each means"),
    )
]
incidents_for_others = extend_schema(
    operation_id="listIncidentsForOtherPrograms",
    tags=["Incidents"],
    description="The whole selection in a format that other programs read: CSV in the columns of ACLED or of UCDP GED, "
    "without the incidents that these cannot hold; or one bundle of STIX 2.1. A file with fewer rows than X-Row-Count (or "
    "a bundle that does not end) was cut.",
    parameters=[
        OpenApiParameter("form", {"type": "string", "enum": list(formats.OTHERS)}, OpenApiParameter.PATH),
        *schema.query_of(questions.incidents),
        *_HEADERS,
        *_LEFT_OUT,
    ],
    responses={
        (200, "text/csv"): OpenApiResponse({"type": "string"}, description="As asked."),
        (200, stix.MEDIA_TYPE): OpenApiResponse({"type": "object"}, description="As asked."),
    }
    | schema._problems((400, 401, 429)),
)
incidents_csvw = extend_schema(
    operation_id="describeIncidentsCsv",
    tags=["Incidents"],
    parameters=schema.query_of(questions.incidents),
    responses={(200, csvw.CONTENT_TYPE): OpenApiResponse(_TABLE, description="As asked.")}
    | schema._problems((400, 401, 429)),
)
