"""Outlines of the usual publishers are read alike, whatever they call names and codes."""

import json

import pytest

from events.exchange import areas
from events.exchange.rows import Problem
from events.exchange.tables import Refused
from tests.exchange.files import put

SQUARE = [[[70.0, 33.0], [71.0, 33.0], [71.0, 34.0], [70.0, 34.0], [70.0, 33.0]]]


def collection(*features):
    made = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": SQUARE} | geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made})


@pytest.mark.parametrize(
    "properties",
    [
        {"ADM2_EN": "Testpur", "ADM2_PCODE": "XX0101", "ADM1_EN": "Testland", "ADM1_PCODE": "XX01", "ADM0_PCODE": "XX"},
        {"district": "Testpur", "code": "XX0101", "province": "Testland", "pcode": "XX01", "iso": "XX"},
        {"NAME_2": "Testpur", "GID_2": "XX0101", "NAME_1": "Testland", "GID_1": "XX01", "iso": "xx"},
    ],
)
def test_names_and_codes_are_found_under_the_words_of_each_publisher(tmp_path, properties):
    (area,) = areas.read(put(tmp_path, collection((properties, {}))), "district")
    assert (area.name, area.code, area.country_iso) == ("Testpur", "XX0101", "XX")
    assert (area.within, area.within_code) == ("Testland", "XX01")
    assert area.polygons == ((tuple(map(tuple, SQUARE[0])),),)


def test_arcs_that_two_areas_share_are_drawn_for_both(tmp_path):
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [70.0, 33.0]},
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
        "objects": {
            "districts": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "East"}},
                ],
            },
            "other": {"type": "GeometryCollection", "geometries": []},
        },
    }
    path = put(tmp_path, json.dumps(topology))
    west, east = areas.read(path, "district", "districts")
    assert west.polygons[0][0] == ((71, 33), (71, 34), (70, 34), (70, 33), (71, 33))
    assert east.polygons[0][0] == ((71, 33), (72, 33), (72, 34), (71, 34), (71, 33))
    with pytest.raises(Refused, match="districts, other; say which"):
        areas.read(path, "district")


@pytest.mark.parametrize(
    ("properties", "geometry", "sentence"),
    [
        ({"colour": "red"}, {}, "No member of it is a name."),
        ({"name": "Line"}, {"type": "LineString", "coordinates": [[70, 33], [71, 34]]}, "is no polygon"),
        ({"name": "Nothing"}, {"coordinates": []}, "is no polygon"),
    ],
)
def test_an_outline_that_cannot_be_taken_is_a_problem_of_its_own(tmp_path, properties, geometry, sentence):
    problem, area = areas.read(put(tmp_path, collection((properties, geometry), ({"name": "Right"}, {}))), "province")
    assert isinstance(problem, Problem)
    assert (problem.line, sentence in problem.sentence) == (1, True)
    assert area.name == "Right"


@pytest.mark.parametrize(("text", "sentence"), [("{", "no JSON"), ("[]", "neither"), ('{"type":"Point"}', "neither")])
def test_a_file_of_something_else_is_refused(tmp_path, text, sentence):
    with pytest.raises(Refused, match=sentence):
        areas.read(put(tmp_path, text), "district")
