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


class Reading:
    """An edition with its document read once."""

    def __init__(self, edition):
        self.edition = edition

    @cached_property
    def document(self):
        return json.loads(self.edition.document.body)


def latest(uid, *, subject=Subject.INCIDENT, with_document=True):
    """The last edition of the incident as a Reading, or None. One query, and one for a document that is asked later."""
    found = Edition.objects.of(subject, uid)
    edition = (found.select_related("document") if with_document else found).first()
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
    """Key → that number, for key → editions of one incident. One query per step of the longest way of merges."""
    last = {key: max(found, key=lambda edition: edition.number) for key, found in histories.items()}
    private_since = _private_since([edition for edition in last.values() if edition.kind == EditionKind.MERGED])
    return {
        key: last[key].number
        if last[key].pk in private_since
        else max((edition.number for edition in found if edition.reason == EditionReason.PRIVACY), default=0)
        for key, found in histories.items()
    }


def _private_since(merged):
    """Primary keys of those merged editions whose survivor, directly or in turn, got an edition for privacy later."""
    found, seen = set(), {edition.pk: {edition.subject_uid} for edition in merged}
    waiting = {edition.pk: edition.merged_into_uid for edition in merged}
    telling = Q(reason=EditionReason.PRIVACY) | Q(kind=EditionKind.MERGED)
    while waiting:
        survivors = Edition.objects.filter(telling, subject=Subject.INCIDENT, subject_uid__in=set(waiting.values()))
        by_uid = {}
        for edition in survivors.order_by("-number"):
            by_uid.setdefault(edition.subject_uid, []).append(edition)
        further = {}
        for pk, uid in waiting.items():
            seen[pk].add(uid)
            if any(one.pk > pk and one.reason == EditionReason.PRIVACY for one in by_uid.get(uid, ())):
                found.add(pk)
                continue
            on = next((one.merged_into_uid for one in by_uid.get(uid, ()) if one.kind == EditionKind.MERGED), None)
            if on and on not in seen[pk]:
                further[pk] = on
        waiting = further
    return found


def title_of(found, hidden_below):
    """The last title among editions newest first, of those that may be shown; "" when none of them has one."""
    titles = (Reading(edition).document.get("title") for edition in found if edition.number >= hidden_below)
    return next(filter(None, titles), "")


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
