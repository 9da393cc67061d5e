"""The page of one's own API keys: what they may do, how long, and what the list says of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.desk import keys
from events.models.key import ApiKey
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
PAGE = "/desk/account/keys/"


@pytest.mark.parametrize(("lasts", "days"), [("", 90), ("30", 30), ("90", 90), ("365", 365)])
def test_a_key_lasts_as_long_as_chosen(client, analyst, lasts, days):
    client.force_login(analyst)

    assert client.post(PAGE, {"name": "Test", "scope": "drafts", "lasts": lasts}).status_code == 201
    row = analyst.api_keys.get()
    assert row.scope == "drafts"
    assert abs(row.expires_at - timezone.now() - timedelta(days=days)) < timedelta(minutes=1)


def test_a_day_that_is_given_counts_and_is_the_last(client, analyst):
    client.force_login(analyst)

    client.post(PAGE, {"name": "Test", "lasts": "30", "expires_on": "2099-01-31"})

    assert analyst.api_keys.get().expires_at == datetime(2099, 2, 1, tzinfo=UTC)


def test_only_keys_that_read_have_no_end(client, analyst):
    client.force_login(analyst)

    refused = client.post(PAGE, {"name": "Test", "scope": "log", "lasts": "endless"})
    assert refused.status_code == 422
    assert "ends within a year" in keyboard.sentences(refused)
    assert client.post(PAGE, {"name": "Test", "lasts": "endless"}).status_code == 201
    assert analyst.api_keys.get().expires_at is None


@pytest.mark.parametrize("sent", [{"scope": "admin"}, {"lasts": "0"}, {"lasts": "9999"}, {"expires_on": "soon"}])
def test_a_choice_that_is_none_is_refused(client, analyst, sent):
    client.force_login(analyst)

    assert client.post(PAGE, {"name": "Test"} | sent).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_researcher_makes_keys_that_read_and_is_offered_no_others(client, researcher):
    client.force_login(researcher)

    assert 'name="scope"' not in client.get(PAGE).text
    assert client.post(PAGE, {"name": "Test"}).status_code == 201
    assert researcher.api_keys.get().scope == "read"
    assert client.post(PAGE, {"name": "Test", "scope": "drafts"}).status_code == 422


def test_the_list_says_which_keys_end_soon(client, analyst):
    now = timezone.now()
    for name, end in [
        ("tomorrow", timedelta(hours=5)),
        ("one", timedelta(days=1, hours=1)),
        ("far", timedelta(days=20)),
    ]:
        keys.issue(analyst, by=analyst, name=name, expires_at=now + end)
    old, _ = keys.issue(analyst, by=analyst, name="old", scope="log")
    ApiKey.objects.filter(pk=old.pk).update(expires_at=None)  # as they were issued before
    gone, _ = keys.issue(analyst, by=analyst, name="gone", expires_at=now + timedelta(days=2))
    keys.revoke(gone, by=analyst)
    client.force_login(analyst)

    page = client.get(PAGE).text

    assert [page.count(words) for words in ("ends within a day", "ends in 1 day<", "ends in 1 days")] == [1, 1, 0]
    assert page.count("no end: make a new one") == 1
    assert page.count("ends in") == 1
