"""Lints: what an editor should look at again."""

from dataclasses import replace
from datetime import date, time

import pytest

from events.rules import checks
from events.rules.checks import Draft, Excerpt
from events.rules.dates import VagueDate
from tests.rules.builders import claim, incident, line, toll

MONDAY = VagueDate(date(2024, 3, 18), date(2024, 3, 18), "day")
EARLY = VagueDate(date(2024, 3, 18), date(2024, 3, 18), "minute", time(3), "Asia/Kabul")


def codes(*claims, vague=MONDAY, **values):
    return [lint.code for lint in checks.lints(Draft(incident(*claims), vague, **values))]


BOTH = (claim("a", claimant="ispr", verdict="pending"), claim("b", claimant="taliban", verdict="pending"))


def test_a_draft_with_both_sides_has_no_lint():
    assert codes(*BOTH) == []


def test_one_side_alone_is_noticed_also_while_pending():
    (lint,) = checks.lints(Draft(incident(BOTH[0], claim("c", claimant="rferl")), MONDAY))

    assert (lint.code, lint.claims) == ("one_side_quoted", ("a",))
    assert "Pakistan" in lint.sentence


def test_a_rejected_claim_is_no_other_side():
    assert codes(BOTH[0], claim("b", claimant="taliban", verdict="rejected")) == ["one_side_quoted"]


def test_a_toll_should_say_who_was_harmed():
    assert codes(*BOTH, toll("t", "ispr", line(category="all", number=7))) == ["toll_without_category"]
    assert codes(*BOTH, toll("t", "ispr", line(category="all", number=7), line(number=7))) == []
    assert codes(*BOTH, toll("t", "ispr", line(category="all", qualifier="none"))) == []


def test_the_middle_of_an_area_is_no_site():
    assert codes(*BOTH, location_precision="site", coordinate_basis="centroid") == ["middle_called_site"]
    assert codes(*BOTH, location_precision="district", coordinate_basis="centroid") == []


@pytest.mark.parametrize("text", ["On Sunday", "the weekend strikes", "اتوار کے روز", "روز یک‌شنبه", "روز سه شنبه"])
def test_a_weekday_that_is_another_day_is_noticed(text):
    assert codes(*BOTH, excerpts=(Excerpt("a", text),)) == ["weekday_disagrees"]


@pytest.mark.parametrize(
    "text",
    ["On Monday", "Mondays and Fridays", "Monday, after the weekend", "روز دوشنبه", "روز دو\u200cشنبه", "پیر صاحب", ""],
)
def test_a_weekday_that_fits_or_none_is_fine(text):
    assert codes(*BOTH, excerpts=(Excerpt("a", text),)) == []


def test_every_weekday_lies_within_a_week():
    week = VagueDate(date(2024, 3, 11), date(2024, 3, 18), "week")

    assert codes(*BOTH, vague=week, excerpts=(Excerpt("a", "On Sunday"),)) == []
    assert codes(*BOTH, vague=VagueDate(), excerpts=(Excerpt("a", "On Sunday", date(1999, 1, 1)),)) == []


def test_weekdays_are_read_in_four_languages():
    assert checks.weekdays_in("Tuesday, بدھ, جمعہ, شنبه, پنج‌شنبه") == {1, 2, 4, 5, 3}
    assert checks.weekdays_in("سي شنبه") == {5}


def test_a_document_older_than_the_event_is_noticed_but_not_the_same_day_in_utc():
    before = (Excerpt("a", "", date(2024, 3, 17)),)

    assert codes(*BOTH, excerpts=before) == ["dated_before"]
    assert codes(*BOTH, vague=EARLY, excerpts=before) == []


def test_accounts_far_apart_are_noticed():
    def at(low, high):
        return codes(*BOTH, toll("x", "ispr", line(number=low)), toll("y", "taliban", line(number=high)))

    assert at(15, 46) == ["wide_range"]
    assert at(15, 45) == []
    assert at(0, 3) == []
    assert at(0, 4) == ["wide_range"]


def test_excerpts_of_rejected_claims_are_not_read():
    rejected = claim("r", claimant="ttp", verdict="rejected")

    assert codes(*BOTH, rejected, excerpts=(Excerpt("r", "On Sunday"),)) == []


def test_pending_rivals_would_be_contested_and_rejected_ones_would_not():
    civilians, nobody = toll("a", "ispr", line(number=8)), toll("b", "taliban", line(number=0, qualifier="none"))
    pending = [replace(one, verdict="pending") for one in (civilians, nobody)]

    assert checks.would_be_contested(incident(*pending))
    assert not checks.would_be_contested(incident(pending[0], replace(nobody, verdict="rejected")))
    assert not checks.would_be_contested(incident(pending[0], replace(nobody, is_retracted=True)))


def test_reading_as_if_accepted_leaves_the_facts_as_they_were():
    facts = incident(*BOTH)

    assert {one.verdict for one in checks.as_if_accepted(facts).claims} == {"accepted"}
    assert {one.verdict for one in facts.claims} == {"pending"}
