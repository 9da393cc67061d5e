"""Drafts, claims and citations as their writer's key reads them: what the desk shows to that person, and nobody's name."""

from django.urls import reverse

from events import access, uids
from events.choices import IncidentStatus, ReviewDecision, Verdict
from events.desk import dossier, incidents

SHOWN = 20  # decisions on the incident as a whole, newest first


def listed(request, row):
    """A draft in a list. Needs its place and its counts of claims."""
    return {
        **head(request, row),
        **facts(row),
        "claims_total": row.claims_total,
        "claims_pending": row.claims_pending,
        "claims_returned": row.claims_returned,
    }


def draft(request, row, claims, tags):
    """Everything of one draft; `tags` are the entity tags of the claims, uid → tag."""
    is_draft = row.status == IncidentStatus.DRAFT
    return {
        **head(request, row),
        **facts(row),
        "may": _may(request.user, row),
        "difficulties": incidents.difficulties(row) if is_draft else [],
        "decisions": [_decision(review) for review in dossier.reviews_of(row).order_by("-at", "-pk")[:SHOWN]],
        "claims": [claim(request, one, tags[one.uid]) for one in claims],
    }


def head(request, row):
    """What a draft is called, where it stands and since when."""
    address = request.build_absolute_uri(reverse("api-draft", args=[row.uid]))
    return {
        "uid": row.shown_uid,
        "status": row.status,
        "url": address,
        "desk_url": request.build_absolute_uri(row.get_absolute_url()),
        "is_yours": row.created_by_id == request.user.pk,
        "logged_at": row.created_at,
        "touched_at": row.touched_at,
        "submitted_at": row.submitted_at,
    }


def facts(row):
    """The facts that a PATCH can change, by the names it takes, and the category that follows from the kind."""
    return {
        "title": row.title,
        "summary": row.summary,
        "category": row.category,
        "kind": row.kind,
        "date": _moment(row.date),
        "location": _named(row.location),
        "location_precision": row.location_precision,
        "tags": row.tags,
    }


def claim(request, row, tag):
    """A claim with all that hangs on it. Needs `with_everything`, its incident and its reviews."""
    return {
        "uid": row.shown_uid,
        "etag": tag,
        **words(row),
        **hanging(row),
        "retracted_at": row.retracted_at,
        "verdict": row.verdict,
        "credibility": row.credibility if row.verdict == Verdict.ACCEPTED else None,
        "decisions": [_decision(review) for review in row.reviews.all()],
        "is_yours": row.created_by_id == request.user.pk,
        "may_change": access.can_edit_claim(request.user, row),
    }


def words(row):
    """What a claim says, by the names that a PATCH takes."""
    return {
        "aspect": row.aspect,
        "stance": row.stance,
        "claimant": _named(row.claimant),
        "claimant_text": row.claimant_text,
        "attribution": row.attribution,
        "first_hand": row.first_hand,
        "speech_act": row.speech_act,
        "hedge": row.hedge,
        "preliminary": row.preliminary,
        "asserted": _days(row.asserted),
        "part": row.part,
        "actor": _named(row.value_actor),
        "location": _named(row.value_location),
        "date": _moment(row.value_date),
        "code": row.value_code,
        "text": row.value_text,
        "scope": row.scope,
        "exhaustive": row.exhaustive,
        "supersedes": row.supersedes.shown_uid if row.supersedes else None,
    }


def hanging(row):
    """The toll and the citations of a claim, which a PATCH takes whole."""
    return {"lines": _lines(row), "citations": [_citation(one) for one in row.citations.all()]}


def _lines(row):
    """The toll; `subset_of` is the place of an earlier line in the list."""
    held = list(row.lines.all())
    places = {line.pk: place for place, line in enumerate(held)}
    return [
        {
            "outcome": line.outcome,
            "category": line.category,
            "party": _named(line.party),
            "demographic": line.demographic,
            "directness": line.directness,
            "qualifier": line.qualifier,
            "low": line.low,
            "best": line.best,
            "high": line.high,
            "open_upper": line.open_upper,
            "subset_of": places.get(line.subset_of_id),
        }
        for line in held
    ]


def document(row):
    """A cited document; `sha256` is that of its captured text, null while none is captured."""
    return {
        "uid": uids.shown(row.uid),
        "title": row.title,
        "url": row.url,
        "source": _named(row.source),
        "published": _days(row.published),
        "language": row.language,
        "kind": row.kind,
        "sha256": row.sha256 or None,
    }


def _citation(row):
    return {
        "document": document(row.document),
        "excerpt": row.excerpt,
        "excerpt_language": row.excerpt_language,
        "translation": row.translation,
        "locator": row.locator,
        "relay": row.relay,
    }


def _decision(review):
    """What an editor decided and why; who it was stays at the desk."""
    return {"decision": ReviewDecision(review.decision).value, "rationale": review.rationale, "at": review.at}


def _may(user, row):
    can_change = access.can_edit_incident(user, row)
    return {
        "change": can_change,
        "add_claims": access.can_add_claim(user, row),
        "submit": can_change and row.status == IncidentStatus.DRAFT,
    }


def _named(row):
    return {"slug": row.slug, "name": row.name} if row else None


def _days(vague):
    return None if vague.start is None else {"start": vague.start, "end": vague.end, "precision": vague.precision}


def _moment(vague):
    """As a body takes it; null where nothing is known."""
    if vague.start is None:
        return None
    clock = vague.time_local.strftime("%H:%M") if vague.time_local else None
    return {**_days(vague), "time_local": clock, "time_zone": vague.time_zone}
