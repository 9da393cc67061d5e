"""Dates as precise as they are known: what makes one valid, its UTC moment, its plain words."""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from events.choices import DatePrecision
from events.rules.facts import Span
from events.tongue import english, gettext, gettext_noop

# The Durand Line dates from 1893; a year such as 0025 or 20224 is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1893, 2200

SINGLE_DAY = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY, DatePrecision.DAY)
WITH_TIME = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY)

# precision → (most days from start to end, both counted; how to say it). Month and quarter leave room for "in one
# month or the next"; a year-precise date may run over many years, because series do ("2001 to 2021").
LONGEST = {
    DatePrecision.DAY_RANGE: (7, gettext_noop("7 days")),
    DatePrecision.WEEK: (14, gettext_noop("14 days")),
    DatePrecision.MONTH: (62, gettext_noop("two months")),
    DatePrecision.QUARTER: (184, gettext_noop("two quarters")),
    DatePrecision.YEAR: (9132, gettext_noop("25 years")),
}
_MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


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
        return [("precision", gettext("“%(word)s” is not a known precision.") % {"word": vague_date.precision})]
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
    """Plain words, with the month as one so that no reader mistakes the order: "18 March 2024"."""
    start, end, precision = vague_date.start, vague_date.end, vague_date.precision
    if not start or not end or precision == DatePrecision.UNKNOWN:
        return gettext("date unknown")
    if precision in SINGLE_DAY:
        return _at(vague_date)
    if precision == DatePrecision.DAY_RANGE:
        return _days(start, end)
    if precision == DatePrecision.WEEK:
        return gettext("%(days)s (within a week or so)") % {"days": _days(start, end)}
    if precision == DatePrecision.MONTH and not _is_whole_months(start, end):
        return gettext("%(days)s (within a month or so)") % {"days": _days(start, end)}
    if precision == DatePrecision.YEAR and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return _months(start, end)


def described(shown):
    """A date of a public document (a dict), in plain words; as it stands there where other words than ours stand there."""
    start, end = (date.fromisoformat(shown[side]) if shown.get(side) else None for side in ("start", "end"))
    clock = time.fromisoformat(shown["time_local"]) if shown.get("time_local") else None
    vague_date = VagueDate(start, end, shown["precision"], clock, shown.get("time_zone", ""))
    with english():
        is_ours = describe(vague_date) == shown["shown"]
    return describe(vague_date) if is_ours else shown["shown"]


def _bound_problems(vague_date):
    start, end = vague_date.start, vague_date.end
    if vague_date.precision == DatePrecision.UNKNOWN:
        if start or end:
            return [("precision", gettext("An unknown date has no days; choose how precisely these days are known."))]
        return []
    found = []
    for field, day, missing in (
        ("start", start, gettext_noop("Give the first day, or choose the precision “unknown”.")),
        ("end", end, gettext_noop("Give the last day, or choose the precision “unknown”.")),
    ):
        if day is None:
            found.append((field, gettext(missing)))
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            found.append((field, gettext("The year must lie between %(first)s and %(last)s.") % years))
    if not found and start > end:
        found.append(("end", gettext("The last day must not lie before the first.")))
    return found


def _length_problems(vague_date):
    days = (vague_date.end - vague_date.start).days + 1
    if vague_date.precision in SINGLE_DAY:
        if days > 1:
            return [("end", gettext("This precision means one day; choose “range of days” for more."))]
        return []
    longest, words = LONGEST[vague_date.precision]
    if days > longest:
        room = {"precision": gettext(DatePrecision.label_of(vague_date.precision)), "length": gettext(words)}
        return [("end", gettext("“%(precision)s” covers at most %(length)s; choose a coarser precision.") % room)]
    return []


def _time_problems(vague_date):
    found = []
    if vague_date.time_local is None:
        if vague_date.precision == DatePrecision.MINUTE:
            found.append(("time_local", gettext("To the minute means a clock time; give the local time.")))
    else:
        if vague_date.precision not in WITH_TIME:
            sentence = gettext("A clock time needs the precision “to the minute” or “part of the day”.")
            found.append(("time_local", sentence))
        if not vague_date.time_zone:
            found.append(("time_zone", gettext("A clock time needs its time zone, such as Asia/Kabul.")))
    if vague_date.time_zone and not _is_zone(vague_date.time_zone):
        sentence = gettext("“%(zone)s” is not a known time zone; write it as Asia/Kabul.")
        found.append(("time_zone", sentence % {"zone": vague_date.time_zone}))
    return found


@cache
def _zones():
    return frozenset(zoneinfo.available_timezones())


def _is_zone(name):
    return name in _zones()


def _at(vague_date):
    """“18 March 2024, 03:00 local (17 March 22:30 UTC)”; the UTC day only where it differs from the local one."""
    day = _day(vague_date.start)
    is_part = vague_date.precision == DatePrecision.PART_OF_DAY
    if vague_date.time_local is None:
        return gettext("%(day)s (part of the day)") % {"day": day} if is_part else day
    pattern = gettext("%(day)s, about %(time)s local") if is_part else gettext("%(day)s, %(time)s local")
    local = pattern % {"day": day, "time": f"{vague_date.time_local:%H:%M}"}
    moment = utc(vague_date)
    if moment is None:
        return local
    room = {"local": local, "time": f"{moment:%H:%M}"}
    if moment.date() == vague_date.start:
        return gettext("%(local)s (%(time)s UTC)") % room
    is_other_year = moment.year != vague_date.start.year
    room["day"] = _day(moment.date()) if is_other_year else _day_and_month(moment.date())
    return gettext("%(local)s (%(day)s %(time)s UTC)") % room


def _month(day):
    return gettext(_MONTHS[day.month - 1])


def _day_and_month(day):
    return gettext("%(day)s %(month)s") % {"day": day.day, "month": _month(day)}


def _day(day):
    return gettext("%(day)s %(month)s %(year)s") % {"day": day.day, "month": _month(day), "year": day.year}


def _days(start, end):
    if start == end:
        return _day(start)
    if (start.year, start.month) == (end.year, end.month):
        room = {"first": start.day, "last": end.day, "month": _month(end), "year": end.year}
        return gettext("%(first)s–%(last)s %(month)s %(year)s") % room
    if start.year == end.year:
        return f"{_day_and_month(start)} – {_day(end)}"
    return f"{_day(start)} – {_day(end)}"


def _months(start, end):
    first, last = _month(start), _month(end)
    room = {"first": first, "last": last, "month": first, "first_year": start.year, "year": end.year}
    if start.year != end.year:
        return gettext("%(first)s %(first_year)s – %(last)s %(year)s") % room
    if start.month == end.month:
        return gettext("%(month)s %(year)s") % room
    return gettext("%(first)s–%(last)s %(year)s") % room


def _is_whole_months(start, end):
    return start.day == 1 and (end + timedelta(days=1)).day == 1
