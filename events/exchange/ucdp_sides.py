"""Which of UCDP's three types of violence an incident is, and who stands on its two sides.

1 state against a state or an organised group, 2 group against group, 3 a state or group against civilians. Where the
target is contested, it is the one that the perpetrator states. What cannot be told is not guessed.
"""

from dataclasses import dataclass

from events.choices import (
    ARMED_NATURES,
    CIVILIAN_NATURES,
    KIND_COUNTERPARTS,
    Aspect,
    AttributionStatus,
    Outcome,
    Part,
    Stance,
    TargetNature,
    VictimCategory,
)
from events.choices import Kind as IncidentKind
from events.exchange import ucdp_parties as parties
from events.exchange.ucdp_parties import CIVILIANS, UNKNOWN, Kind

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
TYPE_UNCLEAR, TARGET_CONTESTED = "type_unclear", "target_contested"
CHECK_DYAD, CHECK_TYPE = "dyad", "type of violence"  # UCDP's own words for a code that has to be looked at again

_MILITANT_NATURES = (TargetNature.MILITANT_HIDEOUT, TargetNature.MILITANT_LEADER)
_KIND_OF_NATURE = {
    **dict.fromkeys(CIVILIAN_NATURES, Kind.CIVILIANS),
    **dict.fromkeys(ARMED_NATURES, Kind.GOVERNMENT),
    **dict.fromkeys(_MILITANT_NATURES, Kind.GROUP),
}
_KIND_OF_VICTIM = {
    VictimCategory.CIVILIAN: Kind.CIVILIANS,
    VictimCategory.SECURITY_FORCES: Kind.GOVERNMENT,
    VictimCategory.MILITANT: Kind.GROUP,
}


@dataclass(frozen=True, slots=True)
class Sides:
    """`type` is None where `reason` says why it cannot be told; `checks` are words for code_status."""

    type: int | None = None
    a: parties.Party | None = None
    b: parties.Party | None = None
    reason: str | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Target:
    kind: Kind | None
    parties: tuple = ()
    is_inferred: bool = False  # from who was killed, because nobody says at whom it was aimed


def sides(document, iso):
    """Sides of an incident; `iso` is the country of its place."""
    attributed = document["headline"]["attribution"]
    actor = parties.party(attributed["actor"], document) if attributed["actor"] else UNKNOWN
    if actor.kind == Kind.CIVILIANS:
        return Sides(reason=TYPE_UNCLEAR)
    if _is_target_contested(document):
        target = _told(*_stated_by(actor, document), document)
        if actor.kind == Kind.UNKNOWN or target.kind is None:
            return Sides(reason=TARGET_CONTESTED)
    else:
        target = _target(document)
    found = _exchange_of_fire(document) if _is_silent(actor, target) else _between(actor, target, iso)
    return _checked(found, document, is_suspected=attributed["status"] == AttributionStatus.SUSPECTED)


def _is_silent(actor, target):
    return actor.kind == Kind.UNKNOWN and (target.kind is None or target.is_inferred)


def _is_target_contested(document):
    return any(entry["aspect"] in (Aspect.TARGET, Aspect.TARGET_NATURE) for entry in document["headline"]["contested"])


def _stated_by(actor, document):
    """(codes, slugs) of what was hit in the words of the perpetrator, in eligible claims."""
    own = [claim for claim in document["claims"] if claim["is_eligible"] and claim["stance"] == Stance.ASSERTS]
    own = [claim for claim in own if claim["claimant"] and actor.is_same_as(_speaker(claim, document))]
    codes = [claim["code"] for claim in own if claim["aspect"] == Aspect.TARGET_NATURE and claim["code"]]
    return codes, [claim["actor"] for claim in own if claim["aspect"] == Aspect.TARGET and claim["actor"]]


def _speaker(claim, document):
    return parties.party(claim["claimant"], document)


def _target(document):
    concluded = document["headline"]
    codes = [nature["code"] for nature in concluded["target_natures"]]
    slugs = [entry["actor"] for entry in concluded["targets"] if entry["part"] == Part.TARGET]
    told = _told(codes, slugs, document)
    if told.kind is None and document["kind"] == IncidentKind.ATTACK_ON_CIVILIANS:
        return _Target(Kind.CIVILIANS)
    return told if told.kind else _by_victims(document)


