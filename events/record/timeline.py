"""Public incidents by day, as the timeline lists them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext

from events.choices import DatePrecision, Side
from events.models.edition import BEHIND_CLAIMS, PublishedClaim
from events.record import days

EXACT = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY, DatePrecision.DAY)


@dataclass
class Day:
    """A heading with its incidents. `day` is the civil day where all of them happened on that one day, else None."""

    heading: str
    day: object = None
    rows: list = field(default_factory=list)


def by_day(rows):
    """List of Day for rows in the order of the record; a vague date has a heading of its own, in its own words.

    Rows that share their first day are brought together under their headings, the exact day first.
    """
    pairs, found = [], {}
    for row in rows:
        key = (row.sort_date, _heading(row))
        if key not in found:
            found[key] = Day(heading=key[1], day=row.date_start if _is_exact(row) else None)
            pairs.append((row.sort_date, found[key]))
        found[key].rows.append(row)
    # Sorting is stable: only an exact day moves, in front of the vaguer headings that begin with the same day.
    pairs.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].day is None))
    return [day for _, day in pairs]


def with_sides(rows):
    """The same rows, each with `sides`: the codes of the sides of its claimants, in the order of the list. One query.

    Who has no actor in the register, residents or the press, counts with the others.
    """
    spoken = (
        PublishedClaim.objects.filter(incident__in=[row.pk for row in rows], position__lt=BEHIND_CLAIMS)
        .order_by()
        .values_list("incident", "claimant__side")
        .distinct()
    )
    found = {}
    for uid, side in spoken:
        found.setdefault(uid, set()).add(side or Side.THIRD.value)
    for row in rows:
        row.sides = [side.value for side in Side if side.value in found.get(row.pk, ())]
    return rows


def _is_exact(row):
    return row.date_precision in EXACT and row.date_start is not None


def _heading(row):
    if row.date_start is None:
        return gettext("Date unknown")
    if _is_exact(row):
        return days.with_weekday(row.date_start)
    return row.date_shown
