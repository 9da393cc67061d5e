"""The escalation around a date: the days to show, what began on them, and how it hangs together."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from events.choices import ESCALATION_LABELS
from events.record import chain, escalation_chart, lanes, statistics_escalation
from events.record.parameters import DayField, GradeField
from events.record.selection import Selection

USUAL, FEWEST, MOST_DAYS = 30, 3, 180  # days shown before the date, and as many after it
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
MOST_ROWS = 200
OWN, NOT_HERE = ("date", "days"), ("date_from", "date_to", "date_by", "date_mode")


@dataclass(frozen=True)
class Window:
    """`date` with as many days before it as after it."""

    date: date
    days: int

    @property
    def first(self):
        return self.date - timedelta(self.days)

    @property
    def last(self):
        return self.date + timedelta(self.days)

    def moved(self, by):
        """The window that begins where this one ends, or ends where it begins; None beyond what a calendar is kept for."""
        to = self.date + timedelta(by * (2 * self.days + 1))
        return Window(to, self.days) if EARLIEST <= to <= LATEST else None


@dataclass
class Day:
    day: date
    level: int | None
    rows: list = field(default_factory=list)

    @property
    def label(self):
        return "" if self.level is None else gettext(ESCALATION_LABELS[self.level])


class Question:
    """The query string, read: the selection of the other pages without its dates, and `date` and `days` instead.

    Wrong or unknown parameters leave sentences in `errors`, and then nothing is shown.
    """

    def __init__(self, query):
        self.selection = Selection.parse(query, extra=OWN)
        self.errors = self.selection.errors
        for name in NOT_HERE:
            if query.get(name, "").strip():
                said = gettext("%(name)s: this page shows days around one date; give date and days instead.")
                self.errors[name] = [said % {"name": name}]
        self.date = self._cleaned(query, "date", DayField(required=False))
        lengths = GradeField(lowest=FEWEST, highest=MOST_DAYS, noun=gettext_lazy("a number of days"), required=False)
        self.days = self._cleaned(query, "days", lengths) or USUAL
        if self.date and not EARLIEST <= self.date <= LATEST:
            said = gettext("date: %(date)s is not between %(first)s and %(last)s; choose a day between them.")
            self.errors["date"] = [said % {"date": self.date, "first": EARLIEST, "last": LATEST}]

    def _cleaned(self, query, name, of):
        if name in self.errors:
            return None
        try:
            return of.clean(query.get(name, ""))
        except ValidationError as error:
            self.errors[name] = [f"{name}: {sentence}" for sentence in error.messages]
            return None

    @property
    def sentences(self):
        return [sentence for found in self.errors.values() for sentence in found]

    def asking(self, window=None, **changes):
        """The query string of this page for another window, or with other days, and the same selection."""
        chosen = {"date": (window or self).date, "days": (window or self).days} | changes
        return self.selection.narrowed(**{name: value for name, value in chosen.items() if value})


def shown(question):
    """What the page shows of a Question without errors, as its context. At most eight queries."""
    rows = question.selection.queryset()
    found = statistics_escalation.begun(rows)
    climax = question.date or _climax(found)
    if climax is None:
        return {"is_empty": True}
    window = Window(climax, question.days)
    section = statistics_escalation.between(question.selection, found, window.first, window.last)
    begun = rows.filter(date_start__range=(window.first, window.last))
    listed = list(begun.select_related("perpetrator").order_by("date_start", "uid")[: MOST_ROWS + 1])
    linked = chain.among(begun)
    drawn = {row: side for row, side in chain.with_sides(listed[:MOST_ROWS]) if _has_place(row)}
    return {
        "window": window,
        "section": section,
        "chart": escalation_chart.drawn(section, drawn),
        "days": _by_day(listed[:MOST_ROWS], section.rows),
        "is_cut": len(listed) > MOST_ROWS,
        "chain": linked,
        "lanes": lanes.drawn(linked) if linked else "",
        "ways": _ways(question, window, found),
        "nearest": [(day, question.asking(window, date=day)) for day in _nearest(found, window)],
        "timeline": question.selection.narrowed(date_from=window.first, date_to=window.last, date_by="first_day"),
        "hidden": list(QueryDict(question.selection.querystring).items()),
    }


def _climax(found):
    """The last day on which the highest level began, else the last day on which anything did; None for no day."""
    levels = [one for one in found.levels if EARLIEST <= one.day <= LATEST]
    if not levels:
        return max((day for day in found.number if EARLIEST <= day <= LATEST), default=None)
    return max(levels, key=lambda one: (one.level, one.day)).day


def _has_place(row):
    """Whether the chart can show it: it has a level, and a day known well enough."""
    span = (row.date_end - row.date_start).days if row.date_end else statistics_escalation.EXACT_SPAN + 1
    return row.escalation is not None and span <= statistics_escalation.EXACT_SPAN


def _by_day(rows, stretches):
    """List of Day on which something began, oldest first, each with the level that its seven days reach."""
    days = []
    for row in rows:
        if not days or days[-1].day != row.date_start:
            level = next(one["level"] for one in stretches if one["from"] <= row.date_start <= one["to"])
            days.append(Day(row.date_start, level))
        days[-1].rows.append((row, _criterion(row.escalation)))
    return days


def _criterion(level):
    """“verbal: statement, demarche, …”, without the level itself; "" for none."""
    return "" if level is None else gettext(ESCALATION_LABELS[level]).partition(" · ")[2]


def _ways(question, window, found):
    """List of (words, query string) to other windows; earlier and later only as far as anything begins there.

    Without that end every window would lead to a further one, for those who follow links one by one.
    """
    is_earlier = any(EARLIEST <= day < window.first for day in found.number)
    is_later = any(window.last < day <= LATEST for day in found.number)
    wider = min(MOST_DAYS, 3 * window.days)
    ways = [
        (gettext("Earlier"), window.moved(-1) if is_earlier else None),
        (gettext("Later"), window.moved(1) if is_later else None),
        (gettext("Wider: %(days)s days before and after") % {"days": wider}, Window(window.date, wider)),
    ]
    return [(words, question.asking(to)) for words, to in ways if to and to != window]


def _nearest(found, window):
    """The nearest days before and after the window on which something began, as far as there are any."""
    days = [day for day in found.number if EARLIEST <= day <= LATEST]
    before, after = [day for day in days if day < window.first], [day for day in days if day > window.last]
    return [choose(found) for choose, found in ((max, before), (min, after)) if found]
