"""Programs written for ACLED read the record when their base address is changed, and never more than they asked for."""

from datetime import date, timedelta

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.api.compat import acled_answers
from events.desk import incidents, keys, registers
from events.exchange import acled as shape
from events.models.edition import Edition, PublishedIncident
from events.models.location import Location
from events.press import editions
from events.record import acled as record
from events.rules.dates import VagueDate
from tests import builders
from tests.api.compat.clients import (
    BASE,
    OtherRPackage,
    PagingRPackage,
    PythonClient,
    RPackageWithKey,
    RPackageWithPassword,
    answer,
    body,
    lines,
)

pytestmark = pytest.mark.django_db
CURRENT = f"{BASE}/api/acled/read"
LEGACY = f"{BASE}/acled/read"


def country(name="Pakistan", iso="PK"):
    return Location.objects.filter(name=name).first() or builders.location(name, level="country", iso=iso)


def town(name="Testtown", within=None):
    return Location.objects.filter(name=name).first() or builders.location(
        name,
        parent=builders.location(
            f"District of {name}",
            level="district",
            parent=builders.location(f"Province of {name}", level="province", parent=within or country()),
        ),
        latitude=33.0,
        longitude=70.0,
        uncertainty_km=2,
        coordinate_basis="settlement",
    )


def event(day=date(2024, 3, 18), **changes):
    given = {"location": town(), "location_precision": "settlement", "date": VagueDate(day, day, "day")}
    return builders.published(**given | changes)


def key(user=None):
    user = user or builders.person("researcher")
    return keys.issue(user, by=user, name="test")


def ids(found):
    return [row["event_id_cnty"] for row in found]


def id_of(incident):
    return f"PAKX{PublishedIncident.objects.get(uid=incident.uid).uid_number}"


# --- clients -------------------------------------------------------------------------------------------------------


def test_the_r_package_with_a_key_reads_by_country_and_day(client):
    mine, _ = event(), event(date(2023, 1, 1))
    package = RPackageWithKey(client, "me@example.org", key()[1])

    found = package.events(["Afghanistan", "Pakistan", "Viet Nam"], "2024-01-01", "2024-12-31")

    assert ids(found) == [id_of(mine)]
    assert tuple(found[0]) == shape.COLUMNS
    assert found[0]["inter1"] == "Political militia"
    assert package.events(["Pakistan"], "2024-01-01", "2024-12-31", event_types=["Battles", "Riots"])
    assert not package.events(["Pakistan"], "2024-01-01", "2024-12-31", event_types=["Protests"])
    assert not package.events(["Pakistan"], "2024-01-01", "2024-12-31", timestamp="2099-01-01")


def test_the_r_package_with_a_password_takes_a_token_for_a_key(client):
    mine = event()
    package = RPackageWithPassword(client, "me@example.org", key()[1])

    assert ids(package.events(["Pakistan", "Afghanistan"], "2024-01-01", "2024-12-31")) == [id_of(mine)]
    assert "actor2" not in package.events(["Pakistan"], "2024-01-01", "2024-12-31", monadic=True)[0]


def test_the_other_r_package_reads_by_region_with_and_without_days(client):
    event()
    package = OtherRPackage(client, "me@example.org", key()[1])

    assert package.events([7])[0]["location"] == "Testtown"
    assert len(package.events([1, 7], "2024-01-01", "2024-12-31")) == 1
    assert package.events([1]) == []


def test_the_paging_r_package_gets_every_row_once(client):
    for day in range(1, 6):
        event(date(2024, 3, day))
    token = PythonClient(client, "me", key()[1]).access

    found = PagingRPackage(client, token).events(2, country="Pakistan", year="2023|2024", year_where="BETWEEN")

    assert [row["event_date"] for row in found] == [f"2024-03-0{day}" for day in (5, 4, 3, 2, 1)]
    assert PagingRPackage(client, token).events(2, year="1999") == []


