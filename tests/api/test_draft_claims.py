"""Adding, rewriting and taking back claims by key, submitting drafts, and what is sent twice."""

import pytest

from events.api import examples_writing as examples
from events.desk import claims, incidents
from events.models.change import Change
from events.models.claim import Claim
from events.models.source import Document
from tests import builders
from tests.api.drafting import ask, at, claim_of, described, key_of, position, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


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
    address = claim_of(row, row.claims.get())

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
    address = claim_of(row, claim)
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


def test_a_toll_that_came_too_late_is_never_taken_for_one_that_stands(client, analyst, secret):
    row = builders.draft(analyst, claims=[builders.claim("casualties", lines=[builders.toll(3)])])
    address = claim_of(row, row.claims.get())
    match = tag(client, secret, address)
    toll = [{"outcome": "killed", "category": "civilian", "best": 5}]
    assert ask(client, secret, "PATCH", address, {"hedge": "suspected"}, **match).status_code == 200

    answer = ask(client, secret, "PATCH", address, {"lines": toll}, **match)

    assert answer.status_code == 412
    differences = {one["field"]: one for one in answer.json()["differences"]}
    assert set(differences) == {"hedge", "lines"}
    assert differences["lines"]["yours"] == toll
    assert differences["lines"]["theirs"][0]["best"] == 3
    assert row.claims.get().lines.get().best == 3


def test_a_decided_claim_stays_and_so_does_somebody_elses(client, analyst, other_analyst):
    public = builders.published(by=other_analyst)
    decided = claim_of(public, public.claims.get()), key_of(other_analyst), 409, "has been decided: accepted"
    row = claims.add(public, by=other_analyst, **builders.claim("position", value_text="x"))
    pending = claim_of(public, row), key_of(analyst), 403, "is not yours"

    for address, secret, status, said in (decided, pending):
        for method, body in (("PATCH", {"hedge": "assumed"}), ("DELETE", None)):
            answer = ask(client, secret, method, address, body, **tag(client, secret, address))
            assert answer.status_code == status, answer.content
            assert said in answer.json()["detail"]
    assert public.claims.count() == 2


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
