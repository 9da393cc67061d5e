"""Days, months and weekdays in the words of the page's language."""

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS
from django.utils.translation import gettext


def shown(day):
    """“18 March 2024”."""
    return gettext("%(day)d %(month)s %(year)d") % _parts(day)


def with_weekday(day):
    """“Monday 18 March 2024”."""
    return gettext("%(weekday)s %(day)d %(month)s %(year)d") % _parts(day)


def month(day):
    """“March 2024”."""
    return gettext("%(month)s %(year)d") % _parts(day)


def short(day):
    """“18 Mar”."""
    return gettext("%(day)d %(short_month)s") % _parts(day)


def short_with_year(day):
    """“18 Mar 2024”."""
    return gettext("%(day)d %(short_month)s %(year)d") % _parts(day)


def short_month(day):
    """“Mar 2024”."""
    return gettext("%(short_month)s %(year)d") % _parts(day)


def _parts(day):
    return {
        "day": day.day,
        "month": MONTHS[day.month],
        "short_month": MONTHS_3[day.month].title(),
        "year": day.year,
        "weekday": WEEKDAYS[day.weekday()],
    }
