"""Whether single keys act on the desk's pages: each person's own choice (WCAG 2.1.4)."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose(request):
    """Keep the choice in a cookie, and go back to where the form stood."""
    chosen, back = request.POST.get("shortcuts", ""), request.POST.get("next", "")
    if chosen not in ("on", "off"):
        return render(request, "400.html", {"detail": _("shortcuts: choose on or off.")}, status=400)
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else reverse("desk"))
    response.set_cookie("shortcuts", chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
