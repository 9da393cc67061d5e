"""The door by which an open page says that somebody is there, and hears who else is."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from events.desk import presence
from events.desk.views.doors import for_desk, incident_for


@require_POST
@for_desk
def here(request, uid):
    """A fragment: who else has the incident open. Pages ask every twenty seconds."""
    incident = incident_for(request.user, uid)
    presence.here(incident, by=request.user)
    context = {"others": presence.others(incident, request.user)}
    return render(request, "desk/review/presence_line.html", context)
