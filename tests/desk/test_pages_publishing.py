"""The pages on which editors see what would follow before they publish, withdraw or go back."""

import re

import pytest
from django.test import Client

from events.desk import claims, incidents
from events.models.edition import Edition
from events.press import editions
from tests import builders
from tests.desk import keyboard
from tests.desk.test_pages_queries import counted

pytestmark = pytest.mark.django_db
TICKED = re.compile(r"<input[^>]* checked\b")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def ready(analyst, editor, **changes):
    incident = builders.submitted(analyst, **changes)
    builders.accept_all(incident, editor)
    return incident


def public_body(response):
    """The body of the public page without what every edition has of its own: number, day and hash."""
    text = response.text[response.text.index('<div class="incident-columns">') :]
    text = text[: text.index("</aside>", text.index("incident-columns__edition"))]
    text = re.sub(r"[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.+]+", "…", text)
    return re.sub(r"\s+", " ", text)


def test_the_preview_is_the_public_page_to_the_letter(desk, analyst, editor):
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    incident = ready(
        analyst,
        editor,
        claims=[
            builders.claim("casualties", lines=[builders.toll(8)]),
            builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator"),
        ],
    )
    cause = builders.published(title="The cause")
    incidents.link(incident, cause, by=editor, type="follows")
    address = f"/desk/incidents/{incident.uid}/publish/"

    preview = desk.get(address)
    answer = desk.post(address, keyboard.as_shown(preview))

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert public_body(preview) == public_body(desk.get(f"/incidents/{incident.shown_uid}/"))


def test_looking_at_the_preview_publishes_nothing(desk, analyst, editor):
    incident = ready(analyst, editor)

    desk.get(f"/desk/incidents/{incident.uid}/publish/")

    incident.refresh_from_db()
    assert (incident.status, Edition.objects.findings().count()) == ("submitted", 0)
    assert Client().get(f"/incidents/{incident.shown_uid}/").status_code == 404


def test_a_rejected_claim_is_nowhere_in_the_preview(desk, analyst, editor):
    incident = builders.submitted(
        analyst, claims=[builders.claim(), builders.claim("motive", value_text="zqrejected", excerpt="zqwords")]
    )
    first, second = incident.claims.all()
    claims.decide(first, by=editor, verdict="accepted")
    claims.decide(second, by=editor, verdict="rejected", rationale="zqrationale")

    text = desk.get(f"/desk/incidents/{incident.uid}/publish/").text

    assert not re.search("zqrejected|zqwords|zqrationale", text)


def test_every_value_names_its_rule_and_the_claims_behind_it(desk, analyst, editor):
    incident = ready(analyst, editor, claims=[builders.claim("casualties", lines=[builders.toll(8)])])
    claim = incident.claims.get()

    text = desk.get(f"/desk/incidents/{incident.uid}/publish/").text

    assert f'/desk/incidents/{incident.shown_uid}/review/#claim-{claim.uid}"' in text
    assert "8: A test witness, accepted as " in text
    for rule in ("R3", "R6", "R7", "R10", "R11"):
        assert f"Rule {rule}" in text


def test_an_incident_that_cannot_be_published_yet_is_shown_all_the_same(desk, analyst):
    incident = builders.submitted(analyst)

    page = desk.get(f"/desk/incidents/{incident.uid}/publish/")

    assert page.status_code == 200
    assert "waits for a decision" in page.text
    assert 'class="incident-columns"' in page.text


def test_a_page_without_its_preview_does_not_publish(desk, analyst, editor):
    incident = ready(analyst, editor)

    answer = desk.post(f"/desk/incidents/{incident.uid}/publish/", {"reason": "new_incident", "note": "Kept."})

    assert answer.status_code == 422
    assert "without its preview" in keyboard.sentences(answer)
    assert keyboard.as_shown(answer)["note"] == "Kept."
    assert not Edition.objects.exists()


def test_publishing_nothing_new_is_refused_on_the_page_too(desk, editor):
    incident = builders.published()
    address = f"/desk/incidents/{incident.uid}/publish/"

    answer = desk.post(address, keyboard.as_shown(desk.get(address)) | {"reason": "correction"})

    assert answer.status_code == 422
    assert "nothing to publish" in keyboard.sentences(answer)


def test_ticking_another_incident_needs_another_look(desk, analyst, editor):
    whole, part = ready(analyst, editor, title="Whole"), ready(analyst, editor, title="Part")
    incidents.link(part, whole, by=editor, type="part_of")
    address = f"/desk/incidents/{whole.uid}/publish/?reason=correction"
    sent = keyboard.as_shown(desk.get(address)) | {"together": part.uid}

    refused = desk.post(address, sent)
    assert refused.status_code == 409
    assert not Edition.objects.exists()
    again = desk.post(address, sent | {"again": "yes"})
    assert again.status_code == 200
    assert "Parts of this operation" in again.text
    assert desk.post(address, keyboard.as_shown(again)).status_code == 302

    assert Edition.objects.findings().count() == 2


