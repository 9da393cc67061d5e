"""What the pages of actors, places and sources show, as values for their templates."""

import json

from events import uids
from events.choices import LEVEL_RANK, LocationLevel, RelationType, Side, SourceKind
from events.models.actor import Actor
from events.record import registers
from events.rules import wording


def actors_by_side():
    """[(label of the side, code, its actors with `incident_count`)], sides in the order of the list."""
    found = list(registers.actors_with_counts().order_by("name", "pk"))
    sides = [(side.label, side.value, [actor for actor in found if actor.side == side]) for side in Side]
    return [side for side in sides if side[2]]


def of_actor(actor, *, claims_shown):
    """Names, relations, parts and latest claims of an actor."""
    made = registers.claims_by(actor)
    return {
        "actor": actor,
        "names": [alias for alias in actor.aliases.all() if not alias.scheme],
        "identifiers": [alias for alias in actor.aliases.all() if alias.scheme],
        "relations": [_relation(row) for row in registers.relations_of(actor)],
        "parts": list(registers.parts_of(actor)),
        "claims": claim_lines(list(made[:claims_shown])),
        "claims_total": made.count(),
    }


def places_by_country():
    """[(country, [(province, its districts)])], all with `incident_count`, by name."""
    found = registers.areas_with_counts()
    provinces, districts = found.get(LocationLevel.PROVINCE, []), found.get(LocationLevel.DISTRICT, [])
    return [
        (
            country,
            [
                (province, [district for district in districts if district.province_id == province.pk])
                for province in provinces
                if province.country_id == country.pk
            ],
        )
        for country in found.get(LocationLevel.COUNTRY, [])
    ]


def of_location(location):
    """What a place lies in, what lies in it, and its names."""
    inside = sorted(registers.places_in(location), key=lambda place: (LEVEL_RANK[place.level], place.name, place.pk))
    return {
        "location": location,
        "above": _above(location),
        "inside": inside,
        "names": [alias for alias in location.aliases.all() if not alias.scheme],
        "identifiers": [alias for alias in location.aliases.all() if alias.scheme],
    }


def sources_by_kind():
    """[(label of the kind, its sources with `claims_total` and `documents_total`)]."""
    found = list(registers.sources_with_counts())
    return [(kind.label, rows) for kind in SourceKind if (rows := [row for row in found if row.kind == kind])]


def of_source(source, documents):
    """A source with one page of its documents, each with the claims it documents."""
    citations = list(registers.citations_of(source, [document["document_uid"] for document in documents]))
    by_document = {}
    for citation, claim in zip(citations, claim_lines([citation.claim for citation in citations]), strict=True):
        by_document.setdefault(citation.document_uid, {})[claim["uid"]] = claim
    return {
        "source": source,
        "owner_known": source.owner_id is not None and registers.actors().filter(pk=source.owner_id).exists(),
        "documents": [
            document | {"cited_by": list(by_document.get(document["document_uid"], {}).values())}
            for document in documents
        ],
    }


def _relation(row):
    claims = list(row.claims.all())
    return {
        "words": RelationType.label_of(row.type),
        "row": row,
        "claims": [uids.shown(claim.uid) for claim in claims],
    }


def claim_lines(rows):
    """Public claims in one line each, with what they are about; one query for the names they mention."""
    bodies = [json.loads(row.body) for row in rows]
    slugs = {slug for body in bodies for slug in (body["claimant"], body["actor"], *_parties(body)) if slug}
    actors = {
        actor["slug"]: actor for actor in Actor.objects.filter(slug__in=slugs).values("slug", "name", "short_name")
    }
    return [
        {
            "uid": body["uid"],
            "row": row,
            "aspect": body["aspect"],
            "claimant": wording.claimant(body, actors),
            "words": wording.said(body, actors),
        }
        for row, body in zip(rows, bodies, strict=True)
    ]


def _parties(body):
    return [line["party"] for line in body["lines"]]


def _above(location):
    found, place = [], location.parent
    while place is not None:
        found.append(place)
        place = place.parent
    return found[::-1]
