"""R8: which aspects of an incident are contested, and by which pairs of claims."""

from dataclasses import dataclass
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from events.choices import (
    ARMED_NATURES,
    CIVILIAN_NATURES,
    Aspect,
    Outcome,
    Part,
    Scope,
    SpeechAct,
    Stance,
    TargetNature,
    VictimCategory,
)
from events.rules import accounts, attribution, casualties, dates, eligibility, independence

EARTH_RADIUS_KM = 6371.0
MILITANT_NATURES = (TargetNature.MILITANT_HIDEOUT, TargetNature.MILITANT_LEADER)

# Several actors may respond or mediate, but the perpetrators or initiators named must be one, or on one chain.
RIVAL_PARTS = (Part.PERPETRATOR, Part.INITIATOR)

# What a claim on one of these aspects says, it says of something that happened (R3).
WITNESSING = (
    Aspect.OCCURRENCE,
    Aspect.KIND,
    Aspect.DATE,
    Aspect.LOCATION,
    Aspect.PERPETRATOR,
    Aspect.TARGET,
    Aspect.TARGET_NATURE,
    Aspect.WEAPON,
    Aspect.CASUALTIES,
    Aspect.DAMAGE,
)


@dataclass(frozen=True)
class ContestedAspect:
    """An aspect and the pairs of claim keys that cannot both be true, sorted."""

    aspect: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Contest:
    """Contested aspects with their pairs, and the aspects that somebody doubts."""

    aspects: tuple[ContestedAspect, ...] = ()
    doubted: tuple[str, ...] = ()

    @property
    def is_contested(self):
        return bool(self.aspects)

    @property
    def codes(self):
        """Codes of the contested aspects."""
        return tuple(contested.aspect for contested in self.aspects)


def contested(facts):
    """The Contest of an incident. The editors' own assessments weigh the claims and contest none."""
    claims = [
        claim for claim in eligibility.eligible(facts.claims) if claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT
    ]
    found = []
    for aspect in Aspect:
        of_aspect = [claim for claim in claims if claim.aspect == aspect]
        pairs = _pairs(of_aspect, facts)
        if aspect == Aspect.CASUALTIES:
            pairs = tuple(sorted({*pairs, *_toll_pairs(facts)}))
        if aspect == Aspect.OCCURRENCE and not pairs:
            pairs = _implied_pairs(of_aspect, claims, facts)
        if pairs:
            found.append(ContestedAspect(aspect.value, pairs))
    doubted = {claim.aspect for claim in claims if claim.stance == Stance.DOUBTS}
    return Contest(tuple(found), tuple(aspect.value for aspect in Aspect if aspect in doubted))


def is_witness(claim):
    """Whether an asserting claim implies that its claimant says that the incident happened (R3)."""
    if claim.stance != Stance.ASSERTS or claim.aspect not in WITNESSING:
        return False
    if claim.aspect != Aspect.CASUALTIES:
        return True
    return any(line.low or line.best or line.high for line in map(casualties.with_bounds, claim.lines))


