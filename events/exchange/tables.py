"""Files as rows of text, whatever they are: CSV in any usual encoding and delimiter, Excel, JSON lines.

A file is never read whole: rows come one at a time, and what could be a trap (a packed file that unpacks to gigabytes,
a million columns, a cell of many megabytes) is refused before it is in memory.
"""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path

import orjson

from events.exchange.rows import Problem
from events.tongue import gettext

LARGEST = 1024**3  # bytes of a file
UNPACKED = 4 * 1024**3  # bytes of a workbook when it is unpacked
RATIO = 200  # times that a part of a workbook may grow
COLUMNS = 500
CELL = 131_072  # characters
LINE = CELL * 8  # characters
SAMPLE = 64 * 1024  # bytes by which encoding and delimiter are told
DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Refused(Exception):  # noqa: N818 - it is an answer, not a failure
    """The file cannot be read; `problem` says why and what would be right."""

    def __init__(self, line, column, value, sentence):
        self.problem = Problem(line, column, value, sentence)
        super().__init__(sentence)


@dataclass(frozen=True)
class Spoilt(Problem):
    """A cell that is no text; `place` is its number in the row, from 1, until the heading tells the name of the column."""

    place: int = 0


@dataclass(frozen=True)
class Table:
    """`rows` gives (line, list of text cells) or (line, Problem); the heading is the first of them unless it was taken.

    `how` says what was recognised, such as "CSV, UTF-8, comma".
    """

    how: str
    rows: Iterator


def opened(path):
    """The Table of a file by its content, not by its name. Raises Refused."""
    path = Path(path)
    require_size(path)
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if _is_other(head):
        said = gettext("This is neither text nor an Excel workbook (.xlsx). Save it as CSV or .xlsx and choose that.")
        raise Refused(0, "", path.name, said)
    encoding = _encoding(path, head)
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff \r\n\t")
    if text.startswith("{"):
        return Table(gettext("JSON lines"), _json_lines(path, encoding))
    delimiter = _delimiter(text)
    how = gettext("CSV, %(encoding)s, delimiter “%(delimiter)s”")
    shown = "⇥" if delimiter == "\t" else delimiter
    return Table(how % {"encoding": encoding.upper(), "delimiter": shown}, _csv(path, encoding, delimiter))


