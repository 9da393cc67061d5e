"""Undoing a merge: what it moved goes back as far as it still is where the merge put it, and both get a further edition."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from events import access
from events.choices import EditionReason, IncidentStatus, LinkType
from events.models.change import Change
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.models.incident import Incident, IncidentLink
from events.press import comments, links, printing, publishing, registers, traces
from events.press.merging import FACTS, NOTES


@transaction.atomic
def unmerge(loser, *, by, note):
    """Part two incidents that a merge made one. Returns the one that comes back.

    Claims and links go back that the merge moved and that still are where it put them; claims added since that
    supersede one of them go along. Facts that the merge wrote over are as before where nobody has changed them since.
    Raises ValidationError where the two cannot be parted.
    """
    access.require_judge(by)
    printing.require_reason(EditionReason.SPLIT, note)
    sentence = gettext("Say why they are two incidents after all: the note stands in the public history.")
    printing.require_note(note, sentence)
    loser, survivor = _locked_pair(loser)
    done = _trace_of_merge(loser)
    publishing.set_status(loser, done["status"], by=by)
    _give_back_facts(survivor, done.get("taken_facts", []), by=by)
    _give_back_claims(loser, survivor, done.get("moved_claims", []), by=by)
    _give_back_links(loser, survivor, done, by=by)
    comments.give_back(loser, survivor, by=by)
    for incident in (loser, survivor):
        links.require_all_sound(incident)
    with registers.kept_up(by=by, reason=EditionReason.SPLIT.value):
        _print_both(loser, survivor, by=by, note=note)
    return loser


def _locked_pair(loser):
    loser = Incident.objects.get(pk=loser.pk)
    if loser.status != IncidentStatus.MERGED:
        raise ValidationError(gettext("This incident is not merged into another, so there is nothing to part."))
    loser, survivor = publishing.locked(loser, loser.merged_into)
    if loser.status != IncidentStatus.MERGED or loser.merged_into_id != survivor.pk:
        raise ValidationError(gettext("Somebody else has parted the two meanwhile."))
    if survivor.status == IncidentStatus.MERGED:
        sentence = gettext("“%(survivor)s” was merged in turn, into “%(into)s”. Undo that merge first, then this one.")
        raise ValidationError(sentence % {"survivor": survivor, "into": survivor.merged_into})
    if survivor.status == IncidentStatus.WITHDRAWN:
        sentence = gettext("“%(survivor)s” is withdrawn. Bring it back first, then undo the merge.")
        raise ValidationError(sentence % {"survivor": survivor})
    return loser, survivor


def _trace_of_merge(loser):
    """What the last merge of the incident noted: field → value, "status" being the one it had before."""
    changes = Change.objects.filter(model="incident", object_uid=loser.uid)
    last = changes.filter(field="merged_into_id", after=loser.merged_into_id).order_by("-pk").first()
    if last is None:
        raise ValidationError(gettext("The desk holds no trace of this merge, so it cannot be undone here."))
    # One act writes its rows in one go: the status, where it went, and what moved.
    status = changes.filter(field="status", pk__lte=last.pk).order_by("-pk").first()
    noted = changes.filter(pk__gt=last.pk, field__in=NOTES)
    return {change.field: change.after for change in noted} | {"status": status.before}


def _give_back_facts(survivor, taken, *, by):
    """A fact in which somebody has changed anything since stays as it is."""
    before, noted = traces.snapshot(survivor), {entry["column"]: entry for entry in taken}
    fields = {field.attname: field for field in survivor._meta.concrete_fields}
    for columns in FACTS.values():
        if columns[0] in noted and all(before[column] == noted[column]["after"] for column in columns):
            for column in columns:
                setattr(survivor, column, fields[column].to_python(noted[column]["before"]))
    if traces.snapshot(survivor) != before:
        traces.save_changed(survivor, before, by=by)


def _give_back_claims(loser, survivor, moved, *, by):
    here = list(survivor.claims.order_by("position", "pk"))
    going = _with_their_successors([claim for claim in here if claim.uid in moved], here)
    keys = {claim.pk for claim in going}
    for claim in going:
        if claim.supersedes_id and claim.supersedes_id not in keys:
            sentence = gettext(
                "Claim %(claim)s, which came with the merge, supersedes claim %(older)s of “%(survivor)s”: the two "
                "cannot be parted. Leave the incidents merged, or withdraw and log them anew."
            )
            room = {"claim": claim.shown_uid, "older": claim.supersedes.shown_uid, "survivor": survivor}
            raise ValidationError(sentence % room)
    for position, claim in enumerate(going, start=1):
        before = traces.snapshot(claim)
        claim.incident, claim.position = loser, position
        traces.save_changed(claim, before, by=by)


def _with_their_successors(going, here):
    """These claims, and whatever supersedes one of them, in the order of `here`."""
    keys = {claim.pk for claim in going}
    while more := {claim.pk for claim in here if claim.supersedes_id in keys} - keys:
        keys |= more
    return [claim for claim in here if claim.pk in keys]


def _give_back_links(loser, survivor, done, *, by):
    for entry in done.get("moved_links", []):
        link = IncidentLink.objects.filter(uid=entry["uid"], **{entry["column"]: survivor}).first()
        if link is not None:
            before = traces.snapshot(link)
            setattr(link, entry["column"], loser)
            traces.save_changed(link, before, by=by)
            _touch_ends(link)
    for entry in done.get("dropped_links", []):
        _make_again(entry, by=by)


def _make_again(entry, *, by):
    """A link that the merge dropped, with its claims, unless an end is closed or it would contradict a newer one."""
    ends = Incident.objects.in_bulk([entry["from_incident_id"], entry["to_incident_id"]])
    origin, target = ends[entry["from_incident_id"]], ends[entry["to_incident_id"]]
    has_whole = entry["type"] == LinkType.PART_OF and origin.links_out.filter(type=LinkType.PART_OF).exists()
    is_there = origin.links_out.filter(to_incident=target, type=entry["type"]).exists()
    if has_whole or is_there or not (origin.is_open and target.is_open):
        return
    link = IncidentLink(uid=entry["uid"], from_incident=origin, to_incident=target, type=entry["type"], created_by=by)
    link.full_clean()
    link.save()
    traces.created(link, by=by)
    here = list(Claim.objects.filter(link__uid=entry["double"])) if entry["double"] else []
    for claim in _with_their_successors([claim for claim in here if claim.uid in entry["claims"]], here):
        before = traces.snapshot(claim)
        claim.link = link
        traces.save_changed(claim, before, by=by)
    _touch_ends(link)


def _touch_ends(link):
    for incident in (link.from_incident, link.to_incident):
        traces.touch_incident(incident)


def _print_both(loser, survivor, *, by, note):
    """The survivor first: its edition lets go of the claims that the other one's shows."""
    for incident in (loser, survivor):
        traces.touch_incident(incident)
    reason = EditionReason.SPLIT.value
    if survivor.status == IncidentStatus.PUBLISHED:
        publishing.publish_if_changed(survivor, by=by, reason=reason, note=note)
    if loser.status == IncidentStatus.PUBLISHED:
        publishing.require_publishable(loser, by)
        # What went out of sight for privacy while the two were one must not come into sight again by parting them.
        reason = EditionReason.PRIVACY.value if _is_private_since(loser, survivor) else reason
        publishing.put_out([loser], by=by, reason=reason, note=note)


def _is_private_since(loser, survivor):
    """Whether the survivor got an edition for somebody's privacy since the merge."""
    merged = Edition.objects.of(Subject.INCIDENT, loser.uid).first()
    since = Edition.objects.of(Subject.INCIDENT, survivor.uid).filter(pk__gt=merged.pk)
    return since.filter(reason=EditionReason.PRIVACY).exists()
