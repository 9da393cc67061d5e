"""The files of a selection, and the dictionary of their columns."""

from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.record import columns, downloads, flat
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
        return refused(request, [sentence for found in selection.errors.values() for sentence in found])
    found = flat.read(selection.queryset(), f"{request.scheme}://{request.get_host()}")
    if form == "xlsx" and found.total > downloads.EXCEL_ROWS:
        found.close()
        return refused(request, [_("A sheet of Excel does not hold so many incidents; take CSV, or choose fewer.")])
    response = _workbook(found) if form == "xlsx" else _Stream(form, found)
    response["Content-Type"] = downloads.FORMATS[form].content_type
    response["Content-Disposition"] = (
        f'attachment; filename="frontier-ledger-incidents-{timezone.now():%Y-%m-%d}.{form}"'
    )
    response["X-Row-Count"] = str(found.total)
    return response


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


def _workbook(found):
    file = TemporaryFile()  # noqa: SIM115 (closed, and so removed, with the response)
    downloads.as_xlsx(found, file)
    file.seek(0)
    return FileResponse(file)


class _Stream(StreamingHttpResponse):
    """Closes what it reads from with itself, be it whole, cut or asked for with HEAD."""

    def __init__(self, form, found):
        super().__init__(downloads.FORMATS[form].write(found))
        self._found = found

    def close(self):
        self._found.close()  # before the request ends, and with it perhaps the connection
        super().close()
