"""The statistics of a small made-up world, counted by hand; page, files and API say the same, and silence is no zero."""

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import StringIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from events import uids
from events.models.edition import PublishedLink
from events.record import all_statistics, statistics_links, statistics_page, statistics_tolls, tables
from events.record.selection import Selection
from tests.record import rows

pytestmark = pytest.mark.django_db


def section(name, query=""):
    return all_statistics.SUBJECTS[name].of(Selection.parse(QueryDict(query)))


def by(found, *names):
    """The rows of a section under the values of these columns."""
    return {tuple(row[name] for name in names): row for row in found.rows}


def at(day, utc):
    return rows.documents(day=day, date=rows.documents(day=day)["date"] | {"utc": utc})


@pytest.fixture
def world():
    """Three strikes by Pakistan, an attack by an armed group, talks, and a series that counts for nothing."""
    land = rows.place("Testland", level="country")
    here = rows.place("Here", level="province", parent=land)
    army = rows.actor("Army", side="pakistan", kind="state_force")
    border = rows.actor("Border guard", side="afghanistan_de_facto", kind="state_force")
    group = rows.actor("Front", side="non_state")
    people = rows.actor("Residents", side="third", kind="population_group")
    made = {"army": army, "border": border, "group": group}
    strikes = [((2, 2, 2), ()), ((8, None, 20), ()), ((None, None, None), ())]
    for number, ((low, best, high), _) in enumerate(strikes):
        made[f"strike {number}"] = rows.incident(
            f"Strike {number}",
            kind="air_strike",
            day=f"2024-03-{number + 1:02}",
            at=here if number < 2 else land,
            parts=[(army, "perpetrator"), (group if number else people, "target")],
            killed_low=low,
            killed_best=best,
            killed_high=high,
            documents_count=number + 1,
            sources_count=1,
            document=at(f"2024-03-{number + 1:02}", f"2024-03-{number + 1:02}T04:00Z") if number < 2 else None,
            date_precision="minute" if number < 2 else "month",
            until="2024-03-31" if number == 2 else None,
        )
    made["attack"] = rows.incident(
        "Attack",
        kind="ambush",
        day="2024-03-02",
        at=here,
        parts=[(group, "perpetrator"), (group, "announcer")],
        killed_low=0,
        killed_best=0,
        killed_high=0,
        sources_count=4,
        document=at("2024-03-02", "2024-03-02T10:30Z"),
        date_precision="minute",
    )
    made["talks"] = rows.incident(
        "Talks", kind="talks", day="2024-03-06", parts=[(army, "initiator"), (border, "initiator")]
    )
    rows.incident("Series", kind="series", counts_incident=False, counts_killed=False, killed_low=500, killed_high=500)
    return made


def link(answer, cause, *, kind="retaliation_for", standing="asserted"):
    PublishedLink.objects.create(uid=uids.new(), from_incident=answer, to_uid=cause.uid, type=kind, standing=standing)


def test_kinds_are_counted_with_their_tolls(world):
    found = by(section("by-kind"), "kind")

    assert {kind: row["incidents"] for (kind,), row in found.items()} == {"air_strike": 3, "ambush": 1, "talks": 1}
    strikes = found["air_strike",]
    assert [strikes[f"killed_{name}"] for name in ("low", "best", "high", "not_reported")] == [10, None, 22, 1]
    assert [found["ambush",][f"killed_{name}"] for name in ("low", "best", "high")] == [0, 0, 0]
    assert found["talks",]["killed_low"] is None


def test_provinces_are_counted_and_the_rest_named(world):
    found = section("by-province")

    assert [(row["label"], row["country"], row["incidents"]) for row in found.rows] == [
        ("Here", "Testland", 3),
        ("In no one province", None, 2),
    ]
    assert found.rows[1]["query"] is None


def test_sides_are_counted_by_who_acts_and_whom_it_meets(world):
    found = {pair: row["incidents"] for pair, row in by(section("by-sides"), "acting_side", "target_side").items()}

    assert {pair: number for pair, number in found.items() if number} == {
        ("pakistan", "non_state"): 2,
        ("pakistan", "third"): 1,
        ("non_state", "not_named"): 1,
        ("pakistan", "not_named"): 1,
        ("afghanistan_de_facto", "not_named"): 1,
    }
    assert len(found) == 25


