"""The shapes of editions, actors, places and sources in lists, for the OpenAPI description."""

from events.api.shapes import (
    ADDRESS,
    DAY,
    FLAG,
    MOMENT,
    NAMED,
    PUBLISHER,
    TEXT,
    UID,
    UIDS,
    VAGUE,
    WHOLE,
    Shape,
    many,
    maybe,
    ref,
    thing,
    word,
)
from events.choices import (
    ActorKind,
    AliasKind,
    AliasScheme,
    CoordinateBasis,
    EditionKind,
    EditionReason,
    LocationLevel,
    Part,
    RelationBasis,
    RelationType,
    Side,
)
from events.models.edition import Subject

EDITION = Shape(
    "Edition",
    thing(
        {
            "sequence": {"type": "integer", "minimum": 1},
            "subject": {"type": "string", "enum": Subject.values},
            "uid": UID,
            "number": {"type": "integer", "minimum": 1},
            "kind": word(EditionKind),
            "reason": word(EditionReason),
            "note": {**TEXT, "description": "Empty where is_withheld: it may say what was taken out."},
            "is_withheld": {**FLAG, "description": "Listed, but its document is gone (410) for somebody's privacy."},
            "merged_into": maybe(UID),
            "ruleset": WHOLE,
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "published_at": MOMENT,
            "url": ADDRESS,
        },
        description="sequence rises with every publication; sha256 is over the bytes of the document at url.",
    ),
)
CHANGES = Shape(
    "Changes",
    thing(
        {
            "since": {
                **WHOLE,
                "description": "The place to go on from: that of the last result, else the one asked for.",
            },
            "next": {**ADDRESS, "description": "What comes after this page; at the end, what will come."},
            "has_more": {**FLAG, "description": "Whether next has something already."},
            "selection": thing(
                {"since": WHOLE, "limit": {"type": "integer", "minimum": 1, "maximum": 500}, "wait": WHOLE}
            ),
            "ruleset": WHOLE,
            "results": many(ref(EDITION)),
        },
        description="Editions in the order of the sequence, each once: of incidents, of relations, and of the actors, "
        "places and sources that the record mentions. Withdrawals and merges are editions and stay.",
    ),
)
_ALIAS = thing({"text": TEXT, "language": TEXT, "kind": word(AliasKind), "scheme": word(AliasScheme, blank=True)})
_ACTOR = {
    "uid": UID,
    "slug": TEXT,
    "name": TEXT,
    "short_name": TEXT,
    "kind": word(ActorKind),
    "side": word(Side),
    "home_country": TEXT,
    "founded": maybe(ref(VAGUE)),
    "dissolved": maybe(ref(VAGUE)),
    "description": TEXT,
    "naming_note": TEXT,
    "aliases": many(_ALIAS),
}
RELATION = Shape(
    "Relation",
    thing(
        {
            "uid": UID,
            "subject": TEXT,
            "type": word(RelationType),
            "object": TEXT,
            "valid_from": maybe(DAY),
            "valid_until": maybe(DAY),
            "basis": word(RelationBasis),
            "stands": {
                **FLAG,
                "description": "Established, or asserted by a claim that counts; else only talked about.",
            },
            "is_contested": FLAG,
            "is_dated": {
                **maybe(FLAG),
                "description": "With `at`: whether two known days enclose it. false where an end that is not known was "
                "taken to reach it; null without `at`.",
            },
            "claims": {**UIDS, "description": "The claims about it, by which it stands and is contested."},
            "edition": {**WHOLE, "description": "The place in the sequence of the edition that holds it."},
        },
        description="null in valid_from or valid_until is an end that nobody dates: it began before all that is known, or "
        " has not ended as far as is known. The rules take it as open (R2), and so does `at`.",
    ),
)
ACTOR = Shape("Actor", thing(_ACTOR))
PROFILE = Shape(
    "ActorProfile",
    thing(
        {
            **_ACTOR,
            "at": {**maybe(DAY), "description": "The day whose relations are given; null: all relations are."},
            "parts": many(thing({"part": word(Part), "incidents": WHOLE, "own": WHOLE})),
            "relations": many(ref(RELATION)),
        },
        description="An actor with the number of incidents by part (own: without its factions) and its public relations.",
    ),
)
LOCATION = Shape(
    "Location",
    thing(
        {
            "uid": UID,
            "slug": TEXT,
            "name": TEXT,
            "level": word(LocationLevel),
            "parent": maybe(NAMED),
            "country": maybe(NAMED),
            "province": maybe(NAMED),
            "district": maybe(NAMED),
            "iso": TEXT,
            "latitude": maybe({"type": "number"}),
            "longitude": maybe({"type": "number"}),
            "uncertainty_km": maybe({"type": "number"}),
            "coordinate_basis": word(CoordinateBasis),
            "time_zone": TEXT,
            "geonames_id": maybe(WHOLE),
            "pcode": TEXT,
            "wikidata": TEXT,
            "disputed_note": TEXT,
            "aliases": many(_ALIAS),
        }
    ),
)
SOURCE = Shape(
    "Source",
    thing(
        {
            **PUBLISHER,
            "languages": many(TEXT),
            "owner": maybe(TEXT),
            "domain": TEXT,
            "reliability_note": TEXT,
        }
    ),
)
