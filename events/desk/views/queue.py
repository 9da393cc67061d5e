"""Doors to the review queue: what waits, narrowed to what somebody looks for, and who takes it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.choices import QueueMark
from events.desk import assigning, marks, queues
from events.desk.forms.manners import problems
from events.desk.forms.queue import AssignManyForm, QueueForm
from events.desk.views.doors import attempt, for_editors

PAGE = 50
RELATIONS = 50  # of those that wait, under the incidents


@dataclass(frozen=True)
class Facet:
    """A mark that the queue can be narrowed to: how many would be left, and the address with it switched."""

    mark: QueueMark
    count: int
    is_chosen: bool
    address: str


@require_safe
@for_editors
def queue(request):
    """What waits longest stands first; incidents narrowed by marks, words and kind, then relations."""
    return _page(request, AssignManyForm(by=request.user))


@require_POST
@for_editors
def assign_many(request):
    """Give the ticked incidents to an editor, or take some oneself; the address says which page of the queue follows."""
    form = AssignManyForm(request.POST, by=request.user)
    if form.is_valid():
        chosen, to = form.cleaned_data["incidents"], form.cleaned_data["to"]
        if attempt(form, lambda: assigning.assign_many(chosen, by=request.user, to=to)):
            messages.success(request, _done(chosen, to, request.user))
            return redirect(f"{reverse('desk-queue')}?{request.GET.urlencode()}".rstrip("?"))
    return _page(request, form)


def _done(chosen, to, user):
    count = len(chosen)
    many = ngettext("%(count)d incident", "%(count)d incidents", count) % {"count": count}
    told = {"what": f"“{chosen[0]}”" if count == 1 else many, "person": to}
    if to == user:
        return _("Assigned to you: %(what)s.") % told
    return (_("Assigned to %(person)s: %(what)s.") if to else _("Assigned to nobody: %(what)s.")) % told


def _page(request, assign_form):
    form = QueueForm(request.GET)
    if form.is_valid():
        narrowed = marks.Narrowed(marks.of_queue(request.user, **form.wanted), **form.chosen)
        status = 422 if assign_form.is_bound else 200
    else:
        narrowed, status = marks.Narrowed([]), 400
    page = Paginator(narrowed.keys, PAGE).get_page(form.cleaned_data.get("page"))
    context = {
        "form": form,
        "problems": [*problems(form), *problems(assign_form)],
        "facets": _facets(form, narrowed),
        "batches": [(batch, narrowed.count_of_batch(batch.pk)) for batch in form.batches],
        "batch": narrowed.batch,
        "page": page,
        "rows": [(incident, narrowed.marks_of(incident.pk)) for incident in queues.rows(page.object_list)],
        "assign_form": assign_form,
        "ticked": assign_form.data.getlist("incidents") if assign_form.is_bound else [],
        "relations": Paginator(queues.relations_awaiting_review(request.user), RELATIONS).get_page(1),
    }
    return render(request, "desk/review/queue.html", context, status=status)


def _facets(form, narrowed):
    return [
        Facet(
            mark,
            narrowed.count(mark),
            mark in narrowed.marks,
            form.address(**{mark.value: None if mark in narrowed.marks else "on"}),
        )
        for mark in QueueMark
    ]
