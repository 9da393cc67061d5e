"""What the map shows for one query string: the selection, the box that is looked at, its cells and what is on no map."""

from collections import Counter
from dataclasses import asdict, astuple, dataclass, replace
from functools import cached_property
from math import log2

from django.db.models import Count, F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from events import uids
from events.choices import Mapped
from events.models.edition import PublishedIncident
from events.record import cells, charts, still_map
from events.record.parameters import Box, quoted
from events.record.selection import Selection

DATES = ("date_from", "date_to", "date_by", "date_mode")
LISTED = 15  # cells beside the map
UNMAPPED_NAMED = 6  # places that stand for what is not on the map
CLOSEST = 18  # zoom; as far as any web map goes
NEAREST_BOX = 0.15  # degrees; a closer look at a cell never shows less
COLUMNS = (
    "longitude",
    "latitude",
    "incidents",
    "killed_low",
    "killed_best",
    "killed_high",
    "uid",
    "place",
    "title",
    "is_area",
    "radius_km",
    "box",
    "outline",
)


@dataclass(frozen=True)
class Listed:
    """A cell in the list beside the map: where a closer look and its incidents stand, and the row if it is one."""

    cell: cells.Cell
    nearer: str
    incidents: str
    row: PublishedIncident | None


@dataclass(frozen=True)
class Months:
    """The slider: months from the first to the last of the selection at any time, counted from year 0.

    `start` and `end` are chosen; `picture` shows how many incidents each month has.
    """

    first: int
    last: int
    start: int
    end: int
    picture: str


