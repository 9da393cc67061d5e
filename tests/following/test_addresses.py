"""An address for letters: confirmed by whoever reads what is sent there, once, in time; removed at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends import locmem
from django.utils import timezone

from events.following import addresses, jobs
from events.models.following import MailAddress
from tests import builders
from tests.following import world

pytestmark = pytest.mark.django_db


def test_an_address_counts_once_its_link_was_confirmed_and_the_link_works_once(client, researcher, sends):
    secret = world.given(researcher)
    row = MailAddress.objects.get()
    assert row.confirmed_at is None and secret not in str(MailAddress.objects.values().get())

    assert "Confirm it" in client.get(f"/following/confirm/{secret}/").text
    row.refresh_from_db()
    assert row.confirmed_at is None  # programs that look at links confirm nothing
    assert client.post(f"/following/confirm/{secret}/").status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at and row.sha256 == ""

    answers = [client.post(f"/following/confirm/{used}/") for used in (secret, "wrong", "x" * 500)]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert all("This link does not work" in answer.text for answer in answers)


def test_a_link_that_is_too_old_or_was_replaced_works_no_more(client, researcher, sends):
    first = world.given(researcher)
    second = world.given(researcher, "other@example.org")
    MailAddress.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert [client.get(f"/following/confirm/{secret}/").status_code for secret in (first, second)] == [404, 404]


def test_the_link_of_a_closed_account_works_no_more(client, researcher, sends):
    secret = world.given(researcher)
    type(researcher).objects.update(is_active=False)

    assert client.post(f"/following/confirm/{secret}/").status_code == 404
    assert MailAddress.objects.get().confirmed_at is None


def test_the_link_is_sent_once_however_often_the_job_runs(researcher, sends):
    row = addresses.give(by=researcher, address="made-up@example.org")
    for _ in range(3):
        jobs.send_link(row.pk)

    assert [letter.to for letter in mail.outbox] == [["made-up@example.org"]]


def test_a_link_that_could_not_be_sent_is_tried_a_few_times(researcher, sends, monkeypatch):
    def fail(*_):
        raise TimeoutError

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)
    row = addresses.give(by=researcher, address="made-up@example.org")
    for _ in range(addresses.MOST_TRIES):
        assert addresses.without_link().get() == row
        jobs.send_link(row.pk)

    assert not addresses.without_link().exists()


@pytest.mark.parametrize(
    "address", ["", "no address", "a@b", "a@example.org\nBcc: c@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_refused(client, researcher, sends, address):
    client.force_login(researcher)

    assert client.post("/following/address/", {"address": address}).status_code == 422
    with pytest.raises(ValidationError):
        addresses.give(by=researcher, address=address)
    assert not MailAddress.objects.exists()


def test_links_go_to_one_address_a_few_times_a_day_whoever_asks(client, sends):
    def given(number, address):
        client.force_login(builders.person("researcher", name=f"researcher-{number}"))
        return client.post("/following/address/", {"address": address}).status_code

    assert [given(number, "Victim@example.org") for number in range(4)] == [302, 302, 302, 422]
    assert [given(9, f"made-up-{number}@example.org") for number in range(6)] == [302] * 5 + [422]


def test_the_address_is_shown_to_its_person_only_and_removed_at_once(client, researcher, analyst, sends):
    world.given(researcher)
    client.force_login(analyst)
    assert "made-up@example.org" not in client.get("/following/address/").text

    client.force_login(researcher)
    assert "made-up@example.org" in client.get("/following/address/").text
    client.post("/following/address/remove/")

    assert not MailAddress.objects.exists()
