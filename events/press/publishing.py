"""Publishing: the next edition of an incident, or of an operation together with its parts."""

import orjson
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from events import access, uids
from events.choices import EditionKind, EditionReason, IncidentStatus, LinkType
from events.models.claim import Claim
from events.models.edition import Edition, PublishedClaim, Subject
from events.models.incident import Incident
from events.press import document, printing, registers, traces

# An edition may be made for these although it shows what the last one showed: it notes that the values were derived anew,
# or puts the earlier editions out of sight.
WITHOUT_CHANGE = (EditionReason.RULESET, EditionReason.PRIVACY)
CHANGED_SINCE = gettext_noop("The incident changed since you looked. Look at it again before publishing.")


def publish(incident, *, by, reason, note="", seen=None):
    """Publish an edition of an incident from its accepted claims. Raises ValidationError with what stands against it."""
    return publish_all([incident], by=by, reason=reason, note=note, seen=seen)[0]


@transaction.atomic
def publish_all(incidents, *, by, reason, note="", seen=None):
    """Publish several incidents at once, as an operation with its parts, so that each can name the others.

    `seen` is the `fingerprint` of the preview that the editor looked at, or None: what changed since is refused.
    """
    access.require_judge(by)
    printing.require_reason(reason, note)
    rows = locked(*incidents)
    for incident in rows:
        require_publishable(incident, by, together=rows)
    with registers.kept_up(by=by, reason=reason), printing.noted() as made:
        editions = put_out(rows, by=by, reason=reason, note=note)
    if seen is not None and printing.mark(made) != seen:
        raise ValidationError({"seen": gettext(CHANGED_SINCE)})
    if reason not in WITHOUT_CHANGE:
        for incident, one in zip(rows, made, strict=True):
            _require_change(incident, one)
    return editions


def put_out(rows, *, by, reason, note):
    """Make the editions without asking whether they may be made. Callers hold the locks."""
    were_public = {incident.pk for incident in rows if incident.status == IncidentStatus.PUBLISHED}
    for incident in rows:
        set_status(incident, IncidentStatus.PUBLISHED, by=by)
    editions = [printing.published(incident, by=by, reason=reason, note=note) for incident in rows]
    _touch_family([incident for incident in rows if incident.pk not in were_public], rows)
    return editions


def publish_if_changed(incident, *, by, reason, note):
    """The next edition of a public incident, or None where its readers would see the same as now."""
    _, shown = last_document(incident)
    if shown is not None and printing.without_header(preview(incident)) == printing.without_header(shown):
        return None
    return publish(incident, by=by, reason=reason, note=note)


def fingerprint(incident):
    """SHA-256 of what the next edition would show and of how many there are: changes with either."""
    edition, _ = printing.new_edition(Subject.INCIDENT, incident.uid, EditionKind.PUBLISHED, None, "", "")
    return printing.mark([printing.Made(edition, preview(incident))])


def preview(incident):
    """The document as the next edition would show it, as plain JSON values."""
    number = printing.next_number(Subject.INCIDENT, incident.uid)
    header = printing.header(number, EditionKind.PUBLISHED, "", "", timezone.now())
    return orjson.loads(printing.canonical(document.build(incident, header)))


def last_document(incident):
    """(Edition, document) that the public sees now, or (None, None)."""
    edition = Edition.objects.of(Subject.INCIDENT, incident.uid).select_related("document").first()
    if edition is None or edition.kind != EditionKind.PUBLISHED:
        return None, None
    return edition, orjson.loads(edition.document.body)


def was_public(incident):
    """Whether the incident ever had an edition."""
    return Edition.objects.of(Subject.INCIDENT, incident.uid).exists()


def earlier_documents(incident):
    """List of (Edition, document) of the public editions, newest first, that may be shown again.

    What stands before an edition made for somebody's privacy may not.
    """
    found, every = [], Edition.objects.of(Subject.INCIDENT, incident.uid).select_related("document")
    for edition in every:
        if edition.kind == EditionKind.PUBLISHED:
            found.append((edition, orjson.loads(edition.document.body)))
        if edition.reason == EditionReason.PRIVACY:
            break
    return found


