"""Doors for claims: adding one to an incident, a relation or a link, editing it, taking it back."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from events import access
from events.choices import Aspect
from events.desk import claims
from events.desk.forms import claim as forms
from events.desk.forms import conflict
from events.desk.forms.claim_entry import ClaimEntry
from events.desk.forms.manners import DeskForm
from events.desk.forms.rows import with_one_more
from events.desk.stale import Stale
from events.desk.views import keeping
from events.desk.views.doors import (
    claim_for,
    confirm,
    for_desk,
    form_page,
    incident_for,
    link_for,
    page,
    relation_for,
    sent,
    still_there,
)


@form_page
@for_desk
def add_to_incident(request, uid):
    """First the aspect, in the address; then the form with the inputs that fit it."""
    incident = incident_for(request.user, uid)
    access.require_edit_incident(request.user, incident)
    first = forms.AspectForm(request.GET or None)
    if request.method != "POST" and not (first.is_bound and first.is_valid()):
        return page(
            request, "desk/claims/aspect.html", {"incident": incident, "aspects": forms.ABOUT_INCIDENTS}, form=first
        )
    aspect = first.cleaned_data["aspect"] if first.is_bound and first.is_valid() else ""
    return _add(request, incident, aspect, back=incident.get_absolute_url())


@form_page
@for_desk
def add_to_relation(request, uid):
    relation = relation_for(uid)
    return _add(request, relation, Aspect.RELATION, back=reverse("desk-relation", args=[uid]))


@form_page
@for_desk
def add_to_link(request, uid):
    link = link_for(request.user, uid)
    return _add(request, link, Aspect.LINK, back=link.from_incident.get_absolute_url())


@form_page
@for_desk
def edit(request, uid):
    claim = claim_for(request.user, uid)
    access.require_edit_claim(request.user, claim)
    back = subject_address(claim)
    theirs = ClaimEntry(claim.subject, user=request.user, claim=claim)
    if request.method != "POST":
        return _opened(request, theirs, back)
    data = conflict.settled(request.POST, forms.INPUTS, theirs.as_sent())
    if shown_again := _shown_again(request, claim.subject, data, back, claim=claim):
        return shown_again
    entry = ClaimEntry(claim.subject, user=request.user, data=data, claim=claim)
    try:
        if entry.is_valid() and _saved(entry, request.user):
            messages.success(request, _("The claim is saved."))
            return keeping.sent(request, f"{back}#claim-{claim.uid}")
    except Stale as stale:
        return _stale_page(request, entry, stale, data, back)
    return _page(request, entry, back, status=422)


@form_page
@for_desk
def remove(request, uid):
    claim = claim_for(request.user, uid)
    access.require_edit_claim(request.user, claim)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: claims.remove(claim, by=request.user),
        title=_("Remove this claim?"),
        explanation=_("%(claim)s. A claim that an editor has judged stays; supersede it instead.") % {"claim": claim},
        button=_("Remove the claim"),
        is_dangerous=True,
        back=subject_address(claim),
        done=_("The claim is removed."),
    )


def subject_address(claim):
    """The desk's page of what a claim is about."""
    if claim.relation is not None:
        return reverse("desk-relation", args=[claim.relation.uid])
    incident = claim.incident or claim.link.from_incident
    return incident.get_absolute_url()


def _add(request, subject, aspect, *, back):
    if request.method != "POST":
        return _opened(request, ClaimEntry(subject, user=request.user, aspect=aspect), back)
    if shown_again := _shown_again(request, subject, request.POST, back):
        return shown_again
    entry = ClaimEntry(subject, user=request.user, data=request.POST)
    if entry.is_valid() and (claim := _saved_once(entry, request.user)):
        messages.success(request, _("The claim is added."))
        return keeping.sent(request, request.path if "add_claim" in request.POST else f"{back}#claim-{claim}")
    return _page(request, entry, back, status=422)


def _opened(request, entry, back):
    """The form as it stands, or as this person had filled it in before."""
    kept = keeping.of(request)
    if elsewhere := keeping.gone_on(request, kept):
        return elsewhere
    if kept.typed is not None:
        entry = ClaimEntry(entry.subject, user=request.user, data=kept.typed, claim=entry.claim)
        entry.leave_unchecked()
    return _page(request, entry, back, kept=kept)


def _saved_once(entry, user):
    """The uid of the claim that this page made, now or when it was sent the first time; None when it is refused."""
    given = entry.form.cleaned_data["entry_key"]
    if not given:
        claim = _saved(entry, user)
        return claim and claim.uid
    with still_there():
        return entry.save_once(f"claim-page:{user.pk}:{given}", by=user)


def _saved(entry, user):
    with still_there():
        return entry.save(by=user)


def _shown_again(request, subject, data, back, claim=None):
    """The page as typed, with one more row or other inputs, where that is all the person asked for; else None."""
    more = with_one_more(data)
    if more is None and "change_aspect" not in data:
        return None
    entry = ClaimEntry(subject, user=request.user, data=data if more is None else more, claim=claim)
    entry.leave_unchecked()
    return _page(request, entry, back)


def _stale_page(request, entry, stale, data, back):
    shown = conflict.shown(data, stale.row.version)
    again = ClaimEntry(entry.subject, user=request.user, data=shown, claim=entry.claim)
    again.is_valid()
    context = {"differences": entry.differences(stale), "is_undecided": conflict.is_undecided(data)}
    return _page(request, again, back, status=409, **context)


def _page(request, entry, back, *, status=200, kept=None, **context):
    context |= {
        "entry": entry,
        "form": entry.form,
        "problems": entry.problems if status == 422 else [],
        "back": back,
        "kept": kept or keeping.of(request),
    }
    return render(request, "desk/claims/claim_form.html", context, status=status)