def test_actors_are_paired_where_both_are_named(world):
    found = section("by-actors")

    assert [(row["actor"], row["target"], row["incidents"]) for row in found.rows] == [
        ("army", "front", 2),
        ("army", "residents", 1),
    ]


@pytest.mark.parametrize("query", ["", "acting_side=pakistan", "kind=air_strike&date_from=2024-03-02"])
@pytest.mark.parametrize("name", ["over-time", "by-kind", "by-province", "by-sides"])
def test_every_number_leads_to_exactly_what_it_counts(world, name, query):
    for row in section(name, query).rows:
        if row["query"]:
            assert Selection.parse(QueryDict(row["query"])).queryset().count() == row["incidents"], row


def test_a_pair_that_no_filter_expresses_is_not_linked(world):
    found = by(section("by-sides", "acting_side=pakistan"), "acting_side", "target_side")

    assert found["afghanistan_de_facto", "not_named"]["incidents"] == 1
    assert found["afghanistan_de_facto", "not_named"]["query"] is None


def _tell(incident, actor, *lines, **more):
    rows.claim(incident, by=actor, aspect="casualties", lines=list(lines), **more)


def test_rival_tolls_lie_apart_by_the_highest_number_of_each_side(world):
    army, border = world["army"], world["border"]
    _tell(world["strike 0"], army, rows.killed(2))
    _tell(world["strike 0"], border, rows.killed(10), rows.killed(5, category="militant"))
    _tell(world["strike 1"], army, rows.killed(200, best=None, high=None, qualifier="at_least", open_upper=True))
    _tell(world["strike 1"], border, rows.killed(9))
    _tell(world["strike 1"], border, rows.killed(4))
    _tell(world["strike 2"], army, rows.killed(24, best=None, high=None, qualifier="dozens", open_upper=True))
    _tell(world["strike 2"], border, rows.killed(9))
    _tell(world["attack"], army, rows.killed(7), scope="own_side_only")
    _tell(world["attack"], border, rows.killed(1))

    found = section("rival-tolls").rows

    assert len(found) == 1
    assert found[0] == {
        "side": "pakistan",
        "other_side": "afghanistan_de_facto",
        "incidents": 2,
        "median_difference": 102,
        "least_difference": 13,
        "greatest_difference": 191,
        "side_higher": 1,
        "other_side_higher": 1,
        "greatest_incident": world["strike 1"].shown_uid,
        "greatest_title": "Strike 1",
    }


def test_a_preliminary_account_counts_only_where_there_is_no_other():
    assert statistics_tolls._highest([(True, 90), (False, 4)]) == 4
    assert statistics_tolls._highest([(True, 90)]) == 90


def test_a_claim_without_a_number_states_none():
    claim = rows.claim_body("AAAAAAAA", lines=[rows.killed(None)])

    assert statistics_tolls.stated_number(claim) is None
    assert statistics_tolls.stated_number(claim | {"lines": []}) is None
    assert statistics_tolls.stated_number(claim | {"lines": [rows.killed(0)]}) == 0


def test_answers_are_timed_in_hours_or_days_and_contested_links_stand_apart(world):
    link(world["attack"], world["strike 0"])
    link(world["attack"], world["strike 1"], kind="response_to", standing="contested")
    link(world["talks"], world["attack"])
    link(world["talks"], world["strike 0"])
    link(world["talks"], world["strike 2"])
    link(world["talks"], world["strike 0"], kind="follows")
    PublishedLink.objects.create(
        uid=uids.new(), from_incident=world["talks"], to_uid="ZZZZZZZZ", type="response_to", standing="asserted"
    )

    found = by(section("response-times"), "type", "standing", "unit")

    timed = {key: (row["links"], row["median"], row["shortest"], row["longest"]) for key, row in found.items()}
    assert timed == {
        ("retaliation_for", "asserted", "hours"): (1, 30.5, 30.5, 30.5),
        ("retaliation_for", "asserted", "days"): (2, 4.5, 4, 5),
        ("retaliation_for", "asserted", "vague"): (1, None, None, None),
        ("response_to", "contested", "hours"): (1, 6.5, 6.5, 6.5),
    }


def test_a_day_without_a_clock_is_compared_in_days():
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)

    assert statistics_links.between((noon.date(), "minute", noon), (noon.date(), "day", None)) == ("days", 0)
    assert statistics_links.between((None, "unknown", None), (noon.date(), "day", None)) == ("vague", None)


