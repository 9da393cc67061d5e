"""Keys: who is let in, who is refused and never overlooked, and how often anybody may ask."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIRequestFactory

from events import access
from events.api.keys import KeyAuthentication
from events.desk import keys
from events.models.key import ApiKey, digest

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/incidents/"


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def issued(user, **more):
    return keys.issue(user, by=user, **({"name": "test"} | more))


def test_a_key_opens_the_same_door_and_only_its_hash_is_kept(client, researcher):
    row, secret = issued(researcher)

    response = client.get(ADDRESS, headers=bearer(secret))

    assert response.status_code == 200
    assert row.sha256 == digest(secret)
    assert secret not in str(ApiKey.objects.values())


@pytest.mark.parametrize(
    "header",
    [
        "Bearer flk_000000000000_" + "0" * 64,
        "Bearer flk_short",
        "Bearer ",
        "Bearer",
        "Basic dXNlcjpwYXNz",
        "flk_000000000000",
        "",
        "Bearer \u00e9\u00e9",
    ],
)
def test_a_header_that_is_no_valid_key_is_refused_and_never_read_as_nobody(client, header):
    response = client.get(ADDRESS, headers={"Authorization": header})

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"


def test_a_key_with_one_changed_letter_is_refused(client, researcher):
    _, secret = issued(researcher)

    assert client.get(ADDRESS, headers=bearer(secret[:-1] + ("0" if secret[-1] != "0" else "1"))).status_code == 401


def test_expired_revoked_and_closed_are_told_apart(client, researcher):
    row, secret = issued(researcher)
    sentences = []
    for change in ({"expires_at": timezone.now() - timedelta(days=1)}, {"revoked_at": timezone.now()}):
        ApiKey.objects.filter(pk=row.pk).update(**change)
        response = client.get(ADDRESS, headers=bearer(secret))
        assert response.status_code == 401
        sentences.append(response.json()["detail"])
    ApiKey.objects.filter(pk=row.pk).update(expires_at=None, revoked_at=None)
    researcher.is_active = False
    researcher.save()

    assert "expired" in sentences[0]
    assert "revoked" in sentences[1]
    assert client.get(ADDRESS, headers=bearer(secret)).status_code == 401


def test_the_last_use_is_noted_at_most_every_ten_minutes(client, researcher, django_assert_num_queries):
    row, secret = issued(researcher)
    client.get(ADDRESS, headers=bearer(secret))
    row.refresh_from_db()
    first = row.last_used_at

    client.get(ADDRESS, headers=bearer(secret))
    row.refresh_from_db()
    assert row.last_used_at == first

    ApiKey.objects.filter(pk=row.pk).update(last_used_at=timezone.now() - timedelta(minutes=11))
    client.get(ADDRESS, headers=bearer(secret))
    row.refresh_from_db()
    assert row.last_used_at > first


def test_no_key_carries_the_power_of_an_editor(editor, admin_person):
    for person in (editor, admin_person):
        _, secret = issued(person, scope="log")

        user, _ = KeyAuthentication().authenticate(APIRequestFactory().get("/", headers=bearer(secret)))

        assert access.can_work(user)
        assert not access.can_judge(user)


def test_a_session_in_the_browser_counts_for_nothing_at_the_api(client, editor):
    client.force_login(editor)

    assert client.post("/api/v1/drafts/", {}, content_type="application/json").status_code == 401


def test_past_the_limit_the_answer_is_429_with_the_seconds_to_wait(client, researcher, settings):
    _, secret = issued(researcher)
    rates = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anonymous": "2/min", "key": "3/min"}}

    with override_settings(REST_FRAMEWORK=rates):
        anonymous = [client.get(ADDRESS) for _ in range(3)]
        with_key = [client.get(ADDRESS, headers=bearer(secret)) for _ in range(4)]
        elsewhere = client.get(ADDRESS, REMOTE_ADDR="203.0.113.7")

    assert [response.status_code for response in anonymous] == [200, 200, 429]
    assert [response.status_code for response in with_key] == [200, 200, 200, 429]
    assert 1 <= int(anonymous[-1]["Retry-After"]) <= 60
    assert anonymous[-1]["Content-Type"] == "application/problem+json"
    assert elsewhere.status_code == 200


def test_a_forged_forwarded_address_does_not_escape_the_limit(client, settings):
    rates = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anonymous": "1/min", "key": "3/min"}}

    with override_settings(REST_FRAMEWORK=rates):
        client.get(ADDRESS)
        response = client.get(ADDRESS, headers={"X-Forwarded-For": "203.0.113.9"})

    assert response.status_code == 429


def test_people_issue_and_revoke_their_own_keys_only(analyst, other_analyst, admin_person):
    row, _ = issued(analyst)

    with pytest.raises(PermissionDenied):
        keys.issue(analyst, by=other_analyst, name="theirs")
    with pytest.raises(PermissionDenied):
        keys.revoke(row, by=other_analyst)
    assert keys.revoke(row, by=admin_person).revoked_at is not None


def test_revoking_twice_keeps_the_first_moment(analyst):
    row, _ = issued(analyst)
    first = keys.revoke(row, by=analyst).revoked_at

    assert keys.revoke(row, by=analyst).revoked_at == first


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scope": "log"}, "scope"),
        ({"scope": "drafts"}, "scope"),
        ({"scope": "everything"}, "scope"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "expires_at"),
    ],
)
def test_a_key_that_cannot_be_is_refused_by_field(researcher, fields, named):
    with pytest.raises(ValidationError) as refused:
        issued(researcher, **fields)

    assert named in refused.value.message_dict
    assert not ApiKey.objects.exists()


def test_there_is_an_end_to_the_keys_of_one_person(researcher):
    for number in range(keys.MOST_IN_USE):
        issued(researcher, name=f"No. {number}")

    with pytest.raises(ValidationError, match="revoke one"):
        issued(researcher)


def test_the_command_prints_a_working_key_once(client, analyst):
    out = StringIO()

    call_command("api_key", "analyst", name="script", expires="2099-01-31", stdout=out, stderr=StringIO())
    secret = out.getvalue().strip()

    assert client.get(ADDRESS, headers=bearer(secret)).status_code == 200
    assert ApiKey.objects.get().expires_at.isoformat() == "2099-01-31T00:00:00+00:00"


@pytest.mark.parametrize("scope", ["log", "drafts"])
def test_a_key_that_writes_ends_within_a_year(analyst, scope):
    for end in (None, timezone.now() + timedelta(days=400)):
        with pytest.raises(ValidationError) as refused:
            issued(analyst, scope=scope, expires_at=end)
        assert "expires_at" in refused.value.message_dict
    assert issued(analyst, expires_at=None)[0].expires_at is None


def test_a_key_ends_after_ninety_days_unless_told_otherwise(analyst):
    row, _ = issued(analyst, scope="drafts")

    assert timedelta(days=89) < row.expires_at - timezone.now() <= keys.USUAL


def test_the_command_lists_and_revokes_keys_by_their_beginning(analyst):
    row, secret = issued(analyst, scope="log", name="Made-up script")
    other, _ = issued(analyst, expires_at=None)
    out = StringIO()

    call_command("api_key", "analyst", lists=True, stdout=out)
    call_command("api_key", "analyst", revoke=secret[:16], stderr=StringIO())

    lines = out.getvalue().splitlines()
    assert [line.split()[:2] for line in lines] == [[f"flk_{other.lookup}", "read"], [f"flk_{row.lookup}", "log"]]
    assert "no end, never used" in lines[0]
    assert secret not in out.getvalue()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.revoked_at is None, other.revoked_at) == (False, None)
    for beginning in ("", "flk_", "flk_zz"):
        with pytest.raises(CommandError, match="0 keys"):
            call_command("api_key", "analyst", revoke=beginning)


def test_the_command_gives_no_endless_key_that_writes(analyst):
    with pytest.raises(CommandError, match="within a year"):
        call_command("api_key", "analyst", scope="drafts", expires="never", stderr=StringIO())


@pytest.mark.parametrize("options", [{"expires": "soon"}, {"expires": "2099-13-01"}, {"expires": "2001-01-01"}])
def test_the_command_refuses_with_a_sentence(analyst, options):
    with pytest.raises(CommandError):
        call_command("api_key", "analyst", **options, stderr=StringIO())
    with pytest.raises(CommandError, match="no account"):
        call_command("api_key", "nobody", stderr=StringIO())
