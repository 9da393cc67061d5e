"""How finely a public place is drawn."""

import pytest

from events.rules import places


def at(basis, uncertainty=5, latitude=33.0):
    return {"latitude": latitude, "longitude": 70.0, "uncertainty_km": uncertainty, "coordinate_basis": basis}


@pytest.mark.parametrize(
    ("place", "precision", "shown"),
    [
        (at("settlement"), "settlement", "point"),
        (at("settlement", uncertainty=None), "near_settlement", "point"),
        (at("site"), "site", "point"),
        (at("seat", uncertainty=25), "near_settlement", "area"),  # the district around a settlement nobody located
        (at("settlement"), "district", "area"),
        (at("centroid", uncertainty=90), "province", "area"),
        (at("centroid", uncertainty=None), "province", "no"),
        (at("seat", uncertainty=None), "settlement", "no"),
        (at("none", latitude=None), "settlement", "no"),
        ({}, "settlement", "no"),
        (None, "", "no"),
    ],
)
def test_a_place_is_drawn_no_finer_than_it_is_known(place, precision, shown):
    assert places.mapped(place, precision) == shown
