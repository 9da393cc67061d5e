"""R3 and R9 to R12: did it happen, who owns it, harm to civilians, crossing of the border, escalation.

Level 9 of the escalation scale (level 7 or above on three days within seven, or declared war) takes several incidents.
It belongs to the rolling view over a series and is never concluded from one incident here.
"""

from dataclasses import dataclass
from typing import NamedTuple

from events.choices import (
    CATEGORY_OF,
    CIVILIAN_NATURES,
    COOPERATIVE_KINDS,
    STRIKE_KINDS,
    VERBAL_KINDS,
    Acknowledgement,
    Aspect,
    Category,
    HarmGrade,
    Kind,
    Occurrence,
    Outcome,
    Part,
    SpeechAct,
    Stance,
    TriState,
    VictimCategory,
)
from events.rules import attribution, casualties, contest, eligibility, independence, sides

ACTING_PARTS = ("", Part.PERPETRATOR, Part.INITIATOR, Part.RESPONDER)
HARM = (Outcome.KILLED, Outcome.INJURED)
FIRE_KINDS = (Kind.SHELLING, Kind.BORDER_CLASH, Kind.MISSILE_STRIKE)
HEAVY_FIRE_KINDS = (Kind.SHELLING, Kind.MISSILE_STRIKE)
YES, NO, UNKNOWN = TriState.YES.value, TriState.NO.value, TriState.UNKNOWN.value


class Finding(NamedTuple):
    """A code and the sorted keys of the claims behind it."""

    value: str
    claims: tuple[str, ...]


class OccurrenceFinding(NamedTuple):
    """R3. `claims` holds those that carry the status and, where it is denied, those that deny it."""

    status: str
    is_denied: bool
    claims: tuple[str, ...]


@dataclass(frozen=True)
class CrossBorder:
    """R11: whether a state's force, fire, or the base of those who did it came from across the border (tri-states)."""

    state_across: str
    fire_across: str
    base_across: str
    is_cross_border: bool
    claims: tuple[str, ...] = ()


def occurrence(facts, attributed):
    """R3: how well it is established that the incident happened, as an OccurrenceFinding."""
    claims = eligibility.eligible(facts.claims)
    witnesses = [claim for claim in claims if contest.is_witness(claim)]
    spoken = [claim for claim in witnesses if claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT]
    denials = [claim for claim in claims if claim.aspect == Aspect.OCCURRENCE and claim.stance == Stance.DENIES]
    status, behind = _status(spoken, facts, attributed)
    if status == Occurrence.UNSUPPORTED and witnesses:
        status, behind = Occurrence.SINGLE_SOURCE, witnesses
    return OccurrenceFinding(status.value, bool(denials), _keys([*behind, *denials]))


def _status(spoken, facts, attributed):
    """(Occurrence, claims that carry it). Only those who answer for their words speak for a side."""
    official = [claim for claim in spoken if claim.claimant and not attribution.is_tentative(claim)]
    for initiator in attributed.leading:
        own = [claim for claim in official if sides.stands_with(claim.claimant, initiator, facts)]
        affected = [claim for claim in official if sides.is_affected(claim.claimant, initiator, facts)]
        if own and affected:
            return Occurrence.ACKNOWLEDGED, own + affected
    # That the accused tells of it does not make it theirs; only who owns it claims it.
    owned = [claim for claim in official if _is_owned(claim, attributed, facts)]
    if owned:
        return Occurrence.CLAIMED, owned
    if independence.corroboration(spoken, facts.relations, facts.span) >= 2:
        return Occurrence.CORROBORATED, spoken
    if not spoken:
        return Occurrence.UNSUPPORTED, []
    if attributed.leading and all(_is_by_adversary(claim, attributed, facts) for claim in spoken):
        return Occurrence.ALLEGED, spoken
    return Occurrence.SINGLE_SOURCE, spoken


def _is_owned(claim, attributed, facts):
    if attributed.tier == attribution.OWN_WORD and claim.key in attributed.claims:
        return True
    return claim.speech_act in sides.OWNING_ACTS and any(
        sides.stands_with(claim.claimant, initiator, facts) for initiator in attributed.leading
    )


