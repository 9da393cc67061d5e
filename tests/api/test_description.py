"""The API described: the OpenAPI document holds together, and the pages show what the lists really take."""

import json
import re
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.db import OperationalError

from events.api import questions
from events.api.examples import DRAFT
from events.desk import incidents
from events.press import editions
from tests import builders
from tests.record import rows


@pytest.fixture
def description(client):
    return client.get("/api/schema/").json()


def test_the_description_is_valid_and_without_warnings():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_every_reference_leads_somewhere(description):
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)))

    assert refs
    assert refs <= set(description["components"]["schemas"])


def test_every_list_documents_exactly_the_parameters_it_takes(description):
    documented = {item["name"] for item in description["paths"]["/api/v1/incidents/"]["get"]["parameters"]}

    assert documented == {name for name, _, _ in questions.definitions(questions.incidents)}


@pytest.mark.django_db
def test_answers_are_as_described(client, description):
    incident = builders.published(claims=[builders.claim("casualties", lines=[builders.toll(3)])])
    place = incident.location
    paper = incident.claims.get().citations.get().document
    source = paper.source
    editor = builders.person("editor")
    link = incidents.link(incident, builders.published(), by=editor, type="follows")
    editions.publish(incident, by=editor, reason="correction", note="A link")
    relation = rows.relation(rows.actor("Test group"), "fights", rows.actor("Test army"))
    addresses = {
        "/api/v1/": "/api/v1/",
        "/api/v1/incidents/": "/api/v1/incidents/",
        "/api/v1/incidents/{uid}/": f"/api/v1/incidents/{incident.uid}/",
        "/api/v1/incidents/{uid}/editions/": f"/api/v1/incidents/{incident.uid}/editions/",
        "/api/v1/changes/": "/api/v1/changes/",
        "/api/v1/incidents/{uid}/provenance/": f"/api/v1/incidents/{incident.uid}/provenance/",
        "/api/v1/editions/": "/api/v1/editions/",
        "/api/v1/claims/": "/api/v1/claims/",
        "/api/v1/statistics/": "/api/v1/statistics/",
        "/api/v1/claims/{uid}/": f"/api/v1/claims/{incident.claims.get().uid}/",
        "/api/v1/actors/": "/api/v1/actors/",
        "/api/v1/locations/": "/api/v1/locations/",
        "/api/v1/locations/{slug}/": f"/api/v1/locations/{place.slug}/",
        "/api/v1/links/": "/api/v1/links/",
        "/api/v1/links/{uid}/": f"/api/v1/links/{link.uid}/",
        "/api/v1/documents/": "/api/v1/documents/",
        "/api/v1/documents/{uid}/": f"/api/v1/documents/{paper.uid}/",
        "/api/v1/relations/": "/api/v1/relations/",
        "/api/v1/relations/{uid}/": f"/api/v1/relations/{relation.uid}/",
        "/api/v1/vocabulary/": "/api/v1/vocabulary/",
        "/api/v1/vocabulary/{name}/": "/api/v1/vocabulary/kind/",
        "/api/v1/sources/": "/api/v1/sources/",
        "/api/v1/sources/{slug}/": f"/api/v1/sources/{source.slug}/",
    }

    for path, address in addresses.items():
        schema = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(client.get(address).json(), schema | {"components": description["components"]})


def test_the_example_of_a_draft_is_as_described(description):
    content = description["paths"]["/api/v1/drafts/"]["post"]["requestBody"]["content"]["application/json"]

    jsonschema.validate(DRAFT, content["schema"] | {"components": description["components"]})
    assert [example["value"] for example in content["examples"].values()] == [DRAFT]


def test_every_example_of_a_body_is_as_described(description):
    bodies = [
        operation["requestBody"]["content"]["application/json"]
        for path in description["paths"].values()
        for operation in path.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]

    for body in bodies:
        for example in body.get("examples", {}).values():
            jsonschema.validate(example["value"], body["schema"] | {"components": description["components"]})
    assert sum("examples" in body for body in bodies) >= 4


@pytest.mark.django_db
def test_an_actor_is_as_described(client, description):
    group = rows.actor("Test group")
    rows.incident(parts=[(group, "perpetrator")])
    rows.relation(group, "fights", rows.actor("Test army"))
    content = description["paths"]["/api/v1/actors/{slug}/"]["get"]["responses"]["200"]["content"]

    answer = client.get("/api/v1/actors/test-group/?at=2024-03-18").json()

    jsonschema.validate(answer, content["application/json"]["schema"] | {"components": description["components"]})


@pytest.mark.django_db
def test_the_page_shows_every_parameter_and_every_status(client):
    response = client.get("/api/docs/")

    page = response.content.decode()
    assert response.status_code == 200
    for _, question in (("incidents", questions.incidents), ("claims", questions.ClaimQuestion)):
        for name, _, _ in questions.definitions(question):
            assert f"<code>{name}</code>" in page
    assert 'id="problem-410"' in page
    assert "style=" not in page


@pytest.mark.django_db
def test_the_page_to_try_it_has_every_script_in_a_file_of_this_site(client):
    page = client.get("/api/docs/try/").content.decode()
    script = client.get("/api/docs/try/?script=")

    assert re.findall(r"<script(?! src=\"/)", page) == []
    assert "<style" not in page
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/schema/" in script.content.decode()


def test_the_description_can_be_read_from_other_origins_and_again_for_nothing(client):
    first = client.get("/api/schema/", headers={"Origin": "https://elsewhere.example"})

    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/schema/", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_a_busy_database_is_answered_with_503_and_a_time_to_come_back(client, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(questions, "incidents", busy)

    response = client.get("/api/v1/incidents/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "locked" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/claims/", "/api/v1/editions/", "/api/v1/statistics/"])
@pytest.mark.parametrize("accept", ["text/csv", "application/xml"])
def test_only_json_is_spoken_but_for_incidents(client, address, accept):
    response = client.get(address, headers={"Accept": accept})

    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_format_in_the_query_is_an_unknown_parameter_like_any_other(client):
    response = client.get("/api/v1/incidents/?format=xml")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["format"]
