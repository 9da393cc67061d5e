"""Actors, places and sources, as far as something public mentions them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.record import paging, profiles, registers
from events.record.timeline import by_day
from events.record.views.addresses import takes

ROWS = 25
CLAIMS = 20


@login_not_required
@require_safe
@takes()
def actors(request):
    return render(request, "record/actors.html", {"sides": profiles.actors_by_side()})


@login_not_required
@require_safe
@takes("after", "before")
def actor(request, slug):
    row = registers.actors().filter(slug=slug).prefetch_related("aliases").first()
    if row is None:
        return _moved(registers.actors(), slug)
    page = _page(request, registers.incidents_of(row))
    context = profiles.of_actor(row, claims_shown=CLAIMS)
    return render(request, "record/actor.html", context | {"page": page, "days": by_day(page.rows)})


@login_not_required
@require_safe
@takes()
def locations(request):
    return render(
        request,
        "record/locations.html",
        {"countries": profiles.places_by_country(), "stretches": registers.stretches()},
    )


@login_not_required
@require_safe
@takes("after", "before")
def location(request, slug):
    row = registers.locations().filter(slug=slug).with_ancestors().prefetch_related("aliases").first()
    if row is None:
        return _moved(registers.locations(), slug)
    page = _page(request, registers.incidents_in(row))
    context = profiles.of_location(row)
    return render(request, "record/location.html", context | {"page": page, "days": by_day(page.rows)})


@login_not_required
@require_safe
@takes()
def sources(request):
    return render(request, "record/sources.html", {"kinds": profiles.sources_by_kind()})


@login_not_required
@require_safe
@takes("after", "before")
def source(request, slug):
    row = registers.sources().filter(slug=slug).select_related("owner").first()
    if row is None:
        return _moved(registers.sources(), slug)
    documents = paging.page(
        registers.documents_of(row),
        ROWS,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        key=("newest", "document_uid"),
    )
    context = profiles.of_source(row, documents.rows)
    return render(request, "record/source.html", context | {"page": documents})


def _page(request, incidents):
    return paging.page(incidents.with_places(), ROWS, after=request.GET.get("after"), before=request.GET.get("before"))


def _moved(known, slug):
    """301 to the entry into which this one was folded, if the record knows that one; else 404."""
    survivor = registers.survivor(known, slug)
    if survivor is None:
        raise Http404("The record has no such entry.")
    return HttpResponsePermanentRedirect(survivor.get_absolute_url())
