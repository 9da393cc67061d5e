"""Outlines of places: loaded once, found by point, and a place whose point lies elsewhere is noticed."""

import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from events.desk import areas, lints
from events.exchange.areas import Area
from events.models.area import LocationArea
from events.models.change import Change
from events.models.location import Location
from tests import builders

pytestmark = pytest.mark.django_db
SOURCE = {"source": "Made-up survey", "licence": "made up"}


def square(name, level, west, south, size=1.0, **told):
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
    told = {"number": 1, "code": "", "country_iso": "", "within": "", "within_code": ""} | told
    return Area(level=level, name=name, polygons=((tuple(ring),),), **told)


@pytest.fixture
def country(db):
    return builders.location("Testland", level="country", iso="XX", parent=None)


@pytest.fixture
def province(country):
    return builders.location(
        "Upper Test",
        level="province",
        parent=country,
        iso="XX-UP",
        aliases=[{"text": "Aali Test", "kind": "transliteration"}],
    )


@pytest.fixture
def outlines(province, editor):
    areas.load([square("Testland", "country", 70, 30, 4, code="XX")], by=editor, **SOURCE)
    areas.load([square("AALI TEST", "province", 70, 30, 2, country_iso="XX")], by=editor, **SOURCE)
    found = [square("Near", "district", 70, 30), square("Far", "district", 71, 31, code="XX-99")]
    return areas.load(found, by=editor, **SOURCE)


def test_known_places_get_their_outline_by_code_or_any_name_and_new_ones_are_added_where_they_lie(outlines, province):
    assert outlines.added == ["Near", "Far"]
    assert {area.location.name for area in LocationArea.objects.all()} == {"Testland", "Upper Test", "Near", "Far"}
    near = Location.objects.get(name="Near")
    assert (near.province, near.country.name, near.coordinate_basis) == (province, "Testland", "centroid")
    assert 70 < near.longitude < 71
    assert 60 < near.uncertainty_km < 80  # half the diagonal of a degree there
    assert Change.objects.filter(object_uid=near.uid, field="outline").count() == 1


def test_loading_again_changes_nothing_and_keeps_what_editors_set(outlines, editor):
    Location.objects.filter(name="Near").update(latitude="30.11111", note="set by hand")
    before = Change.objects.count()
    again = areas.load([square("Near", "district", 70, 30)], by=editor, **SOURCE)
    assert (again.same, again.added, again.drawn, again.redrawn) == (1, [], [], [])
    assert Change.objects.count() == before
    other = areas.load([square("Near", "district", 70, 30, 0.9)], by=editor, **SOURCE)
    assert other.redrawn == ["Near"]
    assert str(Location.objects.get(name="Near").latitude) == "30.11111"


def test_a_district_that_came_from_a_list_gets_the_radius_without_which_it_is_on_no_map(province, editor):
    middle = {"latitude": 30.4, "longitude": 70.5, "coordinate_basis": "centroid"}
    listed = builders.location("Near", level="district", parent=province, **middle)
    bare = builders.location("Far", level="district", parent=province)
    seat = builders.location("Seat", level="district", parent=province, **middle | {"coordinate_basis": "seat"})
    corners = {"Near": (70, 30), "Far": (71, 31), "Seat": (70, 31)}
    every = [square(name, "district", *at, within_code="XX-UP") for name, at in corners.items()]

    assert areas.load(every, by=editor, **SOURCE).completed == 2

    for place in (listed, bare, seat):
        place.refresh_from_db()
    assert (float(listed.latitude), float(listed.longitude), listed.version) == (30.4, 70.5, 2)
    assert 70 < listed.uncertainty_km < 90  # to the farthest corner
    assert (bare.coordinate_basis, 71 < bare.longitude < 72, bare.uncertainty_km > 60) == ("centroid", True, True)
    assert seat.uncertainty_km is None
    assert Change.objects.filter(object_uid=listed.uid, field="uncertainty_km", by=editor).count() == 1
    before = Change.objects.count()
    areas.load(every, by=editor, **SOURCE)
    assert Change.objects.count() == before


