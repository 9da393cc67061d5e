"""Columns of this ledger's own files that are there to be read: what follows from claims is changed by claims.

Whoever wrote something else into such a cell is told, row by row, that it is not taken.
"""

from events import uids
from events.choices import RowVerdict
from events.desk.importing.alike import plain
from events.exchange.rows import Problem
from events.models.edition import PublishedIncident
from events.rules import flattening
from events.tongue import gettext

EDITION = "edition"
_FIGURES = [f"{figure}_{bound}" for figure in flattening.FIGURES for bound in (*flattening.BOUNDS, "open")]
# Column of the file → column of the index, of those that have one value of one row.
_READ_ONLY = {
    name: name for name in (*_FIGURES, "occurrence", "attribution", "is_denied", "harm_grade", "escalation")
} | {
    "contested": "is_contested",
    "cross_border": "is_cross_border",
    "place": "place_shown",
    "perpetrator": "perpetrator__name",
}
_COLUMNS = ["uid", "number", *_READ_ONLY.values()]


def public(rows):
    """uid → dict of the public row of those that IncidentRows name. One query."""
    wanted = [uid for row in rows if row.uid and (uid := uids.parse(row.uid))]
    found = PublishedIncident.objects.filter(uid__in=wanted).order_by().values(*_COLUMNS) if wanted else []
    return {one["uid"]: one for one in found}


def notes(row, verdict, found):
    """Tuple of Problem, none of which refuses the row: cells that are not taken, or a row that is behind the record."""
    shown = found.get(uids.parse(row.uid) or "")
    if shown is None or not row.raw.get(EDITION, ""):
        return ()
    if row.raw[EDITION] != str(shown["number"]):
        if verdict == RowVerdict.SAME:
            return ()
        said = gettext("Edition %(number)d is public now. What changed since this row was written would be set back.")
        return (_note(row, EDITION, said % {"number": shown["number"]}),)
    said = gettext("It follows from the claims and is not read from files; change the claims. Here it is “%(value)s”.")
    cells = {column: _cell(column, shown) for column in _READ_ONLY if column in row.raw}
    return tuple(
        _note(row, column, said % {"value": cell})
        for column, cell in cells.items()
        if plain(row.raw[column].removeprefix("'")) != plain(cell.removeprefix("'"))
    )


def _note(row, column, said):
    return Problem(row.line, column, row.raw[column][:80], said, refuses=False)


def _cell(column, shown):
    """The value as the file has it. Whether a toll is open is not said where nobody gives a figure."""
    value = shown[_READ_ONLY[column]]
    if column.endswith("_open"):
        figure = column.removesuffix("_open")
        value = None if all(shown[f"{figure}_{bound}"] is None for bound in flattening.BOUNDS) else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
