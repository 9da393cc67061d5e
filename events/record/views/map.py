"""The map: the page, the part of it that follows the view, and the data that the browser draws."""

import gzip
from functools import cache
from hashlib import sha256

import orjson
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from events import basemap, boundaries
from events import outlines as loaded_outlines
from events.record import district_lines, facets
from events.record.parameters import BoxField
from events.record.sight import Sight
from events.record.views.addresses import takes, tidy
from events.record.views.problems import refused_json

A_DAY, AN_HOUR = 24 * 60 * 60, 60 * 60


@login_not_required
@require_safe
@tidy
def page(request):
    sight = Sight(request.GET)
    context = _shown(sight) | {"facets": facets.offered(sight.selection)}
    return render(request, "record/map.html", context, status=400 if sight.errors else 200)


@login_not_required
@require_safe
def view(request):
    """What stands beside the map, for a page that has moved on; it takes the zoom as well."""
    sight = Sight(request.GET, with_zoom=True)
    if sight.errors:
        return refused_json(request, sight.errors)
    return render(request, "record/map_view.html", _shown(sight))


@login_not_required
@require_safe
def cells(request):
    sight = Sight(request.GET, with_zoom=True)
    if sight.errors:
        return refused_json(request, sight.errors)
    return HttpResponse(orjson.dumps(sight.as_json()), content_type="application/json")


@login_not_required
@require_safe
@takes()
@condition(etag_func=lambda request: _outlines()[2])
def outlines(request):
    """The lines of the base map, the same for everybody until the next release."""
    plain, packed, _ = _outlines()
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_gzip else plain, content_type="application/json")
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response


@login_not_required
@require_safe
@takes("bbox")
@condition(etag_func=lambda request: district_lines.mark())
def districts(request):
    """Lines and names of the districts in a box: reference data, the same for everybody until outlines are loaded."""
    try:
        box = BoxField(required=False).clean(request.GET.get("bbox"))
    except ValidationError as error:
        return refused_json(request, {"bbox": [f"bbox: {sentence}" for sentence in error.messages]})
    if box is None:
        said = gettext("bbox: it is missing; write west,south,east,north in degrees, such as 69,32,71,34.")
        return refused_json(request, {"bbox": [said]})
    response = HttpResponse(orjson.dumps(district_lines.within(box)), content_type="application/json")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@cache
def _outlines():
    plain = orjson.dumps(basemap.packed())
    return plain, gzip.compress(plain, 9, mtime=0), f'"{sha256(plain).hexdigest()[:16]}"'


def _shown(sight):
    return {
        "sight": sight,
        "selection": sight.selection,
        "note": gettext(boundaries.NOTE),
        "credits": loaded_outlines.credits(),
        "sentences": [sentence for found in sight.errors.values() for sentence in found],
    }
