"""Public incidents on the map, counted in cells of a grid that stands still while the view moves over it."""

from dataclasses import dataclass
from math import ceil, cos, hypot, radians

from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils.translation import gettext

from events import outlines
from events.choices import Mapped
from events.models.location import Location
from events.record import statistics
from events.record.filters import inside
from events.record.parameters import Box

SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)  # thousandths of a degree
MOST = {Mapped.POINT: 400, Mapped.AREA: 100}  # cells of each sort: 500 in all
PIXELS = 40  # how far apart cells stand on a screen, about
KM_PER_DEGREE = 111.32
LEVELS = ("location", "district", "province", "country")
MARGIN = 0.000005  # degrees: half a step of published coordinates, so that a box holds just the incidents of its cell
ONE_PLACE = 0.003  # degrees; incidents nearer than that stand at one place


@dataclass(frozen=True)
class Cell:
    """Incidents that lie near each other; `box` is where their published coordinates lie.

    An area holds incidents of which only a district or something coarser is known: they happened anywhere within
    `radius_km` of the point, which is nobody's place. Of one place `radius_km` is its uncertainty, of several None.
    """

    longitude: float
    latitude: float
    incidents: int
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_open: bool
    best_missing: int
    is_area: bool
    radius_km: float | None
    box: Box
    place: str
    uid: str  # of the incident, where there is one only; else ""
    title: str
    outline: outlines.Outline | None = None  # of an area, where all its incidents lie in that one and it is loaded

    @property
    def is_one_place(self):
        """Whether going nearer cannot take the cell apart."""
        return self.box.east - self.box.west < ONE_PLACE and self.box.north - self.box.south < ONE_PLACE


@dataclass(frozen=True)
class Cells:
    """`chosen` incidents are `total` in the box, `unmapped` on no map, and the rest outside the box."""

    size: float  # degrees
    chosen: int
    total: int
    unmapped: int
    cells: list  # most incidents first


def of(rows, box=None, zoom=None):
    """Cells of public incidents in a Box, or of all; `zoom` as web maps count it. Six queries at most."""
    known = rows.order_by().aggregate(
        chosen=Count("pk"),
        unmapped=Count("pk", filter=Q(mapped=Mapped.NO.value)),
        west=Min("longitude", filter=~Q(mapped=Mapped.NO.value)),
        south=Min("latitude", filter=~Q(mapped=Mapped.NO.value)),
        east=Max("longitude", filter=~Q(mapped=Mapped.NO.value)),
        north=Max("latitude", filter=~Q(mapped=Mapped.NO.value)),
    )
    extent = box or Box(*(known[edge] or 0 for edge in ("west", "south", "east", "north")))
    within = rows.filter(inside(box)) if box else rows
    size = size_for(extent, zoom, MOST[Mapped.POINT])
    points = _grouped(within.filter(mapped=Mapped.POINT.value), size)
    cells = _made([*((Mapped.POINT, row) for row in points), *((Mapped.AREA, row) for row in _areas(within, extent))])
    return Cells(
        size=size / 1000,
        chosen=known["chosen"],
        total=sum(cell.incidents for cell in cells),
        unmapped=known["unmapped"],
        cells=sorted(cells, key=lambda cell: (-cell.incidents, cell.longitude, cell.latitude, cell.is_area)),
    )


def _areas(rows, extent):
    """One cell for each published area; only where there are too many of them, those of a neighbourhood together."""
    rows, most = rows.filter(mapped=Mapped.AREA.value), MOST[Mapped.AREA]
    each = list(_grouped(rows, SIZES[0])[: most + 1])
    return each if len(each) <= most else list(_grouped(rows, size_for(extent, None, most)))


def size_for(box, zoom, most):
    """The size of a cell in thousandths of a degree: it follows from zoom and breadth, never from where the box lies."""
    wanted = 360_000 * PIXELS / 256 / 2**zoom if zoom is not None else 0
    width, height = (box.east - box.west) * 1000, (box.north - box.south) * 1000
    fitting = (
        size for size in SIZES if size >= wanted and (ceil(width / size) + 1) * (ceil(height / size) + 1) <= most
    )
    return next(fitting, SIZES[-1])


PRECISIONS = {"min_precision": Min("location_precision"), "max_precision": Max("location_precision")}


