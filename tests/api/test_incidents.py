"""Incidents over the API: lists, stored bytes, validators, what became of withdrawn and merged ones."""

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import uids
from events.models.edition import EditionDocument
from tests.record import rows

pytestmark = pytest.mark.django_db


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == response.status_code
    return body


def test_list_gives_the_stored_documents_in_an_envelope(client):
    rows.incident("Older", day="2024-01-02")
    newer = rows.incident("Newer", day="2024-03-18")

    answer = client.get("/api/v1/incidents/").json()

    assert [result["title"] for result in answer["results"]] == ["Newer", "Older"]
    assert answer["results"][0] == json.loads(EditionDocument.objects.get(edition=newer.edition).body)
    assert {name: answer[name] for name in ("count", "next", "previous", "selection", "ruleset")} == {
        "count": 2,
        "next": None,
        "previous": None,
        "selection": {},
        "ruleset": 1,
    }


def test_an_empty_record_gives_an_empty_list(client):
    answer = client.get("/api/v1/incidents/").json()

    assert (answer["count"], answer["results"]) == (0, [])


def test_filters_are_those_of_the_pages_and_are_echoed(client):
    rows.incident("Shelling", kind="shelling")
    rows.incident("Talks", kind="talks")
    rows.incident("Raid elsewhere", kind="raid", day="2023-01-01")

    answer = client.get("/api/v1/incidents/?kind=shelling&kind=raid&date_from=2024-03-18&q=").json()

    assert [result["title"] for result in answer["results"]] == ["Shelling"]
    assert answer["count"] == 1
    assert answer["selection"] == {"kind": ["shelling", "raid"], "date_from": "2024-03-18"} | answer["selection"]


def test_walking_the_cursors_meets_every_row_once_in_both_directions(client):
    made = {rows.incident(f"No. {n}", day=f"2024-03-{1 + n // 3:02}").shown_uid for n in range(11)}

    forwards, address, last = [], "/api/v1/incidents/?page_size=4&kind=shelling", None
    while address:
        answer = client.get(address).json()
        forwards += [result["uid"] for result in answer["results"]]
        address, last = answer["next"], answer
    backwards = [result["uid"] for result in last["results"]]
    while last["previous"]:
        last = client.get(last["previous"]).json()
        backwards = [result["uid"] for result in last["results"]] + backwards

    assert len(forwards) == 11
    assert set(forwards) == made
    assert backwards == forwards