def difficulties(incident, by, together=()):
    """What stands against publishing, as sentences; an empty list means that an edition can be made.

    `together` are the incidents that are published at the same moment.
    """
    found = []
    if incident.status not in (IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED):
        found.append(gettext("This incident is %(status)s; submit it first.") % {"status": _status(incident)})
    return found + difficulties_of_claims(incident, by, together)


def difficulties_of_claims(incident, by, together=()):
    """What in its claims stands against an edition, whatever the status of the incident."""
    found, every = [], claims_that_go_in(incident)
    accepted = list(incident.claims.accepted())
    if undecided := every.undecided().count():
        sentence = ngettext("%(count)s claim waits for a decision.", "%(count)s claims wait for a decision.", undecided)
        found.append(sentence % {"count": undecided})
    if not accepted:
        found.append(gettext("No claim is accepted, so nothing could stand behind an edition."))
    elif all(by.pk in claim.authors for claim in accepted):
        found.append(gettext("You wrote or rewrote every accepted claim; another editor has to publish it."))
    if printing.rest_on_closed(every):
        found.append(gettext(printing.CLOSED))
    return found + _shown_elsewhere(incident, accepted, together)


def claims_that_go_in(incident):
    """The claims of an edition: about the incident, and about its links to others."""
    return Claim.objects.filter(Q(incident=incident) | Q(link__from_incident=incident))


def require_publishable(incident, by, together=()):
    standing = difficulties(incident, by, together)
    if len(together) > 1:
        pattern = gettext("“%(incident)s”: %(sentence)s")
        standing = [pattern % {"incident": incident, "sentence": sentence} for sentence in standing]
    if standing:
        raise ValidationError(standing)


def locked(*incidents):
    """The incidents as they are now, in the order given, locked in the order of their keys: no deadlock."""
    rows = Incident.objects.select_for_update().order_by("pk").in_bulk([incident.pk for incident in incidents])
    return [rows[incident.pk] for incident in incidents]


def require_status(incident, status):
    if incident.status != status:
        room = {"status": _status(incident), "wanted": gettext(status.label).lower()}
        raise ValidationError(gettext("This incident is %(status)s, not %(wanted)s.") % room)


def _status(incident):
    return gettext(incident.get_status_display()).lower()


def set_status(incident, status, *, by, merged_into=None, **extra):
    """Change the status with its trace; `extra` holds (before, after) pairs of what else belongs to the act."""
    if incident.status == status:
        return
    before = traces.snapshot(incident)
    incident.status = status
    incident.merged_into = merged_into
    traces.save_changed(incident, before, by=by, **extra)


def _shown_elsewhere(incident, accepted, together):
    """A claim stands in one public incident: one that moved here is taken from the other in the same act."""
    here = {incident.uid, *(other.uid for other in together)}
    held = PublishedClaim.objects.filter(uid__in=[claim.uid for claim in accepted], incident__isnull=False)
    others = held.exclude(incident__in=here).order_by("incident").select_related("incident")
    sentence = gettext(
        "Claims moved here from “%(title)s” (%(uid)s), whose public edition still shows them: publish the two together."
    )
    return [
        sentence % {"title": title, "uid": uids.shown(uid)}
        for uid, title in dict.fromkeys((claim.incident_id, claim.incident.title) for claim in others)
    ]


def _require_change(incident, made):
    """Refuse an edition that shows what the one before it showed."""
    before = Edition.objects.of(Subject.INCIDENT, incident.uid).filter(number=made.edition.number - 1)
    last = before.select_related("document").first()
    if last is None or last.kind != EditionKind.PUBLISHED:
        return
    if printing.without_header(orjson.loads(last.document.body)) == printing.without_header(made.document):
        sentence = gettext(
            "Readers of “%(incident)s” would see nothing else than in edition %(number)s, so there is nothing to publish. "
            "Change something first, or give “Privacy” or “New ruleset” as the reason if that is why."
        )
        raise ValidationError(sentence % {"incident": incident, "number": last.number})


def _touch_family(new, published):
    """What became public changes what the next editions of its operation and its parts say: editors should see that."""
    here = {incident.pk for incident in published}
    for incident in new:
        ends = [link.to_incident for link in incident.links_out.filter(type=LinkType.PART_OF)]
        ends += [link.from_incident for link in incident.links_in.select_related("from_incident")]
        for other in ends:
            if other.pk not in here and other.status == IncidentStatus.PUBLISHED:
                traces.touch_incident(other)
