"""UCDP's API over our record: clients written for UCDP, every parameter, what is skipped, what is refused."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import jsonschema
import orjson
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from events.desk import incidents, keys, registers
from events.exchange import ucdp as rules
from events.exchange.ucdp_columns import COLUMNS
from events.models.edition import Edition, PublishedIncident
from events.press import editions
from events.record import ucdp as record
from events.rules.dates import VagueDate
from tests import builders

pytestmark = pytest.mark.django_db
BASE = "/api/compat/ucdp/api/gedevents/current"


@pytest.fixture(autouse=True)
def _forget():
    """What other tests have read is not known here, and the limit begins anew."""
    record._outlines.clear()
    record._walks.clear()
    caches["api_rates"].clear()


@pytest.fixture
def world():
    """Two countries, an army with UCDP's numbers, and a group of which UCDP has a name."""
    pakistan = builders.location("Pakistan", level="country", iso="PK")
    afghanistan = builders.location("Afghanistan", level="country", iso="AF")
    there = {"coordinate_basis": "settlement", "uncertainty_km": 2}
    army = builders.actor("Testland army")
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    villagers = builders.actor("Villagers", kind="population_group", side="third", home_country="")
    for row, *texts in ((army, "142"), (front, "356", "TTP")):
        for text in texts:
            registers.add_actor_alias(row, by=builders.keeper(), text=text, scheme="ucdp_actor", kind="external")
    for row in (army, front):
        registers.add_actor_alias(row, by=builders.keeper(), text="857", scheme="ucdp_dyad", kind="external")
    return {
        "east": builders.location("Eastville", parent=pakistan, latitude=33.0, longitude=70.0, **there),
        "west": builders.location("Westville", parent=afghanistan, latitude=32.0, longitude=66.0, **there),
        "army": army,
        "front": front,
        "villagers": villagers,
    }


def lethal(world, day=date(2024, 3, 18), *, at="east", by="front", aimed="army", dead=3, until=None, **more):
    """A published attack with so many dead."""
    told = [
        builders.claim("casualties", lines=[builders.toll(dead, category="unknown")]),
        builders.claim("perpetrator", value_actor=world[by], part="perpetrator", claimant=world[by]),
        builders.claim("target", value_actor=world[aimed], part="target"),
    ]
    when = VagueDate(day, until or day, "day_range" if until else "day")
    place = {"location": world[at], "location_precision": "settlement"}
    return builders.published(claims=told, date=when, **place | more)


def several(world, number):
    return [lethal(world, date(2024, 3, 1 + place), title=f"Attack {place}", dead=place + 1) for place in range(number)]


def get(client, query="", base=BASE, **more):
    response = client.get(f"{base}?{query}", **more)
    assert response.status_code == 200, response.content
    return response


def bests(client, query="", base=BASE):
    """The best figures of the rows chosen; attacks are told apart by them."""
    answer = get(client, query, base).json()
    assert answer["TotalCount"] == len(answer["Result"])
    return [row["best"] for row in answer["Result"]]


def release(name, *rows):
    """A release of the latest editions of these incidents."""
    return builders.release(name, [PublishedIncident.objects.get(uid=row.uid).edition for row in rows])


def test_a_client_that_follows_next_page_url_gets_every_row_once(client, world):
    several(world, 5)
    address, found, visited = f"{BASE}?pagesize=2", [], 0

    while address != "":  # as the R clients do
        page = client.get(address).json()
        found += page["Result"]
        visited += 1
        address = page["NextPageUrl"]

    assert [row["best"] for row in found] == [1, 2, 3, 4, 5]
    assert len({row["id"] for row in found}) == page["TotalCount"] == 5
    assert visited == page["TotalPages"] == 3
    assert page["PreviousPageUrl"].endswith("pagesize=2&page=1")


@pytest.mark.parametrize("first", [0, 1])
def test_a_client_that_counts_pages_gets_every_row_once(client, world, first):
    several(world, 5)
    pages = get(client, f"pagesize=2&page={first}").json()["TotalPages"]

    found = [
        row for page in range(first, first + pages) for row in get(client, f"pagesize=2&page={page}").json()["Result"]
    ]

    assert sorted(row["best"] for row in found) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("first", [0, 1])
