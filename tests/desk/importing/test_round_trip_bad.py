"""Bad files at the page and the command: each is told by line, column, value and sentence, and nothing is left."""

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.db import connection
from django.http.multipartparser import MultiPartParser

from events import middleware
from events.desk import importing
from events.desk.importing import jobs, planning
from events.exchange import tables
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.models.incident import Incident
from tests.desk.importing_world import known
from tests.exchange import files

GOOD = files.ucdp()
HEADING, ROW = GOOD.splitlines()
OTHER = ROW.replace("900001", "900002")


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 1024**2))
    return made.getvalue()


def workbook(*rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell.startswith("="):
                    sheet.write_formula(line, place, cell, value="2")
                else:
                    sheet.write_string(line, place, cell)
    return made.getvalue()


WHOLE = {  # name → (content, part of the sentence)
    "empty.csv": (b"", "empty"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 100, "neither text nor an Excel workbook"),
    "bomb.xlsx": (bomb(), "unpack to far more"),
    "cut.xlsx": (workbook(HEADING.split(","))[:2000], "it is cut"),
    "folder.xlsx": (b"PK\x03\x04 but no folder", "begins like a workbook"),
    "wide.csv": (b"," * 1_000_000 + b"\n1\n", "1000001 cells; at most 500"),
    "other.csv": (b"a,b\n1,2\n", "none of the columns"),
    "lacking.csv": (files.ucdp(columns=["id", "type_of_violence", "best"]).encode(), "is missing"),
}
OUTSIDE = {
    "swapped": ({"latitude": "70.15", "longitude": "32.98"}, "70.15, 32.98", "changed places"),
    "wrong country": ({"latitude": "34.5", "longitude": "65.5"}, "34.5, 65.5", "lies in Afghanistan"),
    "far away": ({"latitude": "48.8", "longitude": "2.3"}, "48.8, 2.3", "far outside Pakistan"),
}
CELLS = {  # column → (its cell, part of the sentence)
    "date_start": ("2026-02-30", "no day of the calendar"),
    "date_end": ("0025-01-07", "outside 1893 to 2200"),
    "deaths_b": ("-3", "no whole number from 0"),
    "best": ("=1+1", "no whole number"),
    "latitude": ("95", "no degrees"),
}
NUL = ROW.replace("Mir Ali town", "Mir\0")
IN_JSON = "\n".join(json.dumps(row) for row in csv.DictReader([HEADING, OTHER, NUL]))  # the NUL is written as an escape
ROWS = {  # what is wrong → (the file, line, column, value, part of the sentence, verdict)
    "ragged": (f"{HEADING}\n{ROW},more\n", 2, "", "more", "cells and the heading", "refused"),
    "cut in the middle": (f"{HEADING}\n{OTHER}\n{ROW[:200]}", 3, "", "", "the file is cut", "refused"),
    "NUL": (f"{HEADING}\n{NUL}\n", 2, "where_coordinates", "Mir", "NUL byte", "refused"),
    "NUL in JSON": (IN_JSON, 2, "where_coordinates", "Mir", "NUL byte", "refused"),
    "low over high": (files.ucdp({"low": "9"}), 2, "best", "5", "low 9, best 5 and high 7", "new"),
    "twice": (files.ucdp({}, {}), 3, "id", "900001", "stands in an earlier row", "refused"),
    **{
        what: (files.ucdp(changes), 2, "latitude", value, sentence, "new")
        for what, (changes, value, sentence) in OUTSIDE.items()
    },
    **{
        f"{column} {cell}": (files.ucdp({column: cell}), 2, column, cell, sentence, "refused")
        for column, (cell, sentence) in CELLS.items()
    },
}


OTHER_TABLES = ("other.csv", "lacking.csv")  # not what they are said to be, but tables whose columns can be told


@pytest.fixture
def temporary(tmp_path, settings, monkeypatch):
    """Folders of this test alone, so that what is left in them is seen."""
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", settings.FILE_UPLOAD_TEMP_DIR)
    return tmp_path


def left(folder):
    return [path.name for part in ("data/imports", "uploads") for path in (folder / part).glob("*")]


def brought(client, body, name="made-up.csv", format="ucdp"):
    file = io.BytesIO(body if isinstance(body, bytes) else body.encode())
    file.name = name
    answer = client.post("/desk/imports/new/", {"file": file, "format": format})
    for batch in ImportBatch.objects.all():
        jobs.run_now(batch)
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["recognise", "ucdp"])
@pytest.mark.parametrize("name", list(WHOLE))
def test_a_file_that_is_no_table_is_refused_on_the_page_and_nothing_is_left(
    client, analyst, temporary, name, format, django_capture_on_commit_callbacks
):
    client.force_login(analyst)
    body, sentence = WHOLE[name]

    answer = brought(client, body, name, format)

    page = answer if answer.status_code == 422 else client.get(answer.headers["Location"])
    assert not ImportRow.objects.exists()
    if format == "recognise" and name in OTHER_TABLES:
        assert (page.status_code, "/columns/" in page.headers["Location"]) == (302, True)
        with django_capture_on_commit_callbacks(execute=True):
            importing.cancel(ImportBatch.objects.get(), by=analyst)
        assert left(temporary) == []
        return
    assert sentence in page.text
    assert set(ImportBatch.objects.values_list("status", flat=True)) <= {"failed"}
    assert left(temporary) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(WHOLE))
