"""Roles, closed accounts and work that changes hands: the verbs."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from events import access
from events.desk import audit, claims, handover, incidents, invitations, keys, people, queues, team
from events.models.change import Change
from events.models.incident import Incident
from events.models.invitation import Invitation
from tests import builders

pytestmark = pytest.mark.django_db


def acts(person):
    return [(change.field, change.before, change.after) for change in audit.acts(person=person)]


@pytest.mark.parametrize("role", ["researcher", "analyst", "editor", "admin"])
def test_a_role_is_given_whole_and_noted(admin_person, analyst, role):
    changed = team.change_role(analyst, by=admin_person, role=role)

    assert access.role_of(changed) == role
    assert changed.is_staff == (role == "admin")
    assert acts(analyst) == ([] if role == "analyst" else [("role", "analyst", role)])


def test_the_list_says_the_role_that_rights_go_by(admin_person):
    for role in ("researcher", "analyst", "editor"):
        builders.person(role)

    listed = {member.username: member.role for member in team.members()}

    assert listed == {name: name for name in ("researcher", "analyst", "editor", "admin")}
    assert [member.username for member in team.members(role="editor")] == ["editor"]


def test_only_admins_keep_the_team(editor, analyst):
    for act in (
        lambda: team.change_role(analyst, by=editor, role="editor"),
        lambda: team.deactivate(analyst, by=editor),
        lambda: team.reactivate(analyst, by=editor),
        lambda: handover.reassign(analyst, by=editor, to=editor),
        lambda: invitations.invite(by=editor, username="new", role="analyst"),
        lambda: invitations.password_link(analyst, by=editor),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not Change.objects.exists()


def test_admins_cannot_take_their_own_power(admin_person):
    for act in (
        lambda: team.change_role(admin_person, by=admin_person, role="analyst"),
        lambda: team.deactivate(admin_person, by=admin_person),
    ):
        with pytest.raises(ValidationError, match="another admin has to"):
            act()


def test_whoever_lost_their_power_a_moment_ago_takes_nobody_elses(admin_person):
    other = builders.person("admin", name="other-admin")
    before = builders.User.objects.get(pk=other.pk)
    team.change_role(other, by=admin_person, role="analyst")

    with pytest.raises(PermissionDenied):
        team.change_role(admin_person, by=before, role="analyst")

    assert access.role_of(builders.User.objects.get(pk=admin_person.pk)) == "admin"


def test_a_role_that_does_not_exist_is_refused(admin_person, analyst):
    with pytest.raises(ValidationError, match="Choose one of the roles"):
        team.change_role(analyst, by=admin_person, role="owner")


def test_the_products_own_hands_are_no_members_and_stay_as_they_are(admin_person):
    recorder = people.recorder()

    assert not team.members().filter(pk=recorder.pk).exists()
    for act in (team.deactivate, invitations.password_link):
        with pytest.raises(ValidationError, match="ships with the product"):
            act(recorder, by=admin_person)


def test_a_closed_account_keeps_its_work_and_loses_its_doors(admin_person, analyst):
    incident = builders.draft(analyst)

    team.deactivate(analyst, by=admin_person)
    analyst.refresh_from_db()

    assert access.role_of(analyst) == "anonymous"
    assert Incident.objects.get().created_by == analyst
    assert acts(analyst)[0] == ("is_active", True, False)
    assert access.role_of(team.reactivate(analyst, by=admin_person)) == "analyst"
    assert Incident.objects.get() == incident


def test_closing_twice_notes_it_once(admin_person, analyst):
    team.deactivate(analyst, by=admin_person)
    team.deactivate(analyst, by=admin_person)

    assert len(acts(analyst)) == 1


@pytest.mark.parametrize("act", ["deactivate", "demote"])
def test_links_of_an_admin_who_leaves_work_no_more(admin_person, act):
    other = builders.person("admin", name="other-admin")
    _, secret = invitations.invite(by=other, username="new", role="admin")

    if act == "deactivate":
        team.deactivate(other, by=admin_person)
    else:
        team.change_role(other, by=admin_person, role="editor")

    assert invitations.find(secret) is None
    assert Invitation.objects.get().revoked_by == admin_person


def test_keys_in_use_are_counted_and_stop_with_the_account(admin_person, analyst):
    keys.issue(analyst, by=analyst, name="Test key", scope="log")
    assert team.members().get(pk=analyst.pk).keys_in_use == 1

    team.deactivate(analyst, by=admin_person)

    assert team.members().get(pk=analyst.pk).keys_in_use == 0


def test_a_draft_in_other_hands_is_edited_by_those_and_seen_by_its_author(analyst, other_analyst, editor):
    incident = builders.draft(analyst)

    incident = handover.hand_over(incident, by=editor, to=other_analyst)

    assert access.can_edit_incident(other_analyst, incident)
    assert not access.can_edit_incident(analyst, incident)
    assert access.can_see_incident(analyst, incident)
    assert not access.can_see_incident(builders.person("analyst", name="third"), incident)
    assert incident.created_by == analyst
    assert list(queues.my_work(other_analyst)["drafts"]) == [incident]
    assert list(queues.my_work(analyst)["drafts"]) == []


def test_a_draft_goes_back_to_its_author_without_a_keeper(analyst, other_analyst, editor):
    incident = handover.hand_over(builders.draft(analyst), by=editor, to=other_analyst)

    assert handover.hand_over(incident, by=editor, to=analyst).keeper is None
    traced = Change.objects.filter(object_uid=incident.uid, field="keeper_id").order_by("pk")
    assert [(one.before, one.after) for one in traced] == [(None, other_analyst.pk), (other_analyst.pk, None)]


def test_an_author_is_never_their_own_keeper(analyst):
    incident = builders.draft(analyst)

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(keeper=analyst)


def test_analysts_hand_over_nothing_and_researchers_get_nothing(analyst, other_analyst, editor, researcher):
    incident = builders.draft(analyst)

    with pytest.raises(PermissionDenied):
        handover.hand_over(incident, by=analyst, to=other_analyst)
    with pytest.raises(ValidationError, match="not an analyst or editor"):
        handover.hand_over(incident, by=editor, to=researcher)


def test_a_closed_incident_is_not_handed_over(analyst, other_analyst, editor):
    incident = incidents.discard(builders.draft(analyst), by=analyst)

    with pytest.raises(ValidationError, match="This incident is closed"):
        handover.hand_over(incident, by=editor, to=other_analyst)


def test_whoever_goes_on_mends_a_claim_that_came_back_and_becomes_its_writer(analyst, other_analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    claims.decide(claim, by=editor, verdict="needs_changes", rationale="The words are missing")
    incident = handover.hand_over(incident, by=editor, to=other_analyst)
    claim = incident.claims.get()
    given = builders.claim()

    assert access.can_edit_claim(other_analyst, claim)
    mended = claims.edit(claim, by=other_analyst, version=claim.version, **given)

    assert mended.authors == {analyst.pk, other_analyst.pk}
    assert not access.can_edit_claim(builders.person("analyst", name="third"), mended)


def test_four_eyes_hold_after_a_hand_over_to_an_editor(analyst, editor, other_editor):
    written = builders.submitted(editor)
    written = handover.hand_over(written, by=other_editor, to=analyst)

    with pytest.raises(PermissionDenied, match="Nobody decides a claim they wrote"):
        claims.decide(written.claims.get(), by=editor, verdict="accepted")


def test_all_open_work_of_a_person_moves_and_nothing_else(admin_person, analyst, other_analyst, editor):
    draft, submitted = builders.draft(analyst), builders.submitted(analyst)
    returned, published = builders.published(by=analyst), builders.published(by=analyst)
    claims.add(returned, by=analyst, **builders.claim(claimant_text="Another test witness"))
    claims.decide(returned.claims.last(), by=editor, verdict="needs_changes", rationale="No source")
    gone = incidents.discard(builders.draft(analyst), by=analyst)

    moved = handover.reassign(analyst, by=admin_person, to=other_analyst)

    assert moved == (3, 0)
    assert set(Incident.objects.filter(keeper=other_analyst)) == {draft, submitted, returned}
    assert set(Incident.objects.filter(keeper=None)) == {published, gone}
    assert acts(analyst) == [
        ("work", None, {"incidents": 3, "reviews": 0, "to": other_analyst.pk, "reviews_to": None}),
    ]


def test_work_moves_on_from_whoever_was_handed_it(admin_person, analyst, other_analyst, editor):
    incident = handover.hand_over(builders.draft(analyst), by=editor, to=other_analyst)

    handover.reassign(other_analyst, by=admin_person, to=editor)

    incident.refresh_from_db()
    assert incident.keeper == editor


def test_reviews_move_to_an_editor_but_not_to_the_author(admin_person, analyst, editor, other_editor):
    foreign, own = builders.submitted(analyst), builders.submitted(other_editor)
    for incident in (foreign, own):
        incidents.assign(incident, by=editor, to=editor)

    handover.reassign(editor, by=admin_person, reviews_to=other_editor)

    foreign.refresh_from_db()
    own.refresh_from_db()
    assert (foreign.assigned_to, own.assigned_to) == (other_editor, None)


def test_reassigning_is_refused_with_a_sentence(admin_person, analyst, editor, researcher):
    for whom, wrong in (
        ({}, "Choose who goes on"),
        ({"to": researcher}, "not an analyst or editor"),
        ({"reviews_to": analyst}, "is not an editor"),
        ({"to": editor}, "in these hands already"),
    ):
        with pytest.raises(ValidationError, match=wrong):
            handover.reassign(editor, by=admin_person, **whom)


def test_a_sent_again_entry_is_still_known_after_a_hand_over(analyst, other_analyst, editor):
    incident = incidents.log(by=analyst, fields=builders.facts(), entry_key="test-entry")
    handover.hand_over(incident, by=editor, to=other_analyst)

    assert incidents.log(by=analyst, fields=builders.facts(), entry_key="test-entry") == incident
