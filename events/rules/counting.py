"""R13: which rows of a family of incidents count as incidents, and whose toll is added. Never both parent and parts."""

from dataclasses import dataclass
from typing import NamedTuple

from events.choices import Category


@dataclass(frozen=True)
class FamilyRow:
    """A published incident, neither withdrawn nor merged, with its figure for one outcome; it is part of `parent`."""

    uid: str
    parent: str | None
    category: str
    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def has_figure(self):
        """Null is no figure; zero is one."""
        return any(number is not None for number in (self.low, self.best, self.high))


class Counted(NamedTuple):
    counts_incident: bool
    counts_toll: bool


class Standing(NamedTuple):
    """Where an incident stands among all that are public at one time: whose part it is, and what of it counts."""

    parent: str
    counts_incident: bool
    counts_killed: bool
    counts_injured: bool


def standings(rows, listed):
    """{uid: Standing} of whole families. `rows`: uid → what has the columns of the index.

    `listed` are pairs (part, operation whose edition lists it), the newest operation last. A part is in the operation
    that its own edition names if that one is public, else in the one that lists it.
    """
    listed = dict(listed)
    parents = {
        uid: row.part_of_uid if row.part_of_uid in rows else listed.get(uid, row.part_of_uid)
        for uid, row in rows.items()
    }
    killed = count_families(_figures(rows, parents, "killed"))
    injured = count_families(_figures(rows, parents, "injured"))
    return {
        uid: Standing(parents[uid], killed[uid].counts_incident, killed[uid].counts_toll, injured[uid].counts_toll)
        for uid in rows
    }


def _figures(rows, parents, outcome):
    return [
        FamilyRow(
            uid=uid,
            parent=parents[uid] if parents[uid] in rows else None,
            category=row.category,
            **{bound: getattr(row, f"{outcome}_{bound}") for bound in ("low", "best", "high")},
        )
        for uid, row in rows.items()
    ]


def count_families(rows):
    """{uid: Counted} for all rows, for the one outcome whose figures the rows carry.

    Incidents are leaves: rows without published parts that are no series. A parent whose parts all have the figure
    (each its own, or through its own parts) leaves the toll to them; else its own figure counts once and all below it
    are left out. A parent without a figure leaves the toll to whatever parts have one, so that nothing known is lost.
    Series count in neither way, and what belongs to one counts for itself.
    """
    rows = {row.uid: row for row in rows}
    parents = {uid: _parent(row, rows) for uid, row in rows.items()}
    parts = {uid: [] for uid in rows}
    for uid in sorted(rows):
        if parents[uid] is not None:
            parts[parents[uid]].append(uid)
    downward = _parents_first(rows, parents, parts)
    covered = {}
    for uid in reversed(downward):
        covered[uid] = rows[uid].has_figure or (bool(parts[uid]) and all(covered[part] for part in parts[uid]))
    found = {}
    for uid in downward:
        is_series = rows[uid].category == Category.SERIES
        above = parents[uid]
        is_left_out = above is not None and (found[above].counts_toll or _is_left_out(above, found, parents))
        stands_for_parts = rows[uid].has_figure and not all(covered[part] for part in parts[uid])
        counts_toll = not is_left_out and not is_series and (not parts[uid] or stands_for_parts)
        found[uid] = Counted(counts_incident=not parts[uid] and not is_series, counts_toll=counts_toll)
    return found


def _is_left_out(uid, found, parents):
    """Whether some incident above carries the toll for this one."""
    while parents[uid] is not None:
        uid = parents[uid]
        if found[uid].counts_toll:
            return True
    return False


def _parent(row, rows):
    """The parent if it is among the rows and no series, else None."""
    parent = rows.get(row.parent)
    return None if parent is None or parent.category == Category.SERIES or parent.uid == row.uid else parent.uid


def _parents_first(rows, parents, parts):
    """All uids, each after its parent. Should parts ever run in a circle, the first uid of it is taken for its head."""
    order, seen = [], set()
    for head in sorted(rows, key=lambda uid: (parents[uid] is not None, uid)):
        if head in seen:
            continue
        if parents[head] is not None:
            parts[parents[head]].remove(head)
            parents[head] = None
        waiting = [head]
        while waiting:
            uid = waiting.pop(0)
            seen.add(uid)
            order.append(uid)
            waiting.extend(parts[uid])
    return order
