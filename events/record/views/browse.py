"""The timeline, and the few pages that are about the record as a whole."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from events.context import THEMES
from events.record import charts, codebook, facets, paging, statistics, statistics_time
from events.record.selection import Selection
from events.record.timeline import by_day, with_sides
from events.record.views.addresses import refused, takes, tidy
from events.rules.codex import RULES
from events.rules.derive import RULESET

ROWS = 25
A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_safe
@tidy
def timeline(request):
    selection = Selection.parse(request.GET, extra=("after", "before"))
    page, here = _page(request, selection), reverse("timeline")
    context = {
        "here": here,
        "selection": selection,
        "facets": facets.offered(selection),
        "page": page,
        "days": by_day(with_sides(page.rows)),
        "sentences": [sentence for found in selection.errors.values() for sentence in found],
    }
    if not selection.errors:
        groups = statistics.by_dates(selection.queryset())
        over_time = statistics_time.over_time(selection, groups)
        context |= {
            "totals": statistics.totals(groups),
            "over_time": over_time,
            "chart": charts.histogram(over_time, here),
        }
    return render(request, "record/timeline.html", context, status=400 if selection.errors else 200)


def _page(request, selection):
    """The rows; none, and the reason noted, when the cursor is not one of ours."""
    rows = selection.queryset().with_places()
    try:
        page = paging.page(rows, ROWS, after=request.GET.get("after"), before=request.GET.get("before"))
    except paging.CursorError as error:
        selection.errors["after"] = [str(error)]
    return paging.Page([], None, None) if selection.errors else page


@login_not_required
@require_safe
@takes()
def about(request):
    return render(request, "record/about.html")


@login_not_required
@require_safe
@takes()
def methodology(request):
    return render(request, "record/methodology.html", {"rules": RULES, "ruleset": RULESET})


@login_not_required
@require_safe
@takes()
def words(request):
    context = {"lists": codebook.lists(), "kinds": codebook.kinds(), "ruleset": RULESET}
    return render(request, "record/codebook.html", context)


@login_not_required
@require_POST
def theme(request):
    return _chosen(request, "theme", THEMES, cookie="theme")


@login_not_required
@require_POST
def language(request):
    return _chosen(request, "language", list(dict(settings.LANGUAGES)), cookie=settings.LANGUAGE_COOKIE_NAME)


def _chosen(request, name, known, *, cookie):
    """Keep what was chosen in a cookie, and go back to where the form stood."""
    chosen, back = request.POST.get(name, ""), request.POST.get("next", "")
    if chosen not in known:
        said = gettext("%(name)s: choose one of %(known)s.")
        return refused(request, [said % {"name": name, "known": ", ".join(known)}])
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else reverse("timeline"))
    response.set_cookie(cookie, chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /accounts/", "Disallow: /following/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
