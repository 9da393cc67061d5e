"""Logging an incident by key: what a good body makes, and that a refused one leaves nothing behind."""

import copy
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from events.api import writing
from events.api.examples import DRAFT
from events.desk import keys
from events.models.change import Change
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.source import Document, Source
from tests import builders

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/drafts/"


@pytest.fixture
def register(analyst):
    """A place and three actors, two of which share a name."""
    places = builders.places()
    army = builders.actor("Test army", aliases=[{"text": "The forces", "kind": "metonym"}])
    group = builders.actor(
        "Test group", kind="armed_group", side="non_state", aliases=[{"text": "The forces", "kind": "metonym"}]
    )
    return places | {"army": army, "group": group, "source": builders.source("Known Gazette", domain="known.example")}


@pytest.fixture
def secret(analyst):
    return keys.issue(analyst, by=analyst, name="test", scope="log")[1]


def send(client, secret, body, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {secret}"} | headers
    return client.post(ADDRESS, content, content_type="application/json", headers=headers)


def good():
    return {
        "title": "Attack near Testtown",
        "kind": "armed_assault",
        "date": {"start": "2024-03-16", "precision": "part_of_day", "time_local": "05:30", "time_zone": "Asia/Karachi"},
        "location": "testtown",
        "location_precision": "settlement",
        "tags": ["checkpoint"],
        "claims": [
            {
                "aspect": "casualties",
                "claimant": "test-army",
                "attribution": "office",
                "lines": [
                    {"outcome": "killed", "category": "security_forces", "best": 7, "party": "test-army"},
                    {"outcome": "injured", "category": "all", "qualifier": "at_least", "low": 17},
                    {"outcome": "injured", "category": "all", "demographic": "women", "best": 2, "subset_of": 1},
                ],
                "citations": [
                    {
                        "document": {
                            "url": "https://www.known.example/report?utm_source=x",
                            "title": "Seven killed",
                            "published": {"start": "2024-03-16"},
                        },
                        "excerpt": "Seven of our men were killed.",
                        "excerpt_language": "en",
                    }
                ],
            },
            {
                "aspect": "perpetrator",
                "part": "perpetrator",
                "stance": "denies",
                "claimant_text": "A spokesman",
                "actor": "Test group",
                "citations": [
                    {
                        "document": {
                            "title": "Audio message",
                            "source": {"name": "New channel", "kind": "social_account"},
                        },
                        "excerpt": "It was not us.",
                    }
                ],
            },
        ],
    }


def counts():
    return [model.objects.count() for model in (Incident, Claim, Document, Source, Change)]


def test_a_good_body_becomes_a_draft_of_the_person_with_everything_in_it(client, secret, register, analyst):
    response = send(client, secret, good())

    assert response.status_code == 201, response.content
    incident = Incident.objects.get()
    assert response.json() == {
        "uid": incident.shown_uid,
        "status": "draft",
        "desk_url": f"http://testserver/desk/incidents/{incident.shown_uid}/",
    }
    assert response["Location"] == response.json()["desk_url"]
    assert (incident.created_by, incident.category, incident.location) == (analyst, "violent", register["town"])
    assert str(incident.date.time_local) == "05:30:00"
    toll, denial = incident.claims.order_by("position")
    assert [(line.low, line.best, line.high, line.open_upper) for line in toll.lines.all()] == [
        (7, 7, 7, False),
        (17, None, None, True),
        (2, 2, 2, False),
    ]
    assert toll.lines.all()[2].subset_of == toll.lines.all()[1]
    assert toll.citations.get().document.source == register["source"]
    assert (denial.value_actor, denial.claimant_text) == (register["group"], "A spokesman")
    assert denial.citations.get().document.source.name == "New channel"


def test_the_published_example_is_a_good_body(client, secret):
    builders.location("Pakistan", level="country")

    assert send(client, secret, DRAFT).status_code == 201


def test_a_document_known_under_its_address_is_taken_as_it_is(client, secret, register):
    known = builders.document("Known", source_row=register["source"], url="http://known.example/report/")

    send(client, secret, good())

    assert Incident.objects.get().claims.first().citations.get().document == known
    known.refresh_from_db()
    assert known.title == "Known"


def test_null_is_the_same_as_leaving_a_field_out(client, secret):
    body = {"title": "Talks", "kind": "talks", "summary": None, "date": None, "location": None, "claims": None}

    assert send(client, secret, body).status_code == 201


def test_the_same_idempotency_key_makes_one_draft(client, secret, register):
    first = send(client, secret, good(), **{"Idempotency-Key": "a" * 255})
    before = counts()
    second = send(client, secret, good(), **{"Idempotency-Key": "a" * 255})
    other = send(client, secret, good() | {"despite_duplicates": True}, **{"Idempotency-Key": "a" * 254})

    assert (first.status_code, second.status_code, other.status_code) == (201, 200, 201)
    assert second.json() == first.json()
    assert other.json()["uid"] != first.json()["uid"]
    assert before[0] == 1


def test_another_body_under_the_same_idempotency_key_is_refused(client, secret, register):
    first = send(client, secret, good(), **{"Idempotency-Key": "one"})

    other = send(client, secret, good() | {"title": "Something else"}, **{"Idempotency-Key": "one"})

    assert other.status_code == 422
    assert first.json()["uid"] in other.json()["errors"]["Idempotency-Key"][0]
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("in_the_way", [IntegrityError("unique"), ValidationError({"slug": "It exists."})])
def test_of_two_requests_that_arrive_together_one_makes_the_draft(client, secret, register, monkeypatch, in_the_way):
    first = send(client, secret, good(), **{"Idempotency-Key": "one"})
    look, looks = writing._logged_before, iter([None, None])
    monkeypatch.setattr(writing, "_logged_before", lambda *asked: next(looks, look(*asked)))

    def too_late(**logged):
        raise in_the_way

    monkeypatch.setattr(writing.incidents, "log", too_late)

    second = send(client, secret, good(), **{"Idempotency-Key": "one"})

    assert (second.status_code, second.json()) == (200, first.json())


def test_an_idempotency_key_is_each_persons_own(client, secret, register, other_analyst):
    theirs = keys.issue(other_analyst, by=other_analyst, name="test", scope="log")[1]

    first = send(client, secret, good(), **{"Idempotency-Key": "one"})
    second = send(client, theirs, good(), **{"Idempotency-Key": "one"})

    assert second.status_code == 201
    assert first.json()["uid"] != second.json()["uid"]


@pytest.mark.parametrize("key", ["", "has space", "x" * 256, "é"])
def test_a_wrong_idempotency_key_is_refused(client, secret, key):
    response = send(client, secret, {"title": "Talks", "kind": "talks"}, **{"Idempotency-Key": key})

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["Idempotency-Key"]


def test_only_a_key_that_writes_of_somebody_of_the_desk_may_log(client, analyst, researcher):
    reading = keys.issue(analyst, by=analyst, name="reads")[1]
    formerly = keys.issue(analyst, by=analyst, name="writes", scope="log")[1]
    body = {"title": "Talks", "kind": "talks"}

    without = client.post(ADDRESS, json.dumps(body), content_type="application/json")
    assert (without.status_code, without["WWW-Authenticate"][:6]) == (401, "Bearer")
    assert send(client, reading, body).status_code == 403
    analyst.groups.clear()
    assert send(client, formerly, body).status_code == 403
    assert not Incident.objects.exists()


def test_a_key_that_logs_reads_no_draft_and_no_other_origin_is_let_in(client, secret):
    refused = client.get(ADDRESS, headers={"Authorization": f"Bearer {secret}"})
    assert (refused.status_code, "only logs drafts" in refused.json()["detail"]) == (403, True)
    response = client.options(
        ADDRESS, headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )
    assert "Access-Control-Allow-Origin" not in response


def with_(path, value):
    """The good body with one thing changed; ... removes it."""
    body = copy.deepcopy(good())
    *way, last = path
    place = body
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return body


CLAIM, LINE, CITATION = ("claims", 0), ("claims", 0, "lines", 0), ("claims", 0, "citations", 0)
BAD = [
    (with_(("title",), ...), "title"),
    (with_(("title",), ""), "title"),
    (with_(("title",), "  \u202e "), "title"),
    (with_(("title",), None), "title"),
    (with_(("title",), 7), "title"),
    (with_(("title",), ["x"]), "title"),
    (with_(("title",), "x" * 201), "title"),
    (with_(("title",), "x\u0000y"), "title"),
    (with_(("kind",), "bombing"), "kind"),
    (with_(("kind",), ["raid"]), "kind"),
    (with_(("category",), "measure"), "category"),
    (with_(("status",), "published"), "status"),
    (with_(("created_by",), 1), "created_by"),
    (with_(("date",), "2024-03-16"), "date"),
    (with_(("date", "start"), "2024-02-30"), "date.start"),
    (with_(("date", "start"), "20240316"), "date.start"),
    (with_(("date", "start"), 20240316), "date.start"),
    (with_(("date", "end"), "2024-03-15"), "date.end"),
    (with_(("date", "time_local"), "25:00"), "date.time_local"),
    (with_(("date", "time_zone"), "Mars/Olympus"), "date.time_zone"),
    (with_(("date", "time_zone"), ...), "date.time_zone"),
    (with_(("date", "precision"), "day"), "date.time_local"),
    (with_(("location",), "atlantis"), "location"),
    (with_(("location",), ...), "location"),
    (with_(("location_precision",), ...), "location_precision"),
    (with_(("tags",), "checkpoint"), "tags"),
    (with_(("tags",), ["x"] * 21), "tags"),
    (with_(("tags",), ["ok", 5]), "tags.1"),
    (with_(("despite_duplicates",), "yes"), "despite_duplicates"),
    (with_(("claims",), {}), "claims"),
    (with_(("claims",), ["x"]), "claims.0"),
    (with_((*CLAIM, "aspect"), ...), "claims.0.aspect"),
    (with_((*CLAIM, "aspect"), "occurrence"), "claims.0.lines"),
    (with_((*CLAIM, "claimant"), "The forces"), "claims.0.claimant"),
    (with_((*CLAIM, "claimant"), "nobody known"), "claims.0.claimant"),
    (with_((*CLAIM, "claimant"), ...), "claims.0"),
    (with_((*CLAIM, "credibility"), 1), "claims.0.credibility"),
    (with_((*CLAIM, "verdict"), "accepted"), "claims.0.verdict"),
    (with_((*CLAIM, "preliminary"), "yes"), "claims.0.preliminary"),
    (with_((*CLAIM, "preliminary"), 1), "claims.0.preliminary"),
    (with_((*CLAIM, "actor"), "test-army"), "claims.0"),
    (with_((*CLAIM, "lines"), []), "claims.0.lines"),
    (with_((*LINE, "best"), True), "claims.0.lines.0.best"),
    (with_((*LINE, "best"), "7"), "claims.0.lines.0.best"),
    (with_((*LINE, "best"), 7.0), "claims.0.lines.0.best"),
    (with_((*LINE, "best"), -1), "claims.0.lines.0.best"),
    (with_((*LINE, "best"), 10**30), "claims.0.lines.0.best"),
    (with_((*LINE, "qualifier"), "none"), "claims.0.lines.0.best"),
    (with_((*LINE, "qualifier"), "roughly"), "claims.0.lines.0.qualifier"),
    (with_((*LINE, "low"), 9), "claims.0.lines.0.best"),
    (with_((*LINE, "party"), "The forces"), "claims.0.lines.0.party"),
    (with_((*LINE, "subset_of"), 2), "claims.0.lines.0.subset_of"),
    (with_(("claims", 0, "lines", 2, "subset_of"), 0), "claims.0.lines.2.subset_of"),
    (with_(("claims", 1, "part"), ...), "claims.1"),
    (with_(("claims", 1, "part"), "target"), "claims.1"),
    (with_((*CITATION, "excerpt"), "x" * 501), "claims.0.citations.0.excerpt"),
    (with_((*CITATION, "document"), "https://known.example/report"), "claims.0.citations.0.document"),
    (with_((*CITATION, "document", "url"), "javascript:alert(1)"), "claims.0.citations.0.document.url"),
    (with_((*CITATION, "document", "url"), "https://user:pw@known.example/"), "claims.0.citations.0.document.url"),
    (with_((*CITATION, "document", "url"), "ftp://known.example/"), "claims.0.citations.0.document.url"),
    (with_((*CITATION, "document", "title"), ...), "claims.0.citations.0.document.title"),
    (with_((*CITATION, "document", "source"), "nobody"), "claims.0.citations.0.document.source"),
    (with_((*CITATION, "document", "source"), {"name": "X"}), "claims.0.citations.0.document.source.kind"),
    (with_(("claims", 1, "citations", 0, "document", "source"), ...), "claims.1.citations.0.document.source"),
    (with_(("claims", 1, "citations", 0, "document", "published"), {"start": "0024-01-01"}),
     "claims.1.citations.0.document.published.start"),
    (with_(("claims", 1, "citations", 0, "relay"), "copied"), "claims.1.citations.0.relay"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "path"), BAD, ids=[f"{number}-{path}" for number, (_, path) in enumerate(BAD)])
def test_a_bad_body_is_refused_by_path_and_nothing_is_written(client, secret, register, body, path):
    before = counts()

    response = send(client, secret, body)

    assert response.status_code == 400, response.content
    assert path in response.json()["errors"], response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert all(sentence[-1] in ".?" for said in response.json()["errors"].values() for sentence in said)
    assert counts() == before


def test_every_wrong_field_is_named_at_once(client, secret, register):
    body = with_(("kind",), "bombing") | {"summary": 5, "colour": "red"}

    assert set(send(client, secret, body).json()["errors"]) == {"kind", "summary", "colour"}


def test_an_ambiguous_claimant_is_answered_with_the_candidates(client, secret, register):
    sentence = send(client, secret, with_((*CLAIM, "claimant"), "The forces")).json()["errors"]["claims.0.claimant"][0]

    assert "test-army" in sentence
    assert "test-group" in sentence


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"[" * 100_000, 400),
        (b'{"a":' * 900 + b"1" + b"}" * 900, 400),
        (b'{"title": NaN}', 400),
        (b'{"title": "\\ud800"}', 400),
        (b'{"title": "\xff"}', 400),
        (b'{"title": "a", "title": "b"}', 400),
        (b'{"title": "a\\u0000"}', 400),
        (b'{"a\\u0000": 1}', 400),
        (b"[]", 400),
        (b'"title"', 400),
        (b"{", 400),
        (b"", 400),
        (b'{"title": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
    ids=[
        "deep list",
        "deep object",
        "NaN",
        "surrogate",
        "not UTF-8",
        "twice",
        "NUL",
        "NUL name",
        "list",
        "text",
        "cut",
        "empty",
        "large",
    ],  # fmt: skip  # noqa: E501
)
def test_a_body_that_cannot_be_meant_is_refused(client, secret, content, status):
    response = send(client, secret, content)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert not Incident.objects.exists()


