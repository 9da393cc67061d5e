"""Who is signed in where, and ending that."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client

from events.desk import audit, keys, sessions, team
from tests import builders

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(name="analyst", **headers):
    client = Client(REMOTE_ADDR="203.0.113.77", headers={"User-Agent": FIREFOX, **headers})
    client.post("/accounts/login/", {"login": name, "password": builders.PASSWORD})
    return client


@pytest.mark.parametrize(
    ("address", "kept"),
    [("203.0.113.77", "203.0.113.0"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"), ("127.0.0.1", "127.0.0.0")],
)
def test_of_an_address_only_the_network_is_kept(address, kept):
    assert sessions.network(address) == kept


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iOS"),
        ("", "Some program"),
    ],
)
def test_a_browser_is_said_in_two_words(user_agent, words):
    assert sessions.browser(user_agent) == words


def test_signing_in_notes_no_whole_address(analyst):
    signed_in()

    assert [row.ip for row in UserSession.objects.all()] == ["203.0.113.0"]


def test_ones_own_page_tells_this_session_from_others_and_ends_those(analyst):
    here, there = signed_in(), signed_in()
    page = here.get("/desk/account/sessions/")
    assert page.text.count("Firefox on Linux <span") == 1
    other = next(one for one in sessions.of(analyst, current_key=here.session.session_key) if not one.is_current)

    assert here.post(f"/desk/account/sessions/{other.pk}/end/").status_code == 302

    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert [change.field for change in audit.acts(person=analyst)] == ["session"]


def test_all_others_end_at_once_also_those_that_were_never_noted(analyst):
    here, there, unnoted = signed_in(), signed_in(), Client()
    unnoted.force_login(analyst)

    here.post("/desk/account/sessions/end/")

    assert [client.get("/desk/").status_code for client in (here, there, unnoted)] == [200, 302, 302]


def test_the_sessions_of_others_are_absent_and_end_only_by_an_admin(client, analyst, other_analyst, admin_person):
    row = builders.session(analyst)
    client.force_login(other_analyst)

    assert client.post(f"/desk/account/sessions/{row.pk}/end/").status_code == 404
    with pytest.raises(PermissionDenied):
        sessions.end(row, by=other_analyst)
    with pytest.raises(PermissionDenied):
        sessions.end_all(analyst, by=other_analyst)
    sessions.end(row, by=admin_person)
    assert sessions.of(analyst) == []


def test_a_closed_account_is_signed_out_and_stays_out_when_it_is_opened_again(admin_person, analyst):
    inside = signed_in()

    team.deactivate(analyst, by=admin_person)
    assert inside.get("/desk/").status_code == 302
    assert "_auth_user_id" not in signed_in().session
    team.reactivate(analyst, by=admin_person)

    assert inside.get("/desk/").status_code == 302
    assert signed_in().get("/desk/").status_code == 200


def test_the_right_password_of_a_closed_account_is_answered_like_a_wrong_one(admin_person, analyst):
    def answer(password):
        sent = {"login": "analyst", "password": password}
        answered = Client().post("/accounts/login/", sent)
        return answered.status_code, re.findall(r'class="error-summary".*?</div>', answered.text, re.S)

    team.deactivate(analyst, by=admin_person)

    assert answer(builders.PASSWORD) == answer("wrong")
    assert answer("wrong")[0] == 200


def test_a_role_holds_at_once_in_an_open_session(admin_person, editor):
    inside = signed_in("editor")
    assert inside.get("/desk/queue/").status_code == 200

    team.change_role(editor, by=admin_person, role="analyst")
    assert inside.get("/desk/queue/").status_code == 403
    team.change_role(editor, by=admin_person, role="researcher")

    assert inside.get("/desk/").status_code == 403


def test_a_key_that_writes_stops_writing_with_the_role_and_reading_with_the_account(client, admin_person, analyst):
    _, secret = keys.issue(analyst, by=analyst, name="Test key", scope="log")
    sent = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    assert client.post("/api/v1/drafts/", {}, **sent).status_code not in (401, 403)

    team.change_role(analyst, by=admin_person, role="researcher")
    assert client.post("/api/v1/drafts/", {}, **sent).status_code == 403
    assert client.get("/api/v1/incidents/", headers=sent["headers"]).status_code == 200
    team.deactivate(analyst, by=admin_person)

    assert client.get("/api/v1/incidents/", headers=sent["headers"]).status_code == 401


def test_changing_ones_password_is_noted_and_ends_the_other_sessions(analyst):
    here, there = signed_in(), signed_in()
    new = "another made-up password"

    here.post("/accounts/password/change/", {"oldpassword": builders.PASSWORD, "password1": new, "password2": new})

    assert (here.get("/desk/").status_code, there.get("/desk/").status_code) == (200, 302)
    assert len(sessions.of(analyst)) == 1
    assert audit.acts(person=analyst).last().after == "by themselves"


def test_reading_the_record_asks_nothing_about_sessions(client, analyst, django_assert_num_queries):
    client.get("/about/")
    with django_assert_num_queries(0):
        client.get("/robots.txt")
