"""R0 and R1: which claims may stand behind a headline, and which of one claimant contradict each other."""

from events.choices import Aspect, Credibility, Hedge, Part, SpeechAct, Stance, Verdict
from events.rules import independence

# Inferences are shown beside the other claims, but no headline rests on them.
NEVER_HEADLINE = (SpeechAct.FORECAST, SpeechAct.INFERENCE)

# Aspects with one true value. A claimant may well name several targets, weapons, motives or places of origin.
SINGLE_VALUED = (
    Aspect.OCCURRENCE,
    Aspect.KIND,
    Aspect.DATE,
    Aspect.LOCATION,
    Aspect.PERPETRATOR,
    Aspect.CASUALTIES,
)


def eligible(claims):
    """The claims that may stand behind a headline (R0), sorted by key."""
    return tuple(
        claim
        for claim in live(claims)
        if claim.credibility != Credibility.IMPROBABLE
        and claim.speech_act not in NEVER_HEADLINE
        and claim.hedge != Hedge.CONDITIONAL
    )


def live(claims):
    """Claims accepted, not retracted and not superseded, sorted by key."""
    replaced = superseded(claims)
    standing = (claim for claim in claims if _stands(claim) and claim.key not in replaced)
    return tuple(sorted(standing, key=lambda claim: claim.key))


def superseded(claims):
    """Set of the keys that another accepted, not retracted claim replaces.

    In a chain each link replaces the one before it, also after it has itself been replaced. A rejected or retracted
    link replaces nothing, so that what it would have replaced stands again.
    """
    return frozenset(
        claim.supersedes for claim in claims if _stands(claim) and claim.supersedes not in (None, claim.key)
    )


def conflicts(claim, others, relations=(), on=None):
    """Sorted keys of the live claims of the same claimant that `claim` contradicts without superseding them (R1).

    Asserting two values of one thing, or both asserting and denying one value, is a contradiction; denying two values
    is none. Two unnamed claimants may be two people. Perpetrators on one chain (by `relations`, on the date) agree.
    """
    if claim.aspect not in SINGLE_VALUED or claim.part not in ("", Part.PERPETRATOR):
        return ()
    who = independence.identity(claim)
    if who == independence.UNNAMED or claim.key in superseded(others):
        return ()
    return tuple(
        other.key
        for other in live(others)
        if other.key not in (claim.key, claim.supersedes)
        and other.supersedes != claim.key
        and independence.identity(other) == who
        and (other.aspect, other.part, other.scope) == (claim.aspect, claim.part, claim.scope)
        and _contradicts(claim, other, relations, on)
    )


def _stands(claim):
    return claim.verdict == Verdict.ACCEPTED and not claim.is_retracted


def _contradicts(claim, other, relations, on):
    if Stance.DOUBTS in (claim.stance, other.stance):
        return False
    same = _same_value(claim, other, relations, on)
    if claim.stance == other.stance:
        return claim.stance == Stance.ASSERTS and not same
    return same


def _same_value(claim, other, relations, on):
    if claim.aspect == Aspect.PERPETRATOR and claim.actor and other.actor:
        return independence.on_one_chain(claim.actor, other.actor, relations, on)
    if claim.aspect == Aspect.CASUALTIES:
        return _same_toll(claim, other)
    if claim.aspect == Aspect.DATE and claim.span and other.span:
        return (claim.span.start, claim.span.end) == (other.span.start, other.span.end)
    if claim.aspect == Aspect.LOCATION and claim.place and other.place:
        return claim.place.key == other.place.key
    return claim.code == other.code


def _same_toll(claim, other):
    """Accounts of different outcomes complete each other; those of one outcome must agree line by line."""
    mine, theirs = _lines_by_outcome(claim), _lines_by_outcome(other)
    shared = mine.keys() & theirs.keys()
    if claim.stance != other.stance:
        # A denial without lines denies any toll; one with lines, those lines.
        return not (mine and theirs) or any(mine[outcome] & theirs[outcome] for outcome in shared)
    return all(mine[outcome] == theirs[outcome] for outcome in shared)


def _lines_by_outcome(claim):
    by_outcome = {}
    for line in claim.lines:
        by_outcome.setdefault(line.outcome, set()).add(line)
    return by_outcome
