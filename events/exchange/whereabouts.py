"""Whether the coordinates of a row can lie in the country that it names, Afghanistan or Pakistan, by our own outlines.

Near the border nothing is said: data sets place what happened there on either side, and outlines differ by some kilometres.
"""

from functools import cache

import shapely

from events import boundaries
from events.tongue import gettext

COUNTRIES = ("Afghanistan", "Pakistan")
NEAR = 0.25  # degrees, some 25 km


def doubt(country, latitude, longitude):
    """A sentence on what is odd about a point in degrees, or ""; other countries are not known here."""
    if country not in COUNTRIES or latitude is None or _is_in(country, latitude, longitude):
        return ""
    if _is_in(country, longitude, latitude):
        said = gettext("The point lies outside %(country)s; latitude and longitude seem to have changed places.")
        return said % {"country": country}
    other = next((one for one in COUNTRIES if one != country and _is_in(one, latitude, longitude)), "")
    if other:
        said = gettext("The point lies in %(other)s, far from %(country)s; correct the country or the coordinates.")
        return said % {"other": other, "country": country}
    return gettext("The point lies far outside %(country)s; correct one of the two.") % {"country": country}


def _is_in(country, latitude, longitude):
    return shapely.dwithin(_shapes()[country], shapely.Point(longitude, latitude), NEAR)


@cache
def _shapes():
    found = {}
    for one in boundaries.geometries()["countries"]:
        if one["name"] in COUNTRIES:
            rings = [boundaries.along(ring, boundaries.arcs()) for ring in one["rings"]]
            found[one["name"]] = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])
    shapely.prepare(list(found.values()))
    return found
