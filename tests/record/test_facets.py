"""The filter form says how many incidents each value would choose, and each facet is counted without its own choice."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from events.record import facets
from events.record.selection import Selection
from tests.record import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def four():
    land = rows.place("Testland", level="country")
    here, there = (rows.place(name, level="province", parent=land) for name in ("Here", "There"))
    rows.incident("One", kind="shelling", at=here, escalation=6, killed_low=0, killed_high=0)
    rows.incident("Two", kind="shelling", at=there, escalation=2, contested_aspects="|date|casualties|")
    rows.incident(
        "Three", kind="ambush", at=here, harm_grade="fair", attribution="suspected", contested_aspects="|date|"
    )
    rows.incident("Four", kind="talks", day="2024-05-01")


def counts(facet, query=""):
    found = getattr(facets.offered(Selection.parse(QueryDict(query))), facet)
    options = [option for _, group in found for option in group] if facet == "kinds" else found
    return {option.code: option.count for option in options}


@pytest.mark.parametrize(
    ("facet", "query", "expected"),
    [
        ("kinds", "", {"shelling": 2, "ambush": 1, "talks": 1}),
        ("kinds", "kind=shelling", {"shelling": 2, "ambush": 1, "talks": 1}),
        ("kinds", "category=violent", {"shelling": 2, "ambush": 1, "talks": 0}),
        ("kinds", "province=here&q=one", {"shelling": 1, "ambush": 0, "talks": 0}),
        ("categories", "kind=shelling", {"violent": 2, "measure": 0}),
        ("aspects", "", {"date": 2, "casualties": 1}),
        ("aspects", "contested_aspect=casualties", {"date": 2, "casualties": 1}),
        ("attributions", "contested_aspect=date", {"suspected": 1, "unattributed": 1}),
        ("harm_grades", "date_from=2024-05-01", {"fair": 0, "none_reported": 1}),
        ("killed", "", {"reported": 1, "not_reported": 3}),
        ("killed", "kind=shelling&killed=reported", {"reported": 1, "not_reported": 1}),
        ("provinces", "province=here", {"here": 2, "there": 1}),
        ("provinces", "kind=ambush", {"here": 1}),
    ],
)
def test_each_value_says_how_many_it_would_choose(four, facet, query, expected):
    assert counts(facet, query) == expected


def test_a_level_counts_what_reaches_it(four):
    assert counts("escalations") == {"0": 2, "1": 2, "2": 2, "3": 1, "4": 1, "5": 1, "6": 1}


def test_each_count_is_what_the_filter_chooses(four):
    base = "date_to=2024-04-01"
    for facet, name in (
        ("kinds", "kind"),
        ("aspects", "contested_aspect"),
        ("killed", "killed"),
        ("provinces", "province"),
    ):
        for code, number in counts(facet, base).items():
            assert Selection.parse(QueryDict(f"{base}&{name}={code}")).queryset().count() == number, code


def test_what_was_chosen_stays_on_offer_and_a_refused_selection_is_not_counted(four):
    assert counts("kinds", "kind=raid")["raid"] == 0
    assert set(counts("kinds", "kind=shelling&date_from=x").values()) == {None}


def test_the_form_costs_three_questions(four):
    selection = Selection.parse(QueryDict("kind=shelling"))

    with CaptureQueriesContext(connection) as found:
        facets.offered(selection)

    assert len(found) == 3
