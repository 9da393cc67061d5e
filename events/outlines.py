"""The outlines of places, where somebody loaded them: which of them stands for a published area, and its corners."""

from dataclasses import dataclass

import orjson
from django.utils.translation import gettext

from events import basemap
from events.choices import LocationLevel
from events.models.area import LocationArea

_SAME = 0.00002  # degrees; published coordinates are those of the place itself
_LEVELS = (LocationLevel.DISTRICT.value, LocationLevel.PROVINCE.value)


@dataclass(frozen=True)
class Outline:
    """`rings` are closed lines of (longitude, latitude), holes among them; whose they are is said beside every map."""

    name: str
    rings: tuple
    source: str
    licence: str

    def packed(self):
        """The rings in whole numbers for the browser: of each the first point, then steps."""
        return [steps for ring in self.rings if len(steps := basemap.steps(ring)) > 6]

    @property
    def credit(self):
        return credit(self.source, self.licence)

    @property
    def box(self):
        """(west, south, east, north)."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def of_places(pks):
    """{primary key of a place: Outline} for those that have one. One query, none for no places."""
    if not pks:
        return {}
    rows = LocationArea.objects.filter(location__in=pks).select_related("location").defer("outline").order_by("pk")
    return {row.pk: made(row) for row in rows}


def of(place):
    """The Outline of a Location, or None. One query."""
    return of_places([place.pk]).get(place.pk)


def of_document(place, precision):
    """The Outline that stands for the area of a published document's `location`, or None. One query, with its place."""
    slugs = [place[level]["slug"] for level in _LEVELS if place.get(level)]
    rows = (
        LocationArea.objects.filter(location__slug__in=slugs).select_related("location").defer("outline").order_by("pk")
    )
    held = {row.location.level: row for row in rows}
    chosen = standing_for(
        {level: row.location for level, row in held.items()}, (precision,), place["longitude"], place["latitude"]
    )
    return made(held[chosen.level]) if chosen else None


def standing_for(places, precisions, longitude, latitude):
    """The place whose outline is as coarse as what is published, among {level: Location or None}; None for no such.

    It is the place of the level that all `precisions` name; or the one whose own point was published, as for a village
    that nobody can locate. So no outline is finer than what is said beside it.
    """
    for level in _LEVELS:
        place = places.get(level)
        if place is not None and (set(precisions) == {level} or _is_at(place, longitude, latitude)):
            return place
        if level in precisions:
            return None
    return None


def made(row):
    held = orjson.loads(row.drawn)
    rings = tuple(tuple(map(tuple, ring)) for polygon in held["coordinates"] for ring in polygon)
    return Outline(row.location.name, rings, row.source, row.licence)


def credits():
    """Whose outlines are loaded, one sentence each. One query."""
    rows = LocationArea.objects.order_by("source", "licence").values_list("source", "licence").distinct()
    return [credit(*row) for row in rows]


def credit(source, licence):
    return gettext("Outlines of areas: %(source)s (%(licence)s).") % {"source": source, "licence": licence}


def _is_at(place, longitude, latitude):
    if place.latitude is None:
        return False
    return abs(float(place.longitude) - longitude) < _SAME and abs(float(place.latitude) - latitude) < _SAME