def _is_by_adversary(claim, attributed, facts):
    return claim.claimant is not None and any(
        sides.is_adversary(claim.claimant, initiator, facts) for initiator in attributed.leading
    )


def acknowledgement_findings(facts, attributed):
    """{side: Finding} of what each side named as having acted says of its own part, sides in alphabetical order.

    Where a side holds several bodies (armed groups), those of the best tier speak for it.
    """
    claims = eligibility.eligible(facts.claims)
    acting = {candidate.actor: candidate.tier for candidate in attributed.candidates}
    for claim in claims:
        if claim.aspect == Aspect.PERPETRATOR and claim.part in ACTING_PARTS and claim.stance == Stance.ASSERTS:
            acting.setdefault(claim.actor, attribution.SUSPECTED)
    by_side = {}
    for actor, tier in acting.items():
        by_side.setdefault(sides.side_of(actor, facts), {})[actor] = tier
    found = {}
    for side in sorted(side for side in by_side if side):
        best = min(by_side[side].values())
        actors = [actor for actor, tier in by_side[side].items() if tier == best]
        found[side] = _own_words(actors, claims, facts)
    return found


def _own_words(actors, claims, facts):
    """A side that both owns and denies, or of which only unnamed officials own it, acknowledges in part."""
    mine = [
        claim
        for claim in claims
        if claim.claimant and any(sides.stands_with(claim.claimant, actor, facts) for actor in actors)
    ]
    denying = [claim for claim in mine if _denies_own_act(claim, facts) and not attribution.is_tentative(claim)]
    owning = [claim for claim in mine if _owns_act(claim, facts)]
    firm = [claim for claim in owning if not attribution.is_tentative(claim)]
    if denying and not owning:
        status = Acknowledgement.DENIED
    elif firm and not denying:
        status = Acknowledgement.ACKNOWLEDGED
    else:
        status = Acknowledgement.PARTIAL if owning else Acknowledgement.SILENT
    return Finding(status.value, _keys([*denying, *owning]))


def _denies_own_act(claim, facts):
    if claim.stance != Stance.DENIES:
        return False
    if claim.aspect == Aspect.PERPETRATOR:
        return claim.actor is None or sides.stands_with(claim.claimant, claim.actor, facts)
    return claim.aspect == Aspect.OCCURRENCE


def _owns_act(claim, facts):
    if claim.stance != Stance.ASSERTS:
        return False
    if claim.aspect == Aspect.PERPETRATOR:
        return claim.part in ACTING_PARTS and sides.owns(claim, facts)
    return claim.speech_act in sides.OWNING_ACTS and contest.is_witness(claim)


def harm_grade(facts, attributed, occurrence_status):
    """R10: Finding of how well harm to civilians (killed or injured) is established."""
    accounts = _harm_accounts(facts)
    spoken = [claim for claim in accounts if claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT]
    harm = [claim for claim in spoken if _tells_harm(claim, VictimCategory.CIVILIAN)]
    discounting = _discounting(accounts, harm, facts)
    if discounting:
        return Finding(HarmGrade.DISCOUNTED.value, _keys(discounting))
    if not harm:
        assessed = [claim for claim in accounts if _tells_harm(claim, VictimCategory.CIVILIAN)]
        grade = HarmGrade.WEAK if assessed else HarmGrade.NONE_REPORTED
        return Finding(grade.value, _keys(assessed))
    accepting = [claim for claim in harm if _is_by_initiator(claim, attributed, facts)]
    if accepting and not attributed.contested:
        return Finding(HarmGrade.CONFIRMED.value, _keys(accepting))
    if _are_incompatible_perpetrators(attributed, facts):
        behind = {key for candidate in attributed.candidates for key in candidate.claims}
        return Finding(HarmGrade.CONTESTED.value, tuple(sorted({*_keys(harm), *behind})))
    corroborated = independence.corroboration(harm, facts.relations, facts.span) >= 2
    if corroborated and occurrence_status in (Occurrence.ACKNOWLEDGED, Occurrence.CLAIMED):
        return Finding(HarmGrade.FAIR.value, _keys(harm))
    return Finding(HarmGrade.WEAK.value, _keys(harm))


