"""Files of every kind become rows of text, and what could be a trap is refused before it is in memory."""

import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from events.exchange import tables
from events.exchange.rows import Problem
from tests.exchange.files import put


def cells(path):
    return [row for _, row in tables.opened(path).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_delimiter_and_the_encoding_are_told(tmp_path, delimiter, encoding):
    text = f'name{delimiter}place\n"میر علی, میرعلی"{delimiter}"Mir Ali; a|b"\n'
    assert cells(put(tmp_path, text, encoding=encoding)) == [["name", "place"], ["میر علی, میرعلی", "Mir Ali; a|b"]]


def test_windows_1252_is_taken_where_the_bytes_are_no_utf8(tmp_path):
    path = put(tmp_path, "name,note\nTélégraphe,“quoted”\n", encoding="cp1252")
    assert cells(path)[1] == ["Télégraphe", "“quoted”"]
    assert "CP1252" in tables.opened(path).how


def test_a_broken_byte_far_down_is_told_of_its_line_and_turns_no_other_into_another_encoding(tmp_path):
    path = put(tmp_path, ("name\n" + "میر علی\n" * 20_000).encode() + "Télégraphe\n".encode("cp1252") + b"after\n")
    _columns, rows = tables.with_heading(tables.opened(path), ("name",))
    found = list(rows)
    assert found[:20_000] == [(line, {"name": "میر علی"}) for line in range(2, 20_002)]
    (line, problem), after = found[20_000:]
    assert (line, problem.line, problem.column) == (20_002, 20_002, "name")
    assert "no text in the encoding" in problem.sentence
    assert after == (20_003, {"name": "after"})


def test_json_lines_are_rows_of_their_members(tmp_path):
    path = put(tmp_path, '{"a":1,"b":null,"c":["x","y"],"d":true}\n\n{"a":2.0,"b":"z","c":[],"d":false}\n', "x.ndjson")
    assert cells(path) == [["a", "b", "c", "d"], ["1", "", "x; y", "yes"], ["2", "z", "", "no"]]


@pytest.mark.parametrize(
    ("line", "sentence"), [('{"a":', "no JSON"), ("[1]", "no JSON object"), ('{"b":1}', "not a member")]
)
def test_a_line_that_is_no_object_of_the_same_members_is_a_problem_of_that_line(tmp_path, line, sentence):
    found = list(tables.opened(put(tmp_path, f'{{"a":1}}\n{line}\n{{"a":3}}\n')).rows)
    assert [number for number, _ in found] == [1, 1, 2, 3]
    assert sentence in found[2][1].sentence
    assert found[3][1] == ["3"]


def workbook(path, *rows):
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Rows")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_workbook_gives_days_whole_numbers_and_words(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx",
        ["day", "moment", "number", "share", "word"],
        [date(2024, 3, 18), datetime(2024, 3, 18, 3, 0), 7, 0.5, "007"],
    )
    assert cells(path)[1] == ["2024-03-18", "2024-03-18 03:00:00", "7", "0.5", "007"]


def test_a_workbook_is_told_by_its_content_not_by_its_name(tmp_path):
    workbook(tmp_path / "x.xlsx", ["a"], ["b"]).rename(tmp_path / "x.csv")
    assert cells(tmp_path / "x.csv") == [["a"], ["b"]]


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 1024**2))
    return path


def test_a_workbook_that_would_unpack_to_far_more_is_not_opened(tmp_path):
    path = bomb(tmp_path / "bomb.xlsx")
    tracemalloc.start()
    with pytest.raises(tables.Refused, match="far more"):
        tables.opened(path)
    assert tracemalloc.get_traced_memory()[1] < 5 * 1024**2
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 not a zip", "begins like a workbook"),
        (bytes(range(256)) * 40, "neither text nor"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 100, "neither text nor"),
        (b"%PDF-1.7\n%" + bytes(range(128, 256)) + b"\0\1\2\3\4\5\6" * 60, "neither text nor"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, sentence):
    with pytest.raises(tables.Refused, match=sentence):
        list(tables.opened(put(tmp_path, content, "x.csv")).rows)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(5 * 1024**3)  # a hole: it takes no room on the disk
    with pytest.raises(tables.Refused, match="5120 MB; at most 1024 MB"):
        tables.opened(path)


def test_a_million_columns_are_refused_line_by_line(tmp_path):
    path = put(tmp_path, "a,b\n" + "," * 999_999 + "\n1,2\n")
    found = list(tables.opened(path).rows)
    assert isinstance(found[1][1], Problem)
    assert "1000000 cells" in found[1][1].sentence
    assert found[2] == (3, ["1", "2"])


