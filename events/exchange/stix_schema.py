"""The JSON Schema of what our extensions of STIX hold: the members of an incident or a claim that STIX has no property for.

A member that is not there is not reported; 0 and false are said.
"""

from events.choices import (
    Acknowledgement,
    Aspect,
    Attribution,
    AttributionStatus,
    Category,
    DatePrecision,
    Demographic,
    Directness,
    FirstHand,
    HarmGrade,
    Hedge,
    Kind,
    LocationPrecision,
    Occurrence,
    Outcome,
    Part,
    Qualifier,
    Scope,
    SpeechAct,
    Stance,
    TargetNature,
    TriState,
    VictimCategory,
)

_TEXT, _FLAG, _WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "integer", "minimum": 0}
_DAY = {"type": "string", "format": "date"}
_UID = {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"}
_REF = {"type": "string", "pattern": "^identity--"}
_BOUNDS = {"low": _WHOLE, "best": _WHOLE, "high": _WHOLE, "open_upper": _FLAG}


def _word(words):
    return {"type": "string", "enum": list(words.codes())}


def _words(words):
    return {"type": "array", "items": _word(words)}


def _thing(members, needed=()):
    return {"type": "object", "properties": members, "required": list(needed), "additionalProperties": False}


def _keyed(keys, values):
    return {"type": "object", "propertyNames": {"enum": list(keys)}, "additionalProperties": values}


_FIGURES = _keyed(["total", *VictimCategory.codes()], _thing(_BOUNDS, ["open_upper"]))
_DATE = _thing(
    {
        **{"start": _DAY, "end": _DAY, "precision": _word(DatePrecision), "time_local": _TEXT, "time_zone": _TEXT},
        **{"utc": _TEXT, "shown": _TEXT},
    },
    ["precision", "shown"],
)
_CROSSING = {
    "type": "object",
    "properties": {"is_cross_border": _FLAG},
    "additionalProperties": {"anyOf": [_word(TriState), _FLAG]},
}
_LINE = _thing(
    {
        **{"outcome": _word(Outcome), "category": _word(VictimCategory), "demographic": _word(Demographic)},
        **{"directness": _word(Directness), "qualifier": _word(Qualifier), "party_ref": _REF, "subset_of": _WHOLE},
        **_BOUNDS,
    },
    ["outcome", "category", "open_upper"],
)
_OURS = {"extension_type": {"const": "property-extension"}, "uid": _UID}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Extensions of STIX 2.1 by the Frontier Ledger",
    "description": "A member that is not there is not reported; 0 is none. The codes are explained in the codebook.",
    "$defs": {
        "incident": _thing(
            {
                **_OURS,
                "edition": _WHOLE,
                "ruleset": _WHOLE,
                "category": _word(Category),
                "kind": _word(Kind),
                "date": _DATE,
                "place": _TEXT,
                "place_precision": _word(LocationPrecision),
                "occurrence": _word(Occurrence),
                "is_denied": _FLAG,
                "attribution": _word(AttributionStatus),
                "candidate_refs": {"type": "array", "items": _REF},
                "target_natures": _words(TargetNature),
                "tolls": _keyed(Outcome.codes(), _FIGURES),
                "contested": _words(Aspect),
                "acknowledgement": {"type": "object", "additionalProperties": _word(Acknowledgement)},
                "harm_grade": _word(HarmGrade),
                "cross_border": _CROSSING,
                "escalation": {"type": "integer", "minimum": 0, "maximum": 9},
                "part_of": _UID,
                "parts": {"type": "array", "items": _UID},
            },
            ["extension_type", "uid", "edition", "ruleset", "category", "kind", "date", "occurrence", "attribution"],
        ),
        "claim": _thing(
            {
                **_OURS,
                "aspect": _word(Aspect),
                "stance": _word(Stance),
                "attribution": _word(Attribution),
                "first_hand": _word(FirstHand),
                "speech_act": _word(SpeechAct),
                "hedge": _word(Hedge),
                "preliminary": _FLAG,
                "asserted": _DATE,
                "part": _word(Part),
                "code": _TEXT,
                "scope": _word(Scope),
                "exhaustive": _FLAG,
                "supersedes": _UID,
                "superseded_by": _UID,
                "retracted_at": {"type": "string", "format": "date-time"},
                "is_eligible": _FLAG,
                "credibility": {"type": "integer", "minimum": 1, "maximum": 6},
                "claimant_ref": _REF,
                "actor_ref": _REF,
                "lines": {"type": "array", "items": _LINE},
            },
            ["extension_type", "uid", "aspect", "stance", "is_eligible", "credibility"],
        ),
    },
}
