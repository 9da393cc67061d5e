"""The files of a selection, and the dictionary of their columns."""

from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events.record import columns, csvw, downloads, flat, sending, sequence, shaped, stix, weighing
from events.record.english import in_english
from events.record.selection import Selection
from events.record.views.addresses import refused, takes, tidy

ROWS = 50  # of a page of what is left out


@login_not_required
@require_safe
@tidy
def incidents(request, form):
    """The selection as a file; the header X-Row-Count says how many incidents it holds when it is whole."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    found = flat.read(selection.queryset(), _base(request))
    try:
        response = sending.file(form, found)
    except sending.TooManyRows as error:
        return refused(request, [str(error)])
    if form == "csv":
        described = _with_query(reverse("incidents-csvw"), request)
        response["Link"] = f'<{described}>; rel="describedby"; type="{csvw.CONTENT_TYPE}"'
    return response


@login_not_required
@require_safe
@tidy
def incidents_csvw(request):
    """The columns of the CSV file of a selection, for machines: CSV on the Web."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    table = _with_query(reverse("incidents-download", args=["csv"]), request)
    described = csvw.metadata(request.build_absolute_uri(table), request.build_absolute_uri(reverse("dictionary")))
    return JsonResponse(described, content_type=csvw.CONTENT_TYPE)


@login_not_required
@require_safe
@tidy
def incidents_shaped(request, shape):
    """The selection in the shape of another data set; the header Link leads to what has no row in it."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    response = sending.shape(shape, selection.queryset(), selection.shelf)
    left_out = _with_query(reverse("left-out", args=[shape]), request)
    response["Link"] = f'<{left_out}>; rel="related"; type="text/html"'
    return response


@login_not_required
@require_safe
@tidy
def incidents_stix(request):
    """The selection as a bundle of STIX 2.1; the header X-Row-Count says how many incidents it holds when it is whole."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    schema = request.build_absolute_uri(reverse("stix-schema"))
    found = stix.read(selection.queryset(), selection.shelf, _base(request), schema)
    return sending.bundle(found, (_base(request), selection.querystring, str(sequence.latest())))


@login_not_required
@require_safe
@takes()
def stix_schema(request):
    """What the extensions in such a bundle hold, as JSON Schema."""
    return JsonResponse(stix.SCHEMA, content_type="application/schema+json")


@login_not_required
@require_safe
@tidy
def incidents_left_out(request, shape):
    """What has no row in that shape, and why, as a file."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    return sending.left_out(shape, selection.queryset(), selection.shelf, _base(request))


@login_not_required
@require_safe
@tidy
def offered(request):
    """All files of a selection: how many incidents each holds, and how many it cannot."""
    selection = Selection.parse(request.GET)
    context = {"selection": selection, "sentences": _sentences(selection), "here": reverse("downloads")}
    if not selection.errors:
        chosen = selection.queryset()
        context |= {
            "formats": downloads.FORMATS.values(),
            "shapes": [(shape, shape.weigh(chosen, selection.shelf)[0]) for shape in shaped.SHAPES.values()],
            "total": chosen.count(),
        }
    return render(request, "record/downloads.html", context, status=400 if selection.errors else 200)


@login_not_required
@require_safe
@tidy
def left_out(request, shape):
    """What of a selection has no row in that shape, and why, as a page."""
    selection = Selection.parse(request.GET, extra=("page",))
    one, number = shaped.SHAPES[shape], request.GET.get("page", "1")
    if selection.errors:
        return _refused(request, selection)
    weighed, _ = one.weigh(selection.queryset(), selection.shelf)
    pages = max(1, ceil(len(weighed.left_out) / ROWS))
    if not number.isdecimal() or not number.isascii() or not 1 <= int(number) <= pages:
        said = gettext("page: there is no such page; use a whole number from 1 to %(pages)d.")
        return refused(request, [said % {"pages": pages}])
    page = int(number)
    context = {
        "selection": selection,
        "shape": one,
        "weighed": weighed,
        "reasons": [(one.why(reason), count) for reason, count in weighed.reasons.items()],
        "rows": [
            (row, one.why(row.reason)) for row in weighing.told(weighed.left_out[(page - 1) * ROWS : page * ROWS])
        ],
        "here": reverse("left-out", args=[shape]),
        "page": page,
        "pages": pages,
    }
    return render(request, "record/left_out.html", context)


@login_not_required
@require_safe
@takes()
def dictionary(request):
    context = {"columns": columns.COLUMNS, "kinds": columns.KINDS.items(), "formats": downloads.FORMATS.values()}
    return render(request, "record/dictionary.html", context)


@login_not_required
@require_safe
@takes()
@in_english
def dictionary_json(request):
    return JsonResponse({"columns": columns.dictionary(), "kinds": columns.KINDS})


def _refused(request, selection):
    return refused(request, _sentences(selection))


def _sentences(selection):
    return [sentence for found in selection.errors.values() for sentence in found]


def _base(request):
    return f"{request.scheme}://{request.get_host()}"


def _with_query(path, request):
    return f"{path}?{request.GET.urlencode()}" if request.GET else path
