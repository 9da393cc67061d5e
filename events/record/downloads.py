"""Files of a selection, written while they are read: the same cells in the same order, whatever the format. No HTTP here.

What is not reported is an empty cell or null, and nothing else is.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import asin, atan2, cos, degrees, pi, radians, sin

import orjson
import xlsxwriter

from events.choices import Mapped
from events.record import columns, parquet, tables
from events.record.english import in_english

PIECE = 200  # rows that are sent together
JOINT = "; "
EXCEL_ROWS = 1_048_575  # of a sheet, below its heading
EXCEL_EPOCH = date(1900, 3, 1)  # Excel has no days before 1900 and a wrong one in February of it
CORNERS = 32  # of the circle that stands for an area
EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Format:
    """`write(flat)` gives the pieces of the file as bytes; None for Excel, which is written as a whole."""

    name: str
    label: str
    content_type: str
    write: Callable | None


def as_csv(flat):
    """RFC 4180 in UTF-8, with a heading."""
    names = [column.name for column in columns.COLUMNS]
    yield lines([names])
    for rows in _pieces(flat):
        yield lines([tables.cell(_flat(value)) for value in columns.cells(row)] for row in rows)


def as_ndjson(flat):
    """One JSON object per line."""
    for rows in _pieces(flat):
        yield b"".join(orjson.dumps(_members(row), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def as_json(flat):
    """One JSON object: how many there are, and the objects of the NDJSON file in a list."""
    yield b'{"row_count":%d,"incidents":[' % flat.total
    separator = b"\n"
    for rows in _pieces(flat):
        yield separator + b",\n".join(orjson.dumps(_members(row)) for row in rows)
        separator = b",\n"
    yield b"]}\n"


def as_geojson(flat):
    """RFC 7946: points where a place is known, circles where only an area is, no geometry for what is on no map."""
    yield b'{"type":"FeatureCollection","row_count":%d,"features":[' % flat.total
    separator = b""
    for rows in _pieces(flat):
        yield separator + b",".join(orjson.dumps(_feature(row)) for row in rows)
        separator = b","
    yield b"]}\n"


@in_english
def as_xlsx(flat, target):
    """Write a workbook into an open file; a row at a time, through temporary files. `flat` fits EXCEL_ROWS.

    Words are written as words, so that Excel runs none of them as a formula and guesses no dates.
    """
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        heading, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Incidents")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns.COLUMNS):
            sheet.write_string(0, place, column.name, heading)
        for number, row in enumerate(flat.rows, start=1):
            for place, value in enumerate(columns.cells(row)):
                _write(sheet, number, place, _flat(value), day)
        _write_dictionary(book.add_worksheet("Columns"), heading)


FORMATS = {
    made.name: made
    for made in (
        Format("csv", "CSV", "text/csv; charset=utf-8", as_csv),
        Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
        Format("geojson", "GeoJSON", "application/geo+json", as_geojson),
        Format("json", "JSON", "application/json", as_json),
        Format("ndjson", "NDJSON", "application/x-ndjson; charset=utf-8", as_ndjson),
        Format("parquet", "Parquet", "application/vnd.apache.parquet", parquet.as_parquet),
    )
}


def _pieces(flat):
    while rows := list(islice(flat.rows, PIECE)):
        yield rows


class _Taken:
    """What csv.writer writes into; it gives the line back."""

    def write(self, line):
        return line


def lines(rows):
    """Rows of cells as lines of CSV, as bytes."""
    writer = csv.writer(_Taken())
    return "".join(writer.writerow(row) for row in rows).encode()


def _flat(value):
    """A value as one cell: lists are joined, days stay days."""
    return JOINT.join(value) if isinstance(value, tuple) else value


def _members(row):
    return dict(zip((column.name for column in columns.COLUMNS), columns.cells(row), strict=True))


def _feature(row):
    members = _members(row)
    return {"type": "Feature", "id": members["uid"], "geometry": _geometry(row), "properties": members}


def _geometry(row):
    if row["mapped"] == Mapped.NO:
        return None
    if row["mapped"] == Mapped.POINT:
        return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    return {"type": "Polygon", "coordinates": [circle(row["longitude"], row["latitude"], row["uncertainty_km"])]}


def circle(longitude, latitude, radius_km):
    """A closed ring of [longitude, latitude], counter-clockwise as RFC 7946 wants it, no finer than some ten metres."""
    far, here = radius_km / EARTH_KM, radians(latitude)
    ring = []
    for corner in range(CORNERS):
        bearing = -2 * pi * corner / CORNERS
        north = asin(sin(here) * cos(far) + cos(here) * sin(far) * cos(bearing))
        east = atan2(sin(bearing) * sin(far) * cos(here), cos(far) - sin(here) * sin(north))
        ring.append([round(longitude + degrees(east), 4), round(degrees(north), 4)])
    return [*ring, ring[0]]


def _write(sheet, row, place, value, day):
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, tables.cell(value))
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, date) and value >= EXCEL_EPOCH:
        sheet.write_datetime(row, place, value, day)
    else:
        sheet.write_string(row, place, str(value))


def _write_dictionary(sheet, heading):
    names = ("name", "kind", "unit", "meaning", "reading", "values")
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, heading)
    for number, entry in enumerate(columns.dictionary(), start=1):
        for place, name in enumerate(names):
            value = entry[name]
            sheet.write_string(number, place, JOINT.join(value) if isinstance(value, list) else value or "")
