"""R1 over the desk's rows: a claimant must not be accepted with two contradicting values of one thing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from events import names
from events.choices import Verdict
from events.models.claim import Claim
from events.press import facts
from events.rules import eligibility


def with_others(claim):
    """Shown uids of the accepted claims of the same claimant and subject that this one contradicts."""
    others = list(
        Claim.objects.filter(incident=claim.incident, relation=claim.relation, link=claim.link, aspect=claim.aspect)
        .exclude(pk=claim.pk)
        .with_everything()
    )
    return _found(claim, others, claim.incident.date_start if claim.incident else None)


def require_none_between(one, other):
    """Raise ValidationError when a claimant would contradict themselves once the two incidents are one."""
    standing = list(other.claims.accepted().with_everything())
    for claim in one.claims.accepted().with_everything():
        if keys := _found(claim, standing, other.date_start):
            sentence = gettext(
                "%(claimant)s says something else in the two incidents (claims %(claim)s and %(others)s): let one "
                "supersede the other, or reject one, before merging."
            )
            raise ValidationError(sentence % _room(claim, keys))


def doubles(one, other):
    """Pairs of claims, one of each incident, by which one claimant says the same of the same: both stay in a merge."""
    standing = {}
    for claim in other.claims.exclude(verdict=Verdict.REJECTED).with_everything():
        standing.setdefault(_content(claim), claim)
    mine = one.claims.exclude(verdict=Verdict.REJECTED).with_everything()
    return [(claim, standing[key]) for claim in mine if (key := _content(claim)) in standing]


def _content(claim):
    """Who says what, without how likely it is and which documents show it."""
    fact = facts.claim_fact(claim)
    value = (fact.part, fact.actor, fact.place and fact.place.key, fact.span, fact.code, names.fold(fact.text))
    who = fact.claimant or names.fold(fact.claimant_text)
    return fact.aspect, fact.stance, who, fact.scope, value, fact.lines


def require_none_among(claim):
    """Raise ValidationError when, after a change to this claim, two others of one claimant stand against each other.

    Taking back the middle of a chain, for instance, lets the oldest claim stand again beside the newest.
    """
    subject = {"incident": claim.incident, "relation": claim.relation, "link": claim.link}
    for other in Claim.objects.filter(aspect=claim.aspect, **subject).accepted().with_everything():
        if other.retracted_at is None and (keys := with_others(other)):
            sentence = gettext(
                "%(claimant)s would then stand with two different values (claims %(claim)s and %(others)s). Reject one "
                "of them first (claimant_conflict)."
            )
            raise ValidationError(sentence % _room(other, keys))


def _room(claim, keys):
    return {"claimant": claim.who, "claim": claim.shown_uid, "others": ", ".join(keys)}


def _found(claim, others, on):
    if not others:
        return ()
    _, relations = facts.actors_and_relations([claim, *others])
    return eligibility.conflicts(facts.claim_fact(claim), [facts.claim_fact(other) for other in others], relations, on)
