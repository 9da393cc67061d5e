"""The drawing of escalation: the highest level of seven days as a step line, and a mark for each incident on its day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import mark_safe

from events.record import days
from events.record.charts import NARROW, WIDE
from events.record.lanes import SIDE_CLASS, level_of
from events.rules.escalation import HIGHEST

LEFT, RIGHT, TOP, STEP, FOOT = 30, 12, 14, 22, 24
APART = 8  # between marks of one day and level
MOST_TICKS = {WIDE: 9, NARROW: 4}


@dataclass(frozen=True)
class Scale:
    """Days on a drawing of this width, levels on rows from E0 at the bottom to E9 on top."""

    first: date
    last: date
    width: int

    @property
    def day(self):
        return (self.width - LEFT - RIGHT) / ((self.last - self.first).days + 1)

    def x(self, day):
        """The left edge of a day."""
        return LEFT + self.day * (day - self.first).days

    def y(self, level):
        return TOP + STEP * (HIGHEST - level)

    @property
    def zero(self):
        return self.y(0) + STEP / 2


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    side: str
    title: str
    address: str


def drawn(section, sides=None):
    """Both sizes of the chart of a Section “escalation”, "" for no days; `sides` maps the rows to mark to their lanes."""
    if not section.rows:
        return ""
    first, last = section.rows[0]["from"], section.rows[-1]["to"]
    drawings = (_svg(section, Scale(first, last, width), sides or {}) for width in (WIDE, NARROW))
    return mark_safe("".join(drawings))  # noqa: S308 (every text in it is escaped where it is drawn)


def marks(sides, scale):
    """A Mark per incident; those of one day and level stand above and beside each other."""
    placed = Counter()
    for row, side in sides.items():
        number = placed[row.date_start, row.escalation]
        placed[row.date_start, row.escalation] += 1
        column, line = divmod(number, 2)
        yield Mark(
            x=scale.x(row.date_start) + scale.day / 2 + column * APART,
            y=scale.y(row.escalation) - line * APART,
            side=side,
            title=f"{row.date_shown}: {row.title} ({level_of(row)})",
            address=row.get_absolute_url(),
        )


def _svg(section, scale, sides):
    size = "wide" if scale.width == WIDE else "narrow"
    parts = [*_rules(scale), *_steps(section.rows, scale), *_dates(scale)]
    parts += [_mark(one) for one in marks(sides, scale)]
    return (
        f'<svg class="chart chart--{size}" viewBox="0 0 {scale.width} {scale.zero + FOOT:.0f}" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _rules(scale):
    for level in range(HIGHEST + 1):
        y = scale.y(level)
        yield f'<path class="chart__rule" d="M{LEFT} {y:.1f}H{scale.width - RIGHT}"/>'
        yield f'<text class="chart__label chart__label--end" x="{LEFT - 6}" y="{y + 4:.1f}">E{level}</text>'


def _steps(rows, scale):
    """A column of colour under each stretch that has a level, and its line on top, joined to the next one's."""
    line, was = "", None
    for row in rows:
        left, right = scale.x(row["from"]), scale.x(row["to"]) + scale.day
        if row["level"] is None:
            was = None
            continue
        y = scale.y(row["level"])
        height = scale.zero - y
        yield f'<rect class="chart__under" x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="{height:.1f}"/>'
        line += f"{'V' if was else f'M{left:.1f} '}{y:.1f}H{right:.1f}"
        was = row
    yield f'<path class="chart__step" d="{line}"/>' if line else ""


def _dates(scale):
    length = (scale.last - scale.first).days + 1
    every = max(1, -(-length // MOST_TICKS[scale.width]))
    for number in range(0, length, every):
        day = date.fromordinal(scale.first.toordinal() + number)
        x = scale.x(day) + scale.day / 2
        if x > scale.width - 40:
            break
        is_new_year = number == 0 or day.year != date.fromordinal(day.toordinal() - every).year
        text = escape(days.short_with_year(day) if is_new_year else days.short(day))
        yield f'<path class="chart__rule" d="M{x:.1f} {scale.zero:.1f}v5"/>'
        yield f'<text class="chart__label chart__label--middle" x="{x + 4:.1f}" y="{scale.zero + 18:.1f}">{text}</text>'


def _mark(one):
    look = f"chart__incident chart__incident--{SIDE_CLASS[one.side]}"
    return (
        f'<a href="{escape(one.address)}" tabindex="-1"><title>{escape(one.title)}</title>'
        f'<circle class="{look}" cx="{one.x:.1f}" cy="{one.y:.1f}" r="4"/></a>'
    )
