"""The pages on which editors see what would follow before they publish, withdraw, merge, link or go back."""

import re
from datetime import date

import pytest
from django.test import Client

from events.desk import claims, incidents
from events.models.edition import Edition
from events.models.incident import IncidentLink
from events.press import editions
from events.rules.dates import VagueDate
from tests import builders
from tests.desk import keyboard
from tests.desk.test_pages_queries import counted

pytestmark = pytest.mark.django_db


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
    assert (incident.status, Edition.objects.count()) == ("submitted", 0)
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
    assert "One account, summed within itself." in text
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
    address = f"/desk/incidents/{whole.uid}/publish/"
    sent = keyboard.as_shown(desk.get(address)) | {"together": part.uid}

    refused = desk.post(address, sent)
    assert refused.status_code == 409
    assert not Edition.objects.exists()
    again = desk.post(address, sent | {"again": "yes"})
    assert again.status_code == 200
    assert "Parts of this operation" in again.text
    assert desk.post(address, keyboard.as_shown(again)).status_code == 302

    assert Edition.objects.count() == 2


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


def test_two_incidents_are_merged_field_by_field_and_parted_again(desk, editor):
    loser, survivor = builders.published(title="Goes"), builders.published(title="Stays", summary="Kept")
    address = f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}"
    beside = desk.get(address)
    assert "1 claim with 1 citation" in beside.text
    typed = {"keep_title": "loser", "keep_location": "survivor", "keep_summary": "survivor", "note": "The same."}

    shown = desk.post(address, typed)
    assert shown.status_code == 200, keyboard.sentences(shown)
    assert Edition.objects.count() == 2
    done = desk.post(address, typed | keyboard.marks(shown))
    assert done.status_code == 302, keyboard.sentences(done)
    survivor.refresh_from_db()
    assert (survivor.title, survivor.summary) == ("Goes", "Kept")

    assert "Undo the merge" in desk.get(f"/desk/incidents/{loser.uid}/").text
    undone = keyboard.in_two_steps(desk, f"/desk/incidents/{loser.uid}/unmerge/", {"note": "Two."})
    assert undone.status_code == 302, keyboard.sentences(undone)
    survivor.refresh_from_db()
    assert survivor.title == "Stays"
    assert Client().get(f"/incidents/{loser.shown_uid}/").status_code == 200


def test_a_merge_that_changed_since_it_was_shown_is_shown_again(desk, analyst, editor):
    loser, survivor = builders.published(title="Goes"), builders.published(title="Stays")
    address = f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}"
    typed = {"keep_title": "survivor", "keep_location": "survivor", "note": "My reason."}
    shown = desk.post(address, typed)
    incidents.edit(survivor, by=editor, version=survivor.version, fields={"title": "Changed meanwhile"})

    refused = desk.post(address, typed | keyboard.marks(shown))

    assert refused.status_code == 409
    assert "changed since you looked" in keyboard.sentences(refused)
    assert "My reason." in refused.text and "Changed meanwhile" in refused.text
    loser.refresh_from_db()
    assert loser.status == "published"
    assert desk.post(address, typed | keyboard.marks(refused)).status_code == 302


def test_other_choices_than_those_shown_are_shown_before_they_are_done(desk, editor):
    loser, survivor = builders.draft(editor, title="Goes"), builders.draft(editor, title="Stays")
    address = f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}"
    shown = desk.post(address, {"keep_title": "survivor", "note": "The same."})

    answer = desk.post(address, {"keep_title": "loser", "note": "The same."} | keyboard.marks(shown))

    assert answer.status_code == 200
    loser.refresh_from_db()
    assert loser.status == "draft"


def test_a_conflict_names_the_claims_and_keeps_the_note(desk, editor):
    office = builders.actor("Testland ministry", kind="office", side="third")
    loser, survivor = (
        builders.published(claims=[builders.claim("casualties", claimant=office, lines=[builders.toll(number)])])
        for number in (7, 9)
    )

    refused = desk.post(
        f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}",
        {"keep_location": "survivor", "note": "The same."},
    )

    assert refused.status_code == 422
    assert loser.claims.get().shown_uid in keyboard.sentences(refused)
    assert keyboard.as_shown(refused)["note"] == "The same."


def test_claims_that_would_stand_twice_are_named_before_merging(desk, editor):
    loser, survivor = builders.published(), builders.published()

    text = desk.get(f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}").text

    assert "Said twice after the merge" in text


@pytest.mark.parametrize("into", ["0000-0000", "nonsense", ""])
def test_merging_into_nothing_is_absent(desk, into):
    incident = builders.published()

    assert desk.get(f"/desk/incidents/{incident.uid}/merge/?into={into}").status_code == 404


def test_a_link_is_said_in_a_sentence_before_it_is_made(desk, analyst, editor):
    answer, cause = builders.published(title="The answer"), builders.published(title="The cause")
    address = f"/desk/incidents/{answer.uid}/link/"
    assert f'value="{cause.uid}"' in desk.get(address).text
    typed = {"type": "retaliation_for", "candidate": cause.uid, "to": ""}

    shown = desk.post(address, typed)
    assert "“The answer” is a retaliation for “The cause”" in shown.text
    assert not IncidentLink.objects.exists()
    done = desk.post(address, typed | keyboard.marks(shown) | {"then": "claim"})

    link = IncidentLink.objects.get()
    assert done.url == f"/desk/links/{link.shown_uid}/claims/add/"


def test_an_answer_before_its_cause_is_refused_in_the_preview(desk, editor):
    day = date(2024, 4, 1)
    first, second = builders.published(), builders.published(date=VagueDate(day, day, "day"))

    refused = desk.post(f"/desk/incidents/{first.uid}/link/", {"type": "response_to", "to": second.shown_uid})

    assert refused.status_code == 422
    assert "came later" in keyboard.sentences(refused)


def test_an_analyst_is_offered_no_drafts_of_others_to_link(client, analyst, other_analyst):
    mine, foreign = builders.draft(analyst), builders.draft(other_analyst, title="A foreign draft")
    client.force_login(analyst)

    text = client.get(f"/desk/incidents/{mine.uid}/link/").text

    assert "A foreign draft" not in text and foreign.uid not in text


def test_removing_a_link_shows_the_chain_without_it_first(desk, editor):
    one, other = builders.published(title="One"), builders.published(title="Other")
    link = incidents.link(one, other, by=editor, type="follows")
    editions.publish(one, by=editor, reason="correction", note="Linked")
    address = f"/desk/links/{link.uid}/remove/"

    shown = desk.get(address)
    assert "This is later than “Other”" in shown.text
    assert IncidentLink.objects.exists()
    done = desk.post(address, keyboard.marks(shown))

    assert done.status_code == 302, keyboard.sentences(done)
    assert not IncidentLink.objects.exists()


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

    addresses = [f"/desk/incidents/{one.uid}/publish/" for one in (few, many)]
    assert counted(desk, addresses[0]) == counted(desk, addresses[1])