def test_next_and_previous_are_in_the_link_header_and_keep_the_question(client):
    for n in range(3):
        rows.incident(f"No. {n}")

    response = client.get("/api/v1/incidents/?page_size=1&kind=shelling")

    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert "kind=shelling" in response.json()["next"]
    assert response.json()["next"].startswith("http://testserver/api/v1/incidents/?")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=bombing", "kind"),
        ("kinds=shelling", "kinds"),
        ("date_from=18.3.2024", "date_from"),
        ("date_from=2024-03-19&date_to=2024-03-18", "date_to"),
        ("date_from=2024-03-18&date_from=2024-03-19", "date_from"),
        ("actor=nobody", "actor"),
        ("role=target", "role"),
        ("country=nowhere", "country"),
        ("contested=perhaps", "contested"),
        ("escalation_min=12", "escalation_min"),
        ("q=" + "x" * 201, "q"),
        ("q=%00", "q"),
        ("page_size=0", "page_size"),
        ("page_size=501", "page_size"),
        ("page_size=ten", "page_size"),
        ("page_size=" + "9" * 40, "page_size"),
        ("cursor=rubbish", "cursor"),
        ("cursor=n", "cursor"),
        ("cursor=nAAAA", "cursor"),
        ("cursor=n%C3%A9", "cursor"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name_and_gives_no_rows(client, query, parameter):
    rows.incident()

    response = client.get(f"/api/v1/incidents/?{query}")

    assert response.status_code == 400
    assert list(problem(response)["errors"]) == [parameter]
    assert all(sentence.endswith((".", "?")) for sentence in response.json()["errors"][parameter])
    assert "results" not in response.json()


def test_every_wrong_parameter_is_named_at_once(client):
    response = client.get("/api/v1/incidents/?kind=bombing&page_size=x&colour=red")

    assert set(problem(response)["errors"]) == {"kind", "page_size", "colour"}


def test_detail_is_the_stored_document_byte_for_byte(client):
    row = rows.incident()
    body = EditionDocument.objects.get(edition=row.edition).body.encode()

    response = client.get(f"/api/v1/incidents/{row.shown_uid}/")

    assert response.content == body
    assert response["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    assert response["Content-Type"] == "application/json"
    assert f'</incidents/{row.shown_uid}/>; rel="alternate"' in response["Link"]
    assert f"</api/v1/incidents/{row.shown_uid}/provenance/>" in response["Link"]
    assert response["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Authorization" in response["Vary"]


def test_any_spelling_of_the_uid_is_understood(client):
    row = rows.incident()

    assert client.get(f"/api/v1/incidents/{row.uid.lower()}/").status_code == 200


def test_an_unchanged_document_is_answered_with_304(client):
    row = rows.incident()
    address = f"/api/v1/incidents/{row.shown_uid}/"
    etag = client.get(address)["ETag"]

    same = client.get(address, headers={"If-None-Match": etag})
    since = client.get(address, headers={"If-Modified-Since": "Mon, 23 Nov 2026 10:00:00 GMT"})
    other = client.get(address, headers={"If-None-Match": '"something else"'})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert since.status_code == 304
    assert other.status_code == 200


def test_head_and_options_are_answered(client):
    row = rows.incident()

    head = client.head(f"/api/v1/incidents/{row.shown_uid}/")
    options = client.options("/api/v1/incidents/")

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"]
    assert options.status_code == 204
    assert set(options["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_other_methods_are_refused_with_the_allowed_ones(client):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)("/api/v1/incidents/")

        assert response.status_code == 405
        assert "GET" in problem(response)["detail"]


def test_an_unknown_incident_is_404_and_so_is_a_stray_parameter_400(client):
    row = rows.incident()

    assert problem(client.get("/api/v1/incidents/AAAA-AAAA/"))["status"] == 404
    assert problem(client.get(f"/api/v1/incidents/{row.shown_uid}/?fields=title"))["errors"]


def test_a_withdrawn_incident_says_why_with_410(client):
    uid = uids.new()
    rows.edition(uid, kind="published")
    rows.edition(uid, number=2, kind="withdrawn", reason="retraction", note="The source took it back.")

    response = client.get(f"/api/v1/incidents/{uid}/")

    assert response.status_code == 410
    assert problem(response)["reason"] == "retraction"
    assert "The source took it back." in response.json()["detail"]
    assert client.get(response.json()["editions"]).json()["count"] == 2


def test_a_merged_incident_leads_to_the_last_survivor(client):
    survivor = rows.incident()
    first, second = uids.new(), uids.new()
    rows.edition(first, number=2, kind="merged", reason="merge", into=second)
    rows.edition(second, number=2, kind="merged", reason="merge", into=survivor.uid)

    response = client.get(f"/api/v1/incidents/{first}/")

    assert response.status_code == 301
    assert response["Location"] == f"/api/v1/incidents/{survivor.shown_uid}/"


def test_every_edition_is_listed_and_can_be_read_as_it_was(client):
    row = rows.incident()
    second = rows.edition(row.uid, {"title": "Second"}, number=2, reason="correction", note="A day was wrong.")

    listed = client.get(f"/api/v1/incidents/{row.shown_uid}/editions/").json()
    old = client.get(f"/api/v1/incidents/{row.shown_uid}/editions/1/")

    assert [(one["number"], one["reason"], one["note"]) for one in listed["results"]] == [
        (2, "correction", "A day was wrong."),
        (1, "new_incident", ""),
    ]
    assert listed["results"][0]["sha256"] == second.sha256
    assert client.get(listed["results"][0]["url"]).json()["title"] == "Second"
    assert old.json()["title"] == row.title
    assert client.get(f"/api/v1/incidents/{row.shown_uid}/editions/3/").status_code == 404
    assert client.get(f"/api/v1/incidents/{row.shown_uid}/editions/{'9' * 30}/").status_code == 404
    assert client.get("/api/v1/incidents/AAAA-AAAA/editions/").status_code == 404


def test_an_edition_before_one_made_for_privacy_is_withheld(client):
    row = rows.incident("A private name")
    last = rows.edition(row.uid, {"title": "Without the name"}, number=2, reason="privacy", note="A name was removed.")

    first = client.get(f"/api/v1/incidents/{row.shown_uid}/editions/1/")
    by_sequence = client.get(f"/api/v1/editions/{row.edition_id}/")

    assert (first.status_code, by_sequence.status_code) == (410, 410)
    assert "A private name" not in first.content.decode() + by_sequence.content.decode()
    assert client.get(f"/api/v1/editions/{last.pk}/").json()["title"] == "Without the name"


def test_lists_cost_the_same_queries_for_5_and_25_rows(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/incidents/?page_size=100")
        return len(captured)

    for n in range(5):
        rows.incident(f"No. {n}")
    few = queries()
    for n in range(20):
        rows.incident(f"More {n}")

    assert queries() == few <= 5


def test_reading_sets_no_cookie_and_is_open_to_other_origins(client):
    rows.incident()

    response = client.get("/api/v1/incidents/", headers={"Origin": "https://elsewhere.example"})

    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
