"""Doors for folding a double into the entry that stays: which one, then the two side by side with all that follows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events import uids
from events.desk import twins
from events.desk.forms.entries import StaysForm
from events.desk.forms.why import FoldForm
from events.desk.register_pages import PAGES
from events.desk.views.doors import ABSENT, attempt, for_editors, form_page, page, sent
from events.desk.views.steps import looked_at
from events.press import rehearsal
from events.press.registers import is_public

TEMPLATE = "desk/registers/fold.html"


@form_page
@for_editors
def fold(request, register, uid):
    """Without `into` in the address, which entry stays; with it, the two side by side."""
    of = PAGES[register]
    row = get_object_or_404(of.rows(), uid=uid)
    if "into" in request.GET:
        survivor = of.rows().filter(uid=uids.parse(request.GET["into"]) or "").first()
        if survivor is None or survivor.pk == row.pk:
            raise Http404(str(ABSENT))
        return _side_by_side(request, of, row, survivor)
    form = StaysForm(sent(request), field=of.naming_field, goes=row)
    if form.is_bound and form.is_valid():
        return redirect(f"{request.path}?into={form.cleaned_data['survivor'].shown_uid}")
    context = {
        "title": _("Fold “%(row)s” into another entry") % {"row": row},
        "explanation": _(
            "For an entry that is there twice. Its names and all that refers to it move to the one that stays; its "
            "address leads there. The two are shown side by side first, and nothing is done before."
        ),
        "button": _("Show the two side by side"),
        "back": of.address(row),
    }
    return page(request, "desk/confirm.html", context, form=form)


def _side_by_side(request, of, loser, survivor):
    pairs = twins.pairs(loser, survivor)
    differing = [pair.name for pair in pairs if pair.differs]
    form = FoldForm(request.POST, differing=differing, is_public=is_public(loser))
    context = {
        "of": of,
        "loser": loser,
        "survivor": survivor,
        "pairs": [(pair, form.kept(pair.name) if pair.differs else "") for pair in pairs],
        "names": twins.names(loser, survivor),
        "moves": twins.moves(loser),
        "back": of.address(loser),
        "title": _("Fold two entries into one"),
        "button": _("Fold the two into one"),
        "is_dangerous": True,
        "form": form,
    }
    if not form.is_valid():
        return page(request, TEMPLATE, context, form=form)

    def act():
        return of.merge(loser, survivor, by=request.user, taken=form.taken, why=form.why)

    status = 200
    if "seen" in request.POST and "again" not in request.POST:
        try:
            if attempt(form, lambda: rehearsal.perform(act, seen=request.POST["seen"])):
                messages.success(request, _("“%(loser)s” is folded into this entry.") % {"loser": loser})
                return redirect(of.address(survivor))
        except rehearsal.LookAgain as again:
            form.add_error(None, str(again))
            status = 409
        else:
            return page(request, TEMPLATE, context, form=form)
    return looked_at(request, form, act, TEMPLATE, context, see=lambda prospect: _after(loser, prospect), status=status)


def _after(loser, prospect):
    """What the rehearsal shows besides its editions: which public incidents wait for a review instead."""
    made = {step.edition.subject_uid for step in prospect.steps}
    return {"waiting": twins.naming(loser, without=made)}