def require_size(path):
    """Refuse a file that is empty or too large, by what the disk says of it."""
    size = path.stat().st_size
    if not size:
        raise Refused(0, "", "", gettext("The file is empty; choose one that has a heading and rows."))
    if size > LARGEST:
        said = gettext("The file has %(size)d MB; at most %(most)d MB can be read. Divide it.")
        raise Refused(0, "", path.name, said % {"size": size // 1024**2, "most": LARGEST // 1024**2})


def with_heading(table, known):
    """(columns, rows) where rows gives (line, dict) or (line, Problem).

    `known` are the columns of the format, in its order: a first row that has none of them is taken as data without a
    heading, if it has as many cells.
    """
    first = next(table.rows, None)
    if first is None:
        raise Refused(0, "", "", gettext("The file has no rows."))
    line, cells = first
    if isinstance(cells, Problem):
        raise Refused(cells.line, cells.column, cells.value, cells.sentence)
    names = [" ".join(cell.split()).lower().replace(" ", "_") for cell in cells]
    if not set(names) & set(known):
        if len(cells) != len(known):
            said = gettext(
                "The first row has none of the columns %(columns)s …, and without a heading a row needs %(count)d cells; "
                "it has %(cells)d. Choose another format, or add the heading."
            )
            facts = {"columns": ", ".join(known[:4]), "count": len(known), "cells": len(cells)}
            raise Refused(line, "", " | ".join(cells[:4])[:80], said % facts)
        return tuple(known), _named(known, chain([first], table.rows))
    _require_sound_heading(line, names)
    return tuple(names), _named(names, table.rows)


def require(columns, needed, of):
    """Refuse a heading that lacks a column without which a row says too little; `of` names what the file should be."""
    if missing := [name for name in needed if name not in columns]:
        said = gettext("The column %(name)s is missing, without which a row says too little. Is this a file of %(of)s?")
        raise Refused(1, missing[0], ", ".join(columns)[:80], said % {"name": missing[0], "of": of})


def _named(names, rows):
    for line, cells in rows:
        if isinstance(cells, Spoilt) and cells.place <= len(names):
            yield line, Problem(line, names[cells.place - 1], cells.value, cells.sentence)
            continue
        if isinstance(cells, Problem):
            yield line, cells
            continue
        if not any(cells):
            continue
        if len(cells) > len(names) and not any(cells[len(names) :]):
            cells = cells[: len(names)]
        if len(cells) != len(names):
            said = gettext(
                "The row has %(cells)d cells and the heading %(names)d. Often a delimiter or a quotation mark is missing, "
                "or the file is cut."
            )
            yield line, Problem(line, "", " | ".join(cells)[-80:], said % {"cells": len(cells), "names": len(names)})
            continue
        yield line, dict(zip(names, cells, strict=True))


def _require_sound_heading(line, names):
    doubled = next((name for place, name in enumerate(names) if name and name in names[:place]), None)
    if doubled:
        said = gettext("The column “%(name)s” stands twice in the heading; rename or remove one.")
        raise Refused(line, doubled, doubled, said % {"name": doubled})


def _is_other(head):
    """Whether the beginning is of no text: many control characters without the mark of a wide encoding."""
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return False
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return control > 8 + len(head) * 0.02


def _encoding(path, head):
    """By its mark; else UTF-8 if every byte fits it, or if some lines can be nothing else; else Windows-1252.

    Windows-1252 gives every byte a character, so a file of both would come in garbled without a word. Read as UTF-8, the
    lines that are none are told one by one.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(1024 * 1024):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "utf-8" if _has_utf8(path) else "cp1252"
    return "utf-8"


def _has_utf8(path):
    """Whether a line with other than ASCII letters is sound UTF-8: words in Windows-1252 hardly ever are."""
    with path.open("rb") as file:
        while line := file.readline(LINE):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def _delimiter(text):
    """The one that stands most often in the first line, quoted parts left out."""
    first, is_quoted, counts = text.partition("\n")[0], False, dict.fromkeys(DELIMITERS, 0)
    for char in first:
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted and char in counts:
            counts[char] += 1
    return max(DELIMITERS, key=counts.get)


def _csv(path, encoding, delimiter):
    csv.field_size_limit(CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(_lines(file), delimiter=delimiter)
        while True:
            before = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                said = gettext("The row cannot be read (%(error)s). Often a quotation mark is missing.")
                yield before + 1, Problem(before + 1, "", "", said % {"error": error})
                continue
            yield before + 1, _checked(before + 1, cells)


def _lines(file):
    """The lines of a file, none of which is read whole if it has no end. Raises Refused.

    NUL is no text and stops some databases; U+2400 shows where one stood, and the row is then told of it.
    """
    for number, line in enumerate(iter(lambda: file.readline(LINE + 1), ""), start=1):
        if len(line) > LINE:
            said = gettext(
                "The line has more than %(most)d characters. Often the file is no table, or its line breaks are lost."
            )
            raise Refused(number, "", line[:80].replace("\0", "\u2400"), said % {"most": LINE})
        yield line.replace("\0", "\u2400") if "\0" in line else line


def _checked(line, cells):
    if len(cells) > COLUMNS:
        said = gettext("The row has %(cells)d cells; at most %(most)d columns can be read.")
        return Problem(line, "", "", said % {"cells": len(cells), "most": COLUMNS})
    for place, cell in enumerate(cells, start=1):
        if "\u2400" in cell:
            said = gettext("Cell %(place)d holds a NUL byte, which is no text; remove it.")
            return Spoilt(line, "", cell[:80], said % {"place": place}, place=place)
        if "\ufffd" in cell:
            said = gettext("Cell %(place)d holds bytes that are no text in the encoding of the file; save it as UTF-8.")
            return Spoilt(line, "", cell[:80], said % {"place": place}, place=place)
    return [cell.strip() for cell in cells]


def _json_lines(path, encoding):
    """Rows of JSON objects with plain values; the members of the first one are the heading."""
    names = None
    with path.open(encoding=encoding, errors="replace") as file:
        for line, text in enumerate(_lines(file), start=1):
            if not text.strip():
                continue
            held = _object(line, text)
            if isinstance(held, Problem):
                yield line, held
                continue
            if names is None:
                names = list(held)
                yield line, _checked(line, names)
            if unknown := [name for name in held if name not in names]:
                said = gettext("“%(name)s” is not a member of the first line; every line needs the same members.")
                yield line, Problem(line, unknown[0], held[unknown[0]][:80], said % {"name": unknown[0]})
                continue
            yield line, _checked(line, [held.get(name, "") for name in names])


def _object(line, text):
    """The members of one line as text, or the Problem; an escaped NUL is shown like one that stands in the file."""
    try:
        held = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        said = gettext("The line is no JSON (%(error)s). Often the file is cut.")
        return Problem(line, "", text[:80], said % {"error": error})
    if not isinstance(held, dict):
        return Problem(line, "", text[:80], gettext("The line is no JSON object; it begins with { and ends with }."))
    return {name.replace("\0", "\u2400"): _text(value).replace("\0", "\u2400") for name, value in held.items()}


def _workbook(path):
    from python_calamine import CalamineError, CalamineWorkbook

    _require_harmless(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        if not book.sheet_names:
            raise Refused(0, "", path.name, gettext("The workbook has no sheet."))
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        said = gettext("The workbook cannot be opened (%(error)s). Open it in Excel or LibreOffice and save it anew.")
        raise Refused(0, "", path.name, said % {"error": error}) from error
    if sheet.width > COLUMNS:
        said = gettext("The sheet has %(cells)d columns; at most %(most)d can be read.")
        raise Refused(0, "", sheet.name, said % {"cells": sheet.width, "most": COLUMNS})
    how = gettext("Excel, sheet “%(sheet)s”") % {"sheet": sheet.name}
    first = (sheet.start or (0, 0))[0]
    return Table(how, _sheet(sheet, first))


def _sheet(sheet, first):
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield first + line if sheet.start is None else line, _checked(line, [_text(cell) for cell in cells])


def _require_harmless(path):
    """A workbook is a packed folder; one that unpacks to gigabytes is refused by what its index says."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        said = gettext("The file begins like a workbook and is none, or it is cut. Save it anew as .xlsx.")
        raise Refused(0, "", path.name, said) from error
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        said = gettext("This is a packed folder, no workbook. Unpack it and choose the file inside.")
        raise Refused(0, "", path.name, said)
    grown = next((part for part in parts if part.file_size > RATIO * max(part.compress_size, 1024)), None)
    if grown or sum(part.file_size for part in parts) > UNPACKED:
        said = gettext("The workbook would unpack to far more than it holds; it is not opened. Save it as CSV.")
        raise Refused(0, "", path.name, said)


def _text(value):
    """A cell as text: whole numbers without a point, days as 2024-03-18, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return str(value)


def sample(path, rows=20):
    """(how, list of rows) of the beginning of a file, for a person to look at. Raises Refused."""
    table = opened(path)
    return table.how, [cells for _, cells in islice(table.rows, rows) if not isinstance(cells, Problem)]
