"""Doors for working on incidents: my work, logging, editing, submitting, linking."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from events import access, uids
from events.choices import IncidentStatus, LinkType
from events.desk import dossier, history, incidents, queues, registers
from events.desk.forms import conflict
from events.desk.forms import incident as forms
from events.desk.forms.manners import DeskForm, typed
from events.desk.forms.naming import LocationField, Unlisted
from events.desk.stale import Stale
from events.desk.views import duplicates
from events.desk.views.doors import attempt, confirm, for_desk, form_page, incident_for, link_for, page, sent
from events.press import editions

# The lists of one's own work in the order of the page: name in addresses → heading.
WORK = {
    "returned": "Returned to you",
    "drafts": "Drafts",
    "submitted": "Waiting for review",
    "published": "Published",
}
FIRST, PAGE = 25, 50  # incidents of each list on the page of all, and on the pages of one


@require_safe
@for_desk
def work(request):
    """What is mine, and for editors how much waits in the queue."""
    mine = queues.my_work(request.user)
    lists = [{"name": name, "heading": WORK[name], "page": Paginator(mine[name], FIRST).get_page(1)} for name in WORK]
    context = {"lists": [part for part in lists if part["page"].paginator.count]}
    if access.can_judge(request.user):
        context |= {
            "incidents_waiting": queues.awaiting_review(request.user).count(),
            "relations_waiting": queues.relations_awaiting_review(request.user).count(),
        }
    return render(request, "desk/editing/work.html", context)


@require_safe
@for_desk
def work_list(request, name):
    """All of one list of one's own work, page by page."""
    if name not in WORK:
        raise Http404("There is no such list of work.")
    page = Paginator(queues.my_work(request.user)[name], PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/editing/work_list.html", {"name": name, "heading": WORK[name], "page": page})


@form_page
@for_desk
def log(request):
    if "into" in request.POST:
        return redirect("desk-claim-add", incident_for(request.user, uids.parse(request.POST["into"])).uid)
    form = forms.LogForm(sent(request))
    is_ready = form.is_bound and form.is_valid()
    if is_ready and (alike := duplicates.unconfirmed(request, form)):
        context = {"title": "Log an incident", **duplicates.notice(alike, request.POST)}
        return page(request, "desk/editing/incident_form.html", context, form=form, status=409)
    if is_ready:
        incident = attempt(form, lambda: _log(form, by=request.user), forms.PLACES_OF_ERRORS)
        if incident and "add_claim" in request.POST:
            return redirect("desk-claim-add", incident.uid)
        if incident:
            return redirect(incident)
    context = {"title": "Log an incident", "made_before": _made_before(request, form)}
    return page(request, "desk/editing/incident_form.html", context, form=form)


def _made_before(request, form):
    """The incident that this very page made when it was sent before, or None; the page then gets a new key."""
    key = form.is_bound and form.cleaned_data.get("entry_key")
    earlier = incidents.logged(by=request.user, entry_key=key) if key else None
    if earlier is not None:
        form.data = form.data.copy()
        form.data["entry_key"] = str(uuid.uuid4())
    return earlier


@transaction.atomic
def _log(form, *, by):
    fields = with_registered_place(form, by=by)
    return incidents.log(by=by, fields=fields, entry_key=form.cleaned_data["entry_key"])


@require_safe
@for_desk
def incident(request, uid):
    return _incident_page(request, incident_for(request.user, uid))


@form_page
@for_desk
def edit(request, uid):
    incident = incident_for(request.user, uid)
    access.require_edit_incident(request.user, incident)
    theirs = forms.EditForm(initial=forms.EditForm.initial_from(incident) | {"version": incident.version})
    data = sent(request)
    data = data and conflict.settled(data, forms.INPUTS, typed(theirs))
    form = theirs if data is None else forms.EditForm(data)
    context = {"title": f"Edit “{incident}”", "incident": incident}
    try:
        if form.is_bound and form.is_valid() and _edit(incident, form, by=request.user):
            messages.success(request, "Saved.")
            return redirect(incident)
    except Stale as stale:
        return stale_page(request, "desk/editing/incident_form.html", context, stale, forms.EditForm, data)
    return page(request, "desk/editing/incident_form.html", context, form=form)


def _edit(incident, form, *, by):
    @transaction.atomic
    def act():
        fields = with_registered_place(form, by=by)
        return incidents.edit(incident, by=by, fields=fields, version=form.cleaned_data["version"])

    return attempt(form, act, forms.PLACES_OF_ERRORS)


def with_registered_place(form, *, by):
    """The form's fields for the verb; a place that the person chose to add is in the gazetteer after this."""
    fields = form.fields_given
    place = fields["location"]
    if isinstance(place, Unlisted):
        wanted = form.new_place.fields_for(place.text)
        same = [row for row in LocationField().find(place.text) if row.parent == wanted["parent"]]
        same = [row for row in same if row.level == wanted["level"]]
        fields["location"] = same[0] if same else registers.add_location(by=by, **wanted)
    return fields


def stale_page(request, template, context, stale, form_class, data):
    """Status 409: both versions field by field, and the form as it was typed, to be sent again on top of theirs."""
    form = form_class(conflict.shown(data, stale.row.version))
    form.is_valid()
    context |= {"differences": stale.differences, "is_undecided": conflict.is_undecided(data), "form": form}
    return render(request, template, context, status=409)


@require_POST
@for_desk
def submit(request, uid):
    incident = incident_for(request.user, uid)
    if incident.status == IncidentStatus.SUBMITTED:  # a second click on the same button
        return redirect(incident)
    form = DeskForm(request.POST)
    if attempt(form, lambda: incidents.submit(incident, by=request.user)):
        messages.success(request, "Submitted. An editor reviews it next; you will find it under “Waiting for review”.")
        return redirect(incident)
    return _incident_page(request, incident, refusals=form.non_field_errors())


@form_page
@for_desk
def discard(request, uid):
    incident = incident_for(request.user, uid)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: incidents.discard(incident, by=request.user),
        title=f"Put away “{incident}”?",
        explanation="It leaves all lists of the desk. Its number is never used again, and its history is kept.",
        button="Put the draft away",
        is_dangerous=True,
        back=reverse("desk"),
        done="The draft is put away.",
    )


