"""The door at which rows of a plan stand beside the incidents that they are likely the same as, and are decided about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import access
from events.choices import BatchStatus, RowDecision
from events.desk.importing import deciding_rows, likely_words
from events.desk.importing.rights import likely_rows
from events.desk.views.doors import batch_for, for_desk, form_page

PAGE = 20


@form_page
@for_desk
def likely(request, pk):
    """A page of rows with what they are like; editors decide about them between the plan and the commit."""
    batch = batch_for(request.user, pk)
    if request.method == "POST":
        return _decided(request, batch)
    rows = likely_rows(batch, request.user).order_by("number")
    if only := request.GET.get("row", ""):
        rows = rows.filter(number=int(only)) if only.isdecimal() and len(only) < 10 else rows.none()
    shown = Paginator(rows.select_related("decided_by"), PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "page": shown,
        "only": only,
        "rows": likely_words.beside(list(shown), request.user),
        "decisions": [("", _("Not decided: it becomes a draft")), *((one.value, _(one.label)) for one in RowDecision)],
        "undecided": likely_rows(batch, request.user).filter(decision="").count(),
        "may_decide": access.can_judge(request.user) and batch.status == BatchStatus.PLANNED,
    }
    return render(request, "desk/imports/likely.html", context)


def _decided(request, batch):
    if not access.can_judge(request.user):
        raise PermissionDenied(_("Editors decide what becomes of these rows."))
    try:
        if every := request.POST.get("every"):
            moved = deciding_rows.decide_all(batch, every, by=request.user)
        else:
            moved = deciding_rows.decide(batch, _chosen(request.POST), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(batch)
    messages.success(request, ngettext("Decided %(n)d row.", "Decided %(n)d rows.", moved) % {"n": moved})
    return redirect(request.get_full_path())


def _chosen(posted):
    """number of a row → what was chosen for it."""
    named = {name.removeprefix("row-"): value for name, value in posted.items() if name.startswith("row-")}
    return {int(number): value for number, value in named.items() if number.isdecimal() and len(number) < 10}
