"""The registers: adding, changing, folding; what the public sees of an entry after it was folded into another."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, queues, registers
from events.desk.stale import Stale
from events.models.actor import ActorRelation
from events.models.change import Change
from events.models.edition import PublishedClaim, PublishedIncident, PublishedParticipant
from events.press import editions, index
from tests import builders

pytestmark = pytest.mark.django_db


def _group(name="Test Front", **fields):
    return builders.actor(name, kind="armed_group", side="non_state", home_country="", **fields)


def _same_after_reindex():
    before = index.contents()
    index.rebuild()
    return index.contents() == before


def test_analysts_add_to_the_registers_and_only_editors_change_them(analyst, editor):
    actor = registers.add_actor(by=analyst, name="Test Front", kind="armed_group", side="non_state")

    with pytest.raises(PermissionDenied):
        registers.edit_actor(actor, by=analyst, version=1, name="Renamed")
    registers.edit_actor(actor, by=editor, version=1, name="Renamed")
    with pytest.raises(Stale):
        registers.edit_actor(actor, by=editor, version=1, name="Renamed again")


def test_only_editors_grade_sources(analyst, editor):
    source = registers.add_source(by=analyst, name="Test Gazette", kind="newspaper", reliability="A")
    assert source.reliability == "F"

    graded = registers.edit_source(source, by=editor, version=1, reliability="B", reliability_note="Well sourced.")

    assert (graded.reviewed_by, graded.reviewed_at is not None) == (editor, True)


def test_a_name_that_several_bear_gives_a_list(db):
    one, two = builders.actor("Test authorities"), _group()
    for actor in (one, two):
        registers.add_actor_alias(actor, by=builders.keeper(), text="Testiban", kind="transliteration")

    assert set(type(one).objects.named("TESTIBAN")) == {one, two}


def test_spellings_and_scripts_find_the_same_place(db):
    aliases = [{"text": "میران شاہ", "language": "ur", "kind": "transliteration"}]
    place = builders.location("Mirān Shāh", aliases=aliases)

    for spelling in ("miran shah", "Mirān Shāh", "MIRAN-SHAH", "میران شاه", "ميران شاہ"):
        assert list(type(place).objects.named(spelling)) == [place]


def test_the_address_of_an_entry_is_permanent(db):
    actor = _group()

    with pytest.raises(ValidationError, match="permanent"):
        registers.edit_actor(actor, by=builders.keeper(), version=1, slug="elsewhere")


def test_bodies_cannot_contain_each_other_by_any_kind_of_belonging(db):
    one, two = _group("Test One"), _group("Test Two")
    registers.relate(one, "part_of", two, by=builders.keeper())

    with pytest.raises(ValidationError, match="below"):
        registers.relate(two, "faction_of", one, by=builders.keeper())


def test_a_place_lies_only_in_a_coarser_one(db):
    town = builders.places()["town"]

    with pytest.raises(ValidationError, match="coarser"):
        builders.location("Second town", parent=town)


def test_moving_a_district_moves_what_lies_in_it_and_leaves_a_trace(db):
    places = builders.places()
    other = builders.location("Other Province", level="province", parent=places["country"])
    district = places["district"]

    registers.edit_location(district, by=builders.keeper(), version=district.version, parent=other)

    places["town"].refresh_from_db()
    assert places["town"].province == other
    assert Change.objects.filter(object_uid=places["town"].uid, field="province_id").exists()


def test_a_capture_that_lacks_an_accepted_excerpt_is_refused(db):
    paper = builders.document()
    builders.published(claims=[builders.claim(document_row=paper, excerpt="seven were killed")])

    with pytest.raises(ValidationError, match="not in this text"):
        registers.edit_document(paper, by=builders.keeper(), version=1, captured_text="Something else.")

    assert registers.edit_document(paper, by=builders.keeper(), version=1, captured_text="Seven? “seven were  killed”.")


def test_an_actor_that_was_folded_stays_in_the_record_under_the_other(client):
    loser, survivor = _group("Test Frnt"), _group()
    incident = builders.published(
        claims=[builders.claim("perpetrator", claimant=loser, value_actor=loser, part="perpetrator")]
    )

    registers.merge_actor(loser, survivor, by=builders.keeper())

    assert PublishedParticipant.objects.get().actor == PublishedIncident.objects.get().perpetrator == survivor
    assert PublishedClaim.objects.get().claimant == survivor
    assert client.get(f"/actors/{survivor.slug}/").status_code == 200
    assert incident in queues.awaiting_review(builders.keeper())
    assert _same_after_reindex()


def test_a_place_and_a_source_that_were_folded_stay_in_the_record_under_the_others(client):
    loser, survivor = (builders.location(name) for name in ("Testtwn", "Testtown"))
    old, new = (builders.source(name) for name in ("Test Gazete", "Test Gazette"))
    claim = builders.claim(document_row=builders.document(source_row=old))
    builders.published(location=loser, location_precision="settlement", claims=[claim])

    registers.merge_location(loser, survivor, by=builders.keeper())
    registers.merge_source(old, new, by=builders.keeper())

    assert PublishedIncident.objects.get().location == survivor
    assert client.get(f"/locations/{survivor.slug}/").status_code == 200
    assert client.get(f"/sources/{new.slug}/").status_code == 200
    assert _same_after_reindex()


def test_folding_joins_relations_that_become_the_same_and_keeps_their_claims(analyst):
    whole, loser, survivor = _group("Test Whole"), _group("Test Frnt"), _group()
    one, two = (registers.relate(actor, "part_of", whole, by=builders.keeper()) for actor in (loser, survivor))
    claim = claims.add(one, by=analyst, **builders.claim("relation"))

    registers.merge_actor(loser, survivor, by=builders.keeper())

    claim.refresh_from_db()
    assert list(ActorRelation.objects.all()) == [two]
    assert claim.relation == two


def test_folding_keeps_names_with_their_scheme_and_validity(db):
    loser, survivor = _group("Test Frnt"), _group()
    registers.add_actor_alias(
        loser, by=builders.keeper(), text="TF: Test Front", kind="external", scheme="acled", valid_from=date(2018, 1, 1)
    )

    registers.merge_actor(loser, survivor, by=builders.keeper())

    taken = survivor.aliases.get(text="TF: Test Front")
    assert (taken.scheme, taken.valid_from) == ("acled", date(2018, 1, 1))
    assert survivor.aliases.filter(text="Test Frnt").exists()


def test_a_relation_is_published_and_withdrawn_with_a_reason(client, analyst, editor):
    one, two = _group("Test One"), _group("Test Two")
    relation = registers.relate(one, "allied_with", two, by=editor)
    claim = claims.add(relation, by=analyst, **builders.claim("relation"))
    with pytest.raises(ValidationError):
        editions.publish_relation(relation, by=editor, reason="new_incident")
    assert list(queues.relations_awaiting_review(editor)) == [relation]
    claims.decide(claim, by=editor, verdict="accepted")
    editions.publish_relation(relation, by=editor, reason="new_incident")
    assert client.get(f"/claims/{claim.shown_uid}/").status_code == 200

    with pytest.raises(ValidationError, match="Say why"):
        editions.withdraw_relation(relation, by=editor, reason="retraction", note=" ")
    editions.withdraw_relation(relation, by=editor, reason="retraction", note="The source took it back.")

    assert client.get(f"/claims/{claim.shown_uid}/").status_code == 410
    assert _same_after_reindex()


def test_folding_cannot_close_a_circle_of_bodies(db):
    one, two, three = (_group(name) for name in ("Test One", "Test Two", "Test Three"))
    registers.relate(one, "faction_of", two, by=builders.keeper())
    registers.relate(two, "faction_of", three, by=builders.keeper())

    with pytest.raises(ValidationError, match="contain the other"):
        registers.merge_actor(three, one, by=builders.keeper())


def test_folding_two_actors_who_contradict_each_other_is_refused(editor):
    one, two = (builders.actor(name, kind="office", side="third") for name in ("Test Ministry", "Ministry of Test"))
    told = [
        builders.claim("casualties", claimant=actor, lines=[builders.toll(number)])
        for actor, number in ((one, 5), (two, 9))
    ]
    builders.published(claims=told)

    with pytest.raises(ValidationError, match="claimant_conflict"):
        registers.merge_actor(one, two, by=editor)


def test_a_relation_in_the_year_25_is_a_slip_of_the_keyboard(db):
    with pytest.raises(ValidationError, match="check the year"):
        registers.relate(_group("One"), "fights", _group("Two"), by=builders.keeper(), valid_from=date(25, 1, 1))
