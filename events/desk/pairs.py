"""Two incidents beside each other, field by field, for whoever decides whether they are one."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models.claim import Citation
from events.press import conflicts
from events.press.merging import FACTS
from events.press.traces import snapshot
from events.rules import dates

LABELS = {
    "title": _("Title"),
    "kind": _("Kind"),
    "date": _("Date"),
    "location": _("Place and how exactly it is known"),
    "summary": _("Summary"),
    "tags": _("Tags"),
}


@dataclass(frozen=True)
class Fact:
    """One fact of both in words; `name` as `merging.FACTS` has it."""

    name: str
    label: str
    survivor: str
    loser: str
    differs: bool


@dataclass(frozen=True)
class Side:
    """The claims of one of the two, and how many citations they carry."""

    incident: object
    claims: list
    citations: int


def facts(loser, survivor):
    """List of Fact in the order of the page."""
    one, other = snapshot(survivor), snapshot(loser)
    return [
        Fact(
            name,
            LABELS[name],
            _words(survivor, name),
            _words(loser, name),
            any(one[column] != other[column] for column in columns),
        )
        for name, columns in FACTS.items()
    ]


def sides(loser, survivor):
    """The Side of the one that stays, then that of the other."""
    return [
        Side(
            incident,
            list(incident.claims.with_everything().select_related("incident")),
            Citation.objects.filter(claim__incident=incident).count(),
        )
        for incident in (survivor, loser)
    ]


def doubles(loser, survivor):
    """Pairs of claims that will say the same of the same."""
    return conflicts.doubles(loser, survivor)


def _words(incident, name):
    if name == "date":
        return dates.describe(incident.date)
    if name == "kind":
        return gettext(incident.get_kind_display())
    if name == "location":
        precision = gettext(incident.get_location_precision_display()).lower()
        return f"{incident.location}, {incident.location.within} ({precision})" if incident.location else ""
    value = getattr(incident, name)
    return ", ".join(value) if name == "tags" else value
