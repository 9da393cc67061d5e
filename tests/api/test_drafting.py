"""Working on drafts by key: reading, changing, adding claims, submitting; what the desk forbids, the key cannot do."""

import hashlib
import json

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.api import examples_writing as examples
from events.desk import claims, handover, incidents, keys
from events.models.change import Change
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.source import Document
from tests import builders

pytestmark = pytest.mark.django_db
LIST = "/api/v1/drafts/"


def key_of(person, scope="drafts"):
    return keys.issue(person, by=person, name="test", scope=scope)[1]


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


def ask(client, secret, method, address, body=None, **headers):
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {secret}"} | headers
    return client.generic(method, address, content, content_type="application/json", headers=headers)


def at(incident, more=""):
    return f"{LIST}{incident.shown_uid}/{more}"


def tag(client, secret, address):
    return {"If-Match": ask(client, secret, "GET", address)["ETag"]}


def described(client, path, method, status, answer):
    description = client.get("/api/schema/").json()
    content = description["paths"][path][method]["responses"][str(status)]["content"]["application/json"]
    jsonschema.validate(answer.json(), content["schema"] | {"components": description["components"]})


def position(text="From the east.", **more):
    return {
        "aspect": "position",
        "claimant_text": "A shopkeeper",
        "text": text,
        "citations": [
            {
                "document": {
                    "url": "https://news.example/1",
                    "title": "Residents speak",
                    "source": {"name": "Sample News", "kind": "newspaper"},
                },
                "excerpt": "From the east.",
            }
        ],
    } | more


# --- reading ---------------------------------------------------------------------------------------------------


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
        assert ask(client, secret, verb, at(theirs, f"claims/{claim.shown_uid}/")).status_code == 404
    mine = builders.draft(claims=[], by=claim.created_by.__class__.objects.get(username="analyst"))
    assert ask(client, secret, "GET", at(mine, f"claims/{claim.shown_uid}/")).status_code == 404


def test_a_key_of_an_editor_sees_and_does_what_an_analyst_does(client, editor, analyst):
    secret = key_of(editor)
    theirs = builders.draft(analyst)

    assert ask(client, secret, "GET", at(theirs)).status_code == 404
    assert ask(client, secret, "GET", LIST).json()["results"] == []


@pytest.mark.parametrize(("scope", "said"), [("read", "only reads what is public"), ("log", "only logs drafts")])
def test_a_smaller_key_is_refused_everywhere_with_the_remedy(client, analyst, scope, said):
    secret, row, paper = key_of(analyst, scope), builders.draft(analyst), builders.document()
    claim = at(row, f"claims/{row.claims.get().shown_uid}/")
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


# --- facts -----------------------------------------------------------------------------------------------------


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


# --- If-Match --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("match", [None, "*", " * "])
def test_without_the_state_that_was_seen_nothing_is_changed(client, analyst, secret, match):
    row = builders.draft(analyst)
    headers = {} if match is None else {"If-Match": match}

    for method, address in [
        ("PATCH", at(row)),
        *((verb, at(row, f"claims/{row.claims.get().shown_uid}/")) for verb in ("PATCH", "DELETE")),
    ]:
        answer = ask(client, secret, method, address, {"title": "x"} if address == at(row) else None, **headers)
        assert answer.status_code == 428, (method, address)
        assert list(answer.json()["errors"]) == ["If-Match"]


@pytest.mark.parametrize("match", ["", "abc", '"', "W/", '"a" "b"', "'a'", '"\u00e9"'])
def test_what_is_no_tag_is_refused(client, analyst, secret, match):
    answer = ask(client, secret, "PATCH", at(builders.draft(analyst)), {"title": "x"}, **{"If-Match": match})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["If-Match"])