def test_a_new_operation_goes_out_with_all_its_parts_from_the_page_of_any(desk, analyst, editor):
    whole, *parts = (ready(analyst, editor, title=title) for title in ("Whole", "One part", "Another part"))
    for part in parts:
        incidents.link(part, whole, by=editor, type="part_of")
    address = f"/desk/incidents/{parts[0].uid}/publish/"
    page = desk.get(address)

    assert all(title in page.text for title in ("Whole", "Another part"))
    sent = keyboard.as_shown(page) | {"together": [whole.uid, parts[1].uid]}
    assert len(TICKED.findall(page.text)) == 2
    assert desk.post(address, sent).status_code == 302

    assert Edition.objects.findings().count() == 3


def test_correcting_leads_from_the_facts_to_publishing(desk, editor):
    incident = builders.published()
    page = desk.get(f"/desk/incidents/{incident.uid}/")
    assert "?correct=yes" in page.text
    address = f"/desk/incidents/{incident.uid}/edit/?correct=yes"

    saved = desk.post(address, keyboard.as_shown(desk.get(address)) | {"title": "Corrected"})

    assert saved.url.endswith("/publish/?reason=correction"), keyboard.sentences(saved)
    assert keyboard.as_shown(desk.get(saved.url))["reason"] == "correction"


def test_withdrawing_shows_the_page_that_readers_will_get(desk, editor):
    incident = builders.published(title="Once public")
    address = f"/desk/incidents/{incident.uid}/withdraw/"
    typed = {"reason": "retraction", "note": "The source took it back."}

    shown = desk.post(address, typed)
    assert shown.status_code == 200
    assert "This incident was withdrawn" in shown.text
    assert shown.text.count("The source took it back.") == 2
    assert Client().get(f"/incidents/{incident.shown_uid}/").status_code == 200
    done = desk.post(address, typed | keyboard.marks(shown))

    assert done.status_code == 302, keyboard.sentences(done)
    assert Client().get(f"/incidents/{incident.shown_uid}/").status_code == 410


def test_a_withdrawal_is_undone_from_its_own_page(desk, editor):
    incident = builders.published()
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")
    assert "Undo the withdrawal" in desk.get(f"/desk/incidents/{incident.uid}/").text
    address = f"/desk/incidents/{incident.uid}/restore/"

    shown = desk.post(address, {"reason": "correction", "note": "It was right."})
    assert 'class="incident-columns"' in shown.text
    done = desk.post(address, {"reason": "correction", "note": "It was right."} | keyboard.marks(shown))

    assert done.status_code == 302, keyboard.sentences(done)
    assert Client().get(f"/incidents/{incident.shown_uid}/").status_code == 200


def test_a_draft_put_away_is_brought_back_from_its_page(client, analyst, other_analyst):
    draft = builders.draft(analyst)
    incidents.discard(draft, by=analyst)
    address = f"/desk/incidents/{draft.uid}/bring-back/"
    client.force_login(other_analyst)
    assert client.post(address).status_code == 404

    client.force_login(analyst)
    assert "Bring the draft back" in client.get(f"/desk/incidents/{draft.uid}/").text
    assert client.post(address).status_code == 302

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_what_is_public_offers_no_bringing_back_of_a_draft(desk, editor):
    incident = builders.published()
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")

    refused = desk.post(f"/desk/incidents/{incident.uid}/bring-back/")

    assert refused.status_code == 422
    assert "an editor restores it" in keyboard.sentences(refused)


def test_going_back_shows_the_differences_and_leads_to_publishing(desk, editor):
    incident = builders.published(title="First title")
    incidents.edit(incident, by=editor, version=incident.version, fields={"title": "Second title"})
    editions.publish(incident, by=editor, reason="correction", note="Rewritten")
    address = f"/desk/incidents/{incident.uid}/earlier/"
    incident.refresh_from_db()
    typed = {"number": "1", "version": str(incident.version)}

    shown = desk.post(address, typed)
    assert shown.status_code == 200
    assert '<ins dir="auto">First title</ins>' in shown.text
    done = desk.post(address, typed | keyboard.marks(shown))

    assert done.url.endswith("/publish/?reason=correction"), keyboard.sentences(done)
    incident.refresh_from_db()
    assert incident.title == "First title"
    assert desk.post(address, typed | keyboard.marks(shown)).status_code == 409


@pytest.mark.parametrize("act", ["publish", "split", "withdraw", "earlier", "link"])
def test_pages_cost_the_same_for_two_claims_as_for_eight(desk, analyst, editor, act):
    def incident(count):
        told = [builders.claim("casualties", lines=[builders.toll(3)]) for _ in range(count)]
        return builders.published(by=analyst, editor=editor, claims=told)

    few, many = incident(2), incident(8)

    assert counted(desk, f"/desk/incidents/{few.uid}/{act}/") == counted(desk, f"/desk/incidents/{many.uid}/{act}/")


def test_publishing_costs_the_same_for_two_parts_as_for_eight(desk, analyst, editor):
    def whole(count):
        made = ready(analyst, editor)
        for _ in range(count):
            incidents.link(ready(analyst, editor), made, by=editor, type="part_of")
        return made

    few, many = whole(2), whole(8)

    # Only listed: each that goes along is an edition made, and costs what an edition costs.
    addresses = [f"/desk/incidents/{one.uid}/publish/?reason=correction" for one in (few, many)]
    assert counted(desk, addresses[0]) == counted(desk, addresses[1])
