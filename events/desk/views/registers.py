"""Doors for the registers: their lists, adding an entry, looking at one and changing it, grading a source."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events import names
from events.desk import entries, registers
from events.desk.forms import conflict
from events.desk.forms import entries as forms
from events.desk.forms.manners import typed
from events.desk.forms.registers import SearchForm
from events.desk.forms.why import WhyForm
from events.desk.register_pages import PAGES
from events.desk.stale import Stale
from events.desk.views.doors import attempt, for_desk, for_editors, form_page, page, sent
from events.desk.views.once import once
from events.models.edition import Subject
from events.press import naming, printing
from events.press.registers import SUBJECTS as PUBLIC
from events.press.registers import is_public

SHOWN = 100
SHOWN_TITLES = 10


@require_safe
@for_desk
def listing(request, register):
    """The entries of one register, found by any part of any of their names."""
    of = PAGES[register]
    form = SearchForm(request.GET)
    rows = of.found(form.words()) if form.is_valid() else of.rows().none()
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {"of": of, "form": form, "page": shown}
    return render(request, "desk/registers/listing.html", context, status=200 if form.is_valid() else 400)


@form_page
@for_desk
def add(request, register):
    """A new entry; one of nearly the name of a known one has to be confirmed."""
    of = PAGES[register]
    form = of.form_to_add(request.user)(sent(request))
    despite = "name-despite" in request.POST
    is_ready = form.is_bound and form.is_valid()
    if is_ready and (made := once(request, lambda: _added(of, form, despite, by=request.user))):
        name, address = made
        messages.success(request, _("“%(name)s” is in the register.") % {"name": name})
        _say_where(request, form)
        return redirect(address)
    context = {"of": of, "title": of.adds, "entry_key": uuid.uuid4()}
    context |= {"doubles": of.doubles(form), "despite": despite}
    return page(request, "desk/registers/entry_form.html", context, form=form)


def _say_where(request, form):
    """Where the coordinates of a place that was saved lie; a warning where that is not where its entry says."""
    if lying := getattr(form, "lying", None):
        messages.add_message(request, messages.WARNING if lying.is_elsewhere else messages.INFO, lying.sentence)


def _added(of, form, despite, *, by):
    """(name, address) of the new entry, or None after a refusal."""
    row = attempt(form, lambda: of.add_another(by=by, despite=despite, **form.fields_given))
    return row and (str(row), of.address(row))


@require_safe
@for_desk
def entry(request, register, uid):
    """One entry with all that hangs on it. The address of one that was folded leads to the one that stays."""
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    if (survivor := entries.stays(row)).pk != row.pk:
        messages.info(request, _("“%(row)s” was folded into this entry.") % {"row": row})
        return redirect(of.address(survivor))
    context = {"of": of, "row": row, "names": [], "external": [], **of.around(row, request.user)}
    if of.alias_model:
        every = row.aliases.all()
        context["names"] = [alias for alias in every if not alias.scheme]
        context["external"] = [alias for alias in every if alias.scheme]
    context |= {"may_edit": of.may_edit(request.user, row), "may_name": of.may_name(request.user, row)}
    context |= {"folded": entries.folded_into(row) if of.merge else ()}
    return render(request, f"desk/registers/{row._meta.model_name}.html", context)


@form_page
@for_desk
def edit(request, register, uid):
    """Change one entry. A name that the public sees is changed there too, once the person saw in how many places."""
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    if not of.may_edit(request.user, row):
        raise PermissionDenied(_("Only editors change an entry of the register that others rely on."))
    theirs = of.form(initial=of.form.initial_from(row))
    data = sent(request)
    why = WhyForm(data, is_public=type(row) in PUBLIC and is_public(row))
    context = {"of": of, "row": row, "title": str(row), "version": row.version, "back": of.address(row), "why": why}
    if data is None:
        return page(request, "desk/registers/entry_form.html", context, form=theirs)
    data = conflict.settled(data, of.inputs, typed(theirs))
    form = of.form(data)
    context |= {"form": form, "version": data.get("version", "")}
    try:
        if _are_valid(form, why):
            if asked := _asked_first(row, form, data):
                return render(request, "desk/registers/entry_form.html", context | asked)
            with printing.noted() as made:
                saved = _edited(of, row, form, why, data, by=request.user)
            if saved:
                messages.success(request, _done(len(made)))
                _say_where(request, form)
                return redirect(of.address(row))
    except Stale as stale:
        context |= {"differences": stale.differences, "is_undecided": conflict.is_undecided(data)}
        context |= {"version": stale.row.version}
        return render(request, "desk/registers/entry_form.html", context, status=409)
    return page(request, "desk/registers/entry_form.html", context, form=form)


def _asked_first(row, form, data):
    """What to show before a new name goes out to the public; {} where it stands nowhere, or was seen already."""
    if data.get("version") != str(row.version):  # the verb says that somebody else was here
        return {}
    found = naming.showing(row, **{name: names.clean(value) for name, value in _names_in(row, form)})
    if not found or data.get("republish") == str(len(found)):
        return {}
    shown_in = sorted(found, key=lambda one: (one.edition.subject, one.title))[:SHOWN_TITLES]
    return {"republish": len(found), "where": _where(found), "shown_in": shown_in, "more": len(found) - len(shown_in)}


def _where(found):
    """“12 public incidents and 1 public relation”."""
    relations = sum(one.edition.subject == Subject.RELATION for one in found)
    incidents = len(found) - relations
    of_relations = ngettext("%(count)d public relation", "%(count)d public relations", relations) % {"count": relations}
    if not incidents:
        return of_relations
    of_incidents = ngettext("%(count)d public incident", "%(count)d public incidents", incidents) % {"count": incidents}
    both = {"incidents": of_incidents, "relations": of_relations}
    return _("%(incidents)s and %(relations)s") % both if relations else of_incidents


def _names_in(row, form):
    return [(name, form.fields_given[name]) for name in naming.SHOWN[type(row)]]


def _done(editions):
    if not editions:
        return _("Saved.")
    words = ngettext(
        "Saved, and %(count)d further edition made with the new name.",
        "Saved, and %(count)d further editions made with the new name.",
        editions,
    )
    return words % {"count": editions}


def _are_valid(form, why):
    """Whether both are; what is wrong with the reasons is told with what is wrong with the entry."""
    if form.is_valid() and not why.is_valid():
        for sentences in why.errors.values():
            form.add_error(None, sentences)
    return form.is_valid() and why.is_valid()


def _edited(of, row, form, why, data, *, by):
    version = data.get("version", "")
    if not version.isdecimal():
        form.add_error(None, _("The page is incomplete (its version is missing). Open the entry again."))
        return None
    given = form.fields_given | ({"why": why.why} if why.fields else {})
    return attempt(form, lambda: of.edit(row, by=by, version=int(version[:9]), **given))


@form_page
@for_editors
def grade(request, uid):
    """A new grade of a source, with its reason; the grades before stand below."""
    of = PAGES["sources"]
    row = get_object_or_404(of.rows(), uid=uid)
    form = forms.GradeForm(sent(request), initial={"reliability": row.reliability, "version": row.version})
    context = {"of": of, "row": row, "grades": registers.grades_of(row)}
    if form.is_bound and form.is_valid():
        try:
            act = partial(registers.grade_source, row, by=request.user, **form.cleaned_data)
            if attempt(form, act, {"reliability_note": "why"}):
                messages.success(request, _("The source is graded."))
                return redirect(of.address(row))
        except Stale as stale:
            form.add_error(
                None, _("Somebody else has changed this source meanwhile. Look at it, then send this again.")
            )
            form.data = form.data.copy()
            form.data["version"] = str(stale.row.version)
            context["grades"] = registers.grades_of(row)
            return page(request, "desk/registers/grade.html", context, form=form, status=409)
    return page(request, "desk/registers/grade.html", context, form=form)