def test_the_python_client_renews_its_token_and_reads_every_endpoint(client):
    event()
    python = PythonClient(client, "me", key()[1])
    python.access = "ended"

    assert python.get("/acled/read", limit="50", _format="json")[0]["country"] == "Pakistan"
    assert python.renewed == 1
    assert python.get("/actor/read", actor_name="unidentified")[0]["event_count"] == "1"
    assert python.get("/actortype/read", limit="50")[0]["actor_type_name"] == "Political militia"
    assert python.get("/country/read", country="Pak")[0]["iso3"] == "PAK"
    assert python.get("/region/read", export_type="json")[0]["region_name"] == "South Asia"
    assert python.get("/deleted/read", event_id_cnty="PAK") == []
    with pytest.raises(ValueError, match="actor9: there is no such parameter"):
        python.get("/acled/read", actor9="x")


# --- envelopes -----------------------------------------------------------------------------------------------------


def test_both_generations_answer_in_their_own_envelope(client):
    mine = event()
    older, newer = answer(client.get(LEGACY)), answer(client.get(CURRENT))

    assert set(newer) - set(older) == {"total_count", "data_query_restrictions"}
    assert (older["status"], older["success"], older["count"], older["messages"]) == (200, True, 1, [])
    assert newer["total_count"] == 1
    assert older["last_update"] == 0
    assert all(isinstance(value, str) for value in older["data"][0].values())
    assert older["data"][0]["event_id_cnty"] == id_of(mine)
    assert (older["data"][0]["inter1"], older["data"][0]["interaction"]) == ("3", "30")
    assert newer["data"][0]["interaction"] == "Political militia only"
    assert answer(client.get(f"{CURRENT}?inter_num=1"))["data"] == older["data"]


@pytest.mark.parametrize("endpoint", ["acled", "actor", "actortype", "country", "region", "deleted"])
def test_csv_holds_the_same_cells_as_json(client, endpoint):
    event(title="Made-up “title”, with a comma")
    gone = event(date(2024, 3, 17))
    editions.withdraw(gone, by=builders.person("editor"), reason="retraction", note="Made up.")

    rows = answer(client.get(f"{BASE}/api/{endpoint}/read"))["data"]
    file = client.get(f"{BASE}/api/{endpoint}/read?_format=csv")

    assert rows
    assert lines(file) == rows
    assert file["Content-Type"].startswith("text/csv")
    assert lines(client.get(f"{BASE}/api/{endpoint}/read.csv")) == rows


def test_an_ending_a_slash_or_a_parameter_says_the_format(client):
    event()

    for address in (LEGACY, f"{LEGACY}/", f"{LEGACY}.json", f"{LEGACY}.json/", f"{LEGACY}?format=json"):
        assert answer(client.get(address))["count"] == 1, address
    assert client.get(f"{LEGACY}?export_type=csv")["Content-Type"].startswith("text/csv")
    assert client.get(f"{LEGACY}.csv?_format=csv")["Content-Type"].startswith("text/csv")


def test_pages_end_with_one_that_has_no_rows(client):
    for day in (1, 2, 3):
        event(date(2024, 3, day))

    pages = [answer(client.get(CURRENT, {"limit": 2, "page": page})) for page in (1, 2, 3)]

    assert [page["count"] for page in pages] == [2, 1, 0]
    assert [page["total_count"] for page in pages] == [3, 3, 3]
    assert [row["event_date"] for page in pages for row in page["data"]] == ["2024-03-03", "2024-03-02", "2024-03-01"]
    assert answer(client.get(CURRENT, {"limit": 0}))["count"] == 3


def test_fields_choose_columns_and_population_adds_empty_ones(client):
    event()

    assert answer(client.get(f"{LEGACY}?fields=year|country"))["data"] == [{"year": "2024", "country": "Pakistan"}]
    full = answer(client.get(f"{LEGACY}?population=full"))["data"][0]
    assert [full[name] for name in list(full)[-4:]] == ["", "", "", ""]


def test_the_monadic_shape_has_a_row_for_each_side(client):
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    army = builders.actor()
    event(
        claims=[
            builders.claim("perpetrator", value_actor=group, part="perpetrator", claimant=group),
            builders.claim("target", value_actor=army, part="target"),
        ]
    )

    found = answer(client.get(f"{CURRENT}?export_type=monadic"))
    assert [(row["actor1"], row["inter1"]) for row in found["data"]] == [
        ("Test Front", "Rebel group"),
        ("Testland army", "State forces"),
    ]
    assert answer(client.get(f"{CURRENT}?export_type=monadic&actor1=army"))["count"] == 1
    assert found["total_count"] == 2


