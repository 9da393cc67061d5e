"""Incidents over time: what a bar counts is what its link leads to, and nobody's silence is a zero."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from events.record import all_statistics, charts, statistics, statistics_kinds, statistics_time
from events.record.selection import Selection
from tests.record import rows

pytestmark = pytest.mark.django_db


def counted_by(query=""):
    selection = Selection.parse(QueryDict(query))
    return statistics_time.over_time(selection, all_statistics.days(selection))


def drawn(section):
    return {row["period"]: row for row in section.rows}


@pytest.fixture
def spring():
    """January to March 2024: a whole with two parts, a month, a year, a day, a silent incident and one without a date."""
    rows.incident("Whole", day="2024-03-18", counts_incident=False, counts_killed=False, killed_low=9, killed_best=9)
    rows.incident("Part", day="2024-03-18", killed_low=2, killed_best=2, killed_high=2)
    rows.incident("Other part", day="2024-03-18", killed_low=3, killed_high=7, killed_open=True)
    rows.incident("Some day in March", day="2024-03-01", until="2024-03-31", killed_low=0, killed_best=0, killed_high=0)
    rows.incident("Silent", day="2024-01-05")
    rows.incident("Somewhen in 2023", day="2023-01-01", until="2023-12-31", kind="talks")
    rows.incident("Undated", day=None, killed_low=1, killed_best=1, killed_high=1)


def test_each_incident_counts_once_on_its_first_day(spring):
    section = counted_by()

    assert section.unit == "month"
    assert {name: row["incidents"] for name, row in drawn(section).items() if row["incidents"]} == {
        "January 2023": 1,
        "January 2024": 1,
        "March 2024": 3,
        "Date unknown": 1,
    }
    assert len(section.rows) == 16
    assert drawn(section)["January 2023"]["vague"] == 1
    assert drawn(section)["March 2024"]["vague"] == 0


def test_ranges_are_added_and_a_best_needs_every_best(spring):
    march = drawn(counted_by())["March 2024"]

    assert [march[f"killed_{name}"] for name in ("low", "best", "high", "open")] == [5, None, 9, True]
    assert march["killed_not_reported"] == 0
    assert march["injured_low"] is None and march["injured_not_reported"] == 3


def test_silence_is_not_zero(spring):
    found = drawn(counted_by())

    assert (found["January 2024"]["killed_low"], found["January 2024"]["killed_not_reported"]) == (None, 1)
    assert found["February 2024"]["killed_low"] is None and found["February 2024"]["query"] is None
    assert drawn(counted_by("date_from=2024-03-01&date_to=2024-03-02"))["1 March 2024"]["killed_high"] == 0


def test_bars_sum_to_the_totals(spring):
    for query in ("", "date_from=2023-06-01", "kind=shelling", "date_to=2024-03-17"):
        section, selection = counted_by(query), Selection.parse(QueryDict(query))
        totals = statistics.totals(statistics.by_dates(selection.queryset()))

        assert sum(row["incidents"] for row in section.rows) == totals.counted
        assert sum(row["killed_low"] or 0 for row in section.rows) == (totals.killed_low or 0)


@pytest.mark.parametrize(
    "query", ["", "date_from=2023-06-01", "date_from=2024-03-01&date_to=2024-03-20", "kind=shelling&date_to=2024-02-01"]
)
def test_every_bar_leads_to_exactly_what_it_counts(spring, query):
    for row in counted_by(query).rows:
        if row["query"]:
            chosen = Selection.parse(QueryDict(row["query"]))
            assert chosen.queryset().count() == row["incidents"], row
        else:
            assert row["from"] is None or row["incidents"] == 0


def test_what_may_have_begun_before_the_first_day_asked_for_stands_apart(spring):
    section = counted_by("date_from=2023-06-01")

    assert drawn(section)["Before 1 June 2023"]["incidents"] == 1
    assert "1 incident that may have begun before 1 June 2023 stands apart" in section.notes[1]


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        ([], "month"),
        ([date(2024, 1, 1), date(2024, 2, 29)], "day"),
        ([date(2024, 1, 1), date(2024, 3, 1)], "week"),
        ([date(2024, 1, 1), date(2025, 3, 1)], "month"),
        ([date(2020, 1, 1), date(2024, 12, 31)], "month"),
        ([date(2020, 1, 1), date(2025, 1, 1)], "year"),
        ([date(1947, 1, 1), date(2026, 1, 1)], "decade"),
    ],
)
def test_the_bars_are_as_fine_as_sixty_allow(days, unit):
    assert statistics_time.fitting(days) == unit


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_are_days_like_any_other(day):
    rows.incident(day=day)
    rows.incident(day="2024-01-01")

    assert sum(row["incidents"] for row in counted_by().rows) == 2


def test_the_drawing_names_every_bar_and_leaves_the_keyboard_to_the_table(client, spring):
    page = client.get("/").content.decode()

    assert "March 2024: 3 incidents; killed: 5–9+" in page
    svgs = re.findall(r"<svg class=\"chart .*?</svg>", page, re.S)
    assert len(svgs) == 2
    for svg in svgs:
        assert 'aria-hidden="true"' in svg and "style=" not in svg
        assert svg.count("<a ") == svg.count('tabindex="-1"') == 3
    for address in set(re.findall(r'href="(/\?[^"]*date_by[^"]*)"', page)):
        assert client.get(unescape(address)).status_code == 200


def test_words_of_the_selection_stay_words_in_the_drawing(client):
    rows.incident('x"><script>')

    page = client.get("/", {"q": 'x"><script>'}).content.decode()

    assert "<script>" not in page
    assert "q=x%22%3E%3Cscript%3E" in page


def test_a_drawing_of_nothing_is_nothing():
    assert charts.histogram(counted_by(), "/") == ""
    assert [charts.round_up(number) for number in (0, 1, 3, 7, 11, 21, 101)] == [1, 1, 4, 8, 20, 30, 200]


def test_the_timeline_asks_the_same_for_3_and_for_30_incidents(client):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    for number in range(3):
        rows.incident(day=f"2024-01-{number + 1:02}")
    few = queries()
    for number in range(27):
        rows.incident(day=f"2024-02-{number + 1:02}", killed_low=number)

    assert queries() == few <= 8


def kinds_of(query):
    selection = Selection.parse(QueryDict(query))
    return statistics_kinds.kinds_over_time(selection, all_statistics.days(selection))


@pytest.mark.parametrize("query", ["", "date_from=2023-06-01", "date_from=2024-03-01&date_to=2024-03-20"])
def test_the_kinds_share_the_bars_of_all_together(spring, query):
    rows.incident("Another kind", kind="ied", day="2024-03-02")
    bars = [row for row in counted_by(query).rows if row["from"]]
    kinds = kinds_of(query).rows

    assert len({row["kind"] for row in kinds}) > 1
    for bar in bars:
        alike = [row for row in kinds if row["from"] == bar["from"]]
        assert sum(row["incidents"] for row in alike) == bar["incidents"]
        for row in alike:
            chosen = Selection.parse(QueryDict(row["query"])).queryset().count() if row["query"] else 0
            assert chosen == row["incidents"], row


def test_the_most_frequent_kind_comes_first_and_an_empty_selection_says_so(spring):
    counts = {}
    for row in kinds_of("").rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + row["incidents"]

    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert "No incident" in kinds_of("q=nothing-like-this").finding