@pytest.mark.parametrize(
    "changed",
    [
        lambda tag: tag,
        lambda tag: f"W/{tag}",
        lambda tag: f'{tag[:-1]}-gzip"',
        lambda tag: f'W/{tag[:-1]}--gzip"',
        lambda tag: f'{tag[:-1]};br"',
        lambda tag: f'"other", {tag}',
        lambda tag: f'"{tag.strip(chr(34)).rpartition(".")[0]}"',
    ],
    ids=["as sent", "weak", "Apache", "weak and marked", "br", "one of several", "as in a list"],
)
def test_a_tag_that_a_compressing_server_changed_still_names_its_state(client, analyst, secret, changed):
    row = builders.draft(analyst)
    match = changed(tag(client, secret, at(row))["If-Match"])

    assert ask(client, secret, "PATCH", at(row), {"title": "New"}, **{"If-Match": match}).status_code == 200
    assert ask(client, secret, "PATCH", at(row), {"title": "Newer"}, **{"If-Match": match}).status_code == 412


def test_who_asks_for_compressed_answers_can_write(client, analyst, secret):
    row = builders.draft(analyst, summary="A made-up summary. " * 100)

    read = ask(client, secret, "GET", at(row), **{"Accept-Encoding": "gzip"})
    again = ask(client, secret, "GET", at(row), **{"Accept-Encoding": "gzip", "If-None-Match": read["ETag"]})
    wrote = ask(client, secret, "PATCH", at(row), {"title": "New"}, **{"If-Match": read["ETag"]})

    assert "Content-Encoding" not in read  # what is one person's is not compressed
    assert (again.status_code, wrote.status_code) == (304, 200)


def test_a_stale_change_is_answered_with_what_differs(client, analyst, secret):
    row = builders.draft(analyst, title="Old title", summary="Old summary", tags=["a"])
    match = tag(client, secret, at(row))
    incidents.edit(row, by=analyst, fields={"title": "Their title", "tags": ["a", "b"]}, version=1)

    answer = ask(client, secret, "PATCH", at(row), {"title": "My title", "summary": "My summary"}, **match)

    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert answer.json()["differences"] == [
        {"field": "title", "base": "Old title", "yours": "My title", "theirs": "Their title"},
        {"field": "summary", "base": "Old summary", "yours": "My summary", "theirs": "Old summary"},
        {"field": "tags", "base": ["a"], "theirs": ["a", "b"]},
    ]
    row.refresh_from_db()
    assert (row.title, row.summary, row.version) == ("Their title", "Old summary", 2)
    again = ask(client, secret, "PATCH", at(row), {"summary": "My summary"}, **{"If-Match": answer["ETag"]})
    assert again.status_code == 200


def test_a_tag_of_another_row_tells_nothing_of_it(client, analyst, other_analyst, secret):
    row, theirs = builders.draft(analyst), builders.draft(other_analyst, title="Hidden words")
    moment = Change.objects.filter(object_uid=theirs.uid).last().pk

    answer = ask(client, secret, "PATCH", at(row), {"title": "x"}, **{"If-Match": f'"{"0" * 20}.{moment}"'})

    assert answer.status_code == 412
    assert answer.json()["differences"] == [{"field": "title", "yours": "x", "theirs": "Made-up incident"}]


def test_a_change_that_stands_already_is_no_conflict(client, analyst, secret):
    row = builders.draft(analyst)
    match, body = tag(client, secret, at(row)), {"title": "New", "tags": ["B", "a"], "date": {"start": "2024-03-19"}}

    first = ask(client, secret, "PATCH", at(row), body, **match)
    again = ask(client, secret, "PATCH", at(row), body, **match)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again["ETag"] == first["ETag"]


def test_a_claim_that_was_added_changes_the_tag_and_is_in_nobodys_way(client, analyst, secret):
    row = builders.draft(analyst)
    match = tag(client, secret, at(row))
    claims.add(row, by=analyst, **builders.claim())

    assert ask(client, secret, "GET", at(row))["ETag"] != match["If-Match"]
    assert ask(client, secret, "PATCH", at(row), {"title": "New"}, **match).status_code == 200


