"""Doors for editors: the queue, deciding claims, returning, assigning."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from events.desk import claims, dossier, finding, incidents, queues
from events.desk.forms import incident as forms
from events.desk.forms.review import DecideForm, RetractForm
from events.desk.stale import Stale
from events.desk.views import judging
from events.desk.views.claims import subject_address
from events.desk.views.doors import attempt, claim_for, confirm, for_editors, form_page, incident_for, sent

PAGE = 50
RELATIONS = 50  # of those that wait, under the incidents


@require_safe
@for_editors
def queue(request):
    """Oldest first; incidents narrowed by words, kind and whose they are, then relations."""
    form = forms.QueueForm(request.GET)
    waiting = queues.awaiting_review(request.user)
    waiting = finding.incidents(waiting, **form.wanted(request.user)) if form.is_valid() else waiting.none()
    context = {
        "form": form,
        "page": Paginator(waiting, PAGE).get_page(request.GET.get("page")),
        "relations": Paginator(queues.relations_awaiting_review(request.user), RELATIONS).get_page(1),
    }
    return render(request, "desk/review/queue.html", context, status=200 if form.is_valid() else 400)


@require_safe
@for_editors
def review(request, uid):
    return judging.review_page(request, incident_for(request.user, uid))


@require_POST
@for_editors
def decide(request, uid):
    """Decide one claim, and go on to the next one of the same incident or relation that waits."""
    claim = claim_for(request.user, uid)
    form = DecideForm(request.POST, auto_id=f"id_{claim.uid}_%s")
    try:
        if form.is_valid() and attempt(form, lambda: claims.decide(claim, by=request.user, **form.fields_given)):
            messages.success(request, f"{claim}: {form.verdict_label}.")
            return redirect(_next_to_decide(claim))
    except Stale as stale:
        messages.warning(
            request, "This claim was changed meanwhile. Read it again before you decide; nothing is saved."
        )
        return judging.page_with(request, stale.row, form.on_top_of(stale.row), status=409)
    return judging.page_with(request, claim, form, status=422)


@form_page
@for_editors
def reopen(request, uid):
    claim = claim_for(request.user, uid)
    form = forms.ReasonForm(sent(request))
    return confirm(
        request,
        form,
        lambda: claims.reopen(claim, by=request.user, rationale=form.cleaned_data["rationale"]),
        title="Open the decision on this claim again",
        explanation=f"{claim}. It counts for nothing until it is decided again; the public sees that at the next edition.",
        button="Open again",
        back=judging.address(claim),
        done="The claim waits for a decision again.",
    )


@form_page
@for_editors
def retract(request, uid):
    claim = claim_for(request.user, uid)
    form = RetractForm(sent(request))
    return confirm(
        request,
        form,
        lambda: claims.retract(claim, by=request.user, **form.cleaned_data),
        title="Note that this claim was retracted",
        explanation=f"{claim}. The claimant or the source took it back: it stays visible and counts no more.",
        button="Note the retraction",
        back=subject_address(claim),
        done="The retraction is noted.",
    )


@form_page
@for_editors
def give_back(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.ReasonForm(sent(request))
    return confirm(
        request,
        form,
        lambda: incidents.give_back(incident, by=request.user, rationale=form.cleaned_data["rationale"]),
        title=f"Return “{incident}” to {incident.worked_on_by}",
        explanation="It becomes a draft again, and stands first in their work with your reason.",
        button="Return it",
        back=reverse("desk-queue"),
        done=f"Returned to {incident.worked_on_by}.",
    )


@form_page
@for_editors
def assign(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.AssignForm(sent(request), initial={"to": incident.assigned_to})
    return confirm(
        request,
        form,
        lambda: incidents.assign(incident, by=request.user, to=form.cleaned_data["to"]),
        title=f"Who reviews “{incident}”?",
        explanation="Nobody decides claims they wrote themselves.",
        button="Assign",
        back=incident.get_absolute_url(),
        done="Assigned.",
    )


def _next_to_decide(claim):
    """The address of the next claim on the same page that waits for this person, or of the page itself."""
    waiting = dossier.next_to_decide(claim)
    return judging.address(claim) + (f"#claim-{waiting.uid}" if waiting else "")
