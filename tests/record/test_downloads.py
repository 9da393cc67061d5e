"""The files of a selection: the same cells in every format, nothing made up, whole or recognisably cut."""

import csv
import json
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models.edition import PublishedIncident
from events.record import columns, flat
from events.record.downloads import circle
from tests import workbooks
from tests.record import rows

pytestmark = pytest.mark.django_db

NAMES = [column.name for column in columns.COLUMNS]


def body(client, form, query=""):
    return b"".join(client.get(f"/incidents.{form}?{query}", follow=True).streaming_content)


def from_csv(client, query=""):
    return list(csv.DictReader(StringIO(body(client, "csv", query).decode(), newline="")))


def from_json(client, query=""):
    return [json.loads(line) for line in body(client, "ndjson", query).splitlines()]


@pytest.fixture
def strike():
    front, army = rows.actor("Made-up Front", side="non_state"), rows.actor("Made-up Army", side="pakistan")
    town = rows.place("Onetown", level="settlement", parent=rows.place("Testland", level="country", iso="PK"))
    return rows.incident(
        "=HYPERLINK(made-up)",
        day="1893-11-12",
        at=town,
        kind="air_strike",
        parts=[(army, "perpetrator"), (front, "target"), (army, "target", False)],
        perpetrator=army,
        attribution="self_claimed",
        contested_aspects="|date|casualties|",
        latitude=33.5,
        longitude=70.25,
        uncertainty_km=2.5,
        location_precision="settlement",
        killed_low=0,
        killed_high=0,
        time_local="03:00",
        utc="1893-11-11T22:30Z",
    )


def test_a_file_says_what_it_is_and_how_many_rows_it_has(client, strike):
    rows.incident("Another")

    for form, kind in (
        ("csv", "text/csv"),
        ("ndjson", "application/x-ndjson"),
        ("geojson", "application/geo+json"),
        ("json", "application/json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("parquet", "application/vnd.apache.parquet"),
    ):
        answer = client.get(f"/incidents.{form}")
        b"".join(answer.streaming_content)

        assert answer.headers["X-Row-Count"] == "2"
        assert answer.headers["Content-Type"].startswith(kind)
        assert f"frontier-ledger-incidents-{timezone.now():%Y-%m-%d}.{form}" in answer.headers["Content-Disposition"]


def test_every_format_has_the_same_cells_in_the_same_order(client, strike):
    rows.incident("Nothing known of it", day=None, killed_best=7, counts_incident=False)

    tabular, members = from_csv(client), from_json(client)
    heading, *sheet = workbooks.rows(body(client, "xlsx"))
    features = json.loads(body(client, "geojson"))["features"]
    whole = json.loads(body(client, "json"))

    assert whole == {"row_count": 2, "incidents": members}
    assert list(tabular[0]) == list(members[0]) == list(heading.values()) == NAMES
    assert [feature["properties"] for feature in features] == members
    for row, held, cells in zip(tabular, members, sheet, strict=True):
        for letters, name in heading.items():
            assert row[name].removeprefix("'") == _as_text(held[name]), name
            assert cells.get(letters, "") == _as_text(held[name]), name


def _as_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def test_not_reported_is_empty_and_none_is_zero(client, strike):
    rows.incident("Silent")

    silent, struck = from_csv(client)

    assert (struck["killed_low"], struck["killed_best"], struck["killed_high"]) == ("0", "", "0")
    assert (silent["killed_low"], silent["injured_high"], silent["latitude"]) == ("", "", "")
    assert (silent["killed_open"], struck["killed_open"]) == ("", "no")
    assert from_json(client)[0]["killed_low"] is None
    assert workbooks.rows(body(client, "xlsx"))[1].get(_letters("killed_low")) is None
    assert workbooks.rows(body(client, "xlsx"))[2].get(_letters("killed_low")) == "0"


def _letters(name):
    place = NAMES.index(name)
    return chr(ord("A") + place) if place < 26 else "A" + chr(ord("A") + place - 26)


def test_no_spreadsheet_runs_a_title_as_a_formula(client, strike):
    assert from_csv(client)[0]["title"] == "'=HYPERLINK(made-up)"
    assert from_json(client)[0]["title"] == "=HYPERLINK(made-up)"
    assert "<f>" not in workbooks.everything(body(client, "xlsx"))


def test_lines_end_and_quotes_stand_as_rfc_4180_has_it(client):
    rows.incident('A "made-up" title, with a comma')

    text = body(client, "csv").decode()

    assert text.count("\r\n") == 2 and text.endswith("\r\n")
    assert '"A ""made-up"" title, with a comma"' in text


def test_participants_and_lists(client, strike):
    row = from_json(client)[0]

    assert (row["perpetrator_slug"], row["perpetrator_side"]) == ("made-up-army", "pakistan")
    assert (row["targets"], row["target_sides"]) == (["Made-up Front"], ["non_state"])  # not whoever stands above
    assert row["contested_aspects"] == ["date", "casualties"]
    assert from_csv(client)[0]["contested_aspects"] == "date; casualties"
    assert row["address"] == f"http://testserver/incidents/{strike.shown_uid}/editions/1/"
    assert client.get(row["address"].removeprefix("http://testserver")).status_code == 200


def test_what_is_on_no_map_has_no_geometry_and_an_area_is_no_point(client, strike):
    district = rows.place("Vague District", level="district")
    common = {"at": district, "location_precision": "district", "latitude": 32.0, "longitude": 68.0}
    rows.incident("Somewhere", day="1893-11-11", uncertainty_km=25.0, **common)
    rows.incident("No radius", day="1893-11-10", uncertainty_km=None, **common)

    point, area, nowhere = json.loads(body(client, "geojson"))["features"]

    assert point["geometry"] == {"type": "Point", "coordinates": [70.25, 33.5]}
    assert area["geometry"]["type"] == "Polygon"
    assert nowhere["geometry"] is None
    assert (nowhere["properties"]["latitude"], nowhere["properties"]["mapped"]) == (None, "no")


def test_a_circle_is_closed_runs_counter_clockwise_and_has_its_radius():
    ring = circle(70.0, 33.0, 25.0)

    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) / 2
    assert ring[0] == ring[-1]
    assert area > 0
    assert max(point[1] for point in ring) == pytest.approx(33 + 25 / 111.19, abs=0.001)


