"""Lines and names of districts for a closer look at the map, from the outlines that are loaded."""

from functools import cache
from hashlib import sha256

import shapely
from django.db.models import Count, Max

from events import basemap
from events.choices import LocationLevel
from events.models.area import LocationArea

MOST = 300  # districts; where more lie in the box, a closer look is needed
FINE = 1 / 1500  # of the breadth of the box: no finer than can be seen
_APART = (
    0.03  # degrees; nearer to the line of a country than that, the base map's own line is drawn, and none beside it
)


def mark():
    """What changes when outlines are loaded or districts called otherwise, as an ETag. One query."""
    rows = LocationArea.objects.filter(location__level=LocationLevel.DISTRICT.value)
    held = rows.aggregate(number=Count("pk"), loaded=Max("loaded_at"), named=Max("location__updated_at"))
    return f'"{sha256(str(sorted(held.items())).encode()).hexdigest()[:16]}"'


def within(box):
    """{"scale", "lines", "names", "is_whole"} of the districts that meet a Box; lines are as the base map packs them.

    `is_whole` is False, and nothing else is given, where more than MOST lie there. One query.
    """
    rows = (
        LocationArea.objects.filter(location__level=LocationLevel.DISTRICT.value, location__merged_into=None)
        .filter(west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south)
        .select_related("location")
        .defer("drawn")
        .order_by("pk")
    )
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        return {"scale": basemap.SCALE, "lines": [], "names": [], "is_whole": False}
    whole = [shapely.from_geojson(row.outline) for row in found]
    # All together, so that neighbours keep one line between them.
    shapes = shapely.coverage_simplify(whole, (box.east - box.west) * FINE) if whole else []
    return {
        "scale": basemap.SCALE,
        "lines": [steps for line in _lines(shapes) if len(steps := basemap.steps(line)) > 2],
        "names": [_named(row, shape) for row, shape in zip(found, shapes, strict=True)],
        "is_whole": True,
    }


def _lines(shapes):
    """The edges of some areas, shared ones once, without what runs along the line of a country."""
    if not len(shapes):
        return []
    merged = shapely.line_merge(shapely.union_all(shapely.difference(shapely.boundary(shapes), _countries())))
    return [line.coords for line in shapely.get_parts(merged) if line.geom_type == "LineString"]


@cache
def _countries():
    held = basemap.lines()
    drawn = shapely.MultiLineString([*held.drawn("frontier"), *held.drawn("borders")])
    return shapely.buffer(drawn, _APART)


def _named(row, shape):
    point = shapely.point_on_surface(shape)
    return [row.location.name, round(point.x, 3), round(point.y, 3)]
