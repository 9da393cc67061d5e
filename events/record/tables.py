"""Sections of statistics as CSV: one heading, one line per row; what is not reported is an empty cell."""

import csv
import re
from io import StringIO

# A spreadsheet runs a cell that begins with one of these as a formula, so it gets an apostrophe. Words that look as if they
# had got one get one, too: whoever takes one away has the words again.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


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
        return f"'{value}" if _FORMULA.match(value) else value
    return value
