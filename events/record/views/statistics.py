"""The statistics of a selection, as a page and as files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events.record import all_statistics, charts, escalation_chart, facets, statistics_page, tables
from events.record.english import in_english
from events.record.selection import Selection
from events.record.statistics_sides import SIDES, side_label
from events.record.views.addresses import refused, tidy


@login_not_required
@require_safe
@tidy
def statistics(request):
    selection = Selection.parse(request.GET)
    context = {
        "here": reverse("statistics"),
        "selection": selection,
        "facets": facets.offered(selection),
        "sentences": [sentence for found in selection.errors.values() for sentence in found],
    }
    if not selection.errors:
        context |= _shown(all_statistics.sections(selection), reverse("timeline"))
    return render(request, "record/statistics.html", context, status=400 if selection.errors else 200)


@login_not_required
@require_safe
@tidy
def statistics_csv(request, name):
    if name not in all_statistics.SUBJECTS:
        said = gettext("There are no such statistics; there are %(names)s.")
        raise Http404(said % {"names": ", ".join(all_statistics.SUBJECTS)})
    selection = Selection.parse(request.GET)
    if selection.errors:
        return refused(request, [sentence for found in selection.errors.values() for sentence in found])
    response = HttpResponse(_table(name, selection), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="frontier-ledger-{name}.csv"'
    return response


@in_english
def _table(name, selection):
    return tables.as_csv(all_statistics.SUBJECTS[name].of(selection))


def _shown(sections, path):
    return {
        "is_empty": not sections["over-time"].rows,
        "timeline": path,
        "over_time": sections["over-time"],
        "chart": charts.histogram(sections["over-time"], path),
        "escalation": sections["escalation"],
        "escalation_chart": escalation_chart.drawn(sections["escalation"]),
        "kinds_over_time": sections["kinds-over-time"],
        "kinds_shown": statistics_page.kinds(sections["kinds-over-time"], path),
        "kinds": sections["by-kind"],
        "kind_lines": statistics_page.bars(sections["by-kind"], path),
        "provinces": sections["by-province"],
        "province_lines": statistics_page.bars(sections["by-province"], path),
        "sides": sections["by-sides"],
        "side_labels": [side_label(side) for side in SIDES],
        "matrix": statistics_page.matrix(sections["by-sides"], path),
        "pairs": sections["by-actors"],
        "pairs_shown": statistics_page.PAIRS_SHOWN,
        "tolls": sections["rival-tolls"],
        "toll_lines": statistics_page.tolls(sections["rival-tolls"]),
        "times": sections["response-times"],
        "time_lines": statistics_page.times(sections["response-times"]),
        "coverage": sections["coverage"],
        "coverage_groups": statistics_page.coverage(sections["coverage"]),
    }
