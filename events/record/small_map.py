"""The small still map on the page of an actor or a place: where the incidents of its selection are, and how many are not."""

from dataclasses import dataclass
from itertools import groupby
from math import log2

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from events import boundaries, outlines
from events.choices import Mapped
from events.models.location import Location
from events.record import cells, still_map
from events.record.cells import KM_PER_DEGREE, MARGIN, Cell
from events.record.parameters import Box

SIZE = (272, 230)
NEAREST = 1.6  # degrees; it never shows less, so that one sees where that is
MOST = 100  # circles
_SHARED = {
    f"{end}_{level}": side(f"{level}_id")
    for level in ("district", "province")
    for end, side in (("min", Min), ("max", Max), ("with", Count))
}


@dataclass(frozen=True)
class SmallMap:
    """`picture` is "" where nothing is on the map; `address` and `unmapped_address` lead to the map and to the rest."""

    picture: SafeString
    mapped: int
    unmapped: int
    has_points: bool
    has_areas: bool
    address: str
    unmapped_address: str
    note: str


def of(selection):
    """The SmallMap of a selection, in one query that reads as many rows as there are published coordinates.

    Where there are areas, two more for their places and outlines.
    """
    groups = list(
        selection.queryset()
        .values("mapped", "map_x", "map_y")
        .annotate(
            n=Count("pk"),
            longitude=Min("longitude"),
            latitude=Min("latitude"),
            radius=Max("uncertainty_km"),
            first=Min("uid"),
            place=Min("place_shown"),
            **cells.PRECISIONS,
            **_SHARED,
        )
        .order_by("mapped", "map_x", "map_y")
    )
    unmapped = sum(group["n"] for group in groups if group["mapped"] == Mapped.NO)
    placed = [group for group in groups if group["mapped"] != Mapped.NO]
    found = _cells(placed, _outlines(placed))
    return SmallMap(
        picture=_picture(found, placed, selection) if placed else SafeString(""),
        mapped=sum(group["n"] for group in placed),
        unmapped=unmapped,
        has_points=any(not cell.is_area for cell in found),
        has_areas=any(cell.is_area for cell in found),
        address=f"{reverse('map')}?{selection.querystring}",
        unmapped_address=f"{reverse('timeline')}?{selection.narrowed(mapped=Mapped.NO.value)}",
        note=gettext(boundaries.NOTE),
    )


def _picture(found, placed, selection):
    def leads_to(cell):
        if cell.uid:
            return reverse("incident", args=[cell.uid])
        sort = Mapped.AREA if cell.is_area else Mapped.POINT
        return f"{reverse('timeline')}?{selection.narrowed(mapped=sort.value, bbox=str(cell.box))}"

    return still_map.svg_of(found, _around(placed), leads_to, SIZE)


def _outlines(placed):
    """{(map_x, map_y) of an area: its Outline} where one is loaded."""
    areas = [group for group in placed if group["mapped"] == Mapped.AREA]
    if not areas:
        return {}
    wanted = {group[f"min_{level}"] for group in areas for level in ("district", "province")}
    names = Location.objects.in_bulk(wanted - {None})
    chosen = {}
    for group in areas:
        point = dict.fromkeys(("west", "east"), group["longitude"]) | dict.fromkeys(
            ("south", "north"), group["latitude"]
        )
        if place := cells.area(group | point, names):
            chosen[group["map_x"], group["map_y"]] = place.pk
    drawn = outlines.of_places(set(chosen.values()))
    return {key: drawn[pk] for key, pk in chosen.items() if pk in drawn}


def _cells(placed, drawn):
    """Areas one by one, points of a neighbourhood together."""
    size = _size(placed) if placed else 1
    points = [group for group in placed if group["mapped"] == Mapped.POINT]
    points.sort(key=lambda group: _square(group, size))
    together = [list(near) for _, near in groupby(points, key=lambda group: _square(group, size))]
    return [_cell(near) for near in together] + [
        _cell([group], drawn.get((group["map_x"], group["map_y"])))
        for group in placed
        if group["mapped"] == Mapped.AREA
    ]


def _square(group, size):
    return group["map_x"] // size, group["map_y"] // size


def _size(placed):
    box = _around(placed)
    zoom = log2(SIZE[0] / 256 * 360 / (box.east - box.west))
    return cells.size_for(box, zoom, MOST)


def _cell(near, outline=None):
    incidents, is_one = sum(group["n"] for group in near), len(near) == 1
    west, east = (side(group["longitude"] for group in near) for side in (min, max))
    south, north = (side(group["latitude"] for group in near) for side in (min, max))
    place = max(near, key=lambda group: group["n"])["place"].partition(",")[0]
    return Cell(
        longitude=sum(group["longitude"] * group["n"] for group in near) / incidents,
        latitude=sum(group["latitude"] * group["n"] for group in near) / incidents,
        incidents=incidents,
        killed_low=None,
        killed_best=None,
        killed_high=None,
        killed_open=False,
        best_missing=0,
        is_area=near[0]["mapped"] == Mapped.AREA,
        radius_km=near[0]["radius"] if is_one else None,
        box=Box(*(round(edge, 6) for edge in (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN))),
        place=place if is_one else gettext("%(place)s and around") % {"place": place},
        uid=near[0]["first"] if incidents == 1 else "",
        title="",
        outline=outline,
    )


def _around(placed):
    """The Box of all groups, areas with their radius, with some room."""
    reach = [(group["radius"] or 0) / KM_PER_DEGREE if group["mapped"] == Mapped.AREA else 0 for group in placed]
    pairs = list(zip(placed, reach, strict=True))
    west = min(group["longitude"] - far for group, far in pairs)
    east = max(group["longitude"] + far for group, far in pairs)
    south = min(group["latitude"] - far for group, far in pairs)
    north = max(group["latitude"] + far for group, far in pairs)
    half_width, half_height = (max((far - near) * 0.6, NEAREST / 2) for near, far in ((west, east), (south, north)))
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Box(
        max(-180, middle_x - half_width),
        max(-85, middle_y - half_height),
        min(180, middle_x + half_width),
        min(85, middle_y + half_height),
    )
