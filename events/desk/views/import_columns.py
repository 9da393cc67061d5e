"""The door at which a person says what the columns of a table are, and sees at once what its first rows would become."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from events.choices import BatchStatus
from events.desk.forms.columns import ColumnsForm, labels
from events.desk.forms.manners import problems
from events.desk.importing import mapping, previewing
from events.desk.importing.planning import stored_at
from events.desk.views.doors import attempt, batch_for, for_desk, form_page
from events.exchange import guessing_table, reading_table, tables


@form_page
@for_desk
def columns(request, pk):
    """Saved only with the button that says so; any other POST shows the rows by what is chosen so far."""
    batch = batch_for(request.user, pk)
    if batch.status != BatchStatus.COLUMNS:
        if request.method == "POST":
            messages.error(request, _("Somebody has said already what the columns of this file are."))
        return redirect(batch)
    try:
        begun = reading_table.beginning(stored_at(batch))
    except (tables.Refused, OSError) as error:
        said = error.problem.sentence if isinstance(error, tables.Refused) else _("The file is not here any more.")
        return render(request, "desk/imports/columns.html", {"batch": batch, "refusal": said})
    form, before = _form(request, batch, begun)
    is_saved = "save" in request.POST
    if is_saved and form.is_valid() and attempt(form, lambda: mapping.read_as(batch, form.reading, by=request.user)):
        return redirect(batch)
    context = {
        "batch": batch,
        "form": form,
        "begun": begun,
        "before": before,
        "kept": mapping.kept(request.user),
        "problems": problems(form) if is_saved else [],
        **_preview(form, begun),
    }
    return render(request, "desk/imports/columns.html", context, status=422 if is_saved else 200)


def _form(request, batch, begun):
    """(the form, the import whose layout it was filled in with, or None)."""

    def words_of(column):
        return reading_table.words_of(stored_at(batch), column)

    if request.method == "POST":
        return ColumnsForm(request.POST, begun=begun, words_of=words_of, by=request.user), None
    like = request.GET.get("like", "")
    is_named = like.isdecimal() and len(like) < 10
    before = mapping.kept_as(int(like), request.user) if is_named else mapping.last_with(begun.columns, request.user)
    reading = _fitting(before.reading, begun) if before else _guessed(begun)
    return ColumnsForm(begun=begun, words_of=words_of, by=request.user, reading=reading), before


def _fitting(reading, begun):
    """How a table was read before, as far as this one has its columns."""
    held = {field: column for field, column in reading.get("columns", {}).items() if column in begun.columns}
    return reading | {"columns": held}


def _guessed(begun):
    held = guessing_table.columns(begun)
    return {"columns": held, "is_american": guessing_table.is_american(_days(begun, held))}


def _days(begun, held):
    return [
        value for field in ("date", "date_end", "source_date") if field in held for value in begun.values(held[field])
    ]


def _preview(form, begun):
    """What the first rows would become, or why that cannot be said yet."""
    looked_at = form
    if not form.is_bound:
        words = form.words, form.has_more_words
        looked_at = ColumnsForm(form.as_sent(), begun=begun, words_of=lambda column: words, by=form.by)
    looked_at.is_valid()
    is_either = guessing_table.is_either(_days(begun, looked_at.said))
    if looked_at.layout is None:
        return {"rows": [], "lacks": looked_at.non_field_errors(), "is_either": is_either}
    rows = previewing.shown(reading_table.previewed(begun, looked_at.layout), looked_at.layout, labels())
    return {"rows": rows, "lacks": [], "is_either": is_either}
