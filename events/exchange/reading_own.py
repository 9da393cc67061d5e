"""This tracker's own files, brought back: rows with a uid change what the editors set, rows without one are new.

What follows from claims (tolls, who did it, what is contested) stands in the file to be read and cannot be written: whoever
changes it there is told to change the claims.
"""

import re
from dataclasses import replace

from events import names
from events.exchange import reading_table
from events.exchange.reading_table import Layout
from events.exchange.rows import Dataset, IncidentRow

# Columns of the flat shape that hold what the editors set; see record/columns.py.
_SAME = (
    "uid",
    "title",
    "kind",
    "date_end",
    "date_precision",
    "time_local",
    "time_zone",
    "location",
    "location_precision",
)
COLUMNS = {name: name for name in _SAME} | {"date": "date_start"}
OWN = Dataset(
    code="own",
    name="Frontier Ledger",
    publisher="Frontier Ledger",
    licence="",
    citation="Frontier Ledger",
    is_redistributable=True,
)


# How our CSV files write what a spreadsheet would run as a formula; see record/tables.py.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def parsed(path, version=""):
    """ParsedFile of a file on disk. Raises tables.Refused when it is none of ours."""
    read = reading_table.parsed(path, Layout(COLUMNS), OWN, version)
    return replace(read, rows=(_unguarded(row) for row in read.rows))


def _unguarded(row):
    """Titles as they are, whatever program wrote the file: without the apostrophe that keeps a formula from running."""
    if not isinstance(row, IncidentRow):
        return row
    return replace(row, title=names.clean(row.title.removeprefix("'") if _GUARDED.match(row.title) else row.title))
