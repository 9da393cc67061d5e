"""The public document: an allow-list of what an incident and its accepted claims say, with what the rules conclude.

Its shape is described in docs/document.md. Whatever is not written out here cannot become public. Its words are English,
whatever the editor reads in.
"""

from django.db.models import Exists, OuterRef, Q

from events import tongue, uids
from events.choices import (
    EDITORIAL_LINKS,
    LEVEL_RANK,
    IncidentStatus,
    LocationLevel,
    LocationPrecision,
    Verdict,
)
from events.models.actor import Actor
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.models.incident import IncidentLink
from events.press import facts, headline
from events.rules import dates, derive, eligibility

# I12: the finest level whose coordinates may be shown for each precision of the place.
FINEST_LEVEL = {
    LocationPrecision.SITE: LocationLevel.SITE,
    LocationPrecision.SETTLEMENT: LocationLevel.SETTLEMENT,
    LocationPrecision.NEAR_SETTLEMENT: LocationLevel.SETTLEMENT,
    LocationPrecision.DISTRICT: LocationLevel.DISTRICT,
    LocationPrecision.PROVINCE: LocationLevel.PROVINCE,
    LocationPrecision.SEVERAL_PROVINCES: LocationLevel.AREA,
    LocationPrecision.BORDER_SEGMENT: LocationLevel.BORDER_SEGMENT,
    LocationPrecision.COUNTRY: LocationLevel.COUNTRY,
}


@tongue.english()
def build(incident, edition):
    """The document of an incident as a dict; `edition` is the dict that says which edition it is."""
    everything = list(incident.claims.with_everything())
    accepted = [claim for claim in everything if claim.verdict == Verdict.ACCEPTED]
    seen = facts.incident_facts(incident, accepted)
    concluded = derive.derive(seen)
    taking_part = headline.participants(concluded)
    links = _links(incident)
    linked = [claim for _, claims in links for claim in claims]
    actors = _actors([*accepted, *linked], seen)
    return {
        "uid": incident.shown_uid,
        "edition": edition,
        "title": incident.title,
        "summary": incident.summary,
        "category": incident.category,
        "kind": incident.kind,
        "tags": incident.tags,
        "date": date_shown(incident.date),
        "location": _location(incident),
        "location_precision": incident.location_precision,
        "headline": headline.shown(concluded),
        "participants": taking_part,
        "bodies": _bodies(taking_part, seen),
        "actors": actors,
        "part_of": _part_of(incident),
        "parts": [part.shown_uid for part in facts.published_parts(incident)],
        "links": [_link(link, claims) for link, claims in links],
        "claims": claims_shown(accepted),
        "documents": documents_shown([*accepted, *linked]),
    }


@tongue.english()
def build_relation(relation, edition):
    """The document of a relation between two actors."""
    claims = list(relation.claims.accepted().with_everything())
    return {
        "uid": relation.shown_uid,
        "edition": edition,
        "subject": relation.subject.slug,
        "type": relation.type,
        "object": relation.object.slug,
        "valid_from": relation.valid_from,
        "valid_until": relation.valid_until,
        "basis": relation.basis,
        "note": relation.note,
        "stands": facts.stands(relation),
        "is_contested": _standing(claims) == "contested",
        "actors": {
            actor.slug: _actor(actor)
            for actor in (relation.subject, relation.object, *(a for c in claims for a in facts.named_actors(c)))
        },
        "claims": claims_shown(claims),
        "documents": documents_shown(claims),
    }


def claims_shown(claims):
    """Accepted claims in editorial order, each saying whether it stands behind headlines and what replaced it."""
    seen = tuple(facts.claim_fact(claim) for claim in claims)
    eligible = {fact.key for fact in eligibility.eligible(seen)}
    replaced = eligibility.superseded(seen)
    newer = {claim.supersedes_id: claim.shown_uid for claim in claims if claim.supersedes_id}
    return [
        _claim(claim)
        | {
            "is_eligible": claim.shown_uid in eligible,
            "superseded_by": newer.get(claim.pk) if claim.shown_uid in replaced else None,
        }
        for claim in claims
    ]


def documents_shown(claims):
    """Every document that the claims cite, once, in the order in which they are cited first."""
    documents = {citation.document_id: citation.document for claim in claims for citation in claim.citations.all()}
    return [_document(document, documents) for document in documents.values()]


@tongue.english()
def date_shown(vague):
    """A vague date as the document holds it; days are null when it is unknown."""
    moment = dates.utc(vague)
    return {
        "start": vague.start.isoformat() if vague.start else None,
        "end": vague.end.isoformat() if vague.end else None,
        "precision": vague.precision,
        "time_local": vague.time_local.strftime("%H:%M") if vague.time_local else None,
        "time_zone": vague.time_zone,
        "utc": moment.strftime("%Y-%m-%dT%H:%MZ") if moment else None,
        "shown": dates.describe(vague),
    }


def _given(vague):
    return date_shown(vague) if vague.start else None


def _claim(claim):
    return {
        "uid": claim.shown_uid,
        "aspect": claim.aspect,
        "stance": claim.stance,
        "claimant": claim.claimant.slug if claim.claimant else None,
        "claimant_text": claim.claimant_text,
        "attribution": claim.attribution,
        "first_hand": claim.first_hand,
        "speech_act": claim.speech_act,
        "hedge": claim.hedge,
        "preliminary": claim.preliminary,
        "asserted": _given(claim.asserted),
        "part": claim.part,
        "actor": claim.value_actor.slug if claim.value_actor else None,
        "location": {"slug": claim.value_location.slug, "name": claim.value_location.name}
        if claim.value_location
        else None,
        "date": _given(claim.value_date),
        "code": claim.value_code,
        "text": claim.value_text,
        "scope": claim.scope,
        "exhaustive": claim.exhaustive,
        "lines": _lines(claim),
        "supersedes": claim.supersedes.shown_uid
        if claim.supersedes and claim.supersedes.verdict == Verdict.ACCEPTED
        else None,
        "retracted_at": claim.retracted_at,
        "credibility": claim.credibility,
        "citations": [_citation(citation) for citation in claim.citations.all()],
    }


