"""Every section of the statistics, in the order of the page: the one list for page, CSV and API."""

from collections.abc import Callable
from dataclasses import dataclass

from events.record import (
    statistics_coverage,
    statistics_groups,
    statistics_links,
    statistics_sides,
    statistics_time,
    statistics_tolls,
)


@dataclass(frozen=True)
class Subject:
    """`count` makes the Section of a Selection; `columns` are those that its rows have."""

    count: Callable
    columns: tuple


SUBJECTS = {
    "over-time": Subject(statistics_time.over_time, statistics_time.COLUMNS),
    "by-kind": Subject(statistics_groups.by_kind, statistics_groups.KIND_COLUMNS),
    "by-province": Subject(statistics_groups.by_province, statistics_groups.PROVINCE_COLUMNS),
    "by-sides": Subject(statistics_sides.by_sides, statistics_sides.SIDE_COLUMNS),
    "by-actors": Subject(statistics_sides.by_actors, statistics_sides.ACTOR_COLUMNS),
    "rival-tolls": Subject(statistics_tolls.rival_tolls, statistics_tolls.COLUMNS),
    "response-times": Subject(statistics_links.response_times, statistics_links.COLUMNS),
    "coverage": Subject(statistics_coverage.coverage, statistics_coverage.COLUMNS),
}


def sections(selection):
    """Name → Section of everything that is counted about a selection. Nine queries, however many rows."""
    return {name: subject.count(selection) for name, subject in SUBJECTS.items()}