@form_page
@for_desk
def link(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.LinkForm(sent(request))

    def act():
        other = form.cleaned_data["to"]
        if not access.can_see_incident(request.user, other):
            raise ValidationError({"to": forms.IncidentUidField.absent(form.data["to"])})
        incidents.link(incident, other, by=request.user, type=form.cleaned_data["type"])

    return confirm(
        request,
        form,
        act,
        title=f"Link “{incident}” to another incident",
        explanation="“Part of”, “same as” and “follows” stand by themselves. All other links need a claim behind them.",
        button="Link",
        back=incident.get_absolute_url(),
        done="Linked.",
    )


@form_page
@for_desk
def unlink(request, uid):
    made = link_for(request.user, uid)
    access.require_judge(request.user)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: incidents.unlink(made, by=request.user),
        title=f"Remove the link “{made}”?",
        explanation="A link that claims are about cannot be removed; those are rejected or retracted instead.",
        button="Remove the link",
        is_dangerous=True,
        back=made.from_incident.get_absolute_url(),
        done="The link is removed.",
    )


def _incident_page(request, incident, refusals=()):
    """Everything the desk knows of one incident, and what this person may do with it."""
    claims = list(incident.claims.with_everything().select_related("incident").prefetch_related("reviews__reviewer"))
    edition, document = editions.last_document(incident)
    for claim in claims:
        claim.can_be_edited = access.can_edit_claim(request.user, claim)
    context = {
        "incident": incident,
        "claims": claims,
        "documents": dossier.documents_of(incident, request.user),
        "links_out": _links(incident.links_out, "to_incident", request.user),
        "links_in": _links(incident.links_in, "from_incident", request.user),
        "reviews": dossier.reviews_of(incident)[:50],
        "changes": history.since_edition(incident, claims, edition),
        "edition": edition,
        "difficulties": incidents.difficulties(incident) if incident.status == IncidentStatus.DRAFT else [],
        "may": _may(request.user, incident),
        "refusals": refusals,
    }
    return render(request, "desk/editing/incident.html", context, status=422 if refusals else 200)


def _may(user, incident):
    """Which buttons to show; the verbs decide again."""
    judges, edits = access.can_judge(user), access.can_edit_incident(user, incident)
    under_review = incident.status in (IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED)
    return {
        "edit": edits,
        "submit": edits and incident.status == IncidentStatus.DRAFT,
        "discard": edits and incident.status == IncidentStatus.DRAFT,
        "review": judges and under_review,
        "publish": judges and under_review,
        "give_back": judges and incident.status == IncidentStatus.SUBMITTED,
        "withdraw": judges and incident.status == IncidentStatus.PUBLISHED,
        "merge": judges and incident.is_open,
        "assign": judges and incident.is_open,
        "link": incident.is_open and any(access.can_link(user, incident, type) for type in LinkType),
        "unlink": judges,
    }


def _links(links, end, user):
    """Links to what the person may see, with their claims, each of which knows whether the person may edit it."""
    found = links.select_related(end).prefetch_related("claims__lines", "claims__claimant")
    found = [link for link in found if access.can_see_incident(user, getattr(link, end))]
    for claim in (claim for link in found for claim in link.claims.all()):
        claim.can_be_edited = access.can_edit_claim(user, claim)
    return found
