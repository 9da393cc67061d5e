"""Escalation: the highest level of the last seven days, as stretches of days on which it stays the same (R12)."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils.translation import gettext, ngettext

from events.choices import ESCALATION_LABELS
from events.record import days
from events.record.sections import ASKING, DAY, TEXT, WHOLE, Column, Section
from events.rules import escalation as rules
from events.rules.sides import STATE_KINDS

COLUMNS = (
    Column("from", DAY, "First day of the stretch."),
    Column("to", DAY, "Last day of it."),
    Column("days", WHOLE, "How many days that are."),
    Column(
        "level", WHOLE, "Highest level of the seven days that end with each of them, 0 to 9; null where none began."
    ),
    Column("label", TEXT, "The level with its criterion in words; null without a level."),
    Column("incidents", WHOLE, "Incidents that begin in the stretch, at any level or none, wholes and parts alike."),
    ASKING,
)
LEVEL = ("escalation", "perpetrator__kind", "perpetrator__home_country")  # the level, and whether a state acted
EXACT_SPAN = rules.DAYS - 1  # days by which a date may be uncertain and still count on its first day


@dataclass(frozen=True)
class Begun:
    """What begins, by day: `levels` where the day is known, `number` of incidents in all, and of those too `vague`."""

    levels: list
    number: Counter
    vague: Counter


def escalation(selection, found):
    """The Section “escalation” of the groups of `statistics.by_dates` with LEVEL.

    It runs from the first incident with a level to a week after the last.
    """
    found = _begun(found)
    since, until = selection.days
    vague = sum(found.vague.values())
    if not found.levels:
        return _section([], vague)
    known = [one.day for one in found.levels]
    first, last = max(min(known), since or date.min), min(_later(max(known)), until or date.max)
    return _section(_rows(selection, found, first, last), vague)


def begun(queryset):
    """The Begun of a queryset of PublishedIncident. One query."""
    return _begun(_by_day(queryset))


def _by_day(queryset):
    return queryset.order_by().values("date_start", "date_end", *LEVEL).annotate(all_rows=Count("pk"))


def _begun(groups):
    """Those without a date are left out."""
    found = Begun([], Counter(), Counter())
    for one in groups:
        start, end, level = one["date_start"], one["date_end"], one["escalation"]
        if start is None:
            continue
        found.number[start] += one["all_rows"]
        if level is None:
            continue
        if end is None or (end - start).days > EXACT_SPAN:
            found.vague[start] += one["all_rows"]
        else:
            is_state = one["perpetrator__kind"] in STATE_KINDS
            found.levels.append(rules.Level(start, level, one["perpetrator__home_country"] or "" if is_state else ""))
    return found


def between(selection, found, first, last):
    """The Section “escalation” of what has begun, from the first day to the last, both inclusive."""
    vague = sum(count for day, count in found.vague.items() if first <= day <= last)
    return _section(_rows(selection, found, first, last), vague)


def _section(rows, vague):
    return Section(
        name="escalation",
        title=gettext("How far it escalated"),
        description=gettext(
            "The highest level from E0 to E9 of the seven days that end with each day (R12). E9 is never of one "
            "incident: it takes strikes of E7 or above on three of the seven days, made by two states."
        ),
        columns=COLUMNS,
        rows=rows,
        finding=_finding(rows),
        notes=_notes(vague),
        unit="day",
    )


def _rows(selection, found, first, last):
    known, rows = sorted(found.number), []
    for one in rules.rolling(found.levels, first, last) if first <= last else ():
        begun_on = known[bisect_left(known, one.first) : bisect_right(known, one.last)]
        asking = {"date_from": one.first, "date_to": one.last, "date_by": "first_day"}
        rows.append(
            {
                "from": one.first,
                "to": one.last,
                "days": (one.last - one.first).days + 1,
                "level": one.level,
                "label": None if one.level is None else gettext(ESCALATION_LABELS[one.level]),
                "incidents": sum(found.number[day] for day in begun_on),
                "query": selection.narrowed(**asking) if begun_on else None,
            }
        )
    return rows


def _later(day):
    """The last day on which an incident of this day still counts."""
    return day + timedelta(min(rules.DAYS - 1, (date.max - day).days))


def _finding(rows):
    known = [row for row in rows if row["level"] is not None]
    if not known:
        return gettext("No incident with a level of escalation and a known date fits this selection.")
    top = max(row["level"] for row in known)
    reached = [row for row in known if row["level"] == top]
    number = sum(row["days"] for row in reached)
    said = ngettext(
        "Highest: %(level)s; on %(number)s day, first on %(first)s.",
        "Highest: %(level)s; on %(number)s days, first on %(first)s.",
        number,
    )
    first = days.shown(reached[0]["from"])
    return said % {"level": gettext(ESCALATION_LABELS[top]), "number": f"{number:,}", "first": first}


def _notes(vague):
    if not vague:
        return []
    said = ngettext(
        "%(number)s incident is dated too vaguely, by more than a week, to have a place on it.",
        "%(number)s incidents are dated too vaguely, by more than a week, to have a place on it.",
        vague,
    )
    return [said % {"number": f"{vague:,}"}]
