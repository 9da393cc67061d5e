"""What the desk's doors share: who may come in, which rows they find there, and what happens when a verb refuses."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from events import access
from events.desk.forms.manners import place_errors, problems
from events.models.actor import ActorRelation
from events.models.claim import Claim
from events.models.incident import Incident, IncidentLink

form_page = require_http_methods(["GET", "HEAD", "POST"])


def for_desk(view):
    """Analysts and editors only; others get the 403 page with the reason."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        access.require_work(request.user)
        return view(request, *args, **kwargs)

    return guarded


def for_editors(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        access.require_judge(request.user)
        return view(request, *args, **kwargs)

    return guarded


def incident_for(user, uid):
    """The incident, with its place; what the person may not see is as absent as what does not exist."""
    incident = get_object_or_404(Incident.objects.with_places(), uid=uid)
    if not access.can_see_incident(user, incident):
        raise Http404("No such incident.")
    return incident


def link_for(user, uid):
    link = get_object_or_404(IncidentLink.objects.select_related("from_incident", "to_incident"), uid=uid)
    incident_for(user, link.from_incident.uid)
    return link


def claim_for(user, uid):
    """The claim with everything shown of it; hidden together with its incident."""
    subjects = ("incident__location__country", "relation__subject", "relation__object", "link__from_incident")
    claim = get_object_or_404(Claim.objects.with_everything().select_related(*subjects), uid=uid)
    incident = claim.incident or (claim.link.from_incident if claim.link else None)
    if incident is not None and not access.can_see_incident(user, incident):
        raise Http404("No such claim.")
    return claim


def relation_for(uid):
    return get_object_or_404(ActorRelation.objects.select_related("subject", "object"), uid=uid)


def sent(request):
    """The posted data, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form, act, places=()):
    """What the verb gave (True for nothing), or None after its refusal is put at the form's fields.

    Lets PermissionDenied and Stale through.
    """
    try:
        return act() or True
    except ValidationError as error:
        place_errors(error, form, places)
        return None


def page(request, template, context, *, form=None):
    """The page; with status 422 and the summary of problems when it shows a refused form."""
    parts = getattr(form, "parts", [form])
    refused = form is not None and form.is_bound
    context = {"form": form, "problems": problems(*parts) if refused else [], **context}
    return render(request, template, context, status=422 if refused else 200)


def confirm(request, form, act, *, back, done, **words):
    """A page that asks before doing: title, what follows from it, the form, one button. Redirects when it is done."""
    if form.is_bound and form.is_valid() and attempt(form, act, words.pop("places", ())):
        messages.success(request, done)
        return redirect(back)
    return page(request, "desk/confirm.html", {"back": back, **words}, form=form)