def test_a_point_is_found_in_its_areas_with_one_query(outlines, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = areas.at(31.5, 71.5)
    assert {level: place.name for level, place in found.items()} == {
        "country": "Testland",
        "province": "Upper Test",
        "district": "Far",
    }
    assert areas.at(10, 10) == {}
    assert areas.Finder().at(31.5, 71.5) == found


def test_a_hole_and_a_bow_tie_are_no_obstacle(country, editor):
    ring = ((70, 30), (74, 30), (74, 34), (70, 34), (70, 30))
    hole = ((71, 31), (72, 31), (72, 32), (71, 32), (71, 31))
    bow = ((75, 30), (76, 31), (76, 30), (75, 31), (75, 30))
    area = Area(1, "country", "Testland", "XX", "XX", "", "", ((ring, hole), (bow,)))
    areas.load([area], by=editor, **SOURCE)
    assert areas.at(33, 73)["country"] == country
    assert areas.at(31.5, 71.5) == {}
    assert areas.at(30.5, 75.9)["country"] == country


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        (square("Nowhere", "district", 10, 10), "It is not known in which province “Nowhere” lies"),
        (square("Metres", "district", 500_000, 3_000_000), "not in degrees"),
        (
            Area(1, "district", "Flat", "", "", "", "", ((((70, 30), (71, 30), (70, 30), (70, 30)),),)),
            "encloses nothing",
        ),
    ],
)
def test_an_outline_that_cannot_be_placed_is_passed_over_with_a_sentence(outlines, editor, area, sentence):
    loaded = areas.load([area, square("Near", "district", 70, 30)], by=editor, **SOURCE)
    assert sentence in loaded.problems[0].sentence
    assert loaded.same == 1


def test_only_editors_load(analyst):
    with pytest.raises(PermissionDenied):
        areas.load([], by=analyst, **SOURCE)


def test_a_place_whose_point_lies_in_another_district_is_noticed(outlines, editor):
    near = Location.objects.get(name="Near")
    where = {"coordinate_basis": "settlement", "level": "settlement", "parent": near}
    wrong = builders.location("Testabad", latitude=31.5, longitude=71.5, **where)
    right = builders.location("Testgarh", latitude=30.5, longitude=70.5, **where)
    assert areas.misplaced(wrong) == ("Testabad", "Near", "Far")
    assert areas.misplaced(right) is None
    incident = builders.draft(editor, location=wrong, location_precision="settlement")
    (lint,) = [lint for lint in lints.of(incident) if lint.code == "point_elsewhere"]
    assert "Testabad in Near, but its coordinates lie in Far" in lint.sentence


def test_the_command_says_what_it_did_and_what_it_passed_over(province, tmp_path):
    ring = [[70, 30], [72, 30], [72, 32], [70, 32], [70, 30]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "iso": iso},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for name, iso in (("Upper Test", "XX"), ("Elsewhere", "YY"))
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    said, warned = StringIO(), StringIO()
    call_command("load_boundaries", path, level="province", stdout=said, stderr=warned, **SOURCE)
    assert "1 drawn, 0 replaced, 0 the same, 0 places added, 1 passed over" in said.getvalue()
    assert "outline 2: It is not known in which country “Elsewhere” lies" in warned.getvalue()
    with pytest.raises(CommandError):
        call_command("load_boundaries", tmp_path / "none.json", level="province", **SOURCE)


def _typed(**changes):
    given = {
        "name": "Testabad", "level": "settlement", "parent": "Near", "latitude": "30.5", "longitude": "70.5",
        "coordinate_basis": "settlement", "entry_key": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize(
    ("longitude", "latitude", "sentences"),
    [
        ("70.5", "30.5", ["coordinates lie in Near, Upper Test, Testland."]),
        (
            "71.5",
            "31.5",
            ["coordinates lie in Far, Upper Test, Testland.", "The entry says Near: check the coordinates"],
        ),
        ("10", "10", []),
    ],
)
def test_whoever_saves_a_place_is_told_where_its_coordinates_lie(
    client, outlines, editor, longitude, latitude, sentences
):
    client.force_login(editor)
    answer = client.post("/desk/locations/new/", _typed(longitude=longitude, latitude=latitude), follow=True)
    page = answer.content.decode()
    assert "“Testabad” is in the register." in page
    assert [sentence for sentence in sentences if sentence in page] == sentences
    assert ("By the outlines" in page) == bool(sentences)
    assert ("The entry says" in page) == (len(sentences) > 1)


def test_the_form_of_a_place_says_where_its_coordinates_lie(client, outlines, editor):
    where = {"parent": Location.objects.get(name="Near"), "coordinate_basis": "settlement"}
    wrong = builders.location("Testabad", latitude=31.5, longitude=71.5, **where)
    client.force_login(editor)
    page = client.get(f"/desk/locations/{wrong.shown_uid}/edit/").content.decode()
    assert "notice--warn" in page and "coordinates lie in Far, Upper Test, Testland. The entry says Near" in page
    page = client.post("/desk/locations/new/", _typed(name="")).content.decode()
    assert "coordinates lie in Near, Upper Test, Testland." in page and "The entry says" not in page
