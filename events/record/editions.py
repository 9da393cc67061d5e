"""Editions as the public reads them: the latest, the earlier ones, and what stands in place of one that is gone."""

import json
from dataclasses import dataclass
from functools import cached_property

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


def history(found):
    """Entries for editions newest first, each compared with the public one before it."""
    entries, hidden_below = [], withheld_below(found)
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
    last = max(found, key=lambda edition: edition.number)
    if last.kind == EditionKind.MERGED and _is_private_since(last):
        return last.number
    return max((edition.number for edition in found if edition.reason == EditionReason.PRIVACY), default=0)


def _is_private_since(merged):
    """Whether an incident into which this one was merged, directly or in turn, got an edition for privacy later."""
    after, seen = merged.pk, {merged.subject_uid}
    while merged is not None and merged.merged_into_uid not in seen:
        seen.add(merged.merged_into_uid)
        of_survivor = Edition.objects.of(Subject.INCIDENT, merged.merged_into_uid)
        if of_survivor.filter(pk__gt=after, reason=EditionReason.PRIVACY).exists():
            return True
        merged = of_survivor.filter(kind=EditionKind.MERGED).first()
    return False


def title_of(found):
    """The last title among editions newest first, of those that may be shown; "" when none of them has one."""
    hidden_below = withheld_below(found)
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
