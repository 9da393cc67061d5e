"""Logging, editing and moving an incident through the desk."""

import hashlib
import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.choices import CATEGORY_OF, IncidentStatus, Kind, LinkType, ReviewDecision
from events.desk import claims as claim_verbs
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.models.claim import Citation, Review
from events.models.incident import Incident, IncidentLink
from events.press import editions, links, traces

FIELDS = ("title", "summary", "kind", "date", "location", "location_precision", "tags")


def logged(*, by, entry_key):
    """The incident that this person logged with this entry key, or None."""
    return Incident.objects.filter(entry_key=_stored_key(by, entry_key)).first() if entry_key else None


def log(*, by, fields, claims=(), sites=(), entry_key=None):
    """Log an incident as a draft, with its first claims; an operation with its sites, each a part of it.

    `claims` holds dicts with the keys fields, lines and citations, as `claims.add` takes them; errors in them carry
    the path of the field ("claims.0.lines.1.low"). `sites` holds dicts with the keys fields and claims. The same entry
    key by the same person returns the incident that it made the first time, so a double submit makes one, also when
    both arrive at the same moment; other content under the same key is refused.
    """
    access.require_work(by)
    mark = _fingerprint(fields, claims, *sites)
    if earlier := logged(by=by, entry_key=entry_key):
        return _same_entry(earlier, mark)
    try:
        return _log_operation(by, fields, claims, sites, _stored_key(by, entry_key), mark)
    except (IntegrityError, ValidationError):
        if earlier := logged(by=by, entry_key=entry_key):
            return _same_entry(earlier, mark)
        raise


def _same_entry(earlier, mark):
    """What was sent twice is logged once; something else under the same key must not vanish without a word."""
    if earlier.entry_mark != mark:
        raise ValidationError(
            {
                "entry_key": _(
                    "This page was sent already and made “%(incident)s”. Nothing of what changed since is saved: "
                    "edit that incident, or log a new one."
                )
                % {"incident": earlier}
            }
        )
    return earlier


def _fingerprint(fields, claims, *sites):
    """SHA-256 of everything that was sent, so that the same content can be told from another."""
    sent = json.dumps(
        [fields, list(claims), *sites], sort_keys=True, default=lambda value: getattr(value, "pk", None) or str(value)
    )
    return hashlib.sha256(sent.encode()).hexdigest()


def _stored_key(by, entry_key):
    return f"{by.pk}:{entry_key}"[:64] if entry_key else None


@transaction.atomic
def _log_operation(by, fields, claims, sites, key, mark):
    whole = _log(by, fields, claims, key, mark)
    for number, site in enumerate(sites):
        with errors_under(f"sites.{number}"):
            link(_log(by, site["fields"], site["claims"], None, ""), whole, by=by, type=LinkType.PART_OF)
    return whole


def _log(by, fields, claims, key, mark):
    incident = Incident(created_by=by, entry_key=key, entry_mark=mark if key else "")
    _fill(incident, fields)
    incident.full_clean()
    incident.save()
    traces.created(incident, by=by)
    for number, claim in enumerate(claims):
        with errors_under(f"claims.{number}"):
            claim_verbs.add(incident, by=by, **claim)
    return incident


@transaction.atomic
def edit(incident, *, by, fields, version):
    """Change the facts the editors set. Raises Stale when somebody saved another version meanwhile."""
    access.require_edit_incident(by, incident)
    incident = _locked(incident)
    access.require_edit_incident(by, incident)
    if incident.version != version:
        raise Stale(incident, {name: fields[name] for name in FIELDS if name in fields})
    before = traces.snapshot(incident)
    _fill(incident, fields)
    traces.save_changed(incident, before, by=by, touch=incident)
    links.require_all_sound(incident)
    return incident


@transaction.atomic
def submit_all(incidents, *, by):
    """Hand several drafts to the editors at once, an operation with its sites; says which of them is not ready, and why."""
    standing = [f"“{incident}”: {sentence}" for incident in incidents[1:] for sentence in difficulties(incident)]
    if standing:
        raise ValidationError([*difficulties(incidents[0]), *standing])
    return [submit(incident, by=by) for incident in incidents]


@transaction.atomic
def submit(incident, *, by):
    """Hand a draft to the editors. Raises ValidationError with every difficulty that stands against it."""
    access.require_edit_incident(by, incident)
    incident = _locked(incident)
    _require_status(incident, IncidentStatus.DRAFT)
    if standing := difficulties(incident):
        raise ValidationError(standing)
    before = traces.snapshot(incident)
    incident.status = IncidentStatus.SUBMITTED.value
    incident.submitted_at = timezone.now()
    return traces.save_changed(incident, before, by=by, touch=incident)


def difficulties(incident):
    """What stands against submitting, as sentences; an empty list means that it can go to the editors."""
    found = []
    if incident.date_start is None and incident.category != "series":
        found.append(_("Give the date, as exactly as it is known: a year is enough."))
    if incident.location is None and incident.category in {"violent"}:
        found.append(_("Give the place, as exactly as it is known: a country is enough."))
    if not Citation.objects.filter(claim__incident=incident).exists():
        found.append(_("Add at least one claim with a citation."))
    return found


