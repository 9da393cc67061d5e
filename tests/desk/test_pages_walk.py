"""The whole path through the desk's pages, as the people of the desk walk it."""

import pytest

from events.models.claim import Claim
from events.models.edition import PublishedIncident
from events.models.incident import Incident
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


def test_a_report_becomes_a_public_incident(client, analyst, editor):
    builders.places()
    client.force_login(analyst)

    logged = client.post("/desk/log/", keyboard.incident(place="testtown"))
    incident = Incident.objects.get()
    assert logged.status_code == 302
    assert logged.url == f"/desk/incidents/{incident.shown_uid}/"
    assert (incident.kind, incident.category) == ("armed_assault", "violent")
    assert (str(incident.location), incident.location_precision) == ("Testtown", "settlement")

    added = client.post(f"{logged.url}claims/add/", keyboard.toll_claim())
    claim = Claim.objects.get()
    assert added.status_code == 302, keyboard.sentences(added)
    assert [(line.qualifier, line.low, line.best, line.high) for line in claim.lines.all()] == [
        ("exact", 8, 8, 8),
        ("exact", 3, 3, 3),
    ]
    assert claim.lines.last().subset_of == claim.lines.first()
    assert claim.citations.get().document.source.name == "Test Gazette"

    assert client.post(f"/desk/incidents/{incident.uid}/submit/").status_code == 302
    client.force_login(editor)
    assert "Made-up attack" in client.get("/desk/queue/").text
    assert "8 civilians killed, of whom 3 children" in client.get(f"/desk/incidents/{incident.uid}/review/").text
    decided = client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim))
    assert decided.status_code == 302, keyboard.sentences(decided)
    preview = client.get(f"/desk/incidents/{incident.uid}/publish/")
    assert "Publish edition 1" in preview.text
    typed = {"reason": "new_incident", "note": "First."} | keyboard.marks(preview)
    published = client.post(f"/desk/incidents/{incident.uid}/publish/", typed)
    assert published.status_code == 302, keyboard.sentences(published)

    client.logout()
    assert client.get(f"/incidents/{incident.shown_uid}/").status_code == 200
    assert PublishedIncident.objects.get().killed_best == 8


def test_the_same_page_sent_twice_logs_one_incident(client, analyst):
    client.force_login(analyst)
    typed = keyboard.incident()

    first, second = client.post("/desk/log/", typed), client.post("/desk/log/", typed)

    assert first.url == second.url
    assert Incident.objects.count() == 1


def test_the_same_claim_page_sent_twice_adds_one_claim(client, analyst):
    client.force_login(analyst)
    incident = builders.draft(analyst, claims=[])
    typed = keyboard.claim(entry_key="0b0e1a3e-8f5f-4f7e-9a43-2f3f5a8d9f10")
    address = f"/desk/incidents/{incident.uid}/claims/add/"

    first, second = client.post(address, typed), client.post(address, typed)

    assert (first.status_code, first.url) == (302, second.url)
    assert Claim.objects.count() == 1


def test_a_refused_claim_page_can_be_sent_again(client, analyst):
    client.force_login(analyst)
    incident = builders.draft(analyst, claims=[])
    typed = keyboard.claim("casualties", entry_key="0b0e1a3e-8f5f-4f7e-9a43-2f3f5a8d9f11")
    address = f"/desk/incidents/{incident.uid}/claims/add/"

    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | keyboard.lines({"number": "2", "category": "civilian"})).status_code == 302


def test_an_edited_claim_keeps_its_lines_and_citations(client, analyst):
    client.force_login(analyst)
    incident = builders.draft(analyst, claims=[])
    client.post(f"/desk/incidents/{incident.uid}/claims/add/", keyboard.toll_claim())
    claim = Claim.objects.get()

    page = client.get(f"/desk/claims/{claim.uid}/edit/")
    sent = keyboard.as_shown(page) | {"hedge": "reportedly"}
    answer = client.post(f"/desk/claims/{claim.uid}/edit/", sent)

    assert answer.status_code == 302, keyboard.sentences(answer)
    claim = Claim.objects.get()
    assert (claim.hedge, claim.version) == ("reportedly", 2)
    assert [(line.low, line.demographic, line.subset_of_id is None) for line in claim.lines.all()] == [
        (8, "any", True),
        (3, "children", False),
    ]
    assert claim.citations.get().excerpt.startswith("eight people")


def test_returned_work_shows_the_editors_words(client, analyst, editor):
    incident = builders.submitted(analyst)
    client.force_login(editor)
    client.post(f"/desk/incidents/{incident.uid}/return/", {"rationale": "Which district?"})

    client.force_login(analyst)

    assert "Which district?" in client.get("/desk/").text


def test_withdrawing_and_merging_ask_for_the_reason(client, editor):
    one, other = builders.published(title="One"), builders.published(title="Other")
    client.force_login(editor)

    refused = client.post(f"/desk/incidents/{one.uid}/withdraw/", {"reason": "retraction", "note": ""})
    assert refused.status_code == 422
    pasted = {"to": f"http://testserver/incidents/{other.shown_uid}/"}
    beside = client.post(f"/desk/incidents/{one.uid}/merge/", pasted)
    assert beside.status_code == 302, keyboard.sentences(beside)
    assert client.post(beside.url, {"keep_title": "survivor", "keep_location": "survivor"}).status_code == 422
    typed = {"keep_title": "survivor", "keep_location": "survivor", "note": "Same."}
    merged = keyboard.in_two_steps(client, beside.url, typed)
    assert merged.status_code == 302, keyboard.sentences(merged)
    withdrawn = keyboard.in_two_steps(
        client, f"/desk/incidents/{other.uid}/withdraw/", {"reason": "retraction", "note": "Mistaken."}
    )
    assert withdrawn.status_code == 302, keyboard.sentences(withdrawn)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, one.merged_into, other.status) == ("merged", other, "withdrawn")


def test_links_and_claims_about_them(client, analyst):
    client.force_login(analyst)
    one, other = builders.draft(analyst), builders.draft(analyst)

    linked = keyboard.in_two_steps(
        client, f"/desk/incidents/{one.uid}/link/", {"type": "response_to", "to": other.shown_uid}
    )
    assert linked.status_code == 302, keyboard.sentences(linked)
    link = one.links_out.get()
    answer = client.post(f"/desk/links/{link.uid}/claims/add/", keyboard.claim("link"))
    assert answer.status_code == 302, keyboard.sentences(answer)
    assert link.claims.get().who == "A test witness"


def test_a_relation_with_its_claim_becomes_public(client, analyst, editor):
    builders.actor("Small group"), builders.actor("Big group")
    client.force_login(analyst)
    entered = client.post(
        "/desk/relations/new/",
        {"subject": "small group", "type": "faction_of", "object": "big group", "basis": "claimed"},
    )
    assert entered.status_code == 302, keyboard.sentences(entered)
    client.post(f"{entered.url}claims/add/", keyboard.claim("relation") | keyboard.citations(keyboard.new_document()))
    claim = Claim.objects.get()

    client.force_login(editor)
    assert client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim)).url == entered.url
    published = client.post(f"{entered.url}publish/", {"reason": "new_source", "note": ""})

    assert published.status_code == 302, keyboard.sentences(published)
    assert "Edition 1" in client.get(entered.url).text
