"""What search engines are told of: the pages that stay, with the day on which they last changed."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from events.models.edition import PublishedIncident
from events.record import registers


class IncidentMap(Sitemap):
    def items(self):
        return PublishedIncident.objects.select_related("edition").order_by("uid")

    def lastmod(self, row):
        return row.edition.published_at


class ActorMap(Sitemap):
    def items(self):
        return registers.actors().order_by("slug")

    def location(self, row):
        return reverse("actor", args=[row.slug])


class PlaceMap(Sitemap):
    def items(self):
        return registers.locations().order_by("slug")

    def location(self, row):
        return reverse("location", args=[row.slug])


class SourceMap(Sitemap):
    def items(self):
        return registers.sources().order_by("slug")

    def location(self, row):
        return reverse("source", args=[row.slug])


class PageMap(Sitemap):
    def items(self):
        return [
            "timeline",
            "statistics",
            "actors",
            "locations",
            "sources",
            "corrections",
            "releases",
            "methodology",
            "codebook",
            "about",
            "api-docs",
            "api-start",
        ]

    def location(self, name):
        return reverse(name)


SITEMAPS = {"pages": PageMap, "incidents": IncidentMap, "actors": ActorMap, "places": PlaceMap, "sources": SourceMap}
