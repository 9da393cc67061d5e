"""The door at which editors say whom the names of a file mean that no register knows, a page of them at a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choices import BatchStatus, NameKind
from events.desk.forms.imports import NameForm
from events.desk.forms.manners import in_row, problems
from events.desk.importing import naming, suggesting
from events.desk.views.doors import ABSENT, attempt, batch_for, for_editors, form_page, sent

PAGE = 20
_MOST_SENT = 100
_PLACES = (("name", "means"), ("entry", "means"))


@form_page
@for_editors
def names(request, pk):
    """The names with the most rows first. Those that were sent are decided, whatever the page would show by now."""
    batch = batch_for(request.user, pk)
    if batch.status != BatchStatus.PLANNED:
        raise PermissionDenied(_("Names are decided between the plan and the commit."))
    chosen = request.GET.get("kind", "")
    if chosen and chosen not in NameKind.codes():
        raise Http404(str(ABSENT))
    undecided = batch.names.filter(decided_at__isnull=True)
    listed = (undecided.filter(kind=chosen) if chosen else undecided).order_by("-rows", "kind", "key")
    shown = Paginator(listed.select_related("batch"), PAGE).get_page(request.GET.get("page"))
    forms = _forms(request, _sent_names(batch, request.POST) if request.method == "POST" else list(shown))
    if request.method == "POST" and (done := _decided(forms, request.user)) is not None:
        messages.success(request, ngettext("Decided %(n)d name.", "Decided %(n)d names.", done) % {"n": done})
        return redirect(request.get_full_path())
    counts = dict(undecided.order_by("kind").values_list("kind").annotate(n=Count("pk")))
    context = {
        "batch": batch,
        "page": shown,
        "forms": forms,
        "problems": [in_row(one, form.name.words["name"]) for form in forms for one in problems(form)],
        "chosen": chosen,
        "kinds": [(one.value, _(one.label), counts.get(one.value, 0)) for one in NameKind],
        "total": sum(counts.values()),
    }
    return render(request, "desk/imports/names.html", context, status=422 if request.method == "POST" else 200)


def _forms(request, rows):
    near = suggesting.near(rows)
    return [
        NameForm(sent(request), name=row, near=near.get(row.pk, ()), prefix=row.key, auto_id=f"id_{row.key}_%s")
        for row in rows
    ]


def _sent_names(batch, posted):
    keys = {
        name.removesuffix("-means").removesuffix("-other") for name in posted if name.endswith(("-means", "-other"))
    }
    rows = batch.names.filter(key__in=sorted(keys)[:_MOST_SENT]).order_by("-rows", "kind", "key")
    return list(rows.select_related("batch", "decided_by"))


def _decided(forms, by):
    """How many names were decided, or None where one of them was refused: then none was."""
    if [form for form in forms if not form.is_valid()]:
        return None
    chosen = [form for form in forms if form.cleaned_data["means"]]
    with transaction.atomic():
        for form in chosen:
            given = {name: form.cleaned_data.get(name, "") for name in ("means", "kind", "side")}
            if not attempt(form, lambda form=form, given=given: naming.decide(form.name, by=by, **given), _PLACES):
                transaction.set_rollback(True)
                return None
    return len(chosen)