# --- claims ----------------------------------------------------------------------------------------------------


def test_the_published_example_is_added_with_its_document(client, analyst, secret):
    row = builders.draft(analyst)

    answer = ask(client, secret, "POST", at(row, "claims/"), examples.CLAIMS)

    assert answer.status_code == 201, answer.content
    described(client, "/api/v1/drafts/{uid}/claims/", "post", 201, answer)
    claim = row.claims.last()
    assert answer.json()["claims"] == [claim.shown_uid]
    assert (claim.value_text, claim.created_by) == ("He heard the shots from the east.", analyst)
    assert claim.citations.get().document.source.name == "Sample News"


def test_claims_are_added_all_or_none(client, analyst, secret):
    row = builders.draft(analyst)
    before = Claim.objects.count(), Document.objects.count(), Change.objects.count()

    answer = ask(client, secret, "POST", at(row, "claims/"), {"claims": [position(), position(part="target")]})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["claims.1"]
    assert (Claim.objects.count(), Document.objects.count(), Change.objects.count()) == before


def test_anyone_of_the_desk_adds_claims_to_what_is_published_and_may_supersede(client, analyst, other_analyst):
    public = builders.published(by=other_analyst, claims=[builders.claim("position", value_text="West.")])
    older, secret = public.claims.get(), key_of(analyst)
    newer = position(claimant_text="A test witness", supersedes=older.shown_uid)

    assert ask(client, secret, "POST", at(public, "claims/"), {"claims": [newer]}).status_code == 201
    claim = public.claims.last()
    assert (claim.supersedes, claim.verdict, claim.created_by) == (older, "pending", analyst)
    foreign = builders.draft(analyst).claims.get().shown_uid
    refused = ask(client, secret, "POST", at(public, "claims/"), {"claims": [newer | {"supersedes": foreign}]})
    assert list(refused.json()["errors"]) == ["claims.0.supersedes"]


def test_to_what_waits_for_review_nothing_is_added_and_the_sentence_says_why(client, analyst, secret):
    row = builders.submitted(analyst)

    for method, address, body in [
        ("POST", at(row, "claims/"), {"claims": [position()]}),
        ("PATCH", at(row), {"title": "x"}),
        ("POST", at(row, "submit/"), None),
    ]:
        answer = ask(client, secret, method, address, body, **tag(client, secret, at(row)))
        assert answer.status_code == 409, (method, address)
        assert "with the editors" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "claims"),
        ({"claims": []}, "claims"),
        ({"claims": {}}, "claims"),
        ({"claims": [[]]}, "claims.0"),
        ({"claims": [position(verdict="accepted")]}, "claims.0.verdict"),
        ({"claims": [position(incident=1)]}, "claims.0.incident"),
        ({"claims": [position(supersedes="AAAA-AAAA")]}, "claims.0.supersedes"),
        ({"claims": [position(supersedes=7)]}, "claims.0.supersedes"),
        ({"claims": [position(claimant="nobody")]}, "claims.0.claimant"),
        ({"claims": [position(aspect="relation")]}, "claims.0"),
        ({"claims": [position()] * 101}, "claims"),
        ({"claims": [position()], "title": "x"}, "title"),
    ],
)
def test_a_wrong_claim_is_refused_by_its_path(client, analyst, secret, body, path):
    row = builders.draft(analyst)

    answer = ask(client, secret, "POST", at(row, "claims/"), body)

    assert (answer.status_code, path in answer.json()["errors"]) == (400, True), answer.content
    assert row.claims.count() == 1


def test_a_new_source_of_nearly_a_known_name_is_refused_with_the_candidates(client, analyst, secret):
    row = builders.draft(analyst)
    builders.source("The Sample News")

    answer = ask(client, secret, "POST", at(row, "claims/"), {"claims": [position()]})
    confirmed = ask(client, secret, "POST", at(row, "claims/"), {"claims": [position()], "despite_duplicates": True})

    assert (answer.status_code, answer.json()["candidates"][0]["name"]) == (409, "The Sample News")
    assert confirmed.status_code == 201


