"""The page of the map without a browser: the picture, the list, what it refuses, and its data."""

import re

import pytest

from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db


def _at(longitude, latitude, precision="settlement", uncertainty=2.0, **more):
    return rows.incident(
        longitude=longitude, latitude=latitude, location_precision=precision, uncertainty_km=uncertainty, **more
    )


@pytest.fixture
def world():
    town, district = rows.place("Onetown", level="settlement"), rows.place("Vague District", level="district")
    return [
        *(
            _at(70.1, 33.1, at=town, title=f"Strike {number}", killed_low=2, killed_best=2, killed_high=2)
            for number in (1, 2)
        ),
        _at(68.0, 32.0, "district", 25.0, at=district, title="Somewhere vague"),
        rows.incident("Nowhere to be found", at=rows.place("Wideland", level="country")),
    ]


def test_without_javascript_the_picture_and_the_list_say_it(client, world):
    page = client.get("/map/").content.decode()

    assert "<strong>3 incidents</strong>" in page
    assert "Onetown: 2 incidents" in page and "4 killed" in page
    assert "Somewhere vague" in page and "somewhere within 25 km" in page
    assert "1 incident not on the map" in page and "Wideland 1" in page
    assert page.count('class="map__cell" cx') == 2  # one mark, and the sign in the key
    assert "Borders as drawn by Natural Earth; no view on their status." in page


def test_every_list_that_the_map_leads_to_holds_what_it_says(client, world):
    page = client.get("/map/").content.decode()
    for text, number in (("Onetown: 2 incidents", 2), ("as a list", 3), ("1 incident not on the map", 1)):
        address = re.search(rf'href="([^"]+)"[^>]*>{text}', page).group(1).replace("&amp;", "&")

        assert f"<strong>{number} incident" in client.get(address).content.decode(), text


def test_a_vague_place_is_drawn_as_an_area_only(client, world):
    for address in ("/map/?q=vague", "/map/?q=vague&bbox=67.9,31.9,68.1,32.1"):
        page = client.get(address).content.decode()

        assert page.count('class="map__area" cx') == 2  # the area, and the sign in the key
        assert page.count('class="map__cell" cx') == 1  # the sign in the key


def test_the_view_holds_what_lies_in_the_box(client, world):
    page = client.get("/map/?bbox=69,32.5,71,34").content.decode()

    assert "<strong>2 incidents</strong>" in page
    assert "Somewhere vague" not in page
    assert "Within 69–71° E, 32.5–34° N" in page


def test_an_empty_view_and_an_empty_selection_say_how_to_widen(client, world):
    assert "No incident in this view" in client.get("/map/?bbox=10,10,11,11").content.decode()
    assert "No incident fits this selection" in client.get("/map/?q=nothing-like-this").content.decode()
    assert "data-live" not in client.get("/map/?q=nothing-like-this").content.decode()


def test_a_map_of_an_empty_record_is_a_page(client):
    assert client.get("/map/").status_code == 200
    assert client.get("/map/cells.json").json()["cells"] == []


@pytest.mark.parametrize("query", ["zoom=abc", "zoom=-1", "zoom=19", "zoom=1.5", "zoom=5&zoom=6", "size=1", "after=x"])
def test_data_that_are_asked_for_wrongly_are_refused_with_a_sentence(client, world, query):
    for address in ("/map/cells.json", "/map/view/"):
        answer = client.get(f"{address}?{query}")

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert {"type", "title", "status", "detail", "instance", "errors"} == set(problem)
        assert all(told.endswith((".", "?")) for sentences in problem["errors"].values() for told in sentences)


def test_the_page_takes_no_zoom(client):
    assert client.get("/map/?zoom=5").status_code == 400


def test_the_data_name_their_columns(client, world):
    answer = client.get("/map/cells.json?bbox=62,24,78,39&zoom=6").json()
    cells = [dict(zip(answer["columns"], cell, strict=True)) for cell in answer["cells"]]

    assert (answer["size"], answer["selected"], answer["total"], answer["unmapped"]) == (1.0, 4, 3, 1)
    assert [(cell["place"], cell["incidents"], cell["is_area"]) for cell in cells] == [
        ("Onetown", 2, False),
        ("Vague District", 1, True),
    ]
    assert (cells[0]["longitude"], cells[0]["latitude"], cells[0]["uid"]) == (70.1, 33.1, None)
    assert cells[1]["uid"] == world[2].shown_uid


def test_no_coordinates_are_finer_than_published(client):
    """The desk knows the town to the metre; of the incident only the district is known, which has its own middle."""
    places = builders.places()
    district = places["district"]
    district.latitude, district.longitude, district.uncertainty_km = 33.5, 70.5, 20
    district.coordinate_basis = "centroid"
    district.save()
    builders.published(location=places["town"], location_precision="district")
    builders.published(location=places["province"], location_precision="province")

    answer = client.get("/map/cells.json?zoom=18&bbox=69,32,71,34").json()
    page = client.get("/map/?bbox=69.99,32.99,70.01,33.01").content.decode()

    assert [cell[:3] for cell in answer["cells"]] == [[70.5, 33.5, 1]]
    assert "<strong>0 incidents</strong>" in page
    assert answer["unmapped"] == 1


@pytest.mark.parametrize("address", ["/map/", "/map/view/?zoom=7", "/map/cells.json?zoom=7"])
def test_queries_do_not_grow_with_the_record(client, address, django_assert_max_num_queries, world):
    client.get(address)  # what is cached once in each process
    for number in range(30):
        _at(66 + number / 5, 30 + number / 5, at=world[0].location)

    with django_assert_max_num_queries(12):
        client.get(address)


def test_outlines_are_sent_small_and_once(client):
    first = client.get("/map/outlines.json", headers={"Accept-Encoding": "gzip"})
    again = client.get("/map/outlines.json", headers={"If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=86400"}
    assert len(first.content) <= 20 * 1024
    assert again.status_code == 304


def test_the_slider_runs_over_the_months_of_the_record(client):
    rows.incident(day="2024-03-18")
    rows.incident(day="2025-12-01")

    page = client.get("/map/?date_from=2024-06-10").content.decode()

    assert f'data-first="{2024 * 12 + 2}" data-last="{2025 * 12 + 11}"' in page
    assert f'value="{2024 * 12 + 5}" aria-label="From month"' in page


@pytest.mark.parametrize(
    ("precision", "uncertainty", "has_map", "has_point"),
    [("settlement", 20, True, True), ("province", 80, True, False), ("province", None, False, False)],
)
def test_the_page_of_an_incident_draws_its_place_no_finer_than_known(
    client, precision, uncertainty, has_map, has_point
):
    level = "settlement" if precision == "settlement" else "province"
    country = builders.location("Testland", level="country", parent=None)
    place = builders.location(
        "Somewhere",
        level=level,
        parent=country,
        latitude=33,
        longitude=70,
        uncertainty_km=uncertainty,
        coordinate_basis="settlement" if level == "settlement" else "centroid",
    )
    incident = builders.published(location=place, location_precision=precision)

    page = client.get(f"/incidents/{incident.shown_uid}/").text

    assert ("locator__map" in page) is has_map
    assert ("locator__extent" in page) is has_map
    assert ("locator__point" in page) is has_point
