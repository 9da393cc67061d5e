"""Doors for the registers: actors, places, sources, documents, and the relations between actors."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.desk import finding, registers
from events.desk.forms import conflict
from events.desk.forms import registers as forms
from events.desk.forms.manners import typed
from events.desk.forms.publishing import PublishForm, WithdrawForm
from events.desk.register_pages import PAGES, MergeInto
from events.desk.stale import Stale
from events.desk.views import judging
from events.desk.views.doors import attempt, confirm, for_desk, for_editors, form_page, page, relation_for, sent
from events.desk.views.once import once
from events.press import editions

SHOWN = 100


@require_safe
@for_desk
def listing(request, register):
    """The entries of one register, found by any part of any of their names."""
    of = PAGES[register]
    form = forms.SearchForm(request.GET)
    rows = of.found(form.words()) if form.is_valid() else of.rows().none()
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {"of": of, "form": form, "page": shown}
    return render(request, "desk/registers/listing.html", context, status=200 if form.is_valid() else 400)


@form_page
@for_desk
def add(request, register):
    """A new entry; one of nearly the name of a known one has to be confirmed."""
    of = PAGES[register]
    form = of.form_for(request.user)(sent(request))
    despite = "name-despite" in request.POST
    is_ready = form.is_bound and form.is_valid()
    if is_ready and (made := once(request, lambda: _added(of, form, despite, by=request.user))):
        name, address = made
        messages.success(request, f"“{name}” is in the register.")
        return redirect(address)
    context = {"of": of, "title": f"Add {of.one}", "entry_key": uuid.uuid4()}
    context |= {"doubles": of.doubles(form), "despite": despite}
    return page(request, "desk/registers/entry_form.html", context, form=form)


def _added(of, form, despite, *, by):
    """(name, address) of the new entry, or None after a refusal."""
    row = attempt(form, lambda: of.add_another(by=by, despite=despite, **form.fields_given))
    return row and (str(row), of.address(row))


@form_page
@for_desk
def edit(request, register, uid):
    """One entry with its names; editors change it, others only look (documents: their authors too)."""
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    form_class = of.form_for(request.user)
    theirs = form_class(initial=form_class.initial_from(row))
    data = sent(request)
    context = {
        "of": of,
        "row": row,
        "title": str(row),
        "aliases": of.aliases_of(row),
        "merged_into": row_merged_into(row),
    }
    context |= {"version": row.version, "alias_form": forms.AliasForm(), "may_edit": of.may_edit(request.user, row)}
    if data is None:
        return page(request, "desk/registers/entry_form.html", context, form=_shown(theirs, context["may_edit"]))
    data = conflict.settled(data, of.inputs, typed(theirs))
    form = form_class(data)
    try:
        if form.is_valid() and _edited(of, row, form, data, by=request.user):
            messages.success(request, "Saved.")
            return redirect(of.address(row))
    except Stale as stale:
        context |= {"differences": stale.differences, "is_undecided": conflict.is_undecided(data), "form": form}
        context |= {"version": stale.row.version}
        return render(request, "desk/registers/entry_form.html", context, status=409)
    return page(request, "desk/registers/entry_form.html", context | {"version": data.get("version", "")}, form=form)


def _shown(form, may_edit):
    """The form, with every input disabled for those who may only look."""
    for field in form.fields.values():
        field.disabled = not may_edit
    return form


def _edited(of, row, form, data, *, by):
    version = data.get("version", "")
    if not version.isdecimal():
        form.add_error(None, "The page is incomplete (its version is missing). Open the entry again.")
        return None
    return attempt(form, lambda: of.edit(row, by=by, version=int(version[:9]), **form.fields_given))


def row_merged_into(row):
    return getattr(row, "merged_into", None)


@form_page
@for_editors
def add_alias(request, register, uid):
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    form = forms.AliasForm(sent(request))
    return confirm(
        request,
        form,
        lambda: of.add_alias(row, by=request.user, **form.cleaned_data),
        title=f"Add a name of “{row}”",
        explanation="Any spelling that documents use, in any script: typing it finds the entry from then on.",
        button="Add the name",
        back=of.address(row),
        done="The name is added.",
    )


@form_page
@for_editors
def merge(request, register, uid):
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    form = MergeInto(sent(request), field=of.naming_field)
    return confirm(
        request,
        form,
        lambda: of.merge(row, form.cleaned_data["survivor"], by=request.user),
        title=f"Fold “{row}” into another entry",
        explanation="Its names and everything that refers to it move to the entry that stays.",
        button="Fold it in",
        is_dangerous=True,
        back=of.list_address,
        done="Folded into the entry that stays.",
    )


@require_safe
@for_desk
def relations(request):
    form = forms.SearchForm(request.GET)
    rows = finding.relations(form.words()) if form.is_valid() else finding.relations().none()
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown}
    return render(request, "desk/registers/relations.html", context, status=200 if form.is_valid() else 400)


@form_page
@for_desk
def add_relation(request):
    form = forms.RelationForm(sent(request))
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        ends = [given.pop(name) for name in ("subject", "type", "object")]
        if relation := attempt(form, lambda: registers.relate(*ends, by=request.user, **given)):
            messages.success(request, "The relation is entered. Add the claims that speak of it.")
            return redirect("desk-relation", relation.uid)
    return page(request, "desk/registers/relation_form.html", {"title": "Enter a relation between actors"}, form=form)


@require_safe
@for_desk
def relation(request, uid):
    return judging.relation_page(request, relation_for(uid))


@form_page
@for_editors
def publish_relation(request, uid):
    relation = relation_for(uid)
    form = PublishForm(sent(request))

    return confirm(
        request,
        form,
        lambda: editions.publish_relation(relation, by=request.user, **form.cleaned_data),
        title=f"Publish: {relation}",
        explanation="The relation, its accepted claims and their documents become public with the next edition.",
        button="Publish",
        back=reverse("desk-relation", args=[uid]),
        done="Published.",
    )


@form_page
@for_editors
def withdraw_relation(request, uid):
    relation = relation_for(uid)
    form = WithdrawForm(sent(request))
    return confirm(
        request,
        form,
        lambda: editions.withdraw_relation(relation, by=request.user, **form.cleaned_data),
        title=f"Withdraw: {relation}",
        explanation="It leaves the public record. Its claims answer with your reason and note from now on.",
        button="Withdraw it",
        is_dangerous=True,
        back=reverse("desk-relation", args=[uid]),
        done="Withdrawn.",
    )
