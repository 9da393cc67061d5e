"""The list of incidents in every format: which is chosen, and that all hold the same rows and cells."""

import csv
import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest

from events.record import columns, downloads, flat
from tests import parquet_files, workbooks
from tests.record import rows

pytestmark = pytest.mark.django_db

LIST = "/api/v1/incidents/"
NAMES = [column.name for column in columns.COLUMNS]
TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def taken(response):
    """The answer, read to its end, so that nothing stays open."""
    b"".join(response.streaming_content if response.streaming else ())
    return response


def by_accept(client, form, query=""):
    return client.get(f"{LIST}?{query}", headers={"Accept": TYPES[form]})


def by_address(client, form, query=""):
    return client.get(f"/api/v1/incidents.{form}?{query}")


def media_type(response):
    return response["Content-Type"].partition(";")[0]


@pytest.fixture
def several():
    """Four incidents that hold a formula, nothing, none, lists, a zone and an area."""
    army, front = rows.actor("Made-up Army", side="pakistan"), rows.actor("Made-up Front", side="non_state")
    town = rows.place("Onetown", level="settlement", parent=rows.place("Testland", level="country", iso="PK"))
    return [
        rows.incident(
            "=HYPERLINK(made-up)",
            day="1893-11-12",
            at=town,
            location_precision="settlement",
            latitude=33.5,
            longitude=-70.25,
            uncertainty_km=2.5,
            parts=[(army, "perpetrator"), (front, "target"), (army, "affected")],
            perpetrator=army,
            contested_aspects="|date|casualties|",
            killed_low=0,
            killed_best=0,
            killed_high=0,
            time_local="03:00",
            utc="1893-11-11T22:30Z",
        ),
        rows.incident("Nothing known", day=None, summary=""),
        rows.incident("Vague", until="2024-03-20", location_precision="district", latitude=32.0, longitude=68.0),
        rows.incident("+many", killed_low=3, killed_high=None, killed_open=True, escalation=6),
    ]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"),
        ("application/json; charset=utf-8", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV;charset=UTF-8;header=present", "csv"),
        ("text/*", "csv"),
        ("text/csv;q=0.5, application/json;q=0.4", "csv"),
        ("text/csv;q=0.4, application/json;q=0.5", "json"),
        ("application/json, text/csv", "json"),
        ("text/csv, application/json", "csv"),
        ("*/*, text/csv", "csv"),
        ("*/*;q=0.1, application/json;q=0", "csv"),
        ("application/*;q=0.2, application/vnd.apache.parquet;q=0.3", "parquet"),
        ("text/csv;q=0, application/geo+json;q=0.001", "geojson"),
        ("nonsense, application/x-ndjson", "ndjson"),
    ],
)
def test_the_format_that_is_liked_best_is_sent(client, accept, form):
    rows.incident()

    response = taken(client.get(LIST, headers={"Accept": accept}))

    assert media_type(response) == TYPES[form]
    assert "Accept" in response["Vary"].split(", ")


@pytest.mark.parametrize(
    "accept", ["text/html", "application/pdf, image/*", "*/*;q=0", "text/csv;q=0", "text/csv;header=absent", "nonsense"]
)
def test_what_is_not_to_be_had_is_refused_with_what_is(client, accept):
    response = client.get(f"{LIST}?kind=shelling", headers={"Accept": accept})

    told = response.json()
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
    assert "Accept" in response["Vary"]
    assert all(media_type in told["detail"] for media_type in TYPES.values())
    assert [one["media_type"] for one in told["available"]] == list(TYPES.values())
    for one in told["available"]:
        assert media_type(taken(client.get(one["url"]))) == one["media_type"]


@pytest.mark.parametrize("form", TYPES)
def test_the_end_of_the_address_names_the_format_whatever_is_accepted(client, several, form):
    response = taken(client.get(f"/api/v1/incidents.{form}", headers={"Accept": "image/png"}))

    assert (response.status_code, media_type(response)) == (200, TYPES[form])
    assert "Accept" not in response["Vary"].split(", ")


def test_json_at_its_address_is_the_list(client, several):
    address = "/api/v1/incidents.json?page_size=1&kind=shelling"

    answer = client.get(address).json()

    assert answer["results"] == client.get(f"{LIST}?page_size=1&kind=shelling").json()["results"]
    assert answer["next"].startswith("http://testserver/api/v1/incidents.json?")
    assert client.get(answer["next"]).json()["results"] != answer["results"]


