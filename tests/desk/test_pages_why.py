"""Asking why readers see an entry of a register change: of what they know, and of nothing else."""

import pytest

from events.models.edition import Edition
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
ASKED = "Reason that readers see"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def group(db):
    """An actor that takes part in a public incident."""
    actor = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    told = builders.claim("perpetrator", claimant=actor, value_actor=actor, part="perpetrator")
    builders.published(claims=[told])
    return actor


def last(actor):
    edition = Edition.objects.of("actor", actor.uid).first()
    return edition.number, edition.kind, edition.reason, edition.note


def test_what_an_editor_gives_stands_in_the_edition_of_the_entry(desk, group):
    address = f"/desk/actors/{group.shown_uid}/edit/"
    typed = keyboard.as_shown(desk.get(address)) | {"description": "Made up."}

    desk.post(address, typed | {"why_reason": "new_source", "why_note": "A made-up report says so."})

    assert last(group) == (2, "published", "new_source", "A made-up report says so.")


def test_a_public_name_goes_for_privacy_with_the_editions_that_showed_it(desk, client, group):
    address = f"/desk/actors/{group.shown_uid}/edit/"
    asked = desk.post(address, keyboard.as_shown(desk.get(address)) | {"name": "A front", "why_reason": "privacy"})
    desk.post(address, keyboard.as_shown(asked))

    assert last(group)[1:3] == ("published", "privacy")
    told = client.get("/api/v1/editions/?page_size=100").json()["results"]
    withheld = [(one["subject"], one["number"]) for one in told if one["is_withheld"]]
    assert sorted(withheld) == [("actor", 1), ("incident", 1)]
    assert "Test Front" not in str(told)


def test_a_reason_that_is_none_is_refused_and_nothing_is_saved(desk, group):
    address = f"/desk/actors/{group.shown_uid}/edit/"
    typed = keyboard.as_shown(desk.get(address)) | {"description": "Made up."}

    for wrong in ({"why_reason": "merge"}, {"why_note": "x" * 1001}):
        answer = desk.post(address, typed | wrong)
        assert answer.status_code == 422
        assert "error" in answer.text

    assert last(group)[0] == 1


def test_names_are_added_changed_and_taken_away_with_a_reason(desk, group):
    base = f"/desk/actors/{group.shown_uid}/names/"
    new = {"text": "TF", "kind": "acronym", "why_reason": "correction", "why_note": "It signs so."}
    desk.post(base, new)
    assert last(group) == (2, "published", "correction", "It signs so.")

    alias = group.aliases.get()
    desk.post(f"{base}{alias.pk}/", new | {"text": "T.F.", "why_reason": "", "why_note": ""})
    assert last(group) == (3, "published", "style", "Changed in the register: aliases.")

    desk.post(f"{base}{alias.pk}/remove/", {"why_reason": "privacy"})
    assert last(group)[:3] == (4, "published", "privacy")


def test_a_fold_asks_too(desk, group):
    stays = builders.actor("Test Front again", kind="armed_group", side="non_state", home_country="")
    address = f"/desk/actors/{group.shown_uid}/merge/?into={stays.shown_uid}"
    page = desk.get(address)
    assert ASKED in page.text

    desk.post(address, keyboard.as_shown(page) | {"why_note": "One front, entered twice."})

    assert last(group) == (2, "merged", "merge", "One front, entered twice.")


@pytest.mark.parametrize("page", ["edit/", "names/"])
def test_of_what_readers_do_not_know_nothing_is_asked(desk, page):
    hidden = builders.actor("Unseen Front")

    assert ASKED not in desk.get(f"/desk/actors/{hidden.shown_uid}/{page}").text


def test_of_documents_nothing_is_asked(desk):
    assert ASKED not in desk.get(f"/desk/documents/{builders.document().shown_uid}/edit/").text
