"""From the desk's rows to the frozen values that the rules read. Keys: claims by shown uid, actors and places by slug."""

from django.db.models import Prefetch

from events.choices import (
    CHAIN_RELATIONS,
    DEPENDENCE_RELATIONS,
    RELIABILITY_RANK,
    SYMMETRIC_RELATIONS,
    IncidentStatus,
    LinkType,
    RelationBasis,
)
from events.models.actor import Actor, ActorRelation
from events.models.claim import Claim
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.rules import eligibility, independence
from events.rules.facts import ActorFact, ClaimFact, IncidentFacts, LineFact, PlaceFact, RelationFact, Span

_ABOVE = ("parent", "country", "province", "district")  # what a row of a place says it lies in


def incident_facts(incident, claims):
    """Everything the rules need of an incident, from its claims (a list, with everything loaded)."""
    parts = list(published_parts(incident))
    _load_what_places_lie_in([incident, *parts], claims)
    return _put_together(incident, claims, parts, *actors_and_relations(claims))


def many_incident_facts(incidents):
    """List of IncidentFacts of many incidents, in their order; as many queries for two as for hundreds."""
    by_incident = {incident.pk: [] for incident in incidents}
    claims = list(Claim.objects.filter(incident__in=by_incident).with_everything())
    for claim in claims:
        by_incident[claim.incident_id].append(claim)
    parts = _published_parts_of(incidents)
    _load_what_places_lie_in([*incidents, *(part for found in parts.values() for part in found)], claims)
    # Relations of other incidents' actors do no harm: rules only follow them upwards from the actors of the incident.
    known = actors_and_relations(claims)
    return [_put_together(one, by_incident[one.pk], parts.get(one.pk, []), *known) for one in incidents]


def _put_together(incident, claims, parts, actors, relations):
    return IncidentFacts(
        category=incident.category,
        kind=incident.kind,
        span=Span(incident.date_start, incident.date_end, incident.date_precision),
        place=place_fact(incident.location),
        claims=tuple(claim_fact(claim) for claim in claims),
        actors=actors,
        relations=relations,
        part_places=tuple(place_fact(part.location) for part in parts if part.location),
    )


def claim_fact(claim):
    return ClaimFact(
        key=claim.shown_uid,
        aspect=claim.aspect,
        claimant=claim.claimant.slug if claim.claimant else None,
        claimant_text=claim.claimant_text,
        stance=claim.stance,
        attribution=claim.attribution,
        first_hand=claim.first_hand,
        speech_act=claim.speech_act,
        hedge=claim.hedge,
        preliminary=claim.preliminary,
        verdict=claim.verdict,
        credibility=claim.credibility,
        reliability=_best_reliability(claim),
        is_retracted=claim.retracted_at is not None,
        supersedes=claim.supersedes.shown_uid if claim.supersedes else None,
        part=claim.part,
        actor=claim.value_actor.slug if claim.value_actor else None,
        place=place_fact(claim.value_location),
        span=Span(claim.value_date_start, claim.value_date_end, claim.value_date_precision)
        if claim.value_date_start
        else None,
        code=claim.value_code,
        text=claim.value_text,
        scope=claim.scope,
        is_exhaustive=claim.exhaustive,
        lines=tuple(_line_fact(line) for line in claim.lines.all()),
    )


def place_fact(location):
    """The place with its chain of ancestors; None for None. Asks the database where they were not loaded before."""
    if location is None:
        return None
    chain, above = [location.slug], location.parent
    while above is not None:
        chain.append(above.slug)
        above = above.parent
    return PlaceFact(
        key=location.slug,
        chain=tuple(chain),
        country=location.country.iso if location.country else "",
        province=location.province.slug if location.province else None,
        district=location.district.slug if location.district else None,
        latitude=_number(location.latitude),
        longitude=_number(location.longitude),
        uncertainty_km=_number(location.uncertainty_km),
        is_capital=location.is_capital,
    )


def actors_and_relations(claims):
    """(slug → ActorFact, RelationFacts that stand) for all actors that the claims name and the bodies above them."""
    actors = {actor.pk: actor for claim in claims for actor in named_actors(claim)}
    relations, frontier = {}, set(actors)
    while frontier:
        found = _relations_from(frontier)
        relations |= {relation.pk: relation for relation in found}
        # Only along relations that stand: what somebody merely proposed must not even be named in public.
        above = {relation.object_id: relation.object for relation in found if stands(relation)}
        frontier = set(above) - set(actors)
        actors |= above
    relations |= {relation.pk: relation for relation in _mutual_relations(actors)}
    standing = tuple(_relation_fact(relation) for _, relation in sorted(relations.items()) if stands(relation))
    return {actor.slug: _actor_fact(actor) for actor in actors.values()}, standing


