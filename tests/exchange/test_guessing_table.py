"""What the columns of anybody's table may be, by their names and first values; and the first look at a file."""

import pytest
import xlsxwriter

from events.exchange import guessing_table, reading_table, tables
from events.exchange.reading_table import Beginning, Layout
from tests.exchange.files import put


def begun(*columns, rows=()):
    held = tuple((line, dict(zip(columns, cells, strict=True))) for line, cells in enumerate(rows, start=2))
    return Beginning("made up", columns, held)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("event_date", "date"),
        ("Incident Type", "kind"),
        ("admin2", "district"),
        ("location", "settlement"),
        ("LAT", "latitude"),
        ("fatalities", "killed"),
        ("killed_low", "killed_low"),
        ("discription", "summary"),
        ("url", "source_url"),
        ("uid", "uid"),
    ],
)
def test_a_column_is_told_by_its_name(column, field):
    assert guessing_table.columns(begun(column)) == {field: column}


def test_names_that_say_nothing_are_not_told_and_a_field_is_told_once():
    found = guessing_table.columns(begun("misc", "xyz", "date", "event_date", "deaths", "killed"))

    assert found == {"date": "date", "killed": "deaths"}


def test_a_column_of_days_is_told_by_its_values():
    rows = [("12 March 2024", "3"), ("14/03/2024", "")]

    assert guessing_table.columns(begun("when_it_was", "how_many_there", rows=rows)) == {"date": "when_it_was"}


@pytest.mark.parametrize(
    ("values", "is_american", "is_either"),
    [
        (["03/18/2024", "03/04/2024"], True, False),
        (["18/03/2024", "03/04/2024"], False, False),
        (["03/18/2024", "18/03/2024"], False, False),
        (["03/04/2024"], False, True),
        (["2024-03-04"], False, False),
        ([], False, False),
    ],
)
def test_the_order_of_day_and_month_is_told_where_the_days_tell_it(values, is_american, is_either):
    assert (guessing_table.is_american(values), guessing_table.is_either(values)) == (is_american, is_either)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("suicide_bombing", "suicide_bombing"),
        ("Suicide attack on a bus", "suicide_bombing"),
        ("IED Blast", "ied"),
        ("Air/drone strike", "air_strike"),
        ("Shelling/artillery/missile attack", "missile_strike"),
        ("Target killing", "targeted_killing"),
        ("allied talks", ""),
        ("", ""),
    ],
)
def test_a_word_for_a_kind_is_told_by_codes_labels_acled_and_what_it_holds(word, kind):
    assert guessing_table.kind(word) == kind


def test_the_beginning_of_a_workbook_is_read_with_its_heading_and_a_preview(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "made-up.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["What", "Type", "Day", "", "Of"])
        for day in range(1, 30):
            sheet.write_row(day, 0, [f"Made-up {day}", "bomb" if day % 2 else "raid", f"2024-03-{day:02}", "", "x"])

    found = reading_table.beginning(tmp_path / "made-up.xlsx", count=7)
    layout = Layout({"title": "what", "kind": "type", "date": "day"}, {"bomb": "ied"})

    assert found.columns == ("what", "type", "day", "", "of") and len(found.rows) == 7
    assert [(line, row.kind) for line, row in reading_table.previewed(found, layout, 3)] == [
        (2, "ied"),
        (3, "raid"),
        (4, "ied"),
    ]
    assert reading_table.words_of(tmp_path / "made-up.xlsx", "type") == ([("bomb", 15), ("raid", 14)], False)
    assert reading_table.words_of(tmp_path / "made-up.xlsx", "type", most=1) == ([("bomb", 15)], True)


def test_a_broken_row_of_the_beginning_is_previewed_with_its_problem(tmp_path):
    path = put(tmp_path, "what,type,day\nMade up,raid\nMade up,raid,2024-03-01\n")

    (_, broken), (_, whole) = reading_table.previewed(
        reading_table.beginning(path), Layout({"title": "what", "kind": "type", "date": "day"})
    )

    assert "cells" in broken[0].sentence and whole.kind == "raid"


def test_a_file_without_a_sound_heading_is_refused_at_once(tmp_path):
    with pytest.raises(tables.Refused, match="stands twice"):
        reading_table.beginning(put(tmp_path, "a,A\n1,2\n"))


def test_one_kind_can_stand_for_all_other_words(tmp_path):
    path = put(tmp_path, "what,type,day\nA,raid,2024-03-01\nB,riddle,2024-03-01\nC,,2024-03-01\n")
    notes = reading_table.named_dataset("Made-up notes")
    layout = Layout({"title": "what", "kind": "type", "date": "day"}, other_kind="ambush")

    assert [row.kind for row in reading_table.parsed(path, layout, notes).rows] == ["raid", "ambush", "ambush"]
    assert {
        row.kind
        for row in reading_table.parsed(path, Layout({"title": "what", "date": "day"}, other_kind="ied"), notes).rows
    } == {"ied"}
    with pytest.raises(tables.Refused, match="does not exist"):
        reading_table.parsed(path, Layout({"title": "what", "date": "day"}, other_kind="riddle"), notes)
