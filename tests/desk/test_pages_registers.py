"""The pages of entries: what hangs on them, changing a public name, folding doubles side by side."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import registers
from events.models.actor import Actor, ActorRelation
from events.models.change import Change
from events.models.edition import Edition, PublishedIncident
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def _group(name="Test Front", **fields):
    return builders.actor(name, kind="armed_group", side="non_state", home_country="", **fields)


def _public(actor, **fields):
    told = builders.claim("perpetrator", claimant=actor, value_actor=actor, part="perpetrator")
    return builders.published(claims=[told], **fields)


def _asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_actor_is_shown_with_its_names_relations_and_incidents(desk, editor):
    actor, other = _group(short_name="TF"), _group("Test Other")
    registers.add_actor_alias(actor, by=editor, text="محاذ", language="ur", kind="transliteration")
    registers.add_actor_alias(actor, by=editor, text="TF: Test", kind="external", scheme="acled")
    registers.relate(other, "faction_of", actor, by=editor, valid_from=date(2012, 5, 1), note="As both say.")
    _public(actor, title="Made-up attack")

    page = desk.get(f"/desk/actors/{actor.shown_uid}/").text

    for words in (
        "محاذ",
        "ACLED",
        "TF: Test",
        "Test Other",
        "faction of this actor",
        "from 1 May 2012",
        "Made-up attack",
    ):
        assert words in page
    for address in ("edit/", "merge/", "history/", "names/"):
        assert f"/desk/actors/{actor.shown_uid}/{address}" in page
    assert f'href="/actors/{actor.slug}/"' in page


def test_analysts_look_at_entries_and_count_only_what_they_see(client, other_analyst, analyst):
    actor = _group()
    told = builders.claim("perpetrator", claimant=actor, value_actor=actor, part="perpetrator")
    builders.draft(analyst, title="Hidden draft", claims=[told])
    client.force_login(other_analyst)

    page = client.get(f"/desk/actors/{actor.shown_uid}/").text

    assert "Hidden draft" not in page
    assert "Of what you can see." in page
    assert "/edit/" not in page
    assert "/merge/" not in page
    assert client.get(f"/desk/actors/{actor.shown_uid}/edit/").status_code == 403


def test_a_place_is_shown_between_what_it_lies_in_and_what_lies_in_it(desk):
    places = builders.places()
    builders.published(location=places["town"], location_precision="settlement", title="Made-up attack")

    page = desk.get(f"/desk/locations/{places['district'].shown_uid}/").text
    for words in ("Testland", "Test Province", "Testtown", "Made-up attack", "public incidents, here or within"):
        assert words in page
    assert "uncertain by 2 km" in desk.get(f"/desk/locations/{places['town'].shown_uid}/").text


def test_a_source_is_shown_with_its_grades_and_documents(desk, editor):
    paper = builders.document("Made-up report")
    registers.grade_source(paper.source, by=editor, version=1, reliability="C", why="Corrects its errors.")
    builders.published(claims=[builders.claim(document_row=paper)])

    page = desk.get(f"/desk/sources/{paper.source.shown_uid}/").text

    for words in (
        "C · fairly reliable",
        "Corrects its errors.",
        "as it was added",
        "Made-up report",
        "of them accepted",
    ):
        assert words in page


def test_a_document_is_shown_with_what_rests_on_it(desk):
    paper = builders.document("Made-up report", captured_text="These are made-up words.")
    builders.published(title="Made-up attack", claims=[builders.claim(document_row=paper)])

    page = desk.get(f"/desk/documents/{paper.shown_uid}/").text

    for words in ("Made-up attack", "made-up words", paper.sha256, "A test witness"):
        assert words in page


@pytest.mark.parametrize("kind", ["actor", "location", "source", "document"])
def test_pages_of_entries_ask_as_often_for_much_as_for_little(desk, editor, kind):
    def entry(count):
        actor, place, paper = _group(f"Front {count}"), builders.location(f"Town {count}"), builders.document()
        for number in range(count):
            told = builders.claim(
                "perpetrator", claimant=actor, value_actor=actor, part="perpetrator", document_row=paper
            )
            builders.published(claims=[told], location=place, location_precision="settlement")
            registers.relate(actor, "fights", _group(f"Other {count} {number}"), by=editor)
            registers.add_actor_alias(actor, by=editor, text=f"F{number}", kind="acronym")
        row = {"actor": actor, "location": place, "source": paper.source, "document": paper}[kind]
        return f"/desk/{kind}s/{row.shown_uid}/"

    assert _asked(desk, entry(1)) == _asked(desk, entry(4))


def test_saving_a_public_name_asks_first_and_then_makes_the_editions(desk):
    actor = _group()
    one, _ = _public(actor, title="First attack"), _public(actor, title="Second attack")
    address = f"/desk/actors/{actor.shown_uid}/edit/"
    typed = keyboard.as_shown(desk.get(address)) | {"name": "Front of Test"}

    asked = desk.post(address, typed)
    assert asked.status_code == 200
    assert "This name stands in 2 public incidents; saving makes a further edition of each." in asked.text
    assert "First attack" in asked.text
    assert Actor.objects.get(pk=actor.pk).name == "Test Front"
    assert Edition.objects.findings().count() == 2

    saved = desk.post(address, keyboard.as_shown(asked), follow=True)
    assert "2 further editions made with the new name" in saved.text
    assert Edition.objects.of("incident", one.uid).first().number == 2


def test_what_became_public_meanwhile_is_shown_before_it_is_renamed(desk):
    actor = _group()
    _public(actor)
    address = f"/desk/actors/{actor.shown_uid}/edit/"
    asked = desk.post(address, keyboard.as_shown(desk.get(address)) | {"name": "Front of Test"})
    _public(actor)

    again = desk.post(address, keyboard.as_shown(asked))

    assert "This name stands in 2 public incidents" in again.text
    assert Edition.objects.findings().count() == 2


def test_other_fields_are_saved_without_asking(desk):
    actor = _group()
    _public(actor)
    address = f"/desk/actors/{actor.shown_uid}/edit/"

    answer = desk.post(address, keyboard.as_shown(desk.get(address)) | {"description": "Made up."})

    assert answer.status_code == 302
    assert Edition.objects.findings().count() == 1


def test_doubles_are_folded_side_by_side_with_what_follows_seen_first(desk, client):
    loser, survivor = _group("Test Frnt", description="Longer words"), _group()
    incident = _public(loser, title="Made-up attack")
    address = f"/desk/actors/{loser.shown_uid}/merge/"

    chosen = desk.post(address, {"survivor": "Test Front"})
    assert chosen.url == f"{address}?into={survivor.shown_uid}"
    page = desk.get(chosen.url)
    for words in (
        "Longer words",
        "Made-up attack",
        "edition 2",
        "the register folded the two into one",
        "claims that it",
    ):
        assert words in page.text
    assert Edition.objects.findings().count() == 1
    assert Actor.objects.get(pk=loser.pk).merged_into is None

    done = desk.post(chosen.url, keyboard.as_shown(page) | {"keep_description": "loser"}, follow=True)
    assert "is folded into this entry" in done.text
    survivor.refresh_from_db()
    assert survivor.description == "Longer words"
    assert Edition.objects.of("incident", incident.uid).first().number == 2
    assert desk.get(f"/desk/actors/{loser.shown_uid}/").url == f"/desk/actors/{survivor.shown_uid}/"
    assert client.get(f"/actors/{loser.slug}/").status_code == 301
    assert PublishedIncident.objects.get().perpetrator == survivor


def test_taking_the_other_name_shows_again_what_follows(desk):
    loser, survivor = _group("Test Frnt"), _group()
    _public(survivor)
    address = f"/desk/actors/{loser.shown_uid}/merge/?into={survivor.shown_uid}"
    typed = keyboard.as_shown(desk.get(address)) | {"keep_name": "loser"}

    again = desk.post(address, typed)
    assert again.status_code == 409
    assert Actor.objects.get(pk=loser.pk).merged_into is None
    assert desk.post(address, keyboard.as_shown(again)).status_code == 302

    assert Actor.objects.get(pk=survivor.pk).name == "Test Frnt"


def test_what_stands_against_folding_is_said_and_nothing_is_done(desk, editor):
    places = builders.places()
    address = f"/desk/locations/{places['province'].shown_uid}/merge/"

    itself = desk.post(address, {"survivor": "Test Province"})
    assert "choose the one it is a double of" in keyboard.sentences(itself)
    refused = desk.get(f"{address}?into={places['town'].shown_uid}")
    assert refused.status_code == 422
    assert "cannot take its place" in refused.text
    assert desk.get(f"{address}?into=ZZZZ-ZZZZ").status_code == 404


@pytest.mark.parametrize("kind", ["location", "source"])
def test_places_and_sources_are_folded_the_same_way(desk, kind):
    loser, survivor = (getattr(builders, kind)(name) for name in ("Made-up on", "Made-up one"))
    address = f"/desk/{kind}s/{loser.shown_uid}/merge/?into={survivor.shown_uid}"

    assert desk.post(address, keyboard.as_shown(desk.get(address))).status_code == 302

    loser.refresh_from_db()
    assert loser.merged_into == survivor


def test_a_grade_asks_why(desk):
    source = builders.source()
    address = f"/desk/sources/{source.shown_uid}/grade/"
    typed = keyboard.as_shown(desk.get(address)) | {"reliability": "B"}

    silent = desk.post(address, typed)
    assert silent.status_code == 422
    assert "Why this grade" in keyboard.sentences(silent)
    assert desk.post(address, typed | {"why": "Names its sources."}).status_code == 302

    stale = desk.post(address, typed | {"reliability": "E", "why": "Invents."})
    assert stale.status_code == 409
    assert "Invents." in stale.text
    source.refresh_from_db()
    assert (source.reliability, source.reliability_note) == ("B", "Names its sources.")


def test_a_name_is_added_changed_and_taken_away(desk):
    actor = _group()
    address = f"/desk/actors/{actor.shown_uid}/names/"
    desk.post(address, {"text": "TF: Test", "kind": "acronym", "scheme": "acled"})
    alias = actor.aliases.get()
    assert (alias.kind, alias.scheme) == ("external", "acled")

    typed = keyboard.as_shown(desk.get(f"{address}{alias.pk}/")) | {"text": "TF", "kind": "acronym", "scheme": ""}
    assert desk.post(f"{address}{alias.pk}/", typed).status_code == 302
    assert actor.aliases.get().text == "TF"
    assert desk.post(f"{address}{alias.pk}/remove/").status_code == 302
    assert not actor.aliases.exists()
    assert desk.post(f"{address}{alias.pk}/remove/").status_code == 404


def test_whoever_added_an_entry_names_it(client, analyst):
    actor = registers.add_actor(by=analyst, name="Test Front", kind="armed_group", side="non_state")
    client.force_login(analyst)

    page = client.get(f"/desk/actors/{actor.shown_uid}/").text
    assert "Add a name" in page
    assert client.post(f"/desk/actors/{actor.uid}/names/", {"text": "TF", "kind": "acronym"}).status_code == 302


def test_a_relation_is_entered_from_an_actor_and_ended(desk):
    actor, _ = _group(), _group("Test Other")
    address = f"/desk/relations/new/?of={actor.shown_uid}"
    typed = keyboard.as_shown(desk.get(address)) | {"type": "fights", "object": "Test Other"}
    assert desk.post(address, typed).status_code == 302
    relation = ActorRelation.objects.get()

    edit = f"/desk/relations/{relation.shown_uid}/edit/"
    typed = keyboard.as_shown(desk.get(edit)) | {"valid_from": "2010-01-01", "valid_until": "2014-06-01"}
    assert desk.post(edit, typed).status_code == 302
    assert "until 1 June 2014" in desk.get(f"/desk/actors/{actor.shown_uid}/").text

    stale = desk.post(edit, typed | {"note": "Mine"})
    assert stale.status_code == 409
    page = desk.get(f"/desk/relations/{relation.shown_uid}/history/").text
    assert "Restore this state" in page


def test_bringing_a_public_name_back_says_what_it_makes(desk, editor):
    actor = _group()
    _public(actor)
    made = Change.objects.get(object_uid=actor.uid, field="created")
    registers.edit_actor(actor, by=editor, version=1, name="Front of Test")

    page = desk.get(f"/desk/actors/{actor.uid}/history/{made.pk}/").text

    assert "makes a further edition of 1 public document," in page
