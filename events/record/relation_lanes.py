"""Relations of an actor over time, drawn as lanes: open ends have arrows, what is only said has dashes."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.utils.safestring import mark_safe

from events.record.charts import NARROW, WIDE

LANE, HEAD, SIDE = 38, 22, 16  # pixels: a lane, the axis above them, the room for arrows beside them
BAR = 9
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Lane:
    """One relation; None is an end that nobody dates. `address` is where a click leads."""

    label: str
    since: date | None
    until: date | None
    is_contested: bool
    is_held: bool
    address: str


@dataclass(frozen=True)
class Axis:
    """Whole years from the first to the last, across a picture of so many pixels."""

    first: date
    last: date
    width: int

    def at(self, day):
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return SIDE + (self.width - 2 * SIDE) * min(1, max(0, share))

    @property
    def ticks(self):
        """List of 1 January of the years that are named, none nearer to the next than 64 pixels."""
        span = self.last.year - self.first.year + 1
        most = max(1, (self.width - 2 * SIDE) // 64)
        every = next((step for step in YEARS if span / step <= most), YEARS[-1])
        years = range(-(-self.first.year // every) * every, self.last.year + 1, every)
        return [date(year, 1, 1) for year in years if year >= 1]


def drawn(lanes, active=(), on=None):
    """Both sizes of the picture, the one or the other to be hidden; "" where no lane has a date.

    `active` are further days that the axis has to hold; `on` is a day that is marked if it lies on the axis.
    """
    dated = [day for lane in lanes for day in (lane.since, lane.until) if day]
    if not dated:
        return ""
    days = [*dated, *active]
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    return mark_safe(  # noqa: S308 (every text in it is escaped where it is drawn)
        "".join(_svg(lanes, Axis(first, last, width), on) for width in (WIDE, NARROW))
    )


def _svg(lanes, axis, on):
    height = HEAD + LANE * len(lanes) + 6
    parts = [_axis(axis, height)]
    parts += [_lane(lane, HEAD + LANE * place, axis) for place, lane in enumerate(lanes)]
    if on and axis.first <= on <= axis.last:
        parts.append(f'<path class="spans__on" d="M{axis.at(on):.1f} {HEAD - 4}V{height}"/>')
    size = "wide" if axis.width == WIDE else "narrow"
    return (
        f'<svg class="chart chart--{size} spans" viewBox="0 0 {axis.width} {height}" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _axis(axis, height):
    parts = []
    for day in axis.ticks:
        x = axis.at(day)
        parts.append(f'<path class="chart__rule" d="M{x:.1f} {HEAD - 6}V{height}"/>')
        parts.append(f'<text class="chart__label chart__label--middle" x="{x:.1f}" y="{HEAD - 10}">{day.year}</text>')
    return "".join(parts)


def _lane(lane, top, axis):
    start = axis.at(lane.since) if lane.since else float(SIDE)
    end = axis.at(lane.until + timedelta(days=1) if lane.until else axis.last)
    end, y = max(end, start + 3), top + 19
    parts = [
        f'<rect class="chart__slot" x="0" y="{top}" width="{axis.width}" height="{LANE}"/>',
        f'<rect class="{_look(lane)}" x="{start:.1f}" y="{y}" width="{end - start:.1f}" height="{BAR}"/>',
    ]
    parts += [
        f'<path class="spans__open" d="M{x + 3 * way:.1f} {y - 1}l{7 * way} {BAR / 2 + 1}l{-7 * way} {BAR / 2 + 1}"/>'
        for x, way, day in ((start, -1, lane.since), (end, 1, lane.until))
        if day is None
    ]
    parts.append(
        f'<text class="spans__label" x="{SIDE}" y="{top + 13}">{escape(_short(lane.label, axis.width))}</text>'
    )
    return f'<a href="{escape(lane.address)}" tabindex="-1"><title>{escape(lane.label)}</title>{"".join(parts)}</a>'


def _look(lane):
    held = "" if lane.is_held else " spans__bar--said"
    return f"spans__bar{' spans__bar--contested' if lane.is_contested else ''}{held}"


def _short(text, width):
    """As much of a label as the picture has room for."""
    most = width // 6 - 8
    return text if len(text) <= most else f"{text[: most - 1]}…"
