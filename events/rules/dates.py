"""Dates as precise as they are known: what makes one valid, its UTC moment, its plain English."""

import calendar
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from events.choices import DatePrecision
from events.rules.facts import Span

# The Durand Line dates from 1893; a year such as 0025 or 20224 is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1893, 2200

SINGLE_DAY = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY, DatePrecision.DAY)
WITH_TIME = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY)

# precision → (most days from start to end, both counted; how to say it). Month and quarter leave room for "in one
# month or the next"; a year-precise date may run over many years, because series do ("2001 to 2021").
LONGEST = {
    DatePrecision.DAY_RANGE: (7, "7 days"),
    DatePrecision.WEEK: (14, "14 days"),
    DatePrecision.MONTH: (62, "two months"),
    DatePrecision.QUARTER: (184, "two quarters"),
    DatePrecision.YEAR: (9132, "25 years"),
}


@dataclass(frozen=True)
class VagueDate:
    """Civil dates at the place of the event, both inclusive; `time_zone` is an IANA name."""

    start: date | None = None
    end: date | None = None
    precision: str = DatePrecision.UNKNOWN
    time_local: time | None = None
    time_zone: str = ""


def problems(vague_date):
    """List of (field of VagueDate, sentence); empty when the date is valid."""
    if vague_date.precision not in DatePrecision.codes():
        return [("precision", f"“{vague_date.precision}” is not a known precision.")]
    found = _bound_problems(vague_date)
    if not found and vague_date.start:
        found = _length_problems(vague_date)
    return found + _time_problems(vague_date)


def span_of(vague_date):
    """The Span that the rules compare; an unknown date is open on both sides."""
    return Span(vague_date.start, vague_date.end, str(vague_date.precision))


def utc(vague_date):
    """The moment in UTC, or None when day, clock time or a known zone is missing."""
    if not (vague_date.start and vague_date.time_local and _is_zone(vague_date.time_zone)):
        return None
    local = datetime.combine(vague_date.start, vague_date.time_local.replace(tzinfo=None))
    return local.replace(tzinfo=zoneinfo.ZoneInfo(vague_date.time_zone)).astimezone(UTC)


def overlaps(a: Span, b: Span):
    """Whether two spans share a day; an open side reaches as far as it likes."""
    return (a.start or date.min) <= (b.end or date.max) and (b.start or date.min) <= (a.end or date.max)


def describe(vague_date):
    """Plain English, with the month in words so that no reader mistakes the order: "18 March 2024"."""
    start, end, precision = vague_date.start, vague_date.end, vague_date.precision
    if not start or not end or precision == DatePrecision.UNKNOWN:
        return "date unknown"
    if precision in SINGLE_DAY:
        return _day(start) + _clock(vague_date)
    if precision == DatePrecision.DAY_RANGE:
        return _days(start, end)
    if precision == DatePrecision.WEEK:
        return f"{_days(start, end)} (within a week or so)"
    if precision == DatePrecision.MONTH and not _is_whole_months(start, end):
        return f"{_days(start, end)} (within a month or so)"
    if precision == DatePrecision.YEAR and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return _months(start, end)


def _bound_problems(vague_date):
    start, end = vague_date.start, vague_date.end
    if vague_date.precision == DatePrecision.UNKNOWN:
        if start or end:
            return [("precision", "An unknown date has no days; choose how precisely these days are known.")]
        return []
    found = []
    for field, day, words in (("start", start, "first"), ("end", end, "last")):
        if day is None:
            found.append((field, f"Give the {words} day, or choose the precision “unknown”."))
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            found.append((field, f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}."))
    if not found and start > end:
        found.append(("end", "The last day must not lie before the first."))
    return found


def _length_problems(vague_date):
    days = (vague_date.end - vague_date.start).days + 1
    if vague_date.precision in SINGLE_DAY:
        if days > 1:
            return [("end", "This precision means one day; choose “range of days” for more.")]
        return []
    longest, words = LONGEST[vague_date.precision]
    if days > longest:
        label = DatePrecision.label_of(vague_date.precision)
        return [("end", f"“{label}” covers at most {words}; choose a coarser precision.")]
    return []


def _time_problems(vague_date):
    found = []
    if vague_date.time_local is None:
        if vague_date.precision == DatePrecision.MINUTE:
            found.append(("time_local", "To the minute means a clock time; give the local time."))
    else:
        if vague_date.precision not in WITH_TIME:
            found.append(("time_local", "A clock time needs the precision “to the minute” or “part of the day”."))
        if not vague_date.time_zone:
            found.append(("time_zone", "A clock time needs its time zone, such as Asia/Kabul."))
    if vague_date.time_zone and not _is_zone(vague_date.time_zone):
        found.append(("time_zone", f"“{vague_date.time_zone}” is not a known time zone; write it as Asia/Kabul."))
    return found


@cache
def _zones():
    return frozenset(zoneinfo.available_timezones())


def _is_zone(name):
    return name in _zones()


def _clock(vague_date):
    """ ", 03:00 local (17 March 22:30 UTC)"; the UTC day only where it differs from the local one."""
    if vague_date.time_local is None:
        return " (part of the day)" if vague_date.precision == DatePrecision.PART_OF_DAY else ""
    about = "about " if vague_date.precision == DatePrecision.PART_OF_DAY else ""
    words = f", {about}{vague_date.time_local:%H:%M} local"
    moment = utc(vague_date)
    if moment is None:
        return words
    if moment.date() == vague_date.start:
        return f"{words} ({moment:%H:%M} UTC)"
    day = _day(moment.date()) if moment.year != vague_date.start.year else _day_and_month(moment.date())
    return f"{words} ({day} {moment:%H:%M} UTC)"


def _day_and_month(day):
    return f"{day.day} {calendar.month_name[day.month]}"


def _day(day):
    return f"{_day_and_month(day)} {day.year}"


def _days(start, end):
    if start == end:
        return _day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end)}"
    if start.year == end.year:
        return f"{_day_and_month(start)} – {_day(end)}"
    return f"{_day(start)} – {_day(end)}"


def _months(start, end):
    first, last = calendar.month_name[start.month], calendar.month_name[end.month]
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    return f"{first} {start.year}" if first == last else f"{first}–{last} {end.year}"


def _is_whole_months(start, end):
    return start.day == 1 and (end + timedelta(days=1)).day == 1
