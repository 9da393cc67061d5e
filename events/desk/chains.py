"""What came before and after an incident, as its links say: the chain that readers follow."""

from dataclasses import dataclass

from events import access
from events.models.incident import Incident, IncidentLink
from events.rules import wording


@dataclass(frozen=True)
class Linked:
    """A link as a sentence, from this incident or to it."""

    link: IncidentLink
    other: Incident
    sentence: str


def of(incident, user):
    """List of Linked to the incidents that the person sees, in the order of their days."""
    found = [
        Linked(link, link.to_incident, f"This {wording.LINKED[link.type]} “{link.to_incident}”")
        for link in incident.links_out.select_related("to_incident")
    ] + [
        Linked(link, link.from_incident, f"“{link.from_incident}” {wording.LINKED[link.type]} this")
        for link in incident.links_in.select_related("from_incident")
    ]
    seen = [one for one in found if access.can_see_incident(user, one.other)]
    return sorted(seen, key=lambda one: (one.other.date_start is None, one.other.date_start, one.link.pk))


def sentence(origin, type, target):
    """“A” is a retaliation for “B”."""
    return f"“{origin}” {wording.LINKED[type]} “{target}”"
