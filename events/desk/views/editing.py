"""Doors for working on incidents: editing, submitting, putting away."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import access
from events.choices import IncidentStatus, LinkType
from events.desk import dossier, history, incidents
from events.desk.forms import conflict
from events.desk.forms import incident as forms
from events.desk.forms.manners import DeskForm, leave_unchecked, typed
from events.desk.stale import Stale
from events.desk.views import discussion, keeping
from events.desk.views.doors import attempt, confirm, for_desk, form_page, incident_for, page, sent
from events.press import editions


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
    kept = keeping.of(request)
    if elsewhere := keeping.gone_on(request, kept):
        return elsewhere
    context = {"title": _("Edit “%(incident)s”") % {"incident": incident}, "incident": incident, "kept": kept}
    if request.method != "POST":
        return render(request, "desk/editing/incident_form.html", context | {"form": _as_typed(kept, theirs)})
    data = conflict.settled(request.POST, forms.INPUTS, typed(theirs))
    form = forms.EditForm(data)
    try:
        if form.is_valid() and _edit(incident, form, by=request.user):
            messages.success(request, _("Saved."))
            return keeping.sent(request, _after_editing(request, incident))
    except Stale as stale:
        return stale_page(request, "desk/editing/incident_form.html", context, stale, forms.EditForm, data)
    return page(request, "desk/editing/incident_form.html", context, form=form)


def _as_typed(kept, theirs):
    """The form as this person had filled it in before, else as it is saved."""
    if kept.typed is None:
        return theirs
    form = forms.EditForm(kept.typed)
    for part in form.parts:
        leave_unchecked(part)
    return form


def _after_editing(request, incident):
    """Who came to correct what is public goes on to publish that."""
    if "correct" not in request.GET or not access.can_judge(request.user):
        return incident.get_absolute_url()
    return f"{reverse('desk-incident-publish', args=[incident.uid])}?reason=correction"


def _edit(incident, form, *, by):
    @transaction.atomic
    def act():
        fields = form.fields_given(by=by)
        return incidents.edit(incident, by=by, fields=fields, version=form.cleaned_data["version"])

    return attempt(form, act, forms.PLACES_OF_ERRORS)


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
        messages.success(
            request, _("Submitted. An editor reviews it next; you will find it under “Waiting for review”.")
        )
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
        title=_("Put away “%(incident)s”?") % {"incident": incident},
        explanation=_("It leaves all lists of the desk. Its number is never used again, and its history is kept."),
        button=_("Put the draft away"),
        is_dangerous=True,
        back=reverse("desk"),
        done=_("The draft is put away. The page of %(number)s brings it back.") % {"number": incident.shown_uid},
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
        **discussion.section(incident, request.user),
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
        "correct": judges and incident.status == IncidentStatus.PUBLISHED,
        "split": access.can_split(user, incident),
        "go_back": access.can_go_back(user, incident),
        "unmerge": access.can_unmerge(user, incident),
        "restore": access.can_restore(user, incident) and editions.was_public(incident),
        "bring_back": access.can_bring_back(user, incident) and not editions.was_public(incident),
        "assign": judges and incident.is_open,
        "hand_over": judges and incident.is_open,
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
