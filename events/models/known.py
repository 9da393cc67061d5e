"""Which actors, places and sources the record knows: those that something public mentions, and no others."""

from django.db.models import Exists, OuterRef, Q

from events.choices import LEVEL_RANK
from events.models.actor import Actor
from events.models.edition import (
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedParticipant,
    PublishedRelation,
)
from events.models.location import Location
from events.models.source import Source

DEEPEST = max(LEVEL_RANK.values())  # steps at most from a place up to what lies in nothing else
# From a public incident to its place and to everything that this one lies in.
PLACES = (
    "location",
    "country",
    "province",
    "district",
    *("location" + "__parent" * steps for steps in range(1, DEEPEST + 1)),
)


def actors():
    """Actors that take part in a public incident, make a public claim or stand in a public relation, by name."""
    here = OuterRef("pk")
    return Actor.objects.current().filter(
        Exists(PublishedParticipant.objects.filter(actor=here))
        | Exists(PublishedClaim.objects.filter(claimant=here))
        | Exists(PublishedRelation.objects.filter(subject=here))
        | Exists(PublishedRelation.objects.filter(object=here))
    )


def locations():
    """Places of public incidents, and everything those lie in, by name."""
    return Location.objects.current().filter(mentioned_in(PublishedIncident.objects.all()))


def mentioned_in(incidents):
    """Q over Location: the place of one of these incidents, or what such a place lies in."""
    mentioned = Q()
    for column in PLACES:
        mentioned |= Q(Exists(incidents.filter(**{column: OuterRef("pk")})))
    return mentioned


def sources():
    """Sources that document a public claim, by name."""
    cited = Exists(PublishedCitation.objects.filter(source=OuterRef("pk")))
    return Source.objects.filter(cited, merged_into__isnull=True)
