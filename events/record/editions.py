"""Editions as the public reads them: the latest, the earlier ones, and what stands in place of one that is gone."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from events.choices import EditionKind, EditionReason
from events.models.edition import DepartedClaim, Edition, PublishedClaim, Subject
from events.rules import differences


@dataclass(frozen=True)
class Entry:
    """One line of a history. `changes` is None where there is nothing to compare, or nothing that may be shown."""

    edition: Edition
    is_latest: bool
    is_withheld: bool
    changes: list | None

    @property
    def note(self):
        """What the edition says of itself; "" where it is withheld, because the note may say what was taken out."""
        return "" if self.is_withheld else self.edition.note


class Reading:
    """An edition with its document read once."""

    def __init__(self, edition):
        self.edition = edition

    @cached_property
    def document(self):
        return json.loads(self.edition.document.body)


def latest(uid):
    """The last edition of the incident with its document as a Reading, or None. One query."""
    edition = Edition.objects.of(Subject.INCIDENT, uid).select_related("document").first()
    return Reading(edition) if edition else None


def survivor(edition):
    """The uid to which a merged edition leads in the end, however often it was merged on."""
    seen, uid = {edition.subject_uid}, edition.merged_into_uid
    while uid not in seen:
        seen.add(uid)
        further = Edition.objects.of(Subject.INCIDENT, uid).first()
        if further is None or further.kind != EditionKind.MERGED:
            break
        uid = further.merged_into_uid
    return uid


def every(uid):
    """All editions of the incident with their documents, newest first."""
    return list(Edition.objects.of(Subject.INCIDENT, uid).select_related("document"))


def history(found, hidden_below):
    """Entries for editions newest first, each compared with the public one before it; withheld below that number."""
    entries = []
    readings = [Reading(edition) for edition in found]
    for place, reading in enumerate(readings):
        edition = reading.edition
        older = [one for one in readings[place + 1 :] if one.edition.kind == EditionKind.PUBLISHED]
        is_open = edition.kind == EditionKind.PUBLISHED and older and older[0].edition.number >= hidden_below
        entries.append(
            Entry(
                edition=edition,
                is_latest=place == 0,
                is_withheld=edition.number < hidden_below,
                changes=differences.between(older[0].document, reading.document) if is_open else None,
            )
        )
    return entries


def withheld_below(found):
    """The number of the last edition made for somebody's privacy (0 if none): earlier ones are listed, not shown.

    Showing them would undo what that edition was made for; their hashes stay, so that copies can be verified. What an
    incident said before it was merged is withheld as well, once its survivor gets such an edition.
    """
    return withheld_below_each({"": found})[""]


def withheld_below_each(histories):
    """Key → that number, for key → editions of one subject. One query per step of the longest way of merges."""
    last = {key: max(found, key=lambda edition: edition.number) for key, found in histories.items()}
    private_since = _private_since([edition for edition in last.values() if edition.kind == EditionKind.MERGED])
    return {
        key: last[key].number
        if last[key].pk in private_since
        else max((edition.number for edition in found if edition.reason == EditionReason.PRIVACY), default=0)
        for key, found in histories.items()
    }


def withheld(chosen):
    """Set of the primary keys of those editions, of whatever subjects, that are listed and no longer shown.

    One query, and one per step of the longest way of merges among their subjects.
    """
    histories = {}
    for edition in _editions_of({_key(edition) for edition in chosen}).order_by("pk"):
        histories.setdefault(_key(edition), []).append(edition)
    hidden = withheld_below_each(histories)
    return {edition.pk for edition in chosen if edition.number < hidden[_key(edition)]}


def _key(edition):
    return edition.subject, edition.subject_uid


def _editions_of(keys):
    """Those of the subjects of these keys. Both columns are named, so that the index of numbers is used."""
    subjects, uids = {subject for subject, _ in keys}, {uid for _, uid in keys}
    return Edition.objects.filter(subject__in=subjects, subject_uid__in=uids)


def _private_since(merged):
    """Primary keys of those merged editions whose survivor, directly or in turn, got an edition for privacy later."""
    found, seen = set(), {edition.pk: {_key(edition)} for edition in merged}
    waiting = {edition.pk: (edition.subject, edition.merged_into_uid) for edition in merged}
    telling = Q(reason=EditionReason.PRIVACY) | Q(kind=EditionKind.MERGED)
    while waiting:
        survivors = _editions_of(set(waiting.values())).filter(telling)
        by_key = {}
        for edition in survivors.order_by("-number"):
            by_key.setdefault(_key(edition), []).append(edition)
        further = {}
        for pk, key in waiting.items():
            seen[pk].add(key)
            if any(one.pk > pk and one.reason == EditionReason.PRIVACY for one in by_key.get(key, ())):
                found.add(pk)
                continue
            on = next((one.merged_into_uid for one in by_key.get(key, ()) if one.kind == EditionKind.MERGED), None)
            if on and (key[0], on) not in seen[pk]:
                further[pk] = (key[0], on)
        waiting = further
    return found


def title_of(found, hidden_below):
    """The last title among editions newest first, of those that may be shown; "" when none of them has one."""
    titles = (Reading(edition).document.get("title") for edition in found if edition.number >= hidden_below)
    return next(filter(None, titles), "")


def departed(model, slug):
    """The edition by which the entry of that slug left the record because nothing mentions it any longer, or None."""
    uid = model.objects.filter(slug=slug).order_by().values_list("uid", flat=True).first()
    last = Edition.objects.of(model._meta.model_name, uid).first() if uid else None
    return last if last is not None and last.kind == EditionKind.WITHDRAWN else None


def without_claim(uid):
    """The edition that left this once public claim out, be it a withdrawal, or None if the claim was never public."""
    departed = DepartedClaim.objects.filter(uid=uid).select_related("edition").first()
    if departed is None:
        return None
    held = departed.edition
    later = Edition.objects.of(held.subject, held.subject_uid).filter(number__gt=held.number)
    return later.order_by("number").first()


def claim(uid):
    """The public claim with what it is about, or None."""
    return (
        PublishedClaim.objects.filter(uid=uid)
        .select_related("incident__edition__document", "relation__edition__document")
        .first()
    )
