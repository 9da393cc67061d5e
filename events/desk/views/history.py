"""Doors to the history of what the desk holds, and to bringing back an earlier state."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import access
from events.desk import earlier, history, restoring
from events.desk.forms.history import HistoryForm, RestoreForm
from events.desk.forms.manners import DeskForm
from events.desk.register_pages import PAGES
from events.desk.stale import Stale
from events.desk.views.claims import subject_address
from events.desk.views.doors import (
    ABSENT,
    attempt,
    claim_for,
    confirm,
    for_desk,
    form_page,
    incident_for,
    page,
    relation_for,
    sent,
)
from events.models.change import Change
from events.press import naming

SHOWN = 50  # acts on one page


@require_safe
@for_desk
def of_incident(request, uid):
    incident = incident_for(request.user, uid)
    again = access.can_add_claim(request.user, incident)
    found = history.of_incident(incident, request.user)
    return _page(request, incident, found, back=incident.get_absolute_url(), again=again)


@require_safe
@for_desk
def of_claim(request, uid):
    claim = claim_for(request.user, uid)
    return _page(request, claim, history.of_row(claim), back=f"{subject_address(claim)}#claim-{claim.uid}")


@require_safe
@for_desk
def of_relation(request, uid):
    relation = relation_for(uid)
    return _page(request, relation, history.of_row(relation), back=reverse("desk-relation", args=[uid]))


@require_safe
@for_desk
def of_entry(request, register, uid):
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    return _page(request, row, history.of_row(row), back=of.address(row))


@form_page
@for_desk
def restore_incident(request, uid, moment):
    incident = incident_for(request.user, uid)
    return _restore(request, incident, moment, back=reverse("desk-incident-history", args=[uid]))


@form_page
@for_desk
def add_claim_again(request, uid, moment):
    incident = incident_for(request.user, uid)
    access.require_edit_incident(request.user, incident)
    change = history.taken_back(incident, moment)
    if change is None:
        raise Http404(str(ABSENT))
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: restoring.add_again(incident, change, by=request.user),
        title=_("Add the claim again that was taken back?"),
        explanation=_("It comes as it was then, with its toll and its citations, undecided and with a new number."),
        button=_("Add it again"),
        back=f"{incident.get_absolute_url()}#claims",
        done=_("The claim is added again."),
    )


@form_page
@for_desk
def restore_claim(request, uid, moment):
    claim = claim_for(request.user, uid)
    return _restore(request, claim, moment, back=reverse("desk-claim-history", args=[uid]))


@form_page
@for_desk
def restore_entry(request, register, uid, moment):
    row = get_object_or_404(PAGES[register].rows(), uid=uid)
    return _restore(request, row, moment, back=reverse(f"desk-{register}-history", args=[uid]))


@form_page
@for_desk
def restore_relation(request, uid, moment):
    return _restore(request, relation_for(uid), moment, back=reverse("desk-relation-history", args=[uid]))


def _page(request, row, found, *, back, again=False):
    """One history, page by page; status 400 with no rows when it is narrowed to what does not occur in it."""
    form = HistoryForm(request.GET, history=found)
    changes = found.changes.filter(**form.wanted()) if form.is_valid() else found.changes.none()
    narrowed = found.narrowed(changes)
    shown = Paginator(history.acts(narrowed), SHOWN).get_page(request.GET.get("page"))
    context = {
        "row": row,
        "back": back,
        "again": again,
        "form": form,
        "page": shown,
        "acts": history.told(narrowed, shown, request.user),
        "querystring": _without_page(request.GET),
    }
    return render(request, "desk/history/history.html", context, status=200 if form.is_valid() else 400)


def _restore(request, row, moment, *, back):
    """The state after one act beside the present one; sent, it brings the chosen fields back as a new change."""
    change = (
        Change.objects.filter(pk=moment, model=row._meta.model_name, object_uid=row.uid).select_related("by").first()
    )
    if change is None or change.field == "removed":
        raise Http404(str(ABSENT))
    differing = earlier.compared(row, change)
    refusal = restoring.refusal(row, request.user)
    form = RestoreForm(sent(request), differing=differing, version=row.version)
    context = {"row": row, "change": change, "back": back, "refusal": refusal}
    context |= {"supersede": _supersede(row, request.user) if refusal else ""}
    context |= {"republish": 0 if refusal else _editions_for_names(row, differing)}
    try:
        if form.is_bound and form.is_valid() and attempt(form, lambda: _bring_back(row, change, form, request.user)):
            messages.success(request, _("Brought back, as a new change."))
            return redirect(back)
    except Stale:
        row.refresh_from_db()
        again = RestoreForm(differing=earlier.compared(row, change), version=row.version)
        return render(request, "desk/history/restore.html", context | {"form": again, "is_stale": True}, status=409)
    return page(request, "desk/history/restore.html", context, form=form)


def _editions_for_names(row, differing):
    """How many further editions the names of then would make, were they brought back."""
    then = {one.name: one.value for one in differing if one.name in naming.SHOWN.get(type(row), ())}
    return len(naming.showing(row, **then)) if then else 0


def _bring_back(row, change, form, by):
    given = form.cleaned_data
    return restoring.restore(row, change, by=by, version=given["version"], wanted=given["fields_wanted"])


def _supersede(row, user):
    """Where to add the claim that supersedes a decided one, for those who may; else ""."""
    incident = getattr(row, "incident", None)
    if incident is None or not access.can_add_claim(user, incident):
        return ""
    return f"{reverse('desk-claim-add', args=[incident.uid])}?aspect={row.aspect}"


def _without_page(query):
    query = query.copy()
    query.pop("page", None)
    return query.urlencode()