def test_a_stray_parameter_is_refused(client, secret, register):
    response = client.post(
        f"{ADDRESS}?publish=yes",
        json.dumps(good()),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert (response.status_code, list(response.json()["errors"])) == (400, ["publish"])
    assert not Incident.objects.exists()


def test_another_media_type_is_refused_with_the_right_one(client, secret):
    response = client.post(ADDRESS, {"title": "Talks"}, headers={"Authorization": f"Bearer {secret}"})

    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]


def with_source(name):
    body = good()
    body["claims"][0]["citations"][0]["document"] = {
        "url": "https://elsewhere.example/1",
        "title": "Seven killed",
        "source": {"name": name, "kind": "newspaper"},
    }
    return body


def test_a_new_source_of_nearly_a_known_name_is_refused_with_the_candidates(client, register, secret):
    sources = Source.objects.count()

    answer = send(client, secret, with_source("The Known Gazete"))

    assert answer.status_code == 409
    body = answer.json()
    (sentence,) = body["errors"]["claims.0.citations.0.document.source"]
    assert "nearly the name of: Known Gazette" in sentence
    assert body["candidates"] == [
        {"slug": "known-gazette", "name": "Known Gazette", "description": "Newspaper, known.example"}
    ]
    assert not Incident.objects.exists()
    assert Source.objects.count() == sources


