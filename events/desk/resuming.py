"""Where a person left off: the open incident that they touched last and can go on with."""

from dataclasses import dataclass

from django.urls import reverse

from events import access
from events.choices import IncidentStatus
from events.models.change import Change
from events.models.claim import Claim
from events.models.incident import Incident

LOOKED_AT = 60  # of the person's newest changes


@dataclass(frozen=True)
class LeftOff:
    title: str
    address: str


def left_off(person):
    """LeftOff, or None when nothing that the person touched lately waits for them. Three queries at most."""
    rows = Change.objects.filter(by=person, model__in=("incident", "claim")).order_by("-pk")
    touched = dict.fromkeys(rows.values_list("model", "object_uid")[:LOOKED_AT])
    if not touched:
        return None
    uids = {model: [uid for kind, uid in touched if kind == model] for model in ("incident", "claim")}
    found = {("incident", row.uid): row for row in Incident.objects.filter(uid__in=uids["incident"])}
    claims = Claim.objects.filter(uid__in=uids["claim"], incident__isnull=False).select_related("incident")
    found |= {("claim", row.uid): row for row in claims}
    waiting = (_waiting(found[key], person) for key in touched if key in found)
    return next((one for one in waiting if one is not None), None)


def _waiting(row, person):
    claim = row if isinstance(row, Claim) else None
    incident = claim.incident if claim else row
    can_mend = claim is not None and access.can_edit_claim(person, claim) and claim.created_by_id == person.pk
    if not can_mend and not _is_unfinished(incident, person):
        return None
    if incident.status == IncidentStatus.SUBMITTED and incident.created_by_id != person.pk:
        return LeftOff(incident.title, reverse("desk-review", args=[incident.uid]))
    anchor = f"#claim-{claim.uid}" if claim else ""
    return LeftOff(incident.title, f"{incident.get_absolute_url()}{anchor}")


def _is_unfinished(incident, person):
    """Not public yet, and for this person to go on with: their own, or for editors what waits for review."""
    is_theirs = incident.created_by_id == person.pk or incident.status == IncidentStatus.SUBMITTED
    return is_theirs and incident.status != IncidentStatus.PUBLISHED and access.can_edit_incident(person, incident)
