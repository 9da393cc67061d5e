"""The map as a picture that the server draws: outlines, cells and names as SVG, for print and without JavaScript."""

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, radians, sinh, sqrt, tan

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from events import basemap, strokes
from events.record import sections
from events.record.parameters import Box

WIDTH, HEIGHT = 880, 640
REGION = Box(60.4, 23.5, 77.4, 38.6)  # Afghanistan and Pakistan: what the map shows unless asked otherwise
LARGEST, SMALLEST, OF_ONE = 26, 3, 5  # radii in pixels; the area of a circle is the number of its incidents
_LONGEST_BAR = 130
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Frame:
    """Web Mercator with the box in the middle of the picture; `scale` is pixels per degree of longitude."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, box, size=(WIDTH, HEIGHT)):
        high, low, (width, height) = _stretched(box.north), _stretched(box.south), size
        scale = min(width / (box.east - box.west), height / (high - low))
        left = (box.west + box.east) / 2 - width / 2 / scale
        return cls(left, (high + low) / 2 + height / 2 / scale, scale, width, height)

    @property
    def largest(self):
        """Pixels: the radius of the largest circle; in a small picture it is smaller."""
        return max(14, LARGEST * self.width / WIDTH)

    def at(self, point):
        return (point[0] - self.left) * self.scale, (self.top - _stretched(point[1])) * self.scale

    def pixels(self, kilometres, latitude):
        return kilometres * self.scale / (_KM_PER_DEGREE * cos(radians(latitude)))

    @property
    def middle_latitude(self):
        return degrees(atan(sinh(radians(self.top - self.height / 2 / self.scale))))


def svg_of(cells, box, address_of, size=(WIDTH, HEIGHT)):
    """The picture of some cells; `address_of(cell)` is where a click on one leads."""
    frame, outlines, taken = Frame.around(box or REGION, size), basemap.lines(), []
    home = "".join(strokes.ring(ring, frame.at) for ring in outlines.rings())
    shown = [cell for cell in cells if _is_inside(*frame.at((cell.longitude, cell.latitude)), size)]
    drawn = [
        f'<path class="map__home" d="{home}"/>',
        *(
            f'<path class="map__{kind}" d="{strokes.path(outlines.drawn(kind), frame.at, size)}"/>'
            for kind in ("provinces", "borders", "frontier")
        ),
        *_marks(shown, frame, address_of, taken),
        *_cities(frame, taken),
        _scale_bar(frame),
    ]
    return SafeString(
        f'<svg class="map__picture" viewBox="0 0 {frame.width} {frame.height}" aria-hidden="true">{"".join(drawn)}</svg>'
    )


def radius_of(count, most, largest=LARGEST):
    """Pixels: the square root of the count, so that areas compare; a lone incident must still be seen."""
    return max(SMALLEST, min(OF_ONE, largest / sqrt(most)) * sqrt(count))


def _stretched(latitude):
    return degrees(asinh(tan(radians(max(-85, min(85, latitude))))))


def _marks(cells, frame, address_of, taken):
    """Areas below, circles above, the small ones on top of the large; each a link for the mouse. Then their numbers."""
    most = max((cell.incidents for cell in cells if not cell.is_area), default=1)
    labels = []
    for cell in sorted(cells, key=lambda cell: (not cell.is_area, -cell.incidents)):
        x, y = frame.at((cell.longitude, cell.latitude))
        extent = frame.pixels(cell.radius_km or 0, cell.latitude)
        radius = radius_of(cell.incidents, most, frame.largest)
        parts = [f"<title>{escape(_said(cell))}</title>"]
        if cell.is_area:
            parts.append(_area(cell, frame, x, y, extent))
        else:
            if extent > radius:
                parts.append(f'<circle class="map__extent" cx="{x:.1f}" cy="{y:.1f}" r="{extent:.1f}"/>')
            parts.append(f'<circle class="map__cell" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
        labels.append((cell, x, y, extent if cell.is_area else radius))
        sort = "map__mark--area" if cell.is_area else "map__mark--point"
        yield f'<a class="map__mark {sort}" href="{escape(address_of(cell))}" tabindex="-1">{"".join(parts)}</a>'
    yield from _numbers(labels, taken)


def _area(cell, frame, x, y, extent):
    """The outline, where one is loaded and large enough to be seen; else the circle."""
    if cell.outline and extent > 7:
        drawn = "".join(strokes.ring(ring, frame.at) for ring in cell.outline.rings)
        return f'<path class="map__area" fill-rule="evenodd" d="{drawn}"/>'
    return f'<circle class="map__area" cx="{x:.1f}" cy="{y:.1f}" r="{max(extent, 7):.1f}"/>'


def _numbers(labels, taken):
    """The counts, where they fit into their circle and stand on no other one; those of points first."""
    for cell, x, y, room in sorted(labels, key=lambda label: (label[0].is_area, -label[0].incidents)):
        text = str(cell.incidents) if cell.incidents < 1000 else f"{cell.incidents / 1000:.1f}k"
        half = 9 if cell.is_area else room * 0.7
        is_free = all(max(abs(x - at_x), abs(y - at_y)) > half + other for at_x, at_y, other in taken)
        if cell.incidents > 1 and room >= 4 + 3.5 * len(text) and is_free:
            taken.append((x, y, half))
            sort = "area" if cell.is_area else "point"
            yield f'<text class="map__count map__count--{sort}" x="{x:.1f}" y="{y:.1f}">{text}</text>'
    taken.extend((x, y, max(room, 6)) for cell, x, y, room in labels if not cell.is_area)


def _said(cell):
    said = gettext("%(place)s: %(incidents)s")
    return said % {"place": cell.place, "incidents": sections.counted(cell.incidents)}


def _is_inside(x, y, size):
    return 0 <= x <= size[0] and 0 <= y <= size[1]


def _cities(frame, taken):
    """Names to find one's way by, as far as they cover neither a mark nor each other."""
    for name, longitude, latitude in basemap.CITIES:
        x, y = frame.at((longitude, latitude))
        width = len(name) * 6.4 + 10
        is_free = all(abs(y - at_y) > half + 7 or not -half < at_x - x < width + half for at_x, at_y, half in taken)
        if is_free and 8 < x < frame.width - width and 12 < y < frame.height - 40:
            taken.append((x + width / 2, y, width / 2))
            yield (
                f'<circle class="map__city" cx="{x:.1f}" cy="{y:.1f}" r="2"/>'
                f'<text class="map__name" x="{x + 6:.1f}" y="{y:.1f}">{name}</text>'
            )


def _scale_bar(frame):
    latitude = frame.middle_latitude
    kilometres, length = strokes.bar(lambda bar: frame.pixels(bar, latitude), min(_LONGEST_BAR, frame.width / 3))
    words, y = escape(gettext("%(number)s km") % {"number": kilometres}), frame.height - 16
    return (
        f'<path class="map__scale" d="M16 {y - 6}V{y}H{16 + length:.1f}V{y - 6}"/>'
        f'<text class="map__name" x="{24 + length:.1f}" y="{y - 3}">{words}</text>'
    )