def test_a_client_that_asks_for_one_large_page_gets_all(client, world, first):
    several(world, 3)

    assert bests(client, f"pagesize=1000&page={first}") == [1, 2, 3]


def test_an_empty_record_is_an_empty_first_page(client):
    for page in ("", "page=0", "page=1"):
        assert get(client, page).json() == {
            "TotalCount": 0,
            "TotalPages": 0,
            "PreviousPageUrl": "",
            "NextPageUrl": "",
            "Result": [],
        }


def test_the_envelope_holds_the_columns_in_their_order(client, world):
    lethal(world)

    answer = get(client).json()

    assert list(answer) == ["TotalCount", "TotalPages", "PreviousPageUrl", "NextPageUrl", "Result"]
    assert list(answer["Result"][0]) == list(COLUMNS)


def test_an_id_stays_when_the_incident_gets_another_edition(client, world):
    first, second = several(world, 2)
    before = [row["id"] for row in get(client).json()["Result"]]
    editions.publish(first, by=builders.person("editor"), reason="ruleset", note="Made once more")

    after = get(client).json()["Result"]

    assert [row["id"] for row in after] == before
    assert before == [rules.OFFSET + Edition.objects.get(subject_uid=row.uid, number=1).pk for row in (first, second)]


def test_ids_choose_rows(client, world):
    several(world, 3)
    ids = [row["id"] for row in get(client).json()["Result"]]

    assert bests(client, f"Id={ids[0]},{ids[2]}") == [1, 3]
    assert bests(client, "Id=900000000") == bests(client, "Id=1") == []
    assert bests(client, "Id=" + ",".join(str(number) for number in [*range(300, 600), ids[1]])) == [2]


def test_countries_are_gleditsch_ward_numbers(client, world):
    lethal(world, at="east", dead=1)
    lethal(world, at="west", dead=2)

    assert bests(client, "Country=770") == [1]
    assert bests(client, "Country=700") == [2]
    assert bests(client, "Country=770,700") == [1, 2]
    assert bests(client, "Country=369") == []


def test_an_area_is_latitude_and_longitude_of_two_corners(client, world):
    lethal(world, at="east", dead=1)
    lethal(world, at="west", dead=2)

    assert bests(client, "Geography=32.5 69,34 71") == [1]
    assert bests(client, "Geography=32%2066,33+70") == [1, 2]  # its edges count
    assert bests(client, "Geography=10 10,20 20") == []


def test_days_are_compared_with_the_last_one_as_ucdp_does(client, world):
    lethal(world, date(2024, 3, 1), dead=1)
    lethal(world, date(2024, 3, 8), until=date(2024, 3, 10), dead=2)

    assert bests(client, "StartDate=2024-03-09") == [2]
    assert bests(client, "EndDate=2024-03-09") == [1]
    assert bests(client, "StartDate=2024-03-01&EndDate=2024-03-10") == [1, 2]
    assert bests(client, "StartDate=2024-03-02&EndDate=2024-03-09") == []


def test_types_actors_and_dyads_choose_rows(client, world):
    lethal(world, by="front", aimed="army", dead=1)
    lethal(world, by="front", aimed="villagers", dead=2)
    lethal(world, by="army", aimed="villagers", dead=3)

    assert bests(client, "TypeOfViolence=1") == bests(client, "Dyad=857") == bests(client, "Dyad=5,857") == [1]
    assert bests(client, "TypeOfViolence=1,3") == [1, 2, 3]
    assert bests(client, "Actor=356") == [1, 2]
    assert bests(client, "Actor=142") == [1, 3]
    assert bests(client, "Actor=1") == [2, 3]
    assert bests(client, "TypeOfViolence=2") == bests(client, "Actor=9") == bests(client, "Dyad=1") == []
    assert bests(client, "TypeOfViolence=3&Actor=142") == [3]


