"""Doors for the other names of an actor or a place: adding, changing and taking away one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from events.desk import registers
from events.desk.forms.entries import AliasForm
from events.desk.forms.why import NameForm, WhyForm
from events.desk.register_pages import PAGES
from events.desk.views.doors import confirm, for_desk, form_page, sent
from events.press.registers import is_public


@form_page
@for_desk
def add(request, register, uid):
    of, row = _entry(request, register, uid)
    form = NameForm(sent(request), is_public=is_public(row))
    return confirm(
        request,
        form,
        lambda: of.add_alias(row, by=request.user, why=form.why, **form.fields_given),
        title=_("Add a name of “%(row)s”") % {"row": row},
        explanation=_("Any spelling that documents use, in any script: typing it finds the entry from then on."),
        button=_("Add the name"),
        back=of.address(row),
        done=_("The name is added."),
    )


@form_page
@for_desk
def change(request, register, uid, pk):
    of, row = _entry(request, register, uid)
    alias = get_object_or_404(row.aliases, pk=pk)
    form = NameForm(sent(request), is_public=is_public(row), initial=AliasForm.initial_from(alias))
    return confirm(
        request,
        form,
        lambda: registers.change_alias(alias, by=request.user, why=form.why, **form.fields_given),
        title=_("Change a name of “%(row)s”") % {"row": row},
        explanation=_("What it was stays in the history of the entry."),
        button=_("Save the name"),
        back=of.address(row),
        done=_("The name is changed."),
    )


@form_page
@for_desk
def remove(request, register, uid, pk):
    of, row = _entry(request, register, uid)
    alias = get_object_or_404(row.aliases, pk=pk)
    form = WhyForm(sent(request), is_public=is_public(row))
    return confirm(
        request,
        form,
        lambda: registers.remove_alias(alias, by=request.user, why=form.why) or True,
        title=_("Take the name “%(alias)s” away from “%(row)s”?") % {"alias": alias, "row": row},
        explanation=_("Typing it does not find the entry any more. The history of the entry keeps it."),
        button=_("Take it away"),
        is_dangerous=True,
        back=of.address(row),
        done=_("The name is taken away."),
    )


def _entry(request, register, uid):
    """(page of the register, its entry), for those who may name it."""
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    if not of.may_name(request.user, row):
        raise PermissionDenied(_("Names are added by editors, and by whoever added the entry."))
    return of, row