def test_a_pending_claim_is_rewritten_and_what_is_left_out_stays(client, analyst, secret):
    row = builders.draft(analyst, claims=[builders.claim("casualties", lines=[builders.toll(3)], hedge="reportedly")])
    address = at(row, f"claims/{row.claims.get().shown_uid}/")

    answer = ask(client, secret, "PATCH", address, examples.CLAIM, **tag(client, secret, address))

    assert answer.status_code == 200, answer.content
    described(client, "/api/v1/drafts/{uid}/claims/{claim_uid}/", "patch", 200, answer)
    claim = row.claims.get()
    assert (claim.hedge, claim.lines.get().best, claim.citations.get().excerpt) == ("suspected", 3, "made-up words")
    lines = {"lines": [{"outcome": "killed", "category": "all", "best": 4}], "asserted": None, "hedge": None}
    assert ask(client, secret, "PATCH", address, lines, **{"If-Match": answer["ETag"]}).status_code == 200
    claim.refresh_from_db()
    assert (claim.lines.get().best, claim.asserted.start, claim.hedge) == (4, None, "none")


def test_the_tag_of_a_claim_in_its_draft_is_the_one_to_send(client, analyst, secret):
    row = builders.draft(analyst)
    (claim,) = ask(client, secret, "GET", at(row)).json()["claims"]

    answer = ask(client, secret, "DELETE", at(row, f"claims/{claim['uid']}/"), **{"If-Match": claim["etag"]})

    assert answer.status_code == 204
    assert not row.claims.exists()


def test_a_claim_that_changed_meanwhile_is_neither_rewritten_nor_taken_back(client, analyst, secret):
    row = builders.draft(analyst)
    claim = row.claims.get()
    address = at(row, f"claims/{claim.shown_uid}/")
    match = tag(client, secret, address)
    parts = claims.parts_of(claim)
    citations = [one | {"document": Document.objects.get(pk=one["document"])} for one in parts["citations"]]
    claims.edit(claim, by=analyst, version=1, fields={"hedge": "suspected"}, lines=[], citations=citations)

    stale = ask(client, secret, "PATCH", address, {"hedge": "assumed"}, **match)
    gone = ask(client, secret, "DELETE", address, **match)

    assert (stale.status_code, gone.status_code) == (412, 412)
    assert stale.json()["differences"] == [
        {"field": "hedge", "base": "none", "yours": "assumed", "theirs": "suspected"}
    ]
    assert gone["ETag"] == ask(client, secret, "GET", address)["ETag"].rpartition(".")[0] + '"'


def test_a_decided_claim_stays_and_so_does_somebody_elses(client, analyst, other_analyst):
    public, secret = builders.published(by=other_analyst), key_of(analyst)
    decided = public.claims.get()
    pending = claims.add(public, by=other_analyst, **builders.claim("position", value_text="x"))

    for claim, own in ((decided, key_of(other_analyst)), (pending, secret)):
        address = at(public, f"claims/{claim.shown_uid}/")
        for method, body in (("PATCH", {"hedge": "assumed"}), ("DELETE", None)):
            answer = ask(client, own, method, address, body, **tag(client, own, address))
            assert answer.status_code == (409 if claim is decided else 403), answer.content
    assert "has been decided" in ask(
        client, key_of(other_analyst), "DELETE", at(public, f"claims/{decided.shown_uid}/"), **tag(
            client, secret, at(public, f"claims/{decided.shown_uid}/"))
    ).json()["detail"]  # fmt: skip


# --- submitting ------------------------------------------------------------------------------------------------


