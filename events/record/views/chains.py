"""What hangs together: the chain of one incident, and the escalation around a date."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.record import chain, escalation_page, lanes
from events.record.views import incidents
from events.record.views.addresses import takes, tidy


@login_not_required
@require_safe
@takes()
def incident_chain(request, uid):
    """The chain of a public incident; where the incident moved or left, what its own page says."""
    row = chain.incident(uid)
    if row is None:
        return incidents.incident(request, uid=uid)
    found = chain.around(uid)
    context = {"row": row, "chain": found, "lanes": lanes.drawn(found, uid) if found else ""}
    return render(request, "record/chain.html", context)


@login_not_required
@require_safe
@tidy
def escalation(request):
    question = escalation_page.Question(request.GET)
    context = {"here": reverse("escalation"), "question": question, "selection": question.selection}
    if question.errors:
        return render(request, "record/escalation.html", context, status=400)
    return render(request, "record/escalation.html", context | escalation_page.shown(question))
