"""The files of a selection, and the dictionary of their columns."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.record import columns, csvw, downloads, flat, sending
from events.record.english import in_english
from events.record.selection import Selection
from events.record.views.addresses import refused, takes, tidy


@login_not_required
@require_safe
@tidy
def incidents(request, form):
    """The selection as a file; the header X-Row-Count says how many incidents it holds when it is whole."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return _refused(request, selection)
    found = flat.read(selection.queryset(), f"{request.scheme}://{request.get_host()}")
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
    return refused(request, [sentence for found in selection.errors.values() for sentence in found])


def _with_query(path, request):
    return f"{path}?{request.GET.urlencode()}" if request.GET else path