def test_the_file_is_named_after_days_and_countries(client):
    asked = {"event_date": "2024-01-01|2024-01-31", "event_date_where": "BETWEEN", "country": "Pakistan"}

    assert answer(client.get(LEGACY, asked))["filename"] == "2024-01-01-2024-01-31-Pakistan"
    assert "\n" not in client.get(f"{LEGACY}.csv", asked | {"country": 'x";\n'})["Content-Disposition"]


def test_the_name_in_the_register_of_acled_is_used(client):
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    registers.add_actor_alias(
        group, by=builders.person("editor"), text="TF: Test Front", kind="external", scheme="acled"
    )
    event(claims=[builders.claim("perpetrator", value_actor=group, part="perpetrator", claimant=group)])

    assert answer(client.get(f"{LEGACY}?actor1=TF:"))["data"][0]["actor1"] == "TF: Test Front"


# --- what has no row -----------------------------------------------------------------------------------------------


def test_what_has_no_row_is_counted_in_headers(client):
    event()
    event(kind="statement")
    event(kind="threat")
    event(location=country(), location_precision="country")

    response = client.get(CURRENT)

    assert answer(response)["count"] == 1
    assert response["X-Skipped"] == "3"
    assert response["X-Skipped-Reasons"] == "kind_not_exported=2; place_too_coarse=1"
    assert client.get(f"{CURRENT}?year=1999")["X-Skipped"] == "0"


def test_deleted_tells_what_left_and_when(client):
    editor = builders.person("editor")
    withdrawn, merged, stays = event(), event(date(2024, 3, 17)), event(date(2024, 3, 16))
    known = {name: id_of(one) for name, one in (("withdrawn", withdrawn), ("merged", merged), ("stays", stays))}
    editions.withdraw(withdrawn, by=editor, reason="privacy", note="Made up.")
    editions.merge(merged, stays, by=editor, note="Made up.")

    found = answer(client.get(f"{BASE}/deleted/read"))

    assert set(ids(found["data"])) == {known["withdrawn"], known["merged"]}
    moment = int(Edition.objects.of("incident", withdrawn.uid).first().published_at.timestamp())
    assert {row["event_id_cnty"]: row["deleted_timestamp"] for row in found["data"]}[known["withdrawn"]] == str(moment)
    assert ids(answer(client.get(LEGACY))["data"]) == [known["stays"]]
    package = RPackageWithKey(client, "me@example.org", key()[1])
    assert len(package.deletions(moment)) == 2
    assert package.deletions(moment + 3600) == []
    assert len(package.deletions("2020-01-01")) == 2


def test_an_incident_that_comes_back_is_deleted_no_more(client):
    editor, mine = builders.person("editor"), event()
    editions.withdraw(mine, by=editor, reason="retraction", note="Made up.")
    mine.refresh_from_db()
    editions.restore(mine, by=editor, reason="correction", note="Made up.")

    assert answer(client.get(f"{BASE}/deleted/read"))["count"] == 0
    assert answer(client.get(LEGACY))["count"] == 1


def test_an_id_whose_country_was_corrected_is_deleted(client):
    mine, editor = event(), builders.person("editor")
    before = id_of(mine)
    there = town("Othertown", within=country("Afghanistan", "AF"))
    given = builders.facts(location=there, location_precision="settlement")
    mine = incidents.edit(mine, by=editor, fields=given, version=mine.version)
    editions.publish(mine, by=editor, reason="correction", note="Made up.")

    assert ids(answer(client.get(f"{BASE}/deleted/read"))["data"]) == [before]
    assert ids(answer(client.get(LEGACY))["data"]) == [before.replace("PAKX", "AFGX")]


def test_an_operation_is_deleted_when_its_parts_come(client):
    editor, whole, part = builders.person("editor"), event(), event(date(2024, 3, 17))
    before = id_of(whole)
    incidents.link(part, whole, by=editor, type="part_of")
    editions.publish(part, by=editor, reason="correction", note="Made up.")

    assert ids(answer(client.get(LEGACY))["data"]) == [id_of(part)]
    found = answer(client.get(f"{BASE}/deleted/read"))["data"]
    assert ids(found) == [before]
    assert int(found[0]["deleted_timestamp"]) >= int(
        PublishedIncident.objects.get(uid=part.uid).published_at.timestamp()
    )


