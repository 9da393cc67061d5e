"""Building blocks of the JSON Schemas in the OpenAPI description, and the shapes around every answer."""

from dataclasses import dataclass

from events.choices import DatePrecision, IncidentStatus, Kind, Reliability, SourceKind, SourceScale

KNOWN = {}  # name → Shape, so that the description can hold everything that a shape refers to


@dataclass(frozen=True, eq=False)
class Shape:
    """A named component of the description."""

    name: str
    schema: dict

    def __post_init__(self):
        KNOWN[self.name] = self


TEXT = {"type": "string"}
WHOLE = {"type": "integer", "minimum": 0}
FLAG = {"type": "boolean"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri"}
UID = {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", "examples": ["7K3M-9QX2"]}


def thing(properties, **more):
    """An object all of whose members are always there."""
    return {"type": "object", "properties": properties, "required": list(properties), **more}


def many(schema):
    return {"type": "array", "items": schema}


def maybe(schema):
    """The schema, or null for what is not known or not reported."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def word(words, *, blank=False):
    """A code of a closed list; the list is a component of its own, with the labels in its description."""
    if words.__name__ not in KNOWN:
        meaning = "; ".join(f"{member.value}: {member.label}" for member in words)
        Shape(words.__name__, {"type": "string", "enum": list(words.codes()), "description": meaning})
    named = ref(KNOWN[words.__name__])
    return {"anyOf": [named, {"type": "string", "const": ""}]} if blank else named


def referred(schema):
    """The shapes that a schema refers to directly, each once."""
    if isinstance(schema, list):
        return list(dict.fromkeys(shape for item in schema for shape in referred(item)))
    if not isinstance(schema, dict):
        return []
    here = [KNOWN[schema["$ref"].rpartition("/")[2]]] if "$ref" in schema else []
    return list(dict.fromkeys([*here, *referred(list(schema.values()))]))


def keyed(schema):
    """An object whose members have names that are data, such as slugs or codes."""
    return {"type": "object", "additionalProperties": schema}


def ref(shape):
    return {"$ref": f"#/components/schemas/{shape.name}"}


UIDS = many(UID)
NAMED = thing({"slug": TEXT, "name": TEXT})
VAGUE = Shape(
    "VagueDate",
    {
        "type": "object",
        "description": "Civil days at the place of the event, both inclusive; null and “unknown” where nothing is known.",
        "properties": {
            "start": maybe(DAY),
            "end": maybe(DAY),
            "precision": word(DatePrecision),
            "time_local": maybe(TEXT),
            "time_zone": TEXT,
            "utc": maybe(TEXT),
            "shown": TEXT,
        },
        "required": ["start", "end", "precision", "shown"],
    },
)
PUBLISHER = {
    "uid": UID,
    "slug": TEXT,
    "name": TEXT,
    "kind": word(SourceKind),
    "country": TEXT,
    "scale": word(SourceScale, blank=True),
    "reliability": word(Reliability),
}
CANDIDATE = Shape(
    "LikelyDuplicate",
    thing(
        {
            "uid": UID,
            "title": TEXT,
            "kind": word(Kind),
            "date": maybe(ref(VAGUE)),
            "location": maybe(NAMED),
            "status": word(IncidentStatus),
            "reasons": {
                **many(TEXT),
                "description": "Why it may be the same, in words: “one day apart”, “12 km apart”.",
            },
            "desk_url": ADDRESS,
        }
    ),
)
PROBLEM = Shape(
    "Problem",
    {
        "type": "object",
        "description": "RFC 9457 problem details.",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "instance": {"type": "string", "format": "uri-reference"},
            "errors": {
                **keyed(many(TEXT)),
                "description": "Parameter or path of the field (“claims.0.lines.1.low”) → what is wrong and would be right.",
            },
            "candidates": {
                **many({"anyOf": [ref(CANDIDATE), thing({"slug": TEXT, "name": TEXT, "description": TEXT})]}),
                "description": "With 409 on a draft: incidents of the desk that may be the same, most alike first; or "
                "known sources of nearly the name of a new one.",
            },
        },
        "required": ["type", "title", "status", "detail", "instance"],
    },
)
ROOT = Shape("Root", keyed(ADDRESS))
LOGGED = Shape("LoggedDraft", thing({"uid": UID, "status": TEXT, "desk_url": ADDRESS}))


STATE = {
    "as_of": {
        **maybe(MOMENT),
        "description": "The moment as of which the record was asked for; null if none was given.",
    },
    "edition": {**maybe(WHOLE), "description": "The place in the sequence that was asked for, likewise."},
    "release": {**maybe(TEXT), "description": "The release that was asked for, likewise."},
    "withheld": {
        **WHOLE,
        "description": "Editions that stood then and are left out, because a later one protects somebody's privacy; of "
        "the whole record, whatever the filters.",
    },
}


def page_of(shape, **more):
    """The envelope of a list, with what else stands in it."""
    return Shape(
        f"{shape.name}Page",
        thing(
            {
                "count": {
                    **maybe(WHOLE),
                    "description": "How many the whole selection has; null where it was not asked.",
                },
                "count_is": {
                    "type": "string",
                    "enum": ["exact", "at_least", "none"],
                    "description": "at_least where an estimate stopped counting.",
                },
                "next": maybe(ADDRESS),
                "previous": maybe(ADDRESS),
                "selection": {**keyed({}), "description": "What was understood of the question."},
                "ruleset": WHOLE,
                "last_sequence": {**WHOLE, "description": "The newest edition of the record, as editions number them."},
                **more,
                "results": many(ref(shape)),
            }
        ),
    )
