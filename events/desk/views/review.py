"""Doors for editors: deciding claims, returning, assigning."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import access
from events.desk import claims, incidents
from events.desk.forms import incident as forms
from events.desk.forms.review import DecideForm, GradeForm, RetractForm, id_pattern
from events.desk.stale import Stale
from events.desk.views import judging
from events.desk.views.claims import subject_address
from events.desk.views.doors import attempt, claim_for, confirm, for_editors, form_page, incident_for, sent


@require_safe
@for_editors
def review(request, uid):
    """One claim of the incident beside the words it rests on; the address says which."""
    return judging.review_page(request, incident_for(request.user, uid), asked=request.GET.get("claim"))


@require_safe
@for_editors
def reliability(request, uid):
    """How reliable the sources of a claim are held to be, for somebody who has chosen its credibility first."""
    claim = claim_for(request.user, uid)
    access.require_decide_claim(request.user, claim)
    form = GradeForm(request.GET)
    context = {"claim": claim, "sentences": [] if form.is_valid() else [_("Choose the credibility first, 1 to 6.")]}
    return render(request, "desk/review/reliability.html", context, status=400 if context["sentences"] else 200)


@require_POST
@for_editors
def decide(request, uid):
    """Decide one claim, and go on to what the person judges next."""
    claim = claim_for(request.user, uid)
    form = DecideForm(request.POST, auto_id=id_pattern(claim))
    try:
        if form.is_valid() and attempt(form, lambda: claims.decide(claim, by=request.user, **form.fields_given)):
            messages.success(request, f"{claim}: {form.verdict_label}.")
            return redirect(judging.onwards(claim, request.user))
    except Stale as stale:
        messages.warning(
            request, _("This claim was changed meanwhile. Read it again before you decide; nothing is saved.")
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
        title=_("Open the decision on this claim again"),
        explanation=_(
            "%(claim)s. It counts for nothing until it is decided again; the public sees that at the next edition."
        )
        % {"claim": claim},
        button=_("Open again"),
        back=judging.address(claim),
        done=_("The claim waits for a decision again."),
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
        title=_("Note that this claim was retracted"),
        explanation=_("%(claim)s. The claimant or the source took it back: it stays visible and counts no more.")
        % {"claim": claim},
        button=_("Note the retraction"),
        back=subject_address(claim),
        done=_("The retraction is noted."),
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
        title=_("Return “%(incident)s” to %(person)s") % {"incident": incident, "person": incident.worked_on_by},
        explanation=_("It becomes a draft again, and stands first in their work with your reason."),
        button=_("Return it"),
        back=reverse("desk-queue"),
        done=_("Returned to %(person)s.") % {"person": incident.worked_on_by},
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
        title=_("Who reviews “%(incident)s”?") % {"incident": incident},
        explanation=_("Nobody decides claims they wrote themselves."),
        button=_("Assign"),
        back=incident.get_absolute_url(),
        done=_("Assigned."),
    )