def test_a_draft_is_submitted_once(client, analyst, secret):
    town = builders.places()["town"]
    row = builders.draft(analyst, location=town, location_precision="settlement")
    once = {"Idempotency-Key": "submit-1"}

    first = ask(client, secret, "POST", at(row, "submit/"), **once)
    again = ask(client, secret, "POST", at(row, "submit/"), **once)
    late = ask(client, secret, "POST", at(row, "submit/"))

    assert (first.status_code, again.status_code, late.status_code) == (200, 200, 409)
    assert first.json() == again.json()
    described(client, "/api/v1/drafts/{uid}/submit/", "post", 200, first)
    row.refresh_from_db()
    assert row.status == "submitted"


def test_what_stands_against_submitting_is_said(client, analyst, secret):
    row = builders.draft(analyst, claims=[])

    answer = ask(client, secret, "POST", at(row, "submit/"))

    assert answer.status_code == 409
    assert answer.json()["errors"]["body"] == ask(client, secret, "GET", at(row)).json()["difficulties"]
    assert len(answer.json()["errors"]["body"]) == 2


def test_what_is_public_is_not_submitted_again(client, analyst, secret):
    answer = ask(client, secret, "POST", at(builders.published(by=analyst), "submit/"))

    assert answer.status_code == 409
    assert "this one is published" in answer.json()["errors"]["body"][0]


def test_a_post_heeds_the_state_that_is_named(client, analyst, secret):
    row = builders.draft(analyst)
    match = tag(client, secret, at(row))
    incidents.edit(row, by=analyst, fields={"title": "Other"}, version=1)

    assert ask(client, secret, "POST", at(row, "submit/"), **match).status_code == 412
    assert ask(client, secret, "POST", at(row, "claims/"), {"claims": [position()]}, **match).status_code == 412


def test_a_stray_body_or_parameter_is_refused(client, analyst, secret):
    row = builders.draft(analyst)

    assert ask(client, secret, "POST", at(row, "submit/"), {"publish": True}).status_code == 400
    assert ask(client, secret, "POST", at(row, "submit/?force=yes")).status_code == 400
    assert ask(client, secret, "GET", at(row, "?claims=no")).status_code == 400


# --- sent twice ------------------------------------------------------------------------------------------------


def test_the_same_idempotency_key_adds_once_and_another_body_is_refused(client, analyst, other_analyst, secret):
    row, key = builders.draft(analyst), {"Idempotency-Key": "a" * 255}
    body = {"claims": [position()]}

    first = ask(client, secret, "POST", at(row, "claims/"), body, **key)
    again = ask(client, secret, "POST", at(row, "claims/"), body, **key)
    other = ask(client, secret, "POST", at(row, "claims/"), {"claims": [position("West.")]}, **key)
    second = builders.draft(analyst)
    elsewhere = ask(client, secret, "POST", at(second, "claims/"), body, **key)

    assert (first.status_code, again.status_code, other.status_code, elsewhere.status_code) == (201, 200, 422, 201)
    assert first.json() == again.json()
    assert (row.claims.count(), second.claims.count()) == (2, 2)


def test_a_refused_request_may_be_mended_under_its_key(client, analyst, secret):
    row, key = builders.draft(analyst), {"Idempotency-Key": "one"}

    assert ask(client, secret, "POST", at(row, "claims/"), {"claims": [position(part="x")]}, **key).status_code == 400
    assert ask(client, secret, "POST", at(row, "claims/"), {"claims": [position()]}, **key).status_code == 201


@pytest.mark.parametrize("key", ["", "has space", "x" * 256, "é"])
def test_a_wrong_idempotency_key_is_refused(client, analyst, secret, key):
    row = builders.draft(analyst)

    for address in (at(row, "claims/"), at(row, "submit/")):
        answer = ask(client, secret, "POST", address, {"claims": [position()]} if "claims" in address else None,
                     **{"Idempotency-Key": key})  # fmt: skip
        assert list(answer.json()["errors"]) == ["Idempotency-Key"]


# --- the trace -------------------------------------------------------------------------------------------------


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


# --- captured texts --------------------------------------------------------------------------------------------


