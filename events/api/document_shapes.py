"""The shape of the public document of an edition, for the OpenAPI description."""

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
    keyed,
    many,
    maybe,
    ref,
    thing,
    word,
)
from events.choices import (
    Acknowledgement,
    ActorKind,
    Aspect,
    Attribution,
    AttributionStatus,
    Category,
    CoordinateBasis,
    Demographic,
    Derivation,
    Directness,
    DocumentKind,
    EditionKind,
    EditionReason,
    FirstHand,
    HarmGrade,
    Hedge,
    Kind,
    LinkType,
    LocationLevel,
    LocationPrecision,
    Occurrence,
    Outcome,
    Part,
    Qualifier,
    Relay,
    Reliability,
    Scope,
    Side,
    SpeechAct,
    Stance,
    TriState,
    VictimCategory,
)

FIGURE = Shape(
    "Figure",
    thing(
        {
            "low": maybe(WHOLE),
            "best": maybe(WHOLE),
            "high": maybe(WHOLE),
            "open_upper": FLAG,
            "composite": FLAG,
            "claims": UIDS,
        },
        description="Persons, as a range over the accounts. null means not reported and never zero; "
        "open_upper means “or more”; claims are the uids of the claims behind it.",
    ),
)
TOLL = Shape(
    "Toll",
    thing(
        {
            "total": ref(FIGURE),
            "by_category": keyed(ref(FIGURE)),
            "by_party": keyed(ref(FIGURE)),
            "subsets": keyed(ref(FIGURE)),
            "excluding_perpetrators": ref(FIGURE),
        }
    ),
)
LINE = Shape(
    "CasualtyLine",
    thing(
        {
            "outcome": word(Outcome),
            "category": word(VictimCategory),
            "party": maybe(TEXT),
            "demographic": word(Demographic),
            "directness": word(Directness),
            "qualifier": word(Qualifier),
            "low": maybe(WHOLE),
            "best": maybe(WHOLE),
            "high": maybe(WHOLE),
            "open_upper": FLAG,
            "subset_of": maybe(WHOLE),
            "shown": TEXT,
        },
        description="One line of a claimed toll; subset_of is the index of the line that it is part of.",
    ),
)
CITATION = Shape(
    "Citation",
    thing(
        {
            "document": UID,
            "excerpt": TEXT,
            "excerpt_language": TEXT,
            "translation": TEXT,
            "locator": TEXT,
            "relay": word(Relay),
            "reliability": word(Reliability, blank=True),
        }
    ),
)
_CLAIM = {
    "uid": UID,
    "aspect": word(Aspect),
    "stance": word(Stance),
    "claimant": maybe(TEXT),
    "claimant_text": TEXT,
    "attribution": word(Attribution),
    "first_hand": word(FirstHand),
    "speech_act": word(SpeechAct),
    "hedge": word(Hedge),
    "preliminary": FLAG,
    "asserted": maybe(ref(VAGUE)),
    "part": word(Part, blank=True),
    "actor": maybe(TEXT),
    "location": maybe(NAMED),
    "date": maybe(ref(VAGUE)),
    "code": TEXT,
    "text": TEXT,
    "scope": word(Scope),
    "exhaustive": FLAG,
    "lines": many(ref(LINE)),
    "supersedes": maybe(UID),
    "superseded_by": maybe(UID),
    "retracted_at": maybe(DAY),
    "credibility": {"type": "integer", "minimum": 1, "maximum": 6},
    "is_eligible": FLAG,
    "citations": many(ref(CITATION)),
}
CLAIM = Shape(
    "Claim",
    thing(_CLAIM, description="One claimant says one thing. Actors are given by slug."),
)
CITED = thing({"uid": UID, "title": TEXT, "url": TEXT, "date": TEXT, "source": TEXT})
LISTED_CLAIM = Shape(
    "ListedClaim",
    thing(
        {"incident": maybe(UID), "relation": maybe(UID), "documents": many(CITED), **_CLAIM},
        description="A claim with what it is about and the documents that it cites.",
    ),
)
DOCUMENT = Shape(
    "Document",
    thing(
        {
            "uid": UID,
            "source": thing(PUBLISHER),
            "title": TEXT,
            "url": TEXT,
            "archived_url": TEXT,
            "author": TEXT,
            "published": maybe(ref(VAGUE)),
            "language": TEXT,
            "kind": word(DocumentKind),
            "derived_from": maybe(UID),
            "derivation": word(Derivation, blank=True),
            "licence": TEXT,
        }
    ),
)
_PARTICIPANT = thing({"actor": TEXT, "part": word(Part), "claims": UIDS})
HEADLINE = Shape(
    "Headline",
    thing(
        {
            "occurrence": thing({"status": word(Occurrence), "is_denied": FLAG, "claims": UIDS}),
            "attribution": thing(
                {
                    "status": word(AttributionStatus),
                    "actor": maybe(TEXT),
                    "candidates": many(
                        thing(
                            {
                                "actor": TEXT,
                                "tier": {"type": "integer", "minimum": 1, "maximum": 4},
                                "claims": UIDS,
                            }
                        )
                    ),
                    "is_contested": FLAG,
                    "claims": UIDS,
                }
            ),
            "targets": many(_PARTICIPANT),
            "target_natures": many(thing({"code": TEXT, "claims": UIDS})),
            "casualties": keyed(ref(TOLL)),
            "contested": many(thing({"aspect": word(Aspect), "pairs": many(UIDS)})),
            "doubted": many(word(Aspect)),
            "acknowledgement": keyed(word(Acknowledgement)),
            "harm_grade": word(HarmGrade),
            "cross_border": keyed({"anyOf": [word(TriState), FLAG]}),
            "escalation": maybe({"type": "integer", "minimum": 0, "maximum": 9}),
        },
        description="What the published rules conclude from the claims; every value names the claims behind it.",
    ),
)
_EDITION_HEAD = thing(
    {
        "number": {"type": "integer", "minimum": 1},
        "kind": word(EditionKind),
        "reason": word(EditionReason),
        "note": TEXT,
        "ruleset": WHOLE,
        "published_at": MOMENT,
    }
)
_NAMED_ACTOR = thing(
    {
        "uid": UID,
        "name": TEXT,
        "short_name": TEXT,
        "kind": word(ActorKind),
        "side": word(Side),
        "home_country": TEXT,
    }
)
_CODED = NAMED | {
    "properties": NAMED["properties"] | {"iso": TEXT | {"description": "ISO 3166; earlier editions may have none."}}
}
_PLACE = thing(
    {
        "uid": UID,
        "slug": TEXT,
        "name": TEXT,
        "level": word(LocationLevel),
        "latitude": maybe({"type": "number"}),
        "longitude": maybe({"type": "number"}),
        "uncertainty_km": maybe({"type": "number"}),
        "coordinate_basis": word(CoordinateBasis),
        "disputed_note": TEXT,
        "country": maybe(_CODED),
        "province": maybe(_CODED),
        "district": maybe(NAMED),
        "shown": TEXT,
    }
)
INCIDENT = Shape(
    "Incident",
    thing(
        {
            "uid": UID,
            "edition": _EDITION_HEAD,
            "title": TEXT,
            "summary": TEXT,
            "category": word(Category),
            "kind": word(Kind),
            "tags": many(TEXT),
            "date": ref(VAGUE),
            "location": maybe(_PLACE),
            "location_precision": word(LocationPrecision, blank=True),
            "headline": ref(HEADLINE),
            "participants": many(_PARTICIPANT),
            "bodies": keyed(many(TEXT)),
            "actors": keyed(_NAMED_ACTOR),
            "part_of": maybe(UID),
            "parts": UIDS,
            "links": many(
                thing({"uid": UID, "type": word(LinkType), "to": UID, "standing": TEXT, "claims": many(ref(CLAIM))})
            ),
            "claims": many(ref(CLAIM)),
            "documents": many(ref(DOCUMENT)),
        },
        description="The document of an edition: what the editors set, what the rules conclude, and every claim behind it.",
    ),
)
PROVENANCE = Shape(
    "Provenance",
    thing(
        {
            "uid": UID,
            "edition": {"type": "integer", "minimum": 1},
            "sha256": {
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
                "description": "Of the document of that edition.",
            },
            "ruleset": WHOLE,
            "values": many(
                thing(
                    {
                        "path": {**TEXT, "description": "Where it stands in the document: names and indexes from 0."},
                        "value": {"description": "What stands there, without the claims beside it."},
                        "shown": {**TEXT, "description": "As the pages say it."},
                        "label": TEXT,
                        "rule": thing({"number": {**TEXT, "pattern": "^R[0-9]+$"}, "url": ADDRESS}),
                        "why": {**TEXT, "description": "How the rule came to it, in sentences."},
                        "claims": UIDS,
                    }
                )
            ),
            "unused_claims": {**UIDS, "description": "Claims of the document on which no value may rest (R0)."},
        },
        description="Every value of the latest edition that a rule concludes. Figures that nobody reports have no entry, "
        "except the total of the killed.",
    ),
)
STORED = Shape(
    "StoredEdition",
    {
        "type": "object",
        "description": "The document of any edition. Withdrawn and merged ones hold only uid, edition and merged_into; "
        "those of relations have the claims and documents of an incident, but no headline. Those of actors, places and "
        "sources hold besides what their lists say of them.",
        "properties": {"uid": UID, "edition": _EDITION_HEAD, "merged_into": UID},
        "required": ["uid", "edition"],
    },
)