def _harm_accounts(facts):
    return [
        claim
        for claim in eligibility.eligible(facts.claims)
        if claim.aspect == Aspect.CASUALTIES and claim.stance == Stance.ASSERTS
    ]


def _tells_harm(claim, category):
    """Whether an account tells of anyone of the category killed or injured, with a number or a vague word."""
    lines = [line for line in map(casualties.with_bounds, claim.lines) if line.outcome in HARM]
    return any(line.category == category and (line.low or line.best or line.high) for line in lines)


def _discounting(accounts, harm, facts):
    """The claims by which alleged harm to civilians is set aside; empty where none is, or none was alleged.

    The editors' assessment that no civilian was harmed decides. Else two independent claimants must say that combatants
    were hit while nobody speaks of civilians harmed; where nobody ever raised civilians there is nothing to set aside.
    """
    judged = [
        claim
        for claim in accounts
        if claim.speech_act == SpeechAct.EDITORIAL_ASSESSMENT
        and _says_no_civilians(claim)
        and not _tells_harm(claim, VictimCategory.CIVILIAN)
    ]
    if judged or harm:
        return judged
    combatants = [claim for claim in accounts if _tells_harm(claim, VictimCategory.MILITANT)]
    raised = [claim for claim in eligibility.eligible(facts.claims) if _raises_civilians(claim)]
    if raised and independence.corroboration(combatants, facts.relations, facts.span) >= 2:
        return combatants + raised
    return []


def _says_no_civilians(claim):
    return any(
        line.outcome in HARM and line.category in (VictimCategory.CIVILIAN, VictimCategory.ALL) and line.high == 0
        for line in map(casualties.with_bounds, claim.lines)
    )


def _raises_civilians(claim):
    if claim.aspect == Aspect.TARGET_NATURE:
        return claim.stance == Stance.ASSERTS and claim.code in CIVILIAN_NATURES
    if claim.aspect != Aspect.CASUALTIES:
        return False
    about_civilians = any(line.category == VictimCategory.CIVILIAN for line in claim.lines)
    return about_civilians and (claim.stance != Stance.ASSERTS or _says_no_civilians(claim))


def _is_by_initiator(claim, attributed, facts):
    """Whether those who did it accept the harm themselves; an accusation accepts nothing."""
    if claim.claimant is None or claim.speech_act == SpeechAct.ACCUSATION or attribution.is_tentative(claim):
        return False
    return any(sides.stands_with(claim.claimant, actor, facts) for actor in attributed.leading)


def _are_incompatible_perpetrators(attributed, facts):
    """Suspicions alone contest nothing beside firmer claims, but do among themselves."""
    if attributed.contested:
        return True
    firm = [candidate.actor for candidate in attributed.candidates if candidate.tier < attribution.SUSPECTED]
    return any(
        not independence.on_one_chain(actor, other, facts.relations, facts.span)
        for index, actor in enumerate(firm)
        for other in firm[index + 1 :]
        if not sides.stands_with(actor, other, facts)
    )


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
        return Finding(YES, _keys(asserting))
    if denying and not asserting:
        return Finding(NO, _keys(denying))
    return Finding(UNKNOWN, _keys(asserting + denying))


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
    own = {claim.code for claim in asserting if _is_by_initiator(claim, attributed, facts)}
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
    for claim in _harm_accounts(facts):
        involved |= {line.party for line in claim.lines if line.party}
    homes = {sides.country_of(actor, facts) for actor in involved if sides.is_state_like(actor, facts)}
    return len(homes - {""}) > 1


def _areas(facts, level):
    """Set of the districts or provinces of the incident and its parts."""
    places = (facts.place, *facts.part_places)
    return {getattr(place, level) for place in places if place and getattr(place, level)}


def _is_one_day(facts):
    return facts.span.start is not None and facts.span.start == facts.span.end


def _keys(claims):
    return tuple(sorted({claim.key for claim in claims}))
