"""Splitting an operation into its sites: parts of their own, each with the claims that are about it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import IncidentStatus, LinkType, Verdict
from events.desk import claims as claim_verbs
from events.desk import incidents
from events.desk.problems import errors_under
from events.models.incident import Incident
from events.press import traces

MOST = 12  # sites in one go
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Split:
    """The whole with the parts that were made of it, in the order in which they were asked for."""

    whole: Incident
    parts: list[Incident]


@transaction.atomic
def split(incident, *, by, parts):
    """Make a part of the incident for each of `parts`, dicts with location, location_precision, title, moved, copied.

    `moved` and `copied` are lists of claims. A claim that moves keeps its verdict; a copy is a new claim of `by` that
    somebody else has to decide. Kind and date are those of the whole. Parts of what is past the draft are submitted
    at once where nothing stands against it.
    """
    if not access.can_split(by, incident):
        raise PermissionDenied(_("Only editors split an incident, as long as it is open."))
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if not access.can_split(by, incident):
        raise PermissionDenied(_("Only editors split an incident, as long as it is open."))
    if not 1 <= len(parts) <= MOST:
        raise ValidationError(_("Name at least one site, and at most %(most)s in one go.") % {"most": MOST})
    parts = _with_claims_as_they_are(incident, parts)
    _require_together(incident, parts)
    made = []
    for number, wanted in enumerate(parts):
        with errors_under(f"parts.{number}"):
            made.append(_part(incident, wanted, by=by))
    _require_rest(incident)
    traces.touch_incident(incident)
    return Split(incident, made)


def title_for(incident, place):
    """The title of a part unless somebody writes another: “Strikes in Paktika: Barmal”."""
    ending = f": {place.name}"
    return incident.title[: LONGEST_TITLE - len(ending)] + ending


def _with_claims_as_they_are(incident, parts):
    """The same parts with their claims read anew under the lock; refuses what has left the incident meanwhile."""
    here = {claim.pk: claim for claim in incident.claims.with_everything()}
    for claim in (claim for part in parts for claim in (*part["moved"], *part["copied"])):
        if claim.pk not in here:
            raise ValidationError(
                _("Claim %(claim)s is not one of this incident any more; look at it again.")
                % {"claim": claim.shown_uid}
            )
    return [part | {name: [here[claim.pk] for claim in part[name]] for name in ("moved", "copied")} for part in parts]


def _part(whole, wanted, *, by):
    part = incidents.log(by=by, fields=_facts(whole, wanted))
    incidents.link(part, whole, by=by, type=LinkType.PART_OF)
    for position, claim in enumerate(wanted["moved"], start=1):
        before = traces.snapshot(claim)
        claim.incident, claim.position = part, position
        traces.save_changed(claim, before, by=by)
    for claim in wanted["copied"]:
        claim_verbs.add(part, by=by, **copied(claim))
    if whole.status != IncidentStatus.DRAFT and not incidents.difficulties(part):
        return incidents.submit(part, by=by)
    return part


def _facts(whole, wanted):
    return {
        "title": wanted["title"] or title_for(whole, wanted["location"]),
        "kind": whole.kind,
        "date": whole.date,
        "location": wanted["location"],
        "location_precision": wanted["location_precision"],
        "tags": list(whole.tags),
    }


def copied(claim):
    """What `claims.add` takes to say the same words again."""
    lines = list(claim.lines.all())
    order = {line.pk: number for number, line in enumerate(lines)}
    return {
        "fields": {name: getattr(claim, name) for name in claim_verbs.FIELDS if name != "supersedes"},
        "lines": [
            {name: getattr(line, name) for name in claim_verbs.LINE_FIELDS}
            | {"subset_of": order.get(line.subset_of_id)}
            for line in lines
        ],
        "citations": [
            {name: getattr(citation, name) for name in claim_verbs.CITATION_FIELDS}
            for citation in claim.citations.all()
        ],
    }


def _require_together(incident, parts):
    """Moved claims are of this incident, move to one site, and go with what they supersede."""
    goes = {}
    for number, part in enumerate(parts):
        for claim in part["moved"]:
            if claim.pk in goes:
                raise ValidationError(
                    _("Claim %(claim)s can move to one site only; copy it to the others.") % {"claim": claim.shown_uid}
                )
            goes[claim.pk] = number
    for claim in incident.claims.exclude(supersedes=None).select_related("supersedes"):
        if goes.get(claim.pk) != goes.get(claim.supersedes_id):
            raise ValidationError(
                _("Claim %(claim)s supersedes claim %(older)s: both stay, or both move to the same site.")
                % {"claim": claim.shown_uid, "older": claim.supersedes.shown_uid}
            )


def _require_rest(incident):
    """What is public needs a claim to stand on: the next edition of the whole could not be made without one."""
    if incident.status == IncidentStatus.PUBLISHED and not incident.claims.filter(verdict=Verdict.ACCEPTED).exists():
        raise ValidationError(
            _(
                "At least one accepted claim has to stay with the whole, which is public. Copy a claim instead of moving it."
            )
        )
