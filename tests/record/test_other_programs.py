"""Files in the shapes of ACLED and UCDP GED: what they hold, what they leave out and say so, and what they cost."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language

from events.desk import incidents
from events.exchange import acled_words, reading_acled, reading_ucdp, ucdp_columns
from events.models.edition import Edition
from events.press import editions
from events.record import shaped, ucdp, weighing
from events.rules.dates import VagueDate
from tests import builders
from tests.exchange import files
from tests.record import many

pytestmark = pytest.mark.django_db

COLUMNS = {"acled": acled_words.COLUMNS, "ucdp": ucdp_columns.COLUMNS}
READERS = {"acled": reading_acled, "ucdp": reading_ucdp}


@pytest.fixture
def told():
    """A deadly strike in a town, one over a week in a district, and a statement; all made up."""
    places = builders.places()
    army, group = builders.actor("Test army"), builders.actor("Test Front", kind="armed_group", side="non_state")
    done = builders.claim("perpetrator", value_actor=army, part="perpetrator", claimant=army)
    aimed = builders.claim("target", value_actor=group, part="target")
    dead = builders.claim("casualties", lines=[builders.toll(4, category="militant")])
    strike = builders.published(
        title="Test strike",
        kind="air_strike",
        location=places["town"],
        location_precision="settlement",
        claims=[done, aimed, dead],
    )
    week = builders.published(
        title="Test shelling",
        kind="shelling",
        date=VagueDate(date(2024, 2, 5), date(2024, 2, 11), "week"),
        location=places["town"],
        location_precision="settlement",
        claims=[done, aimed, builders.claim("casualties", lines=[builders.toll(2, category="militant")])],
    )
    said = builders.published(
        title="=Test statement()", kind="statement", location=places["town"], location_precision="settlement"
    )
    return {"strike": strike, "week": week, "said": said, "places": places}


def taken(client, address):
    answer = client.get(address)
    text = answer.getvalue().decode()
    assert answer.status_code == 200, text
    return answer, list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.parametrize("form", COLUMNS)
def test_a_file_has_the_columns_of_its_data_set_and_the_order_of_the_record(client, told, form):
    answer, rows = taken(client, f"/incidents.{form}.csv")

    assert tuple(rows[0]) == COLUMNS[form]
    days = [row[{"acled": "event_date", "ucdp": "date_start"}[form]][:10] for row in rows]
    assert days == ["2024-03-18", "2024-02-05"]
    assert (answer["X-Row-Count"], answer["X-Skipped"]) == ("2", "1")
    assert f"incidents-{date.today():%Y-%m-%d}.{form}.csv" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("form", COLUMNS)
def test_what_is_left_out_is_counted_beforehand_and_listed_with_its_reason(client, told, form):
    answer, _ = taken(client, f"/incidents.{form}.csv?q=test")
    reason, _, number = answer["X-Skipped-Reasons"].partition("=")
    page = client.get("/downloads/?q=test").content.decode()
    report = answer["Link"].partition(">")[0].lstrip("<")
    listed = client.get(report).content.decode()
    listing, rows = taken(client, f"/incidents.{form}-left-out.csv?q=test")

    assert (reason, number) == ({"acled": "kind_not_exported", "ucdp": "no_death"}[form], "1")
    assert f'href="{report}"' in page and "1 incident is left out" in page
    words = shaped.SHAPES[form].why(reason)
    assert words in listed and "=Test statement()" in listed and told["said"].shown_uid in listed
    assert f'href="/incidents/{told["said"].shown_uid}/editions/1/"' in listed
    assert listing["X-Row-Count"] == "1"
    assert rows == [
        {
            "uid": told["said"].shown_uid,
            "title": "'=Test statement()",
            "date": "18 March 2024",
            "address": f"http://testserver/incidents/{told['said'].shown_uid}/editions/1/",
            "reason": reason,
            "reason_in_words": words,
        }
    ]
    assert client.get(rows[0]["address"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("form", COLUMNS)
def test_our_own_reader_finds_the_same_days_places_and_tolls(client, told, form, tmp_path):
    text = client.get(f"/incidents.{form}.csv").getvalue()

    strike, week = READERS[form].parsed(files.put(tmp_path, text)).rows

    assert [strike.problems, week.problems] == [(), ()]
    assert strike.date == VagueDate(date(2024, 3, 18), date(2024, 3, 18), "day")
    # ACLED knows one day and how exactly it is known: the reader takes the days around it.
    assert week.date.precision == "week"
    if form == "ucdp":
        assert (week.date.start, week.date.end) == (date(2024, 2, 5), date(2024, 2, 11))
    assert (strike.place.latitude, strike.place.longitude, strike.place.precision) == (33.0, 70.0, "settlement")
    assert dict(strike.place.names)["settlement"] == "Testtown"
    # UCDP writes the level behind each name, so the reader takes it away.
    assert dict(strike.place.names)["district"] == {"acled": "Test District", "ucdp": "Test"}[form]
    assert [_killed(row) for row in (strike, week)] == [4, 2]


def _killed(row):
    tolls = [toll for claim in row.claims for toll in claim.tolls if toll.category == "all"]
    return tolls[0].best


@pytest.mark.parametrize("form", COLUMNS)
def test_nothing_to_be_had_is_a_heading_and_nothing_left_out(client, told, form):
    answer, rows = taken(client, f"/incidents.{form}.csv?q=nothing-like-it")

    assert (rows, answer["X-Row-Count"], answer["X-Skipped"]) == ([], "0", "0")
    assert "X-Skipped-Reasons" not in answer
    assert client.get(f"/incidents.{form}.csv?q=nothing-like-it").getvalue().decode().strip() == ",".join(COLUMNS[form])
    assert taken(client, f"/incidents.{form}-left-out.csv?q=nothing-like-it")[1] == []
    assert "Nothing is left out" in client.get(f"/downloads/{form}/left-out/?q=nothing-like-it").content.decode()
    assert "Nothing is left out" in client.get("/downloads/?q=nothing-like-it").content.decode()


@pytest.mark.parametrize(
    "query", ["kind=bombing", "colour=red", "order=oldest", "as_of=2024-01-01", "date_from=2024-02-30"]
)
def test_a_wrong_parameter_is_refused_in_a_sentence_before_anything_is_sent(client, told, query):
    for address in (
        "/incidents.acled.csv",
        "/incidents.ucdp.csv",
        "/incidents.stix.json",
        "/incidents.acled-left-out.csv",
        "/downloads/",
        "/downloads/ucdp/left-out/",
    ):
        answer = client.get(f"{address}?{query}")

        assert answer.status_code == 400 and not answer.streaming, address
        assert query.partition("=")[0] in answer.content.decode(), address


@pytest.mark.parametrize("page", ["0", "2", "x", "1.5", "١", "9" * 30, "0000000010000"])
def test_a_page_that_there_is_not_is_refused(client, told, page):
    answer = client.get(f"/downloads/acled/left-out/?page={page}")

    assert answer.status_code == 400
    assert "page: there is no such page" in answer.content.decode()


def test_the_list_of_what_is_left_out_is_paged_and_no_row_stands_twice(client, told, monkeypatch):
    monkeypatch.setattr("events.record.views.downloads.ROWS", 2)
    many.copies(told["said"], 4, change=lambda document, place: document | {"title": f"Copy {place}."})

    pages = [
        client.get(f"/downloads/acled/left-out/?kind=statement&page={page}").content.decode() for page in (1, 2, 3)
    ]

    assert [[place for place in range(4) if f"Copy {place}." in page] for page in pages] == [[0], [1, 2], [3]]
    assert "kind=statement&amp;page=2" in pages[0] and "page=1" in pages[1] and "page=4" not in pages[2]


def test_no_spreadsheet_runs_a_name_as_a_formula_and_no_number_becomes_a_word(client, told):
    minus = builders.location(
        "@Minus town",
        parent=told["places"]["district"],
        latitude=-1.5,
        longitude=-70.25,
        uncertainty_km=2,
        coordinate_basis="settlement",
    )
    builders.published(title="=1+1", kind="air_strike", location=minus, location_precision="settlement")

    _, rows = taken(client, "/incidents.acled.csv?q=minus")

    assert rows[0]["location"] == "'@Minus town"
    assert (rows[0]["latitude"], rows[0]["longitude"]) == ("-1.5000", "-70.2500")
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize("form", COLUMNS)
def test_the_api_gives_the_file_of_the_pages_and_that_of_earlier_states(client, told, form):
    page, rows = taken(client, f"/incidents.{form}.csv")
    sequence = Edition.objects.latest("pk").pk
    release = builders.release("2024.1", Edition.objects.filter(subject="incident"))
    strike = told["strike"]
    incidents.edit(strike, by=builders.person("editor"), version=strike.version, fields={"kind": "other_violent"})
    editions.publish(strike, by=builders.person("editor"), reason="correction", note="Another kind.")

    now, rows_now = taken(client, f"/api/v1/incidents.{form}.csv")
    _, oldest = taken(client, f"/api/v1/incidents.{form}.csv?order=oldest")
    then, rows_then = taken(client, f"/api/v1/incidents.{form}.csv?edition={sequence}")
    _, released = taken(client, f"/api/v1/incidents.{form}.csv?release={release.name}")

    assert len(rows_now) == 1 and now["X-Row-Count"] == "1" and now["X-Skipped"] == "2"
    assert rows_now == rows[1:] == oldest
    assert rows_then == released == rows
    assert then["X-Skipped-Reasons"] == page["X-Skipped-Reasons"]
    assert client.get(f"/api/v1/incidents.{form}.csv?page_size=5").status_code == 400
    assert client.get(f"/api/v1/incidents.{form}.csv?colour=red").json()["errors"]["colour"]


@pytest.mark.parametrize("form", COLUMNS)
def test_a_whole_is_left_out_for_its_parts_on_every_shelf(client, told, form):
    editor = builders.person("editor")
    incidents.link(told["week"], told["strike"], by=editor, type="part_of")
    editions.publish(told["week"], by=editor, reason="correction", note="A part.")

    for query in ("", f"?edition={Edition.objects.latest('pk').pk}"):
        answer, rows = taken(client, f"/api/v1/incidents.{form}.csv{query}")

        assert len(rows) == 1
        assert {"acled": "has_parts=1", "ucdp": "operation=1"}[form] in answer["X-Skipped-Reasons"], query


def test_of_stix_the_page_promises_every_incident_and_no_more(client, told):
    beside = client.get("/downloads/").content.decode().partition("STIX 2.1 (JSON)")[2].partition("</li>")[0]

    assert "Every incident is in it." in beside
    assert "Nothing is left out" not in beside


def test_what_is_published_while_a_file_is_sent_changes_nothing_in_it(client, told, monkeypatch):
    monkeypatch.setattr(weighing, "CHUNK", 1)
    answer = client.get("/incidents.acled.csv")
    pieces = iter(answer.streaming_content)
    next(pieces)
    editions.withdraw(told["strike"], by=builders.person("editor"), reason="correction", note="Made up.")

    rows = b"".join(pieces).decode().strip().split("\r\n")

    assert len(rows) == int(answer["X-Row-Count"]) == 2


@pytest.mark.parametrize(
    "address",
    [
        "/incidents.ucdp.csv",
        "/api/v1/incidents.ucdp.csv",
        "/incidents.ucdp-left-out.csv",
        "/downloads/",
        "/downloads/ucdp/left-out/",
    ],
)
def test_what_is_published_while_ucdp_rows_are_weighed_changes_nothing_in_them(client, told, monkeypatch, address):
    ucdp._outlines.clear()
    strike, editor, read = told["strike"], builders.person("editor"), ucdp.read_outlines

    def later(*given):
        incidents.edit(strike, by=editor, version=strike.version, fields={"title": "Test strike, anew"})
        editions.publish(strike, by=editor, reason="correction", note="A word.")
        return read(*given)

    monkeypatch.setattr(ucdp, "read_outlines", later)
    answer = client.get(address)
    text = answer.getvalue().decode()

    assert answer.status_code == 200
    assert Edition.objects.of("incident", strike.uid).count() == 2
    if address.endswith("ucdp.csv"):
        assert len(text.strip().split("\r\n")) == 1 + int(answer["X-Row-Count"]) == 3


def test_two_thousand_incidents_take_as_many_questions_as_twenty(client, told):
    asked = {}
    for number in (20, 1980):
        many.copies(told["strike"], number)
        ucdp._outlines.clear()
        counts = {}
        for address in (
            "/downloads/",
            "/downloads/ucdp/left-out/",
            "/downloads/acled/left-out/",
            "/incidents.acled-left-out.csv",
        ):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
                answer.getvalue()
            counts[address] = len(queries)
        asked[number] = counts
    for form in COLUMNS:
        with CaptureQueriesContext(connection) as queries:
            answer, rows = taken(client, f"/incidents.{form}.csv")
        # One for each piece of documents, and what any file asks.
        assert len(rows) == int(answer["X-Row-Count"]) == 2002
        assert len(queries) <= 2002 // weighing.CHUNK + 7

    assert asked[20] == asked[1980]


def test_files_are_english_and_pages_speak_the_language_of_their_reader(client, told, settings, monkeypatch):
    monkeypatch.setattr(shaped, "gettext", lambda message: f"{get_language()}: {message}")
    settings.LANGUAGES = [("en", "English"), ("ur", "Urdu")]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ur"
    words = acled_words.SKIPPED["kind_not_exported"]

    _, rows = taken(client, "/incidents.acled-left-out.csv")

    assert rows[0]["reason_in_words"] == f"en: {words}"
    assert f"ur: {words}" in client.get("/downloads/acled/left-out/").content.decode()
