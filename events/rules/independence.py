"""R2: who depends on whom, and how many claimants say something independently of each other."""

from datetime import date

from events.choices import (
    ANONYMOUS_ATTRIBUTIONS,
    CHAIN_RELATIONS,
    DEPENDENCE_RELATIONS,
    FirstHand,
    SpeechAct,
    Stance,
)
from events.rules import dates
from events.rules.facts import Span

UNNAMED = ("unnamed", "")

# Beyond this many entangled claims the largest set is found greedily; no real incident comes near.
EXACT_UP_TO = 40


def identity(claim):
    """(kind, key) of the claimant; the same for two claims that the same claimant makes.

    A claimant without an actor who is anonymous, or of whom not even a description is given, is UNNAMED: nobody can
    tell whether two of them are one person.
    """
    if claim.claimant:
        return ("actor", claim.claimant)
    text = " ".join(claim.claimant_text.split()).casefold()
    if not text or claim.attribution in ANONYMOUS_ATTRIBUTIONS:
        return UNNAMED
    return ("text", text)


def ancestors(actor, relations, on, types=DEPENDENCE_RELATIONS):
    """Set of the actors that `actor` reaches by relations of these types valid on that date; itself included."""
    upward = {}
    for relation in relations:
        if relation.type in types and is_valid_on(relation, on):
            upward.setdefault(relation.subject, []).append(relation.object)
    found, waiting = {actor}, [actor]
    while waiting:
        for above in upward.get(waiting.pop(), ()):
            if above not in found:
                found.add(above)
                waiting.append(above)
    return found


def reaches(actor, other, relations, on, types=DEPENDENCE_RELATIONS):
    """Whether `actor` is `other`, or belongs to it over any number of steps."""
    return actor == other or other in ancestors(actor, relations, on, types)


def on_one_chain(actor, other, relations, on):
    """Whether one of the two is a part, faction or front of the other, or both are the same."""
    return reaches(actor, other, relations, on, CHAIN_RELATIONS) or reaches(
        other, actor, relations, on, CHAIN_RELATIONS
    )


def is_valid_on(relation, on):
    """Whether a relation held on some day of `on` (Span, date, None: no date known, any relation counts)."""
    if on is None:
        return True
    if isinstance(on, date):
        on = Span(on, on)
    return dates.overlaps(Span(relation.valid_from, relation.valid_until), on)


def independent(a, b, relations, on):
    """Whether the claimants of two claims speak independently. `on` is the date of the incident (Span or date)."""
    one, other = identity(a), identity(b)
    if one == other:
        return False
    if one[0] == other[0] == "actor":
        return not reaches(one[1], other[1], relations, on) and not reaches(other[1], one[1], relations, on)
    return True


def corroboration(claims, relations, on, compatible=None):
    """Size of the largest set of pairwise independent claimants among asserting claims that are not relayed.

    `compatible(claim, claim)` may further demand that the values of the set agree; without it the caller passes claims
    that do. An editorial assessment weighs what others say and is no further witness.
    """
    witnesses = sorted(filter(_is_witness, claims), key=lambda claim: claim.key)
    if compatible is None:
        witnesses = list({identity(claim): claim for claim in witnesses}.values())
    entangled = {claim.key: set() for claim in witnesses}
    for index, a in enumerate(witnesses):
        for b in witnesses[index + 1 :]:
            if not independent(a, b, relations, on) or (compatible and not compatible(a, b)):
                entangled[a.key].add(b.key)
                entangled[b.key].add(a.key)
    return _largest_free_set(entangled)


def _is_witness(claim):
    return (
        claim.stance == Stance.ASSERTS
        and claim.first_hand != FirstHand.RELAYED
        and claim.speech_act != SpeechAct.EDITORIAL_ASSESSMENT
    )


def _largest_free_set(neighbours):
    """Size of the largest set of nodes no two of which are neighbours. neighbours: {node: set of nodes}, symmetric."""
    taken = 0
    while neighbours:
        # A node with at most one neighbour belongs to some largest set, so taking it loses nothing.
        simple = min(neighbours, key=lambda node: (len(neighbours[node]), node))
        if len(neighbours[simple]) > 1 and len(neighbours) <= EXACT_UP_TO:
            busiest = min(neighbours, key=lambda node: (-len(neighbours[node]), node))
            with_it = 1 + _largest_free_set(_without(neighbours, {busiest} | neighbours[busiest]))
            return taken + max(with_it, _largest_free_set(_without(neighbours, {busiest})))
        taken += 1
        neighbours = _without(neighbours, {simple} | neighbours[simple])
    return taken


def _without(neighbours, gone):
    return {node: near - gone for node, near in neighbours.items() if node not in gone}
