"""Drawings of statistics as SVG: rows become frozen geometry, geometry becomes markup without any style of its own.

Every drawing is hidden from screen readers and its links from the keyboard; the table beside it says the same.
"""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from events.record import days, sections
from events.record.statistics_time import end_of

LEFT, RIGHT, TITLE, BARS, GAP, WHISKERS, FOOT = 40, 10, 20, 104, 34, 84, 22
HEIGHT = TITLE + BARS + GAP + WHISKERS + FOOT
WIDE, NARROW = 900, 350
_TITLES = {
    "day": gettext_lazy("Incidents per day"),
    "week": gettext_lazy("Incidents per week"),
    "month": gettext_lazy("Incidents per month"),
    "year": gettext_lazy("Incidents per year"),
    "decade": gettext_lazy("Incidents per decade"),
}
STRIP = 100  # the units across which a bar or a span in a table is drawn


@dataclass(frozen=True)
class Scale:
    """Numbers from 0 to `top` on a panel whose zero line lies at `zero`, `height` below its top."""

    top: int
    zero: float
    height: float

    def at(self, number):
        return self.zero - self.height * min(number, self.top) / self.top

    @property
    def ticks(self):
        return (0, self.top // 2, self.top) if self.top > 1 else (0, self.top)


@dataclass(frozen=True)
class Slot:
    """The place of one bar: where it stands, what it says, where it leads ("" for nowhere)."""

    x: float
    width: float
    title: str
    address: str
    incidents: int
    low: int | None
    best: int | None
    high: int | None
    is_open: bool

    @property
    def middle(self):
        return self.x + self.width / 2


@dataclass(frozen=True)
class Histogram:
    """Incidents above, killed below, on one axis of time. `labels` are (x, text, anchor)."""

    width: int
    unit: str
    slots: tuple
    labels: tuple
    incidents: Scale
    killed: Scale | None


def histogram(section, path):
    """Both sizes of the histogram of a Section “over-time”, the one or the other to be hidden; "" without bars."""
    rows = [row for row in section.rows if row["from"] is not None]
    if not rows:
        return ""
    drawings = (draw(geometry(rows, section.unit, path, width)) for width in (WIDE, NARROW))
    return mark_safe("".join(drawings))  # noqa: S308 (every text in it is escaped where it is drawn)


def geometry(rows, unit, path, width):
    """The Histogram of rows that have days, as wide as told."""
    step = (width - LEFT - RIGHT) / len(rows)
    slots = tuple(_slot(row, LEFT + step * place, step, path) for place, row in enumerate(rows))
    highest = max((slot.high or slot.best or slot.low or 0 for slot in slots), default=0)
    has_toll = any(number is not None for slot in slots for number in (slot.low, slot.best, slot.high))
    return Histogram(
        width=width,
        unit=unit,
        slots=slots,
        labels=tuple(_labels(rows, slots, unit, width)),
        incidents=Scale(round_up(max(slot.incidents for slot in slots)), TITLE + BARS, BARS - 6),
        killed=Scale(round_up(highest), TITLE + BARS + GAP + WHISKERS, WHISKERS - 6) if has_toll else None,
    )


def round_up(number):
    """The next number that halves well: 1, 2, 4, 6, 8, 10, 20, 30, …"""
    size = 1
    while number > 10 * size:
        size *= 10
    steps = (1, 2, 4, 6, 8, 10) if size == 1 else range(1, 11)
    return next(step * size for step in steps if step * size >= number)


def draw(chart):
    """The SVG of a Histogram."""
    parts = [_panel(chart, chart.incidents, _TITLES[chart.unit])]
    if chart.killed:
        parts.append(_panel(chart, chart.killed, gettext("Killed: low – best – high")))
    parts += [_slot_drawn(chart, slot) for slot in chart.slots]
    foot = _foot(chart)
    parts += [_text(x, foot + 16, text, f"chart__label chart__label--{anchor}") for x, text, anchor in chart.labels]
    size = "wide" if chart.width == WIDE else "narrow"
    return (
        f'<svg class="chart chart--{size}" viewBox="0 0 {chart.width} {foot + FOOT:.0f}" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def bar(number, top):
    """A horizontal bar for a cell of a table, `top` filling it."""
    width = STRIP * number / top if top else 0
    return _strip(f'<rect class="chart__bar" x="0" y="1" width="{width:.2f}" height="8"/>')


def span(low, middle, high, top):
    """A horizontal line from low to high with a mark in the middle, for a cell of a table."""
    place = [STRIP * number / top if top else 0 for number in (low, middle, high)]
    return _strip(
        f'<path class="chart__line" d="M{place[0]:.2f} 5H{max(place[2], place[0] + 0.5):.2f}"/>'
        f'<path class="chart__mark" d="M{place[1]:.2f} 1V9"/>'
    )


def strip_of_counts(counts):
    """Bars side by side, one per number, the highest as high as the strip; "" for none."""
    top = max(counts, default=0)
    bars = "".join(
        f"M{place + 0.1:.1f} {STRIP}V{STRIP - STRIP * number / top:.1f}h0.8V{STRIP}z"
        for place, number in enumerate(counts)
        if number
    )
    return mark_safe(  # noqa: S308 (numbers only)
        f'<svg class="strip strip--counts" viewBox="0 0 {len(counts)} {STRIP}" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false"><path class="chart__bar" d="{bars}"/></svg>'
    )


def _strip(content):
    return mark_safe(  # noqa: S308 (numbers only)
        f'<svg class="strip" viewBox="-1 0 {STRIP + 2} 10" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{content}</svg>'
    )


def _slot(row, x, width, path):
    said = gettext("%(period)s: %(incidents)s; killed: %(killed)s") % {
        "period": row["period"],
        "incidents": sections.counted(row["incidents"]),
        "killed": sections.killed(row),
    }
    return Slot(
        x=x,
        width=width,
        title=capfirst(said),
        address=f"{path}?{row['query']}" if row["query"] else "",
        incidents=row["incidents"],
        low=row["killed_low"],
        best=row["killed_best"],
        high=row["killed_high"],
        is_open=row["killed_open"],
    )


def _slot_drawn(chart, slot):
    inset = min(2.0, slot.width * 0.12)
    parts = [f"<title>{escape(slot.title)}</title>"]
    parts.append(
        f'<rect class="chart__slot" x="{slot.x:.1f}" y="{TITLE}" width="{slot.width:.1f}"'
        f' height="{_foot(chart) - TITLE:.1f}"/>'
    )
    if slot.incidents:
        top = chart.incidents.at(slot.incidents)
        wide = min(slot.width - 2 * inset, 28.0)
        parts.append(
            f'<rect class="chart__bar" x="{slot.middle - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}"'
            f' height="{chart.incidents.zero - top:.1f}"/>'
        )
    if chart.killed:
        parts.append(_whisker(slot, chart.killed))
    content = "".join(parts)
    if not slot.address:
        return f"<g>{content}</g>"
    return f'<a href="{escape(slot.address)}" tabindex="-1">{content}</a>'


def _whisker(slot, scale):
    """From the lowest to the highest account; an arrow where it is open, a dot for the best figure."""
    known = [number for number in (slot.low, slot.best, slot.high) if number is not None]
    if not known:
        return ""
    x, low, high = slot.middle, scale.at(min(known)), scale.at(max(known))
    reach = min(4.0, slot.width * 0.3)
    marks = [f"M{x:.1f} {low:.1f}V{high:.1f}", f"M{x - reach:.1f} {low:.1f}h{2 * reach:.1f}"]
    if slot.is_open:
        marks.append(f"M{x - reach:.1f} {high:.1f}L{x:.1f} {high - 6:.1f}L{x + reach:.1f} {high:.1f}")
    else:
        marks.append(f"M{x - reach:.1f} {high:.1f}h{2 * reach:.1f}")
    drawn = f'<path class="chart__line" d="{"".join(marks)}"/>'
    if slot.best is not None:
        drawn += (
            f'<circle class="chart__dot" cx="{x:.1f}" cy="{scale.at(slot.best):.1f}" r="{min(3.2, reach + 0.8):.1f}"/>'
        )
    return drawn


def _panel(chart, scale, title):
    parts = [_text(0, scale.zero - scale.height - 12, title, "chart__title")]
    for tick in scale.ticks:
        y = scale.at(tick)
        parts.append(f'<path class="chart__rule" d="M{LEFT} {y:.1f}H{chart.width - RIGHT}"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{tick:,}", "chart__label chart__label--end"))
    return "".join(parts)


def _text(x, y, text, css_class):
    return f'<text class="{css_class}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _foot(chart):
    return (chart.killed or chart.incidents).zero


def _labels(rows, slots, unit, width):
    """Every so many bars a name under the axis, so that none touches the next."""
    most = max(2, width // {"day": 72, "week": 72, "month": 76, "year": 52, "decade": 88}[unit])
    every = -(-len(rows) // most)
    if unit == "month" and every > 1:
        every = next(step for step in (2, 3, 4, 6, 12, 24, 60) if step >= every)
    year = None
    for place in range(0, len(rows), every):
        slot, day = slots[place], rows[place]["from"]
        text, year = _short(day, unit, with_year=day.year != year), day.year
        anchor = "end" if slot.middle > width - 36 else "middle"
        yield (width - RIGHT if anchor == "end" else max(slot.middle, LEFT), text, anchor)


def _short(day, unit, *, with_year):
    """The name of a bar as the axis has room for it; days say their year where it is another one than before."""
    if unit in ("day", "week"):
        return days.short_with_year(day) if with_year else days.short(day)
    if unit == "month":
        return days.short_month(day)
    return f"{day.year}" if unit == "year" else f"{day.year}–{end_of(day, unit).year % 100:02}"