# --- who asks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [{"key": "flk_000000000000_" + "0" * 64}, {"key": "nonsense"}, {"key": "a.b.c"}],
)
def test_a_wrong_key_is_refused_in_the_envelope(client, asked):
    response = client.get(LEGACY, asked)

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["success"] is False
    assert response.json()["error"][0]["status"] == 401


@pytest.mark.parametrize("header", ["Bearer x", "Basic dXNlcjpwYXNz", "Bearer ", ""])
def test_a_wrong_header_is_never_read_as_nobody(client, header):
    assert client.get(CURRENT, headers={"Authorization": header}).status_code == 401


def test_anonymous_reading_keys_and_tokens_give_the_same(client):
    event()
    secret = key()[1]
    token = PythonClient(client, "me", secret).access
    answers = [
        body(client.get(CURRENT)),
        body(client.get(CURRENT, {"key": secret})),
        body(client.get(CURRENT, headers={"Authorization": f"Bearer {secret}"})),
        body(client.get(CURRENT, headers={"Authorization": f"Bearer {token}"})),
    ]

    assert len(set(answers)) == 1
    assert client.get(CURRENT, {"key": secret})["Cache-Control"] == "private, no-store"
    assert client.get(CURRENT)["Cache-Control"].startswith("public")


def test_a_revoked_key_takes_its_tokens_with_it(client):
    row, secret = key()
    python = PythonClient(client, "me", secret)
    keys.revoke(row, by=row.user)

    assert client.get(CURRENT, headers={"Authorization": f"Bearer {python.access}"}).status_code == 401
    with pytest.raises(ValueError, match="revoked"):
        python.get("/acled/read")
    with pytest.raises(ValueError, match="revoked"):
        PythonClient(client, "me", secret)


def test_the_account_of_a_token_that_is_closed_reads_nothing_more_with_it(client):
    row, secret = key()
    token = PythonClient(client, "me", secret).access
    row.user.is_active = False
    row.user.save()

    assert client.get(CURRENT, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_tokens_end_and_are_for_one_use_each(client, monkeypatch):
    python = PythonClient(client, "me", key()[1])
    assert client.get(CURRENT, headers={"Authorization": f"Bearer {python.refresh}"}).status_code == 401
    python.refresh, kept = python.access, python.refresh
    with pytest.raises(ValueError, match="neither a token"):
        python._take({"grant_type": "refresh_token", "refresh_token": python.access})

    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 3601)
    ended = client.get(CURRENT, headers={"Authorization": f"Bearer {python.access}"})
    assert "has ended" in ended.json()["error"][0]["message"]
    python._take({"grant_type": "refresh_token", "refresh_token": kept})
    assert client.get(CURRENT, headers={"Authorization": f"Bearer {python.access}"}).status_code == 200


def test_a_token_that_somebody_else_signed_is_none(client):
    row, _ = key()
    forged = TimestampSigner(key="other", salt="events.api.compat.acled.access", sep=".").sign_object(
        {"key": row.lookup}
    )

    assert client.get(CURRENT, headers={"Authorization": f"Bearer {forged}"}).status_code == 401


def test_a_token_opens_no_other_door(client):
    analyst = builders.person("analyst")
    secret = keys.issue(
        analyst, by=analyst, name="writes", scope="drafts", expires_at=timezone.now() + timedelta(days=1)
    )[1]
    token = PythonClient(client, "me", secret).access
    headers = {"Authorization": f"Bearer {token}"}

    assert client.get("/api/v1/incidents/", headers=headers).status_code == 401
    assert client.post("/api/v1/drafts/", {}, content_type="application/json", headers=headers).status_code == 401


def test_the_password_of_the_account_is_refused_with_the_reason(client):
    builders.person("researcher")
    with pytest.raises(ValueError, match="never the password of your account"):
        PythonClient(client, "researcher", builders.PASSWORD)


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 401, "invalid_client"),
        ({"client_id": "other", "grant_type": "password"}, 401, "invalid_client"),
        ({"client_id": "acled"}, 400, "unsupported_grant_type"),
        ({"client_id": "acled", "grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        ({"client_id": "acled", "grant_type": "password"}, 400, "invalid_request"),
        ({"client_id": "acled", "grant_type": "password", "username": "x"}, 400, "invalid_request"),
        ({"client_id": "acled", "grant_type": "password", "username": "x", "password": "y"}, 400, "invalid_grant"),
        ({"client_id": "acled", "grant_type": "refresh_token", "refresh_token": "y"}, 400, "invalid_grant"),
    ],
)
def test_what_is_not_granted_says_why(client, form, status, error):
    response = client.post(f"{BASE}/oauth/token", form)

    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response["Cache-Control"] == "no-store"