def test_coverage_counts_documents_sources_and_sides(world):
    rows.claim(world["strike 0"], by=world["army"])
    rows.claim(world["strike 1"], by=world["army"])
    rows.claim(world["strike 1"])  # somebody named only in words
    inference = rows.claim(world["attack"], by=world["army"])
    inference.is_eligible = False
    inference.save()

    found = by(section("coverage"), "measure", "value")

    def share(*key):
        return found[key]["incidents"], found[key]["share"]

    assert share("sources", "1") == (4, 0.8)
    assert share("sources", "3 or 4") == (1, 0.2)
    assert share("documents", "1") == (3, 0.6)
    assert share("sides", "only Pakistan")[0] == 1
    assert share("sides", "two or more")[0] == 1
    assert share("sides", "no eligible claim")[0] == 3


def test_an_empty_selection_has_no_share(client, world):
    found = section("coverage", "kind=shelling")

    assert {row["share"] for row in found.rows} == {None}
    page = client.get("/statistics/?kind=shelling").content.decode()
    assert "Nothing that counts fits this selection" in page and "widen the dates" in page


@pytest.mark.parametrize("query", ["", "kind=air_strike", "date_from=2024-03-02&acting_side=pakistan"])
def test_page_files_and_api_give_the_same_numbers(client, world, query):
    link(world["attack"], world["strike 0"])
    _tell(world["strike 0"], world["army"], rows.killed(2))
    _tell(world["strike 0"], world["border"], rows.killed(10))
    answer = client.get(f"/api/v1/statistics/?{query}").json()
    page = unescape(client.get(f"/statistics/?{query}").content.decode())

    for name, found in answer["sections"].items():
        text = client.get(f"/statistics/{name}.csv?{query}").content.decode()
        assert [list(row.values()) for row in csv.DictReader(StringIO(text))] == [
            [str(tables.cell(value)) for value in row.values()] for row in found["rows"]
        ]
        assert found["title"] in page and found["finding"] in page
    for name in ("by-kind", "by-province"):
        for row in answer["sections"][name]["rows"]:
            cells = rf'{row["label"]}.*?<td class="number">{row["incidents"]}</td>'
            assert re.search(cells, page, re.S)


def test_what_is_not_reported_is_an_empty_cell_and_none_is_a_zero(client, world):
    text = client.get("/statistics/by-kind.csv").content.decode()

    found = {row["kind"]: row for row in csv.DictReader(StringIO(text))}
    assert (found["talks"]["killed_low"], found["talks"]["killed_open"]) == ("", "no")
    assert found["ambush"]["killed_low"] == "0"
    assert text.splitlines()[0].startswith("kind,label,category,incidents,killed_low")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_no_cell_is_a_formula(text):
    assert tables.cell(text) == f"'{text}"
    assert (tables.cell(-1), tables.cell(None), tables.cell("1-2")) == (-1, "", "1-2")


def test_a_name_that_looks_like_a_formula_is_disarmed(client):
    evil, other = rows.actor("=HYPERLINK(1)", slug="evil"), rows.actor("Other")
    rows.incident(parts=[(evil, "perpetrator"), (other, "target")])

    text = client.get("/statistics/by-actors.csv").content.decode()

    assert "evil,'=HYPERLINK(1),other,Other,1" in text


def test_unknown_statistics_are_not_found(client):
    response = client.get("/statistics/by-weather.csv")

    assert response.status_code == 404
    assert "by-province" in response.content.decode()


@pytest.mark.parametrize(
    ("number", "top", "expected"), [(0, 100, 0), (1, 100, 1), (5, 100, 2), (36, 100, 3), (50, 100, 4), (100, 100, 5)]
)
def test_heat_goes_by_the_square_root(number, top, expected):
    assert statistics_page.heat(number, top) == expected


@pytest.mark.parametrize("address", ["/statistics/", "/statistics/?actor=army", "/api/v1/statistics/"])
def test_statistics_ask_the_same_for_3_and_for_30_incidents(client, world, address):
    def fill(number):
        for place in range(number):
            row = rows.incident(
                day=f"2024-02-{place + 1:02}", parts=[(world["army"], "perpetrator"), (world["group"], "target")]
            )
            _tell(row, world["army"], rows.killed(place))
            _tell(row, world["border"], rows.killed(2 * place))
            link(world["talks"], row)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    fill(3)
    few = queries()
    fill(27)

    assert queries() == few <= 12
