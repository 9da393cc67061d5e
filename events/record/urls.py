"""Addresses of the public pages. They are permanent: what is cited once must lead somewhere for ever."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.urls import path, register_converter
from django.urls.converters import StringConverter, get_converters

from events.record import downloads as files
from events.record import shaped
from events.record.citing import FORMATS
from events.record.releases.naming import ReleaseConverter
from events.record.sitemaps import SITEMAPS
from events.record.views import (
    browse,
    chains,
    downloads,
    following,
    incidents,
    map,
    registers,
    releases,
    search,
    statistics,
)
from events.uids import UidConverter


class CitationConverter(StringConverter):
    """Path converter: the end of the address of a citation, which names its format."""

    regex = "|".join(FORMATS)


class DownloadConverter(StringConverter):
    """Path converter: the end of the address of a file, which names its format."""

    regex = "|".join(files.FORMATS)


class ShapeConverter(StringConverter):
    """Path converter: another data set in whose shape incidents are to be had."""

    regex = "|".join(shaped.SHAPES)


if "citation" not in get_converters():
    register_converter(CitationConverter, "citation")
if "download" not in get_converters():
    register_converter(DownloadConverter, "download")
if "shape" not in get_converters():
    register_converter(ShapeConverter, "shape")
if "release" not in get_converters():
    register_converter(ReleaseConverter, "release")
if "uid" not in get_converters():
    register_converter(UidConverter, "uid")

# Django's own views, open to everybody.
sitemap_index, sitemap_section = login_not_required(sitemaps.index), login_not_required(sitemaps.sitemap)

urlpatterns = [
    path("", browse.timeline, name="timeline"),
    path("search/", search.search, name="search"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:name>.csv", statistics.statistics_csv, name="statistics-csv"),
    path("escalation/", chains.escalation, name="escalation"),
    path("map/", map.page, name="map"),
    path("map/view/", map.view, name="map-view"),
    path("map/cells.json", map.cells, name="map-cells"),
    path("map/outlines.json", map.outlines, name="map-outlines"),
    path("map/districts.json", map.districts, name="map-districts"),
    path("about/", browse.about, name="about"),
    path("methodology/", browse.methodology, name="methodology"),
    path("codebook/", browse.words, name="codebook"),
    path("corrections/", following.corrections_page, name="corrections"),
    path("feed.atom", following.feed, name="feed"),
    path("calendar.ics", following.ics, name="calendar"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap_section, {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("theme/", browse.theme, name="theme"),
    path("language/", browse.language, name="language"),
    path("robots.txt", browse.robots, name="robots"),
    path("incidents.csv-metadata.json", downloads.incidents_csvw, name="incidents-csvw"),
    path("incidents.<download:form>", downloads.incidents, name="incidents-download"),
    path("incidents.<shape:shape>.csv", downloads.incidents_shaped, name="incidents-shaped"),
    path("incidents.<shape:shape>-left-out.csv", downloads.incidents_left_out, name="incidents-left-out"),
    path("incidents.stix.json", downloads.incidents_stix, name="incidents-stix"),
    path("data/stix-extensions.json", downloads.stix_schema, name="stix-schema"),
    path("downloads/", downloads.offered, name="downloads"),
    path("downloads/<shape:shape>/left-out/", downloads.left_out, name="left-out"),
    path("releases/", releases.listing, name="releases"),
    path("releases/<release:name>/", releases.release, name="release"),
    path("releases/<release:name>/differences/", releases.differences, name="release-differences"),
    path("releases/<release:name>/cite.<citation:form>", releases.cite, name="release-cite"),
    path("releases/<release:name>/files/<str:file>", releases.file, name="release-file"),
    path("data/dictionary/", downloads.dictionary, name="dictionary"),
    path("data/dictionary.json", downloads.dictionary_json, name="dictionary-json"),
    path("incidents/<uid:uid>/", incidents.incident, name="incident"),
    path("incidents/<uid:uid>/chain/", chains.incident_chain, name="incident-chain"),
    path("incidents/<uid:uid>/cite.<citation:form>", incidents.cite_incident, name="incident-cite-latest"),
    path("incidents/<uid:uid>/history/", incidents.history, name="incident-history"),
    path("incidents/<uid:uid>/editions/<int:number>/", incidents.edition, name="incident-edition"),
    path("incidents/<uid:uid>/editions/<int:number>/cite.<citation:form>", incidents.cite, name="incident-cite"),
    path("claims/<uid:uid>/", incidents.claim, name="claim"),
    path("actors/", registers.actors, name="actors"),
    path("actors/<slug:slug>/", registers.actor, name="actor"),
    path("locations/", registers.locations, name="locations"),
    path("locations/<slug:slug>/", registers.location, name="location"),
    path("sources/", registers.sources, name="sources"),
    path("sources/<slug:slug>/", registers.source, name="source"),
]
