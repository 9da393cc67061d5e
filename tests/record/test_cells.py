"""Cells of the map, counted by hand on a small made-up world."""

from math import ceil

import pytest

from events.models.edition import PublishedIncident
from events.record import cells
from events.record.parameters import Box
from tests.record import rows

pytestmark = pytest.mark.django_db
WHOLE = Box(62, 24, 78, 39)


def _at(longitude, latitude, precision="settlement", uncertainty=2.0, **more):
    return rows.incident(
        longitude=longitude, latitude=latitude, location_precision=precision, uncertainty_km=uncertainty, **more
    )


def _cells(box=None, zoom=None):
    return cells.of(PublishedIncident.objects.all(), box, zoom)


def test_incidents_are_counted_where_they_are():
    country = rows.place("Testland", level="country")
    province = rows.place("Test Province", level="province", parent=country)
    towns = [rows.place(name, level="settlement", parent=province) for name in ("Onetown", "Twotown", "Fartown")]
    _at(70.1, 33.1, at=towns[0], killed_low=3, killed_best=3, killed_high=3)
    _at(70.2, 33.2, at=towns[1], killed_low=1, killed_high=9)
    far = _at(66.0, 30.0, at=towns[2], title="A lone incident")

    found = _cells(WHOLE, zoom=6)

    assert (found.size, found.chosen, found.total, found.unmapped) == (1.0, 3, 3, 0)
    together, alone = found.cells
    assert (together.incidents, together.place, together.uid) == (2, "Test Province (several places)", "")
    assert (together.killed_low, together.killed_best, together.killed_high) == (4, None, 12)
    assert (together.longitude, together.latitude) == (70.1505, 33.1505)
    assert together.radius_km is None
    assert (alone.incidents, alone.place, alone.uid, alone.title) == (
        1,
        "Fartown, Test Province",
        far.uid,
        "A lone incident",
    )
    assert (alone.longitude, alone.latitude, alone.radius_km, alone.killed_low) == (66.0, 30.0, 2.0, None)


def test_going_nearer_takes_a_cell_apart():
    _at(70.1, 33.1)
    _at(70.2, 33.2)

    assert [cell.incidents for cell in _cells(WHOLE, zoom=6).cells] == [2]
    assert [cell.incidents for cell in _cells(Box(70, 33, 70.3, 33.3), zoom=11).cells] == [1, 1]


def test_a_toll_that_does_not_count_is_not_summed():
    _at(70.1, 33.1, killed_low=8, killed_best=8, killed_high=8, counts_killed=False)
    _at(70.1, 33.1, killed_low=6, killed_best=6, killed_high=6)

    (cell,) = _cells().cells

    assert (cell.incidents, cell.killed_low, cell.killed_high) == (2, 6, 6)


@pytest.mark.parametrize("precision", ["district", "province", "several_provinces", "border_segment", "country"])
def test_a_vague_place_is_an_area_and_never_a_point(precision):
    _at(70.1, 33.1, precision, 25.0)
    _at(70.1, 33.1, "settlement", 2.0)

    found = _cells(Box(70, 33, 70.2, 33.2), zoom=18).cells

    assert {(cell.is_area, cell.radius_km) for cell in found} == {(True, 25.0), (False, 2.0)}


@pytest.mark.parametrize("uncertainty", [None, 0.0])
def test_an_area_of_unknown_size_is_not_on_the_map(uncertainty):
    _at(70.1, 33.1, "district", uncertainty)

    found = _cells(WHOLE, zoom=6)

    assert (found.cells, found.total, found.unmapped) == ([], 0, 1)


def test_areas_that_stand_together_cover_all_their_incidents():
    for number in range(150):
        _at(68 + number % 15 * 0.1, 33 + number // 15 * 0.1, "district", 25.0)

    areas = _cells(WHOLE, zoom=8).cells

    assert len(areas) <= 100
    assert sum(cell.incidents for cell in areas) == 150
    for cell in areas:
        wide = (cell.box.north - cell.box.south) * 111 / 2
        assert cell.radius_km >= 25 + (wide if cell.incidents > 1 else 0)


def test_what_is_counted_and_what_is_not_on_the_map_is_the_whole_selection():
    for number in range(40):
        _at(60 + number / 2, 20 + number / 2, ("settlement", "province")[number % 2], 20.0)
    for _ in range(7):
        rows.incident()

    for zoom in (None, 0, 5, 12):
        found = _cells(zoom=zoom)
        assert (found.chosen, found.total, found.unmapped) == (47, 40, 7)
        assert sum(cell.incidents for cell in found.cells) == 40
    half = _cells(Box(60, 20, 69.9, 40))
    assert (half.chosen, half.total, half.unmapped) == (47, 20, 7)


def test_a_cell_stays_where_it_is_while_the_view_moves():
    for number in range(30):
        _at(69.0 + number * 0.07, 33.0 + number * 0.03)

    views = (Box(67, 31, 73, 36), Box(67.3, 31.2, 73.3, 36.2))
    before, after = ({cell.box: cell for cell in _cells(view, 8).cells} for view in views)

    assert before == after


@pytest.mark.parametrize("zoom", [None, 0, 4, 6, 9, 18])
@pytest.mark.parametrize("box", [None, WHOLE, Box(-180, -90, 180, 90), Box(70, 33, 70.01, 33.01)])
def test_there_are_never_more_cells_than_a_screen_can_show(box, zoom):
    box = box or WHOLE
    for most in cells.MOST.values():
        size = cells.size_for(box, zoom, most) / 1000

        # One more than fits, because the box may begin anywhere in a cell.
        assert (ceil((box.east - box.west) / size) + 1) * (ceil((box.north - box.south) / size) + 1) <= most
    assert sum(cells.MOST.values()) == 500


def test_many_incidents_make_few_cells():
    made = [_at(62 + number % 40 * 0.4, 24 + number // 40 * 0.9) for number in range(640)]

    found = _cells(WHOLE, zoom=18)

    assert len(found.cells) <= 400
    assert sum(cell.incidents for cell in found.cells) == len(made)


@pytest.mark.parametrize("number", [3, 60])
def test_the_queries_are_the_same_for_few_and_many(number, django_assert_num_queries):
    place = rows.place("Onetown", level="settlement")
    for at in range(number):
        _at(70 + at * 0.01, 33.0, "settlement" if at % 2 else "district", 20.0, at=place)

    with django_assert_num_queries(4):
        _cells(WHOLE, zoom=8)


def test_the_box_of_a_cell_holds_its_incidents_and_no_others():
    _at(70.10001, 33.1)
    _at(70.10002, 33.1)
    _at(70.20001, 33.1)
    first = _cells(Box(70, 33, 71, 34), zoom=12).cells[0]

    assert first.incidents == 2
    assert _cells(first.box).total == 2
