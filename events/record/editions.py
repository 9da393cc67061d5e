"""Editions as the public reads them: the latest, the earlier ones, and what stands in place of one that is gone."""

import json
from dataclasses import dataclass
from functools import cached_property

from events.choices import EditionKind
from events.models.edition import DepartedClaim, Edition, PublishedClaim, Subject
from events.models.withholding import withheld as withheld
from events.models.withholding import withheld_below as withheld_below
from events.models.withholding import withheld_below_each as withheld_below_each
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
