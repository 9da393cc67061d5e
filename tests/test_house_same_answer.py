"""House test 1: the same query string gives the same incidents at every door, and a wrong one gives none."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from events import uids
from events.desk import registers
from events.models.edition import Edition
from events.record import sequence, statistics
from events.record.selection import Selection
from events.rules.dates import VagueDate
from tests import builders, parquet_files, workbooks


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    """Made once for all tests of this file, and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        _twelve_incidents()
        yield
        transaction.set_rollback(True)


def _twelve_incidents():
    """Made-up incidents that differ in everything the filters ask about."""
    places = builders.places()
    far = builders.location(
        "Fartown", parent=builders.location("Far Province", level="province", parent=places["country"])
    )
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    faction = builders.actor("Test Front Faction", kind="faction", side="non_state", home_country="")
    registers.relate(faction, "faction_of", group, by=builders.keeper(), basis="established")
    kinds = ("air_strike", "shelling", "talks", "ambush")
    wire = builders.document("Made-up dispatch", source_row=builders.source("Test Wire", kind="wire", owner=group))
    for number in range(12):
        day = date(2024, 1 + number % 3, 1 + number)
        who = (group, faction, None)[number % 3]
        told = [builders.claim("casualties", lines=[builders.toll(number)])] if number % 2 else [builders.claim()]
        if who:
            told.append(
                builders.claim(
                    "perpetrator", value_actor=who, part=_part(kinds[number % 4]), claimant_text="An observer"
                )
            )
        if number % 4 == 1:
            told.append(builders.claim("casualties", claimant_text="A rival", lines=[builders.toll(number + 40)]))
        if number % 3 == 1:
            told.append(builders.claim("motive", value_text="made-up reasons", claimant=group, document_row=wire))
        builders.published(
            title=f"Made-up {kinds[number % 4]} {number}",
            kind=kinds[number % 4],
            date=VagueDate(day, day, "day"),
            location=far if number % 5 == 0 else places["town"],
            location_precision="settlement",
            claims=told,
        )


pytestmark = pytest.mark.django_db

QUERIES = (
    "",
    "q=made-up",
    "q=&kind=&date_from=",  # as the form sends what was left empty
    "q=shelling",
    "q=nothing-like-this",
    "q=made-up -shelling",
    'q="made up shelling"',
    "q=front faction",
    "q=observers",
    "date_from=2024-02-01",
    "date_to=2024-02-10",
    "date_from=2024-01-05&date_to=2024-03-05",
    "actor=test-front",
    "actor=test-front-faction",
    "actor=Test Front Faction",
    "country=testland",
    "province=test-province",
    "province=far-province",
    "district=test-district",
    "location=testtown",
    "kind=shelling",
    "kind=shelling&kind=talks",
    "category=measure",
    "contested=yes",
    "contested=no",
    "contested_aspect=casualties",
    "date_from=2024-01-05&date_by=first_day",
    "acting_side=non_state",
    "acting_side=not_named&target_side=not_named",
    "claimant=test-front",
    "claimant=Test Front&contested=no",
    "source=test-wire",
    "source=Test Wire&kind=talks",
    "sources=one",
    "sources=several",
    "attribution=unattributed",
    "attribution=unattributed&attribution=suspected",
    "bbox=69.9,32.9,70.1,33.1",
    "bbox=-180,-90,180,90",
    "bbox=10,10,11,11",
    "mapped=yes",
    "mapped=point",
    "mapped=area",
    "mapped=no",
    "killed_min=0",
    "killed_min=3&killed_max=7",
    "killed_max=7&killed_field=best",
    "killed_min=45&killed_field=high",
    "killed_min=1000000&killed_field=high",
    "date_from=2024-02-01&date_to=2024-02-28&date_mode=within",
    "date_from=2024-02-05&date_mode=overlaps&date_by=overlap",
    "location_precision_max=site",
    "location_precision_max=settlement&killed_min=1",
    "actor=test-front&actor_depth=self",
    "actor=test-front&actor_depth=chain&role=perpetrator",
    "source_side=non_state",
    "source_side=pakistan",
    "kind=shelling&contested=yes&province=test-province&q=made-up",
)
WRONG = (
    "no_such_parameter=1",
    "kind=bombing",
    "category=wars",
    "date_from=yesterday",
    "date_from=2024-02-30",
    "date_from=2024-03-01&date_to=2024-02-01",
    "date_from=2024-03-01&date_from=2024-03-02",
    "actor=nobody-at-all",
    "province=atlantis",
    "province=testtown",
    "contested=perhaps",
    "contested_aspect=weather",
    "attribution=magic",
    "acting_side=nobody",
    "date_by=first_day",
    "claimant=nobody-at-all",
    "source=nowhere-to-be-read",
    "source=test-wire&source=test-wire",
    "sources=2",
    "bbox=69,32,71",
    "bbox=71,32,69,34",
    "bbox=69,34,71,32",
    "bbox=69,32,69,34",
    "bbox=69,32,181,34",
    "bbox=69,-91,71,34",
    "bbox=nan,32,71,34",
    "bbox=6e1,32,71,34",
    "bbox=69,32,71,34&bbox=60,30,80,40",
    "bbox=69,32,71,34&mapped=no",
    "mapped=perhaps",
    "killed_min=-1",
    "killed_min=many",
    "killed_min=1000001",
    "killed_min=9&killed_max=8",
    "killed_field=low",
    "killed_min=1&killed_field=highest",
    "killed_min=0&killed=not_reported",
    "date_mode=within",
    "date_from=2024-02-01&date_mode=inside",
    "date_from=2024-02-01&date_mode=within&date_by=first_day",
    "date_from=2024-02-01&date_mode=overlaps&date_by=first_day",
    "location_precision_max=exact",
    "actor_depth=self",
    "actor=test-front&actor_depth=2",
    "source_side=nobody",
    "q=" + "x" * 500,
    "q=%00",
    "q=-shelling",
    "q=_",
    "Kind=shelling",
)


