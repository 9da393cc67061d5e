"""A small map that shows where a place lies: its point, how uncertain that is, and the outlines around it, as SVG."""

from dataclasses import dataclass
from math import cos, hypot, radians

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import boundaries, strokes

WIDTH, HEIGHT = 360, 240
_HALF_WIDTH_KM = 160  # far enough to know the region by its borders
_KM_PER_DEGREE = 111.32
_LONGEST_BAR = 110
_POINT = 3.5  # pixels; a smaller circle of uncertainty disappears behind it


@dataclass(frozen=True)
class Frame:
    """What the map shows: pixels per kilometre around a point; lengths are true at its latitude."""

    longitude: float
    latitude: float
    scale: float

    def at(self, point):
        east = (point[0] - self.longitude) * _KM_PER_DEGREE * cos(radians(self.latitude))
        north = (point[1] - self.latitude) * _KM_PER_DEGREE
        return WIDTH / 2 + east * self.scale, HEIGHT / 2 - north * self.scale


def svg_of(place, outline=None):
    """The map of a Location with coordinates or an Outline; None for one without either."""
    if outline:
        return _around(place, outline)
    if place.latitude is None:
        return None
    return svg(float(place.longitude), float(place.latitude), float(place.uncertainty_km or 0))


def _around(place, outline):
    """The map of an area by its own outline, in the middle of the map; its point would be nobody's place."""
    west, south, east, north = outline.box
    longitude, latitude = (west + east) / 2, (south + north) / 2
    reach = hypot((east - west) * cos(radians(latitude)), north - south) / 2 * _KM_PER_DEGREE
    return svg(longitude, latitude, reach * 0.8, is_area=True, outline=outline)


def svg(longitude, latitude, uncertainty_km, *, is_area=False, outline=None):
    """The map around a point; of an area only the outline or the circle is drawn: the point in its middle is no place."""
    frame = _frame(longitude, latitude, uncertainty_km)
    extent, lines = uncertainty_km * frame.scale, boundaries.outlines()
    centre = f'cx="{WIDTH / 2}" cy="{HEIGHT / 2}"'
    drawn = [
        f'<path class="locator__province" d="{strokes.path(lines.province_borders, frame.at, (WIDTH, HEIGHT))}"/>',
        f'<path class="locator__border" d="{strokes.path(lines.borders, frame.at, (WIDTH, HEIGHT))}"/>',
        *_names(lines.provinces, frame),
        _extent_of(outline, frame)
        or (f'<circle class="locator__extent" {centre} r="{extent:.1f}"/>' if extent > _POINT else ""),
        "" if is_area else f'<circle class="locator__point" {centre} r="{_POINT}"/>',
        _scale_bar(frame),
    ]
    return SafeString(
        f'<svg class="locator__map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(drawn)}</svg>'
    )


def _extent_of(outline, frame):
    if outline is None:
        return ""
    drawn = "".join(strokes.ring(ring, frame.at) for ring in outline.rings)
    return f'<path class="locator__extent locator__extent--outline" fill-rule="evenodd" d="{drawn}"/>'


def words(place, outline=None):
    """What the map shows, in words: "At 32.98° N, 70.15° E (the settlement), uncertain by 2 km." """
    if outline:
        return _("The area as its outline shows it.")
    if place.latitude is None:
        return _("Where exactly it lies is not known here: the gazetteer has no coordinates.")
    north, east = (f"{abs(value):.2f}°" for value in (place.latitude, place.longitude))
    told = {
        "north": f"{north} {'N' if place.latitude >= 0 else 'S'}",
        "east": f"{east} {'E' if place.longitude >= 0 else 'W'}",
        "basis": _(place.get_coordinate_basis_display()).lower(),
    }
    if place.uncertainty_km is None:
        return _("At %(north)s, %(east)s (%(basis)s); how exactly is not said.") % told
    told["radius"] = f"{place.uncertainty_km.normalize():f}"
    if _extent(place) > _POINT:
        return _("At %(north)s, %(east)s (%(basis)s), uncertain by %(radius)s km: the circle.") % told
    return _("At %(north)s, %(east)s (%(basis)s), uncertain by %(radius)s km: less than the point shows.") % told


def _frame(longitude, latitude, uncertainty_km):
    return Frame(longitude, latitude, WIDTH / 2 / max(_HALF_WIDTH_KM, uncertainty_km * 1.9))


def _extent(place):
    """The uncertainty of a place in pixels of its map."""
    uncertainty = float(place.uncertainty_km or 0)
    return uncertainty * _frame(float(place.longitude), float(place.latitude), uncertainty).scale


def _names(provinces, frame):
    """Names of the provinces whose middle is on the map, as far as they cover neither the point nor each other."""
    taken = [(WIDTH / 2, HEIGHT / 2, 12)]  # middle and half length
    for name, middle in provinces:
        x, y = frame.at(middle)
        half = len(name) * 3.2
        is_inside = half < x < WIDTH - half and 14 < y < HEIGHT - 34
        if is_inside and all(abs(y - at_y) > 14 or abs(x - at_x) > half + other for at_x, at_y, other in taken):
            taken.append((x, y, half))
            yield f'<text class="locator__name" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>'


def _scale_bar(frame):
    kilometres, length = strokes.bar(lambda bar: bar * frame.scale, _LONGEST_BAR)
    y, distance = HEIGHT - 12, _("%(number)s km") % {"number": kilometres}
    return (
        f'<path class="locator__scale" d="M12 {y - 5}V{y}H{12 + length:.1f}V{y - 5}"/>'
        f'<text class="locator__km" x="{18 + length:.1f}" y="{y}">{escape(distance)}</text>'
    )
