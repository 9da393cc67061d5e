"""Who may open and do what at the desk's doors."""

import pytest

from events.models.claim import Claim
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db

FOR_DESK = ["/desk/", "/desk/log/", "/desk/actors/", "/desk/documents/new/", "/desk/relations/", "/desk/locations/?q=x"]


@pytest.mark.parametrize("address", [*FOR_DESK, "/desk/queue/", "/desk/account/keys/"])
def test_strangers_are_sent_to_sign_in(client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", FOR_DESK)
def test_desk_pages_open_for_analysts_and_not_for_researchers(client, analyst, researcher, address):
    client.force_login(researcher)
    assert client.get(address).status_code == 403

    client.force_login(analyst)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("door", ["review", "publish", "return", "withdraw", "merge", "assign"])
def test_editors_doors_are_closed_to_analysts(client, analyst, editor, door):
    incident = builders.submitted(analyst)
    address = f"/desk/incidents/{incident.uid}/{door}/"

    client.force_login(analyst)
    assert client.get(address).status_code == 403
    client.force_login(editor)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("door", ["", "edit/", "claims/add/", "link/", "discard/"])
def test_the_draft_of_another_analyst_is_as_absent_as_one_that_never_was(client, analyst, other_analyst, door):
    incident = builders.draft(analyst)
    client.force_login(other_analyst)

    assert client.get(f"/desk/incidents/{incident.uid}/{door}").status_code == 404
    assert client.get(f"/desk/incidents/0000-0000/{door}").status_code == 404


def test_the_claims_of_another_analysts_draft_are_absent_too(client, analyst, other_analyst):
    claim = builders.draft(analyst).claims.get()
    client.force_login(other_analyst)

    for door in ("edit", "remove"):
        assert client.post(f"/desk/claims/{claim.uid}/{door}/").status_code == 404


def test_nobody_decides_their_own_claim(client, editor, other_editor):
    incident = builders.submitted(editor)
    claim = incident.claims.get()
    client.force_login(editor)

    page = client.get(f"/desk/incidents/{incident.uid}/review/")
    assert "Nobody decides their own" in page.text
    assert client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim)).status_code == 403
    assert Claim.objects.get().verdict == "pending"

    client.force_login(other_editor)
    assert client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim)).status_code == 302


def test_nobody_publishes_what_only_they_wrote(client, editor, other_editor):
    incident = builders.submitted(editor)
    builders.accept_all(incident, other_editor)
    client.force_login(editor)

    answer = client.post(f"/desk/incidents/{incident.uid}/publish/", {"reason": "new_incident"})

    assert answer.status_code == 422
    assert "another editor has to publish it" in answer.text


def test_a_verdict_other_than_acceptance_needs_its_reason(client, analyst, editor):
    claim = builders.submitted(analyst).claims.get()
    client.force_login(editor)

    answer = client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim, verdict="rejected"))

    assert answer.status_code == 422
    assert "Say why" in keyboard.sentences(answer)


def test_the_grade_of_the_source_shows_only_after_the_decision(client, analyst, editor):
    source = builders.source(reliability="B")
    row = builders.document(source_row=source)
    incident = builders.submitted(analyst, claims=[builders.claim(document_row=row)])
    address = f"/desk/incidents/{incident.uid}/review/"
    client.force_login(editor)
    assert "Reliability of the source" not in client.get(address).text

    builders.accept_all(incident, editor)

    assert "Reliability of the source" in client.get(address).text


@pytest.mark.parametrize("door", ["submit/", "edit/", "publish/"])
def test_wrong_methods_are_refused(client, analyst, editor, door):
    incident = builders.submitted(analyst)
    client.force_login(editor)

    assert client.delete(f"/desk/incidents/{incident.uid}/{door}").status_code == 405


def test_submitting_and_deciding_are_posts(client, analyst, editor):
    incident = builders.submitted(analyst)
    client.force_login(editor)

    assert client.get(f"/desk/incidents/{incident.uid}/submit/").status_code == 405
    assert client.get(f"/desk/claims/{incident.claims.get().uid}/decide/").status_code == 405


def test_analysts_add_to_the_registers_and_editors_change_them(client, analyst, editor):
    client.force_login(analyst)
    added = client.post("/desk/sources/new/", {"name": "New Gazette", "kind": "newspaper", "reliability": "A"})
    assert added.status_code == 302, keyboard.sentences(added)
    sent = {"name": "Newer Gazette", "kind": "newspaper", "version": "1"}
    graded = {"reliability": "B", "why": "Names its sources.", "version": "2"}
    assert client.post(f"{added.url}edit/", sent).status_code == 403
    assert client.post(f"{added.url}grade/", graded).status_code == 403

    client.force_login(editor)
    assert "F · cannot be judged" in client.get(added.url).text
    assert client.post(f"{added.url}edit/", sent).status_code == 302
    assert client.post(f"{added.url}grade/", graded).status_code == 302


def test_a_key_is_shown_once_and_can_be_revoked(client, researcher):
    client.force_login(researcher)
    made = client.post("/desk/account/keys/", {"name": "Notebook"})
    assert made.status_code == 201
    secret = made.text.split('id="secret" value="')[1].split('"')[0]
    assert secret.startswith("flk_")
    assert secret not in client.get("/desk/account/keys/").text

    refused = client.post("/desk/account/keys/", {"name": "Writer", "scope": "log"})
    assert refused.status_code == 422
    past = client.post("/desk/account/keys/", {"name": "Old", "expires_on": "2020-01-01"})
    assert "must lie in the future" in keyboard.sentences(past)
    key = researcher.api_keys.get()
    assert client.post(f"/desk/account/keys/{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_the_keys_of_others_are_absent(client, analyst, researcher):
    client.force_login(researcher)
    client.post("/desk/account/keys/", {"name": "Notebook"})
    client.force_login(analyst)

    assert client.post(f"/desk/account/keys/{researcher.api_keys.get().pk}/revoke/").status_code == 404


def test_signing_in_leads_to_the_desk_and_a_wrong_password_does_not(client, analyst):
    wrong = client.post("/accounts/login/", {"login": "analyst", "password": "wrong"})
    assert "You are not signed in" in wrong.text

    right = client.post("/accounts/login/", {"login": "analyst", "password": builders.PASSWORD})

    assert (right.status_code, right.url) == (302, "/desk/")


def test_linking_tells_nothing_of_the_drafts_of_others(client, analyst, other_analyst):
    mine, foreign = builders.draft(analyst), builders.draft(other_analyst)
    client.force_login(analyst)

    def refusal(number):
        answer = client.post(f"/desk/incidents/{mine.uid}/link/", {"type": "follows", "to": number})
        assert answer.status_code == 422
        return keyboard.sentences(answer).replace(number, "…")

    assert refusal(foreign.shown_uid) == refusal("0000-0000")


def test_researchers_come_to_their_keys_when_they_sign_in(client, researcher):
    answer = client.post("/accounts/login/", {"login": "researcher", "password": builders.PASSWORD})

    assert answer.url == "/desk/account/keys/"
