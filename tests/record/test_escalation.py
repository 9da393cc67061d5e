"""Escalation as a section of statistics and as a page around a date. Everything here is made up."""

import re
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models.edition import PublishedLink
from events.record import all_statistics, escalation_page
from events.record.selection import Selection
from tests.record import rows

pytestmark = pytest.mark.django_db


def section(query=""):
    return all_statistics.SUBJECTS["escalation"].of(Selection.parse(QueryDict(query)))


def shown(query=""):
    question = escalation_page.Question(QueryDict(query))
    assert not question.errors, question.errors
    return escalation_page.shown(question)


@pytest.fixture
def exchange():
    """Strikes of two states on three days, talks later, a political event and one of which only the month is known."""
    army = rows.actor("Army", side="pakistan", kind="state_force", home_country="PK")
    guard = rows.actor("Guard", side="afghanistan_de_facto", kind="state_force", home_country="AF")
    made = [
        rows.incident(f"Strike {day}", kind="air_strike", day=f"2024-03-{day}", perpetrator=who, escalation=level)
        for day, who, level in ((10, army, 7), (12, guard, 7), (14, army, 8))
    ]
    rows.incident("Talks", kind="talks", day="2024-03-25", escalation=0)
    rows.incident("Vote", kind="election", day="2024-03-11")
    rows.incident("Vague", day="2024-03-01", until="2024-03-31", date_precision="month", escalation=5)
    return made


def test_stretches_follow_each_other_and_level_9_is_of_several_days(exchange):
    found = [(row["from"].day, row["to"].day, row["level"], row["incidents"]) for row in section().rows]

    assert found == [(10, 13, 7, 3), (14, 16, 9, 1), (17, 20, 8, 0), (21, 24, None, 0), (25, 31, 0, 1)]
    assert "1 incident is dated too vaguely" in section().notes[0]
    assert section().finding.startswith("Highest: E9") and "on 3 days, first on 14 March 2024" in section().finding


def test_the_query_of_a_stretch_chooses_exactly_its_incidents(exchange):
    for row in section("kind=air_strike").rows:
        number = Selection.parse(QueryDict(row["query"])).queryset().count() if row["query"] else 0
        assert number == row["incidents"]


def test_days_asked_for_are_the_ends(exchange):
    rows_ = section("date_from=2024-03-13&date_to=2024-03-15").rows

    assert (rows_[0]["from"], rows_[-1]["to"]) == (date(2024, 3, 14), date(2024, 3, 15))


def test_nothing_with_a_level_is_no_stretch_and_no_zero():
    rows.incident("Vote", kind="election", day="2024-03-11")

    assert section().rows == []
    assert section().finding.startswith("No incident with a level")


def test_the_page_begins_at_the_highest_level(exchange):
    assert shown()["window"].date == date(2024, 3, 14)


def test_levels_from_before_the_window_count_in_it(exchange):
    found = shown("date=2024-03-18&days=3")

    assert [(row["level"], row["days"]) for row in found["section"].rows] == [(9, 2), (8, 4), (None, 1)]
    assert found["days"] == []


def test_every_incident_is_listed_under_its_day_with_its_criterion(exchange):
    page = Client().get("/escalation/?date=2024-03-12&days=5").text

    assert "air, drone or missile strike by a state in the other" in page
    assert "No level: of a series, or of political events, none is concluded." in page
    assert page.count('class="chart__incident ') == 2 * 3  # once on each size of the drawing
    assert page.index("Strike 10") < page.index("Strike 12") < page.index("Strike 14")


def test_the_selection_of_the_other_pages_narrows_it(exchange):
    found = shown("date=2024-03-12&days=5&acting_side=afghanistan_de_facto")
    page = Client().get("/escalation/?date=2024-03-12&kind=talks").text

    assert [row["level"] for row in found["section"].rows] == [None]
    assert '<input type="hidden" name="kind" value="talks">' in page


def test_linked_incidents_of_the_window_are_drawn(exchange):
    PublishedLink.objects.create(
        uid="LLLLLLLL", from_incident=exchange[1], to_uid=exchange[0].uid, type="retaliation_for", standing="asserted"
    )

    assert len(shown("date=2024-03-12&days=5")["chain"].knots) == 2
    assert shown("date=2024-03-14&days=3")["chain"] is None


def test_earlier_and_later_end_where_the_record_does(exchange):
    def words(query):
        return [said.split(":")[0] for said, _ in shown(query)["ways"]]

    assert words("date=2024-03-12&days=180") == []
    assert words("date=2024-06-12&days=30") == ["Earlier", "Wider"]
    assert words("date=2024-03-12&days=3") == ["Earlier", "Later", "Wider"]
    assert words("date=1999-03-12&days=3") == ["Later", "Wider"]


def test_an_empty_window_leads_to_the_nearest_days(exchange):
    page = Client().get("/escalation/?date=2024-01-01&days=5").text

    assert "Nothing began on these days" in page
    assert "date=2024-03-01&amp;days=5" in page and "Wider: 15 days" in page


def test_an_empty_record_says_so():
    assert "Nothing with a date fits this selection" in Client().get("/escalation/").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("date=2024-02-30", "is not a day"),
        ("date=18-03-2024", "write it as year-month-day"),
        ("date=0001-01-01", "not between 1800-01-01 and 2200-12-31"),
        ("date=9999-12-31", "choose a day between them"),
        ("days=0", "is not a number of days; use a whole number from 3 to 180"),
        ("days=181", "is not a number of days"),
        ("days=3.5", "is not a number of days"),
        ("days=5&days=6", "given 2 times"),
        ("date_from=2024-01-01", "give date and days instead"),
        ("kind=bombing", "is not a kind"),
        ("dte=2024-01-01", "Did you mean date?"),
    ],
)
def test_a_wrong_question_gets_a_sentence_and_no_rows(exchange, query, words):
    answer = Client().get(f"/escalation/?{query}")

    assert answer.status_code == 400
    assert words in answer.text
    assert not re.search(r"/incidents/[0-9A-Z]{4}-", answer.text)


def test_the_ends_of_the_calendar_are_no_errors(exchange):
    for day in ("1800-01-01", "2200-12-31"):
        assert Client().get(f"/escalation/?date={day}&days=180").status_code == 200


def test_more_incidents_cost_no_more_queries(exchange):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert Client().get("/escalation/?date=2024-03-12").status_code == 200
        return len(found)

    PublishedLink.objects.create(
        uid="LLLLLLLL", from_incident=exchange[1], to_uid=exchange[0].uid, type="follows", standing="editorial"
    )
    few = queries()
    for number in range(20):
        rows.incident(f"More {number}", day="2024-03-13", escalation=3)

    assert queries() == few <= 12


def test_a_long_window_is_cut_with_a_way_to_all(exchange, monkeypatch):
    monkeypatch.setattr(escalation_page, "MOST_ROWS", 2)

    found = shown("date=2024-03-12&days=5")

    assert found["is_cut"] and sum(len(day.rows) for day in found["days"]) == 2
    assert max(row["level"] or 0 for row in found["section"].rows) == 9
