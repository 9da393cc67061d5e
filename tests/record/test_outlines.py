"""Outlines that are loaded are drawn instead of circles, never finer than what is published, with whose they are."""

import json

import pytest
from django.http import QueryDict
from django.utils import timezone

from events import basemap, outlines
from events.models.area import LocationArea
from events.models.edition import PublishedIncident
from events.models.location import Location
from events.record import cells, district_lines, small_map
from events.record.parameters import Box
from events.record.selection import Selection
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db
AROUND = Box(69, 32, 72, 35)


def drawn(place, west, south, size=1.0):
    """Gives a place a square outline, in degrees."""
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    text = json.dumps({"type": "MultiPolygon", "coordinates": [[ring]]})
    return LocationArea.objects.create(
        location=place, outline=text, drawn=text, west=west, south=south, east=west + size, north=south + size,
        sha256="0" * 64, source="Made-up survey", licence="made up", loaded_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def world():
    province = rows.place("Test Province", level="province", latitude=33.5, longitude=70.5, coordinate_basis="centroid")
    district = rows.place(
        "Near", level="district", parent=province, latitude=33.5, longitude=70.25, coordinate_basis="seat"
    )
    village = rows.place("Village", level="settlement", parent=district)
    drawn(province, 70.0, 33.0)
    drawn(district, 70.0, 33.25, 0.5)
    return {"province": province, "district": district, "village": village}


def _area(place, precision, longitude=70.25, latitude=33.5, radius=25.0, **more):
    return rows.incident(
        at=place, location_precision=precision, longitude=longitude, latitude=latitude, uncertainty_km=radius, **more
    )


def _outlined():
    return [cell.outline and cell.outline.name for cell in cells.of(PublishedIncident.objects.all(), AROUND, 8).cells]


def test_incidents_known_to_a_district_and_villages_nobody_can_locate_are_drawn_as_its_outline(world):
    _area(world["district"], "district")
    _area(world["village"], "near_settlement", mapped="area")  # the village has no point of its own
    (cell,) = cells.of(PublishedIncident.objects.all(), AROUND, 8).cells
    assert (cell.incidents, cell.outline.name, cell.outline.credit) == (
        2, "Near", "Outlines of areas: Made-up survey (made up).",
    )  # fmt: skip
    assert cell.outline.packed() == [[70000, 33250, 500, 0, 0, 500, -500, 0, 0, -500]]


def test_an_outline_is_never_finer_than_what_is_published(world):
    _area(world["village"], "province", 70.5, 33.5, 60.0)
    assert _outlined() == ["Test Province"]


@pytest.mark.parametrize(
    ("precision", "longitude"), [("several_provinces", 70.3), ("near_settlement", 70.3), ("country", 70.3)]
)
def test_a_circle_of_anything_else_stays_a_circle(world, precision, longitude):
    _area(world["village"], precision, longitude, mapped="area")
    assert _outlined() == [None]


def test_incidents_of_two_districts_that_share_a_point_stay_a_circle(world):
    other = rows.place("Far", level="district", parent=world["province"])
    drawn(other, 70.5, 33.25, 0.5)
    _area(world["district"], "district")
    _area(other, "district")
    assert _outlined() == [None]


def test_without_outlines_there_are_circles(client, world):
    LocationArea.objects.all().delete()
    _area(world["district"], "district")
    page = client.get("/map/").content.decode()
    assert page.count('class="map__area" cx') == 2
    assert "Outlines of areas" not in page and "data-districts" not in page


def test_the_map_draws_names_and_sends_outlines(client, world):
    _area(world["district"], "district", title="Somewhere vague")
    page = client.get("/map/?bbox=69,32,72,35").content.decode()
    assert '<path class="map__area" fill-rule="evenodd"' in page
    assert page.count('class="map__area" cx') == 1  # the sign in the key
    assert "Outlines of areas: Made-up survey (made up)." in page
    assert "Borders as drawn by Natural Earth; no view on their status." in page
    assert 'data-districts="/map/districts.json"' in page
    data = client.get("/map/cells.json").json()
    (cell,) = (dict(zip(data["columns"], values, strict=True)) for values in data["cells"])
    assert cell["outline"] == [[70000, 33250, 500, 0, 0, 500, -500, 0, 0, -500]]


def test_an_outline_too_small_to_see_is_a_mark(client, world):
    _area(world["district"], "district", radius=1.0)
    assert client.get("/map/").content.decode().count('class="map__area" cx') == 2


@pytest.mark.parametrize("number", [1, 12])
def test_the_queries_are_the_same_for_few_and_many_outlines(number, world, django_assert_num_queries):
    for place in range(number):
        district = rows.place(f"District {place}", level="district", parent=world["province"])
        drawn(district, 60 + place, 33)
        _area(district, "district", 60.5 + place)
    with django_assert_num_queries(5):
        found = cells.of(PublishedIncident.objects.all())
    assert sum(bool(cell.outline) for cell in found.cells) == number
    with django_assert_num_queries(3):
        small_map.of(Selection.parse(QueryDict()))


def test_the_page_of_a_place_shows_its_outline_and_whose_it_is(client, world):
    _area(world["district"], "district")
    page = client.get("/locations/near/").content.decode()
    assert "locator__extent--outline" in page and "Outlines of areas: Made-up survey (made up)." in page
    assert 'class="map__area" fill-rule' in page  # the small map
    assert "locator__extent" not in client.get("/locations/village/").content.decode()


def test_the_page_of_an_incident_shows_the_outline_of_its_district(client):
    places = builders.places()
    district = places["district"]
    Location.objects.filter(pk=district.pk).update(
        latitude="33.50000", longitude="70.25000", uncertainty_km=25, coordinate_basis="seat"
    )
    incident = builders.published(location=Location.objects.get(pk=district.pk), location_precision="district")
    address = f"/incidents/{incident.uid}/"
    assert "The circle is as wide" in client.get(address, follow=True).content.decode()
    drawn(district, 70.0, 33.25, 0.5)
    page = client.get(address, follow=True).content.decode()
    assert "locator__extent--outline" in page and "Somewhere within Test District." in page
    assert "Made-up survey (made up)" in page and "The circle is as wide" not in page


def test_lines_of_districts_are_drawn_once_between_neighbours(world):
    LocationArea.objects.all().delete()
    for name, west in (("West", 65.0), ("East", 65.5)):  # far from the line of any country
        drawn(rows.place(name, level="district", parent=world["province"]), west, 33.0, 0.5)
    found = district_lines.within(Box(64, 32, 67, 35))
    assert found["is_whole"] and sorted(name for name, *_ in found["names"]) == ["East", "West"]
    length = sum(abs(step) for line in found["lines"] for step in line[2:])
    assert length == 3500  # seven edges of half a degree, not eight


def test_no_line_of_a_district_runs_beside_that_of_a_country(world):
    line = max(basemap.lines().drawn("frontier"), key=len)
    longitude, latitude = line[len(line) // 2]
    LocationArea.objects.all().delete()
    drawn(world["district"], longitude - 0.01, latitude - 0.01, 0.02)
    found = district_lines.within(Box(longitude - 1, latitude - 1, longitude + 1, latitude + 1))
    assert found["lines"] == [] and len(found["names"]) == 1


def test_too_many_districts_need_a_closer_look(world, monkeypatch):
    monkeypatch.setattr(district_lines, "MOST", 0)
    assert district_lines.within(AROUND) == {"scale": 1000, "lines": [], "names": [], "is_whole": False}


def test_lines_of_districts_are_cached_until_outlines_change(client, world, django_assert_num_queries):
    address = "/map/districts.json?bbox=69,32,72,35"
    first = client.get(address)
    assert first.json()["is_whole"] and "max-age" in first["Cache-Control"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    drawn(rows.place("Far", level="district", parent=world["province"]), 70.5, 33.25, 0.5)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("", "it is missing"), ("?bbox=1,2,3", "is not a box"), ("?bbox=2,1,1,2", "does not lie west")],
)
def test_a_question_for_districts_without_a_sound_box_is_refused(client, query, sentence):
    answer = client.get(f"/map/districts.json{query}")
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"]["bbox"][0]


def test_sources_are_named_once(world):
    assert outlines.credits() == ["Outlines of areas: Made-up survey (made up)."]
