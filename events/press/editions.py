"""Making things public: numbered editions that never change, each with the index refreshed in the same transaction."""

import hashlib
from datetime import UTC
from itertools import zip_longest

import orjson
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events import access, names
from events.choices import EditionKind, EditionReason, IncidentStatus, LinkType
from events.models.actor import ActorRelation
from events.models.claim import Claim
from events.models.edition import Edition, EditionDocument, Subject
from events.models.incident import Incident, IncidentLink
from events.press import comments, conflicts, document, index, links, traces
from events.rules.derive import RULESET

CLOSED = "An accepted claim rests on a document whose licence forbids redistribution; reject or replace it."


def canonical(content):
    """The bytes of a document: JSON with sorted keys, UTF-8, no spaces. The SHA-256 of an edition is over these."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def publish(incident, *, by, reason, note="", seen=None):
    """Publish an edition of an incident from its accepted claims. Raises ValidationError with what stands against it."""
    return publish_all([incident], by=by, reason=reason, note=note, seen=[seen])[0]


@transaction.atomic
def publish_all(incidents, *, by, reason, note="", seen=()):
    """Publish several incidents at once, as an operation with its parts, so that each can name the others.

    `seen` holds the `fingerprint` of each preview that the editor looked at, or None: what changed since is refused.
    """
    access.require_judge(by)
    _require_reason(reason, note)
    locked = _locked(*incidents)
    for incident, looked_at in zip_longest(locked, seen):
        _require_publishable(incident, by)
        if looked_at is not None and looked_at != fingerprint(incident):
            raise ValidationError(
                {"seen": "The incident changed since you looked. Look at it again before publishing."}
            )
    were_public = {incident.pk for incident in locked if incident.status == IncidentStatus.PUBLISHED}
    for incident in locked:
        _set_status(incident, IncidentStatus.PUBLISHED, by=by)
    editions = [_print(incident, by=by, reason=reason, note=note) for incident in locked]
    _touch_family([incident for incident in locked if incident.pk not in were_public], locked)
    return editions


def fingerprint(incident):
    """SHA-256 of what the next edition would show and of how many there are: changes with either."""
    shown = preview(incident)
    number = shown.pop("edition")["number"]
    return hashlib.sha256(canonical([number, shown])).hexdigest()


def _locked(*incidents):
    """The incidents as they are now, in the order given, locked in the order of their keys: no deadlock."""
    rows = Incident.objects.select_for_update().order_by("pk").in_bulk([incident.pk for incident in incidents])
    return [rows[incident.pk] for incident in incidents]


@transaction.atomic
def withdraw(incident, *, by, reason, note):
    """Take an incident out of the public. Its address keeps saying why (410), its earlier editions stay."""
    access.require_judge(by)
    _require_reason(reason, note)
    if not names.clean(note):
        raise ValidationError({"note": "Say why: the note stands at the address of the withdrawn incident."})
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    _require_status(incident, IncidentStatus.PUBLISHED)
    _set_status(incident, IncidentStatus.WITHDRAWN, by=by)
    return _tombstone(incident, EditionKind.WITHDRAWN, by=by, reason=reason, note=note)


@transaction.atomic
def merge(loser, survivor, *, by, note):
    """Fold one incident into another: every claim with its citations, every link and the discussion move over (I16).

    Where the loser was public its address leads to the survivor from now on; the survivor, if public, gets its next
    edition at once. Raises ValidationError when a claimant says contradicting things in the two.
    """
    access.require_judge(by)
    loser, survivor = _locked(loser, survivor)
    if loser.pk == survivor.pk or not loser.is_open or not survivor.is_open:
        raise ValidationError({"survivor": "Choose two different incidents that are both still open."})
    was_public = loser.status == IncidentStatus.PUBLISHED
    if was_public and survivor.status != IncidentStatus.PUBLISHED:
        raise ValidationError({"survivor": "A published incident can only be merged into a published one."})
    _move_claims(loser, survivor, by=by)
    _move_links(loser, survivor, by=by)
    comments.move(loser, survivor, by=by)
    links.require_all_sound(survivor)
    _set_status(loser, IncidentStatus.MERGED, by=by, merged_into=survivor)
    if was_public:
        _tombstone(loser, EditionKind.MERGED, by=by, reason=EditionReason.MERGE, note=note, survivor=survivor)
    if survivor.status == IncidentStatus.PUBLISHED:
        publish(survivor, by=by, reason=EditionReason.MERGE, note=note)
    else:
        traces.touch_incident(survivor)
    return survivor


@transaction.atomic
def publish_relation(relation, *, by, reason, note=""):
    """Publish an edition of a relation between actors: an established one, or one that accepted claims speak of."""
    access.require_judge(by)
    _require_reason(reason, note)
    relation = ActorRelation.objects.select_for_update().get(pk=relation.pk)
    if relation.basis != "established" and not relation.claims.accepted().exists():
        raise ValidationError("No accepted claim speaks of this relation yet.")
    if relation.claims.undecided().exists():
        raise ValidationError("Every claim about the relation has to be decided first.")
    if _rest_on_closed(Claim.objects.filter(relation=relation)):
        raise ValidationError(CLOSED)
    edition, header = _new_edition(Subject.RELATION, relation.uid, EditionKind.PUBLISHED, by, reason, note)
    return _keep(edition, document.build_relation(relation, header))


@transaction.atomic
def withdraw_relation(relation, *, by, reason, note):
    """Take a relation out of the public; its claims answer with the reason from then on."""
    access.require_judge(by)
    _require_reason(reason, note)
    if not names.clean(note):
        raise ValidationError({"note": "Say why: the note stands where the relation was."})
    last = Edition.objects.of(Subject.RELATION, relation.uid).first()
    if last is None or last.kind != EditionKind.PUBLISHED:
        raise ValidationError("This relation is not public.")
    edition, header = _new_edition(Subject.RELATION, relation.uid, EditionKind.WITHDRAWN, by, reason, note)
    return _keep(edition, {"uid": relation.shown_uid, "edition": header})


def preview(incident):
    """The document as the next edition would show it, as plain JSON values."""
    header = _header(_next_number(Subject.INCIDENT, incident.uid), EditionKind.PUBLISHED, "", "", timezone.now())
    return orjson.loads(canonical(document.build(incident, header)))


def last_document(incident):
    """(Edition, document) that the public sees now, or (None, None)."""
    edition = Edition.objects.of(Subject.INCIDENT, incident.uid).select_related("document").first()
    if edition is None or edition.kind != EditionKind.PUBLISHED:
        return None, None
    return edition, orjson.loads(edition.document.body)


def difficulties(incident, by):
    """What stands against publishing, as sentences; an empty list means that an edition can be made."""
    found = []
    if incident.status not in (IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED):
        found.append(f"This incident is {incident.get_status_display().lower()}; submit it first.")
    every = _claims_that_go_in(incident)
    accepted = list(incident.claims.accepted())
    if undecided := every.undecided().count():
        found.append(
            f"{undecided} claim{'s' if undecided > 1 else ''} wait{'' if undecided > 1 else 's'} for a decision."
        )
    if not accepted:
        found.append("No claim is accepted, so nothing could stand behind an edition.")
    elif all(by.pk in claim.authors for claim in accepted):
        found.append("You wrote or rewrote every accepted claim; another editor has to publish it.")
    if _rest_on_closed(every):
        found.append(CLOSED)
    return found


def _claims_that_go_in(incident):
    """The claims of an edition: about the incident, and about its links to others."""
    return Claim.objects.filter(Q(incident=incident) | Q(link__from_incident=incident))


def _rest_on_closed(claims):
    """Whether an accepted claim cites a document that must not leave the server (I20)."""
    return claims.accepted().filter(citations__document__redistributable=False).exists()


def _require_publishable(incident, by):
    if standing := difficulties(incident, by):
        raise ValidationError(standing)


def _require_reason(reason, note):
    if reason not in EditionReason.codes():
        raise ValidationError({"reason": "Choose the reason from the list; it stands in the public history."})
    if len(note) > 1000:
        raise ValidationError({"note": "The note is too long; 1,000 characters are the most."})


def _require_status(incident, status):
    if incident.status != status:
        raise ValidationError(f"This incident is {incident.get_status_display().lower()}, not {status.label.lower()}.")


def _set_status(incident, status, *, by, merged_into=None):
    if incident.status == status:
        return
    before = traces.snapshot(incident)
    incident.status = status.value
    incident.merged_into = merged_into
    traces.save_changed(incident, before, by=by)


def _print(incident, *, by, reason, note):
    edition, header = _new_edition(Subject.INCIDENT, incident.uid, EditionKind.PUBLISHED, by, reason, note)
    return _keep(edition, document.build(incident, header))


def _tombstone(incident, kind, *, by, reason, note, survivor=None):
    edition, header = _new_edition(Subject.INCIDENT, incident.uid, kind, by, reason, note)
    content = {"uid": incident.shown_uid, "edition": header}
    if survivor is not None:
        edition.merged_into_uid = survivor.uid
        content["merged_into"] = survivor.shown_uid
    return _keep(edition, content)


def _new_edition(subject, uid, kind, by, reason, note):
    now = timezone.now()
    note = names.clean(note)
    number = _next_number(subject, uid)
    edition = Edition(
        subject=subject,
        subject_uid=uid,
        number=number,
        kind=kind,
        reason=reason,
        note=note,
        ruleset=RULESET,
        published_at=now,
        published_by=by,
    )
    return edition, _header(number, kind, reason, note, now)


def _header(number, kind, reason, note, now):
    return {
        "number": number,
        "kind": kind,
        "reason": reason,
        "note": note,
        "ruleset": RULESET,
        "published_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _next_number(subject, uid):
    last = Edition.objects.of(subject, uid).values_list("number", flat=True).first()
    return (last or 0) + 1


def _keep(edition, content):
    body = canonical(content)
    edition.sha256 = hashlib.sha256(body).hexdigest()
    edition.full_clean(exclude=["published_by"])
    edition.save(force_insert=True)
    EditionDocument.objects.create(edition=edition, body=body.decode())
    index.refresh(edition, orjson.loads(body))
    return edition


def _touch_family(new, published):
    """What became public changes what the next editions of its operation and its parts say: editors should see that."""
    here = {incident.pk for incident in published}
    for incident in new:
        ends = [link.to_incident for link in incident.links_out.filter(type=LinkType.PART_OF)]
        ends += [link.from_incident for link in incident.links_in.select_related("from_incident")]
        for other in ends:
            if other.pk not in here and other.status == IncidentStatus.PUBLISHED:
                traces.touch_incident(other)


def _move_claims(loser, survivor, *, by):
    if _claims_that_go_in(loser).undecided().exists() and survivor.status == IncidentStatus.PUBLISHED:
        raise ValidationError("Decide the claims of both incidents before merging them.")
    conflicts.require_none_between(loser, survivor)
    offset = survivor.claims.count()
    for claim in loser.claims.order_by("position", "pk"):
        before = traces.snapshot(claim)
        claim.incident = survivor
        claim.position += offset
        traces.save_changed(claim, before, by=by)


def _move_links(loser, survivor, *, by):
    """Links of the loser become the survivor's; those that would double one, or lead to itself, fall away."""
    for column, other in (("from_incident", "to_incident"), ("to_incident", "from_incident")):
        for link in IncidentLink.objects.filter(**{column: loser}):
            double = IncidentLink.objects.filter(
                **{column: survivor, other: getattr(link, other), "type": link.type}
            ).first()
            leads_home = getattr(link, f"{other}_id") == survivor.pk
            second_parent = (
                column == "from_incident"
                and link.type == LinkType.PART_OF
                and survivor.links_out.filter(type=LinkType.PART_OF).exists()
            )
            if double is not None:
                _hand_over_claims(link, double, by=by)
            elif not leads_home and not second_parent:
                before = traces.snapshot(link)
                setattr(link, column, survivor)
                traces.save_changed(link, before, by=by)
                traces.touch_incident(getattr(link, other))
                continue
            elif link.claims.exists():
                raise ValidationError("Claims are about a link between the two; retract or reject them first.")
            traces.removed(link, by=by)
            link.delete()


def _hand_over_claims(link, double, *, by):
    for claim in link.claims.all():
        before = traces.snapshot(claim)
        claim.link = double
        traces.save_changed(claim, before, by=by)
