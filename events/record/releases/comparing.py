"""How one release differs from an earlier one: what came, what changed in which fields, what left and why."""

from collections import Counter
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext_lazy

from events.choices import EditionKind
from events.models.edition import Edition, Subject
from events.record import editions
from events.record.releases import contents
from events.rules import differences, wording

ROWS = 50  # of a page; the documents of these are read and compared
NEW, CHANGED, WITHDRAWN, MERGED = "new", "changed", "withdrawn", "merged"
# In the order of the page.
WORDS = {
    WITHDRAWN: gettext_lazy("Withdrawn"),
    MERGED: gettext_lazy("Merged into another incident"),
    CHANGED: gettext_lazy("Changed"),
    NEW: gettext_lazy("New"),
}


@dataclass(frozen=True)
class Row:
    """One incident or relation. `changes` are Differences, None where there are none to show; `is_withheld` says why."""

    what: str
    subject: str
    uid: str
    title: str
    before: Edition | None
    after: Edition | None
    left: Edition | None  # the edition by which it left
    survivor: str  # uid, where it was merged
    changes: list | None
    is_withheld: bool

    @property
    def is_incident(self):
        return self.subject == Subject.INCIDENT


@dataclass(frozen=True)
class Comparison:
    """`counts` is what → how many; `rows` those of this page."""

    counts: dict
    rows: list
    page: int
    pages: int


def compare(before, after, page=1):
    """Comparison of two releases. A dozen queries, however large they are; None for a page that there is not."""
    old, new = _held(_of(before)), _held(_of(after))
    listed = _listed(old, new, _left(set(old) - set(new)))
    pages = max(1, ceil(len(listed) / ROWS))
    if not 1 <= page <= pages:
        return None
    hidden = contents.hidden(before) | contents.hidden(after)
    shown = listed[(page - 1) * ROWS : page * ROWS]
    keys = [key for _, key, _ in shown]
    documents = _documents({side[key] for side in (old, new) for key in keys if key in side} - hidden)
    rows = [
        _row(what, key, documents.get(old.get(key)), documents.get(new.get(key)), left) for what, key, left in shown
    ]
    return Comparison(Counter(what for what, _, _ in listed), rows, page, pages)


def counts_since(before, current):
    """what → how many, for a release that would hold these editions (a queryset) after this one; None: it is the first."""
    old = _held(_of(before)) if before else {}
    new = _held(current)
    return Counter(what for what, _, _ in _listed(old, new, _left(set(old) - set(new))))


def _of(release):
    return Edition.objects.filter(releases=release)


def _held(chosen):
    """(subject, uid) → primary key of its edition. One query."""
    held = chosen.order_by().values_list("pk", "subject", "subject_uid")
    return {(subject, uid): pk for pk, subject, uid in held}


def _left(keys):
    """(subject, uid) → the edition by which it left the public, for those of which the later release has none."""
    if not keys:
        return {}
    gone = Edition.objects.filter(subject_uid__in={uid for _, uid in keys}).exclude(kind=EditionKind.PUBLISHED)
    return {(one.subject, one.subject_uid): one for one in gone.order_by("pk")}


def _listed(old, new, left):
    """(what, key, the edition by which it left or None), in the order of WORDS, then incidents first and by uid."""
    found = [(NEW, key, None) for key in new if key not in old]
    found += [(CHANGED, key, None) for key in new if key in old and old[key] != new[key]]
    for key in old.keys() - new.keys():
        edition = left.get(key)
        found.append((MERGED if edition and edition.kind == EditionKind.MERGED else WITHDRAWN, key, edition))
    order = list(WORDS)
    return sorted(found, key=lambda one: (order.index(one[0]), one[1]))


def _documents(pks):
    """Primary key → editions.Reading. One query."""
    found = Edition.objects.filter(pk__in=pks).select_related("document")
    return {edition.pk: editions.Reading(edition) for edition in found}


def _row(what, key, before, after, left):
    subject, uid = key
    told = after or before
    is_both = before is not None and after is not None
    return Row(
        what=what,
        subject=subject,
        uid=uid,
        title=_title(told.document) if told else "",
        before=before and before.edition,
        after=after and after.edition,
        left=left,
        survivor=editions.survivor(left) if left and left.kind == EditionKind.MERGED else "",
        changes=differences.between(before.document, after.document) if is_both else None,
        is_withheld=(told is None) or (what == CHANGED and not is_both),
    )


def _title(document):
    return document["title"] if "title" in document else wording.related(document)
