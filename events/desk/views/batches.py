"""The door by which an editor accepts many claims of one import batch together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext

from events.choices import Credibility
from events.desk import deciding, queues
from events.desk.forms.review import AcceptManyForm
from events.desk.views.doors import attempt, for_editors, form_page, page, sent
from events.models.batch import ImportBatch

PAGE = 50


@form_page
@for_editors
def accept(request, pk):
    """Choose claims, grade and rationale; look at what that accepts; then accept exactly that."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    waiting = queues.decidable(batch, request.user)
    form = AcceptManyForm(sent(request), waiting=waiting)
    preview = None
    if form.is_bound and form.is_valid():
        if not form.was_previewed:
            preview = _preview(form)
        elif done := attempt(form, lambda: deciding.decide_many(by=request.user, **form.chosen)):
            messages.success(request, _done(len(done)))
            return redirect("desk-batch-accept", pk)
    shown = Paginator(waiting.with_everything(), PAGE).get_page(request.GET.get("page"))
    ticks_all = request.GET.get("ticked") == "all" and not form.is_bound
    context = {
        "batch": batch,
        "shown": shown,
        "ticked": [claim.uid for claim in shown] if ticks_all else form.ticked,
        "preview": preview,
    }
    return page(request, "desk/review/batch.html", context, form=form, status=200 if preview else 422)


def _done(count):
    return ngettext("Accepted %(count)d claim.", "Accepted %(count)d claims.", count) % {"count": count}


def _preview(form):
    """What would be accepted, in figures; the form then carries its fingerprint."""
    given = form.cleaned_data
    form.data = form.data.copy()
    form.data["seen"] = form.fingerprint
    return {
        "claims": len(given["claims"]),
        "incidents": len({claim.incident_id for claim in given["claims"]}),
        "credibility": gettext(Credibility.LABELS[given["credibility"]]),
        "rationale": given["rationale"],
    }
