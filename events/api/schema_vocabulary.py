"""The codebook in the OpenAPI description."""

from drf_spectacular.utils import OpenApiExample

from events.api.schema import _operation, _path
from events.api.shapes import TEXT, WHOLE, Shape, many, maybe, ref, thing

_ENTRY = Shape(
    "Word",
    thing(
        {
            "code": TEXT,
            "label": TEXT,
            "help": {**TEXT, "description": "How to use it; empty where the label says it all."},
            "category": {**maybe(TEXT), "description": "Of a kind of incident; null in other lists."},
            "acled": maybe(thing({"event_type": TEXT, "sub_event_type": TEXT})),
            "ucdp": maybe(thing({"type_of_violence": many({"type": "integer", "minimum": 1, "maximum": 3})})),
            "plover": maybe(TEXT),
        },
        description="The nearest words of ACLED, UCDP and PLOVER; null where they have none, or in other lists.",
    ),
)
WORD_LIST = Shape(
    "WordList",
    thing(
        {
            "name": TEXT,
            "schema": {**TEXT, "description": "The component of this description that lists the same codes."},
            "heading": TEXT,
            "about": TEXT,
            "fields": {**many(TEXT), "description": "Members of the answers that hold its codes: “Claim.stance”."},
            "columns": {**many(TEXT), "description": "Columns of the files that hold them."},
            "parameters": {**many(TEXT), "description": "Parameters that take them: “claims: stance”."},
            "entries": many(ref(_ENTRY)),
        }
    ),
)
VOCABULARY = Shape(
    "Vocabulary",
    thing({"count": WHOLE, "selection": thing({}), "ruleset": WHOLE, "results": many(ref(WORD_LIST))}),
)
_EXAMPLE = OpenApiExample(
    "Kinds of incidents, shortened",
    {
        "name": "kind",
        "schema": "Kind",
        "heading": "Kind of incident",
        "about": "",
        "fields": ["Incident.kind"],
        "columns": ["kind"],
        "parameters": ["incidents: kind", "statistics: kind"],
        "entries": [
            {
                "code": "shelling",
                "label": "Shelling",
                "help": "",
                "category": "violent",
                "acled": {
                    "event_type": "Explosions/Remote violence",
                    "sub_event_type": "Shelling/artillery/missile attack",
                },
                "ucdp": {"type_of_violence": [1, 3]},
                "plover": "ASSAULT:Heavy-weapons",
            }
        ],
    },
    response_only=True,
)
_NAME = _path("name", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, "The name of the list, such as kind.")
vocabulary = _operation("listVocabulary", VOCABULARY, "Vocabulary")
word_list = _operation("readVocabulary", WORD_LIST, "Vocabulary", path=[_NAME], also=(404,), examples=[_EXAMPLE])
