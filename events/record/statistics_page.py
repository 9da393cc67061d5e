"""Sections of statistics as the page shows them: labels, addresses and bars beside the numbers that the sections hold."""

from dataclasses import dataclass, field
from math import ceil, sqrt

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from events import uids
from events.choices import LinkType, Side
from events.record import charts
from events.record.statistics_coverage import DOCUMENTS, SIDES, SOURCES
from events.record.statistics_links import VAGUE
from events.record.statistics_sides import SIDES as ALL_SIDES
from events.record.statistics_sides import side_label

PAIRS_SHOWN = 12  # pairs of actors on the page; all of them stand in the CSV file
KINDS_SHOWN = 8  # likewise
HEATS = 5
_MEASURES = {
    DOCUMENTS: gettext_lazy("Documents per incident"),
    SOURCES: gettext_lazy("Sources per incident"),
    SIDES: gettext_lazy("Whose claims an incident rests on"),
}


@dataclass(frozen=True)
class Line:
    """A row of the page: what it is called, where that leads ("" for nowhere), its drawing, and the section's row."""

    label: str
    row: dict
    address: str = ""
    drawing: str = ""
    more: dict = field(default_factory=dict)


def bars(section, path):
    """Lines with a bar each; the longest fills its cell."""
    top = max((row["incidents"] for row in section.rows), default=0)
    return [
        Line(row["label"], row, _address(path, row["query"]), charts.bar(row["incidents"], top)) for row in section.rows
    ]


def kinds(section, path):
    """Lines for the most frequent kinds: each over time, with its highest bar in words."""
    rows = {}
    for row in section.rows:
        rows.setdefault(row["kind"], []).append(row)
    return [_kind(found, section.unit, path) for found in list(rows.values())[:KINDS_SHOWN]]


def _kind(rows, unit, path):
    counts = [row["incidents"] for row in rows]
    highest = rows[counts.index(max(counts))]
    return Line(
        rows[0]["label"],
        highest,
        _address(path, highest["query"]),
        charts.strip_of_counts(counts),
        {
            "total": sum(counts),
            "unit": unit,
            "is_tied": counts.count(max(counts)) > 1,
            "from": rows[0]["period"],
            "to": rows[-1]["period"],
        },
    )


def matrix(section, path):
    """List of (label of the acting side, its cells); each cell is a Line with a class of heat from 0 to HEATS."""
    top = max(row["incidents"] for row in section.rows)
    cells = {(row["acting_side"], row["target_side"]): _cell(row, top, path) for row in section.rows}
    return [(side_label(one), [cells[one, other] for other in ALL_SIDES]) for one in ALL_SIDES]


def heat(number, top):
    """0 for none, else 1 to HEATS by the square root of the share, so that small numbers stay apart."""
    return ceil(HEATS * sqrt(number / top)) if number else 0


def tolls(section):
    """Lines for the distances of tolls, with the incident of the longest."""
    top = max((row["greatest_difference"] for row in section.rows), default=0)
    return [
        Line(
            gettext("%(side)s and %(other)s") % {"side": _side(row["side"]), "other": _side(row["other_side"])},
            row,
            drawing=charts.span(row["least_difference"], row["median_difference"], row["greatest_difference"], top),
            more={
                "address": reverse("incident", args=[uids.parse(row["greatest_incident"])]),
                "side": _side(row["side"]),
                "other_side": _side(row["other_side"]),
            },
        )
        for row in section.rows
    ]


def times(section):
    """Lines for the times between linked incidents; those of one unit are drawn on one scale."""
    tops = {}
    for row in section.rows:
        tops[row["unit"]] = max(tops.get(row["unit"], 0), row["longest"] or 0)
    return [
        Line(
            capfirst(gettext(LinkType.label_of(row["type"]))),
            row,
            drawing=""
            if row["unit"] == VAGUE
            else charts.span(row["shortest"], row["median"], row["longest"], tops[row["unit"]]),
        )
        for row in section.rows
    ]


def coverage(section):
    """List of (heading, Lines with a bar each) by measure; a full bar is every incident."""
    return [
        (
            label,
            [
                Line(gettext(row["value"]), row, drawing=charts.bar(row["share"] or 0, 1))
                for row in section.rows
                if row["measure"] == measure
            ],
        )
        for measure, label in _MEASURES.items()
    ]


def _cell(row, top, path):
    label = gettext("%(acting)s against %(target)s") % {
        "acting": side_label(row["acting_side"]),
        "target": side_label(row["target_side"]),
    }
    return Line(label, row, _address(path, row["query"]), more={"heat": heat(row["incidents"], top)})


def _side(code):
    return gettext(Side.label_of(code))


def _address(path, query):
    return f"{path}?{query}" if query else ""
