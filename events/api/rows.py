"""Relations, claims and editions as the API shows them: an allow-list, so that no staff and no desk note slips in."""

import orjson

from events import faces, uids
from events.record import provenance as derivation
from events.record import ties
from events.rules import reasons


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


def edition(row, address, *, is_withheld):
    """`address` is where its document stands, or what says that it is withheld; the note is withheld with it."""
    return {
        "sequence": row.pk,
        "subject": row.subject,
        "uid": uids.shown(row.subject_uid),
        "number": row.number,
        "kind": row.kind,
        "reason": row.reason,
        "note": "" if is_withheld else row.note,
        "is_withheld": is_withheld,
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


def candidate(likeness, address):
    """An incident of the desk that may be the one that was sent; only for the person who sees it there."""
    incident = likeness.incident
    return {
        "uid": incident.shown_uid,
        "title": incident.title,
        "kind": incident.kind,
        "date": faces.date(incident.date),
        "location": faces.place(incident.location),
        "status": incident.status,
        "reasons": list(likeness.reasons),
        "desk_url": address,
    }


def section(section):
    """A section of the statistics; its rows have exactly the columns of its CSV file."""
    return {
        "title": section.title,
        "description": section.description,
        "finding": section.finding,
        "notes": section.notes,
        "rows": [{column.name: row[column.name] for column in section.columns} for row in section.rows],
    }