def test_names_of_parameters_and_resources_are_read_in_any_case(client, world):
    several(world, 2)

    for base in ("/api/compat/ucdp/api/GEDEvents/current", "/api/compat/ucdp/gedevents/Current"):
        page = get(client, "PageSize=1&COUNTRY=770&typeofviolence=1", base).json()
        assert (page["TotalCount"], len(page["Result"])) == (2, 1)
        assert urlsplit(page["NextPageUrl"]).path == base
        assert parse_qs(urlsplit(page["NextPageUrl"]).query)["page"] == ["1"]
        assert client.get(page["NextPageUrl"]).json()["Result"][0]["best"] == 2


def test_the_total_is_what_walking_gives_although_some_are_skipped(client, world):
    several(world, 3)
    builders.published(title="Nobody died")
    lethal(world, kind="interception")
    builders.published(
        claims=[builders.claim("casualties", lines=[builders.toll(4)])],
        location=world["east"],
        location_precision="settlement",
    )

    response = get(client, "pagesize=1")

    pages = [get(client, f"pagesize=1&page={page}").json()["Result"] for page in range(3)]
    assert response.json()["TotalCount"] == sum(len(page) for page in pages) == 3
    assert response["X-Skipped"] == "3"
    assert response["X-Skipped-Reasons"] == "kind_not_coded=1, no_death=1, type_unclear=1"


def test_an_operation_is_skipped_and_its_parts_are_rows(client, world):
    whole = lethal(world, title="Operation", dead=9)
    parts = [lethal(world, title=f"Part {number}", dead=number) for number in (4, 5)]
    editor = builders.person("editor")
    for part in parts:
        incidents.link(part, whole, by=editor, type="part_of")
    editions.publish_all([whole, *parts], by=editor, reason="split", note="Told in parts")

    response = get(client)

    assert [row["best"] for row in response.json()["Result"]] == [4, 5]
    assert response["X-Skipped-Reasons"] == "operation=1"
    release("2026.1", whole, *parts)
    assert get(client, base=BASE.replace("current", "2026.1"))["X-Skipped-Reasons"] == "operation=1"


def test_a_release_keeps_its_rows_whatever_is_published_later(client, world):
    kept, left_out = several(world, 2)
    release("2026.1", kept)
    editor = builders.person("editor")
    editions.withdraw(kept, by=editor, reason="retraction", note="It did not happen")

    for version in ("2026.1", "26.1"):
        response = get(client, base=BASE.replace("current", version))
        assert [row["best"] for row in response.json()["Result"]] == [1]
        assert response["X-Version"] == "2026.1"
    assert bests(client) == [2]


def test_a_release_answers_every_question_as_the_current_record_does(client, world):
    made = [
        lethal(world, by="front", aimed="army", dead=1),
        lethal(world, date(2024, 4, 1), by="front", aimed="villagers", at="west", dead=2),
        builders.published(title="Nobody died"),
        lethal(world, date(2024, 5, 1), until=date(2024, 5, 3), kind="interception"),
    ]
    release("2026.2", *made)
    ids = [row["id"] for row in get(client).json()["Result"]]

    for query in (
        *("", "Country=770", "Country=700,770", "Country=369", "StartDate=2024-03-20", "EndDate=2024-05-01"),
        *("Geography=32.5 69,34 71", "TypeOfViolence=3", "Actor=142", "Dyad=857", f"Id={ids[1]}", "pagesize=1&page=1"),
    ):
        now, then = get(client, query), get(client, query, BASE.replace("current", "26.2"))
        assert now.json()["Result"] == then.json()["Result"], query
        assert now["X-Skipped-Reasons"] == then["X-Skipped-Reasons"], query


def test_an_edition_withheld_for_privacy_leaves_the_release(client, world):
    row, other = several(world, 2)
    release("2026.1", row, other)
    editions.publish(row, by=builders.person("editor"), reason="privacy", note="A name was taken out")

    response = get(client, base=BASE.replace("current", "2026.1"))

    assert [found["best"] for found in response.json()["Result"]] == [2]
    assert response["X-Skipped-Reasons"] == "withheld=1"


