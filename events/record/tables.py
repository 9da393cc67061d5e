"""Sections of statistics as CSV: one heading, one line per row; what is not reported is an empty cell."""

import csv
from io import StringIO

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(section):
    """The text of the file; lines end as RFC 4180 wants it."""
    out = StringIO()
    writer = csv.writer(out)
    names = [column.name for column in section.columns]
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in section.rows)
    return out.getvalue()


def cell(value):
    """A value as its cell: empty for None, yes or no for flags, and words that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return value
