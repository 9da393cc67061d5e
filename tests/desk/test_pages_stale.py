"""Two people with the same page: the second gets the difference, and nothing is overwritten or lost."""

import pytest

from events.models.claim import Claim
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


def test_the_second_to_save_an_incident_chooses_field_by_field(client, analyst, editor):
    incident = builders.draft(analyst)
    address = f"/desk/incidents/{incident.uid}/edit/"
    client.force_login(editor)
    mine = keyboard.as_shown(client.get(address)) | {"title": "My title", "summary": "My summary"}
    theirs = mine | {"title": "Their title", "summary": ""}
    assert client.post(address, theirs).status_code == 302

    shown = client.post(address, mine)
    assert shown.status_code == 409
    for words in ("My title", "Their title", "My summary", "Keep"):
        assert words in shown.text
    incident.refresh_from_db()
    assert incident.title == "Their title"

    again = keyboard.as_shown(shown)
    assert again["title"] == "My title"
    unchosen = client.post(address, again)
    assert unchosen.status_code == 409
    assert "Choose “mine” or “theirs”" in unchosen.text

    settled = client.post(address, again | {"keep-title": "theirs", "keep-summary": "mine"})
    assert settled.status_code == 302, keyboard.sentences(settled)
    incident.refresh_from_db()
    assert (incident.title, incident.summary) == ("Their title", "My summary")


def test_the_second_to_save_a_claim_sees_the_other_toll(client, analyst, editor):
    client.force_login(analyst)
    incident = builders.draft(analyst, claims=[])
    client.post(f"/desk/incidents/{incident.uid}/claims/add/", keyboard.toll_claim())
    address = f"/desk/claims/{Claim.objects.get().uid}/edit/"
    shown = keyboard.as_shown(client.get(address))
    assert client.post(address, shown | {"toll-killed-civilian-any": "9"}).status_code == 302

    conflict = client.post(address, shown | {"toll-killed-civilian-any": "10", "hedge": "reportedly"})
    assert conflict.status_code == 409
    assert "[only mine: </span>10" in conflict.text
    assert "[only theirs: </span>9" in conflict.text

    again = keyboard.as_shown(conflict) | {"keep-lines": "theirs", "keep-hedge": "mine"}
    assert again["toll-killed-civilian-any"] == "10"
    settled = client.post(address, again)
    assert settled.status_code == 302, keyboard.sentences(settled)
    claim = Claim.objects.get()
    assert (claim.lines.first().best, claim.hedge, claim.version) == (9, "reportedly", 3)


def test_a_claim_changed_since_the_editor_read_it_is_not_decided(client, analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    old = keyboard.verdict(claim, rationale="Seen.")
    Claim.objects.filter(pk=claim.pk).update(version=2)
    client.force_login(editor)

    answer = client.post(f"/desk/claims/{claim.uid}/decide/", old)

    assert answer.status_code == 409
    assert "Seen." in answer.text
    claim.refresh_from_db()
    assert claim.verdict == "pending"


def test_the_second_to_save_an_entry_of_a_register_gets_the_difference(client, editor):
    actor = builders.actor("Old name")
    client.force_login(editor)
    address = f"/desk/actors/{actor.uid}/edit/"
    mine = keyboard.as_shown(client.get(address)) | {"name": "My name", "short_name": "", "description": ""}
    mine |= {"kind": "state_force", "side": "pakistan", "home_country": "PK", "naming_note": "", "version": "1"}
    assert client.post(address, mine | {"name": "Their name"}).status_code == 302

    conflict = client.post(address, mine)
    assert conflict.status_code == 409
    assert "Their name" in conflict.text
    actor.refresh_from_db()
    assert actor.name == "Their name"

    settled = client.post(address, mine | {"version": "2", "differs": "name", "keep-name": "mine"})
    assert settled.status_code == 302, keyboard.sentences(settled)