class Sight:
    """A query string, read as the timeline reads it; its box is where one looks, and `zoom` how fine the cells are."""

    def __init__(self, query, *, with_zoom=False):
        extra = ("zoom",) if with_zoom else ()
        self.selection = Selection.parse(query, extra=extra)
        self.zoom = None
        if with_zoom and "zoom" not in self.selection.errors and query.get("zoom", "").strip():
            self._read_zoom(query["zoom"].strip())
        self.box = None if self.errors else self.selection.form.cleaned_data["bbox"]

    def _read_zoom(self, text):
        if text.isascii() and text.isdecimal() and int(text) <= CLOSEST:
            self.zoom = int(text)
        else:
            said = gettext("zoom: %(text)s is no zoom; use a whole number from 0 to %(highest)d.")
            self.errors["zoom"] = [said % {"text": quoted(text), "highest": CLOSEST}]

    @property
    def errors(self):
        return self.selection.errors

    @cached_property
    def asked(self):
        """The parameters of the selection without the box."""
        return {name: value for name, value in self.selection.normalised.items() if name != "bbox"}

    @cached_property
    def rows(self):
        """The chosen rows wherever they are."""
        return PublishedIncident.objects.none() if self.errors else self.selection.without("bbox")

    @cached_property
    def found(self):
        zoom = _zoom_of(self.box or still_map.REGION) if self.zoom is None else self.zoom
        return cells.of(self.rows, self.box, zoom)

    @property
    def picture(self):
        return still_map.svg_of(self.found.cells, self.box, self._leads_to)

    @property
    def region(self):
        """The box that is shown unless another one is asked for."""
        return str(still_map.REGION)

    @property
    def whole_region(self):
        return self._address("map")

    @property
    def on_the_timeline(self):
        """The address of the list of what is in view."""
        return self._address("timeline", bbox=str(self.box)) if self.box else self._address("timeline", mapped="yes")

    @property
    def not_mapped(self):
        return self._address("timeline", mapped="no")

    @cached_property
    def listed(self):
        """The cells with most incidents. One query."""
        first = self.found.cells[:LISTED]
        rows = PublishedIncident.objects.in_bulk([cell.uid for cell in first if cell.uid])
        return [Listed(cell, self._nearer(cell), self._those(cell), rows.get(cell.uid)) for cell in first]

    @property
    def more(self):
        """How many incidents in view stand in cells that are not listed."""
        return sum(cell.incidents for cell in self.found.cells[LISTED:])

    @cached_property
    def unmapped_places(self):
        """[{"name", "n"}]: where the incidents are that are not on the map, as far as anybody says. One query."""
        named = self.rows.filter(mapped=Mapped.NO.value, location__isnull=False).values(name=F("location__name"))
        return list(named.annotate(n=Count("pk")).order_by("-n", "name")[:UNMAPPED_NAMED])

    @cached_property
    def months(self):
        """The Months of the slider, or None where nothing that fits has a date. One query."""
        rows = self.selection.without("bbox", *DATES).filter(date_start__isnull=False).order_by()
        spans = list(rows.values_list("date_start", "date_end").annotate(Count("pk")))
        if not spans:
            return None
        first, last = _month(min(start for start, _, _ in spans)), _month(max(end for _, end, _ in spans))
        counts = Counter()
        for begin, _, number in spans:
            counts[_month(begin)] += number
        chosen = [_month(day) if day else None for day in self.selection.days]
        start, end = (min(max(month, first), last) if month is not None else None for month in chosen)
        return Months(
            first=first,
            last=last,
            start=first if start is None else start,
            end=last if end is None else end,
            picture=charts.strip_of_counts([counts[month] for month in range(first, last + 1)]),
        )

    def as_json(self):
        """The answer of the map's data; `columns` names what each cell holds."""
        return {
            "columns": COLUMNS,
            "size": self.found.size,
            "bbox": str(self.box) if self.box else None,
            "selected": self.found.chosen,
            "total": self.found.total,
            "unmapped": self.found.unmapped,
            "cells": [_flat(cell) for cell in self.found.cells],
        }

    def _leads_to(self, cell):
        if cell.uid:
            return reverse("incident", args=[cell.uid])
        return self._those(cell) if cell.is_one_place else self._nearer(cell)

    def _nearer(self, cell):
        """The map around a cell; an area is shown whole."""
        breadth = max(cell.box.east - cell.box.west, cell.box.north - cell.box.south) * 1.6
        if cell.is_area:
            breadth = max(breadth, (cell.radius_km or 0) / 111 * 3)
        half = max(breadth, NEAREST_BOX) / 2
        longitude, latitude = (cell.box.west + cell.box.east) / 2, (cell.box.south + cell.box.north) / 2
        near = (longitude - half * 1.4, latitude - half, longitude + half * 1.4, latitude + half)
        return self._address("map", bbox=str(Box(*(round(degrees, 3) for degrees in near))))

    def _those(self, cell):
        """The list of exactly the incidents of a cell that is in view."""
        sort = Mapped.AREA if cell.is_area else Mapped.POINT
        box = cell.box
        if self.box:
            box = replace(
                box,
                west=max(box.west, self.box.west),
                south=max(box.south, self.box.south),
                east=min(box.east, self.box.east),
                north=min(box.north, self.box.north),
            )
        return self._address("timeline", mapped=sort.value, bbox=str(box))

    def _address(self, name, **also):
        query = urlencode({**self.asked, **also}, doseq=True).replace("%2C", ",")
        return f"{reverse(name)}?{query}" if query else reverse(name)


def _zoom_of(box):
    """The zoom of a web map that shows the box in a picture as wide as ours."""
    return max(0, min(CLOSEST, round(log2(still_map.WIDTH / 256 * 360 / (box.east - box.west)))))


def _month(day):
    return day.year * 12 + day.month - 1


def _flat(cell):
    plain = asdict(replace(cell, outline=None))
    held = {
        **plain,
        "outline": cell.outline.packed() if cell.outline else None,
        "uid": uids.shown(cell.uid) if cell.uid else None,
        "title": cell.title or None,
    }
    held["box"] = astuple(cell.box)
    return [held[name] for name in COLUMNS]