def send_text(client, secret, paper, text, content_type="text/plain; charset=utf-8", **headers):
    content = text if isinstance(text, bytes) else text.encode()
    headers = {"Authorization": f"Bearer {secret}"} | headers
    return client.post(
        f"/api/v1/documents/{paper.shown_uid}/text/", content, content_type=content_type, headers=headers
    )


def my_paper(client, analyst, secret):
    row = builders.draft(analyst)
    ask(client, secret, "POST", at(row, "claims/"), examples.CLAIMS)
    return row.claims.last().citations.get().document


def test_a_text_is_kept_once_with_its_hash(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    first = send_text(client, secret, paper, examples.TEXT)
    again = send_text(client, secret, paper, examples.TEXT)
    other = send_text(client, secret, paper, "Other words.")

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    described(client, "/api/v1/documents/{uid}/text/", "post", 201, first)
    assert first.json()["sha256"] == hashlib.sha256(examples.TEXT.encode()).hexdigest()
    assert (first.json()["is_as_sent"], first.json()["excerpts_not_found"]) == (True, [])
    assert "captured before and reads otherwise" in other.json()["detail"]
    paper.refresh_from_db()
    assert paper.captured_text == examples.TEXT
    assert Change.objects.filter(object_uid=paper.uid, field="sha256").get().key is not None


def test_the_published_example_is_what_is_answered(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, examples.TEXT).json()

    assert answer | {"uid": ""} == examples.CAPTURED | {"uid": ""}


def test_an_excerpt_that_is_not_in_the_text_is_named(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, "\ufeffWords\x00 of another\r\npage.").json()

    assert answer["excerpts_not_found"][0]["excerpt"].startswith("“The shots came")
    assert answer["is_as_sent"] is False
    assert answer["sha256"] == hashlib.sha256(b"Words of another\npage.").hexdigest()


def test_the_text_of_what_others_entered_or_rely_on_is_an_editors(client, analyst, secret):
    theirs = builders.document()
    public = builders.published(by=analyst)

    answer = send_text(client, secret, theirs, "Words.")
    relied = send_text(client, secret, public.claims.get().citations.get().document, "made-up words")

    assert (answer.status_code, relied.status_code) == (403, 403)
    assert "an editor adds its text" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"", "text/plain", 400),
        (" \u200b\ufeff ".encode(), "text/plain", 400),
        (b"\xff\xfe", "text/plain", 400),
        (b"x" * 2_000_001, "text/plain", 413),
        (b"x" * 8_000_001, "text/plain", 413),
        (b"words", "text/plain; charset=latin-1", 415),
        (b"words", "text/plain; charset=", 415),
        (b'{"text": "words"}', "application/json", 415),
        (b"words", "text/html", 415),
        (b"words", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(client, analyst, secret, content, content_type, status):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, content, content_type)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content[:300]
    paper.refresh_from_db()
    assert paper.captured_text == ""


def test_a_document_that_is_not_there_and_a_stray_parameter(client, analyst, secret):
    paper = my_paper(client, analyst, secret)
    absent = client.post("/api/v1/documents/AAAA-AAAA/text/", b"x", content_type="text/plain",
                         headers={"Authorization": f"Bearer {secret}"})  # fmt: skip
    stray = client.post(f"/api/v1/documents/{paper.shown_uid}/text/?replace=yes", b"x", content_type="text/plain",
                        headers={"Authorization": f"Bearer {secret}"})  # fmt: skip

    assert (absent.status_code, stray.status_code) == (404, 400)


def test_a_text_of_the_largest_size_is_taken_twice_under_one_key(client, analyst, secret):
    paper, text = my_paper(client, analyst, secret), "ک" * 2_000_000
    once = {"Idempotency-Key": "text-1"}

    first = send_text(client, secret, paper, text, **once)
    again = send_text(client, secret, paper, text, **once)
    other = send_text(client, secret, paper, "other", **once)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json() == again.json()
    assert first.json()["characters"] == 2_000_000
