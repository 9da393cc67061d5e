"""The OpenAPI description of UCDP's address for events."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from events.api import schema, shapes
from events.api.compat import ucdp_words
from events.api.compat.ucdp_question import LARGEST, LONGEST_LIST, USUAL, EventQuestion, NumbersField, WholeField
from events.api.examples import PROBLEM
from events.exchange.ucdp_columns import ALWAYS, TYPES, Type
from events.record import parameters

TAG = "Compatible with UCDP"


class TokenExtension(OpenApiAuthenticationExtension):
    target_class = "events.api.compat.ucdp.TokenAuthentication"
    name = "UcdpToken"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "x-ucdp-access-token",
            "description": "A key of this site, flk_…. Reading needs none; a token of UCDP’s counts for nothing here.",
        }


def column_schema(name):
    """JSON Schema of one column."""
    kind = TYPES[name]
    plain = {"type": "string", "format": "date-time-local"} if kind == Type.MOMENT else {"type": kind.value}
    return plain if name in ALWAYS else shapes.maybe(plain)


EVENT = shapes.Shape(
    "UcdpEvent",
    shapes.thing(
        {
            name: column_schema(name)
            | {"description": " ".join(text for text in (rule, lost and f"Lost: {lost}") if text)}
            for names, (rule, lost) in ucdp_words.RULES.items()
            for name in names
        }
    ),
)
EVENTS = shapes.Shape(
    "UcdpEvents",
    shapes.thing(
        {
            "TotalCount": shapes.WHOLE,
            "TotalPages": shapes.WHOLE,
            "PreviousPageUrl": {**shapes.TEXT, "description": "Empty on the first page."},
            "NextPageUrl": {**shapes.TEXT, "description": "Empty on the last page."},
            "Result": shapes.many(shapes.ref(EVENT)),
        }
    ),
)
EXAMPLE = {
    "id": 900000017,
    "relid": "AFG-2024-1-0-17",
    "year": 2024,
    "active_year": None,
    "code_status": "Check target_nature, dyad",
    "type_of_violence": 1,
    "conflict_dset_id": None,
    "conflict_new_id": None,
    "conflict_name": "Government of Pakistan - XXX700",
    "dyad_dset_id": None,
    "dyad_new_id": None,
    "dyad_name": "Government of Pakistan - XXX700",
    "side_a_dset_id": None,
    "side_a_new_id": 142,
    "side_a": "Government of Pakistan",
    "side_b_dset_id": None,
    "side_b_new_id": None,
    "side_b": "XXX700",
    "number_of_sources": 1,
    "source_article": '"Example Gazette,2024-03-18,Made-up headline"',
    "source_office": "Example Gazette",
    "source_date": "2024-03-18",
    "source_headline": "Made-up headline",
    "source_original": "Made-up spokesperson",
    "where_prec": 3,
    "where_coordinates": "Barmal",
    "where_description": "Barmal, Paktika, Afghanistan",
    "adm_1": "Paktika province",
    "adm_2": "Barmal district",
    "latitude": 32.70428,
    "longitude": 69.20583,
    "geom_wkt": "POINT (69.20583 32.70428)",
    "priogrid_gid": 176899,
    "country": "Afghanistan",
    "country_id": 700,
    "region": "Asia",
    "event_clarity": 1,
    "date_prec": 1,
    "date_start": "2024-03-18T00:00:00",
    "date_end": "2024-03-18T00:00:00",
    "deaths_a": 0,
    "deaths_b": 0,
    "deaths_civilians": 6,
    "deaths_unknown": 0,
    "best": 6,
    "high": 6,
    "low": 6,
    "gwnoa": "770",
    "gwnob": None,
}
PAGE = {"TotalCount": 1, "TotalPages": 1, "PreviousPageUrl": "", "NextPageUrl": "", "Result": [EXAMPLE]}


def parameter_schema(field):
    """JSON Schema of one value of a field of EventQuestion."""
    if isinstance(field, WholeField):
        usual = {"default": field.usual, "minimum": field.lowest}
        return {"type": "integer", **usual, **({"maximum": LARGEST} if field.usual == USUAL else {})}
    if isinstance(field, NumbersField):
        return {"type": "string", "pattern": "^[0-9]+(,[0-9]+)*$", "maxLength": LONGEST_LIST}
    if isinstance(field, parameters.DayField):
        return dict(shapes.DAY)
    return {"type": "string", "maxLength": parameters.LONGEST}


_HEADERS = {
    "X-Version": "The version that answered: current, or the name of a release.",
    "X-Skipped": "How many incidents are asked for, as far as place, day and id tell, and give no row.",
    "X-Skipped-Reasons": "Why: " + "; ".join(f"{code}: {meaning}" for code, meaning in ucdp_words.REASONS.items()),
}
events = extend_schema(
    operation_id="listUcdpEvents",
    tags=[TAG],
    parameters=[
        OpenApiParameter(
            "version",
            {"type": "string", "examples": ["current", "2026.1", "26.1"]},
            OpenApiParameter.PATH,
            description="current, or a release by its name; 26.1 is the release 2026.1.",
        ),
        *(
            OpenApiParameter(name, parameter_schema(field), description=field.help_text)
            for name, field in EventQuestion.base_fields.items()
            if name != "Key"
        ),
        *(
            OpenApiParameter(name, {"type": "string"}, OpenApiParameter.HEADER, description=meaning, response=[200])
            for name, meaning in _HEADERS.items()
        ),
    ],
    responses={
        (200, "application/json"): OpenApiResponse(
            EVENTS,
            description="A page of rows as UCDP GED has them.",
            examples=[OpenApiExample("A made-up row", PAGE, response_only=True, status_codes=["200"])],
        ),
        304: OpenApiResponse(None, description="Nothing changed since the ETag that you sent."),
        **{
            (status, "application/problem+json"): OpenApiResponse(
                shapes.PROBLEM, description=schema.PROBLEMS[status], examples=[PROBLEM] if status == 400 else []
            )
            for status in (400, 401, 404, 429)
        },
    },
)
hidden = extend_schema(exclude=True)