def named_actors(claim):
    """The actors a claim names: who says it, whom it is about, whose people came to harm."""
    parties = [line.party for line in claim.lines.all()]
    return [actor for actor in (claim.claimant, claim.value_actor, *parties) if actor is not None]


def stands(relation):
    """Whether a relation holds for the rules: established, or asserted by an eligible claim."""
    if relation.basis == RelationBasis.ESTABLISHED:
        return True
    claims = eligibility.eligible(tuple(claim_fact(claim) for claim in relation.claims.all()))
    return any(claim.stance == "asserts" for claim in claims)


def published_parts(incident):
    """The public incidents that are parts of this one, in the order of their uids."""
    return (
        Incident.objects.filter(
            links_out__type=LinkType.PART_OF, links_out__to_incident=incident, status=IncidentStatus.PUBLISHED
        )
        .select_related("location__country", "location__province", "location__district")
        .order_by("uid")
    )


def _published_parts_of(incidents):
    """Primary key of the whole → its public parts, in the order of their uids."""
    links = (
        IncidentLink.objects.filter(
            type=LinkType.PART_OF, to_incident__in=incidents, from_incident__status=IncidentStatus.PUBLISHED
        )
        .select_related("from_incident__location")
        .order_by("from_incident__uid")
    )
    parts = {}
    for link in links:
        parts.setdefault(link.to_incident_id, []).append(link.from_incident)
    return parts


def _load_what_places_lie_in(incidents, claims):
    """Load what all these places lie in, level by level: as many queries for two places as for hundreds."""
    places = [row.location for row in incidents] + [claim.value_location for claim in claims]
    places = [place for place in places if place is not None]
    known, lower = {}, places
    while missing := {key for place in lower for key in _keys_above(place)} - known.keys():
        found = Location.objects.in_bulk(missing)
        known |= found
        lower = list(found.values())
    for place in (*places, *known.values()):
        for name, key in zip(_ABOVE, _keys_above(place, keep_empty=True), strict=True):
            if key is not None:
                setattr(place, name, known[key])


def _keys_above(place, keep_empty=False):
    keys = [getattr(place, f"{name}_id") for name in _ABOVE]
    return keys if keep_empty else [key for key in keys if key is not None]


def bodies(slug, relations, on):
    """Slugs of the bodies an actor is part, faction or front of on the day, nearest first."""
    return sorted(independence.ancestors(slug, relations, on, CHAIN_RELATIONS) - {slug})


def _mutual_relations(actors):
    """Alliances, rivalries and wars between any two of these actors."""
    return (
        ActorRelation.objects.filter(subject__in=actors, object__in=actors, type__in=SYMMETRIC_RELATIONS)
        .select_related("subject", "object")
        .prefetch_related(_relation_claims())
    )


def _relations_from(actors):
    return list(
        ActorRelation.objects.filter(
            subject__in=actors, type__in=[code.value for code in {*DEPENDENCE_RELATIONS, *CHAIN_RELATIONS}]
        )
        .select_related("subject", "object")
        .prefetch_related(_relation_claims())
    )


def _relation_claims():
    return Prefetch("claims", queryset=Claim.objects.with_everything())


def _relation_fact(relation):
    return RelationFact(
        relation.subject.slug, relation.type, relation.object.slug, relation.valid_from, relation.valid_until
    )


def _actor_fact(actor: Actor):
    return ActorFact(actor.slug, actor.kind, actor.side, actor.home_country)


def _line_fact(line):
    return LineFact(
        outcome=line.outcome,
        category=line.category,
        low=line.low,
        best=line.best,
        high=line.high,
        open_upper=line.open_upper,
        qualifier=line.qualifier,
        party=line.party.slug if line.party else None,
        demographic=line.demographic,
        directness=line.directness,
        is_subset=line.subset_of_id is not None,
    )


def _best_reliability(claim):
    """The best grade among the sources that document it: as noted at the decision, else as it stands now."""
    grades = [
        citation.reliability_at_review or citation.document.source.reliability for citation in claim.citations.all()
    ]
    return min(grades, key=RELIABILITY_RANK.__getitem__, default="F")


def _number(decimal):
    return None if decimal is None else float(decimal)
