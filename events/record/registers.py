"""Which actors, places and sources the record knows: those that something public mentions, and no others."""

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from events import uids
from events.choices import LEVEL_RANK, LocationLevel
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

_COLUMNS = {LocationLevel.COUNTRY: "country", LocationLevel.PROVINCE: "province", LocationLevel.DISTRICT: "district"}
_DEEPEST = max(LEVEL_RANK.values())


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
    columns = ["location", *_COLUMNS.values(), *("location" + "__parent" * steps for steps in range(1, _DEEPEST + 1))]
    mentioned = Q()
    for column in columns:
        mentioned |= Q(Exists(PublishedIncident.objects.filter(**{column: OuterRef("pk")})))
    return Location.objects.current().filter(mentioned)


def sources():
    """Sources that document a public claim, by name."""
    cited = Exists(PublishedCitation.objects.filter(source=OuterRef("pk")))
    return Source.objects.filter(cited, merged_into__isnull=True)


def within(location):
    """Q over PublishedIncident: at this place or anywhere inside it."""
    if column := _COLUMNS.get(location.level):
        return Q(**{column: location})
    here = Q(location=location)
    for steps in range(1, _DEEPEST - LEVEL_RANK[location.level] + 1):
        here |= Q(**{"location" + "__parent" * steps: location})
    return here


def actors_with_counts():
    """The actors with `incident_count` (public incidents in which it or a faction of it has a part) and `claim_count`."""
    parts = PublishedParticipant.objects.filter(actor=OuterRef("pk")).order_by().values("actor")
    made = PublishedClaim.objects.filter(claimant=OuterRef("pk")).order_by().values("claimant")
    return actors().annotate(
        incident_count=Coalesce(Subquery(parts.annotate(n=Count("incident", distinct=True)).values("n")), 0),
        claim_count=Coalesce(Subquery(made.annotate(n=Count("pk")).values("n")), 0),
    )


def parts_of(actor):
    """[{"part", "incidents", "own"}]: incidents per part, with factions and without, the most frequent first."""
    return (
        PublishedParticipant.objects.filter(actor=actor)
        .values("part")
        .annotate(
            incidents=Count("incident", distinct=True),
            own=Count("incident", distinct=True, filter=Q(is_direct=True)),
        )
        .order_by("-incidents", "part")
    )


def incidents_of(actor):
    """Public incidents in which the actor, or a faction of it, has a part."""
    return PublishedIncident.objects.filter(pk__in=PublishedParticipant.objects.filter(actor=actor).values("incident"))


def relations_of(actor):
    """Public relations of the actor, both directions, with both ends."""
    return (
        PublishedRelation.objects.filter(Q(subject=actor) | Q(object=actor))
        .select_related("subject", "object")
        .prefetch_related("claims")
        .order_by("type", "subject__name", "object__name", "uid")
    )


def claims_by(actor):
    """Public claims that the actor made, newest first."""
    return (
        PublishedClaim.objects.filter(claimant=actor)
        .select_related("incident", "relation__subject", "relation__object")
        .order_by("-sort_date", "-uid")
    )


def areas_with_counts():
    """Countries, provinces and districts of the record with `incident_count`, for the list of places."""
    found = {}
    for level, column in _COLUMNS.items():
        counts = dict(
            PublishedIncident.objects.filter(**{f"{column}__isnull": False})
            .values_list(column)
            .annotate(Count("pk"))
            .order_by()
        )
        for place in (
            Location.objects.filter(pk__in=counts).select_related("country", "province").order_by("name", "pk")
        ):
            place.incident_count = counts[place.pk]
            found.setdefault(level, []).append(place)
    return found


def stretches():
    """Stretches of the border and named areas that the record knows: they lie in no one country."""
    levels = (LocationLevel.BORDER_SEGMENT, LocationLevel.AREA)
    return locations().filter(level__in=levels).order_by("name", "pk")


def places_in(location):
    """Places directly inside this one that the record knows."""
    return locations().filter(parent=location).order_by("name", "pk")


def documents_of(source):
    """Documents of the source in the record: one row per document with how many claims it documents, newest first."""
    return (
        PublishedCitation.objects.filter(source=source)
        .values("document_uid", "document_title", "document_url", "document_date")
        .annotate(claims=Count("claim", distinct=True), newest=Max("claim__sort_date"))
        .order_by("-newest", "-document_uid")
    )


def citations_of(source, document_uids):
    """Citations of these documents, with the claim and its incident."""
    return (
        PublishedCitation.objects.filter(source=source, document_uid__in=document_uids)
        .select_related("claim__incident", "claim__claimant", "claim__relation__subject", "claim__relation__object")
        .order_by("document_uid", "-claim__sort_date", "claim__uid", "pk")
    )


def sources_with_counts():
    return (
        sources()
        .annotate(
            claims_total=Count("published_citations__claim", distinct=True),
            documents_total=Count("published_citations__document_uid", distinct=True),
        )
        .order_by("kind", "name", "pk")
    )


def incidents_in(location):
    """Public incidents at the place or anywhere inside it."""
    return PublishedIncident.objects.filter(within(location))


def survivor(known, text):
    """The entry of the record into which the one of this slug or uid was folded, in the end; None without one.

    `known` are the actors, locations or sources of the record.
    """
    here = Q(slug=text) | Q(uid=uids.parse(text) or text)
    row = known.model.objects.filter(here, merged_into__isnull=False).select_related("merged_into").first()
    return known.filter(pk=_end(row).pk).first() if row is not None else None


def survivors(known, slugs):
    """Dict of slug → what `survivor` finds for it, for those for which it finds anything. Two queries, one more a step."""
    if not slugs:
        return {}
    rows = known.model.objects.filter(slug__in=slugs, merged_into__isnull=False).select_related("merged_into")
    ends = {row.slug: _end(row).pk for row in rows}
    found = {row.pk: row for row in known.filter(pk__in=ends.values())}
    return {slug: found[pk] for slug, pk in ends.items() if pk in found}


def with_page(slugs):
    """Set of those slugs of actors that lead to a page of the record, be it that of the actor each was folded into."""
    rows = Actor.objects.filter(slug__in=slugs).select_related("merged_into")
    ends = {row.slug: _end(row).pk for row in rows}
    known = set(actors().filter(pk__in=ends.values()).values_list("pk", flat=True))
    return {slug for slug, pk in ends.items() if pk in known}


def _end(row):
    """The row that stands for this one in the end, however often it was folded on."""
    seen = set()
    while row.merged_into is not None and row.pk not in seen:
        seen.add(row.pk)
        row = row.merged_into
    return row