def test_the_command_refuses_it_in_the_same_words(analyst, temporary, name):
    body, sentence = WHOLE[name]
    path = files.put(temporary, body, name)

    with pytest.raises(CommandError, match=sentence):
        call_command("import_incidents", path, by=analyst.username, format="ucdp", stdout=io.StringIO())

    assert left(temporary) == []


@pytest.mark.django_db
def test_the_command_says_in_which_line_and_column_a_file_is_wrong(analyst, temporary):
    path = files.put(temporary, WHOLE["lacking.csv"][0], "lacking.csv")

    with pytest.raises(CommandError, match="^Line 1, side_a: The column side_a is missing"):
        call_command("import_incidents", path, by=analyst.username, format="ucdp", stdout=io.StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("what", list(ROWS))
def test_a_bad_row_is_told_on_the_page_and_in_the_report(client, analyst, temporary, what):
    known()
    client.force_login(analyst)
    body, line, column, value, sentence, verdict = ROWS[what]

    address = brought(client, body).headers["Location"]

    chosen = "flagged" if verdict == "new" else verdict
    page = client.get(f"{address}?rows={chosen}").text
    shown = value.replace("\0", "")
    assert f'<td class="number">{line}</td>' in page and shown in page and sentence in page
    assert not column or f"<code>{column}</code>" in page
    report = b"".join(client.get(f"{address}report.csv").streaming_content).decode()
    told = [one for one in csv.DictReader(io.StringIO(report)) if one["sentence"]]
    assert [(one["line"], one["verdict"], one["column"]) for one in told] == [(str(line), verdict, column)]
    assert shown in told[0]["value"] and sentence in told[0]["sentence"]
    assert left(temporary) == []
    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_two_encodings_in_one_file_garble_nothing(client, analyst, temporary):
    known()
    client.force_login(analyst)
    words = ROW.replace("made up: near the town of Mir Ali", "ساختگی")
    body = f"{HEADING}\n{words}\n".encode() + OTHER.replace("Mir Ali town", "Mir Álì").encode("cp1252") + b"\n"

    address = brought(client, body).headers["Location"]

    assert "no text in the encoding" in client.get(f"{address}?rows=refused").text
    assert dict(ImportRow.objects.get(verdict="new").raw)["where_description"] == "ساختگی"


@pytest.mark.django_db
def test_another_order_another_delimiter_and_a_workbook_are_the_same_rows(client, editor, temporary):
    known()
    client.force_login(editor)
    address = brought(client, GOOD).headers["Location"]
    client.post(f"{address}commit/")
    jobs.run_now(ImportBatch.objects.get())
    assert ExternalRecord.objects.count() == 1
    columns = HEADING.split(",")
    cells = dict(next(csv.DictReader(io.StringIO(GOOD))))
    spelt = (
        files.ucdp(columns=columns[::-1], delimiter=";"),
        files.ucdp(delimiter="\t").encode("utf-16"),
        workbook(columns, [cells[name] for name in columns]),
    )

    for number, body in enumerate(spelt):
        brought(client, body, f"spelt-{number}", format="recognise")

    reports = [batch.report for batch in ImportBatch.objects.order_by("pk")]
    assert [(one["new"], one["same"]) for one in reports] == [(1, 0), (0, 1), (0, 1), (0, 1)]


@pytest.mark.django_db
def test_a_formula_in_a_workbook_counts_as_what_it_gives(client, analyst, temporary):
    known()
    client.force_login(analyst)
    cells = dict(next(csv.DictReader(io.StringIO(GOOD)))) | {"deaths_unknown": "=1+1"}

    address = brought(client, workbook(list(cells), list(cells.values())), "formula.xlsx").headers["Location"]

    assert dict(ImportRow.objects.get().raw)["deaths_unknown"] == "2"
    assert "not the sum of the four columns of deaths, 7" in client.get(address).text


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_before_it_is_copied(client, analyst, temporary, monkeypatch):
    client.force_login(analyst)
    monkeypatch.setattr(tables, "LARGEST", len(GOOD) - 1)
    monkeypatch.setattr(planning, "_copy", None)

    answer = brought(client, GOOD)

    assert answer.status_code == 422
    assert "Divide it" in answer.text
    assert left(temporary) == []


@pytest.mark.django_db
def test_a_request_that_is_larger_than_any_file_is_refused_before_it_is_read(client, analyst, temporary, monkeypatch):
    client.force_login(analyst)
    monkeypatch.setattr(middleware, "LARGEST_IMPORT", 3 * 1024**2)
    monkeypatch.setattr(ImportBatch, "full_clean", None)  # nothing gets as far

    answer = brought(client, b"," * 4 * 1024**2)

    assert answer.status_code == 413
    assert "The file is too large" in answer.text and "Divide it" in answer.text
    assert left(temporary) == []


@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_file_is_read_and_copied(client, analyst, temporary, monkeypatch):
    client.force_login(analyst)
    held, measured, copy = [], planning._measured, planning._copy

    def noted(act):
        return lambda *given: held.append(connection.in_atomic_block) or act(*given)

    monkeypatch.setattr(planning, "_measured", noted(measured))
    monkeypatch.setattr(planning, "_copy", noted(copy))

    assert brought(client, GOOD).status_code == 302
    assert held == [False, False]
    again = brought(client, GOOD)
    assert again.status_code == 422 and "This very file is here already" in again.text


@pytest.mark.django_db
def test_a_file_that_somebody_brings_while_it_is_copied_comes_in_once(client, analyst, temporary, monkeypatch):
    known()
    client.force_login(analyst)
    copy = planning._copy

    def beside(path, to):
        monkeypatch.setattr(planning, "_copy", copy)
        importing.plan(path, by=analyst, format="ucdp")
        copy(path, to)

    monkeypatch.setattr(planning, "_copy", beside)
    answer = brought(client, GOOD)

    assert answer.status_code == 422 and "This very file is here already" in answer.text
    assert ImportBatch.objects.count() == 1
    assert left(temporary) == []


LARGE = b"," * 4 * 1024**2


@pytest.mark.django_db
def test_a_large_file_is_taken_where_files_are_brought_in(client, analyst, temporary, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024**2
    client.force_login(analyst)

    assert brought(client, LARGE).status_code == 302


@pytest.mark.django_db
def test_no_other_page_of_the_desk_takes_a_file_of_that_size(client, analyst, temporary, settings, monkeypatch):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024**2
    monkeypatch.setattr(MultiPartParser, "parse", None)  # nothing gets as far
    client.force_login(analyst)

    for address in ("/desk/log/", "/desk/imports/1/columns/", "/desk/imports/new"):
        answer = client.post(address, {"file": io.BytesIO(LARGE)})
        assert answer.status_code == 413
        assert "can take 3.0" in answer.text


@pytest.mark.django_db
def test_who_does_not_work_at_the_desk_brings_no_large_file(client, researcher, temporary, settings, monkeypatch):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024**2
    monkeypatch.setattr(MultiPartParser, "parse", None)
    client.force_login(researcher)

    assert client.post("/desk/imports/new/", {"file": io.BytesIO(LARGE)}).status_code == 413
