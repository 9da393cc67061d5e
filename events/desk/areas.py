"""Outlines of the places of the register: loading them, and finding in which of them a point lies."""

import hashlib
import math
from dataclasses import dataclass, field
from decimal import Decimal

import orjson
import shapely
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from events import access, names
from events.choices import CoordinateBasis, LocationLevel
from events.desk import registers
from events.exchange.areas import Area
from events.exchange.rows import Problem
from events.models.area import LocationArea
from events.models.change import Change
from events.models.location import Location, LocationAlias
from events.press import traces

NAME, OUTLINE = "name", "geometry"  # members of a file to which problems belong
DECIMALS = 5  # of a degree: about a metre
COARSE = 0.004  # degrees, to which outlines are simplified for drawing
_KM_PER_DEGREE = 111.32
AREA_LEVELS = (LocationLevel.COUNTRY, LocationLevel.PROVINCE, LocationLevel.DISTRICT)


@dataclass
class Loaded:
    """What loading did: names of the places in each list; `problems` are of outlines that were passed over."""

    added: list = field(default_factory=list)
    drawn: list = field(default_factory=list)
    redrawn: list = field(default_factory=list)
    same: int = 0
    completed: int = 0  # known places that got a radius, or a point with one
    problems: list = field(default_factory=list)


class Finder:
    """Finds the areas around points; reads every outline once, for many questions."""

    def __init__(self):
        rows = list(LocationArea.objects.select_related("location").order_by("pk"))
        self._places = [row.location for row in rows]
        self._shapes = [_shape(row.outline) for row in rows]
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def at(self, latitude, longitude):
        """Level → Location of the areas in which the point lies."""
        near = sorted(self._tree.query(shapely.Point(longitude, latitude)))
        found = [
            self._places[number] for number in near if shapely.intersects_xy(self._shapes[number], longitude, latitude)
        ]
        return {place.level: place for place in found}


def at(latitude, longitude):
    """Level → Location of the areas in which a point lies. One query."""
    rows = LocationArea.objects.around(latitude, longitude).select_related("location").order_by("pk")
    point = shapely.Point(longitude, latitude)
    return {row.location.level: row.location for row in rows if shapely.intersects(_shape(row.outline), point)}


def misplaced(place):
    """(name of the place, the area its entry says, the area its point lies in) where these differ, the coarsest first;
    None where they agree or nothing is known. One query.
    """
    if place.latitude is None or place.level in AREA_LEVELS:
        return None
    found = at(float(place.latitude), float(place.longitude))
    for level in AREA_LEVELS:
        said = getattr(place, level.value)
        if said and level in found and found[level].pk != said.pk:
            return place.name, said.name, found[level].name
    return None


@dataclass(frozen=True)
class Lying:
    """Where a point lies by the outlines, in a sentence; `is_elsewhere` where the entry of the place says otherwise."""

    sentence: str
    is_elsewhere: bool


def lying(latitude, longitude, parent):
    """The Lying of a point of a place that lies in `parent` (a Location or None); None where no outline holds it."""
    found = at(float(latitude), float(longitude))
    if not found:
        return None
    shown = ", ".join(found[level].name for level in reversed(AREA_LEVELS) if level in found)
    sentence = gettext("By the outlines, these coordinates lie in %(areas)s.") % {"areas": shown}
    above = {level: getattr(parent, level.value) for level in AREA_LEVELS if level in found} if parent else {}
    said = next((place for level, place in above.items() if place and place.pk != found[level].pk), None)
    if said is None:
        return Lying(sentence, is_elsewhere=False)
    other = gettext("The entry says %(area)s: check the coordinates and what the place lies in.")
    return Lying(f"{sentence} {other % {'area': said.name}}", is_elsewhere=True)


