"""Incidents and casualties over time: bars of days, weeks, months or years, as fits the span of the selection."""

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext, gettext_lazy, ngettext

from events.record import days, sections, statistics
from events.record.sections import ASKING, DAY, INCIDENTS, TEXT, TOLL, WHOLE, Column, Section

MOST_BARS = 60
UNITS = ("day", "week", "month", "year", "decade")
_TITLES = {
    "day": gettext_lazy("Incidents and casualties by day"),
    "week": gettext_lazy("Incidents and casualties by week"),
    "month": gettext_lazy("Incidents and casualties by month"),
    "year": gettext_lazy("Incidents and casualties by year"),
    "decade": gettext_lazy("Incidents and casualties by decade"),
}
_BEYOND = {
    "day": gettext_lazy("no finer than a span that reaches beyond the day"),
    "week": gettext_lazy("no finer than a span that reaches beyond the week"),
    "month": gettext_lazy("no finer than a span that reaches beyond the month"),
    "year": gettext_lazy("no finer than a span that reaches beyond the year"),
    "decade": gettext_lazy("no finer than a span that reaches beyond the decade"),
}
COLUMNS = (
    Column("period", TEXT, "The bar in words."),
    Column("from", DAY, "First day of the bar; null for what stands in no bar."),
    Column("to", DAY, "Last day of the bar."),
    INCIDENTS,
    Column("vague", WHOLE, "Of these, those whose date reaches beyond the bar; they count on its first day."),
    *TOLL,
    ASKING,
)


def over_time(selection, found):
    """The Section “over-time” of the groups of `statistics.by_dates`.

    Each incident counts once, on the first day that its date may mean. The bars run without gaps from the first to the
    last such day. What began before the first day asked for, and what has no known date, stands in rows of its own,
    without a bar.
    """
    relevant = [one for one in found if one["relevant_rows"]]
    since, _ = selection.days
    earlier = [one for one in relevant if one["date_start"] and since and one["date_start"] < since]
    unknown = [one for one in relevant if not one["date_start"]]
    drawn = bars(found, since)
    unit = drawn[0][2] if drawn else fitting([])
    rows = [_bar(bar, selection) for bar in drawn]
    if earlier:
        rows.append(_apart(gettext("Before %(day)s") % {"day": days.shown(since)}, earlier))
    if unknown:
        rows.append(_apart(gettext("Date unknown"), unknown))
    return Section(
        name="over-time",
        title=str(_TITLES[unit]),
        description=gettext(
            "Each incident counts once, on the first day that its date may mean. "
            "Tolls are ranges from the lowest to the highest account, each incident’s figure once."
        ),
        columns=COLUMNS,
        rows=rows,
        finding=_finding(relevant, rows, unit),
        notes=[*_vague(rows, unit), *_standing_apart(earlier, unknown, since)],
        unit=unit,
    )


def fitting(begun):
    """The finest unit that needs no more than MOST_BARS bars for these days; months for none."""
    if not begun:
        return "month"
    first, last = min(begun), max(begun)
    return next((unit for unit in UNITS if _places(first, last, unit) <= MOST_BARS), UNITS[-1])


