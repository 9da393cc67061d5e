"""Logging and moving incidents: rights, states, versions, traces."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import incidents
from events.desk.stale import Stale
from events.models.change import Change
from events.models.incident import Incident
from events.rules.dates import VagueDate
from tests import builders


def test_analyst_logs_a_draft_with_its_claims_and_leaves_a_trace(analyst):
    incident = incidents.log(by=analyst, fields=builders.facts(kind="air_strike"), claims=[builders.claim()])

    assert (incident.status, incident.category, incident.claims.count()) == ("draft", "violent", 1)
    assert Change.objects.filter(object_uid=incident.uid, field="created", by=analyst).count() == 1


def test_researchers_and_strangers_log_nothing(researcher):
    with pytest.raises(PermissionDenied):
        incidents.log(by=researcher, fields=builders.facts())

    assert not Incident.objects.exists()


def test_double_submit_makes_one_incident(analyst):
    first = incidents.log(by=analyst, fields=builders.facts(), entry_key="once")
    second = incidents.log(by=analyst, fields=builders.facts(), entry_key="once")

    assert first == second
    assert Incident.objects.count() == 1


def test_the_same_entry_key_of_another_person_is_another_incident(analyst, other_analyst):
    incidents.log(by=analyst, fields=builders.facts(), entry_key="once")
    incidents.log(by=other_analyst, fields=builders.facts(), entry_key="once")

    assert Incident.objects.count() == 2


def test_a_bad_claim_leaves_no_incident_behind_and_names_its_field(analyst):
    line = builders.toll(5) | {"low": 9}

    with pytest.raises(ValidationError) as refused:
        incidents.log(by=analyst, fields=builders.facts(), claims=[builders.claim("casualties", lines=[line])])

    assert [name for name in refused.value.message_dict if name.startswith("claims.0.lines.0")]
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\u200c\u00ad"}, "title"),
        ({"kind": "bombing"}, "kind"),
        ({"date": VagueDate(date(2024, 3, 2), date(2024, 3, 1), "day_range")}, "date_end"),
        ({"date": VagueDate(date(25, 1, 1), date(25, 1, 1), "day")}, "date_start"),
        ({"date": VagueDate(date(2024, 3, 1), date(2024, 3, 2), "day")}, "date_end"),
        ({"tags": ["x" * 41]}, "tags"),
    ],
)
def test_contradictory_facts_are_refused_by_field(analyst, changes, field):
    with pytest.raises(ValidationError) as refused:
        incidents.log(by=analyst, fields=builders.facts(**changes))

    assert field in refused.value.message_dict or "__all__" in refused.value.message_dict
    assert not Incident.objects.exists()


def test_the_second_of_two_editors_of_one_draft_gets_the_difference(analyst, editor):
    incident = builders.draft(analyst)
    incidents.edit(incident, by=editor, version=1, fields=builders.facts(title="Theirs"))

    with pytest.raises(Stale) as stale:
        incidents.edit(incident, by=analyst, version=1, fields=builders.facts(title="Mine"))

    assert [(d.field, d.mine, d.theirs) for d in stale.value.differences] == [("title", "Mine", "Theirs")]
    incident.refresh_from_db()
    assert incident.title == "Theirs"


def test_another_analyst_neither_edits_nor_submits_a_foreign_draft(analyst, other_analyst):
    incident = builders.draft(analyst)

    with pytest.raises(PermissionDenied):
        incidents.edit(incident, by=other_analyst, version=1, fields=builders.facts(title="Taken over"))
    with pytest.raises(PermissionDenied):
        incidents.submit(incident, by=other_analyst)


def test_submitting_needs_date_place_and_a_cited_claim(analyst):
    incident = builders.draft(analyst, claims=[], date=VagueDate())

    with pytest.raises(ValidationError) as refused:
        incidents.submit(incident, by=analyst)

    assert len(refused.value.messages) == 3


def test_returned_work_goes_back_to_its_author_with_the_reason(analyst, editor):
    incident = builders.submitted(analyst)

    with pytest.raises(ValidationError):
        incidents.give_back(incident, by=editor, rationale=" ")
    incidents.give_back(incident, by=editor, rationale="Which post?")

    incident.refresh_from_db()
    assert incident.status == "draft"
    assert incident.reviews.get().rationale == "Which post?"


def test_parts_cannot_contain_each_other(analyst, editor):
    whole, part = builders.draft(analyst), builders.draft(analyst)
    incidents.link(part, whole, by=editor, type="part_of")

    with pytest.raises(ValidationError):
        incidents.link(whole, part, by=editor, type="part_of")


def test_an_answer_does_not_come_before_what_it_answers(analyst, editor):
    early = builders.draft(analyst, date=VagueDate(date(2024, 3, 1), date(2024, 3, 1), "day"))
    late = builders.draft(analyst, date=VagueDate(date(2024, 3, 9), date(2024, 3, 9), "day"))

    with pytest.raises(ValidationError):
        incidents.link(early, late, by=editor, type="retaliation_for")

    assert incidents.link(late, early, by=editor, type="retaliation_for").pk


def test_only_editors_may_be_assigned(analyst, editor):
    incident = builders.submitted(analyst)

    with pytest.raises(ValidationError):
        incidents.assign(incident, by=editor, to=analyst)

    assert incidents.assign(incident, by=editor, to=editor).assigned_to == editor


def test_editing_cannot_move_an_answer_before_its_cause(analyst, editor):
    cause = builders.draft(analyst, date=VagueDate(date(2024, 3, 1), date(2024, 3, 1), "day"))
    answer = builders.draft(analyst, date=VagueDate(date(2024, 3, 9), date(2024, 3, 9), "day"))
    incidents.link(answer, cause, by=editor, type="retaliation_for")
    early = VagueDate(date(2024, 2, 1), date(2024, 2, 1), "day")

    with pytest.raises(ValidationError, match="cannot answer"):
        incidents.edit(answer, by=analyst, version=answer.version, fields={"date": early})

    answer.refresh_from_db()
    assert answer.date_start == date(2024, 3, 9)


def test_analysts_set_editorial_links_on_their_own_drafts_only(analyst, other_analyst):
    mine, public = builders.draft(analyst), builders.published(by=analyst)

    assert incidents.link(mine, public, by=analyst, type="part_of").pk
    with pytest.raises(PermissionDenied):
        incidents.link(public, mine, by=other_analyst, type="follows")


def test_every_write_leaves_its_trace(analyst, editor):
    """I17: what a verb changed on a row stands in its Change rows, field by field."""
    incident = builders.submitted(analyst)
    incidents.assign(incident, by=editor, to=editor)
    incidents.give_back(incident, by=editor, rationale="Which post?")
    incident.refresh_from_db()
    incidents.edit(incident, by=analyst, version=incident.version, fields={"title": "Clearer", "tags": ["post"]})

    changes = (
        Change.objects.filter(object_uid=incident.uid).order_by("pk").values_list("field", "after", "by__username")
    )
    assert [change for change in changes if change[0] != "created"] == [
        ("status", "submitted", "analyst"),
        ("submitted_at", changes[2][1], "analyst"),
        ("assigned_to_id", editor.pk, "editor"),
        ("status", "draft", "editor"),
        ("title", "Clearer", "analyst"),
        ("tags", ["post"], "analyst"),
    ]


def test_other_content_under_a_used_entry_key_is_refused_and_not_lost_in_silence(analyst):
    incidents.log(by=analyst, fields=builders.facts(), entry_key="once")

    with pytest.raises(ValidationError, match="sent already"):
        incidents.log(by=analyst, fields=builders.facts(title="Something else"), entry_key="once")

    assert Incident.objects.count() == 1