@transaction.atomic
def give_back(incident, *, by, rationale):
    """Return a submitted incident to its author with the reason."""
    access.require_judge(by)
    incident = _locked(incident)
    _require_status(incident, IncidentStatus.SUBMITTED)
    review = Review(incident=incident, reviewer=by, decision=ReviewDecision.RETURNED, rationale=names.clean(rationale))
    review.full_clean()
    review.save()
    before = traces.snapshot(incident)
    incident.status = IncidentStatus.DRAFT.value
    return traces.save_changed(incident, before, by=by, touch=incident)


@transaction.atomic
def discard(incident, *, by):
    """Put away a draft or a submitted incident that was never published; it keeps its uid and its trace."""
    access.require_edit_incident(by, incident)
    incident = _locked(incident)
    if incident.status not in (IncidentStatus.DRAFT, IncidentStatus.SUBMITTED):
        raise ValidationError(
            _("This incident is public or closed already; a published one is withdrawn with an edition.")
        )
    before = traces.snapshot(incident)
    incident.status = IncidentStatus.WITHDRAWN.value
    return traces.save_changed(incident, before, by=by)


@transaction.atomic
def bring_back(incident, *, by):
    """Make a draft again of one that was put away; what was public once is restored by the press."""
    incident = _locked(incident)
    if not access.can_see_incident(by, incident):
        raise PermissionDenied(_("Only its author or an editor brings a draft back."))
    _require_status(incident, IncidentStatus.WITHDRAWN)
    if editions.was_public(incident):
        raise ValidationError(_("This incident was public; an editor restores it with a further edition."))
    before = traces.snapshot(incident)
    incident.status = IncidentStatus.DRAFT.value
    return traces.save_changed(incident, before, by=by, touch=incident)


@transaction.atomic
def assign(incident, *, by, to):
    """Give an incident to an editor to review, or to nobody (None)."""
    access.require_judge(by)
    if to is not None and not access.can_judge(to):
        raise ValidationError({"to": _("%(person)s is not an editor and cannot review.") % {"person": to}})
    incident = _locked(incident)
    before = traces.snapshot(incident)
    incident.assigned_to = to
    return traces.save_changed(incident, before, by=by)


@transaction.atomic
def link(from_incident, to_incident, *, by, type):
    """Link two incidents that are both still open.

    Editors set part_of, same_as and follows; authors may on their own drafts. The other types stand only as far as
    accepted claims assert them, so anybody of the desk who sees both incidents may propose one.
    """
    access.require_work(by)
    if from_incident.pk == to_incident.pk:
        raise ValidationError({"to": _("An incident cannot be linked to itself; choose another.")})
    rows = Incident.objects.select_for_update().order_by("pk").in_bulk([from_incident.pk, to_incident.pk])
    from_incident, to_incident = rows[from_incident.pk], rows[to_incident.pk]  # locked in one order: no deadlock
    if not (from_incident.is_open and to_incident.is_open):
        raise ValidationError({"to": _("Both incidents have to be open: not withdrawn, and not merged into another.")})
    if not access.can_link(by, from_incident, type):
        raise PermissionDenied(_("Only editors link other people's incidents in this way."))
    links.require_sound(from_incident, to_incident, type)
    made = IncidentLink(from_incident=from_incident, to_incident=to_incident, type=type, created_by=by)
    made.full_clean()
    made.save()
    traces.created(made, by=by)
    _touch_ends(made)
    return made


@transaction.atomic
def unlink(incident_link, *, by):
    """Remove a link that no claim hangs on."""
    access.require_judge(by)
    _locked(incident_link.from_incident)
    if incident_link.claims.exists():
        raise ValidationError(_("Claims are about this link; reject or retract them instead of removing it."))
    traces.removed(incident_link, by=by)
    _touch_ends(incident_link)
    incident_link.delete()


def _touch_ends(incident_link):
    for incident in (incident_link.from_incident, incident_link.to_incident):
        traces.touch_incident(incident)


def _fill(incident, fields):
    for name in FIELDS:
        if name in fields:
            value = fields[name]
            setattr(incident, name, names.clean(value) if isinstance(value, str) else value)
    if incident.kind in Kind.codes():
        incident.category = CATEGORY_OF[incident.kind].value
    incident.tags = tidy_tags(incident.tags)


def tidy_tags(tags):
    """The tags as they are kept: in lower case, each once, in their order. Raises ValidationError."""
    wrong = [tag for tag in tags if not isinstance(tag, str) or not tag.strip() or len(tag) > 40]
    if wrong or len(tags) > 20:
        raise ValidationError({"tags": _("Tags are at most 20 words or short phrases of up to 40 characters each.")})
    return sorted({names.clean(tag).lower() for tag in tags})


def _locked(incident):
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _require_status(incident, wanted):
    if incident.status != wanted:
        statuses = {"wanted": _(wanted.label).lower(), "status": _(incident.get_status_display()).lower()}
        raise ValidationError(_("This works on an incident that is %(wanted)s; this one is %(status)s.") % statuses)
