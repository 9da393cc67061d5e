"""The doors by which an editor accepts many claims of one import batch together, and publishes its incidents."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext

from events.choices import Credibility, IncidentStatus
from events.desk import deciding, importing, queues
from events.desk.forms.publishing import PublishAllForm
from events.desk.forms.review import AcceptAllForm, AcceptManyForm
from events.desk.importing import jobs, publishing, together
from events.desk.views.doors import attempt, for_editors, form_page, page, sent
from events.models.batch import ImportBatch

PAGE = 50
SAMPLE = 10  # of what waits, to look at before all of it is done


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


@form_page
@for_editors
def accept_all(request, pk):
    """Accept every claim of an import that waits for the person: first how many and of what, then the worker does it."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    waiting = queues.decidable(batch, request.user)
    form = AcceptAllForm(sent(request))
    context = {
        "shown": waiting.with_everything(),
        "incidents": waiting.order_by().values("incident").distinct().count(),
    }
    return _all(request, batch, waiting, form, importing.accept_all, "desk/review/accept_all.html", context)


@form_page
@for_editors
def publish_all(request, pk):
    """Publish every incident of an import that is ready: first how many, with some to look at, then the worker does it."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    waiting = publishing.ready(batch, request.user)
    return _all(
        request,
        batch,
        waiting,
        PublishAllForm(sent(request)),
        importing.publish_all,
        "desk/review/publish_all.html",
        {"shown": waiting.with_places(), "new": waiting.filter(status=IncidentStatus.SUBMITTED).count()},
    )


def _all(request, batch, waiting, form, begin, template, context):
    """The page with what waits; the press that carries the mark of just that has the worker do it."""
    seen = request.POST.get("seen", "")
    if form.is_bound and form.is_valid():
        words = form.cleaned_data
        if attempt(form, lambda: begin(batch, by=request.user, seen=seen, **words)):
            jobs.soon(batch.pk)
            return redirect(batch)
    context |= {"batch": batch, "count": waiting.count(), "mark": together.mark(waiting)}
    context["shown"] = context["shown"][:SAMPLE]
    return page(request, template, context, form=form)


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