def kilometres_between(a, b):
    """Great-circle distance of two places with coordinates (haversine)."""
    rise, run = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(rise / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(run / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def _pairs(claims, facts):
    return tuple(
        (a.key, b.key)
        for a, b in combinations(claims, 2)
        if _are_incompatible(a, b, facts) and independence.independent(a, b, facts.relations, facts.span)
    )


def _implied_pairs(occurrence_claims, claims, facts):
    """Who denies that it happened contradicts everybody who tells of it, also when nobody says "it happened"."""
    denials = [claim for claim in occurrence_claims if claim.stance == Stance.DENIES]
    return tuple(
        sorted(
            tuple(sorted((denial.key, claim.key)))
            for denial in denials
            for claim in claims
            if is_witness(claim) and independence.independent(denial, claim, facts.relations, facts.span)
        )
    )


def _are_incompatible(a, b, facts):
    if a.stance == b.stance == Stance.ASSERTS:
        rival = RIVALRY.get(a.aspect)
        return bool(rival and rival(a, b, facts))
    if {a.stance, b.stance} == {Stance.ASSERTS, Stance.DENIES}:
        asserted, denied = (a, b) if a.stance == Stance.ASSERTS else (b, a)
        return _is_denied(asserted, denied, facts)
    return False


def _is_denied(asserted, denied, facts):
    """Whether a denial is about what the other asserts; a denial without a value is about any."""
    if asserted.aspect in (Aspect.PERPETRATOR, Aspect.TARGET):
        if _part(asserted, facts) != _part(denied, facts):
            return False
        return not denied.actor or _on_chain(asserted, denied, facts)
    if asserted.aspect in (Aspect.LOCATION, Aspect.ORIGIN):
        # Denying a province denies every place in it; denying a village leaves the rest of the province.
        return not (asserted.place and denied.place) or denied.place.key in asserted.place.chain
    if asserted.aspect == Aspect.DATE:
        return not (asserted.span and denied.span) or _days(asserted) == _days(denied)
    if asserted.aspect == Aspect.TARGET_NATURE:
        both_militant = asserted.code in MILITANT_NATURES and denied.code in MILITANT_NATURES
        return not denied.code or asserted.code == denied.code or both_militant
    if asserted.aspect == Aspect.CASUALTIES:
        return _is_toll_denied(asserted, denied)
    if asserted.aspect == Aspect.KIND:
        return denied.code in ("", asserted.code)
    return not denied.text.strip() or _words(denied) == _words(asserted)


def _is_toll_denied(asserted, denied):
    """A denial may name the lines that it denies ("no civilians"); one without lines denies any toll."""
    positive = [line for line in map(casualties.with_bounds, asserted.lines) if line.low or line.best or line.high]
    if not denied.lines:
        return bool(positive)
    return any(
        line.outcome == other.outcome
        and (line.category == other.category or VictimCategory.ALL in (line.category, other.category))
        for line in positive
        for other in denied.lines
    )


def _are_rival_actors(a, b, facts):
    part = _part(a, facts)
    if part != _part(b, facts) or part not in RIVAL_PARTS or not (a.actor and b.actor):
        return False
    return not _on_chain(a, b, facts)


def _are_apart(a, b, facts):
    """Whether two claims put it in places that cannot be one; each may name another part of the same incident."""
    if not (a.place and b.place):
        return False
    if a.aspect == Aspect.LOCATION and _names_a_part(a.place, facts) and _names_a_part(b.place, facts):
        return False
    return are_places_apart(a.place, b.place)


def are_places_apart(a, b):
    """Whether two places are not on one chain and farther apart than their uncertainties allow.

    Where coordinates or an uncertainty are missing, only different districts, provinces or countries tell them apart.
    """
    if a.key in b.chain or b.key in a.chain:
        return False
    numbers = (a.latitude, a.longitude, a.uncertainty_km, b.latitude, b.longitude, b.uncertainty_km)
    if None not in numbers:
        return kilometres_between(a, b) > a.uncertainty_km + b.uncertainty_km
    levels = ((a.district, b.district), (a.province, b.province), (a.country, b.country))
    return any(one and other and one != other for one, other in levels)


def _names_a_part(place, facts):
    return any(place.key in part.chain or part.key in place.chain for part in facts.part_places)


def _are_disjoint_dates(a, b, facts):
    return bool(a.span and b.span) and not dates.overlaps(a.span, b.span)


def _are_rival_natures(a, b, facts):
    return (a.code in CIVILIAN_NATURES and b.code in ARMED_NATURES) or (
        b.code in CIVILIAN_NATURES and a.code in ARMED_NATURES
    )


def _toll_pairs(facts):
    """Accounts that exclude each other; preliminary ones that a later one has overtaken contest nothing (R7.3)."""
    return {
        (a.claim.key, b.claim.key)
        for outcome in Outcome.codes()
        for a, b in combinations(casualties.current_accounts(facts, outcome), 2)
        if _is_outcome_contested(a, b) and independence.independent(a.claim, b.claim, facts.relations, facts.span)
    }


def _is_outcome_contested(a, b):
    cells = [(accounts.party(a, key), accounts.party(b, key), True) for key in sorted(a.parties | b.parties)]
    for code in accounts.CATEGORIES:
        comparable = not _are_sides_of_one_category(a, b, code)
        cells.append((accounts.category(a, code), accounts.category(b, code), comparable))
    if a.is_whole and b.is_whole:
        cells.append((accounts.total(a), accounts.total(b), True))
        if _share_no_category(a, b):
            return True
    return any(one and other and comparable and _do_clash(a, one, b, other) for one, other, comparable in cells)


def _do_clash(a, one, b, other):
    """Whether two figures exclude each other. An account of a part sets a lower bound on the whole, no more."""
    if a.is_partial and b.is_partial:
        return False
    if a.is_partial:
        return other.ceiling is not None and (one.low or 0) > other.ceiling
    if b.is_partial:
        return one.ceiling is not None and (other.low or 0) > one.ceiling
    return one.is_disjoint_from(other)


def _are_sides_of_one_category(a, b, code):
    """Whether one tells only its own side's share of a category that both divide by party; the parties then compare."""
    if Scope.OWN_SIDE_ONLY not in (a.claim.scope, b.claim.scope):
        return False
    return all(any(line.party and line.category == code for line in account.counted) for account in (a, b))


def _share_no_category(a, b):
    """Whether two accounts of the whole have no category of victims in common; "not known who" may be anyone."""
    mine, theirs = _positive_categories(a), _positive_categories(b)
    if VictimCategory.UNKNOWN in mine | theirs:
        return False
    return bool(mine and theirs) and not mine & theirs


def _positive_categories(account):
    stated = {code: accounts.category(account, code) for code in accounts.CATEGORIES}
    return {code for code, numbers in stated.items() if numbers and numbers.is_positive}


def _part(claim, facts):
    if claim.part:
        return claim.part
    return Part.TARGET if claim.aspect == Aspect.TARGET else attribution.headline_part(facts.category)


def _on_chain(a, b, facts):
    return independence.on_one_chain(a.actor, b.actor, facts.relations, facts.span)


def _days(claim):
    return (claim.span.start, claim.span.end)


def _words(claim):
    return " ".join(claim.text.split()).casefold()


# What makes two assertions about one aspect exclude each other. Accounts of casualties
# are compared by _toll_pairs; on any other aspect both may be true.
RIVALRY = {
    Aspect.PERPETRATOR: _are_rival_actors,
    Aspect.LOCATION: _are_apart,
    Aspect.ORIGIN: _are_apart,
    Aspect.DATE: _are_disjoint_dates,
    Aspect.TARGET_NATURE: _are_rival_natures,
}
