"""A draft that is likely logged already: 409 with what the key's person may see of it, unless told to go on."""

import json

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import keys
from events.models.incident import Incident
from events.models.source import Document
from tests import builders
from tests.api.test_drafts import counts, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return builders.places()["town"]


def key_of(person):
    return keys.issue(person, by=person, name="test", scope="log")[1]


def body(**changes):
    day = {"start": "2024-03-18"}
    return {
        "title": "Shots at a made-up post",
        "kind": "ambush",
        "date": day,
        "location": "testtown",
        "location_precision": "settlement",
    } | changes


def logged(by, town, **changes):
    return builders.draft(by, title="Attack on a post", location=town, location_precision="settlement", **changes)


def test_what_is_likely_logged_is_answered_with_the_candidates_and_reasons(client, analyst, town):
    twin, secret = logged(analyst, town), key_of(analyst)
    before = counts()

    response = send(client, secret, body())

    assert (response.status_code, response["Content-Type"]) == (409, "application/problem+json")
    (candidate,) = response.json()["candidates"]
    assert candidate["uid"] == twin.shown_uid
    assert candidate["desk_url"].endswith(f"/desk/incidents/{twin.shown_uid}/")
    assert candidate["reasons"] == ["same kind family: ambush / armed assault", "same day", "same place: Testtown"]
    assert (candidate["date"]["start"], candidate["location"]["name"]) == ("2024-03-18", "Testtown")
    assert counts() == before


def test_told_to_go_on_it_is_logged(client, analyst, town):
    logged(analyst, town)

    assert send(client, key_of(analyst), body(despite_duplicates=False)).status_code == 409
    assert send(client, key_of(analyst), body(despite_duplicates=True)).status_code == 201


def test_a_request_sent_again_gives_its_draft_and_not_a_conflict_with_itself(client, analyst, town):
    secret = key_of(analyst)
    first = send(client, secret, body(), **{"Idempotency-Key": "one"})

    again = send(client, secret, body(), **{"Idempotency-Key": "one"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


def test_a_refused_duplicate_leaves_its_idempotency_key_free(client, analyst, town):
    logged(analyst, town)
    secret = key_of(analyst)
    assert send(client, secret, body(), **{"Idempotency-Key": "one"}).status_code == 409

    told = send(client, secret, body(despite_duplicates=True), **{"Idempotency-Key": "one"})

    assert told.status_code == 201


@pytest.mark.parametrize("writer", ["analyst", "editor"])
def test_other_peoples_drafts_are_never_named_to_a_key(client, request, other_analyst, town, writer):
    logged(other_analyst, town)
    person = request.getfixturevalue(writer)  # an editor's key has an analyst's eyes

    assert send(client, key_of(person), body()).status_code == 201


def test_a_published_incident_is_a_candidate_for_everybody(client, other_analyst, town):
    public = builders.published(title="Attack on a post", location=town, location_precision="settlement")

    response = send(client, key_of(other_analyst), body())

    assert [one["uid"] for one in response.json()["candidates"]] == [public.shown_uid]


def test_a_wrong_body_is_refused_before_it_is_compared(client, analyst, town):
    logged(analyst, town)

    assert send(client, key_of(analyst), body(location_precision=None)).status_code == 400


def test_documents_of_a_refused_duplicate_are_taken_back(client, analyst, town):
    logged(analyst, town)
    known = Document.objects.count()
    document = {"title": "New words", "source": {"name": "New channel", "kind": "online"}}
    claim = {"aspect": "occurrence", "claimant_text": "A witness", "citations": [{"document": document}]}

    assert send(client, key_of(analyst), body(claims=[claim])).status_code == 409
    assert Document.objects.count() == known


def test_the_conflict_is_as_described(client, analyst, town):
    description = client.get("/api/schema/").json()
    answers = description["paths"]["/api/v1/drafts/"]["post"]["responses"]
    schema = answers["409"]["content"]["application/problem+json"]["schema"]
    logged(analyst, town)
    builders.draft(analyst, title="Shots at a made-up post", kind="ambush")

    response = send(client, key_of(analyst), body())

    assert len(response.json()["candidates"]) == 2
    jsonschema.validate(response.json(), schema | {"components": description["components"]})


def test_one_candidate_costs_as_many_queries_as_eight(client, analyst, town):
    secret = key_of(analyst)
    content = json.dumps(body()).encode()

    def cost(count):
        for _ in range(count):
            logged(analyst, town)
        with CaptureQueriesContext(connection) as asked:
            assert send(client, secret, content).status_code == 409
        return len(asked)

    cost(1)  # the key notes its first use
    assert cost(1) == cost(6)
    assert Incident.objects.count() == 8
