"""UCDP's addresses below one base, with its own "api" in front or without."""

from django.urls import path

from events.api.compat import ucdp

urlpatterns = [
    path("api/gedevents/<str:version>", ucdp.events, name="api-ucdp-events"),
    path("api/<str:resource>/<str:version>", ucdp.resource, name="api-ucdp-resource"),
    path("<str:resource>/<str:version>", ucdp.resource, name="api-ucdp-resource-short"),
]
