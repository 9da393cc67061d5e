"""Actors, places and sources, as far as something public mentions them."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.record import (
    actor_profile,
    paging,
    parameters,
    place_profile,
    register_lists,
    registers,
    source_profile,
)
from events.record.timeline import by_day
from events.record.views.addresses import refused, takes

ROWS = 25
CLAIMS = 10


@login_not_required
@require_safe
@takes("order")
def actors(request):
    return _list(request, "record/actors.html", lambda order: {"sides": register_lists.actors_by_side(order)})


@login_not_required
@require_safe
@takes("after", "before", "on")
def actor(request, slug):
    row = registers.actors().filter(slug=slug).prefetch_related("aliases").first()
    if row is None:
        return _moved(registers.actors(), slug)
    try:
        on = parameters.DayField(required=False).clean(request.GET.get("on"))
    except ValidationError as error:
        return refused(request, [f"on: {sentence}" for sentence in error.messages])
    page = _page(request, registers.incidents_of(row))
    context = actor_profile.of(row, on=on, claims_shown=CLAIMS)
    return render(request, "record/actor.html", context | {"page": page, "days": by_day(page.rows)})


@login_not_required
@require_safe
@takes("order")
def locations(request):
    def listed(order):
        countries, stretches = register_lists.places_by_country(order)
        return {"countries": countries, "stretches": stretches}

    return _list(request, "record/locations.html", listed)


@login_not_required
@require_safe
@takes("after", "before")
def location(request, slug):
    row = place_profile.found(slug)
    if row is None:
        return _moved(registers.locations(), slug)
    page = _page(request, registers.incidents_in(row))
    context = place_profile.of(row)
    return render(request, "record/location.html", context | {"page": page, "days": by_day(page.rows)})


@login_not_required
@require_safe
@takes("order")
def sources(request):
    return _list(request, "record/sources.html", lambda order: {"kinds": register_lists.sources_by_kind(order)})


@login_not_required
@require_safe
@takes("after", "before")
def source(request, slug):
    row = source_profile.found(slug)
    if row is None:
        return _moved(registers.sources(), slug)
    documents = paging.page(
        registers.documents_of(row),
        ROWS,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        key=("newest", "document_uid"),
    )
    return render(request, "record/source.html", source_profile.of(row, documents.rows) | {"page": documents})


def _list(request, template, listed):
    """A list in the order that was asked for, by name unless told otherwise."""
    order = request.GET.get("order", "").strip() or register_lists.NAME
    if order not in register_lists.ORDERS:
        sentence = parameters.refuse_code(order, register_lists.ORDERS, _("an order"))
        return refused(request, [f"order: {sentence}"])
    return render(request, template, listed(order) | {"order": order, "orders": register_lists.ORDERS.items()})


def _page(request, incidents):
    return paging.page(incidents.with_places(), ROWS, after=request.GET.get("after"), before=request.GET.get("before"))


def _moved(known, slug):
    """301 to the entry into which this one was folded, if the record knows that one; else 404."""
    survivor = registers.survivor(known, slug)
    if survivor is None:
        raise Http404(_("The record has no such entry."))
    return HttpResponsePermanentRedirect(survivor.get_absolute_url())