@pytest.mark.parametrize("form", [form for form in TYPES if form != "json"])
def test_a_file_is_that_of_the_pages_byte_for_byte(client, several, form):
    page = client.get(f"/incidents.{form}?kind=shelling")
    ours, accepted = by_address(client, form, "kind=shelling"), by_accept(client, form, "kind=shelling")

    assert ours["X-Row-Count"] == accepted["X-Row-Count"] == page["X-Row-Count"] == "4"
    assert ours["Content-Type"] == accepted["Content-Type"] == page["Content-Type"]
    assert ours["Content-Disposition"] == page["Content-Disposition"]
    assert accepted["Content-Location"] == f"http://testserver/api/v1/incidents.{form}?kind=shelling"
    if form == "xlsx":  # which notes when it was made
        assert workbooks.rows(body(ours)) == workbooks.rows(body(accepted)) == workbooks.rows(body(page))
    else:
        assert body(ours) == body(accepted) == body(page)


def test_every_format_has_the_same_cells(client, several):
    members = [json.loads(line) for line in body(by_address(client, "ndjson")).splitlines()]
    tabular = list(csv.DictReader(StringIO(body(by_address(client, "csv")).decode(), newline="")))
    typed = parquet_files.rows(body(by_address(client, "parquet")))
    heading, *sheet = workbooks.rows(body(by_address(client, "xlsx")))
    features = json.loads(body(by_address(client, "geojson")))

    assert features["row_count"] == len(members) == 4
    assert [feature["properties"] for feature in features["features"]] == members
    assert list(typed[0]) == list(members[0]) == list(tabular[0]) == list(heading.values()) == NAMES
    for held, row, cells, values in zip(members, tabular, sheet, typed, strict=True):
        for letters, name in heading.items():
            assert row[name].removeprefix("'") == as_text(held[name]) == in_sheet(name, cells.get(letters, "")), name
            assert as_json(values[name], held[name]) == held[name], name


def as_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def in_sheet(name, cell):
    """The text of a cell; Excel counts the days since 1899."""
    is_day = name in ("date_start", "date_end") and cell.isdecimal()
    return str(date(1899, 12, 30) + timedelta(int(cell))) if is_day else cell


def as_json(value, as_held):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ" if len(as_held) == 20 else "%Y-%m-%dT%H:%MZ")
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_cells_and_documents_say_the_same(client, several):
    documents = client.get(LIST).json()["results"]
    held = [json.loads(line) for line in body(by_accept(client, "ndjson")).splitlines()]

    assert [row["uid"] for row in held] == [document["uid"] for document in documents]
    assert [row["title"] for row in held] == [document["title"] for document in documents]
    assert [row["edition"] for row in held] == [document["edition"]["number"] for document in documents]


def test_parquet_has_types_and_null_is_not_zero(client, several):
    whole = body(by_address(client, "parquet"))

    types = {field.name: str(field.type) for field in parquet_files.schema(whole)}
    of = {row["title"]: row for row in parquet_files.rows(whole)}
    assert (types["killed_low"], types["date_start"], types["published_at"]) == (
        "int32",
        "date32[day]",
        "timestamp[ms, tz=UTC]",
    )
    assert (types["contested"], types["latitude"], types["uid"]) == ("bool", "double", "string")
    assert types["targets"] == types["contested_aspects"] == "list<element: string>"
    assert (of["=HYPERLINK(made-up)"]["killed_low"], of["Vague"]["killed_low"]) == (0, None)
    assert (of["+many"]["killed_low"], of["+many"]["killed_high"], of["+many"]["killed_open"]) == (3, None, True)
    assert (of["Nothing known"]["killed_open"], of["Nothing known"]["targets"]) == (None, [])
    assert of["=HYPERLINK(made-up)"]["targets"] == ["Made-up Army", "Made-up Front"]
    assert b"permanent identifier" in parquet_files.schema(whole).field("uid").metadata[b"description"]


def test_parquet_is_written_in_groups_and_alike_each_time(client, several, monkeypatch):
    whole = body(by_address(client, "parquet"))
    assert parquet_files.groups(whole) == [4]
    monkeypatch.setattr("events.record.parquet.GROUP", 3)

    grouped = body(by_address(client, "parquet"))

    assert parquet_files.groups(grouped) == [3, 1]
    assert grouped == body(by_address(client, "parquet"))
    assert parquet_files.rows(grouped) == parquet_files.rows(whole)
    assert parquet_files.rows(body(by_address(client, "parquet", "q=nothing-like-it"))) == []


