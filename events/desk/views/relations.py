"""Doors for the relations between actors: entering, changing and ending them, and their editions."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import uids
from events.desk import finding, registers
from events.desk.forms import conflict
from events.desk.forms import entries as forms
from events.desk.forms.manners import typed
from events.desk.forms.publishing import PublishForm, WithdrawForm
from events.desk.forms.registers import SearchForm
from events.desk.stale import Stale
from events.desk.views import judging
from events.desk.views.doors import attempt, confirm, for_desk, for_editors, form_page, page, relation_for, sent
from events.models.actor import Actor
from events.models.edition import Edition, Subject
from events.press import editions

SHOWN = 100


@require_safe
@for_desk
def listing(request):
    form = SearchForm(request.GET)
    rows = finding.relations(form.words()) if form.is_valid() else finding.relations().none()
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown}
    return render(request, "desk/registers/relations.html", context, status=200 if form.is_valid() else 400)


@form_page
@for_desk
def add(request):
    """A new relation; `?of=` names the actor from whose page somebody comes."""
    of = Actor.objects.current().filter(uid=uids.parse(request.GET.get("of", "")) or "").first()
    form = forms.RelationForm(sent(request), initial={"subject": of})
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        ends = [given.pop(name) for name in ("subject", "type", "object")]
        if relation := attempt(form, lambda: registers.relate(*ends, by=request.user, **given)):
            messages.success(request, _("The relation is entered. Add the claims that speak of it."))
            return redirect("desk-relation", relation.uid)
    return page(
        request, "desk/registers/relation_form.html", {"title": _("Enter a relation between actors")}, form=form
    )


@require_safe
@for_desk
def relation(request, uid):
    return judging.relation_page(request, relation_for(uid))


@form_page
@for_editors
def edit(request, uid):
    """Change how long a relation held and what it rests on."""
    row = relation_for(uid)
    theirs = forms.RelationEditForm(initial=forms.RelationEditForm.initial_from(row))
    data = sent(request)
    context = {"relation": row, "version": row.version, "title": _("Change: %(relation)s") % {"relation": row}}
    context["last"] = Edition.objects.of(Subject.RELATION, row.uid).first()
    if data is None:
        return page(request, "desk/registers/relation_edit.html", context, form=theirs)
    data = conflict.settled(data, {name: (name,) for name in theirs.fields}, typed(theirs))
    form = forms.RelationEditForm(data)
    try:
        if form.is_valid() and _edited(row, form, data, by=request.user):
            messages.success(request, _("Saved. The public sees it with the next edition of the relation."))
            return redirect("desk-relation", row.uid)
    except Stale as stale:
        context |= {"differences": stale.differences, "is_undecided": conflict.is_undecided(data), "form": form}
        context |= {"version": stale.row.version}
        return render(request, "desk/registers/relation_edit.html", context, status=409)
    context["version"] = data.get("version", "")
    return page(request, "desk/registers/relation_edit.html", context, form=form)


def _edited(row, form, data, *, by):
    version = data.get("version", "")
    if not version.isdecimal():
        form.add_error(None, _("The page is incomplete (its version is missing). Open the relation again."))
        return None
    act = partial(registers.edit_relation, row, by=by, version=int(version[:9]), **form.fields_given)
    return attempt(form, act)


@form_page
@for_editors
def publish(request, uid):
    relation = relation_for(uid)
    form = PublishForm(sent(request))

    return confirm(
        request,
        form,
        lambda: editions.publish_relation(relation, by=request.user, **form.cleaned_data),
        title=_("Publish: %(relation)s") % {"relation": relation},
        explanation=_("The relation, its accepted claims and their documents become public with the next edition."),
        button=_("Publish"),
        back=reverse("desk-relation", args=[uid]),
        done=_("Published."),
    )


@form_page
@for_editors
def withdraw(request, uid):
    relation = relation_for(uid)
    form = WithdrawForm(sent(request))
    return confirm(
        request,
        form,
        lambda: editions.withdraw_relation(relation, by=request.user, **form.cleaned_data),
        title=_("Withdraw: %(relation)s") % {"relation": relation},
        explanation=_("It leaves the public record. Its claims answer with your reason and note from now on."),
        button=_("Withdraw it"),
        is_dangerous=True,
        back=reverse("desk-relation", args=[uid]),
        done=_("Withdrawn."),
    )
