"""The admins' pages, as they are used."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import access
from events.desk import handover, incidents, invitations, keys, team
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client, admin_person):
    client.force_login(admin_person)
    return client


def confirm_password(client):
    client.post("/accounts/reauthenticate/", {"password": builders.PASSWORD})


def role_of(name):
    return access.role_of(User.objects.get(username=name))


def test_the_list_shows_who_has_what_in_hand_and_can_be_narrowed(admin_client, admin_person, analyst, editor):
    builders.draft(analyst)
    incidents.assign(builders.submitted(analyst), by=editor, to=editor)
    keys.issue(analyst, by=analyst, name="Test key")
    team.deactivate(editor, by=admin_person)

    row = team.members().get(username="analyst")
    assert (row.drafts, row.submitted, row.reviews, row.keys_in_use) == (1, 1, 0, 1)
    assert team.members().get(username="editor").reviews == 1
    closed = admin_client.get("/desk/team/?state=closed").text
    assert ">editor</bdi>" in closed
    assert ">analyst</bdi>" not in closed
    assert admin_client.get("/desk/team/?role=owner").status_code == 400


@pytest.mark.parametrize(
    "address", ["/desk/team/", "/desk/team/audit/", "/desk/team/{pk}/", "/desk/team/{pk}/reassign/"]
)
def test_pages_cost_the_same_for_two_people_as_for_eight(admin_client, admin_person, analyst, address):
    address = address.format(pk=analyst.pk)

    def add(numbers):
        for number in numbers:
            person = builders.person("analyst", name=f"test-{number}")
            builders.draft(person)
            builders.draft(analyst)
            builders.session(analyst)
            keys.issue(analyst, by=analyst, name="Test key")
            team.change_role(person, by=admin_person, role="editor")
            team.change_role(analyst, by=admin_person, role="editor" if number % 2 else "analyst")
            invitations.invite(by=admin_person, username=f"new-{number}", role="analyst")

    def cost():
        admin_client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert admin_client.get(address).status_code == 200
        return len(asked)

    add(range(2))
    few = cost()
    add(range(2, 8))

    assert cost() == few


def test_a_link_is_shown_once_and_stands_in_the_list_until_it_is_withdrawn(admin_client):
    made = admin_client.post("/desk/team/invite/", {"username": "newcomer", "role": "analyst"})
    assert made.status_code == 201
    address = made.text.split("readonly>")[1].split("<")[0]
    assert address.startswith("http://testserver/accounts/invitation/")
    secret = address.split("/")[-2]

    listed = admin_client.get("/desk/team/").text
    assert "newcomer" in listed
    assert secret not in listed
    link = invitations.find(secret)
    assert admin_client.post(f"/desk/team/links/{link.uid}/withdraw/").status_code == 302
    assert invitations.find(secret) is None


def test_a_refused_invitation_keeps_what_was_typed(admin_client, analyst):
    answer = admin_client.post("/desk/team/invite/", {"username": "analyst", "role": "editor"})

    assert answer.status_code == 422
    assert "already" in keyboard.sentences(answer)
    shown = keyboard.as_shown(answer)
    assert (shown["username"], shown["role"]) == ("analyst", "editor")


def test_a_role_is_changed_after_a_question(admin_client, analyst):
    assert "Change the role of analyst" in admin_client.get(f"/desk/team/{analyst.pk}/role/").text

    admin_client.post(f"/desk/team/{analyst.pk}/role/", {"role": "editor"})

    assert role_of("analyst") == "editor"


def test_making_an_admin_needs_ones_password_first_and_then_the_choice_stands_there(admin_client, analyst):
    address = f"/desk/team/{analyst.pk}/role/"

    first = admin_client.post(address, {"role": "admin"})
    assert first.url.startswith("/accounts/reauthenticate/?next=")
    assert role_of("analyst") == "analyst"
    back = admin_client.post(first.url, {"password": builders.PASSWORD, "next": f"{address}?role=admin"})
    assert back.url == f"{address}?role=admin"
    assert 'value="admin" required id="id_role_3" checked' in admin_client.get(back.url).text.replace(
        'value="admin" id="id_role_3" checked', 'value="admin" required id="id_role_3" checked'
    )
    admin_client.post(address, {"role": "admin"})

    assert role_of("analyst") == "admin"


def test_a_wrong_password_makes_no_admin(admin_client, analyst):
    first = admin_client.post(f"/desk/team/{analyst.pk}/role/", {"role": "admin"})
    admin_client.post(first.url, {"password": "wrong"})

    again = admin_client.post(f"/desk/team/{analyst.pk}/role/", {"role": "admin"})

    assert again.url.startswith("/accounts/reauthenticate/")
    assert role_of("analyst") == "analyst"


def test_inviting_an_admin_and_password_links_need_ones_password_too(admin_client, analyst):
    invite = admin_client.post("/desk/team/invite/", {"username": "newcomer", "role": "admin"})
    assert invite.url.startswith("/accounts/reauthenticate/")
    assert admin_client.post(f"/desk/team/{analyst.pk}/password-link/").url.startswith("/accounts/reauthenticate/")

    confirm_password(admin_client)

    assert admin_client.post("/desk/team/invite/", {"username": "newcomer", "role": "admin"}).status_code == 201
    assert admin_client.post(f"/desk/team/{analyst.pk}/password-link/").status_code == 201


def test_admins_are_told_that_they_cannot_close_themselves(admin_client, admin_person):
    answer = admin_client.post(f"/desk/team/{admin_person.pk}/close/")

    assert answer.status_code == 422
    assert "another admin has to" in keyboard.sentences(answer)


def test_work_is_handed_over_with_a_preview(admin_client, analyst, other_analyst):
    incident = builders.draft(analyst, title="Made-up draft to move")
    address = f"/desk/team/{analyst.pk}/reassign/"
    assert "Made-up draft to move" in admin_client.get(address).text

    nobody = admin_client.post(address, {"to": "", "reviews_to": ""})
    assert nobody.status_code == 422
    admin_client.post(address, {"to": other_analyst.pk, "reviews_to": ""})

    incident.refresh_from_db()
    assert incident.keeper == other_analyst
    assert "No draft" in admin_client.get(address).text


def test_an_editor_hands_one_draft_to_another_analyst_who_goes_on(client, analyst, other_analyst, editor):
    incident = builders.draft(analyst)
    client.force_login(editor)
    client.post(f"/desk/incidents/{incident.uid}/hand-over/", {"to": other_analyst.pk})

    client.force_login(other_analyst)
    assert client.get(f"/desk/incidents/{incident.uid}/edit/").status_code == 200
    assert "In the hands of" in client.get(f"/desk/incidents/{incident.uid}/").text
    client.force_login(analyst)
    assert client.get(f"/desk/incidents/{incident.uid}/edit/").status_code == 403


def test_who_did_what_is_told_in_words_and_narrowed_by_person_and_kind(admin_client, admin_person, analyst, editor):
    team.change_role(analyst, by=admin_person, role="editor")
    keys.issue(editor, by=editor, name="Test notebook")
    builders.draft(editor)
    handover.reassign(editor, by=admin_person, to=analyst)
    everything = admin_client.get("/desk/team/audit/").text

    assert "from analyst to editor" in everything
    assert "“Test notebook”" in everything
    assert "incidents: 1, to analyst" in everything
    of_analyst = admin_client.get(f"/desk/team/audit/?person={analyst.pk}").text
    assert "from analyst to editor" in of_analyst
    assert "Test notebook" not in of_analyst
    assert "from analyst" not in admin_client.get("/desk/team/audit/?kind=apikey").text
    assert admin_client.get("/desk/team/audit/?kind=other").status_code == 400


def test_an_admin_ends_the_sessions_of_others(admin_client, analyst):
    row, _ = builders.session(analyst), builders.session(analyst)
    page = admin_client.get(f"/desk/team/{analyst.pk}/").text
    assert page.count("203.0.113.0") == 2

    admin_client.post(f"/desk/team/{analyst.pk}/sessions/{row.pk}/end/")
    assert admin_client.get(f"/desk/team/{analyst.pk}/").text.count("203.0.113.0") == 1
    admin_client.post(f"/desk/team/{analyst.pk}/sessions/end/")

    assert "Nowhere." in admin_client.get(f"/desk/team/{analyst.pk}/").text


def test_who_does_not_exist_is_absent(admin_client):
    for door in ("", "role/", "close/", "open/", "reassign/", "password-link/", "sessions/end/"):
        assert admin_client.get(f"/desk/team/9999/{door}").status_code == 404


@pytest.mark.parametrize("model", [User, Group])
def test_the_back_office_only_looks_at_people(admin_client, analyst, model):
    row = analyst if model is User else Group.objects.get(name=access.EDITORS)
    base = f"/admin/auth/{model._meta.model_name}"

    assert admin_client.get(f"{base}/").status_code == 200
    shown = admin_client.get(f"{base}/{row.pk}/change/")
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.text
    assert analyst.password not in shown.text
    assert admin_client.post(f"{base}/{row.pk}/change/", {"username": "x", "name": "x"}).status_code == 403
    assert admin_client.get(f"{base}/add/").status_code == 403


def test_the_back_office_changes_no_password_and_no_session(admin_client, analyst):
    assert admin_client.get("/admin/password_change/").url == "/accounts/password/change/"
    assert admin_client.get(f"/admin/auth/user/{analyst.pk}/password/").status_code in (302, 403, 404)
    assert admin_client.get("/admin/usersessions/usersession/").status_code == 404
