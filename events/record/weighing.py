"""What becomes of a selection in the shape of another data set: which editions give a row, which do not and why.

Weighed once, the editions are pinned: they never change, so that a file holds the rows that were counted beforehand,
whatever is published while it is sent.
"""

from collections import Counter
from dataclasses import dataclass, field

from events import uids
from events.models.edition import EditionDocument
from events.models.held import HeldIncident
from events.record.shelves import NOW

CHUNK = 200  # documents in memory at a time


@dataclass(frozen=True)
class Weighing:
    """In the order that was asked for. Some hundred bytes per incident are in memory, and no documents."""

    found: list[tuple[int, int]] = field(default_factory=list)  # (edition, number of the incident in the record or 0)
    left_out: list[tuple[int, str]] = field(default_factory=list)  # (edition, reason)

    def add(self, edition, number, reason):
        """`reason` is "" or None for an incident that gives a row."""
        if reason:
            self.left_out.append((edition, reason))
        else:
            self.found.append((edition, number))

    @property
    def reasons(self):
        """Reason → how many incidents, the most frequent first."""
        return dict(Counter(reason for _, reason in self.left_out).most_common())


@dataclass(frozen=True)
class LeftOut:
    """An incident without a row; `uid` as it is stored."""

    uid: str
    number: int  # of the edition that was weighed
    title: str
    day: str  # in words
    reason: str

    @property
    def shown_uid(self):
        return uids.shown(self.uid)


def leaves(shelf):
    """(columns, is_leaf): whether an incident counts on the shelf (R13), from the values of those columns."""
    if shelf is NOW:
        return ("counts_incident",), lambda counts: counts
    return ("uid", "part_of_uid", "category"), lambda uid, whole, category: shelf.standing(
        {"uid": uid, "part_of_uid": whole, "category": category}
    )["counts_incident"]


def documents(found):
    """(edition, number, body) of these, in their order; a query for each chunk."""
    for place in range(0, len(found), CHUNK):
        wanted = found[place : place + CHUNK]
        rows = EditionDocument.objects.filter(edition__in=[edition for edition, _ in wanted])
        bodies = dict(rows.values_list("edition_id", "body"))
        yield from ((edition, number, bodies[edition]) for edition, number in wanted)


def told(left_out):
    """LeftOut of these (edition, reason), in their order; a query for each chunk."""
    for place in range(0, len(left_out), CHUNK):
        wanted = left_out[place : place + CHUNK]
        rows = HeldIncident.objects.filter(edition__in=[edition for edition, _ in wanted]).order_by()
        values = rows.values_list("edition_id", "uid", "number", "title", "date_shown")
        held = {edition: tuple(more) for edition, *more in values}
        yield from (LeftOut(*held[edition], reason) for edition, reason in wanted)
