"""Incidents near another one in time and place: what one that is to be linked most likely has to do with."""

from datetime import timedelta

from django.db.models import Q

from events import access
from events.choices import IncidentStatus
from events.desk import likeness
from events.models.incident import Incident

DAYS = 30
MOST = 12
_READ = 300  # open incidents within the days: the nearest in time come first


def incidents(incident, user):
    """List of the incidents that the person sees, nearest in time first, those near in place before all others."""
    if incident.date_start is None:
        return []
    margin = timedelta(days=DAYS)
    within = Incident.objects.live().filter(
        date_start__lte=incident.date_end + margin, date_end__gte=incident.date_start - margin
    )
    if not access.can_judge(user):
        within = within.filter(Q(created_by=user) | Q(keeper=user) | Q(status=IncidentStatus.PUBLISHED))
    found = list(within.exclude(pk=incident.pk).with_places().order_by("date_start", "pk")[:_READ])
    return sorted(found, key=lambda other: _far(incident, other))[:MOST]


def _far(incident, other):
    is_near = None not in (incident.location, other.location) and likeness.are_near(incident.location, other.location)
    return not is_near, abs(other.date_start - incident.date_start), other.pk
