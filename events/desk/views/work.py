"""Doors to one's own work: what happened since, where one left off, what came back, drafts, what waits."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from events import access
from events.desk import digest, queues, resuming, unfinished
from events.desk.forms.talk import SeenForm
from events.desk.views.doors import attempt, for_desk

# The lists of one's own work in the order of the page: name in addresses → heading.
WORK = {
    "returned": _("Returned to you"),
    "drafts": _("Drafts"),
    "submitted": _("Waiting for review"),
    "published": _("Published"),
}
FIRST, PAGE = 25, 50  # incidents of each list on the page of all, and on the pages of one


@require_safe
@for_desk
def work(request):
    return _work_page(request)


@require_safe
@for_desk
def work_list(request, name):
    """All of one list of one's own work, page by page."""
    if name not in WORK:
        raise Http404(gettext("There is no such list of work."))
    page = Paginator(queues.my_work(request.user)[name], PAGE).get_page(request.GET.get("page"))
    context = {"name": name, "heading": WORK[name], "page": _knowing_rights(page, name, request.user)}
    return render(request, "desk/my_work/work_list.html", context)


@require_POST
@for_desk
def seen(request):
    """Set the mark to the moment the shown digest was made, which the page sends back."""
    form = SeenForm(request.POST)
    shown = request.POST.getlist("beyond")
    if form.is_valid() and attempt(
        form, lambda: digest.seen(by=request.user, until=form.cleaned_data["until"], beyond=shown)
    ):
        return redirect("desk")
    return _work_page(
        request, refusal=gettext("Nothing is noted: the page was incomplete. Look at it again, then press “Seen”.")
    )


def _work_page(request, refusal=""):
    """What is mine, and for editors how much waits in the queue."""
    user = request.user
    mine = queues.my_work(user)
    lists = [{"name": name, "heading": WORK[name], "page": _first(mine[name], name, user)} for name in WORK]
    context = {
        "digest": digest.made_for(user),
        "unfinished": unfinished.waiting(user),
        "left_off": resuming.left_off(user),
        "claims_to_mend": Paginator(queues.claims_to_mend_elsewhere(user), FIRST).get_page(1),
        "lists": [part for part in lists if part["page"].paginator.count],
        "refusal": refusal,
    }
    if access.can_judge(user):
        context |= {
            "incidents_waiting": queues.awaiting_review(user).count(),
            "relations_waiting": queues.relations_awaiting_review(user).count(),
            "assigned": Paginator(queues.assigned_to(user), FIRST).get_page(1),
        }
    return render(request, "desk/my_work/work.html", context, status=422 if refusal else 200)


def _first(incidents, name, user):
    return _knowing_rights(Paginator(incidents, FIRST).get_page(1), name, user)


def _knowing_rights(page, name, user):
    """The page; each claim to mend on it knows whether the person may edit it."""
    for claim in (claim for incident in page if name == "returned" for claim in incident.claims_to_mend):
        claim.can_be_edited = access.can_edit_claim(user, claim)
    return page