def _grouped(rows, size):
    ends = {f"{end}_{level}": side(f"{level}_id") for level in LEVELS for end, side in (("min", Min), ("max", Max))}
    return (
        rows.order_by()
        .annotate(cell_x=F("map_x") / size, cell_y=F("map_y") / size)
        .values("cell_x", "cell_y")
        .annotate(
            n=Count("pk"),
            sum_x=Sum("map_x"),
            sum_y=Sum("map_y"),
            west=Min("longitude"),
            south=Min("latitude"),
            east=Max("longitude"),
            north=Max("latitude"),
            radius=Max("uncertainty_km"),
            first=Min("uid"),
            title=Min("title"),
            **{f"with_{level}": Count(f"{level}_id") for level in LEVELS},
            **ends,
            **PRECISIONS,
            **statistics.sums(),
        )
    )


def _made(found):
    names = Location.objects.with_ancestors().in_bulk({row[f"min_{level}"] for _, row in found for level in LEVELS})
    areas = {number: area(row, names) for number, (mapped, row) in enumerate(found) if mapped == Mapped.AREA}
    drawn = outlines.of_places({place.pk for place in areas.values() if place})
    return [
        _cell(mapped, row, names, drawn.get(areas[number].pk) if areas.get(number) else None)
        for number, (mapped, row) in enumerate(found)
    ]


def area(row, names):
    """The place whose outline may stand for the circle of a group of incidents; None where they are not of one place."""
    if row["west"] != row["east"] or row["south"] != row["north"]:
        return None
    shared = {level: shared_place(row, level, names) for level in ("district", "province")}
    return outlines.standing_for(shared, {row["min_precision"], row["max_precision"]}, row["west"], row["south"])


def shared_place(row, level, names):
    """The place of a level that all incidents of a group have in common, or None."""
    is_shared = row[f"with_{level}"] == row["n"] and row[f"min_{level}"] == row[f"max_{level}"]
    return names[row[f"min_{level}"]] if is_shared else None


def _killed(row):
    """Names of Cell → what is shown of the killed."""
    found = statistics.figures(row)
    killed = {name: found[name] for name in ("killed_low", "killed_best", "killed_high", "killed_open")}
    return killed | {"best_missing": row["killed_without_best"]}


def _cell(mapped, row, names, outline):
    longitude, latitude = _middle(row)
    return Cell(
        longitude=longitude,
        latitude=latitude,
        incidents=row["n"],
        is_area=mapped == Mapped.AREA,
        radius_km=_radius(row, longitude, latitude, mapped),
        box=Box(
            *(round(row[edge] + by, 6) for edge, by in zip(("west", "south", "east", "north"), _AROUND, strict=True))
        ),
        place=_place(row, names),
        uid=row["first"] if row["n"] == 1 else "",
        title=row["title"] if row["n"] == 1 else "",
        outline=outline,
        **_killed(row),
    )


_AROUND = (-MARGIN, -MARGIN, MARGIN, MARGIN)


def _radius(row, longitude, latitude, mapped):
    """What surely holds every incident of the cell; None where a circle would say nothing."""
    is_one = row["west"] == row["east"] and row["south"] == row["north"]
    if is_one or row["radius"] is None:
        return row["radius"]
    if mapped == Mapped.POINT:
        return None
    north = max(row["north"] - latitude, latitude - row["south"]) * KM_PER_DEGREE
    nearest_equator = min(abs(row["north"]), abs(row["south"]))
    east = max(row["east"] - longitude, longitude - row["west"]) * KM_PER_DEGREE * cos(radians(nearest_equator))
    return ceil(row["radius"] + hypot(north, east))


def _middle(row):
    """The published coordinates where they are all the same, else the middle of the incidents, from whole numbers."""
    if row["west"] == row["east"] and row["south"] == row["north"]:
        return row["west"], row["south"]
    return (
        round((row["sum_x"] / row["n"] + 0.5) / 1000 - 180, 4),
        round((row["sum_y"] / row["n"] + 0.5) / 1000 - 90, 4),
    )


def _place(row, names):
    """The finest place that all incidents of a cell share: "Laman, Barmal", "Khost (several places)"."""
    for level in LEVELS:
        if place := shared_place(row, level, names):
            if level != "location":
                return gettext("%(place)s (several places)") % {"place": place.name}
            above = next(iter(place.within.split(", ")), "")
            return f"{place.name}, {above}" if above else place.name
    return gettext("Several countries") if row["with_country"] == row["n"] else gettext("Several places")
