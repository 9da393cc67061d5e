"""Links that are handed to people: made, withdrawn, used once."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from events import access
from events.desk import audit, invitations, team
from events.logs import WithoutSecrets
from events.models.change import Change
from events.models.invitation import Invitation, digest
from tests import builders

pytestmark = pytest.mark.django_db
PASSWORD = "  a made-up  password, spaces kept "


@pytest.fixture(autouse=True)
def fresh_tries(db):
    cache.clear()


def invited(by, username="newcomer", role="analyst"):
    return invitations.invite(by=by, username=username, role=role)


def send(client, secret, password=PASSWORD, again=None):
    sent = {"password1": password, "password2": again or password}
    return client.post(f"/accounts/invitation/{secret}/", sent)


def test_an_invited_person_opens_the_account_and_is_signed_in(client, admin_person):
    _, secret = invited(admin_person)
    assert "as <strong>analyst</strong>" in client.get(f"/accounts/invitation/{secret}/").text

    answer = send(client, secret)

    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200
    made = builders.User.objects.get(username="newcomer")
    assert access.role_of(made) == "analyst"
    assert Client().post("/accounts/login/", {"login": "newcomer", "password": PASSWORD}).status_code == 302


def test_only_the_fingerprint_of_the_secret_is_kept(client, admin_person):
    link, secret = invited(admin_person)
    send(client, secret)
    told = json.dumps(list(Change.objects.values("before", "after", "field", "object_uid")))

    assert link.sha256 == digest(secret)
    for private in (secret, link.sha256, PASSWORD, PASSWORD.strip()):
        assert private not in told


def test_links_that_do_not_work_are_answered_alike(client, admin_person):
    used, revoked, expired = (invited(admin_person, name)[1] for name in ("one", "two", "three"))
    send(Client(), used)
    invitations.revoke(Invitation.objects.get(username="two"), by=admin_person)
    Invitation.objects.filter(username="three").update(expires_at=timezone.now() - timedelta(seconds=1))
    person = builders.person("researcher")
    _, of_closed = invitations.password_link(person, by=admin_person)
    builders.User.objects.filter(pk=person.pk).update(is_active=False)

    answers = set()
    for secret in (used, revoked, expired, of_closed, "wrong", "x" * 500, "%00", "a b"):
        for answer in (client.get(f"/accounts/invitation/{secret}/"), send(client, secret)):
            page = re.sub(r'value="[^"]*"', "", answer.text)  # tokens, and the address the theme leads back to
            answers.add((answer.status_code, answer["Cache-Control"], page))

    assert {answer[:2] for answer in answers} == {(404, "private, no-store")}
    assert len(answers) == 1
    assert builders.User.objects.filter(username__in=["two", "three"]).count() == 0


def test_a_link_works_once_also_when_two_windows_show_it(client, admin_person):
    _, secret = invited(admin_person)
    other = Client()
    other.get(f"/accounts/invitation/{secret}/")
    send(client, secret)

    assert send(other, secret, "another made-up password").status_code == 404
    with pytest.raises(Invitation.DoesNotExist):
        invitations.use(secret, password="another made-up password")


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", None, "too short"),
        ("newcomer1234", None, "too similar"),
        ("12345678901234", None, "entirely numeric"),
        (PASSWORD, "another one", "not the same"),
        ("", "", "Fill it in"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(client, admin_person, password, again, words):
    _, secret = invited(admin_person)

    answer = send(client, secret, password, again)

    assert answer.status_code == 422
    assert words in answer.text
    assert invitations.find(secret) is not None
    assert not builders.User.objects.filter(username="newcomer").exists()


def test_trying_links_is_limited(client):
    answers = [client.get(f"/accounts/invitation/wrong{number}/").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]


@pytest.mark.parametrize("name", ["analyst", "ANALYST", "", "two words", "x" * 151, "founding-recorder"])
def test_names_that_are_taken_or_unfit_are_refused(admin_person, analyst, name):
    with pytest.raises(ValidationError) as refused:
        invited(admin_person, name)

    assert "username" in refused.value.message_dict


def test_one_open_invitation_for_a_name_and_an_expired_one_makes_room(admin_person):
    link, _ = invited(admin_person)
    with pytest.raises(ValidationError, match="open invitation"):
        invited(admin_person, "NewComer")
    Invitation.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(days=1))

    invited(admin_person)

    assert list(Invitation.objects.open(timezone.now()).values_list("username", flat=True)) == ["newcomer"]


def test_a_name_that_was_taken_meanwhile_is_said(client, admin_person):
    _, secret = invited(admin_person)
    builders.person("analyst", name="newcomer")

    answer = send(client, secret)

    assert answer.status_code == 422
    assert "There is an account “newcomer” already" in answer.text


def test_a_password_link_sets_the_password_and_ends_the_sessions(client, admin_person, analyst):
    inside = Client()
    inside.post("/accounts/login/", {"login": "analyst", "password": builders.PASSWORD})
    _, secret = invitations.password_link(analyst, by=admin_person)

    assert send(client, secret).status_code == 302

    assert inside.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200
    analyst.refresh_from_db()
    assert analyst.check_password(PASSWORD)
    assert not analyst.check_password(builders.PASSWORD)
    acts = [change.field for change in audit.acts(person=analyst)]
    assert acts == ["used", "sessions", "password", "password_link"]


def test_a_new_password_link_takes_the_place_of_the_earlier(admin_person, analyst):
    _, first = invitations.password_link(analyst, by=admin_person)

    _, second = invitations.password_link(analyst, by=admin_person)

    assert invitations.find(first) is None
    assert invitations.find(second).account == analyst


def test_no_password_link_for_a_closed_account_or_for_oneself(admin_person, analyst):
    team.deactivate(analyst, by=admin_person)

    for person in (analyst, admin_person):
        with pytest.raises(ValidationError):
            invitations.password_link(person, by=admin_person)


def test_a_used_link_cannot_be_withdrawn(client, admin_person):
    link, secret = invited(admin_person)
    send(client, secret)

    with pytest.raises(ValidationError, match="used already"):
        invitations.revoke(link, by=admin_person)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "owner"},
        {"username": ""},
        {"used_at": timezone.now()},
        {"revoked_at": timezone.now()},
    ],
)
def test_the_database_refuses_links_that_cannot_be(admin_person, wrong):
    link, _ = invited(admin_person)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=link.pk).update(**wrong)


def test_whoever_is_signed_in_as_another_is_told_and_becomes_the_invited(client, admin_person, researcher):
    _, secret = invited(admin_person)
    client.force_login(researcher)
    assert "You are signed in as <bdi>researcher</bdi>" in client.get(f"/accounts/invitation/{secret}/").text
    before = client.session.session_key

    send(client, secret)

    assert client.session["_auth_user_id"] == str(builders.User.objects.get(username="newcomer").pk)
    assert client.session.session_key != before


def test_a_secret_is_left_out_of_the_log(client, admin_person, caplog):
    _, secret = invited(admin_person)
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/accounts/invitation/{secret}/", {})
    client.get(f"/accounts/invitation/{secret}x/")
    assert len(caplog.records) == 2

    for record in caplog.records:
        assert WithoutSecrets().filter(record)
        assert secret not in logging.Formatter().format(record)
