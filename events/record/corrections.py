"""Public corrections: every edition that took something back, or mended it, of all incidents together."""

from dataclasses import dataclass

from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, Subject
from events.record import editions
from events.record.editions import Entry

REASONS = (
    EditionReason.CORRECTION,
    EditionReason.RETRACTION,
    EditionReason.MERGE,
    EditionReason.SPLIT,
    EditionReason.PRIVACY,
)


@dataclass(frozen=True)
class Correction:
    """An edition with its changes, and the title that its incident bears; "" where no title may be shown."""

    entry: Entry
    uid: str
    title: str
    is_public: bool


@dataclass(frozen=True)
class Page:
    rows: list
    older: int | None  # the number of the edition to go on below, None at the end


def page(size, below=None):
    """The newest corrections of incidents, at most `size`, made before the edition with the primary key `below`."""
    found = Edition.objects.filter(subject=Subject.INCIDENT, reason__in=REASONS).order_by("-pk")
    if below is not None:
        found = found.filter(pk__lt=below)
    found = list(found[: size + 1])
    shown = found[:size]
    return Page(told(shown), shown[-1].pk if len(found) > size else None)


def latest_of(chosen, size):
    """The newest editions, for whatever reason, of the incidents with these uids (a query of uids; None for all)."""
    found = Edition.objects.filter(subject=Subject.INCIDENT).order_by("-pk")
    if chosen is not None:
        found = found.filter(subject_uid__in=chosen)
    return told(list(found[:size]))


def told(chosen):
    """Corrections for editions, in their order. What an edition changed is read against the one before.

    One query, and one per step of the longest way of merges among them.
    """
    every = {}
    subjects = {edition.subject_uid for edition in chosen}
    rows = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=subjects).select_related("document")
    for edition in rows.order_by("-number"):
        every.setdefault(edition.subject_uid, []).append(edition)
    hidden = editions.withheld_below_each(every)
    entries = {
        entry.edition.pk: entry for uid, found in every.items() for entry in editions.history(found, hidden[uid])
    }
    titles = {uid: editions.title_of(found, hidden[uid]) for uid, found in every.items()}
    return [
        Correction(
            entry=entries[edition.pk],
            uid=edition.subject_uid,
            title=titles[edition.subject_uid],
            is_public=every[edition.subject_uid][0].kind == EditionKind.PUBLISHED,
        )
        for edition in chosen
    ]
