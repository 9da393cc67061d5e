"""What the desk's doors share: who may come in, which rows they find there, and what happens when a verb refuses."""

import logging
from contextlib import contextmanager
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events import access
from events.desk.forms import typed
from events.desk.forms.manners import AT_ONCE, place_errors, problems
from events.desk.importing.rights import visible
from events.models.actor import ActorRelation
from events.models.claim import Claim
from events.models.incident import Incident, IncidentLink

RETRY_BUSY = 5  # seconds; how long a busy database is worth waiting for
BUSY = _("The database is busy. Go back and send the page again in a few seconds; nothing was changed.")
ABSENT = _("The desk has nothing at this address that you can see.")  # one sentence, be it hidden or not there

_log = logging.getLogger("django.request")


def _unless_busy(view):
    """Status 503 instead of a failure when others hold the rows for too long, or the database gave way to them."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except OperationalError:
            _log.exception("The database did not answer: %s", request.path)
            page = render_to_string("503.html", {"detail": BUSY})
            return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_BUSY)})

    return answered


def _keeps_typed(view):
    """What a person of the desk typed is shown back when the door is closed by now: no text is lost to a 403 or a 404."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, Http404) as closed:
            if request.method != "POST" or not access.can_work(request.user):
                raise
            answer = _kept_page(request, closed)
            if answer is None:
                raise
            return answer

    return kept


def _kept_page(request, closed):
    """The page with what was typed, or None when there was nothing and nothing moved on either."""
    has_moved_on = isinstance(closed, access.MovedOn)
    content = typed.kept(request.POST)
    if not content.texts and not has_moved_on:
        return None
    incident = getattr(closed, "incident", None)
    seen = [row for row in (incident, incident and incident.merged_into) if row]
    status = 409 if has_moved_on else 404 if isinstance(closed, Http404) else 403
    context = {
        "status": status,
        "detail": ABSENT if status == 404 else str(closed) or gettext("You may not do this."),
        "kept": content,
        "incidents": [row for row in seen if access.can_see_incident(request.user, row)],
    }
    return render(request, "desk/kept.html", context, status=status)


def form_page(view):
    return require_http_methods(["GET", "HEAD", "POST"])(_unless_busy(view))


def for_desk(view):
    """Analysts and editors only; others get the 403 page with the reason."""

    @wraps(view)
    @_unless_busy
    @_keeps_typed
    def guarded(request, *args, **kwargs):
        access.require_work(request.user)
        return view(request, *args, **kwargs)

    return guarded


def for_editors(view):
    @wraps(view)
    @_unless_busy
    @_keeps_typed
    def guarded(request, *args, **kwargs):
        access.require_judge(request.user)
        return view(request, *args, **kwargs)

    return guarded


def for_admins(view):
    @wraps(view)
    @_unless_busy
    def guarded(request, *args, **kwargs):
        access.require_manage_team(request.user)
        return view(request, *args, **kwargs)

    return guarded


def incident_for(user, uid):
    """The incident, with its place; what the person may not see is as absent as what does not exist."""
    incident = Incident.objects.with_places().filter(uid=uid).first()
    if incident is None or not access.can_see_incident(user, incident):
        raise Http404(str(ABSENT))
    return incident


def link_for(user, uid):
    """The link, for those who may see both of its incidents."""
    link = IncidentLink.objects.select_related("from_incident", "to_incident").filter(uid=uid).first()
    if link is None or not sees_ends(user, link):
        raise Http404(str(ABSENT))
    return link


def sees_ends(user, link):
    return all(access.can_see_incident(user, end) for end in (link.from_incident, link.to_incident))


def claim_for(user, uid):
    """The claim with everything shown of it; hidden together with its incident, or with either end of its link."""
    about = ("incident__location__country", "relation__subject", "relation__object")
    ends = ("link__from_incident", "link__to_incident")
    claim = Claim.objects.with_everything().select_related(*about, *ends).filter(uid=uid).first()
    if claim is None or (claim.incident is not None and not access.can_see_incident(user, claim.incident)):
        raise Http404(str(ABSENT))
    if claim.link is not None and not sees_ends(user, claim.link):
        raise Http404(str(ABSENT))
    return claim


def batch_for(user, pk):
    """The import, for whoever brought it and for editors."""
    row = visible(user).filter(pk=pk).first()
    if row is None:
        raise Http404(str(ABSENT))
    return row


def relation_for(uid):
    return get_object_or_404(ActorRelation.objects.select_related("subject", "object"), uid=uid)


def sent(request):
    """The posted data, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form, act, places=(), *, within=transaction.atomic):
    """What the verb gave (True for nothing), or None after its refusal is put at the form's fields.

    All or nothing: what the verb wrote before it failed is taken back. Lets PermissionDenied and Stale through. A verb
    that works for long before it saves one row keeps its own transaction: `within` is nullcontext then.
    """
    try:
        with still_there(), within():
            return act() or True
    except ValidationError as error:
        place_errors(error, form, places)
    except IntegrityError:
        form.add_error(None, AT_ONCE)
    return None


@contextmanager
def still_there():
    """A row that somebody removed after the page was opened is as absent as one that never was."""
    try:
        yield
    except ObjectDoesNotExist as gone:
        raise Http404(str(ABSENT)) from gone


def page(request, template, context, *, form=None, status=422):
    """The page; with the status and the summary of problems when it shows a refused form."""
    parts = getattr(form, "parts", [form])
    refused = form is not None and form.is_bound
    context = {"form": form, "problems": problems(*parts) if refused else [], **context}
    return render(request, template, context, status=status if refused else 200)


def confirm(request, form, act, *, back, done, **words):
    """A page that asks before doing: title, what follows from it, the form, one button. Redirects when it is done."""
    if form.is_bound and form.is_valid() and attempt(form, act, words.pop("places", ())):
        messages.success(request, done)
        return redirect(back)
    return page(request, "desk/confirm.html", {"back": back, **words}, form=form)
