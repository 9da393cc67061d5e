"""The kinds of files that can be imported: how each is recognised, read and kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.exchange import reading_acled, reading_own, reading_table, reading_ucdp, tables

LAYOUT_MEMBERS = ("columns", "kinds", "is_american", "other_kind", "heading")


@dataclass(frozen=True)
class Format:
    """`parsed` takes a path, the words of ImportBatch.reading and a version; `kept` gives the text of a row's document.

    `moving` are columns that differ from one delivery to the next although the row says the same.
    """

    name: str
    parsed: Callable
    kept: Callable
    moving: tuple = ()
    mark: tuple = ()  # columns by which a file is recognised


def _table(path, reading, version):
    layout = layout_of(reading)
    dataset = reading_table.named_dataset(
        reading["name"], reading.get("licence", ""), is_redistributable=bool(reading.get("is_redistributable"))
    )
    return reading_table.parsed(path, layout, dataset, version)


def layout_of(reading):
    """The Layout that a reading keeps."""
    return reading_table.Layout(
        columns=reading["columns"],
        kinds=reading.get("kinds") or {},
        is_american=bool(reading.get("is_american", False)),
        other_kind=reading.get("other_kind") or "",
    )


FORMATS = {
    "ucdp": Format(
        gettext_lazy("UCDP GED or Candidate events"),
        lambda path, reading, version: reading_ucdp.parsed(path, version),
        reading_ucdp.kept,
        moving=("release",),
        mark=("type_of_violence", "date_prec", "where_prec"),
    ),
    "acled": Format(
        gettext_lazy("ACLED export"),
        lambda path, reading, version: reading_acled.parsed(path, version),
        reading_acled.kept,
        moving=("timestamp",),
        mark=("event_date", "sub_event_type", "actor1"),
    ),
    "own": Format(
        gettext_lazy("File of this ledger"),
        lambda path, reading, version: reading_own.parsed(path, version),
        reading_table.kept,
        mark=("uid", "date_start", "location_precision"),
    ),
    "table": Format(gettext_lazy("Another table"), _table, reading_table.kept),
}


def recognised(path):
    """The code of the format whose columns the file has, or "" where it is none that can be told. Raises Refused."""
    _how, rows = tables.sample(path, 1)
    if not rows:
        return ""
    heading = {" ".join(cell.split()).lower().replace(" ", "_") for cell in rows[0]}
    found = next((code for code, one in FORMATS.items() if one.mark and heading.issuperset(one.mark)), "")
    widths = {len(reading_ucdp.COLUMNS): "ucdp", len(reading_acled.COLUMNS): "acled"}  # a file without a heading
    return found or (widths.get(len(rows[0]), "") if any(cell.isdigit() for cell in rows[0]) else "")


def problems_of(reading):
    """Sentences on what a layout for a table lacks; it is a dict as JSON gives it."""
    if not isinstance(reading, dict) or not isinstance(reading.get("columns"), dict) or not reading["columns"]:
        return [_("The layout is no JSON object with “columns”: field of the ledger → column of the file.")]
    found = []
    unknown = [name for name in reading if name not in (*LAYOUT_MEMBERS, "name", "licence", "is_redistributable")]
    if unknown:
        found.append(_("“%(name)s” is no member of a layout.") % {"name": unknown[0]})
    if not isinstance(reading.get("kinds", {}), dict):
        found.append(_("“kinds” is no JSON object: word of the file → code of a kind."))
    words = [*reading["columns"].values(), *(reading.get("kinds") or {}), reading.get("other_kind") or ""]
    if not all(isinstance(word, str) for word in words):
        found.append(_("The columns of a layout are named by text."))
    if not str(reading.get("name", "")).strip():
        found.append(_("Say what the table is called (name), so that its next version is known again."))
    return found
