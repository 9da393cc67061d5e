"""What links between incidents must obey, whoever makes or moves them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from events.choices import LinkType
from events.models.incident import IncidentLink


def require_sound(from_incident, to_incident, type):
    """Raise ValidationError when a part would contain its whole (I7), or an answer come before its cause (I8)."""
    if type == LinkType.PART_OF and _reaches(to_incident, from_incident):
        sentence = gettext("“%(part)s” is itself a part of “%(whole)s”.")
        raise ValidationError({"to": sentence % {"part": to_incident, "whole": from_incident}})
    if type in (LinkType.RETALIATION_FOR, LinkType.RESPONSE_TO):
        answer, cause = from_incident.date_end, to_incident.date_start
        if answer and cause and answer < cause:
            sentence = gettext("“%(answer)s” cannot answer “%(cause)s”, which came later; check the two dates.")
            raise ValidationError(sentence % {"answer": from_incident, "cause": to_incident})


def require_all_sound(incident):
    """The same for every link of an incident, after its date or its links have changed."""
    for link in IncidentLink.objects.filter(from_incident=incident).select_related("from_incident", "to_incident"):
        require_sound(incident, link.to_incident, link.type)
    for link in IncidentLink.objects.filter(to_incident=incident).select_related("from_incident", "to_incident"):
        require_sound(link.from_incident, incident, link.type)


def _reaches(part, whole):
    """Whether part-of links lead from the one up to the other."""
    seen = set()
    while part is not None and part.pk not in seen:
        if part.pk == whole.pk:
            return True
        seen.add(part.pk)
        link = part.links_out.filter(type=LinkType.PART_OF).select_related("to_incident").first()
        part = link.to_incident if link else None
    return False
