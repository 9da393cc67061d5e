"""The outlines of the map: few, small, the line of the two countries apart, and nothing of it lost."""

import gzip
import json

from events import basemap, boundaries


def test_the_lines_are_small_enough_to_load_at_once():
    sent = gzip.compress(json.dumps(basemap.packed(), separators=(",", ":")).encode(), 9)

    assert len(sent) <= 20 * 1024


def test_the_line_between_afghanistan_and_pakistan_is_one_line_and_no_border_repeats_it():
    lines = basemap.lines()
    (frontier,) = lines.drawn("frontier")
    ends = sorted((frontier[0], frontier[-1]))

    assert ends[0][0] < 61 and ends[0][1] < 30  # where Iran begins
    assert ends[1][0] > 74 and ends[1][1] > 36.5  # where China begins
    inner = set(frontier[1:-1])
    assert not any(inner & set(line) for line in lines.drawn("borders"))


def test_the_two_countries_are_closed_rings_of_the_lines():
    rings = basemap.lines().rings()

    assert len(rings) == 2
    assert all(ring[0] == ring[-1] for ring in rings)
    assert all(set(basemap.lines().drawn("frontier")[0]) <= set(ring) for ring in rings)


def test_the_borders_of_the_two_countries_are_whole():
    arcs, countries = boundaries.arcs(), boundaries.geometries()["countries"]
    wanted = boundaries.used([one for one in countries if one["name"] in basemap.HOME])
    drawn = {point for kind in ("frontier", "borders") for line in basemap.lines().drawn(kind) for point in line}

    assert {point for number in wanted for point in arcs[number]} <= drawn


def test_every_border_of_a_province_is_drawn_once():
    arcs, found = boundaries.arcs(), boundaries.geometries()
    wanted = boundaries.used(found["provinces"]) - boundaries.used(found["countries"])
    drawn = [point for line in basemap.lines().drawn("provinces") for point in line]

    assert {point for number in wanted for point in arcs[number]} == set(drawn)
    assert len(drawn) <= sum(len(arcs[number]) for number in wanted)
