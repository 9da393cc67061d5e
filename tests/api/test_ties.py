"""Links, relations, cited documents and the codebook over the API: each says by which claims it is as it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.choices import Kind, LinkType
from events.desk import claims, incidents, registers
from events.models.claim import Claim
from events.press import editions, relations
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db


def results(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def uids_of(client, address):
    return {one["uid"] for one in results(client, address)}


@pytest.fixture
def linked(analyst, editor):
    """An answer and its cause, both public: one link that the editors set, one that claims assert and deny."""
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    cause = builders.published(by=analyst, editor=editor, title="The cause")
    answer = builders.published(by=analyst, editor=editor, title="The answer")
    follows = incidents.link(answer, cause, by=editor, type="follows")
    contested = incidents.link(answer, cause, by=analyst, type="retaliation_for")
    for stance, who in (("asserts", {"claimant": front}), ("denies", {"claimant_text": "An official"})):
        given = builders.claim("link", stance=stance, **who)
        claims.decide(claims.add(contested, by=analyst, **given), by=editor, verdict="accepted", credibility=2)
    draft = builders.draft(analyst, title="Hidden draft")
    hidden = incidents.link(answer, draft, by=editor, type="follows")
    editions.publish(answer, by=editor, reason="correction", note="With its links")
    return {"cause": cause, "answer": answer, "follows": follows, "contested": contested, "hidden": hidden}


def test_links_name_both_ends_their_standing_and_the_claims_behind_it(client, linked):
    answer = {one["type"]: one for one in results(client, "/api/v1/links/")}

    behind = sorted(claim.shown_uid for claim in Claim.objects.filter(link=linked["contested"]))
    assert set(answer) == {"follows", "retaliation_for"}
    told = answer["retaliation_for"]
    assert (told["from"], told["to"]) == (linked["answer"].shown_uid, linked["cause"].shown_uid)
    assert (told["standing"], sorted(told["claims"])) == ("contested", behind)
    assert (answer["follows"]["standing"], answer["follows"]["claims"]) == ("editorial", [])
    document = client.get(f"/api/v1/editions/{told['edition']}/").json()
    assert told["uid"] in {link["uid"] for link in document["links"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"follows", "contested"}),
        ("type=follows", {"follows"}),
        ("type=follows&type=retaliation_for", {"follows", "contested"}),
        ("type=same_as", set()),
        ("standing=contested", {"contested"}),
        ("standing=asserted", set()),
    ],
)
def test_links_are_chosen_by_what_is_asked(client, linked, query, expected):
    assert uids_of(client, f"/api/v1/links/?{query}") == {linked[name].shown_uid for name in expected}


def test_links_of_an_incident_are_those_at_either_end(client, linked):
    other = rows.incident()

    for end in ("cause", "answer"):
        assert len(results(client, f"/api/v1/links/?incident={linked[end].shown_uid}")) == 2
    assert results(client, f"/api/v1/links/?incident={other.uid}") == []


def test_a_link_to_what_is_not_public_is_nowhere(client, linked, editor):
    editions.withdraw(linked["cause"], by=editor, reason="retraction", note="The made-up source took it back.")

    assert results(client, "/api/v1/links/") == []
    for name in ("follows", "contested", "hidden"):
        assert client.get(f"/api/v1/links/{linked[name].uid}/").status_code == 404


def test_one_link_is_as_in_the_list(client, linked):
    listed = {one["uid"]: one for one in results(client, "/api/v1/links/")}

    for uid, one in listed.items():
        assert client.get(f"/api/v1/links/{uid}/").json() == one


@pytest.fixture
def cited(analyst, editor):
    """A statement that two incidents cite, in three claims, and a report of another source, in one."""
    gazette, radio = builders.source("Test Gazette"), builders.source("Test Radio", kind="broadcaster")
    statement = builders.document("Statement on Torkham", source_row=gazette, language="ps")
    report = builders.document("Report from Wana", source_row=radio, url="https://radio.example/wana")
    first = builders.published(
        by=analyst,
        editor=editor,
        title="First",
        claims=[
            builders.claim(document_row=statement),
            builders.claim("target_nature", value_code="school", document_row=statement),
        ],
    )
    second = builders.published(
        by=analyst,
        editor=editor,
        title="Second",
        claims=[
            builders.claim(document_row=statement),
            builders.claim("target_nature", value_code="school", document_row=report),
        ],
    )
    builders.document("Hidden report", source_row=gazette)
    claims.add(first, by=analyst, **builders.claim("motive", value_text="why", claimant_text="A", document_row=report))
    return {"statement": statement, "report": report, "first": first, "second": second}


def test_documents_say_how_many_public_claims_cite_them_and_which(client, cited):
    listed = {one["uid"]: one for one in results(client, "/api/v1/documents/")}
    statement = client.get(f"/api/v1/documents/{cited['statement'].uid}/").json()

    assert {one["title"]: one["claims_count"] for one in listed.values()} == {
        "Statement on Torkham": 3,
        "Report from Wana": 1,
    }
    citing = {claim.shown_uid for claim in Claim.objects.filter(citations__document=cited["statement"])}
    assert set(statement["claims"]) == citing and len(statement["claims"]) == statement["claims_count"] == 3
    assert {name: statement[name] for name in listed[statement["uid"]]} == listed[statement["uid"]]
    assert (statement["language"], statement["source"]["slug"]) == ("ps", "test-gazette")
    for uid in statement["claims"]:
        assert client.get(f"/api/v1/claims/{uid}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source=test-radio", ["Report from Wana"]),
        ("q=statement", ["Statement on Torkham"]),
        ("q=torkham+STATEMENT", ["Statement on Torkham"]),
        ("q=radio.example", ["Report from Wana"]),
        ("q=torkham+wana", []),
        ("q=hidden", []),
        ("q=50%25", []),
    ],
)
def test_documents_are_chosen_by_what_is_asked(client, cited, query, expected):
    assert [one["title"] for one in results(client, f"/api/v1/documents/?{query}")] == expected


def test_documents_of_an_incident_still_count_all_their_claims(client, cited):
    first = results(client, f"/api/v1/documents/?incident={cited['first'].uid}")

    assert [(one["title"], one["claims_count"]) for one in first] == [("Statement on Torkham", 3)]


def test_a_document_is_shown_as_the_newest_edition_that_cites_it_shows_it(client, cited, editor):
    registers.edit_document(cited["statement"], by=editor, version=1, author="A new byline")
    waiting = cited["first"].claims.get(verdict="pending")
    claims.decide(waiting, by=editor, verdict="rejected", rationale="Not what it says")
    before = client.get(f"/api/v1/documents/{cited['statement'].uid}/").json()
    editions.publish(cited["first"], by=editor, reason="ruleset", note="Made anew")

    assert before["author"] == ""
    assert client.get(f"/api/v1/documents/{cited['statement'].uid}/").json()["author"] == "A new byline"


def test_a_document_that_nothing_public_cites_has_no_address(client, cited):
    assert client.get(f"/api/v1/documents/{builders.document().uid}/").status_code == 404


@pytest.fixture
def related(db):
    """Of a made-up group: dated, half open, wholly open and only talked-about relations."""
    group, army, wing, exile = (rows.actor(f"Test {name}") for name in ("group", "army", "wing", "exile"))
    days = {"valid_from": date(2022, 1, 1), "valid_until": date(2022, 12, 31)}
    return {
        "dated": rows.relation(group, "fights", army, **days),
        "since": rows.relation(wing, "faction_of", group, valid_from=date(2023, 6, 1)),
        "until": rows.relation(exile, "sponsors", group, valid_until=date(2022, 6, 30)),
        "open": rows.relation(army, "rival_of", wing),
        "talk": rows.relation(exile, "allied_with", army, stands=False),
    }


def names_of(client, related, query):
    known = {relation.uid: name for name, relation in related.items()}
    return {known[one["uid"].replace("-", "")] for one in results(client, f"/api/v1/relations/?{query}")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"dated", "since", "until", "open", "talk"}),
        ("at=2021-12-31", {"until", "open", "talk"}),
        ("at=2022-01-01", {"dated", "until", "open", "talk"}),
        ("at=2022-06-30", {"dated", "until", "open", "talk"}),
        ("at=2022-12-31", {"dated", "open", "talk"}),
        ("at=2023-06-01", {"since", "open", "talk"}),
        ("type=fights&type=sponsors", {"dated", "until"}),
        ("actor=test-group", {"dated", "since", "until"}),
        ("actor=test-army&at=2024-01-01", {"open", "talk"}),
        ("stands=yes&at=2024-01-01", {"since", "open"}),
        ("stands=no", {"talk"}),
    ],
)
def test_an_end_that_nobody_dates_is_open(client, related, query, expected):
    assert names_of(client, related, query) == expected


def test_of_a_day_it_is_said_whether_known_days_enclose_it(client, related):
    told = {one["type"]: one["is_dated"] for one in results(client, "/api/v1/relations/?at=2022-06-30")}

    assert told == {"fights": True, "sponsors": False, "rival_of": False, "allied_with": False}
    assert {one["is_dated"] for one in results(client, "/api/v1/relations/")} == {None}


def test_an_actor_has_all_its_relations_or_those_of_a_day(client, related):
    def told(query):
        answer = client.get(f"/api/v1/actors/test-group/{query}").json()
        return answer["at"], [one["type"] for one in answer["relations"]]

    assert told("") == (None, ["faction_of", "fights", "sponsors"])
    assert told("?at=2022-03-01") == ("2022-03-01", ["fights", "sponsors"])
    assert told("?at=2024-03-18") == ("2024-03-18", ["faction_of"])


@pytest.mark.parametrize("query", ["at=18.3.2024", "at=2024-03-18&at=2024-03-19", "on=2024-03-18", "at=2024-02-30"])
def test_a_day_that_is_none_is_refused_for_an_actor(client, related, query):
    response = client.get(f"/api/v1/actors/test-group/?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("related_to=test-group", {"test-army", "test-wing", "test-exile"}),
        ("related_to=test-group&at=2022-03-01", {"test-army", "test-exile"}),
        ("related_to=test-group&relation=fights", {"test-army"}),
        ("relation=faction_of", {"test-wing", "test-group"}),
        ("relation=allied_with", set()),
        ("at=2024-03-18&relation=fights&relation=sponsors", set()),
        ("related_to=test-group&q=wing", {"test-wing"}),
    ],
)
def test_actors_are_chosen_by_the_relations_that_are_held(client, related, query, expected):
    assert {one["slug"] for one in results(client, f"/api/v1/actors/?{query}")} == expected


def test_a_relation_names_its_claims_and_after_its_withdrawal_the_reason(client, analyst, editor):
    front, army = builders.actor("Test Front"), builders.actor("Test army")
    relation = registers.relate(front, "fights", army, by=editor, basis="claimed")
    claim = claims.add(relation, by=analyst, **builders.claim("relation", claimant=army))
    claims.decide(claim, by=editor, verdict="accepted", credibility=2)
    relations.publish_relation(relation, by=editor, reason="new_incident")

    told = client.get(f"/api/v1/relations/{relation.uid}/").json()
    relations.withdraw_relation(relation, by=editor, reason="retraction", note="Nobody stands by it.")
    gone = client.get(f"/api/v1/relations/{relation.uid}/")

    assert (told["stands"], told["claims"]) == (True, [claim.shown_uid])
    assert (gone.status_code, gone.json()["reason"]) == (410, "retraction")
    assert "Nobody stands by it." in gone.json()["detail"]
    assert client.get(gone.json()["editions"]).json()["count"] == 2
    assert client.get("/api/v1/relations/AAAA-AAAA/").status_code == 404


@pytest.mark.parametrize("name", ["links", "documents", "relations"])
def test_every_list_costs_the_same_queries_for_5_and_25_rows(client, name, analyst, editor):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/v1/{name}/?page_size=100").json()["count"] >= 3
        return len(captured)

    def publish(numbers):
        for n in numbers:
            if name == "relations":
                rows.relation(rows.actor(f"Actor {n}"), "fights", rows.actor(f"Other {n}"))
                continue
            cause, answer = (builders.published(by=analyst, editor=editor, title=f"{word} {n}") for word in "AB")
            incidents.link(answer, cause, by=editor, type="follows")
            editions.publish(answer, by=editor, reason="correction", note="A link")

    publish(range(3))
    few = queries()
    publish(range(3, 8))

    assert queries() == few


def test_the_codebook_tells_every_word_its_neighbours_elsewhere_and_its_use(client):
    answer = client.get("/api/v1/vocabulary/").json()

    lists = {one["name"]: one for one in answer["results"]}
    assert (answer["count"], answer["selection"], answer["ruleset"]) == (len(lists), {}, 1)
    assert {one["code"] for one in lists["kind"]["entries"]} == set(Kind.codes())
    shelling = next(one for one in lists["kind"]["entries"] if one["code"] == "shelling")
    assert shelling["category"] == "violent"
    assert shelling["acled"]["sub_event_type"] == "Shelling/artillery/missile attack"
    assert shelling["ucdp"] == {"type_of_violence": [1, 3]}
    statement = next(one for one in lists["kind"]["entries"] if one["code"] == "statement")
    assert (statement["acled"], statement["ucdp"], statement["plover"]) == (None, None, "ACCUSE")
    assert "Claim.stance" in lists["stance"]["fields"] and lists["stance"]["parameters"] == ["claims: stance"]
    assert lists["kind"]["columns"] == ["kind"]
    assert [one["code"] for one in lists["link_type"]["entries"]] == list(LinkType.codes())
    unused = [name for name, one in lists.items() if not (one["fields"] or one["columns"] or one["parameters"])]
    assert unused == []


def test_one_list_of_words_is_as_in_the_codebook(client):
    for one in client.get("/api/v1/vocabulary/").json()["results"][:5]:
        assert client.get(f"/api/v1/vocabulary/{one['name']}/").json() == one
    assert client.get("/api/v1/vocabulary/colours/").status_code == 404
