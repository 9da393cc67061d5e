"""Links, relations and documents in the OpenAPI description."""

from drf_spectacular.utils import OpenApiExample

from events.api import document_shapes, questions_ties, register_shapes
from events.api.schema import _UID, _list, _operation
from events.api.shapes import UID, UIDS, WHOLE, Shape, thing, word
from events.choices import LinkType

LINK = Shape(
    "Link",
    thing(
        {
            "uid": UID,
            "type": word(LinkType),
            "from": UID,
            "to": UID,
            "standing": {"type": "string", "enum": [code for code, _ in questions_ties.LINK_STANDINGS]},
            "claims": {**UIDS, "description": "The claims about the link; none where the editors set it."},
            "edition": {**WHOLE, "description": "The place in the sequence of the edition that holds it."},
        },
        description="Reads from left to right: `from` is a retaliation for `to`. Incidents of an operation are told by "
        "part_of and parts of their documents, not here.",
    ),
)
_CITED = {
    **document_shapes.DOCUMENT.schema["properties"],
    "claims_count": {**WHOLE, "description": "How many public claims cite it."},
}
CITED = Shape("CitedDocument", thing(_CITED, description="As the newest edition that cites it shows it."))
CITED_BY = Shape("DocumentWithClaims", thing({**_CITED, "claims": UIDS}))
_EXAMPLE = OpenApiExample(
    "Links of an incident",
    {
        "count": 1,
        "count_is": "exact",
        "next": None,
        "previous": None,
        "selection": {"incident": "7K3M9QX2"},
        "ruleset": 1,
        "last_sequence": 4711,
        "results": [
            {
                "uid": "2B3C-4D5E",
                "type": "retaliation_for",
                "from": "7K3M-9QX2",
                "to": "8M4N-2RY3",
                "standing": "contested",
                "claims": ["3C4D-5E6F", "4D5E-6F7G"],
                "edition": 4711,
            }
        ],
    },
    response_only=True,
)
links = _list("listLinks", LINK, "Ties", questions_ties.LinkQuestion, examples=[_EXAMPLE])
link = _operation("readLink", LINK, "Ties", path=[_UID], also=(404,))
relations = _list("listRelations", register_shapes.RELATION, "Ties", questions_ties.RelationQuestion)
relation = _operation("readRelation", register_shapes.RELATION, "Ties", path=[_UID], also=(404, 410))
documents = _list("listDocuments", CITED, "Documents", questions_ties.DocumentQuestion)
document = _operation("readDocument", CITED_BY, "Documents", path=[_UID], also=(404,))