def test_a_new_source_of_nearly_a_known_name_is_added_when_confirmed(client, register, secret):
    answer = send(client, secret, with_source("The Known Gazete") | {"despite_duplicates": True})

    assert answer.status_code == 201, answer.content
    assert Source.objects.filter(name="The Known Gazete").exists()


def test_the_refused_body_is_taken_under_the_same_idempotency_key_once_confirmed(client, register, secret):
    body, key = with_source("Known gazettes"), {"Idempotency-Key": "entry-1"}

    assert send(client, secret, body, **key).status_code == 409
    confirmed = body | {"despite_duplicates": True}
    assert send(client, secret, confirmed, **key).status_code == 201
    assert send(client, secret, confirmed, **key).status_code == 200


def test_a_known_source_needs_no_confirmation(client, register, secret):
    answer = send(client, secret, with_source("KNOWN GAZETTE"))

    assert answer.status_code == 201, answer.content
    assert Document.objects.get(url="https://elsewhere.example/1").source == register["source"]


@pytest.mark.parametrize("value", ["yes", 1])
def test_a_confirmation_is_true_or_false(client, register, secret, value):
    answer = send(client, secret, good() | {"despite_duplicates": value})

    assert answer.status_code == 400
    assert "despite_duplicates" in answer.json()["errors"]
