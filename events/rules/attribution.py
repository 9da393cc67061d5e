"""R6: who did it, and on whose word."""

from dataclasses import dataclass

from events.choices import Aspect, AttributionStatus, Category, Hedge, Part, SpeechAct, Stance
from events.rules import eligibility, independence, sides

OWN_WORD, CORROBORATED, ONE_CLAIMANT, SUSPECTED = 1, 2, 3, 4

STATUS_OF = {
    OWN_WORD: AttributionStatus.SELF_CLAIMED,
    CORROBORATED: AttributionStatus.CORROBORATED,
    ONE_CLAIMANT: AttributionStatus.ATTRIBUTED,
    SUSPECTED: AttributionStatus.SUSPECTED,
}


@dataclass(frozen=True)
class Candidate:
    """An actor named as the one who did it, with its best tier (1 to 4) and the claims that put it there."""

    actor: str
    tier: int
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Attributed:
    """The perpetrator (of a measure: the initiator). `actor` is None when nobody is named or the best claims differ."""

    actor: str | None
    status: str
    tier: int | None
    candidates: tuple[Candidate, ...]  # of every tier, best first
    contested: bool
    claims: tuple[str, ...]  # behind the top tier

    @property
    def leading(self):
        """Keys of the actors of the top tier, whether or not they agree."""
        return tuple(candidate.actor for candidate in self.candidates if candidate.tier == self.tier)


def attribute(facts):
    """The perpetrator of the incident as an Attributed, from eligible asserting claims."""
    candidates = _candidates(facts)
    if not candidates:
        return Attributed(None, AttributionStatus.UNATTRIBUTED.value, None, (), False, ())
    tier = candidates[0].tier
    top = [candidate for candidate in candidates if candidate.tier == tier]
    actor = _finest([candidate.actor for candidate in top], facts)
    keys = tuple(sorted({key for candidate in top for key in candidate.claims}))
    return Attributed(actor, STATUS_OF[tier].value, tier, candidates, actor is None, keys)


def headline_part(category):
    """The part that the headline is about."""
    return Part.INITIATOR if category in (Category.MEASURE, Category.POLITICAL) else Part.PERPETRATOR


def is_tentative(claim):
    """Whether a claim only suspects, assumes, or is made by nobody who answers for it (R6, fourth tier)."""
    return claim.hedge in (Hedge.SUSPECTED, Hedge.ASSUMED) or sides.is_anonymous(claim)


def _candidates(facts):
    claims = _naming(facts)
    tiers = {claim.key: _tier(claim, claims, facts) for claim in claims}
    found = []
    for actor in sorted({claim.actor for claim in claims}):
        of_actor = [claim for claim in claims if claim.actor == actor]
        best = min(tiers[claim.key] for claim in of_actor)
        keys = tuple(sorted(claim.key for claim in of_actor if tiers[claim.key] == best))
        found.append(Candidate(actor, best, keys))
    return tuple(sorted(found, key=lambda candidate: (candidate.tier, candidate.actor)))


def _naming(facts):
    """Eligible claims that name who did it. An editorial assessment weighs them and attributes nothing of its own."""
    part = headline_part(facts.category)
    return [
        claim
        for claim in eligibility.eligible(facts.claims)
        if claim.aspect == Aspect.PERPETRATOR
        and claim.stance == Stance.ASSERTS
        and claim.actor
        and claim.part in (part, "")
        and claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT
    ]


def _tier(claim, claims, facts):
    """A single named claimant who is no adversary ranks with a single adversary: neither is borne out by another."""
    if is_tentative(claim):
        return SUSPECTED
    if sides.owns(claim, facts):
        return OWN_WORD
    agreeing = [
        other
        for other in claims
        if not is_tentative(other)
        and not sides.owns(other, facts)
        and independence.on_one_chain(other.actor, claim.actor, facts.relations, facts.span)
    ]
    if independence.corroboration(agreeing, facts.relations, facts.span) >= 2:
        return CORROBORATED
    return ONE_CLAIMANT


def _finest(actors, facts):
    """The actor at the lower end if all lie on one chain, else None."""
    for actor in sorted(actors):
        above = independence.ancestors(actor, facts.relations, facts.span, independence.CHAIN_RELATIONS)
        if above.issuperset(actors):
            return actor
    return None
