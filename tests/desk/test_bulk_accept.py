"""Accepting many claims of one import batch at once: one grade, one rationale, all or none."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, deciding, queues
from events.models.change import Change
from events.models.claim import Claim, Review
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db

TICKED = re.compile(r"<input[^>]* checked\b")
GIVEN = {"credibility": 3, "rationale": "Checked against the file."}


@pytest.fixture
def batch(analyst):
    return builders.batch(analyst)


def imported(analyst, batch, number=1, **changes):
    """The claims of so many imported incidents."""
    made = [builders.imported(analyst, batch, **changes) for _ in range(number)]
    return [claim for incident in made for claim in incident.claims.select_related("incident")]


def test_each_claim_gets_its_review_and_its_trace(analyst, editor, batch):
    waiting = imported(analyst, batch, 2)

    deciding.decide_many(waiting, by=editor, **GIVEN)

    for claim in waiting:
        claim.refresh_from_db()
        assert (claim.verdict, claim.credibility, claim.decided_by) == ("accepted", 3, editor)
        assert Review.objects.get(claim=claim).rationale == "Checked against the file."
        assert Change.objects.filter(object_uid=claim.uid, field="verdict", by=editor).exists()


def test_one_claim_in_the_way_stops_all_and_is_named(analyst, editor, batch):
    good = imported(analyst, batch)
    bare = imported(
        analyst, batch, claims=[builders.claim(), builders.claim(citations=[{"document": builders.document()}])]
    )

    with pytest.raises(ValidationError, match=f"claim {bare[1].shown_uid}.*needs a citation with an excerpt"):
        deciding.decide_many([*good, *bare], by=editor, **GIVEN)

    assert not Claim.objects.accepted().exists()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rationale": " \u200b"}, "Say why"),
        ({"credibility": 7}, "one grade"),
        ({"credibility": None}, "one grade"),
    ],
)
def test_a_grade_and_a_rationale_are_required(analyst, editor, batch, given, sentence):
    with pytest.raises(ValidationError, match=sentence):
        deciding.decide_many(imported(analyst, batch), by=editor, **GIVEN | given)


def test_two_batches_are_not_mixed(analyst, editor, batch):
    mixed = imported(analyst, batch) + imported(analyst, builders.batch(analyst))

    with pytest.raises(ValidationError, match="different imports"):
        deciding.decide_many(mixed, by=editor, **GIVEN)


def test_what_was_not_imported_is_not_accepted_in_bulk(analyst, editor, batch):
    typed = list(builders.submitted(analyst).claims.all())

    with pytest.raises(ValidationError, match="Only claims of imported incidents"):
        deciding.decide_many(imported(analyst, batch) + typed, by=editor, **GIVEN)
    with pytest.raises(ValidationError, match="Tick at least one"):
        deciding.decide_many([], by=editor, **GIVEN)


def test_nobody_accepts_their_own_in_bulk(editor, batch):
    own = imported(editor, batch)

    with pytest.raises(ValidationError, match="Nobody decides a claim they wrote"):
        deciding.decide_many(own, by=editor, **GIVEN)


def test_analysts_do_not_accept_in_bulk(analyst, other_analyst, batch):
    with pytest.raises(PermissionDenied):
        deciding.decide_many(imported(analyst, batch), by=other_analyst, **GIVEN)


def test_a_claim_decided_meanwhile_stops_all(analyst, editor, other_editor, batch):
    waiting = imported(analyst, batch, 2)
    claims.decide(waiting[1], by=other_editor, verdict="rejected", rationale="Not there.")

    with pytest.raises(ValidationError, match=waiting[1].shown_uid):
        deciding.decide_many(waiting, by=editor, **GIVEN)

    assert not Claim.objects.accepted().exists()


def test_listed_is_what_waits_for_this_person(analyst, editor, other_editor, batch):
    theirs = imported(analyst, batch)
    imported(editor, batch)
    rewritten = imported(analyst, batch)[0]
    imported(analyst, builders.batch(analyst))
    for by in (editor, other_editor):
        rewritten.refresh_from_db()
        cited = [{"document": builders.document(), "excerpt": "made-up words"}]
        claims.edit(rewritten, by=by, version=rewritten.version, fields={}, lines=[], citations=cited)

    assert list(queues.decidable(batch, editor)) == theirs


def test_the_page_shows_what_it_accepts_before_it_does(client, analyst, editor, batch):
    waiting = imported(analyst, batch, 2)
    address = f"/desk/batches/{batch.pk}/accept/"
    client.force_login(editor)
    sent = {"claims": [claim.uid for claim in waiting], "credibility": "3", "rationale": "Checked."}

    preview = client.post(address, sent)
    assert preview.status_code == 200
    assert "This accepts 2 claims of 2 incidents" in preview.text
    assert not Claim.objects.accepted().exists()

    seen = keyboard.as_shown(preview)["seen"]
    assert "This accepts 1 claim " in client.post(address, sent | {"claims": [waiting[0].uid], "seen": seen}).text
    assert client.post(address, sent | {"seen": seen}).status_code == 302
    assert Claim.objects.accepted().count() == 2


def test_a_refused_page_keeps_what_was_ticked_and_typed(client, analyst, editor, batch):
    claim = imported(analyst, batch)[0]
    client.force_login(editor)

    answer = client.post(f"/desk/batches/{batch.pk}/accept/", {"claims": [claim.uid], "rationale": "Kept words."})

    assert answer.status_code == 422
    assert "Kept words." in answer.text
    assert f'value="{claim.uid}" aria-label="Tick claim {claim.shown_uid}" checked' in answer.text


def test_a_claim_of_another_batch_is_no_choice(client, analyst, editor, batch):
    foreign = imported(analyst, builders.batch(analyst))[0]
    imported(analyst, batch)
    client.force_login(editor)

    answer = client.post(f"/desk/batches/{batch.pk}/accept/", {"claims": [foreign.uid], **GIVEN})

    assert answer.status_code == 422
    assert "waits no more" in keyboard.sentences(answer)


def test_all_of_a_page_can_be_ticked_without_a_script(client, analyst, editor, batch):
    imported(analyst, batch, 3)
    client.force_login(editor)

    assert len(TICKED.findall(client.get(f"/desk/batches/{batch.pk}/accept/?ticked=all").text)) == 3
    assert len(TICKED.findall(client.get(f"/desk/batches/{batch.pk}/accept/").text)) == 0
    assert client.get("/desk/batches/999/accept/").status_code == 404
