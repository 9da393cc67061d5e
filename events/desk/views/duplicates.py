"""The door at which an incident that is being typed is compared with those that are logged."""

from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from events import access
from events.desk import duplicates, incidents
from events.desk.forms import watch as forms
from events.desk.forms.manners import Problem
from events.desk.views.doors import for_desk

LOGGED_ALREADY = _("This may be logged already. Add your claims there, or say that it is another incident.")


@require_POST
@for_desk
def watch(request):
    """A part of a page: likely duplicates of what is typed so far, or nothing."""
    return render(request, "desk/duplicates/found.html", notice(found(request), request.POST))


def found(request):
    """List of Likeness, each of whose incidents knows whether the person may add claims to it."""
    alike = duplicates.likely(forms.sought(request.POST), request.user)
    for one in alike:
        one.incident.takes_claims = access.can_add_claim(request.user, one.incident)
    return alike


def unconfirmed(request, form):
    """Likely duplicates to ask about before the incident is logged; none when the person said that it is another one.

    A page that is sent again finds the incident that it made itself, and is not asked about that.
    """
    if "despite_duplicates" in request.POST:
        return []
    if incidents.logged(by=request.user, entry_key=form.cleaned_data["entry_key"]):
        return []
    alike = found(request)
    return alike if any(one.is_strong for one in alike) else []


def notice(alike, data):
    """What the templates of the notice take."""
    return {
        "problems": [Problem("duplicates", gettext("Likely duplicates"), LOGGED_ALREADY)] if alike else [],
        "alike": alike,
        "asks": any(one.is_strong for one in alike),
        "is_told": "despite_duplicates" in data,
    }