def _lines(claim):
    lines = list(claim.lines.all())
    order = {line.pk: number for number, line in enumerate(lines)}
    return [
        {
            "outcome": line.outcome,
            "category": line.category,
            "party": line.party.slug if line.party else None,
            "demographic": line.demographic,
            "directness": line.directness,
            "qualifier": line.qualifier,
            "low": line.low,
            "best": line.best,
            "high": line.high,
            "open_upper": line.open_upper,
            "subset_of": order.get(line.subset_of_id),
            "shown": line.shown,
        }
        for line in lines
    ]


def _citation(citation):
    return {
        "document": citation.document.shown_uid,
        "excerpt": citation.excerpt,
        "excerpt_language": citation.excerpt_language,
        "translation": citation.translation,
        "locator": citation.locator,
        "relay": citation.relay,
        "reliability": citation.reliability_at_review,
    }


def _document(document, shown):
    source = document.source
    return {
        "uid": document.shown_uid,
        "source": {
            "uid": source.shown_uid,
            "slug": source.slug,
            "name": source.name,
            "kind": source.kind,
            "country": source.country,
            "scale": source.scale,
            "reliability": source.reliability,
        },
        "title": document.title,
        "url": document.url,
        "archived_url": document.archived_url,
        "author": document.author,
        "published": _given(document.published),
        "language": document.language,
        "kind": document.kind,
        "derived_from": shown[document.derived_from_id].shown_uid if document.derived_from_id in shown else None,
        "derivation": document.derivation,
        "licence": document.licence,
    }


def _location(incident):
    location = incident.location
    if location is None:
        return None
    shown_at = _coordinates_of(location, incident.location_precision)
    return {
        "uid": location.shown_uid,
        "slug": location.slug,
        "name": location.name,
        "level": location.level,
        "latitude": float(shown_at.latitude) if shown_at else None,
        "longitude": float(shown_at.longitude) if shown_at else None,
        "uncertainty_km": float(shown_at.uncertainty_km) if shown_at and shown_at.uncertainty_km is not None else None,
        "coordinate_basis": shown_at.coordinate_basis if shown_at else "none",
        "disputed_note": location.disputed_note,
        "country": _coded(location.country),
        "province": _coded(location.province),
        "district": _named(location.district),
        "shown": ", ".join(part for part in (location.name, location.within) if part),
    }


def _coordinates_of(location, precision):
    """The nearest place with coordinates, upwards from the first whose level is not finer than the precision; or None."""
    finest = LEVEL_RANK[FINEST_LEVEL[precision]]
    while location is not None and (LEVEL_RANK[location.level] > finest or location.latitude is None):
        location = location.parent
    return location


def _named(location):
    return {"slug": location.slug, "name": location.name} if location else None


def _coded(location):
    """A country or province with its ISO 3166 code, "" where it has none."""
    return _named(location) | {"iso": location.iso} if location else None


def _actors(claims, seen):
    """Slug → actor, for everybody the document mentions, the bodies above them included."""
    actors = {actor.slug: actor for claim in claims for actor in facts.named_actors(claim)}
    missing = set(seen.actors) - set(actors)
    actors |= {actor.slug: actor for actor in Actor.objects.filter(slug__in=missing)}
    return {slug: _actor(actor) for slug, actor in sorted(actors.items())}


def _actor(actor):
    return {
        "uid": actor.shown_uid,
        "name": actor.name,
        "short_name": actor.short_name,
        "kind": actor.kind,
        "side": actor.side,
        "home_country": actor.home_country,
    }


def _bodies(taking_part, seen):
    slugs = {entry["actor"] for entry in taking_part}
    return {slug: above for slug in sorted(slugs) if (above := facts.bodies(slug, seen.relations, seen.span))}


def _part_of(incident):
    link = incident.links_out.filter(_leads_to_the_public(), type="part_of").select_related("to_incident").first()
    return link.to_incident.shown_uid if link else None


def _links(incident):
    """Pairs of (link, accepted claims) that are public: to a public incident, set by editors or backed by a claim."""
    links = (
        IncidentLink.objects.filter(_leads_to_the_public(), from_incident=incident)
        .exclude(type="part_of")
        .select_related("to_incident")
    )
    found = []
    for link in links.order_by("type", "uid"):
        claims = list(Claim.objects.filter(link=link).accepted().with_everything())
        if link.type in EDITORIAL_LINKS or claims:
            found.append((link, claims))
    return found


def _leads_to_the_public():
    """Q: the link's other end has an edition, or is getting one just now; any other link would tell of a draft."""
    editions = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef("to_incident__uid"))
    return Q(to_incident__status=IncidentStatus.PUBLISHED) | Exists(editions)


def _link(link, claims):
    return {
        "uid": link.shown_uid,
        "type": link.type,
        "to": uids.shown(link.to_incident.uid),
        "standing": "editorial" if link.type in EDITORIAL_LINKS and not claims else _standing(claims),
        "claims": claims_shown(claims),
    }


def _standing(claims):
    """Contested when an eligible claim denies it, else asserted."""
    eligible = eligibility.eligible(tuple(facts.claim_fact(claim) for claim in claims))
    return "contested" if any(claim.stance == "denies" for claim in eligible) else "asserted"
