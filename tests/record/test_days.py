"""Days in words: English as it always was, and in the order and the words of another language."""

from datetime import date

import pytest
from django.utils import translation

from events.record import days, sections

MONDAY = date(2024, 3, 18)


@pytest.mark.parametrize(
    ("said", "english", "german"),
    [
        (days.shown, "18 March 2024", "18 März 2024"),
        (days.with_weekday, "Monday 18 March 2024", "Montag 18 März 2024"),
        (days.month, "March 2024", "März 2024"),
        (days.short, "18 Mar", "18 Mär"),
        (days.short_with_year, "18 Mar 2024", "18 Mär 2024"),
        (days.short_month, "Mar 2024", "Mär 2024"),
    ],
)
def test_a_day_is_said_in_the_words_of_the_page(said, english, german):
    assert said(MONDAY) == english
    with translation.override("de"):
        assert said(MONDAY) == german


def test_a_catalogue_decides_the_order_of_a_day(monkeypatch):
    monkeypatch.setattr(days, "gettext", lambda words: "%(year)d %(month)s %(day)d")

    assert days.shown(MONDAY) == "2024 March 18"


def test_years_before_the_thousandth_have_no_zeros_in_front():
    assert days.shown(date(33, 4, 3)) == "3 April 33"


def test_incidents_are_counted_in_the_plural_that_fits():
    assert [sections.counted(number) for number in (0, 1, 1204)] == ["0 incidents", "1 incident", "1,204 incidents"]
