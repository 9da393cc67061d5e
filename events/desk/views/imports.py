"""The doors of importing: bring a file, look at its plan, name its names, commit it, take it back."""

from contextlib import nullcontext
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from events import access
from events.choices import BatchStatus, RowDecision, RowVerdict
from events.desk import importing
from events.desk.forms.imports import TABLE, UploadForm
from events.desk.importing import jobs, leases, likely_words, reports, submitting
from events.desk.importing.rights import likely_rows, visible
from events.desk.views.doors import ABSENT, attempt, batch_for, for_desk, form_page, page, sent
from events.models.release import Release

PAGE = 50
_ACROSS = ("likely", "flagged")  # what a row may be besides its verdict


@require_GET
@for_desk
def listing(request):
    """What is worked on now, and every import, the newest first."""
    shown = Paginator(visible(request.user), PAGE).get_page(request.GET.get("page"))
    state = jobs.state()
    context = {
        "page": shown,
        "at_work": visible(request.user).filter(status__in=leases.AT_WORK).order_by("imported_at", "pk")[:PAGE],
        "releases": Release.objects.unfinished().order_by("pk") if access.can_judge(request.user) else (),
        "worker": state,
        "is_alive": state.is_alive,
    }
    return render(request, "desk/imports/list.html", context)


@form_page
@for_desk
def bring(request):
    form = UploadForm(sent(request), request.FILES or None, user=request.user)
    # No transaction around it: a file of a gigabyte is read and copied, and on SQLite nobody would write meanwhile.
    act = partial(attempt, form, lambda: _planned(request, form), within=nullcontext)
    if form.is_bound and form.is_valid() and (batch := act()):
        return redirect(batch)
    return page(request, "desk/imports/new.html", {}, form=form)


def _planned(request, form):
    given = form.cleaned_data
    is_other = given["format"] == TABLE
    batch = importing.plan(
        given["file"].temporary_file_path(),
        by=request.user,
        format=given["format"],
        file_name=given["file"].name,
        version=given["version"],
        replaces=given["replaces"],
        status=BatchStatus.COLUMNS if is_other else BatchStatus.PLANNING,
    )
    if not is_other:
        jobs.soon(batch.pk)
    return batch


@require_GET
@for_desk
def batch(request, pk):
    row = batch_for(request.user, pk)
    if row.status == BatchStatus.COLUMNS:
        return redirect("desk-import-columns", pk)
    chosen = request.GET.get("rows", "")
    if chosen and chosen not in (*RowVerdict.codes(), *_ACROSS):
        raise Http404(str(ABSENT))
    context = {"batch": row, "verdicts": _verdicts(row, request.user), "chosen": chosen, "is_alive": jobs.is_alive()}
    if not row.is_at_work:
        context |= _around(row, chosen, request)
    return render(request, "desk/imports/batch.html", context)


@require_GET
@for_desk
def progress(request, pk):
    """How far the work is, for the page to put in place; when it is done, the page is asked to load anew."""
    row = batch_for(request.user, pk)
    answer = render(request, "desk/imports/progress.html", {"batch": row, "is_alive": jobs.is_alive()})
    if not row.is_at_work:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@for_desk
def act(request, pk, name):
    """Commit, cancel, undo, or hand the drafts to the editors."""
    row = batch_for(request.user, pk)
    verb = {"commit": importing.commit, "cancel": importing.cancel, "undo": importing.undo, "submit": importing.submit}
    if name not in verb:
        raise Http404(str(ABSENT))
    was = row.status
    try:
        done = verb[name](row, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(row)
    if name in ("commit", "undo"):
        jobs.soon(row.pk)
    if name == "cancel" and was == BatchStatus.COLUMNS:
        return redirect("desk-imports")
    if name == "submit":
        said = ngettext("%(n)d draft is with the editors now.", "%(n)d drafts are with the editors now.", done)
        messages.success(request, said % {"n": done})
    return redirect(row)


@require_GET
@for_desk
def report(request, pk):
    row = batch_for(request.user, pk)
    answer = StreamingHttpResponse(reports.report(row, request.user), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{row.pk}.csv"'
    return answer


def _verdicts(row, user):
    """[(code, label, number of rows)] to choose rows by."""
    known = row.report.get("likely" if access.can_judge(user) else "likely_open", 0)
    across = {
        "likely": (_("Likely here already"), known),
        "flagged": (_("Taken, but look"), row.report.get("flagged", 0)),
    }
    verdicts = [(code.value, _(code.label), row.report.get(code.value, 0)) for code in RowVerdict]
    return verdicts + [(code, *across[code]) for code in _ACROSS]


def _around(row, chosen, request):
    rows = row.rows.select_related("incident", "batch")
    if chosen == "flagged":
        rows = rows.exclude(problems=[]).exclude(verdict=RowVerdict.REFUSED)
    elif chosen == "likely":
        rows = likely_rows(row, request.user).select_related("incident", "batch")
    elif chosen:
        rows = rows.filter(verdict=chosen)
    shown = Paginator(rows.order_by("number"), PAGE).get_page(request.GET.get("page"))
    of_page = list(shown)
    reports.hide_unseen(of_page, request.user)
    changed = reports.differences_of(row, [one for one in of_page if one.verdict == RowVerdict.CHANGED], request.user)
    matches = likely_words.matches(of_page, request.user)
    of_likely = likely_rows(row, request.user)
    left_out = of_likely.filter(decision=RowDecision.LEFT_OUT).count()
    is_editor, work = access.can_judge(request.user), row.report.get("new", 0) + row.report.get("changed", 0) - left_out
    is_whole = row.status == BatchStatus.COMMITTED
    has_rows = is_whole or row.status == BatchStatus.CANCELLED and row.rows.exists()
    return {
        "page": shown,
        "rows": [(one, changed.get(one.pk, ()), matches[one.pk]) for one in of_page],
        "likely": of_likely.count(),
        "left_out": left_out,
        "open_names": row.names.filter(decided_at__isnull=True).count(),
        "ready": submitting.ready(row).count() if is_whole else 0,
        "at_once": submitting.AT_ONCE,
        "can_commit": is_editor and work and (row.status == BatchStatus.PLANNED or (has_rows and not is_whole)),
        "can_cancel": row.status == BatchStatus.PLANNED,
        "can_undo": is_editor and has_rows and row.records.exists(),
        "left": row.records.select_related("incident")[:PAGE] if row.status == BatchStatus.UNDONE else (),
    }