def start_of(day, unit):
    """First day of the unit in which the day lies; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return date.fromordinal(day.toordinal() - day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return date(day.year if unit == "year" else max(1, day.year // 10 * 10), 1, 1)


def end_of(start, unit):
    """Last day of the unit that begins on this day."""
    if unit == "day":
        return start
    if unit == "week":
        return date.fromordinal(min(start.toordinal() + 6, date.max.toordinal()))
    if unit == "month":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return date(start.year if unit == "year" else start.year // 10 * 10 + 9, 12, 31)


def name_of(start, unit):
    """The unit that begins on this day in words: “week of 18 March 2024”."""
    if unit == "month":
        return days.month(start)
    if unit in ("year", "decade"):
        return f"{start.year}" if unit == "year" else f"{start.year}–{end_of(start, unit).year}"
    return gettext("week of %(day)s") % {"day": days.shown(start)} if unit == "week" else days.shown(start)


def within_sentence(start, unit):
    """The same as a sentence has it: “the week of 18 March 2024”."""
    return gettext("the week of %(day)s") % {"day": days.shown(start)} if unit == "week" else name_of(start, unit)


def _places(first, last, unit):
    first, last = start_of(first, unit), start_of(last, unit)
    if unit in ("day", "week"):
        return (last - first).days // (1 if unit == "day" else 7) + 1
    months = 12 * (last.year - first.year) + last.month - first.month
    return months // {"month": 1, "year": 12, "decade": 120}[unit] + 1


def bars(found, since):
    """List of (first day, last day, unit, groups that begin in it), oldest first, empty ones included.

    They hold the groups of `by_dates` that count and begin on the day `since` or later (None: on any known day).
    """
    dated = [one for one in found if one["relevant_rows"] and one["date_start"]]
    dated = [one for one in dated if since is None or one["date_start"] >= since]
    unit, by_start = fitting([one["date_start"] for one in dated]), {}
    for one in dated:
        by_start.setdefault(start_of(one["date_start"], unit), []).append(one)
    drawn = []
    if by_start:
        start, last = min(by_start), max(by_start)
        while start <= last:
            end = end_of(start, unit)
            drawn.append((start, end, unit, by_start.get(start, [])))
            if end == date.max:
                break
            start = date.fromordinal(end.toordinal() + 1)
    return drawn


def asking(start, end, asked):
    """The parameters that choose what begins in a bar from start to end; `asked` are the days of the selection."""
    since, until = asked
    return {
        "date_from": max(start, since or start),
        "date_to": min(end, until or end),
        "date_by": "first_day",
        "counted": "yes",
    }


def _bar(bar, selection):
    start, end, unit, groups = bar
    row = _apart(name_of(start, unit), groups)
    row |= {
        "from": start,
        "to": end,
        "vague": sum(one["incidents"] for one in groups if one["date_end"] > end),
    }
    if row["incidents"]:
        row["query"] = selection.narrowed(**asking(start, end, selection.days))
    return row


def _apart(period, groups):
    summed = statistics.figures(statistics.added(groups))
    return {"period": period, "from": None, "to": None, "vague": 0, **summed, "query": None}


def _finding(groups, rows, unit):
    total = statistics.figures(statistics.added(groups))
    if not total["incidents"] and all(total[f"killed_{bound}"] is None for bound in ("low", "best", "high")):
        return gettext("No incident that counts fits this selection.")
    drawn = [row for row in rows if row["from"] and row["incidents"]]
    killed = gettext("Killed, as far as anybody says: %(killed)s.") % {"killed": sections.killed(total)}
    return f"{_spread(sections.counted(total['incidents']), drawn, unit)} {killed}"


def _spread(incidents, drawn, unit):
    """A sentence on how many there are, over which time, and when most of them."""
    if not drawn:
        return gettext("%(incidents)s.") % {"incidents": incidents}
    if len(drawn) == 1:
        return gettext("%(incidents)s, %(period)s.") % {"incidents": incidents, "period": drawn[0]["period"]}
    first, last = (within_sentence(row["from"], unit) for row in (drawn[0], drawn[-1]))
    span = {"incidents": incidents, "first": first, "last": last}
    most, second = sorted(drawn, key=lambda row: -row["incidents"])[:2]
    if most["incidents"] == second["incidents"]:
        return gettext("%(incidents)s from %(first)s to %(last)s.") % span
    span |= {"most": within_sentence(most["from"], unit), "number": f"{most['incidents']:,}"}
    return gettext("%(incidents)s from %(first)s to %(last)s; most in %(most)s, %(number)s.") % span


def _vague(rows, unit):
    vague = sum(row["vague"] for row in rows)
    if not vague:
        return []
    said = ngettext(
        "%(number)s incident is dated %(beyond)s; it stands on the first day of that span.",
        "%(number)s incidents are dated %(beyond)s; they stand on the first day of that span.",
        vague,
    )
    return [said % {"number": f"{vague:,}", "beyond": _BEYOND[unit]}]


def _standing_apart(earlier, unknown, since):
    before, undated = (statistics.added(groups)["incidents"] for groups in (earlier, unknown))
    notes = []
    if before:
        said = ngettext(
            "%(number)s incident that may have begun before %(day)s stands apart, in the table only.",
            "%(number)s incidents that may have begun before %(day)s stand apart, in the table only.",
            before,
        )
        notes.append(said % {"number": f"{before:,}", "day": days.shown(since)})
    if undated:
        said = ngettext(
            "%(number)s incident of unknown date stands apart, in the table only.",
            "%(number)s incidents of unknown date stand apart, in the table only.",
            undated,
        )
        notes.append(said % {"number": f"{undated:,}"})
    return notes
