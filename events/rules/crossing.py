"""R11 and R12: whether it crossed the border, and the level of escalation.

Level 9 of the escalation scale (level 7 or above on three days within seven, or declared war) takes several incidents.
It belongs to the rolling view over a series and is never concluded from one incident here.
"""

from dataclasses import dataclass

from events.choices import (
    CATEGORY_OF,
    COOPERATIVE_KINDS,
    STRIKE_KINDS,
    VERBAL_KINDS,
    Aspect,
    Category,
    Kind,
    Part,
    Stance,
    TriState,
)
from events.rules import attribution, eligibility, sides
from events.rules.assessment import Finding, harm_accounts, is_by_initiator, keys_of

FIRE_KINDS = (Kind.SHELLING, Kind.BORDER_CLASH, Kind.MISSILE_STRIKE)
HEAVY_FIRE_KINDS = (Kind.SHELLING, Kind.MISSILE_STRIKE)
YES, NO, UNKNOWN = TriState.YES.value, TriState.NO.value, TriState.UNKNOWN.value


@dataclass(frozen=True)
class CrossBorder:
    """R11: whether a state's force, fire, or the base of those who did it came from across the border (tri-states)."""

    state_across: str
    fire_across: str
    base_across: str
    is_cross_border: bool
    claims: tuple[str, ...] = ()


def cross_border(facts, attributed):
    """R11: the three tri-states as a CrossBorder."""
    state, fire, base = _state_across(facts, attributed), _fire_across(facts, attributed), _base_across(facts)
    return CrossBorder(
        state_across=state.value,
        fire_across=fire.value,
        base_across=base.value,
        is_cross_border=YES in (state.value, fire.value, base.value),
        claims=tuple(sorted({*state.claims, *fire.claims, *base.claims})),
    )


def _state_across(facts, attributed):
    """Yes on the word of those who did it, or of two independent claimants; no if nobody named came from across."""
    across = [
        candidate
        for candidate in attributed.candidates
        if sides.is_state_like(candidate.actor, facts) and _is_foreign(candidate.actor, facts)
    ]
    proven = [
        candidate
        for candidate in across
        if candidate.tier == attributed.tier and candidate.tier <= attribution.CORROBORATED
    ]
    if proven:
        return Finding(YES, tuple(sorted({key for candidate in proven for key in candidate.claims})))
    if across or not attributed.candidates or not sides.countries(facts):
        return Finding(UNKNOWN, ())
    return Finding(NO, attributed.claims)


def _fire_across(facts, attributed):
    """Yes for shelling, missiles and clashes with a perpetrator, or people hit or answering, across the border.

    The perpetrator is the headline's, unless merely suspected. From an aircraft fire may cross as well: not known.
    """
    others = _opponents(facts)
    foreign = [actor for actor in attributed.leading if _is_foreign(actor, facts) or _is_opposed(actor, others, facts)]
    if facts.kind in FIRE_KINDS:
        if foreign and attributed.tier < attribution.SUSPECTED:
            return Finding(YES, attributed.claims)
        known = [actor for actor in attributed.leading if sides.country_of(actor, facts)]
        is_known = known and not foreign and sides.countries(facts)
        return Finding(NO, attributed.claims) if is_known else Finding(UNKNOWN, ())
    if foreign:
        return Finding(UNKNOWN, ())
    return Finding(NO, attributed.claims)


def _opponents(facts):
    """Keys of the actors targeted or responding."""
    responding = {
        claim.actor
        for claim in eligibility.eligible(facts.claims)
        if claim.aspect == Aspect.PERPETRATOR and claim.stance == Stance.ASSERTS and claim.part == Part.RESPONDER
    }
    return responding | set(sides.targets_of(facts))


def _is_opposed(actor, others, facts):
    home = sides.country_of(actor, facts)
    return any(home and sides.country_of(other, facts) not in ("", home) for other in others)


def _is_foreign(actor, facts):
    home = sides.country_of(actor, facts)
    return bool(home) and any(home != country for country in sides.countries(facts))


def _base_across(facts):
    """Yes on an eligible claim of an origin across the border, no on a denial; not known while both stand."""
    here = sides.countries(facts)
    asserting, denying = [], []
    for claim in eligibility.eligible(facts.claims):
        if claim.aspect != Aspect.ORIGIN or not here:
            continue
        country = claim.place.country if claim.place else ""
        is_across = bool(country) and country not in here
        if claim.stance == Stance.ASSERTS and is_across:
            asserting.append(claim)
        elif claim.stance == Stance.ASSERTS and country or claim.stance == Stance.DENIES and (is_across or not country):
            denying.append(claim)
    if asserting and not denying:
        return Finding(YES, keys_of(asserting))
    if denying and not asserting:
        return Finding(NO, keys_of(denying))
    return Finding(UNKNOWN, keys_of(asserting + denying))


def escalation(facts, attributed, crossing):
    """R12: level 0 to 8 of one incident; None for series and political events. crossing: its CrossBorder.

    A contested kind counts as what those who did it call it, else as the lowest of what is said.
    """
    if facts.category in (Category.SERIES, Category.POLITICAL):
        return None
    kinds = _kinds(facts, attributed)
    return min(_level(kind, facts, attributed, crossing) for kind in kinds)


def _kinds(facts, attributed):
    claims = [claim for claim in eligibility.eligible(facts.claims) if claim.aspect == Aspect.KIND and claim.code]
    denied = {claim.code for claim in claims if claim.stance == Stance.DENIES}
    if facts.kind not in denied:
        return [facts.kind]
    asserting = [claim for claim in claims if claim.stance == Stance.ASSERTS]
    own = {claim.code for claim in asserting if is_by_initiator(claim, attributed, facts)}
    return sorted(own or {claim.code for claim in asserting} | {facts.kind})


def _level(kind, facts, attributed, crossing):
    if kind in COOPERATIVE_KINDS:
        return 0
    if kind in VERBAL_KINDS:
        return 1
    if CATEGORY_OF.get(kind) == Category.MEASURE:
        return 2
    if crossing.state_across == YES:
        if kind in STRIKE_KINDS:
            return 8 if _hits_wide(facts) else 7
        if kind == Kind.POST_SEIZURE:
            return 8
    if kind in HEAVY_FIRE_KINDS and crossing.fire_across == YES:
        return 6
    if kind == Kind.BORDER_CLASH and _is_between_states(facts, attributed):
        return 6 if len(_areas(facts, "district")) > 1 and _is_one_day(facts) else 5
    if crossing.state_across == YES:
        # A ground raid across the border: below fire and strikes, above violence on one side.
        return 5
    if kind == Kind.INFILTRATION_ATTEMPT or crossing.base_across == YES:
        return 4
    return 3


def _hits_wide(facts):
    is_capital = any(place.is_capital for place in (facts.place, *facts.part_places) if place)
    return is_capital or (len(_areas(facts, "province")) > 1 and _is_one_day(facts))


def _is_between_states(facts, attributed):
    """Whether forces of two states (or of a state and de facto authorities) are involved, whoever began it."""
    involved = {candidate.actor for candidate in attributed.candidates} | _opponents(facts)
    for claim in harm_accounts(facts):
        involved |= {line.party for line in claim.lines if line.party}
    homes = {sides.country_of(actor, facts) for actor in involved if sides.is_state_like(actor, facts)}
    return len(homes - {""}) > 1


def _areas(facts, level):
    """Set of the districts or provinces of the incident and its parts."""
    places = (facts.place, *facts.part_places)
    return {getattr(place, level) for place in places if place and getattr(place, level)}


def _is_one_day(facts):
    return facts.span.start is not None and facts.span.start == facts.span.end