def test_nul_bytes_and_bytes_of_no_text_are_named_by_line_and_cell(tmp_path):
    found = list(tables.opened(put(tmp_path, b"a,b\n1,x\0y\n3,4\n")).rows)
    assert (found[1][1].line, found[1][1].sentence) == (2, "Cell 2 holds a NUL byte, which is no text; remove it.")
    assert found[2][1] == ["3", "4"]


@pytest.mark.parametrize("nul", ["\\u0000", "\0"], ids=["escaped", "bare"])
def test_nul_in_json_is_refused_like_one_in_csv_with_its_column(tmp_path, nul):
    lines = f'{{"a":"1","b":"x"}}\n{{"a":"1","b":"x{nul}y"}}\n{{"a":"1","{nul}c":"2"}}\n{{"a":["{nul}"],"b":1}}\n'
    _, rows = tables.with_heading(tables.opened(put(tmp_path, lines, "x.ndjson")), ("a", "b"))
    first, *spoilt = rows
    assert first == (1, {"a": "1", "b": "x"})
    assert [(line, problem.column) for line, problem in spoilt] == [(2, "b"), (3, "\u2400c"), (4, "a")]
    assert "NUL byte" in spoilt[0][1].sentence and "NUL byte" in spoilt[2][1].sentence
    assert not any("\0" in problem.value + problem.sentence for _, problem in spoilt)


def test_nul_in_the_name_of_a_member_is_refused(tmp_path):
    path = put(tmp_path, '{"a":1,"b\\u0000":2}\n', "x.ndjson")
    with pytest.raises(tables.Refused, match="NUL byte"):
        tables.with_heading(tables.opened(path), ("a", "b"))


def test_a_line_of_json_without_end_is_refused_like_one_of_csv(tmp_path):
    path = put(tmp_path, '{"a":1}\n{"a":"' + "x" * tables.LINE + '"}\n', "x.ndjson")
    with pytest.raises(tables.Refused, match="more than 1048576 characters"):
        list(tables.opened(path).rows)


def test_a_cell_without_end_is_refused_and_the_file_ends_there(tmp_path):
    path = put(tmp_path, 'a,b\n1,"never closed ' + "x" * 200_000 + "\n2,3\n")
    found = list(tables.opened(path).rows)
    assert "quotation mark" in found[1][1].sentence


def test_a_line_without_end_is_refused_before_it_is_in_memory(tmp_path):
    path = put(tmp_path, "a,b\n1,2\n" + "x" * 40_000_000)
    tracemalloc.start()
    with pytest.raises(tables.Refused, match="more than 1048576 characters") as refused:
        list(tables.opened(path).rows)
    assert refused.value.problem.line == 3
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    tracemalloc.stop()


def named(path, known):
    return tables.with_heading(tables.opened(path), known)


def test_a_heading_in_another_order_and_case_is_found(tmp_path):
    columns, rows = named(put(tmp_path, "Name, Event Date\nx,2024-03-18\n"), ["event_date", "name"])
    assert columns == ("name", "event_date")
    assert list(rows) == [(2, {"name": "x", "event_date": "2024-03-18"})]


def test_a_file_without_heading_is_read_by_its_number_of_cells(tmp_path):
    _, rows = named(put(tmp_path, "1,2\n3,4\n"), ["a", "b"])
    assert list(rows) == [(1, {"a": "1", "b": "2"}), (2, {"a": "3", "b": "4"})]
    with pytest.raises(tables.Refused, match="needs 3 cells; it has 2"):
        named(put(tmp_path, "1,2\n3,4\n"), ["a", "b", "c"])


def test_a_column_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(tables.Refused, match="“a” stands twice"):
        named(put(tmp_path, "a,b,a\n1,2,3\n"), ["a", "b"])


def test_ragged_rows_are_problems_and_the_others_are_read(tmp_path):
    _, rows = named(put(tmp_path, "a,b\n1\n\n1,2,3\n4,5,\n6,7\n"), ["a", "b"])
    found = list(rows)
    assert [line for line, _ in found] == [2, 4, 5, 6]
    assert "1 cells and the heading 2" in found[0][1].sentence
    assert "3 cells and the heading 2" in found[1][1].sentence
    assert [row for _, row in found[2:]] == [{"a": "4", "b": "5"}, {"a": "6", "b": "7"}]