@pytest.mark.parametrize("version", ["24.1", "26.0.1", "26.01.26.06", "2025.1", "latest", "%20"])
def test_a_version_that_does_not_exist_is_refused_with_those_that_do(client, world, version):
    release("2026.1", *several(world, 1))

    response = client.get(BASE.replace("current", version))

    assert response.status_code == 404
    assert response.json()["detail"].endswith("Its versions are: current, 2026.1.")


def test_other_resources_are_not_offered(client):
    for address in ("/api/compat/ucdp/api/battledeaths/24.1", "/api/compat/ucdp/dyadic/current"):
        response = client.get(address)
        assert response.status_code == 404
        assert "only gedevents" in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("pagesize=1001", "pagesize", "from 1 to 1000"),
        ("pagesize=0", "pagesize", "from 1 to 1000"),
        ("pagesize=ten", "pagesize", "from 1 to 1000"),
        ("pagesize=5&PageSize=6", "pagesize", "given 2 times"),
        ("page=-1", "page", "is not a page"),
        ("page=2", "page", "There is one page, 0."),
        ("Id=x", "Id", "is not an id"),
        ("Id=" + "9" * 19, "Id", "is not an id"),
        ("Id=" + "9," * 2001, "Id", "too many"),
        ("Country=Pakistan", "Country", "is not a country"),
        ("Country=-1", "Country", "is not a country"),
        ("Geography=32,69,34,71", "Geography", "such as 32 69,34 71"),
        ("Geography=32 69", "Geography", "such as 32 69,34 71"),
        ("Geography=34 69,32 71", "Geography", "swap the two"),
        ("Geography=32 69,94 71", "Geography", "outside the world"),
        ("StartDate=2024-13-01", "StartDate", "is not a day"),
        ("EndDate=18.03.2024", "EndDate", "is not a day"),
        ("StartDate=2024-03-02&EndDate=2024-03-01", "EndDate", "swap the two"),
        ("TypeOfViolence=4", "TypeOfViolence", "1 (state-based)"),
        ("Dyad=a", "Dyad", "is not a dyad"),
        ("Actor=a", "Actor", "is not an actor"),
        ("Key=abc", "Key", "header x-ucdp-access-token"),
        ("Year=2024", "Year", "is not a parameter here"),
        ("Contry=770", "Contry", "Country"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(client, query, name, said):
    response = client.get(f"{BASE}?{query}")

    assert response.status_code == 400
    assert said in response.json()["errors"][name][0]
    assert "Result" not in response.json()


def test_a_key_in_the_header_of_ucdp_counts_as_our_key(client):
    reader = builders.person("researcher")
    secret = keys.issue(reader, by=reader, name="reads")[1]
    limits = {"anonymous": "1/min", "key": "9/min"}

    with override_settings(REST_FRAMEWORK=_rates(limits)):
        answer = get(client, headers={"x-ucdp-access-token": secret})

    assert answer["X-RateLimit-Limit"] == "9"
    assert "x-ucdp-access-token" in answer["Vary"]


def test_a_token_of_another_service_counts_for_nothing_and_a_wrong_key_is_refused(client):
    foreign = client.get(BASE, headers={"x-ucdp-access-token": "0123-token-of-ucdp"})
    wrong = client.get(BASE, headers={"x-ucdp-access-token": f"flk_{'0' * 12}_{'0' * 64}"})
    garbled = client.get(BASE, headers={"Authorization": "Bearer nonsense", "x-ucdp-access-token": "anything"})

    assert (foreign.status_code, wrong.status_code, garbled.status_code) == (200, 401, 401)
    assert foreign["X-RateLimit-Limit"] == get(client)["X-RateLimit-Limit"]


def test_the_limit_holds_here_too(client):
    with override_settings(REST_FRAMEWORK=_rates({"anonymous": "1/min", "key": "9/min"})):
        first, second = client.get(BASE), client.get(BASE)

    assert (first.status_code, second.status_code) == (200, 429)
    assert int(second["Retry-After"]) > 0


def _rates(rates):
    return settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}


@pytest.mark.parametrize("accept", ["text/plain", "text/csv", "application/xml", "*/*"])
def test_the_answer_is_json_whatever_is_asked_for(client, accept):
    response = get(client, headers={"Accept": accept})

    assert response["Content-Type"] == "application/json"


