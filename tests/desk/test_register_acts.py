"""What editors do with entries: names, grades, relations over time, and what stays when doubles are folded."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, history, registers, restoring
from events.desk.stale import Stale
from events.models.actor import ActorRelation
from events.models.change import Change
from events.models.edition import Edition
from events.press import editions
from tests import builders

pytestmark = pytest.mark.django_db


def _group(name="Test Front", **fields):
    return builders.actor(name, kind="armed_group", side="non_state", home_country="", **fields)


def _named(actor, text="TF", **fields):
    return registers.add_actor_alias(actor, by=builders.keeper(), text=text, **{"kind": "acronym"} | fields)


def test_a_name_is_changed_and_taken_away_and_both_leave_a_trace(editor):
    actor = _group()
    alias = _named(actor)

    alias = registers.change_alias(alias, by=editor, text="T.F.", valid_from=date(2018, 1, 1))
    registers.remove_alias(alias, by=editor)

    changed, removed = Change.objects.filter(object_uid=actor.uid, field="aliases").order_by("pk")[1:]
    assert (changed.before["text"], changed.after["text"], changed.after["valid_from"]) == ("TF", "T.F.", "2018-01-01")
    assert (removed.before["text"], removed.after) == ("T.F.", None)
    assert list(type(actor).objects.named("T.F.")) == []


def test_names_are_for_editors_and_for_whoever_added_the_entry(analyst, other_analyst):
    own = registers.add_actor(by=analyst, name="Test Front", kind="armed_group", side="non_state")
    alias = registers.add_actor_alias(own, by=analyst, text="TF", kind="acronym")

    registers.change_alias(alias, by=analyst, text="T.F.")

    for act in (
        lambda: registers.change_alias(alias, by=other_analyst, text="X"),
        lambda: registers.remove_alias(alias, by=other_analyst),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_name_in_a_data_set_is_of_that_kind(editor):
    with pytest.raises(ValidationError, match="name in another data set"):
        _named(_group(), scheme="acled")
    assert _named(_group("Test Other"), "TF: Test", kind="external", scheme="acled").scheme == "acled"


def test_a_name_cannot_end_before_it_begins(editor):
    alias = _named(_group())

    with pytest.raises(ValidationError, match="cannot end before"):
        registers.change_alias(alias, by=editor, valid_from=date(2020, 1, 1), valid_until=date(2019, 1, 1))


def test_every_change_of_a_grade_asks_why_and_earlier_grades_stay(editor, other_editor):
    source = builders.source()
    with pytest.raises(ValidationError, match="Say why the grade changes"):
        registers.edit_source(source, by=editor, version=1, reliability="B")
    registers.grade_source(source, by=editor, version=1, reliability="B", why="Names its sources.")
    with pytest.raises(ValidationError, match="in new words"):
        registers.grade_source(source, by=editor, version=2, reliability="D", why="Names its sources. ")

    registers.grade_source(source, by=other_editor, version=2, reliability="D", why="Printed two hoaxes.")

    told = [(one.letter, one.why, one.by, one.is_first) for one in registers.grades_of(source)]
    assert told == [
        ("D", "Printed two hoaxes.", "other-editor", False),
        ("B", "Names its sources.", "editor", False),
        ("F", "", "keeper", True),
    ]


def test_other_changes_of_a_source_are_no_grades(editor):
    source = builders.source()

    registers.edit_source(source, by=editor, version=1, country="PK")

    assert len(registers.grades_of(source)) == 1


def test_a_relation_is_ended_and_the_earlier_state_can_come_back(editor):
    relation = registers.relate(_group("One"), "fights", _group("Two"), by=editor, valid_from=date(2010, 1, 1))
    made = Change.objects.get(object_uid=relation.uid)

    ended = registers.edit_relation(relation, by=editor, version=1, valid_until=date(2014, 6, 1), note="A truce.")
    assert (ended.valid_until, ended.version) == (date(2014, 6, 1), 2)
    acts = history.told(history.of_row(ended), history.acts(history.of_row(ended)), editor)
    assert [act.can_return for act in acts] == [False, True]
    restoring.restore(ended, made, by=editor, version=2, wanted=["valid_until"])

    again = ActorRelation.objects.get()
    assert (again.valid_until, again.note, again.version) == (None, "A truce.", 3)


def test_a_relation_is_changed_by_editors_who_saw_it_and_keeps_whom_it_joins(analyst, editor):
    relation = registers.relate(_group("One"), "fights", _group("Two"), by=analyst)

    with pytest.raises(PermissionDenied):
        registers.edit_relation(relation, by=analyst, version=1, note="Mine")
    with pytest.raises(Stale):
        registers.edit_relation(relation, by=editor, version=7, note="Mine")
    with pytest.raises(ValidationError, match="end it, and enter another"):
        registers.edit_relation(relation, by=editor, version=1, type="hosts")
    with pytest.raises(ValidationError, match="check the year"):
        registers.edit_relation(relation, by=editor, version=1, valid_from=date(25, 1, 1))
    with pytest.raises(ValidationError, match="cannot end before"):
        registers.edit_relation(
            relation, by=editor, version=1, valid_from=date(2020, 1, 1), valid_until=date(2019, 1, 1)
        )


def test_a_change_of_a_relation_is_public_with_its_next_edition_only(editor):
    one, two = _group("One"), _group("Two")
    relation = registers.relate(one, "fights", two, by=editor, basis="established")
    editions.publish_relation(relation, by=editor, reason="new_incident")

    registers.edit_relation(relation, by=editor, version=1, note="Leakword")
    registers.edit_actor(one, by=editor, version=1, name="One of Test")

    last = Edition.objects.of("relation", relation.uid).first()
    assert "One of Test" in last.document.body
    assert "Leakword" not in last.document.body


def test_the_one_that_stays_takes_what_was_chosen_and_both_names_find_it(editor):
    loser, survivor = _group("Test Frnt", short_name="TFr", description="Longer words"), _group(short_name="TF")
    _named(loser, "Frnt")

    registers.merge_actor(loser, survivor, by=editor, taken=["name", "description"])

    survivor.refresh_from_db()
    assert (survivor.name, survivor.short_name, survivor.description) == ("Test Frnt", "TF", "Longer words")
    for text in ("Test Front", "Test Frnt", "Frnt"):
        assert list(type(survivor).objects.current().named(text)) == [survivor]
    assert Change.objects.filter(object_uid=survivor.uid, field="name", after="Test Frnt").exists()


def test_what_cannot_be_taken_over_is_refused(editor):
    with pytest.raises(ValidationError, match="Nothing of this name"):
        registers.merge_actor(_group("One"), _group("Two"), by=editor, taken=["slug"])


def test_a_number_that_one_entry_bears_moves_with_the_fold(editor):
    loser, survivor = builders.location("Testtwn", geonames_id=7), builders.location("Testtown")

    registers.merge_location(loser, survivor, by=editor, taken=["geonames_id"])

    loser.refresh_from_db()
    survivor.refresh_from_db()
    assert (loser.geonames_id, survivor.geonames_id) == (None, 7)


def test_a_place_is_not_folded_into_one_that_lies_in_it(editor):
    places = builders.places()

    with pytest.raises(ValidationError, match="cannot take its place"):
        registers.merge_location(places["province"], places["town"], by=editor)
    with pytest.raises(ValidationError, match="Choose two different"):
        registers.merge_location(places["town"], places["town"], by=editor)


def test_a_coarse_place_is_not_folded_into_one_too_fine_for_what_lies_in_it(editor):
    places, other = builders.places(), builders.location("Other town")

    with pytest.raises(ValidationError, match="not of a coarser level|not of a finer level"):
        registers.merge_location(places["district"], other, by=editor)


def test_a_relation_between_the_two_falls_away_unless_somebody_speaks_of_it(analyst, editor):
    pairs = [(_group(f"One {n}"), _group(f"Two {n}")) for n in (1, 2)]
    silent, spoken = (registers.relate(one, "allied_with", two, by=editor) for one, two in pairs)
    claims.add(spoken, by=analyst, **builders.claim("relation"))

    registers.merge_actor(*pairs[0], by=editor)
    with pytest.raises(ValidationError, match="or one of an actor to itself"):
        registers.merge_actor(*pairs[1], by=editor)

    assert not ActorRelation.objects.filter(pk=silent.pk).exists()
    assert Change.objects.filter(object_uid=silent.uid, field="removed").exists()


def test_an_entry_that_was_folded_is_not_changed_any_more(editor):
    loser, survivor = _group("Test Frnt"), _group()
    registers.merge_actor(loser, survivor, by=editor)
    loser.refresh_from_db()

    with pytest.raises(ValidationError, match="folded into “Test Front”"):
        registers.edit_actor(loser, by=editor, version=loser.version, name="Else")


def test_analysts_do_not_fold(analyst):
    with pytest.raises(PermissionDenied):
        registers.merge_source(builders.source("One"), builders.source("Two"), by=analyst)