def _told(codes, slugs, document):
    """_Target from what was hit, else from whom it was aimed at; of no kind where these are several."""
    named = [parties.party(slug, document) for slug in slugs]
    kinds = {_KIND_OF_NATURE[code] for code in codes if code in _KIND_OF_NATURE}
    kinds = kinds or {one.kind for one in named if one.kind != Kind.UNKNOWN}
    if len(kinds) != 1:
        return _Target(None)
    kind = kinds.pop()
    return _Target(kind, tuple(parties.distinct(one for one in named if one.kind == kind)))


def _by_victims(document):
    """Whom it hit, where nobody says at whom it was aimed. Civilians who die are not for that reason the target."""
    killed = document["headline"]["casualties"][Outcome.KILLED]
    hit = {code for code, figure in killed["by_category"].items() if figure["best"] or figure["low"]}
    kind = _KIND_OF_VICTIM.get(hit.pop()) if len(hit) == 1 else None
    if kind is None or kind == Kind.CIVILIANS and document["kind"] != IncidentKind.TARGETED_KILLING:
        return _Target(None)
    named = [parties.party(slug, document) for slug in killed["by_party"]]
    return _Target(kind, tuple(parties.distinct(one for one in named if one.kind == kind)), is_inferred=True)


def _exchange_of_fire(document):
    """Where nobody is named as the one who began, two parties that both lost people to it stand against each other."""
    killed = document["headline"]["casualties"][Outcome.KILLED]
    lost = [slug for slug, figure in killed["by_party"].items() if figure["best"] or figure["low"]]
    armed = parties.distinct(
        one for one in (parties.party(slug, document) for slug in lost) if one.kind in (Kind.GOVERNMENT, Kind.GROUP)
    )
    if len(armed) == 2:
        return _dyad(*armed)
    target = _target(document)
    # Who did it may be unknown; what it was must not be.
    return Sides(reason=TYPE_UNCLEAR) if target.kind is None else _against_unknown(target)


def _against_unknown(target):
    if target.kind == Kind.CIVILIANS:
        return Sides(ONE_SIDED, UNKNOWN, CIVILIANS, checks=(CHECK_TYPE,))
    if target.kind == Kind.GOVERNMENT and len(target.parties) == 1:
        return Sides(STATE_BASED, target.parties[0], UNKNOWN, checks=(CHECK_TYPE,))
    return Sides(reason=TYPE_UNCLEAR)


def _between(actor, target, iso):
    checks = (CHECK_TYPE,) if target.is_inferred else ()
    if target.kind is None:
        return Sides(reason=TYPE_UNCLEAR)
    if target.kind == Kind.CIVILIANS:
        return Sides(ONE_SIDED, actor, CIVILIANS, checks=checks)
    other, unsure = _opponent(actor, target, iso)
    if other is None or Kind.GOVERNMENT not in (actor.kind, other.kind) and UNKNOWN in (actor, other):
        return Sides(reason=TYPE_UNCLEAR)
    return _dyad(actor, other, checks + unsure)


def _opponent(actor, target, iso):
    """(the one party aimed at, checks). Several of them, or none that is named, are unknown; forces are the country's."""
    others = [one for one in target.parties if not one.is_same_as(actor)]
    if len(others) == 1:
        return others[0], ()
    if target.kind == Kind.GROUP:
        return UNKNOWN, (CHECK_DYAD,) if others else ()
    theirs = parties.of_country(iso)
    if others or target.parties or theirs.is_same_as(actor):
        return None, ()
    return theirs, (CHECK_DYAD,)


def _dyad(one, other, checks=()):
    """A government stands first; two governments or two groups stand in the order of their names."""
    governments = [party for party in (one, other) if party.kind == Kind.GOVERNMENT]
    if one.is_same_as(other):
        return Sides(reason=TYPE_UNCLEAR)
    if len(governments) == 1:
        rebel = other if one is governments[0] else one
        return Sides(STATE_BASED, governments[0], rebel, checks=checks)
    first, second = sorted((one, other), key=lambda party: (party.alphabetical, party.slug))
    return Sides(STATE_BASED if governments else NON_STATE, first, second, checks=checks)


def _checked(found, document, *, is_suspected):
    if found.reason:
        return found
    checks = list(found.checks)
    if is_suspected:
        checks.append(CHECK_DYAD)
    usual = KIND_COUNTERPARTS[document["kind"]][2]
    if usual and found.type not in usual:
        checks.append(CHECK_TYPE)
    return Sides(found.type, found.a, found.b, checks=tuple(dict.fromkeys(checks)))
