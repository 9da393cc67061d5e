"""What came before and after an incident, as its links say: the chain that readers follow."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from events import access
from events.choices import LinkType
from events.models.incident import Incident, IncidentLink

# What a link says on the page of the incident from which it leads, and of the one to which it leads.
FROM_HERE = {
    LinkType.PART_OF: gettext_noop("This is a part of “%(other)s”"),
    LinkType.SAME_AS: gettext_noop("This is the same as “%(other)s”"),
    LinkType.RETALIATION_FOR: gettext_noop("This is a retaliation for “%(other)s”"),
    LinkType.RESPONSE_TO: gettext_noop("This is a response to “%(other)s”"),
    LinkType.FOLLOWS: gettext_noop("This is later than “%(other)s”"),
    LinkType.INSTANCE_OF: gettext_noop("This is an instance of “%(other)s”"),
}
TO_HERE = {
    LinkType.PART_OF: gettext_noop("“%(other)s” is a part of this"),
    LinkType.SAME_AS: gettext_noop("“%(other)s” is the same as this"),
    LinkType.RETALIATION_FOR: gettext_noop("“%(other)s” is a retaliation for this"),
    LinkType.RESPONSE_TO: gettext_noop("“%(other)s” is a response to this"),
    LinkType.FOLLOWS: gettext_noop("“%(other)s” is later than this"),
    LinkType.INSTANCE_OF: gettext_noop("“%(other)s” is an instance of this"),
}


@dataclass(frozen=True)
class Linked:
    """A link as a sentence, from this incident or to it."""

    link: IncidentLink
    other: Incident
    sentence: str


def of(incident, user):
    """List of Linked to the incidents that the person sees, in the order of their days."""
    found = [
        Linked(link, link.to_incident, _told(FROM_HERE, link.type, link.to_incident))
        for link in incident.links_out.select_related("to_incident")
    ] + [
        Linked(link, link.from_incident, _told(TO_HERE, link.type, link.from_incident))
        for link in incident.links_in.select_related("from_incident")
    ]
    seen = [one for one in found if access.can_see_incident(user, one.other)]
    return sorted(seen, key=lambda one: (one.other.date_start is None, one.other.date_start, one.link.pk))


def _told(sentences, type, other):
    return gettext(sentences[type]) % {"other": other}
