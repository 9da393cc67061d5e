"""R3, R9 and R10: did it happen, who owns it, harm to civilians."""

from typing import NamedTuple

from events.choices import (
    CIVILIAN_NATURES,
    Acknowledgement,
    Aspect,
    HarmGrade,
    Occurrence,
    Outcome,
    Part,
    SpeechAct,
    Stance,
    VictimCategory,
)
from events.rules import attribution, casualties, contest, eligibility, independence, sides

ACTING_PARTS = ("", Part.PERPETRATOR, Part.INITIATOR, Part.RESPONDER)
HARM = (Outcome.KILLED, Outcome.INJURED)


class Finding(NamedTuple):
    """A code and the sorted keys of the claims behind it."""

    value: str
    claims: tuple[str, ...]


class OccurrenceFinding(NamedTuple):
    """R3. `claims` holds those that carry the status and, where it is denied, those that deny it."""

    status: str
    is_denied: bool
    claims: tuple[str, ...]


def occurrence(facts, attributed):
    """R3: how well it is established that the incident happened, as an OccurrenceFinding."""
    claims = eligibility.eligible(facts.claims)
    witnesses = [claim for claim in claims if contest.is_witness(claim)]
    spoken = [claim for claim in witnesses if claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT]
    denials = [claim for claim in claims if claim.aspect == Aspect.OCCURRENCE and claim.stance == Stance.DENIES]
    status, behind = _status(spoken, facts, attributed)
    if status == Occurrence.UNSUPPORTED and witnesses:
        status, behind = Occurrence.SINGLE_SOURCE, witnesses
    return OccurrenceFinding(status.value, bool(denials), keys_of([*behind, *denials]))


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
    return Finding(status.value, keys_of([*denying, *owning]))


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
    accounts = harm_accounts(facts)
    spoken = [claim for claim in accounts if claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT]
    harm = [claim for claim in spoken if _tells_harm(claim, VictimCategory.CIVILIAN)]
    discounting = _discounting(accounts, harm, facts)
    if discounting:
        return Finding(HarmGrade.DISCOUNTED.value, keys_of(discounting))
    if not harm:
        assessed = [claim for claim in accounts if _tells_harm(claim, VictimCategory.CIVILIAN)]
        grade = HarmGrade.WEAK if assessed else HarmGrade.NONE_REPORTED
        return Finding(grade.value, keys_of(assessed))
    accepting = [claim for claim in harm if is_by_initiator(claim, attributed, facts)]
    if accepting and not attributed.contested:
        return Finding(HarmGrade.CONFIRMED.value, keys_of(accepting))
    if _are_incompatible_perpetrators(attributed, facts):
        behind = {key for candidate in attributed.candidates for key in candidate.claims}
        return Finding(HarmGrade.CONTESTED.value, tuple(sorted({*keys_of(harm), *behind})))
    corroborated = independence.corroboration(harm, facts.relations, facts.span) >= 2
    if corroborated and occurrence_status in (Occurrence.ACKNOWLEDGED, Occurrence.CLAIMED):
        return Finding(HarmGrade.FAIR.value, keys_of(harm))
    return Finding(HarmGrade.WEAK.value, keys_of(harm))


def harm_accounts(facts):
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


def is_by_initiator(claim, attributed, facts):
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


def keys_of(claims):
    return tuple(sorted({claim.key for claim in claims}))
