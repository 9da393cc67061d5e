"""Vague dates: which are valid, and how they read."""

from datetime import date, time

import pytest

from events.rules import dates
from events.rules.dates import VagueDate
from events.rules.facts import Span


def vague(start, end=None, precision="day", **clock):
    start = date.fromisoformat(start)
    return VagueDate(start, date.fromisoformat(end) if end else start, precision, **clock)


KABUL = {"time_local": time(3), "time_zone": "Asia/Kabul"}


@pytest.mark.parametrize(
    "valid",
    [
        VagueDate(),
        vague("2024-03-18"),
        vague("2024-03-18", precision="minute", **KABUL),
        vague("2024-03-18", precision="part_of_day"),
        vague("2024-03-11", "2024-03-17", "day_range"),
        vague("2024-03-11", "2024-03-18", "week"),
        vague("2024-01-01", "2024-01-31", "month"),
        vague("2024-01-01", "2024-03-31", "quarter"),
        vague("2001-10-07", "2021-08-15", "year"),
        vague("1893-11-12"),
    ],
)
def test_dates_as_people_know_them_are_valid(valid):
    assert dates.problems(valid) == []


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (vague("2024-03-18", "2024-03-17"), ["end"]),
        (vague("2024-03-18", "2024-03-19"), ["end"]),
        (vague("2024-03-11", "2024-03-18", "day_range"), ["end"]),
        (vague("2024-03-01", "2024-03-15", "week"), ["end"]),
        (vague("2024-01-01", "2024-12-31", "month"), ["end"]),
        (vague("0025-10-12"), ["start", "end"]),
        (vague("2201-01-01"), ["start", "end"]),
        (VagueDate(date(2024, 3, 18), None, "day"), ["end"]),
        (VagueDate(None, None, "day"), ["start", "end"]),
        (vague("2024-03-18", precision="unknown"), ["precision"]),
        (vague("2024-03-18", precision="fortnight"), ["precision"]),
        (vague("2024-03-18", precision="minute"), ["time_local"]),
        (vague("2024-03-18", **KABUL), ["time_local"]),
        (vague("2024-03-18", precision="minute", time_local=time(3)), ["time_zone"]),
        (vague("2024-03-18", precision="minute", time_local=time(3), time_zone="Asia/Kabool"), ["time_zone"]),
        (vague("2024-03-18", precision="minute", time_local=time(3), time_zone="../etc/passwd"), ["time_zone"]),
    ],
)
def test_a_wrong_date_names_its_field_in_a_sentence(wrong, fields):
    found = dates.problems(wrong)

    assert [field for field, _ in found] == fields
    assert all(sentence.endswith(".") for _, sentence in found)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (vague("2024-03-18", precision="minute", **KABUL), "18 March 2024, 03:00 local (17 March 22:30 UTC)"),
        (
            vague("2024-03-18", precision="minute", time_local=time(7, 5), time_zone="Asia/Kabul"),
            "18 March 2024, 07:05 local (02:35 UTC)",
        ),
        (vague("2024-01-01", precision="minute", **KABUL), "1 January 2024, 03:00 local (31 December 2023 22:30 UTC)"),
        (vague("2024-03-18", precision="part_of_day"), "18 March 2024 (part of the day)"),
        (vague("2024-03-18"), "18 March 2024"),
        (vague("2024-03-11", "2024-03-18", "week"), "11–18 March 2024 (within a week or so)"),
        (vague("2024-02-27", "2024-03-02", "day_range"), "27 February – 2 March 2024"),
        (vague("2023-12-30", "2024-01-02", "day_range"), "30 December 2023 – 2 January 2024"),
        (vague("2024-01-01", "2024-01-31", "month"), "January 2024"),
        (vague("2024-01-10", "2024-02-09", "month"), "10 January – 9 February 2024 (within a month or so)"),
        (vague("2024-01-01", "2024-03-31", "quarter"), "January–March 2024"),
        (vague("2021-01-01", "2021-12-31", "year"), "2021"),
        (vague("2022-01-01", "2024-12-31", "year"), "2022–2024"),
        (vague("2022-03-01", "2024-03-31", "year"), "March 2022 – March 2024"),
        (VagueDate(), "date unknown"),
    ],
)
def test_a_date_reads_in_plain_english(value, words):
    assert dates.describe(value) == words


def test_utc_needs_day_time_and_zone():
    assert dates.utc(vague("2024-03-18")) is None
    assert dates.utc(vague("2024-03-18", precision="minute", time_local=time(3))) is None
    assert dates.utc(VagueDate(None, None, "unknown", **KABUL)) is None


def test_an_open_span_overlaps_as_far_as_it_reaches():
    since_2021 = Span(date(2021, 8, 15), None)

    assert dates.overlaps(since_2021, Span(date(2024, 1, 1), date(2024, 1, 1)))
    assert not dates.overlaps(since_2021, Span(date(2020, 1, 1), date(2021, 8, 14)))
    assert dates.overlaps(Span(None, None), since_2021)