def test_an_empty_selection_gives_a_heading_only(client, strike):
    assert body(client, "csv", "q=nothing-like-it").decode().strip().split(",") == NAMES
    assert body(client, "ndjson", "q=nothing-like-it") == b""
    assert json.loads(body(client, "geojson", "q=nothing-like-it"))["features"] == []
    assert json.loads(body(client, "json", "q=nothing-like-it")) == {"row_count": 0, "incidents": []}
    assert len(workbooks.rows(body(client, "xlsx", "q=nothing-like-it"))) == 1


def test_the_number_of_questions_grows_with_chunks_only(client, monkeypatch):
    for number in range(7):
        rows.incident(f"Incident {number}", day=f"2024-03-0{number + 1}")
    counts = []
    for size in (1, 7, 3):
        monkeypatch.setattr(flat, "CHUNK", size)
        with CaptureQueriesContext(connection) as asked:
            found = flat.read(PublishedIncident.objects.all(), "https://example.org")
            assert [row["title"] for row in found.rows] == [f"Incident {number}" for number in range(6, -1, -1)]
        counts.append(len(asked))

    assert counts == [8, 2, 4]


@pytest.mark.parametrize("query", ["kind=bombing", "colour=red", "after=x", "page_size=5", "cursor=x"])
def test_a_wrong_parameter_is_refused_before_anything_is_sent(client, strike, query):
    for form in ("csv", "ndjson", "json", "geojson", "xlsx", "parquet"):
        answer = client.get(f"/incidents.{form}?{query}")

        assert answer.status_code == 400 and not answer.streaming
        assert "X-Row-Count" not in answer.headers


def test_more_rows_than_a_sheet_holds_are_refused(client, strike, monkeypatch):
    monkeypatch.setattr("events.record.downloads.EXCEL_ROWS", 0)

    assert "take CSV" in client.get("/incidents.xlsx").content.decode()
    assert len(from_csv(client)) == 1


def test_a_file_that_nobody_takes_to_its_end_closes_what_it_reads_from(client, strike, monkeypatch):
    made, read = [], flat.read
    monkeypatch.setattr(flat, "read", lambda *args: made.append(read(*args)) or made[0])

    client.get("/incidents.csv").close()

    assert made[0].source.gi_frame is None


def test_no_other_format_is_to_be_had(client):
    assert client.get("/incidents.exe").status_code == 404


def test_the_dictionary_describes_every_column(client, strike):
    page, data = client.get("/data/dictionary/").content.decode(), client.get("/data/dictionary.json").json()

    assert [column["name"] for column in data["columns"]] == NAMES
    assert all(f'<tr id="{name}">' in page for name in NAMES)
    assert {column["kind"] for column in data["columns"]} <= set(data["kinds"])
    assert workbooks.column(body(client, "xlsx"), 0, sheet=2)[1:] == NAMES


def test_every_code_in_a_file_is_in_the_dictionary(client, strike):
    known = {column.name: column.words for column in columns.COLUMNS if column.words}

    for name, codes in known.items():
        assert from_json(client)[0][name] in (None, *codes), name


def test_a_page_offers_the_files_of_its_selection(client, strike):
    for address in ("/", "/map/", "/statistics/"):
        page = client.get(f"{address}?kind=air_strike").content.decode()

        for form in ("csv", "xlsx", "geojson", "json", "ndjson", "parquet"):
            assert f'href="/incidents.{form}?kind=air_strike"' in page, address
