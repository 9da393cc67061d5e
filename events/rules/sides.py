"""Who speaks for whom: one's own body, a side, the people affected, an adversary."""

from datetime import date

from events.choices import ANONYMOUS_ATTRIBUTIONS, ActorKind, Aspect, RelationType, Side, SpeechAct, Stance
from events.rules import dates, eligibility, independence
from events.rules.facts import Span

OWNING_ACTS = (SpeechAct.ACKNOWLEDGEMENT, SpeechAct.CLAIM_OF_RESPONSIBILITY)

# Bodies that answer for those in them. Two states in one international organisation do not answer for each other.
ROOT_KINDS = (ActorKind.STATE, ActorKind.DE_FACTO_AUTHORITY, ActorKind.ARMED_GROUP)
STATE_KINDS = (ActorKind.STATE, ActorKind.DE_FACTO_AUTHORITY, ActorKind.STATE_FORCE)
GOVERNMENT_KINDS = (*STATE_KINDS, ActorKind.OFFICE)

# Each of these sides is one body; armed groups and third parties are many.
STATE_SIDES = (Side.PAKISTAN, Side.AFGHANISTAN_DE_FACTO)
SIDE_GOVERNING = {"PK": Side.PAKISTAN, "AF": Side.AFGHANISTAN_DE_FACTO}
TALIBAN_RULE = Span(date(2021, 8, 15), None)


def same_body(actor, other, facts):
    """Whether one belongs to the other, or both to one state, authority or armed group, on the date of the incident."""
    above = independence.ancestors(actor, facts.relations, facts.span)
    others_above = independence.ancestors(other, facts.relations, facts.span)
    if actor in others_above or other in above:
        return True
    return any(_kind(key, facts) in ROOT_KINDS for key in above & others_above)


def stands_with(actor, other, facts):
    """Whether two actors are on one side: one body, or both Pakistan's, or both the Taliban authorities'."""
    return same_body(actor, other, facts) or (
        side_of(actor, facts) in STATE_SIDES and side_of(actor, facts) == side_of(other, facts)
    )


def side_of(actor, facts):
    """The side of an actor, "" when the actor is not known."""
    return str(facts.actors[actor].side) if actor in facts.actors else ""


def country_of(actor, facts):
    return facts.actors[actor].home_country if actor in facts.actors else ""


def is_state_like(actor, facts):
    return _kind(actor, facts) in STATE_KINDS


def is_anonymous(claim):
    """Whether nobody answers for the claim by name; an official who will not be named does not speak for a side."""
    return claim.attribution in ANONYMOUS_ATTRIBUTIONS or independence.identity(claim) == independence.UNNAMED


def owns(claim, facts):
    """Whether a claimant says of its own body that it did it (R6, first tier).

    A part may speak for the whole it belongs to, whatever the act, except that an accusation is none of oneself. Two
    parts of one body (a foreign office, the army) speak for each other only by acknowledging or claiming.
    """
    if claim.claimant is None or claim.actor is None or claim.speech_act == SpeechAct.ACCUSATION:
        return False
    if independence.reaches(claim.claimant, claim.actor, facts.relations, facts.span):
        return True
    return claim.speech_act in OWNING_ACTS and same_body(claim.claimant, claim.actor, facts)


def countries(facts):
    """Set of the countries where it happened, by the place of the incident and those of its parts."""
    places = (facts.place, *facts.part_places)
    return {place.country for place in places if place and place.country}


def is_affected(actor, initiator, facts):
    """Whether `actor` speaks for those whom an act of `initiator` hit: the targets' side, else who governs the place.

    A target that is no state's (a group, civilians) leaves the say to those who govern the place as well.
    """
    if stands_with(actor, initiator, facts):
        return False
    targets = [key for key in targets_of(facts) if not stands_with(key, initiator, facts)]
    if any(stands_with(actor, key, facts) for key in targets):
        return True
    if any(side_of(key, facts) in STATE_SIDES or is_state_like(key, facts) for key in targets):
        return False
    return _governs_the_place(actor, facts)


def is_adversary(actor, initiator, facts):
    """Whether `actor` is a party against `initiator`: affected by the act or of another warring side, and no ally."""
    if stands_with(actor, initiator, facts) or _are_related(actor, initiator, RelationType.ALLIED_WITH, facts):
        return False
    if is_affected(actor, initiator, facts):
        return True
    if _are_related(actor, initiator, RelationType.FIGHTS, facts) or _are_related(
        actor, initiator, RelationType.RIVAL_OF, facts
    ):
        return True
    mine, theirs = side_of(actor, facts), side_of(initiator, facts)
    return mine not in ("", Side.THIRD) and theirs != "" and mine != theirs


def targets_of(facts):
    """Sorted keys of the actors that eligible claims name as targeted or affected."""
    claims = eligibility.eligible(facts.claims)
    return sorted(
        {
            claim.actor
            for claim in claims
            if claim.aspect == Aspect.TARGET and claim.stance == Stance.ASSERTS and claim.actor
        }
    )


def _kind(actor, facts):
    return facts.actors[actor].kind if actor in facts.actors else ""


def _governs_the_place(actor, facts):
    side = side_of(actor, facts)
    if side == Side.AFGHANISTAN_DE_FACTO and not dates.overlaps(facts.span, TALIBAN_RULE):
        return False
    if any(SIDE_GOVERNING.get(country) == side for country in countries(facts)):
        return True
    return _kind(actor, facts) in GOVERNMENT_KINDS and country_of(actor, facts) in countries(facts)


def _are_related(actor, other, relation_type, facts):
    return any(
        relation.type == relation_type
        and {relation.subject, relation.object} == {actor, other}
        and independence.is_valid_on(relation, facts.span)
        for relation in facts.relations
    )
