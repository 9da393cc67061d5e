"""Claims, editions and registers over the API: what they show, what they can be asked, what they never show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models.actor import ActorAlias
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """Two incidents, two claimants, one of whom shares a name with the other, and two sources."""
    country = rows.place("Testland", level="country", iso="TL")
    town = rows.place("Testtown", level="settlement", parent=country)
    army = rows.actor("Test army", side="pakistan", kind="state_force", aliases=["The forces"])
    group = rows.actor("Test group", side="non_state", aliases=["The forces", "گروہ"])
    gazette, radio = rows.source("Test Gazette"), rows.source("Test Radio", kind="broadcaster", reliability="B")
    first = rows.incident("First", day="2024-03-18", at=town, parts=[(army, "target")])
    second = rows.incident("Second", day="2024-04-18", parts=[(group, "perpetrator")])
    return {
        "army": army,
        "group": group,
        "first": first,
        "second": second,
        "said": rows.claim(first, by=army, cites=gazette),
        "denied": rows.claim(second, by=group, cites=radio, stance="denies", aspect="perpetrator"),
        "unnamed": rows.claim(second, cites=radio, claimant_text="Residents"),
    }


def results(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_root_lists_every_resource(client):
    answer = client.get("/api/v1/").json()

    assert {
        "incidents",
        "changes",
        "editions",
        "claims",
        "links",
        "documents",
        "actors",
        "relations",
        "locations",
        "sources",
        "statistics",
        "releases",
        "vocabulary",
        "schema",
        "documentation",
    } == set(answer)
    assert all(client.get(address).status_code == 200 for address in answer.values())


def test_claims_carry_their_incident_and_the_documents_they_cite(client, record):
    answer = results(client, "/api/v1/claims/?claimant=test-army")

    assert [one["incident"] for one in answer] == [record["first"].shown_uid]
    assert answer[0]["documents"] == [
        {
            "uid": "DDDD-DDDD",
            "title": "Statement on Torkham",
            "url": "https://example.org/statement",
            "date": "19 March 2024",
            "source": "test-gazette",
        }
    ]
    assert answer[0]["citations"][0]["excerpt"] == "Shells fell near the crossing."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["said", "denied", "unnamed"]),
        ("stance=denies", ["denied"]),
        ("aspect=perpetrator&aspect=casualties", ["denied"]),
        ("claimant=گروہ", ["denied"]),
        ("source=test-radio", ["denied", "unnamed"]),
        ("source=TEST%20RADIO", ["denied", "unnamed"]),
        ("date_to=2024-03-31", ["said"]),
        ("date_from=2024-04-18", ["denied", "unnamed"]),
        ("incident={second}&stance=asserts", ["unnamed"]),
        ("incident=AAAA-AAAA", []),
    ],
)
def test_claims_can_be_asked(client, record, query, expected):
    address = f"/api/v1/claims/?{query.format(second=record['second'].shown_uid)}"

    answer = results(client, address)

    assert {one["uid"].replace("-", "") for one in answer} == {record[name].uid for name in expected}


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("claims/?claimant=The forces", "claimant"),
        ("claims/?claimant=nobody", "claimant"),
        ("claims/?source=nobody", "source"),
        ("claims/?incident=xyz", "incident"),
        ("claims/?stance=maybe", "stance"),
        ("claims/?stance=asserts&stance=denies", "stance"),
        ("claims/?date_from=2024-03-19&date_to=2024-03-18", "date_to"),
        ("claims/?aspects=kind", "aspects"),
        ("editions/?order=random", "order"),
        ("editions/?subject=claim", "subject"),
        ("editions/?cursor=nMTIz_", "cursor"),
        ("editions/?cursor=nYWJj", "cursor"),
        ("actors/?cursor=nYQBi", "cursor"),
        ("editions/?uid=1", "uid"),
        ("actors/?kind=bandit", "kind"),
        ("actors/?side=ours", "side"),
        ("actors/?q=...", "q"),
        ("actors/?page_size=-1", "page_size"),
        ("locations/?level=village", "level"),
        ("locations/?country=nowhere", "country"),
        ("sources/?reliability=G", "reliability"),
        ("sources/?kind=blog", "kind"),
        ("actors/test-army/?verbose=1", "verbose"),
        ("locations/testtown/?verbose=1", "verbose"),
        ("sources/test-radio/?verbose=1", "verbose"),
        ("?verbose=1", "verbose"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(client, record, address, parameter):
    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [parameter]


def test_an_ambiguous_claimant_is_refused_with_the_candidates(client, record):
    sentence = client.get("/api/v1/claims/?claimant=The forces").json()["errors"]["claimant"][0]

    assert "test-army" in sentence
    assert "test-group" in sentence


def test_one_claim_has_a_permanent_address(client, record):
    response = client.get(f"/api/v1/claims/{record['denied'].uid}/")

    assert response.json()["stance"] == "denies"
    assert client.get(response.wsgi_request.path, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get("/api/v1/claims/AAAA-AAAA/").status_code == 404


def test_editions_run_newest_or_oldest_first(client, record):
    newest = results(client, "/api/v1/editions/")
    oldest = results(client, "/api/v1/editions/?order=oldest")

    assert [one["sequence"] for one in newest] == [one["sequence"] for one in reversed(oldest)]
    assert newest[0]["uid"] == record["second"].shown_uid
    assert client.get(newest[0]["url"]).json()["title"] == "Second"


def test_editions_can_be_asked_by_subject_uid_and_kind(client, record):
    rows.relation(record["group"], "fights", record["army"])

    assert [one["subject"] for one in results(client, "/api/v1/editions/?subject=relation")] == ["relation"]
    assert len(results(client, f"/api/v1/editions/?uid={record['first'].uid}")) == 1
    assert results(client, "/api/v1/editions/?kind=withdrawn") == []


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_walking_the_editions_meets_each_once_in_both_directions(client, record, order):
    for n in range(5):
        rows.incident(f"No. {n}")

    walked, address = [], f"/api/v1/editions/?order={order}&page_size=2"
    while address:
        last = client.get(address).json()
        walked.append([one["sequence"] for one in last["results"]])
        address = last["next"]
    back = [[one["sequence"] for one in last["results"]]]
    while last["previous"]:
        last = client.get(last["previous"]).json()
        back.insert(0, [one["sequence"] for one in last["results"]])

    sequence = [number for page in walked for number in page]
    assert sequence == sorted(set(sequence), reverse=order == "newest")
    assert len(sequence) == 7
    assert [number for page in back for number in page] == sequence


def test_actors_are_found_by_any_name_and_shown_with_relations(client, record):
    rows.relation(record["group"], "fights", record["army"], is_contested=True)

    found = results(client, "/api/v1/actors/?q=forces&side=non_state")
    profile = client.get("/api/v1/actors/test-group/").json()

    assert [one["slug"] for one in found] == ["test-group"]
    assert [alias["text"] for alias in found[0]["aliases"]] == ["The forces", "گروہ"]
    assert profile["relations"][0]["object"] == "test-army"
    assert profile["relations"][0]["is_contested"] is True
    assert profile["parts"] == [{"part": "perpetrator", "incidents": 1, "own": 1}]


def test_places_carry_what_they_lie_in(client, record):
    found = results(client, "/api/v1/locations/?country=testland&level=settlement")

    assert [(one["slug"], one["country"]["slug"], one["parent"]["slug"]) for one in found] == [
        ("testtown", "testland", "testland")
    ]
    assert client.get("/api/v1/locations/testtown/").json()["level"] == "settlement"
    assert len(results(client, "/api/v1/locations/?q=test")) == 2


def test_sources_carry_their_grade(client, record):
    assert [one["slug"] for one in results(client, "/api/v1/sources/?reliability=B")] == ["test-radio"]
    assert client.get("/api/v1/sources/test-gazette/").json()["reliability"] == "F"


def test_what_only_the_desk_knows_is_in_no_list_and_at_no_address(client, record, analyst):
    hidden = rows.actor("Hidden actor")
    rows.source("Hidden source")
    rows.place("Hidden place", level="settlement")
    radio = record["denied"].citations.get().source
    radio.owner = hidden
    radio.save()
    draft = builders.draft(analyst, title="Hidden draft")

    for name in ("actors", "locations", "sources", "incidents", "claims", "editions"):
        assert b"idden" not in client.get(f"/api/v1/{name}/").content
    for address in ("actors/hidden-actor", "locations/hidden-place", "sources/hidden-source", f"incidents/{draft.uid}"):
        assert client.get(f"/api/v1/{address}/").status_code == 404
    assert client.get(f"/api/v1/claims/{draft.claims.get().uid}/").status_code == 404
    assert client.get("/api/v1/sources/test-radio/").json()["owner"] is None


def test_walking_a_register_meets_every_row_once(client):
    for n in range(7):
        rows.incident(f"No. {n}", parts=[(rows.actor(f"Actor {n}"), "target")])

    walked, address = [], "/api/v1/actors/?page_size=3"
    while address:
        answer = client.get(address).json()
        walked += [one["slug"] for one in answer["results"]]
        address = answer["next"]

    assert walked == [f"actor-{n}" for n in range(7)]
    assert answer["count"] == 7


@pytest.mark.parametrize("name", ["claims", "editions", "actors", "locations", "sources"])
def test_every_list_costs_the_same_queries_for_5_and_25_rows(client, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/v1/{name}/?page_size=100").json()["count"] >= 5
        return len(captured)

    def publish(numbers):
        for n in numbers:
            actor = rows.actor(f"Actor {n}")
            ActorAlias.objects.create(actor=actor, text=f"Alias {n}", folded=f"alias {n}", kind="acronym")
            place = rows.place(f"Place {n}", level="country")
            rows.claim(
                rows.incident(f"No. {n}", at=place, parts=[(actor, "target")]),
                by=actor,
                cites=rows.source(f"Source {n}"),
            )

    publish(range(5))
    few = queries()
    publish(range(5, 25))

    assert queries() == few
