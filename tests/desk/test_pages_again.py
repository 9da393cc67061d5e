"""A page that is sent again: the same content is the same entry, other content is never dropped without a word."""

import pytest

from events.desk import incidents
from events.models.claim import Claim
from events.models.edition import Edition
from events.models.incident import Incident
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def test_an_incident_page_sent_again_with_other_content_is_kept_and_can_be_sent_on(desk):
    typed = keyboard.incident()
    first = desk.post("/desk/log/", typed)

    again = desk.post("/desk/log/", typed | {"title": "Something else altogether"})

    assert again.status_code == 422
    assert "sent already" in keyboard.sentences(again)
    assert "Something else altogether" in again.text
    assert f'href="{first.url}"' in again.text
    assert Incident.objects.count() == 1
    sent_on = desk.post("/desk/log/", keyboard.as_shown(again))
    assert (sent_on.status_code, Incident.objects.count()) == (302, 2)


def test_a_claim_page_sent_again_with_other_content_is_kept_and_can_be_sent_on(desk, analyst):
    incident = builders.draft(analyst, claims=[])
    address = f"/desk/incidents/{incident.uid}/claims/add/"
    typed = keyboard.claim(entry_key="0b0e1a3e-8f5f-4f7e-9a43-2f3f5a8d9f12")
    desk.post(address, typed)

    again = desk.post(address, typed | {"value_text": "Words that came later"})

    assert again.status_code == 422
    assert "sent already" in keyboard.sentences(again)
    assert "Words that came later" in again.text
    assert f"#claim-{Claim.objects.get().uid}" in again.text
    assert desk.post(address, typed).status_code == 302
    assert Claim.objects.count() == 1
    assert desk.post(address, keyboard.as_shown(again)).status_code == 302
    assert Claim.objects.count() == 2


def test_the_same_claim_page_sent_for_another_incident_is_another_claim(desk, analyst):
    typed = keyboard.claim(entry_key="0b0e1a3e-8f5f-4f7e-9a43-2f3f5a8d9f13")
    one, other = (builders.draft(analyst, claims=[]) for _ in range(2))
    desk.post(f"/desk/incidents/{one.uid}/claims/add/", typed)

    again = desk.post(f"/desk/incidents/{other.uid}/claims/add/", typed)

    assert again.status_code == 422
    assert not other.claims.exists()


def ready(analyst, editor):
    incident = builders.submitted(analyst)
    builders.accept_all(incident, editor)
    return incident


def test_nothing_is_published_that_nobody_looked_at(client, analyst, editor):
    incident = ready(analyst, editor)
    address = f"/desk/incidents/{incident.uid}/publish/"
    client.force_login(editor)
    looked_at = keyboard.as_shown(client.get(address)) | {"note": "The first one."}
    incident.refresh_from_db()
    incidents.edit(incident, by=editor, fields={"title": "A title that came later"}, version=incident.version)

    refused = client.post(address, looked_at)

    assert refused.status_code == 409
    assert "changed since you looked" in keyboard.sentences(refused)
    assert "A title that came later" in refused.text
    assert "The first one." in refused.text
    assert not Edition.objects.exists()
    assert client.post(address, keyboard.as_shown(refused)).status_code == 302
    assert Edition.objects.findings().count() == 1


def test_a_change_shows_also_beside_another_mistake(client, analyst, editor):
    incident = ready(analyst, editor)
    client.force_login(editor)

    refused = client.post(f"/desk/incidents/{incident.uid}/publish/", {"reason": "", "seen": "0" * 64})

    assert refused.status_code == 409
    assert "changed since you looked" in keyboard.sentences(refused)
    assert "Fill in “Reason”" in keyboard.sentences(refused)
