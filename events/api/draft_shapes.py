"""What the API answers to keys that work on drafts, as JSON Schemas."""

from events.api import shapes
from events.choices import (
    Aspect,
    Attribution,
    Category,
    DatePrecision,
    Demographic,
    Directness,
    DocumentKind,
    FirstHand,
    Hedge,
    IncidentStatus,
    Kind,
    LocationPrecision,
    Outcome,
    Part,
    Qualifier,
    Relay,
    ReviewDecision,
    Scope,
    SpeechAct,
    Stance,
    Verdict,
    VictimCategory,
)

_NAMED = shapes.maybe(shapes.NAMED)
_DAYS = {"start": shapes.DAY, "end": shapes.DAY, "precision": shapes.word(DatePrecision)}
_CLOCK = {"time_local": shapes.maybe(shapes.TEXT), "time_zone": shapes.TEXT}
DAYS = shapes.Shape("DraftDays", shapes.thing(_DAYS))
MOMENT = shapes.Shape("DraftMoment", shapes.thing(_DAYS | _CLOCK))
_MAYBE_DAYS, _MAYBE_MOMENT = shapes.maybe(shapes.ref(DAYS)), shapes.maybe(shapes.ref(MOMENT))
DECISION = shapes.Shape(
    "Decision", shapes.thing({"decision": shapes.word(ReviewDecision), "rationale": shapes.TEXT, "at": shapes.MOMENT})
)
_DECISIONS = {**shapes.many(shapes.ref(DECISION)), "description": "What editors decided and why, newest first."}
_HEAD = {
    "uid": shapes.UID,
    "status": shapes.word(IncidentStatus),
    "url": shapes.ADDRESS,
    "desk_url": shapes.ADDRESS,
    "is_yours": {**shapes.FLAG, "description": "The key's owner logged it; else it was handed over, or is published."},
    "logged_at": shapes.MOMENT,
    "touched_at": {**shapes.MOMENT, "description": "When it or one of its claims last changed."},
    "submitted_at": shapes.maybe(shapes.MOMENT),
}
_FACTS = {
    "title": shapes.TEXT,
    "summary": shapes.TEXT,
    "category": shapes.word(Category),
    "kind": shapes.word(Kind),
    "date": _MAYBE_MOMENT,
    "location": _NAMED,
    "location_precision": shapes.word(LocationPrecision, blank=True),
    "tags": shapes.many(shapes.TEXT),
}
LISTED = shapes.Shape(
    "ListedDraft",
    shapes.thing(
        _HEAD | _FACTS | dict.fromkeys(("claims_total", "claims_pending", "claims_returned"), shapes.WHOLE),
    ),
)
LINE = shapes.Shape(
    "DraftLine",
    shapes.thing(
        {
            "outcome": shapes.word(Outcome),
            "category": shapes.word(VictimCategory),
            "party": _NAMED,
            "demographic": shapes.word(Demographic),
            "directness": shapes.word(Directness),
            "qualifier": shapes.word(Qualifier),
            **dict.fromkeys(("low", "best", "high"), shapes.maybe(shapes.WHOLE)),
            "open_upper": shapes.FLAG,
            "subset_of": {**shapes.maybe(shapes.WHOLE), "description": "The place of an earlier line in the list."},
        }
    ),
)
CITED = shapes.Shape(
    "DraftDocument",
    shapes.thing(
        {
            "uid": shapes.UID,
            "title": shapes.TEXT,
            "url": shapes.TEXT,
            "source": shapes.NAMED,
            "published": _MAYBE_DAYS,
            "language": shapes.TEXT,
            "kind": shapes.word(DocumentKind),
            "sha256": {**shapes.maybe(shapes.TEXT), "description": "Of the captured text; null while there is none."},
        }
    ),
)
CITATION = shapes.Shape(
    "DraftCitation",
    shapes.thing(
        {
            "document": shapes.ref(CITED),
            **dict.fromkeys(("excerpt", "excerpt_language", "translation", "locator"), shapes.TEXT),
            "relay": shapes.word(Relay),
        }
    ),
)
CLAIM = shapes.Shape(
    "DraftClaim",
    shapes.thing(
        {
            "uid": shapes.UID,
            "etag": {**shapes.TEXT, "description": "For If-Match at the address of the claim."},
            "aspect": shapes.word(Aspect),
            "stance": shapes.word(Stance),
            "claimant": _NAMED,
            "claimant_text": shapes.TEXT,
            "attribution": shapes.word(Attribution),
            "first_hand": shapes.word(FirstHand),
            "speech_act": shapes.word(SpeechAct),
            "hedge": shapes.word(Hedge),
            "preliminary": shapes.FLAG,
            "asserted": _MAYBE_DAYS,
            "part": shapes.word(Part, blank=True),
            "actor": _NAMED,
            "location": _NAMED,
            "date": _MAYBE_MOMENT,
            "code": shapes.TEXT,
            "text": shapes.TEXT,
            "scope": shapes.word(Scope),
            "exhaustive": shapes.FLAG,
            "supersedes": shapes.maybe(shapes.UID),
            "lines": shapes.many(shapes.ref(LINE)),
            "citations": shapes.many(shapes.ref(CITATION)),
            "retracted_at": shapes.maybe(shapes.DAY),
            "verdict": shapes.word(Verdict),
            "credibility": {**shapes.maybe(shapes.WHOLE), "description": "1 to 6 once it is accepted."},
            "decisions": _DECISIONS,
            "is_yours": shapes.FLAG,
            "may_change": shapes.FLAG,
        }
    ),
)
DRAFT = shapes.Shape(
    "Draft",
    shapes.thing(
        _HEAD
        | _FACTS
        | {
            "may": shapes.thing(dict.fromkeys(("change", "add_claims", "submit"), shapes.FLAG)),
            "difficulties": {**shapes.many(shapes.TEXT), "description": "What stands against submitting it."},
            "decisions": _DECISIONS,
            "claims": shapes.many(shapes.ref(CLAIM)),
        }
    ),
)
_DONE = {"uid": shapes.UID, "status": shapes.word(IncidentStatus), "desk_url": shapes.ADDRESS}
ADDED = shapes.Shape("AddedClaims", shapes.thing({**_DONE, "claims": shapes.UIDS}))
SUBMITTED = shapes.Shape("SubmittedDraft", shapes.thing(_DONE))
CAPTURED = shapes.Shape(
    "CapturedText",
    shapes.thing(
        {
            "uid": shapes.UID,
            "sha256": {**shapes.TEXT, "description": "Of the UTF-8 bytes of the text as it is kept."},
            "characters": shapes.WHOLE,
            "is_as_sent": {
                **shapes.FLAG,
                "description": "Nothing was taken out: control characters, invisible marks, white space at the ends.",
            },
            "excerpts_not_found": {
                **shapes.many(shapes.thing({"claim": shapes.UID, "excerpt": shapes.TEXT})),
                "description": "Quoted by claims and not in the text: these claims cannot be accepted as they are.",
            },
        }
    ),
)
_ANY = {}
DIFFERENCE = shapes.Shape(
    "Difference",
    {
        "type": "object",
        "properties": {"field": shapes.TEXT, "base": _ANY, "yours": _ANY, "theirs": _ANY},
        "required": ["field", "theirs"],
        "description": "A field that differs: as you saw it (where that is known), as you sent it, as it stands now.",
    },
)
CHANGED = shapes.Shape(
    "ChangedMeanwhile",
    {
        **shapes.PROBLEM.schema,
        "properties": shapes.PROBLEM.schema["properties"] | {"differences": shapes.many(shapes.ref(DIFFERENCE))},
    },
)
