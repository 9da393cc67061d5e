"""My work and the review queue: what waits is counted in full and can be reached."""

import pytest

from events.desk import claims, registers
from events.desk.views import work as doors
from events.models.edition import PublishedRelation
from events.press import editions
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


def relation_with_claim(by):
    one, other = builders.actor("Small group"), builders.actor("Big group")
    row = registers.relate(one, "faction_of", other, by=by)
    claims.add(row, by=by, **builders.claim("relation"))
    return row


def published_relation(analyst, editor):
    row = relation_with_claim(analyst)
    claims.decide(row.claims.get(), by=editor, verdict="accepted", credibility=3)
    editions.publish_relation(row, by=editor, reason="new_source")
    return row


def test_a_long_list_says_how_many_there_are_and_leads_to_all(client, analyst, monkeypatch):
    monkeypatch.setattr(doors, "FIRST", 2)
    monkeypatch.setattr(doors, "PAGE", 2)
    for number in range(3):
        builders.draft(analyst, title=f"Draft number {number}")
    client.force_login(analyst)

    work = client.get("/desk/")
    assert "(3)" in work.text
    assert work.text.count('class="strong" href="/desk/incidents/') == 2
    assert "/desk/mine/drafts/" in work.text

    pages = [client.get("/desk/mine/drafts/"), client.get("/desk/mine/drafts/?page=2")]
    assert [page.text.count("Draft number") for page in pages] == [2, 1]


def test_there_are_no_lists_of_other_names(client, analyst):
    client.force_login(analyst)

    assert client.get("/desk/mine/returned/").status_code == 200
    assert client.get("/desk/mine/everything/").status_code == 404


def test_editors_see_how_many_incidents_and_relations_wait(client, analyst, editor):
    client.force_login(editor)
    assert "The review queue is empty" in client.get("/desk/").text
    builders.submitted(analyst)
    assert "1 incident awaits review" in client.get("/desk/").text

    relation_with_claim(analyst)

    assert "1 incident and 1 relation await review" in client.get("/desk/").text


def test_a_relation_with_an_undecided_claim_waits_in_the_queue(client, analyst, editor):
    relation = relation_with_claim(analyst)
    client.force_login(editor)
    queue = client.get("/desk/queue/")
    assert f"/desk/relations/{relation.shown_uid}/" in queue.text
    assert "1 claim undecided" in queue.text

    claims.decide(relation.claims.get(), by=editor, verdict="rejected", rationale="Not in the document.")

    assert f"/desk/relations/{relation.shown_uid}/" not in client.get("/desk/queue/").text


def test_a_public_relation_is_withdrawn_with_reason_and_note(client, analyst, editor):
    relation = published_relation(analyst, editor)
    address = f"/desk/relations/{relation.shown_uid}/withdraw/"
    client.force_login(editor)
    assert address in client.get(f"/desk/relations/{relation.shown_uid}/").text

    refused = client.post(address, {"reason": "retraction", "note": ""})
    assert refused.status_code == 422
    assert "Say why it is withdrawn" in keyboard.sentences(refused)
    assert PublishedRelation.objects.exists()

    done = client.post(address, {"reason": "retraction", "note": "The source took it back."})
    assert done.status_code == 302, keyboard.sentences(done)
    assert not PublishedRelation.objects.exists()
    page = client.get(f"/desk/relations/{relation.shown_uid}/").text
    assert "The source took it back." in page
    assert address not in page


def test_only_editors_withdraw_and_only_what_is_public(client, analyst, editor):
    relation = relation_with_claim(analyst)
    address = f"/desk/relations/{relation.shown_uid}/withdraw/"
    client.force_login(analyst)
    assert client.get(address).status_code == 403

    client.force_login(editor)
    answer = client.post(address, {"reason": "retraction", "note": "Mistaken."})

    assert answer.status_code == 422
    assert "not public" in keyboard.sentences(answer)
