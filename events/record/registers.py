"""Which actors, places and sources the record knows: those that something public mentions, and no others."""

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from events import uids
from events.choices import LEVEL_RANK, LocationLevel
from events.models.actor import Actor
from events.models.edition import (
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedParticipant,
)
from events.models.known import DEEPEST, actors, locations, sources
from events.models.location import Location
from events.record import ties

_COLUMNS = {LocationLevel.COUNTRY: "country", LocationLevel.PROVINCE: "province", LocationLevel.DISTRICT: "district"}


def within(location):
    """Q over incidents of the index: at this place or anywhere inside it."""
    if column := _COLUMNS.get(location.level):
        return Q(**{column: location})
    here = Q(location=location)
    for steps in range(1, DEEPEST - LEVEL_RANK[location.level] + 1):
        here |= Q(**{"location" + "__parent" * steps: location})
    return here


def actors_with_counts():
    """The actors with `incident_count` (public incidents in which it or a faction of it has a part) and `claim_count`.

    `last_day` is the first day of the latest of those incidents; the year 1 or None where none is dated.
    """
    parts = PublishedParticipant.objects.filter(actor=OuterRef("pk")).order_by().values("actor")
    made = PublishedClaim.objects.filter(claimant=OuterRef("pk")).order_by().values("claimant")
    return actors().annotate(
        incident_count=Coalesce(Subquery(parts.annotate(n=Count("incident", distinct=True)).values("n")), 0),
        claim_count=Coalesce(Subquery(made.annotate(n=Count("pk")).values("n")), 0),
        last_day=Subquery(parts.annotate(last=Max("sort_date")).values("last")),
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


def relations_of(actor, on=None):
    """Public relations of the actor, both directions, with both ends; with a day, those that hold on it."""
    found = ties.with_ends(ties.relations(actor=actor, at=on))
    return found.order_by("type", "subject__name", "object__name", "uid")


def claims_by(actor):
    """Public claims that the actor made, newest first."""
    return (
        PublishedClaim.objects.filter(claimant=actor)
        .select_related("incident", "relation__subject", "relation__object")
        .order_by("-sort_date", "-uid")
    )


def areas_with_counts():
    """Level → countries, provinces and districts of the record with `incident_count` and `last_day`. Six queries."""
    found = {}
    for level, column in _COLUMNS.items():
        counted = PublishedIncident.objects.filter(**{f"{column}__isnull": False}).order_by().values_list(column)
        counts = {pk: numbers for pk, *numbers in counted.annotate(Count("pk"), Max("sort_date"))}
        for place in Location.objects.filter(pk__in=counts).select_related("country", "province"):
            place.incident_count, place.last_day = counts[place.pk]
            found.setdefault(level, []).append(place)
    return found


def stretches():
    """Stretches of the border and named areas, with `incident_count` and `last_day`: they lie in no one country."""
    here = PublishedIncident.objects.filter(location=OuterRef("pk")).order_by().values("location")
    levels = (LocationLevel.BORDER_SEGMENT, LocationLevel.AREA)
    return (
        locations()
        .filter(level__in=levels)
        .annotate(
            incident_count=Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0),
            last_day=Subquery(here.annotate(last=Max("sort_date")).values("last")),
        )
    )


def documents_of(source):
    """Documents of the source in the record: one row per document with how many claims it documents, newest first."""
    return (
        PublishedCitation.objects.filter(source=source)
        .values("document_uid", "document_title", "document_url", "document_date")
        .annotate(claims=Count("claim", distinct=True), newest=Max("claim__sort_date"))
        .order_by("-newest", "-document_uid")
    )


def documented_by(source):
    """Keys of the public incidents about which the source documents a claim."""
    cited = PublishedCitation.objects.filter(source=source, claim__incident__isnull=False)
    return cited.values("claim__incident")


def on_side(side):
    """Keys of the actors of the record that stand on the side."""
    return actors().order_by().filter(side=side).values("pk")


def incidents_documented_by(source):
    """Public incidents about which the source documents a claim."""
    return PublishedIncident.objects.filter(pk__in=documented_by(source))


def citations_of(source, document_uids):
    """Citations of these documents, with the claim and its incident."""
    return (
        PublishedCitation.objects.filter(source=source, document_uid__in=document_uids)
        .select_related("claim__incident", "claim__claimant", "claim__relation__subject", "claim__relation__object")
        .order_by("document_uid", "-claim__sort_date", "claim__uid", "pk")
    )


def sources_with_counts():
    """The sources with `claim_count`, `document_count`, `incident_count` and `last_day` of what they document."""
    cited = "published_citations"
    return sources().annotate(
        claim_count=Count(f"{cited}__claim", distinct=True),
        document_count=Count(f"{cited}__document_uid", distinct=True),
        incident_count=Count(f"{cited}__claim__incident", distinct=True),
        last_day=Max(f"{cited}__claim__incident__sort_date"),
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