def test_no_spreadsheet_runs_a_title_as_a_formula(client, several):
    assert {row["title"][:2] for row in csv.DictReader(StringIO(body(by_accept(client, "csv")).decode()))} >= {
        "'=",
        "'+",
    }
    assert "<f>" not in workbooks.everything(body(by_accept(client, "xlsx")))


@pytest.mark.parametrize("order", ["newest", "oldest", "updated"])
def test_files_stand_in_the_order_that_is_asked_for(client, several, order):
    again = several[1]
    again.edition = rows.edition(again.uid, {"title": again.title}, number=2)
    again.save()
    listed = [document["uid"] for document in client.get(f"{LIST}?order={order}").json()["results"]]

    for form in ("csv", "parquet"):
        whole = body(by_accept(client, form, f"order={order}"))
        found = parquet_files.rows(whole) if form == "parquet" else csv.DictReader(StringIO(whole.decode()))
        assert [row["uid"] for row in found] == listed


def test_what_was_published_since_is_in_the_file(client, several):
    later, same = (
        body(by_address(client, "csv", "updated_since=2026-11-24")),
        body(by_address(client, "csv", "updated_since=2026-11-23")),
    )

    assert (count("csv", later), count("csv", same)) == (0, 4)


@pytest.mark.parametrize("query", ["page_size=5", "cursor=n", "count=none", "fields=title", "include=editions"])
def test_what_is_for_json_alone_is_refused_for_files(client, several, query):
    name = query.partition("=")[0]

    for response in (by_address(client, "csv", query), by_accept(client, "parquet", query)):
        assert response.status_code == 400 and not response.streaming
        assert "leave it out" in response.json()["errors"][name][0]


@pytest.mark.parametrize("form", TYPES)
def test_a_wrong_question_is_refused_as_a_problem_in_every_format(client, several, form):
    for response in (by_address(client, form, "kind=bombing"), by_accept(client, form, "kind=bombing")):
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
        assert "X-Row-Count" not in response.headers


def test_more_rows_than_a_sheet_holds_are_refused(client, several, monkeypatch):
    monkeypatch.setattr(downloads, "EXCEL_ROWS", 3)

    response = by_address(client, "xlsx")

    assert (response.status_code, "take CSV" in response.json()["detail"]) == (400, True)


@pytest.mark.parametrize("form", ["csv", "ndjson", "geojson", "parquet"])
def test_a_file_that_is_cut_is_recognised(client, several, monkeypatch, form):
    """The connection breaks, and what arrived has fewer rows than were promised, or cannot be read at all."""
    monkeypatch.setattr(downloads, "PIECE", 1)
    monkeypatch.setattr("events.record.parquet.GROUP", 1)
    monkeypatch.setattr(flat, "CHUNK", 2)
    answers = iter([{"": []}])  # for the first two rows; then the connection is lost
    monkeypatch.setattr(flat, "_targets", lambda _: next(answers, None) or lost())
    response, arrived = by_address(client, form), []

    with pytest.raises(ConnectionError):
        arrived.extend(response.streaming_content)

    assert response["X-Row-Count"] == "4"
    assert len(b"".join(arrived)) > 100
    with pytest.raises((ValueError, OSError, AssertionError)):
        assert count(form, b"".join(arrived)) == 4


def lost():
    raise ConnectionError


def count(form, whole):
    if form == "parquet":
        return len(parquet_files.rows(whole))
    if form == "geojson":
        return len(json.loads(whole)["features"])
    return len(whole.splitlines()) - (form == "csv")


def test_head_gives_the_number_of_rows_without_the_rows(client, several):
    response = taken(client.head("/api/v1/incidents.csv"))

    assert (response["X-Row-Count"], response.status_code) == ("4", 200)


def test_a_page_does_not_pay_for_parquet():
    """Whoever asks for no Parquet file never loads what writes it."""
    import subprocess
    import sys

    code = "import django; django.setup(); import sys, tracker.urls; print('pyarrow' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (ours)

    assert told.stdout.strip() == "False"


def test_reading_a_file_is_counted_and_open_to_other_origins(client, several):
    response = taken(client.get("/api/v1/incidents.csv", headers={"Origin": "https://elsewhere.example"}))

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "X-Row-Count" in response["Access-Control-Expose-Headers"]
    assert response["X-RateLimit-Limit"]