@transaction.atomic
def load(areas, *, by, source, licence, said=lambda number: None):
    """Give places of the register their outlines, and add the places that are new; returns Loaded.

    `areas` are of one level. A place is found by its code, else by any of its names within the area around it. What
    editors set is left as it is; an outline is replaced where the file has another one. `said` is called with the number
    of outlines done.
    """
    access.require_judge(by)
    loaded, register = Loaded(), _Register()
    for number, area in enumerate(areas, start=1):
        if isinstance(area, Problem):
            loaded.problems.append(area)
            continue
        if isinstance(shape := _sound(area), Problem):
            loaded.problems.append(shape)
            continue
        around = register.around(area, shape)
        place = register.find(area, around)
        if place is None and around is None and area.level != LocationLevel.COUNTRY:
            sentence = gettext("It is not known in which %(level)s “%(name)s” lies; load those outlines first.")
            coarser = LocationLevel(AREA_LEVELS[AREA_LEVELS.index(LocationLevel(area.level)) - 1]).label.lower()
            room = {"level": coarser, "name": area.name}
            loaded.problems.append(Problem(area.number, NAME, area.name, sentence % room))
            continue
        if place is None:
            place = _add(area, shape, around, by, source)
            register.know(place)
            loaded.added.append(place.name)
        _draw(place, shape, loaded, by, source, licence)
        loaded.completed += _complete(place, shape, by)
        said(number)
    return loaded


class _Register:
    """The places of the three levels, found by code or name without a query for each."""

    def __init__(self):
        self._by_code, self._by_name = {}, {}
        self._finder = Finder()
        places = Location.objects.current().filter(level__in=AREA_LEVELS).with_ancestors().order_by("pk")
        self._places = {place.pk: place for place in places}
        for place in self._places.values():
            self.know(place)
        for alias in LocationAlias.objects.filter(location__in=self._places).order_by("pk"):
            place = self._places[alias.location_id]
            self._by_name.setdefault((place.level, _above(place), alias.folded), place)

    def know(self, place):
        for code in filter(None, (place.pcode, place.iso)):
            self._by_code.setdefault((place.level, code.upper()), place)
        self._by_name[place.level, _above(place), place.folded] = place

    def find(self, area, around):
        by_code = self._by_code.get((area.level, area.code.upper())) if area.code else None
        key = (area.level, around.pk if around else None, names.fold(area.name))
        return by_code or self._by_name.get(key)

    def around(self, area, shape):
        """The place of the coarser level in which the area lies: by code, by name, else by where its middle is."""
        number = AREA_LEVELS.index(LocationLevel(area.level))
        if not number:
            return None
        coarser = AREA_LEVELS[number - 1].value
        if found := self._by_code.get((coarser, area.within_code.upper())):
            return found
        country = self._by_code.get((LocationLevel.COUNTRY.value, area.country_iso))
        if coarser == LocationLevel.COUNTRY:
            return (
                country or self._by_name.get((coarser, None, names.fold(area.within))) or self._middle(shape, coarser)
            )
        named = self._by_name.get((coarser, country.pk if country else None, names.fold(area.within)))
        return named or self._middle(shape, coarser)

    def _middle(self, shape, level):
        point = shape.representative_point()
        return self._finder.at(point.y, point.x).get(level)


def _above(place):
    """Primary key of the next coarser of the three levels, None above all."""
    number = AREA_LEVELS.index(LocationLevel(place.level))
    return getattr(place, f"{AREA_LEVELS[number - 1].value}_id") if number else None


def _sound(area: Area):
    """The outline as a valid MultiPolygon, or the Problem that forbids it."""
    points = [point for polygon in area.polygons for ring in polygon for point in ring]
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in points):
        sentence = gettext("“%(name)s” has corners outside -180 to 180 and -90 to 90; the file is not in degrees.")
        return Problem(area.number, OUTLINE, str(points[0])[:80], sentence % {"name": area.name})
    try:
        drawn = shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in area.polygons if rings])
    except ValueError as error:
        sentence = gettext("The outline of “%(name)s” cannot be drawn (%(error)s).")
        return Problem(area.number, OUTLINE, "", sentence % {"name": area.name, "error": error})
    shape = _polygons(shapely.make_valid(shapely.set_precision(drawn, 10**-DECIMALS, mode="pointwise")))
    if shape.is_empty:
        sentence = gettext("The outline of “%(name)s” encloses nothing.")
        return Problem(area.number, OUTLINE, "", sentence % {"name": area.name})
    return shape


