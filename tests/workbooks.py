"""Reading Excel files in tests with nothing but their XML: strings stand in the cells."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

_NAMES = {"main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def rows(body, sheet=1):
    """Dicts of column letters → text, one per row of a sheet; empty cells are left out."""
    with ZipFile(BytesIO(body)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314 (our own file)
    return [
        {cell.get("r").rstrip("0123456789"): "".join(cell.itertext()) for cell in row.findall("main:c", _NAMES)}
        for row in root.findall(".//main:row", _NAMES)
    ]


def column(body, place, sheet=1):
    """The texts of one of the first 26 columns, counted from 0."""
    return [row.get(chr(ord("A") + place)) for row in rows(body, sheet)]


def everything(body):
    """All files of a workbook as one text."""
    with ZipFile(BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())
