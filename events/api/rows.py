"""Actors, places, sources and editions as the API shows them: an allow-list, so that no staff and no desk note slips in."""

import orjson

from events import uids
from events.record import provenance as derivation
from events.record import ties
from events.rules import dates, reasons


def actor(row):
    """Needs its aliases prefetched."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "side": row.side,
        "home_country": row.home_country,
        "founded": _date(row.founded),
        "dissolved": _date(row.dissolved),
        "description": row.description,
        "naming_note": row.naming_note,
        "aliases": [_alias(alias) for alias in row.aliases.all()],
    }


def location(row):
    """Needs its parent, ancestors and aliases."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "level": row.level,
        "parent": _place(row.parent),
        "country": _place(row.country),
        "province": _place(row.province),
        "district": _place(row.district),
        "iso": row.iso,
        "latitude": _number(row.latitude),
        "longitude": _number(row.longitude),
        "uncertainty_km": _number(row.uncertainty_km),
        "coordinate_basis": row.coordinate_basis,
        "time_zone": row.time_zone,
        "geonames_id": row.geonames_id,
        "pcode": row.pcode,
        "wikidata": row.wikidata,
        "disputed_note": row.disputed_note,
        "aliases": [_alias(alias) for alias in row.aliases.all()],
    }


def source(row, public_owners):
    """`public_owners`: primary key → slug of the actors of the record; an owner only the desk knows stays unnamed."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "languages": row.languages,
        "owner": public_owners.get(row.owner_id),
        "scale": row.scale,
        "domain": row.domain,
        "reliability": row.reliability,
        "reliability_note": row.reliability_note,
    }


def relation(row, day=None):
    """A public relation; needs both ends, its claims and its edition. `day` is the one it was asked for, if any."""
    return {
        "uid": uids.shown(row.uid),
        "subject": row.subject.slug,
        "type": row.type,
        "object": row.object.slug,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "basis": row.basis,
        "stands": row.stands,
        "is_contested": row.is_contested,
        "is_dated": None if day is None else ties.is_dated_on(row, day),
        "claims": sorted(uids.shown(claim.uid) for claim in row.claims.all()),
        "edition": row.edition_id,
    }


def link(row, claims):
    """A public link; needs the incident it begins at. `claims` are the shown uids of those about it."""
    return {
        "uid": uids.shown(row.uid),
        "type": row.type,
        "from": uids.shown(row.from_incident_id),
        "to": uids.shown(row.to_uid),
        "standing": row.standing,
        "claims": claims,
        "edition": row.from_incident.edition_id,
    }


def edition(row, address):
    """`address` is where its document stands."""
    return {
        "sequence": row.pk,
        "subject": row.subject,
        "uid": uids.shown(row.subject_uid),
        "number": row.number,
        "kind": row.kind,
        "reason": row.reason,
        "note": row.note,
        "merged_into": uids.shown(row.merged_into_uid) if row.merged_into_uid else None,
        "ruleset": row.ruleset,
        "sha256": row.sha256,
        "published_at": row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "url": address,
    }


def provenance(edition, document, methodology):
    """The concluded values of the document of an edition; `methodology` is the address where the rules stand."""
    return {
        "uid": document["uid"],
        "edition": edition.number,
        "sha256": edition.sha256,
        "ruleset": edition.ruleset,
        "values": [
            {
                "path": one.path,
                "value": one.value,
                "shown": one.shown,
                "label": one.label,
                "rule": {"number": one.rule, "url": f"{methodology}#{one.rule}"},
                "why": one.why,
                "claims": one.claims,
            }
            for one in derivation.of(document)
        ],
        "unused_claims": reasons.unused(document),
    }


def claim_body(row):
    """JSON text of a claim as its edition has it, with what it is about and the documents it cites put in front.

    Needs its citations with their sources prefetched.
    """
    about = {
        "incident": _uid(row.incident_id),
        "relation": _uid(row.relation_id),
        "documents": [_cited(citation) for citation in row.citations.all()],
    }
    return f"{orjson.dumps(about).decode()[:-1]},{row.body.removeprefix('{')}"


def _uid(uid):
    return uids.shown(uid) if uid else None


def _cited(citation):
    return {
        "uid": uids.shown(citation.document_uid),
        "title": citation.document_title,
        "url": citation.document_url,
        "date": citation.document_date,
        "source": citation.source.slug,
    }


def _alias(row):
    return {"text": row.text, "language": row.language, "kind": row.kind, "scheme": row.scheme}


def _place(row):
    return {"slug": row.slug, "name": row.name} if row else None


def candidate(likeness, address):
    """An incident of the desk that may be the one that was sent; only for the person who sees it there."""
    incident = likeness.incident
    return {
        "uid": incident.shown_uid,
        "title": incident.title,
        "kind": incident.kind,
        "date": _date(incident.date),
        "location": _place(incident.location),
        "status": incident.status,
        "reasons": list(likeness.reasons),
        "desk_url": address,
    }


def _date(vague):
    if vague.start is None:
        return None
    return {"start": vague.start, "end": vague.end, "precision": vague.precision, "shown": dates.describe(vague)}


def _number(value):
    return None if value is None else float(value)


def section(section):
    """A section of the statistics; its rows have exactly the columns of its CSV file."""
    return {
        "title": section.title,
        "description": section.description,
        "finding": section.finding,
        "notes": section.notes,
        "rows": [{column.name: row[column.name] for column in section.columns} for row in section.rows],
    }