@pytest.mark.parametrize("query", QUERIES)
def test_page_api_and_totals_agree(query):
    expected = _by_api(query)

    assert _by_page(query) == expected
    for order in ("oldest", "updated"):
        assert _by_api(f"{query}&order={order}") == expected
    selection = Selection.parse(QueryDict(query))
    assert {row.shown_uid for row in selection.queryset()} == expected
    assert statistics.totals(statistics.by_dates(selection.queryset())).incidents == len(expected)
    counted = Client().get(f"/api/v1/statistics/?{query}").json()["sections"]
    for name in ("over-time", "by-kind", "by-province"):
        assert sum(row["incidents"] for row in counted[name]["rows"]) == selection.queryset().counted().count()


@pytest.mark.parametrize("query", QUERIES)
def test_the_record_as_it_stands_is_its_own_last_state(query):
    client, last = Client(), sequence.latest()
    builders.release("2026.1", Edition.objects.all())
    now = client.get(f"/api/v1/incidents/?{query}").json()
    counted = _without_queries(client.get(f"/api/v1/statistics/?{query}").json()["sections"])

    for state in (f"edition={last}", f"as_of={timezone.now():%Y-%m-%d}", "release=2026.1"):
        answer = client.get(f"/api/v1/incidents/?{query}&{state}").json()
        assert (answer["count"], answer["results"]) == (now["count"], now["results"]), state
        statistics_then = client.get(f"/api/v1/statistics/?{query}&{state}").json()
        assert _without_queries(statistics_then["sections"]) == counted, state
    assert client.get(f"/api/v1/incidents/?{query}&edition=0").json()["results"] == []


@pytest.mark.parametrize("query", QUERIES)
def test_every_file_holds_the_same_incidents_in_the_same_order(query):
    expected = [row.shown_uid for row in Selection.parse(QueryDict(query)).queryset().newest_first()]

    files = {form: _file(form, query) for form in ("csv", "json", "ndjson", "geojson", "xlsx", "parquet", "stix.json")}

    assert [row["uid"] for row in csv.DictReader(StringIO(files["csv"].decode()))] == expected
    assert [json.loads(line)["uid"] for line in files["ndjson"].splitlines()] == expected
    assert [one["uid"] for one in json.loads(files["json"])["incidents"]] == expected
    bundle = json.loads(files["stix.json"])["objects"]
    assert [one["external_references"][0]["external_id"] for one in bundle if one["type"] == "incident"] == expected
    assert [feature["id"] for feature in json.loads(files["geojson"])["features"]] == expected
    assert workbooks.column(files["xlsx"], 0)[1:] == expected
    assert [row["uid"] for row in parquet_files.rows(files["parquet"])] == expected
    assert _api_file(query) == files["parquet"]


@pytest.mark.parametrize("query", QUERIES)
def test_what_other_data_sets_cannot_hold_and_what_they_hold_is_the_selection(query):
    expected = [row.shown_uid for row in Selection.parse(QueryDict(query)).queryset().newest_first()]
    numbers = {str(uids.number(uids.parse(uid))): uid for uid in expected}

    left_out = {form: [row["uid"] for row in _rows(f"{form}-left-out.csv", query)] for form in ("acled", "ucdp")}
    rows = [numbers[row["event_id_cnty"].partition("X")[2]] for row in _rows("acled.csv", query)]

    for found in (rows, *left_out.values()):
        assert found == [uid for uid in expected if uid in found]
    assert sorted(rows + left_out["acled"]) == sorted(expected)
    assert len(_rows("ucdp.csv", query)) + len(left_out["ucdp"]) == len(expected)


