"""What every list of the API has beside its rows: counts, orders, since when, and how much is left to ask."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from events.api import pages, questions
from events.models.edition import Edition
from events.press import editions
from events.record import sequence
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db
LISTS = ("incidents", "editions", "claims", "links", "documents", "actors", "relations", "locations", "sources")


def titles(client, query):
    return [one["title"] for one in client.get(f"/api/v1/incidents/?{query}").json()["results"]]


def walked(client, address):
    """(keys of all rows by following next, the same by going back with previous from the last page)."""
    forwards, last = [], None
    while address:
        last = client.get(address).json()
        forwards += [one["uid"] for one in last["results"]]
        address = last["next"]
    backwards = [one["uid"] for one in last["results"]]
    while last["previous"]:
        last = client.get(last["previous"]).json()
        backwards = [one["uid"] for one in last["results"]] + backwards
    return forwards, backwards


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_what_it_understood_the_ruleset_and_where_the_record_stands(client, name):
    incident = rows.incident(at=rows.place("Testland", level="country"), parts=[(rows.actor("Test army"), "target")])
    rows.claim(incident, cites=rows.source("Test Gazette"))

    answer = client.get(f"/api/v1/{name}/?count=none&page_size=5").json()

    assert answer["selection"] == {}
    assert answer["ruleset"] == 1
    assert answer["last_sequence"] == Edition.objects.order_by("pk").last().pk


@pytest.mark.parametrize("name", [name for name in LISTS if name not in ("links", "documents", "relations")])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (3, "exact")),
        ("count=exact", (3, "exact")),
        ("count=none", (None, "none")),
        ("count=estimate", (2, "at_least")),
    ],
)
def test_rows_are_counted_as_asked(client, name, query, expected, monkeypatch):
    monkeypatch.setattr(pages, "COUNTED", 2)
    for n in range(3):
        place = rows.place(f"Place {n}", level="country")
        incident = rows.incident(f"No. {n}", at=place, parts=[(rows.actor(f"Actor {n}"), "target")])
        rows.claim(incident, cites=rows.source(f"Source {n}"))

    answer = client.get(f"/api/v1/{name}/?{query}").json()

    assert (answer["count"], answer["count_is"]) == expected
    assert len(answer["results"]) == 3


def test_an_estimate_below_the_bound_is_exact_and_none_costs_no_query(client):
    rows.incident()

    answer = client.get("/api/v1/incidents/?count=estimate").json()
    with CaptureQueriesContext(connection) as counting:
        client.get("/api/v1/incidents/")
    with CaptureQueriesContext(connection) as silent:
        client.get("/api/v1/incidents/?count=none")

    assert (answer["count"], answer["count_is"]) == (1, "exact")
    assert len(silent) == len(counting) - 1


@pytest.mark.parametrize("query", ["count=none", "count=none&page_size=1"])
def test_editions_that_are_not_counted_are_still_told_from_none(client, query):
    row = rows.incident()

    assert len(client.get(f"/api/v1/incidents/{row.uid}/editions/?{query}").json()["results"]) == 1
    assert client.get(f"/api/v1/incidents/AAAA-AAAA/editions/?{query}").status_code == 404


def test_incidents_come_newest_oldest_or_latest_edition_first(client):
    rows.incident("Middle", day="2024-03-18")
    rows.incident("Old", day="2024-01-02")
    rows.incident("Undated", day=None)
    rows.incident("New", day="2024-05-06")

    assert titles(client, "") == titles(client, "order=newest") == ["New", "Middle", "Old", "Undated"]
    assert titles(client, "order=oldest") == ["Undated", "Old", "Middle", "New"]
    assert titles(client, "order=updated") == ["New", "Undated", "Old", "Middle"]
    assert client.get("/api/v1/incidents/?order=oldest").json()["selection"] == {"order": "oldest"}


@pytest.mark.parametrize("order", ["newest", "oldest", "updated"])
@pytest.mark.parametrize("size", [1, 4, 11])
def test_in_every_order_a_walk_meets_each_incident_once_and_comes_back(client, order, size, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {"anonymous": None, "key": None}}
    made = {rows.incident(f"No. {n}", day=f"2024-03-{1 + n // 3:02}" if n else None).shown_uid for n in range(11)}

    forwards, backwards = walked(client, f"/api/v1/incidents/?order={order}&page_size={size}")

    assert len(forwards) == 11
    assert set(forwards) == made
    assert backwards == forwards


def test_claims_come_oldest_first_when_asked(client):
    for day in ("2024-03-18", "2024-01-02", "2024-05-06", "2024-02-01"):
        rows.claim(rows.incident(day=day), cites=rows.source(f"Source {day}"))

    newest, _ = walked(client, "/api/v1/claims/?page_size=3")
    oldest, back = walked(client, "/api/v1/claims/?order=oldest&page_size=3")

    assert oldest == back == newest[::-1]
    assert len(set(oldest)) == 4


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2026-11-24", ["Later"]),
        ("2026-11-24T09:30:00Z", ["Later"]),
        ("2026-11-24T09:30:00.000001Z", []),
        ("2026-11-24t14:30:00%2b05:00", ["Later"]),
        ("2026-11-24T14:30:01%2B05:00", []),
        ("2026-11-23T10:00:00Z", ["Later", "Earlier"]),
        ("2026-11-23T10:00:01Z", ["Later"]),
        ("2026-11-25", []),
        ("", ["Later", "Earlier"]),
    ],
)
def test_what_was_published_anew_since_a_moment_can_be_asked(client, since, expected, monkeypatch):
    rows.incident("Earlier", day="2024-01-02", published_at=rows.NOW)
    rows.incident("Later", day="2024-03-18", published_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC))

    assert titles(client, f"updated_since={since}") == expected


def test_the_moment_is_echoed_in_utc(client):
    answer = client.get("/api/v1/incidents/?updated_since=2024-03-18T02:30:00%2B05:00").json()

    assert answer["selection"] == {"updated_since": "2024-03-17T21:30:00Z"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2024-02-30", "updated_since"),
        ("updated_since=2024-03-18T12:00:00", "updated_since"),
        ("updated_since=2024-03-18T12:00:00+05:00", "updated_since"),
        ("updated_since=2024-03-18T25:00:00Z", "updated_since"),
        ("updated_since=0001-01-01T00:00:00%2B05:00", "updated_since"),
        ("updated_since=20240318", "updated_since"),
        ("order=random", "order"),
        ("count=perhaps", "count"),
        ("order=updated&cursor=nAAAA", "cursor"),
    ],
)
def test_a_wrong_wish_is_refused_by_name(client, query, parameter):
    response = client.get(f"/api/v1/incidents/?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [parameter]


def test_a_cursor_of_one_order_is_no_place_in_another(client):
    for n in range(3):
        rows.incident(f"No. {n}")
    by_day, by_update = (
        client.get(f"/api/v1/incidents/?page_size=1&order={order}").json()["next"] for order in ("newest", "updated")
    )

    assert client.get(by_day.replace("newest", "updated")).status_code == 400
    assert client.get(by_update.replace("updated", "newest")).status_code == 400


def test_a_page_in_the_middle_links_to_both_sides(client):
    for n in range(3):
        rows.incident(f"No. {n}")
    first = client.get("/api/v1/incidents/?page_size=1&order=oldest").json()

    response = client.get(first["next"])

    answer = response.json()
    assert response["Link"] == f'<{answer["next"]}>; rel="next", <{answer["previous"]}>; rel="prev"'


def test_every_answer_says_how_much_is_left_and_past_the_limit_when_to_come_back(client, settings):
    rates = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anonymous": "2/min", "key": "3/min"}}
    row = rows.incident()

    with override_settings(REST_FRAMEWORK=rates):
        first = client.get("/api/v1/incidents/")
        unchanged = client.get(f"/api/v1/incidents/{row.uid}/", headers={"If-None-Match": f'"{row.edition.sha256}"'})
        refused = client.get("/api/v1/incidents/")

    assert [answer.status_code for answer in (first, unchanged, refused)] == [200, 304, 429]
    assert [answer["X-RateLimit-Limit"] for answer in (first, unchanged, refused)] == ["2", "2", "2"]
    assert [answer["X-RateLimit-Remaining"] for answer in (first, unchanged, refused)] == ["1", "0", "0"]
    assert all(1 <= int(answer["X-RateLimit-Reset"]) <= 60 for answer in (first, unchanged, refused))
    assert abs(int(refused["Retry-After"]) - int(refused["X-RateLimit-Reset"])) <= 1


def test_pages_of_other_origins_may_read_what_the_headers_say(client):
    response = client.get("/api/v1/incidents/", headers={"Origin": "https://elsewhere.example"})

    assert {"Link", "ETag", "Retry-After", "X-RateLimit-Remaining"} <= set(
        response["Access-Control-Expose-Headers"].split(", ")
    )


def test_where_nothing_is_limited_nothing_is_said_of_limits(client, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {"anonymous": None, "key": None}}

    assert "X-RateLimit-Limit" not in client.get("/api/v1/incidents/")


def test_an_estimate_counts_as_far_as_the_page_says():
    words = dict(questions.Paging.base_fields["count"].words)

    assert f"{questions.COUNTED:,}" in words["estimate"]


def test_a_rate_that_is_none_is_refused_when_the_server_starts():
    environment = os.environ | {"API_ANONYMOUS_RATE": "often"}

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "API_ANONYMOUS_RATE: 'often' is not a rate; write it as 60/min" in done.stderr


def test_what_is_published_during_a_walk_by_update_is_in_the_changes(client, editor, monkeypatch):
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))
    made = [builders.published(title=f"No. {n}") for n in range(4)]
    first = client.get("/api/v1/incidents/?order=updated&page_size=2").json()
    editions.publish(made[0], by=editor, reason="ruleset", note="Anew, while somebody walks")

    rest = client.get(first["next"]).json()
    walked = [one["uid"] for one in first["results"] + rest["results"]]
    told = client.get(f"/api/v1/changes/?since={first['last_sequence']}").json()["results"]

    assert walked == [made[number].shown_uid for number in (3, 2, 1)]
    assert [one["uid"] for one in told] == [made[0].shown_uid]
