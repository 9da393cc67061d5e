"""What goes out as a file of this ledger comes back in, and out again: only what somebody edited has changed."""

import csv
import io
import json
import re
from datetime import date, time
from itertools import cycle

import pytest
from python_calamine import CalamineWorkbook

from events.models.incident import Incident
from events.press import editions
from events.rules.dates import VagueDate
from tests import builders
from tests.desk.importing_world import committed, of_file
from tests.exchange import files

DAY = date(2024, 3, 18)
ODD_TITLES = (
    "=1+1",
    "-5 degrees, made up",
    "+93 made up",
    "@made-up",
    "'=quoted formula",
    "'quoted' words",
    "''=twice quoted",
    'A comma, a "quotation"; a semicolon',
    "یک واقعهٔ ساختگی در شهر آزمون",
    "Mixed ساختگی words",
    "two\nlines",
    "007",
    "1.0",
    "true",
    "2024-03-18",
    "{not JSON}",
    "made up " * 24 + "200 long",
)
ODD_DATES = (
    VagueDate(DAY, DAY, "minute", time(3, 5), "Asia/Kabul"),
    VagueDate(DAY, DAY, "part_of_day", time(23, 0), "Asia/Karachi"),
    VagueDate(DAY, DAY, "part_of_day"),
    VagueDate(DAY, date(2024, 3, 20), "day_range"),
    VagueDate(DAY, DAY, "day_range"),
    VagueDate(DAY, date(2024, 3, 25), "week"),
    VagueDate(date(2024, 3, 1), date(2024, 3, 31), "month"),
    VagueDate(date(2024, 1, 1), date(2024, 3, 31), "quarter"),
    VagueDate(date(1897, 1, 1), date(1897, 12, 31), "year"),
)
# What each thing that a file may edit changes, beside the number, the address and the hash of the new edition.
OF_EDITION = {"edition", "address", "sha256"}
EDITS = {
    "=1+1": {"title": "=2+2, mended"},
    "two\nlines": {"kind": "ied"},
    "Four killed": {"date_start": "2024-03-17", "date_end": "2024-03-17"},
    "Nobody killed": {"location": "test-district", "location_precision": "district"},
}
FOLLOWS = {
    "Four killed": {"date_shown"},
    "Nobody killed": {"place", "latitude", "longitude", "uncertainty_km", "mapped"},
}


def _parsed_csv(body):
    return list(csv.reader(io.StringIO(body.decode())))


def _parsed_xlsx(body):
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


def _parsed_ndjson(body):
    rows = [json.loads(line) for line in body.decode().splitlines()]
    return [list(rows[0]), *(list(row.values()) for row in rows)]


PARSED = {"csv": _parsed_csv, "xlsx": _parsed_xlsx, "ndjson": _parsed_ndjson}


def _written_csv(rows):
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue().encode()


def _written_xlsx(rows):
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, place, cell)
                else:
                    sheet.write_number(line, place, cell)
    return made.getvalue()


def _written_ndjson(rows):
    names, *rows = rows
    return "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows).encode()


WRITTEN = {"csv": _written_csv, "xlsx": _written_xlsx, "ndjson": _written_ndjson}


def exported(client, kind):
    answer = client.get(f"/incidents.{kind}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def record(analyst, editor):
    """A public record of odd titles and dates: with a toll, with none said, with a nought that somebody said."""
    places = builders.places()
    here = {"location": places["town"], "location_precision": "near_settlement"}
    made = [{"title": title, "date": day} | here for title, day in zip(ODD_TITLES, cycle(ODD_DATES))]
    for title, number in (("Nobody killed", 0), ("Four killed", 4)):
        lines = [builders.toll(number, qualifier="exact" if number else "none")]
        said = builders.claim("casualties", scope="whole_incident", lines=lines)
        made.append({"title": title, "claims": [builders.claim(), said]} | here)
    made.append({"title": "Made-up trend", "kind": "series", "date": VagueDate()})
    made.append({"title": "Somewhere", "location": places["country"], "location_precision": "country"})
    return [builders.published(by=analyst, editor=editor, **{"location": None} | facts) for facts in made]


def column(kind, body, name):
    """title → cell of one column, titles without the apostrophe that a CSV file gives them."""
    heading, *rows = PARSED[kind](body)
    return {_bare(row[heading.index("title")]): row[heading.index(name)] for row in rows}


def _bare(title):
    return title[1:] if re.match("'+[-=+@]", title) else title


@pytest.mark.django_db
def test_an_export_brought_back_is_the_same_in_every_row(client, record, editor, tmp_path):
    for kind in PARSED:
        path = files.put(tmp_path, exported(client, kind), f"export.{kind}")

        batch = of_file(path, editor, format="own")

        odd = [(row.verdict, row.content.get("differs"), row.problems) for row in batch.rows.all()]
        assert [one for one in odd if one != ("same", None, [])] == []
        assert len(odd) == len(record)


@pytest.mark.django_db
def test_nothing_said_and_a_nought_stay_apart_in_every_file(client, record):
    for kind, nothing in (("csv", ""), ("xlsx", ""), ("ndjson", None)):
        killed = column(kind, exported(client, kind), "killed_best")
        assert (killed["Somewhere"], str(killed["Nobody killed"]).rstrip(".0") or "0") == (nothing, "0")
        assert int(float(killed["Four killed"])) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(PARSED))
def test_only_what_was_edited_in_the_file_differs_in_the_next_export(client, record, editor, tmp_path, kind):
    heading, *before = PARSED[kind](exported(client, kind))
    sent = [dict(zip(heading, row, strict=True)) for row in before]
    for row in sent:
        row |= {name: _cell(kind, name, value) for name, value in EDITS.get(_bare_in(kind, row), {}).items()}
    body = WRITTEN[kind]([heading, *(list(row.values()) for row in sent)])

    batch = committed(of_file(files.put(tmp_path, body, f"edited.{kind}"), editor, format="own"), editor)

    assert (batch.report["changed"], batch.report["same"], batch.report["refused"]) == (4, len(record) - 4, 0)
    assert batch.report["flagged"] == 0
    for incident in Incident.objects.filter(uid__in=batch.rows.filter(verdict="changed").values("incident__uid")):
        editions.publish(incident, by=editor, reason="correction", note="From the file.")
    found_heading, *after = PARSED[kind](exported(client, kind))
    assert found_heading == heading
    was = {row[0]: dict(zip(heading, row, strict=True)) for row in before}
    is_now = {row[0]: dict(zip(heading, row, strict=True)) for row in after}
    assert was.keys() == is_now.keys()
    for uid, row in was.items():
        title = _bare_in(kind, row)
        edited = EDITS.get(title, {})
        expected = {*edited, *FOLLOWS.get(title, ()), *OF_EDITION} if edited else set()
        differing = {name for name in heading if is_now[uid][name] != row[name]}
        assert differing - {"published_at"} == expected  # a new edition may appear in the same second
        for name, value in edited.items():
            assert _bare(str(is_now[uid][name])) == value


def _bare_in(kind, row):
    return _bare(row["title"]) if kind == "csv" else row["title"]


def _cell(kind, name, value):
    return date.fromisoformat(value) if kind == "xlsx" and name.startswith("date_") else value