def _polygons(shape):
    """What of a shape has an extent, as one MultiPolygon."""
    parts = [part for part in shapely.get_parts(shape, return_index=False).flat if part.geom_type != "Point"]
    flat = [piece for part in parts for piece in shapely.get_parts(part) if piece.geom_type == "Polygon"]
    return shapely.MultiPolygon(flat)


def _add(area, shape, around, by, source):
    point = shape.representative_point()
    return registers.add_location(
        by=by,
        name=area.name,
        level=area.level,
        parent=around,
        pcode=area.code[:20] if area.level != LocationLevel.COUNTRY else "",
        iso=area.country_iso if area.level == LocationLevel.COUNTRY else "",
        latitude=round(point.y, DECIMALS),
        longitude=round(point.x, DECIMALS),
        coordinate_basis=CoordinateBasis.CENTROID.value,
        uncertainty_km=_reach(shape, point),
        note=source[:500],
    )


def _reach(shape, point):
    """Kilometres from the point to the farthest corner of the shape."""
    wide = math.cos(math.radians(point.y))
    corners = shapely.get_coordinates(shape.convex_hull)
    return round(max(math.hypot((x - point.x) * wide, y - point.y) for x, y in corners) * _KM_PER_DEGREE, 1)


def _complete(place, shape, by):
    """Give a province or district that came from a list its radius, and a point if it has none.

    Without a radius it is on no map. A point that stands for a seat or was set by hand keeps its radius as it is. Gives
    whether anything was lacking.
    """
    is_middle = place.coordinate_basis in (CoordinateBasis.NONE, CoordinateBasis.CENTROID)
    if place.level == LocationLevel.COUNTRY or place.uncertainty_km is not None or not is_middle:
        return False
    before = traces.snapshot(place)
    if place.latitude is None:
        point = shape.representative_point()
        place.latitude, place.longitude = (Decimal(f"{degrees:.{DECIMALS}f}") for degrees in (point.y, point.x))
        place.coordinate_basis = CoordinateBasis.CENTROID.value
    place.uncertainty_km = Decimal(str(_reach(shape, shapely.Point(float(place.longitude), float(place.latitude)))))
    traces.save_changed(place, before, by=by)
    return True


def _draw(place, shape, loaded, by, source, licence):
    outline = _text(shape)
    sha256 = hashlib.sha256(outline.encode()).hexdigest()
    known = LocationArea.objects.filter(location=place).first()
    if known and known.sha256 == sha256:
        loaded.same += 1
        return
    (loaded.redrawn if known else loaded.drawn).append(place.name)
    west, south, east, north = shape.bounds
    row = LocationArea(
        location=place,
        outline=outline,
        drawn=_text(_polygons(shapely.simplify(shape, COARSE))),
        west=west,
        south=south,
        east=east,
        north=north,
        sha256=sha256,
        source=names.clean(source),
        licence=names.clean(licence),
        loaded_at=timezone.now(),
    )
    row.full_clean(validate_unique=False)
    row.save()
    Change.objects.create(
        model="location",
        object_uid=place.uid,
        field="outline",
        before={"sha256": known.sha256, "source": known.source} if known else None,
        after={"sha256": sha256, "source": row.source},
        by=by,
    )


def _text(shape):
    rings = [
        [
            [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shape.geoms
    ]
    return orjson.dumps({"type": "MultiPolygon", "coordinates": rings}).decode()


def _shape(text):
    return shapely.from_geojson(text)
