"""A date that may be uncertain, as columns: NAME_start, NAME_end, NAME_precision and, if wanted, NAME_time, NAME_zone."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.choices import DatePrecision
from events.rules import dates


class VagueDateField:
    """Adds the columns and an attribute NAME that reads and takes a `rules.dates.VagueDate`.

    Days are civil days at the place of the event, both inclusive; precision "unknown" goes with no days at all.
    """

    def __init__(self, *, with_time=False):
        self.with_time = with_time

    def contribute_to_class(self, model, name, **kwargs):
        self.name = name
        columns = {
            "start": models.DateField(null=True, blank=True),
            "end": models.DateField(null=True, blank=True),
            "precision": models.CharField(
                max_length=12, choices=DatePrecision.pairs(), default=DatePrecision.UNKNOWN.value
            ),
        }
        if self.with_time:
            columns["time"] = models.TimeField(null=True, blank=True)
            columns["zone"] = models.CharField(max_length=40, blank=True)
        for suffix, column in columns.items():
            model.add_to_class(f"{name}_{suffix}", column)
        setattr(model, name, self)

    def __get__(self, row, owner=None):
        if row is None:
            return self
        start, end, precision = (getattr(row, f"{self.name}_{part}") for part in ("start", "end", "precision"))
        if not self.with_time:
            return dates.VagueDate(start, end, precision)
        return dates.VagueDate(
            start, end, precision, getattr(row, f"{self.name}_time"), getattr(row, f"{self.name}_zone")
        )

    def __set__(self, row, value):
        value = value or dates.VagueDate(None, None, DatePrecision.UNKNOWN.value)
        for part in ("start", "end", "precision"):
            setattr(row, f"{self.name}_{part}", getattr(value, part))
        if self.with_time:
            setattr(row, f"{self.name}_time", value.time_local)
            setattr(row, f"{self.name}_zone", value.time_zone)


def vague_date_constraint(model_name, name):
    """The database's half of the rules for a vague date; `check_vague_dates` has the sentences for the rest."""
    start, end, precision = f"{name}_start", f"{name}_end", f"{name}_precision"
    unknown = Q(**{precision: DatePrecision.UNKNOWN.value, f"{start}__isnull": True, f"{end}__isnull": True})
    known = (
        Q(**{f"{precision}__in": [code for code in DatePrecision.codes() if code != DatePrecision.UNKNOWN.value]})
        & Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
        & Q(**{f"{end}__gte": F(start)})
    )
    return models.CheckConstraint(
        condition=unknown | known,
        name=f"{model_name}_{name}_ordered",
        violation_error_message=_(
            "The date needs a first and a last day in that order; only an unknown date has neither."
        ),
    )


def check_vague_dates(row, *names):
    """Raise ValidationError naming the column for every vague date of the row that contradicts itself."""
    errors = {}
    for name in names:
        for part, sentence in dates.problems(getattr(row, name)):
            column = {"time_local": "time", "time_zone": "zone"}.get(part, part)
            errors.setdefault(f"{name}_{column}", []).append(sentence)
    if errors:
        raise ValidationError(errors)
