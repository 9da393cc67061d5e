"""The outlines that come with the tracker: TopoJSON decoded once in each process, as lines and points in degrees."""

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

NOTE = "Borders as drawn by Natural Earth; no view on their status."
_FILE = Path(__file__).resolve().parent.parent / "data" / "boundaries" / "region_ne_publicdomain.topojson"


@dataclass(frozen=True)
class Outlines:
    """Lines are tuples of (longitude, latitude). A line between two countries or two provinces stands here once."""

    borders: tuple  # of countries, coasts included
    province_borders: tuple  # those that are no border of a country
    provinces: tuple  # (name, (longitude, latitude) of the middle of its extent)


@cache
def outlines():
    lines, countries, provinces = arcs(), geometries()["countries"], geometries()["provinces"]
    of_countries, of_provinces = used(countries), used(provinces)
    return Outlines(
        borders=tuple(part for index in sorted(of_countries) for part in without_frame(lines[index], frame())),
        province_borders=tuple(lines[index] for index in sorted(of_provinces - of_countries)),
        provinces=tuple((one["name"], _middle(one, lines)) for one in provinces),
    )


@cache
def arcs():
    """Every arc of the file as a tuple of (longitude, latitude)."""
    topology = _topology()
    return tuple(_degrees(arc, topology["transform"]) for arc in topology["arcs"])


@cache
def geometries():
    """{"countries": [{"name", "rings"}], "provinces": …}: a ring is a list of numbers of arcs, ~n is arc n backwards."""
    return {
        kind: [{"name": one["properties"]["name"], "rings": list(_rings(one["arcs"]))} for one in held["geometries"]]
        for kind, held in _topology()["objects"].items()
    }


@cache
def frame():
    """(west, east, south, north) of the cut-out."""
    xs, ys = ([point[axis] for line in arcs() for point in line] for axis in (0, 1))
    return min(xs), max(xs), min(ys), max(ys)


@cache
def _topology():
    return json.loads(_FILE.read_text(encoding="utf-8"))


def _degrees(arc, transform):
    """One arc, stored as steps on a grid, in degrees."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((round(x * scale_x + from_x, 5), round(y * scale_y + from_y, 5)))
    return tuple(line)


def along(indexes, arcs):
    """One line along arcs; ~n is arc n run backwards, and neighbours share a point."""
    line = []
    for index in indexes:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        line.extend(points[1:] if line else points)
    return tuple(line)


def used(found):
    """The numbers of the arcs that the geometries are made of."""
    return {index if index >= 0 else ~index for one in found for ring in one["rings"] for index in ring}


def _rings(nested):
    if isinstance(nested[0], int):
        yield nested
    else:
        for part in nested:
            yield from _rings(part)


def without_frame(line, frame):
    """The line without what runs along the edge of the cut-out: nothing ends there but the file."""
    west, east, south, north = frame
    part = line[:1]
    for before, after in pairwise(line):
        on_edge = before[0] == after[0] in (west, east) or before[1] == after[1] in (south, north)
        if on_edge:
            yield from [part] if len(part) > 1 else []
            part = (after,)
        else:
            part += (after,)
    yield from [part] if len(part) > 1 else []


def _middle(geometry, lines):
    points = [point for index in used([geometry]) for point in lines[index]]
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
