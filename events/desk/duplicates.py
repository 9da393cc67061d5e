"""Incidents that are likely the same as another one: of the same kind, within three days and thirty kilometres."""

from datetime import timedelta

from events.choices import Category, LinkType
from events.models.incident import Incident, IncidentLink
from events.rules import contest

DAYS, KILOMETRES = 3, 30
MOST = 10  # shown; whoever merges can name any other by its number
_READ = 200  # incidents of one kind within the days: more than any week has had


def likely(incident):
    """List of the open incidents that may be the same, nearest in time first. One query."""
    if incident.date_start is None or incident.location is None or incident.category == Category.SERIES:
        return []
    margin = timedelta(days=DAYS)
    others = (
        Incident.objects.live()
        .filter(
            kind=incident.kind,
            date_start__lte=incident.date_end + margin,
            date_end__gte=incident.date_start - margin,
            location__isnull=False,
        )
        .exclude(pk=incident.pk)
        .with_places()
        .order_by("date_start", "pk")
    )
    near = [other for other in others[:_READ] if are_near(incident.location, other.location)]
    return sorted(near, key=lambda other: abs(other.date_start - incident.date_start))[:MOST]


def unexplained(incident):
    """Likely duplicates that no link relates to this one, and that are not another part of the same operation."""
    found = likely(incident)
    if not found:
        return []
    known = set(incident.links_out.values_list("to_incident", flat=True))
    known |= set(incident.links_in.values_list("from_incident", flat=True))
    whole = incident.links_out.filter(type=LinkType.PART_OF).values("to_incident")
    siblings = IncidentLink.objects.filter(type=LinkType.PART_OF, to_incident__in=whole)
    known |= set(siblings.values_list("from_incident", flat=True))
    return [other for other in found if other.pk not in known]


def are_near(one, other):
    """Whether two places are one, lie in each other, or lie within thirty kilometres.

    Without coordinates of both, places of one district are near, and of one province where no districts are known.
    """
    if one.pk == other.pk or _lies_in(one, other) or _lies_in(other, one):
        return True
    if one.latitude is not None and other.latitude is not None:
        return contest.kilometres_between(one, other) <= KILOMETRES
    if one.district_id and other.district_id:
        return one.district_id == other.district_id
    return one.province_id is not None and one.province_id == other.province_id


def _lies_in(place, area):
    return area.pk in (place.parent_id, place.district_id, place.province_id)
