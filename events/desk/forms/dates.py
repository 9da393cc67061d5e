"""Dates as precise as they are known: the inputs, and the VagueDate made of them."""

import calendar
from datetime import date, timedelta

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.choices import DatePrecision
from events.desk.forms.manners import DateInput, TimeInput, listed
from events.rules import dates

LAST_DAY, HOW_EXACTLY = _("Last day"), _("How exactly known")
ZONES = (
    ("Asia/Kabul", _("Afghanistan")),
    ("Asia/Karachi", _("Pakistan")),
    ("Asia/Tehran", _("Iran")),
    ("UTC", "UTC"),
)
ZONE_OF_COUNTRY = {"AF": "Asia/Kabul", "PK": "Asia/Karachi", "IR": "Asia/Tehran"}
_PARTS = {"start": "start", "end": "end", "precision": "precision", "time_local": "time", "time_zone": "zone"}


def first_day(label, help_text=""):
    return forms.DateField(label=label, required=False, widget=DateInput(), help_text=help_text)


def last_day(label=LAST_DAY):
    return forms.DateField(
        label=label,
        required=False,
        widget=DateInput(),
        help_text=_("Leave empty for one day, or for the whole week, month, quarter or year."),
    )


def precision(label=HOW_EXACTLY):
    return forms.ChoiceField(
        label=label, choices=listed(DatePrecision), initial=DatePrecision.DAY.value, required=False
    )


def local_time():
    return forms.TimeField(
        label=_("Local time"),
        required=False,
        widget=TimeInput(),
        help_text=_("At the place; goes with “to the minute” or “part of the day”."),
    )


def time_zone():
    return forms.ChoiceField(
        label=_("Time zone of the place"),
        required=False,
        choices=(
            ("", _("As the place's country")),
            *((zone, format_lazy("{} ({})", zone, where)) for zone, where in ZONES),
        ),
    )


def zone_of(place):
    """The time zone to assume at a place: its own, else its country's; "" when neither is known, or for no place."""
    if place is None:
        return ""
    return place.time_zone or ZONE_OF_COUNTRY.get(place.country.iso if place.country else place.iso, "")


def take(form, name, *, zone=""):
    """The VagueDate of the form's inputs NAME_start …; puts what contradicts itself at the inputs. No days: unknown.

    `zone` is the time zone to assume where a clock time is given without one.
    """
    values = {part: form.cleaned_data.get(f"{name}_{column}") for part, column in _PARTS.items()}
    if any(f"{name}_{column}" in form.errors for column in _PARTS.values()):
        return dates.VagueDate()
    if not (values["start"] or values["end"] or values["time_local"]):
        return dates.VagueDate()
    start, end = _whole(values["start"], values["end"], values["precision"])
    time_local = values["time_local"]
    when = dates.VagueDate(
        start,
        end,
        values["precision"] or DatePrecision.DAY.value,
        time_local,
        (values["time_zone"] or zone or "") if time_local else "",
    )
    for part, sentence in dates.problems(when):
        field = f"{name}_{_PARTS[part]}"
        form.add_error(field if field in form.fields else None, sentence)
    return when


def described(incident):
    """The date of an incident in plain English."""
    return dates.describe(incident.date)


def initial(row, name):
    """The form's initial values for a vague date of a row; none at all for an unknown one, as on an empty form."""
    if getattr(row, f"{name}_start") is None:
        return {}
    return {
        f"{name}_{column}": getattr(row, f"{name}_{column}")
        for column in _PARTS.values()
        if hasattr(row, f"{name}_{column}")
    }


def _whole(start, end, how_exact):
    """First and last day; where only one is given, the week, month, quarter or year that holds it."""
    if start is None or end is not None:
        return start, end
    if how_exact == DatePrecision.WEEK:
        return start, start + min(timedelta(days=6), date.max - start)  # the rules refuse such a year
    if how_exact == DatePrecision.MONTH:
        return start.replace(day=1), _last_of_month(start)
    if how_exact == DatePrecision.QUARTER:
        first = 3 * ((start.month - 1) // 3) + 1
        return start.replace(month=first, day=1), _last_of_month(start.replace(month=first + 2, day=1))
    if how_exact == DatePrecision.YEAR:
        return date(start.year, 1, 1), date(start.year, 12, 31)
    return start, start


def _last_of_month(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
