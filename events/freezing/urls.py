"""Addresses of freezing, under /desk/releases/."""

from django.urls import path

from events.freezing import views

urlpatterns = [
    path("", views.listing, name="desk-releases"),
    path("freeze/", views.freeze, name="desk-release-freeze"),
    path("<release:name>/errata/", views.erratum, name="desk-release-erratum"),
]
