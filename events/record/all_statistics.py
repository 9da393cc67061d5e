"""Every section of the statistics, in the order of the page: the one list for page, CSV and API."""

from collections.abc import Callable
from dataclasses import dataclass

from events.record import (
    statistics,
    statistics_coverage,
    statistics_escalation,
    statistics_groups,
    statistics_kinds,
    statistics_links,
    statistics_sides,
    statistics_time,
    statistics_tolls,
)


@dataclass(frozen=True)
class Subject:
    """`count` makes the Section of a Selection, from what `reads` gives where there is one, with these columns."""

    count: Callable
    columns: tuple
    reads: Callable | None = None

    def of(self, selection):
        return self.count(selection, self.reads(selection)) if self.reads else self.count(selection)


def days(selection):
    """The sums of a selection by date, kind and level, from which three sections are counted. One query."""
    return statistics.by_dates(selection.queryset(), "kind", *statistics_escalation.LEVEL)


_GROUPS, _ENDS = statistics_groups.groups, statistics_sides.ends
SUBJECTS = {
    "over-time": Subject(statistics_time.over_time, statistics_time.COLUMNS, days),
    "escalation": Subject(statistics_escalation.escalation, statistics_escalation.COLUMNS, days),
    "kinds-over-time": Subject(statistics_kinds.kinds_over_time, statistics_kinds.COLUMNS, days),
    "by-kind": Subject(statistics_groups.by_kind, statistics_groups.KIND_COLUMNS, _GROUPS),
    "by-province": Subject(statistics_groups.by_province, statistics_groups.PROVINCE_COLUMNS, _GROUPS),
    "by-sides": Subject(statistics_sides.by_sides, statistics_sides.SIDE_COLUMNS, _ENDS),
    "by-actors": Subject(statistics_sides.by_actors, statistics_sides.ACTOR_COLUMNS, _ENDS),
    "rival-tolls": Subject(statistics_tolls.rival_tolls, statistics_tolls.COLUMNS),
    "response-times": Subject(statistics_links.response_times, statistics_links.COLUMNS),
    "coverage": Subject(statistics_coverage.coverage, statistics_coverage.COLUMNS),
}


def sections(selection):
    """Name → Section of everything that is counted about a selection. Six queries, however many rows."""
    read, found = {}, {}
    for name, subject in SUBJECTS.items():
        if subject.reads is None:
            found[name] = subject.count(selection)
            continue
        if subject.reads not in read:
            read[subject.reads] = subject.reads(selection)
        found[name] = subject.count(selection, read[subject.reads])
    return found
