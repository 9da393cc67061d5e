"""Outlines of countries, provinces and districts from GeoJSON or TopoJSON, as the usual publishers write them.

The names of the members differ by publisher: OCHA's common data sets (ADM2_EN, ADM2_PCODE), geoBoundaries (shapeName,
shapeISO), extracts of OpenStreetMap and plain files (name, code). Whatever is read is degrees on WGS 84.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from events.choices import LocationLevel
from events.exchange.rows import Problem
from events.exchange.tables import Refused
from events.tongue import gettext

PROPERTIES, OUTLINE = "properties", "geometry"  # members of a feature
LARGEST = 256 * 1024**2  # bytes; the whole file has to be read before the first outline
_LEVELS = (LocationLevel.COUNTRY, LocationLevel.PROVINCE, LocationLevel.DISTRICT)
_NUMBER = {level: number for number, level in enumerate(_LEVELS)}
_PLAIN = {
    LocationLevel.COUNTRY: ("country", "name"),
    LocationLevel.PROVINCE: ("province", "name"),
    LocationLevel.DISTRICT: ("district", "name"),
}
_PLAIN_CODES = {
    LocationLevel.COUNTRY: ("iso", "code"),
    LocationLevel.PROVINCE: ("code", "pcode", "iso_3166_2"),
    LocationLevel.DISTRICT: ("code", "pcode", "dcode"),
}


@dataclass(frozen=True)
class Area:
    """One outline. `polygons` are lists of rings, the outer one first, of (longitude, latitude).

    `code` and `within_code` are whatever the file calls the area and the coarser one around it, "" if nothing.
    """

    number: int  # of the outline in the file, from 1
    level: str
    name: str
    code: str
    country_iso: str
    within: str  # the name of the coarser area around it
    within_code: str
    polygons: tuple


def read(path, level, layer=""):
    """List of Area or Problem, in the order of the file. `layer` names the object of a TopoJSON that has several.

    Raises Refused when it is no such file.
    """
    path, level = Path(path), LocationLevel(level)
    if path.stat().st_size > LARGEST:
        said = gettext("The file has more than %(most)d MB; simplify the outlines first.")
        raise Refused(0, "", path.name, said % {"most": LARGEST // 1024**2})
    try:
        held = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        said = gettext("This is no JSON (%(error)s). Choose a file of GeoJSON or TopoJSON.")
        raise Refused(0, "", path.name, said % {"error": error}) from error
    kind = held.get("type") if isinstance(held, dict) else None
    if kind not in ("FeatureCollection", "Topology"):
        raise Refused(0, "type", str(kind), gettext("This is neither a FeatureCollection nor a Topology."))
    features = _of_topology(held, layer) if kind == "Topology" else _of_collection(held)
    return [_area(number, level, *feature) for number, feature in enumerate(features, start=1)]


def _of_collection(held):
    for feature in held.get("features") or ():
        geometry = feature.get("geometry") or {}
        yield feature.get("properties") or {}, geometry.get("type"), geometry.get("coordinates")


def _of_topology(held, layer):
    objects = held.get("objects") or {}
    if layer not in objects and len(objects) != 1:
        said = gettext("The file has the layers %(layers)s; say which one to take.")
        raise Refused(0, "objects", layer, said % {"layers": ", ".join(objects)})
    arcs = [_line(arc, held.get("transform")) for arc in held.get("arcs") or ()]
    for geometry in objects.get(layer, next(iter(objects.values())))["geometries"]:
        polygons = geometry.get("arcs") if geometry.get("type") == "MultiPolygon" else [geometry.get("arcs")]
        drawn = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons or () if polygon]
        yield geometry.get("properties") or {}, "MultiPolygon", drawn


def _line(arc, transform):
    """An arc in degrees; with a transform it is stored as steps on a grid."""
    if transform is None:
        return [tuple(point[:2]) for point in arc]
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        line.append((x * scale_x + from_x, y * scale_y + from_y))
    return line


def _ring(numbers, arcs):
    """One ring along arcs; ~n is arc n run backwards, and neighbours share a point."""
    ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def _area(number, level, properties, kind, coordinates):
    """An Area, or the Problem for which the outline is passed over."""
    told = {str(key).lower(): value for key, value in properties.items() if isinstance(value, str | int)}
    name = _first(told, *_members(level, "name"))
    if not name:
        found = ", ".join(sorted(properties))[:80]
        return Problem(number, PROPERTIES, found, gettext("No member of it is a name."))
    if kind not in ("Polygon", "MultiPolygon") or not coordinates:
        said = gettext("The outline of “%(name)s” is no polygon.")
        return Problem(number, OUTLINE, str(kind), said % {"name": name})
    polygons = [coordinates] if kind == "Polygon" else coordinates
    around = _LEVELS[_NUMBER[level] - 1] if _NUMBER[level] else None
    return Area(
        number=number,
        level=level.value,
        name=name,
        code=_first(told, *_members(level, "code")),
        country_iso=_first(told, "iso", "adm0_pcode", "iso_a2", "country_iso")[:2].upper(),
        within=_first(told, *_members(around, "name", is_around=True)) if around else "",
        within_code=_first(told, *_members(around, "code", is_around=True)) if around else "",
        polygons=tuple(tuple(tuple((x, y) for x, y, *_ in ring) for ring in polygon) for polygon in polygons),
    )


def _members(level, what, *, is_around=False):
    """The members that may hold the name or the code of a level, the surest first."""
    number = _NUMBER[level]
    if what == "name":
        sure = (f"adm{number}_en", f"adm{number}_name", f"admin{number}name_en", f"name_{number}")
        return (*sure, level.value) if is_around else (*sure, "shapename", *_PLAIN[level])
    sure = (f"adm{number}_pcode", f"admin{number}pcode", f"gid_{number}")
    if is_around:
        return (*sure, "prov" if level == LocationLevel.PROVINCE else "iso", "pcode")
    return (*sure, "shapeiso", *_PLAIN_CODES[level])


def _first(told: Mapping, *names):
    return next((" ".join(str(told[name]).split()) for name in names if told.get(name) not in (None, "")), "")