def test_the_token_address_takes_json_and_a_slash_and_no_large_body(client):
    form = {
        "client_id": "acled",
        "grant_type": "password",
        "username": "x",
        "password": key()[1],
        "scope": "authenticated",
    }

    assert client.post(f"{BASE}/oauth/token/", form, content_type="application/json").status_code == 200
    assert client.post(f"{BASE}/oauth/token", form | {"username": "x" * 20_000}).status_code == 413
    assert client.get(f"{BASE}/oauth/token").status_code == 405


def test_limits_hold_as_everywhere_and_are_told(client, settings):
    secret = key()[1]
    rates = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anonymous": "2/min", "key": "4/min"}}

    with override_settings(REST_FRAMEWORK=rates):
        answers = [client.get(CURRENT) for _ in range(3)]
        with_key = client.get(CURRENT, {"key": secret})

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) >= 1
    assert answers[2].json()["success"] is False
    assert (with_key.status_code, with_key["X-RateLimit-Limit"]) == (200, "4")


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LEGACY, CURRENT, f"{LEGACY}.csv"])
def test_a_wrong_parameter_never_gives_a_wider_answer(client, address):
    event()
    response = client.get(f"{address}?contry=Afghanistan&limit=0")

    assert response.status_code == 400
    assert response.json()["data"] == []
    assert response.json()["error"][0]["message"].startswith("contry: there is no such parameter here.")


@pytest.mark.parametrize("path", ["cast/read", "api/cast/read", "acled/read.xml", "iso/read"])
def test_an_endpoint_that_is_not_here_says_which_are(client, path):
    response = client.get(f"{BASE}/{path}")

    assert response.status_code == 404
    assert "acled, deleted, actor" in response.json()["error"][0]["message"]


def test_reading_is_not_writing(client):
    response = client.post(LEGACY, {"limit": 1})

    assert response.status_code == 405
    assert response.json()["success"] is False


def test_too_much_at_once_is_refused(client, monkeypatch):
    event()
    event()
    monkeypatch.setattr(record, "MOST", 1)

    response = client.get(CURRENT)
    assert response.status_code == 400
    assert "Ask for fewer days" in response.json()["error"][0]["message"]
    assert client.get(f"{CURRENT}?country=Iran").status_code == 200


# --- what it costs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["acled/read?fatalities=0", "actor/read", "deleted/read", "acled/read?limit=1&page=2"])
def test_the_number_of_queries_does_not_grow(client, path):
    counted = []
    for _ in range(2):
        for _ in range(3):
            event()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            body(client.get(f"{BASE}/{path}"))
        counted.append(len(seen))

    assert counted[0] == counted[1] <= 7


def test_a_large_page_goes_through_a_file(client, monkeypatch):
    monkeypatch.setattr(acled_answers, "_IN_MEMORY", 10)
    monkeypatch.setattr(acled_answers, "_PIECE", 7)
    event()
    event()

    assert answer(client.get(LEGACY))["count"] == 2


def test_the_root_says_where_everything_is(client):
    found = client.get(f"{BASE}/").json()

    assert client.get(found["legacy"]["acled"]).status_code == 200
    assert client.get(found["current"]["region"]).status_code == 200
    assert found["token"].endswith("/api/compat/acled/oauth/token")
    assert client.get(found["documentation"]).status_code == 200


@pytest.mark.parametrize("body", ["[]", '"x"', "{", '{"grant_type": "\\u0000"}', "null"])
def test_a_body_that_is_no_grant_is_refused_in_the_shape_of_the_token_address(client, body):
    answer = client.post("/api/compat/acled/oauth/token", body, content_type="application/json")

    assert answer.status_code in (400, 401)
    assert set(answer.json()) == {"error", "error_description", "message"}
