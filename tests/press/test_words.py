"""The word index follows the editions: what is published can be found, what is withdrawn, renamed or moved cannot."""

import pytest

from events import names, uids
from events.desk import registers
from events.models.words import ClaimWords, IncidentWords
from events.press import editions
from tests import builders
from tests.press import consistency

pytestmark = pytest.mark.django_db


def words_of(incident):
    return IncidentWords.objects.get(pk=uids.number(incident.uid))


def test_titles_names_summaries_and_claims_stand_in_columns_of_their_own():
    place = builders.location("Mirān Shāh")
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="", short_name="TF")
    incident = builders.published(
        title="Made-up ambush",
        summary="A summary.",
        tags=["drone"],
        location=place,
        location_precision="settlement",
        claims=[builders.claim("casualties", claimant=front, lines=[builders.toll(8)], excerpt="آٹھ ہلاک")],
    )

    row = words_of(incident)

    assert row.title == "made up ambush"
    assert {"miran", "front", "tf", "_" + place.uid.lower(), "_" + front.uid.lower()} <= set(row.names.split())
    assert row.summary.startswith("a summary _ 18 march 2024") and row.summary.endswith("drone")
    assert row.claims == f"8 civilians killed _ {names.fold('آٹھ ہلاک')}"
    claim = ClaimWords.objects.get(pk=uids.number(incident.claims.get().uid))
    assert (claim.title, claim.summary) == ("", "8 civilians killed")
    consistency.check()


def test_a_withdrawn_incident_takes_its_words_with_it(editor):
    incident = builders.published()

    editions.withdraw(incident, by=editor, reason="privacy", note="For a reason")

    assert not IncidentWords.objects.exists()
    assert not ClaimWords.objects.exists()
    consistency.check()


def test_a_new_name_replaces_the_old_one_and_a_folded_entry_is_found_as_the_one_that_stays():
    army, other = builders.actor("Old army"), builders.actor("Named by nobody")
    paper = builders.document()
    told = [builders.claim("perpetrator", value_actor=army, part="perpetrator", document_row=paper)]
    incident = builders.published(claims=told)

    registers.edit_actor(army, by=builders.keeper(), version=army.version, name="Renamed army")
    assert "renamed army" in words_of(incident).names and "old" not in words_of(incident).names.split()

    army.refresh_from_db()
    registers.merge_actor(army, other, by=builders.keeper())
    assert f"_{other.uid.lower()}" in words_of(incident).names.split()
    assert f"_{army.uid.lower()}" not in words_of(incident).names.split()
    consistency.check()


def test_a_place_that_only_a_claim_names_is_followed_when_it_is_folded():
    old, new = builders.location("Old hamlet"), builders.location("New hamlet")
    incident = builders.published(claims=[builders.claim("location", value_location=old)])

    registers.merge_location(old, new, by=builders.keeper())

    assert f"_{new.uid.lower()}" in words_of(incident).names.split()
    consistency.check()


def test_a_relation_has_words_of_its_claims(editor):
    front, faction = (builders.actor(name, kind="armed_group", home_country="") for name in ("Front", "Faction"))
    relation = registers.relate(faction, "faction_of", front, by=editor, basis="established")
    builders.published(claims=[builders.claim("perpetrator", value_actor=faction, part="perpetrator")])

    editions.publish_relation(relation, by=editor, reason="new_incident")

    consistency.check()
