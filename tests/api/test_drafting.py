"""Working on drafts by key: who sees and changes what, and what the desk forbids."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.api import examples_writing as examples
from events.desk import claims, handover
from events.models.change import Change
from events.models.incident import Incident
from tests import builders
from tests.api.drafting import LIST, ask, at, claim_of, described, key_of, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


def test_the_list_holds_what_the_person_logged_or_was_handed_and_nothing_else(client, analyst, other_analyst, editor):
    mine = builders.draft(analyst, title="Made-up one")
    handed = builders.draft(other_analyst, title="Made-up two")
    handover.hand_over(handed, by=editor, to=analyst)
    builders.draft(other_analyst, title="Made-up three")
    builders.published(by=other_analyst, title="Made-up four")
    secret = key_of(analyst)

    answer = ask(client, secret, "GET", LIST)

    assert [one["uid"] for one in answer.json()["results"]] == [handed.shown_uid, mine.shown_uid]
    assert [one["is_yours"] for one in answer.json()["results"]] == [False, True]
    assert answer["Cache-Control"] == "private, no-store"
    assert "X-RateLimit-Remaining" in answer
    described(client, "/api/v1/drafts/", "get", 200, answer)


def test_the_list_is_walked_by_cursor_and_narrowed_by_status(client, analyst, secret):
    rows = [builders.draft(analyst) for _ in range(3)]
    waiting = builders.submitted(analyst)

    first = ask(client, secret, "GET", f"{LIST}?page_size=2&order=oldest").json()
    rest = ask(client, secret, "GET", first["next"]).json()
    submitted = ask(client, secret, "GET", f"{LIST}?status=submitted&status=merged").json()

    assert [one["uid"] for one in first["results"] + rest["results"]] == [one.shown_uid for one in (*rows, waiting)]
    assert [one["uid"] for one in submitted["results"]] == [waiting.shown_uid]
    assert ask(client, secret, "GET", f"{LIST}?status=open").status_code == 400
    assert ask(client, secret, "GET", f"{LIST}?created_by=1").status_code == 400


def test_a_longer_list_and_a_longer_draft_cost_no_more_queries(client, analyst, secret):
    def cost(address):
        with CaptureQueriesContext(connection) as counted:
            assert ask(client, secret, "GET", address).status_code == 200
        return len(counted)

    row = builders.draft(analyst)
    cost(LIST)  # notes the use of the key
    before = cost(LIST), cost(at(row))
    for _ in range(3):
        builders.draft(analyst)
        claims.add(row, by=analyst, **builders.claim("casualties", lines=[builders.toll(3), builders.toll(1)]))

    assert (cost(LIST), cost(at(row))) == before


def test_a_draft_is_shown_with_its_claims_as_the_desk_has_them(client, analyst, editor, secret):
    row = builders.submitted(
        analyst, claims=[builders.claim("casualties", lines=[builders.toll(3), builders.toll(2, subset_of=0)])]
    )
    claims.decide(row.claims.get(), by=editor, verdict="needs_changes", rationale="Which hospital?")

    answer = ask(client, secret, "GET", at(row))

    body = answer.json()
    described(client, "/api/v1/drafts/{uid}/", "get", 200, answer)
    assert (body["date"]["start"], body["status"]) == ("2024-03-18", "submitted")
    assert body["may"] == {"change": False, "add_claims": False, "submit": False}
    (claim,) = body["claims"]
    assert [(line["best"], line["subset_of"]) for line in claim["lines"]] == [(3, None), (2, 0)]
    assert (claim["verdict"], claim["may_change"]) == ("needs_changes", True)
    assert claim["decisions"][0]["rationale"] == "Which hospital?"
    assert editor.username not in answer.content.decode().replace("desk", "")


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_what_the_person_does_not_see_is_as_absent_as_what_is_not_there(client, secret, other_analyst, method):
    theirs = builders.draft(other_analyst)
    claim = theirs.claims.get()

    hidden = ask(client, secret, method, at(theirs), {"title": "Mine now"}, **{"If-Match": '"x"'})
    absent = ask(client, secret, method, f"{LIST}AAAA-AAAA/", {"title": "Mine now"}, **{"If-Match": '"x"'})

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json() | {"instance": ""} == absent.json() | {"instance": ""}
    assert set(hidden.headers) == set(absent.headers)
    for address in (at(theirs, "claims/"), at(theirs, "submit/")):
        assert ask(client, secret, "POST", address, {}).status_code == 404
    for verb in ("GET", "PATCH", "DELETE"):
        assert ask(client, secret, verb, claim_of(theirs, claim)).status_code == 404
    mine = builders.draft(claims=[], by=claim.created_by.__class__.objects.get(username="analyst"))
    assert ask(client, secret, "GET", claim_of(mine, claim)).status_code == 404


def test_a_key_of_an_editor_sees_and_does_what_an_analyst_does(client, editor, analyst):
    secret = key_of(editor)
    theirs = builders.draft(analyst)

    assert ask(client, secret, "GET", at(theirs)).status_code == 404
    assert ask(client, secret, "GET", LIST).json()["results"] == []


@pytest.mark.parametrize(("scope", "said"), [("read", "only reads what is public"), ("log", "only logs drafts")])
def test_a_smaller_key_is_refused_everywhere_with_the_remedy(client, analyst, scope, said):
    secret, row, paper = key_of(analyst, scope), builders.draft(analyst), builders.document()
    claim = claim_of(row, row.claims.get())
    before = Change.objects.count()

    for method, address in [
        *(("GET", one) for one in (LIST, at(row), claim)),
        *(("PATCH", one) for one in (at(row), claim)),
        *(("POST", one) for one in (at(row, "claims/"), at(row, "submit/"))),
        ("DELETE", claim),
    ]:
        answer = ask(client, secret, method, address, {})
        assert answer.status_code == 403, (method, address)
        assert said in answer.json()["detail"]
        assert ask(client, "", method, address, {}).status_code == 401
        assert client.generic(method, address).status_code == 401
    text = client.post(
        f"/api/v1/documents/{paper.uid}/text/",
        "words",
        content_type="text/plain",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert text.status_code == 403
    assert Change.objects.count() == before


def test_who_left_the_desk_is_refused_though_the_key_could(client, analyst, secret):
    row = builders.draft(analyst)
    analyst.groups.clear()

    assert ask(client, secret, "GET", LIST).status_code == 403
    assert ask(client, secret, "GET", at(row)).status_code == 403


def test_facts_are_changed_cleared_and_kept(client, analyst, secret):
    places = builders.places()
    row = builders.draft(
        analyst, summary="Kept", location=places["town"], location_precision="settlement", tags=["old"]
    )

    answer = ask(client, secret, "PATCH", at(row), examples.FACTS | {"tags": None}, **tag(client, secret, at(row)))

    assert answer.status_code == 200, answer.content
    row.refresh_from_db()
    assert (row.title, row.summary, row.tags) == (examples.FACTS["title"], "Kept", [])
    assert (row.location, row.location_precision, row.date.precision) == (None, "", "day_range")
    assert answer["ETag"] == ask(client, secret, "GET", at(row))["ETag"]
    described(client, "/api/v1/drafts/{uid}/", "patch", 200, answer)


def test_the_kind_brings_its_category(client, analyst, secret):
    row = builders.draft(analyst)

    ask(client, secret, "PATCH", at(row), {"kind": "talks"}, **tag(client, secret, at(row)))

    row.refresh_from_db()
    assert (row.kind, row.category) == ("talks", "measure")


BAD_FACTS = [
    ({}, "body"),
    ({"title": None}, "title"),
    ({"title": ""}, "title"),
    ({"title": " \u200b "}, "title"),
    ({"title": 7}, "title"),
    ({"kind": None}, "kind"),
    ({"kind": "bombing"}, "kind"),
    ({"category": "measure"}, "category"),
    ({"status": "published"}, "status"),
    ({"version": 1}, "version"),
    ({"created_by": 1}, "created_by"),
    ({"claims": []}, "claims"),
    ({"date": "2024-03-16"}, "date"),
    ({"date": {"start": "2024-03-16", "end": "2024-03-15"}}, "date.end"),
    ({"date": {"start": "2024-03-16", "time_local": "05:30"}}, "date.time_local"),
    ({"location": "atlantis", "location_precision": "settlement"}, "location"),
    ({"location": "testtown"}, "body"),
    ({"location_precision": "settlement"}, "body"),
    ({"tags": ["x" * 41]}, "tags.0"),
    ({"tags": "x"}, "tags"),
    ({"summary": "x" * 4001}, "summary"),
    ({"title": "a\u0000b"}, "title"),
]


@pytest.mark.parametrize(("body", "path"), BAD_FACTS, ids=[f"{n}-{path}" for n, (_, path) in enumerate(BAD_FACTS)])
def test_a_wrong_fact_is_refused_by_its_path_and_nothing_changes(client, analyst, secret, body, path):
    builders.places()
    row = builders.draft(analyst)
    match, before = tag(client, secret, at(row)), Change.objects.count()

    answer = ask(client, secret, "PATCH", at(row), body, **match)

    assert answer.status_code == 400, answer.content
    assert path in answer.json()["errors"], answer.json()
    assert all(sentence[-1] in ".?" for said in answer.json()["errors"].values() for sentence in said)
    row.refresh_from_db()
    assert (row.version, Change.objects.count()) == (1, before)


def test_the_trace_says_that_a_key_did_it_and_not_which(client, analyst, secret):
    row = builders.draft(analyst)
    ask(client, secret, "PATCH", at(row), {"title": "By key"}, **tag(client, secret, at(row)))

    changed = Change.objects.filter(object_uid=row.uid, field="title").get()
    assert (changed.key, changed.by) == (analyst.api_keys.get(), analyst)
    assert not Change.objects.filter(object_uid=row.uid, field="created", key__isnull=False).exists()
    client.force_login(analyst)
    page = client.get(f"/desk/incidents/{row.shown_uid}/history/").content.decode()
    assert "analyst, by API key" in page
    assert Incident.objects.get().title == "By key"
