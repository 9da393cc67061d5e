"""Addresses of the public pages. They are permanent: what is cited once must lead somewhere for ever."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from events.record.views import browse, incidents, map, registers
from events.uids import UidConverter

if "uid" not in get_converters():
    register_converter(UidConverter, "uid")

urlpatterns = [
    path("", browse.timeline, name="timeline"),
    path("map/", map.page, name="map"),
    path("map/view/", map.view, name="map-view"),
    path("map/cells.json", map.cells, name="map-cells"),
    path("map/outlines.json", map.outlines, name="map-outlines"),
    path("about/", browse.about, name="about"),
    path("theme/", browse.theme, name="theme"),
    path("robots.txt", browse.robots, name="robots"),
    path("incidents/<uid:uid>/", incidents.incident, name="incident"),
    path("incidents/<uid:uid>/history/", incidents.history, name="incident-history"),
    path("incidents/<uid:uid>/editions/<int:number>/", incidents.edition, name="incident-edition"),
    path("claims/<uid:uid>/", incidents.claim, name="claim"),
    path("actors/", registers.actors, name="actors"),
    path("actors/<slug:slug>/", registers.actor, name="actor"),
    path("locations/", registers.locations, name="locations"),
    path("locations/<slug:slug>/", registers.location, name="location"),
    path("sources/", registers.sources, name="sources"),
    path("sources/<slug:slug>/", registers.source, name="source"),
]
