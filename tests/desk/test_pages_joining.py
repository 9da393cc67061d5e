"""The pages of merging, parting and linking: what would follow is shown before it is done."""

from datetime import date

import pytest
from django.test import Client

from events.desk import incidents
from events.models.edition import Edition
from events.models.incident import IncidentLink
from events.press import editions
from events.rules.dates import VagueDate
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_two_incidents_are_merged_field_by_field_and_parted_again(desk, editor):
    loser, survivor = builders.published(title="Goes"), builders.published(title="Stays", summary="Kept")
    address = f"/desk/incidents/{loser.uid}/merge/?into={survivor.shown_uid}"
    beside = desk.get(address)
    assert "1 claim with 1 citation" in beside.text
    typed = {"keep_title": "loser", "keep_location": "survivor", "keep_summary": "survivor", "note": "The same."}

    shown = desk.post(address, typed)
    assert shown.status_code == 200, keyboard.sentences(shown)
    assert Edition.objects.findings().count() == 2
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