@pytest.mark.parametrize("query", QUERIES)
def test_the_map_holds_the_same_incidents_on_it_and_off_it(query):
    whole = "&".join(part for part in query.split("&") if not part.startswith("bbox="))

    answer = Client().get(f"/map/cells.json?{query}").json()

    on, off = _with_mapped(query, "yes"), _with_mapped(whole, "no")
    assert answer["selected"] == len(_by_api(whole))
    assert answer["total"] == (len(_by_api(on)) if on else 0)
    assert answer["unmapped"] == (len(_by_api(off)) if off else 0)
    if whole == query:
        assert answer["total"] + answer["unmapped"] == answer["selected"]


@pytest.mark.parametrize("query", WRONG)
def test_the_map_refuses_what_the_timeline_refuses(query):
    for address in ("/map/", "/map/view/", "/map/cells.json"):
        answer = Client().get(f"{address}?{query}")

        assert answer.status_code == 400, address
        assert "/incidents/" not in answer.content.decode()


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_gives_a_sentence_and_no_rows(query):
    client = Client()

    page, answer = client.get(f"/?{query}"), client.get(f"/api/v1/incidents/?{query}")

    assert page.status_code == answer.status_code == 400
    assert "/incidents/" not in page.content.decode()
    files = [
        f"/incidents.{form}" for form in ("csv", "json", "ndjson", "geojson", "xlsx", "parquet", "csv-metadata.json")
    ]
    files += [f"/incidents.{form}" for form in ("acled.csv", "ucdp.csv", "stix.json", "acled-left-out.csv")]
    files += [f"/api/v1/incidents.{form}" for form in ("acled.csv", "ucdp.csv", "stix.json")]
    files += [f"/api/v1/incidents.{form}" for form in ("json", "csv", "parquet", "csv-metadata.json")]
    pages = ["/statistics/", "/escalation/", "/statistics/by-kind.csv", "/api/v1/statistics/", "/feed.atom"]
    pages += ["/downloads/", "/downloads/acled/left-out/"]
    for address in (*pages, *files):
        assert client.get(f"{address}?{query}").status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    sentences = [sentence for told in answer.json()["errors"].values() for sentence in told]
    assert sentences and all(sentence.endswith((".", "?")) for sentence in sentences)


def _with_mapped(query, answer):
    """The query for what is on the map, or off it; None where its own word about that leaves nothing."""
    if "mapped=" not in query:
        return f"{query}&mapped={answer}"
    return query if ("mapped=no" in query) == (answer == "no") else None


def _without_queries(sections):
    """The sections without the addresses of the incidents behind their rows, which name the state."""
    return {
        name: section | {"rows": [row | ({"query": None} if "query" in row else {}) for row in section["rows"]]}
        for name, section in sections.items()
    }


def _part(kind):
    return "initiator" if kind == "talks" else "perpetrator"


def _file(form, query):
    """The bytes of a file, whose header says how many rows it has."""
    answer = Client().get(f"/incidents.{form}?{query}", follow=True)
    assert answer.headers["X-Row-Count"] == str(len(_by_api(query)))
    return b"".join(answer.streaming_content)


def _rows(form, query):
    """The rows of a file of CSV, as many as its header says."""
    answer = Client().get(f"/incidents.{form}?{query}", follow=True)
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert answer.headers["X-Row-Count"] == str(len(rows))
    return rows


def _api_file(query):
    """The bytes of the same selection over the API, by its Accept header."""
    answer = Client().get(f"/api/v1/incidents/?{query}", headers={"Accept": "application/vnd.apache.parquet"})
    return b"".join(answer.streaming_content)


def _by_api(query):
    return {row["uid"] for row in Client().get(f"/api/v1/incidents/?page_size=500&{query}").json()["results"]}


def _by_page(query):
    """Follow the pages of the timeline to the end."""
    found, address = set(), f"/?{query}"
    while address:
        page = Client().get(address, follow=True).content.decode()
        found |= set(re.findall(r'href="/incidents/([0-9A-Z]{4}-[0-9A-Z]{4})/"', page))
        following = re.search(r'<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"', page)
        address = (following.group(1) or following.group(2)).replace("&amp;", "&") if following else None
        if address and address.startswith("?"):
            address = "/" + address
    return found