def test_it_is_read_only(client):
    for send in (client.post, client.put, client.patch, client.delete):
        assert send(BASE).status_code == 405
    assert client.head(BASE).status_code == 200


def test_nothing_changed_is_304_and_an_edition_changes_the_tag(client, world):
    lethal(world)
    tag = get(client)["ETag"]

    assert client.get(BASE, headers={"If-None-Match": tag}).status_code == 304
    lethal(world)
    assert get(client)["ETag"] != tag


def test_drafts_and_what_was_withdrawn_give_no_row(client, world):
    row = lethal(world)
    builders.submitted(
        builders.person("analyst"), title="A draft", claims=[builders.claim("casualties", lines=[builders.toll(8)])]
    )
    editions.withdraw(row, by=builders.person("editor"), reason="retraction", note="It did not happen")

    response = get(client)

    assert response.json()["TotalCount"] == 0
    assert response["X-Skipped"] == "0"


def test_a_changed_number_in_the_register_shows_at_once(client, world):
    lethal(world)
    assert get(client).json()["Result"][0]["side_b"] == "TTP"
    world["front"].aliases.filter(text="TTP").update(text="Tehrik")

    assert get(client).json()["Result"][0]["side_b"] == "Tehrik"


def test_queries_do_not_grow_with_the_record(client, world):
    def asked():
        record._outlines.clear()
        record._walks.clear()
        with CaptureQueriesContext(connection) as queries:
            get(client, "pagesize=1000&TypeOfViolence=1&Country=770&StartDate=2024-01-01")
        return len(queries)

    several(world, 3)
    few = asked()
    several(world, 9)

    assert asked() == few


def test_a_document_is_read_once_and_a_page_reads_its_own(client, world, monkeypatch):
    several(world, 4)
    get(client, "pagesize=1")
    parsed = []
    read = orjson.loads
    monkeypatch.setattr(record.orjson, "loads", lambda body: parsed.append(1) or read(body))

    get(client, "pagesize=1&page=2")
    get(client, "pagesize=1&TypeOfViolence=1")

    assert len(parsed) == 2


def test_the_pages_of_one_question_are_cut_from_one_answer_until_something_is_published(client, world):
    several(world, 3)
    with CaptureQueriesContext(connection) as first:
        get(client, "pagesize=1")
    with CaptureQueriesContext(connection) as second:
        get(client, "pagesize=1&page=1")
    lethal(world, dead=9)

    assert len(second) < len(first)
    assert bests(client, "pagesize=1000") == [1, 2, 3, 9]


def test_only_so_many_outlines_are_kept(client, world, monkeypatch):
    monkeypatch.setattr(record, "KEPT", 2)
    several(world, 5)

    assert bests(client) == [1, 2, 3, 4, 5]
    assert len(record._outlines) == 2


def test_the_answer_is_as_described(client, world):
    lethal(world)
    description = client.get("/api/schema/").json()
    operation = description["paths"]["/api/compat/ucdp/api/gedevents/{version}"]["get"]
    content = operation["responses"]["200"]["content"]["application/json"]
    schema = content["schema"] | {"components": description["components"]}

    jsonschema.validate(get(client).json(), schema)
    for example in content["examples"].values():
        jsonschema.validate(example["value"], schema)
    documented = {item["name"] for item in operation["parameters"] if item["in"] == "query"}
    assert documented == {
        *("pagesize", "page", "Id", "Country", "Geography", "StartDate", "EndDate", "TypeOfViolence", "Dyad", "Actor")
    }
    assert {"X-Version", "X-Skipped", "X-Skipped-Reasons"} <= set(operation["responses"]["200"]["headers"])
    assert operation["security"] == [{"UcdpToken": []}]


def test_the_page_tells_every_parameter_column_and_reason(client):
    release("2026.1")
    page = client.get("/api/docs/ucdp/")

    assert page.status_code == 200
    for name in (*COLUMNS, *rules.REASONS, record.WITHHELD, "TypeOfViolence", "2026.1"):
        assert f"<code>{name}</code>" in page.text, name
    assert "/api/docs/ucdp/" in client.get("/api/docs/").text
