"""The door of the log sheet: a sourced attack on one page."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events import access
from events.desk import incidents
from events.desk.forms.log_entry import LogEntry
from events.desk.forms.publishing import IncidentUidField
from events.desk.forms.rows import with_one_more
from events.desk.views import duplicates, keeping
from events.desk.views.doors import for_desk, form_page, still_there


@form_page
@for_desk
def log(request):
    """An empty sheet, or what was kept of one; POST logs it, adds a row, or adds its claims to another incident."""
    kept = keeping.of(request)
    if elsewhere := keeping.gone_on(request, kept):
        return elsewhere
    if request.method != "POST":
        return _shown(request, kept, LogEntry(kept.typed), is_unchecked=kept.typed is not None)
    if (more := with_one_more(request.POST)) is not None:
        return _shown(request, kept, LogEntry(more), is_unchecked=True)
    return _sent(request, kept)


def _sent(request, kept):
    entry = LogEntry(request.POST)
    is_valid = entry.is_valid()
    if is_valid and "into" not in request.POST and (alike := duplicates.unconfirmed(request, entry.facts)):
        return _page(request, kept, entry, status=HTTPStatus.CONFLICT, **duplicates.notice(alike, request.POST))
    with still_there():
        address = _logged(request, entry) if is_valid else None
    if address is not None:
        return keeping.sent(request, address)
    return _page(request, kept, entry, status=422, made_before=_made_before(request, entry))


def _logged(request, entry):
    """Where to go after doing what the button asks for; None after a refusal.

    That is: adding the claims to an incident that exists, saving a draft, or sending one to review.
    """
    if into := request.POST.get("into"):
        return _added_to(request, entry, into)
    incident = entry.save(by=request.user, submit="submit" in request.POST)
    if incident is not None and "submit" in request.POST:
        messages.success(request, _("Sent to review. You will find it under “Waiting for review”."))
    elif incident is not None:
        messages.success(request, _("Saved as a draft. It is yours alone until you submit it."))
    return incident and incident.get_absolute_url()


def _added_to(request, entry, uid):
    """The page of the incident, or of its first new claim where the sheet holds none yet."""
    other = _other(request.user, uid, entry)
    if other is None:
        return None
    if entry.holds_facts_only and access.can_add_claim(request.user, other):
        return reverse("desk-claim-add", args=[other.uid])
    if not entry.add_to(other, by=request.user):
        return None
    messages.success(request, _("The claims are added to “%(other)s”.") % {"other": other})
    return other.get_absolute_url()


def _other(user, uid, entry):
    """The incident to add the claims to, as far as this person may see it; else None, with the refusal at the top."""
    try:
        other = IncidentUidField().clean(uid)
        if access.can_see_incident(user, other):
            return other
        raise IncidentUidField.absent(uid)
    except ValidationError as error:
        entry.facts.add_error(None, error.messages)
        return None


def _made_before(request, entry):
    """The incident that this very page made when it was sent before, or None; the page then gets a new key."""
    key = entry.facts.cleaned_data.get("entry_key") if entry.facts.is_bound else None
    earlier = incidents.logged(by=request.user, entry_key=key) if key else None
    if earlier is not None:
        entry.facts.data = entry.facts.data.copy()
        entry.facts.data["entry_key"] = str(uuid.uuid4())
    return earlier


def _shown(request, kept, entry, *, is_unchecked):
    if is_unchecked:
        entry.leave_unchecked()
    return _page(request, kept, entry)


def _page(request, kept, entry, *, status=200, **context):
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        context["problems"] = entry.problems
    context |= {"kept": kept, "entry": entry, "form": entry.facts}
    return render(request, "desk/log/sheet.html", context, status=status)
