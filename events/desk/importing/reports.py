"""What is told of an import: its rows and problems, what a changed row says otherwise, and a file of it all."""

import csv
import io
from itertools import islice

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import access
from events.choices import RowDecision, RowVerdict
from events.desk.importing import likely_words
from events.desk.importing.alike import plain
from events.desk.importing.formats import FORMATS
from events.models.batch import ExternalRecord
from events.models.incident import Incident

CHUNK = 500
_LIKELY = _("Likely here already: %(reasons)s")
COLUMNS = ("line", "id", "verdict", "incident", "column", "value", "was", "sentence")


def report(batch, user):
    """Lines of a CSV file: each row of the file with each of its problems, its differences, and what the person may know
    that it is like, a chunk at a time.
    """
    yield _line(COLUMNS)
    for problem in batch.problems:
        yield _line((problem["line"], "", "", "", problem["column"], problem["value"], "", problem["sentence"]))
    rows = batch.rows.select_related("incident").order_by("number").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        hide_unseen(chunk, user)
        changed = differences_of(batch, [row for row in chunk if row.verdict == RowVerdict.CHANGED], user)
        alike = likely_words.matches(chunk, user)
        for row in chunk:
            yield from _lines(row, changed.get(row.pk, ()), alike[row.pk])


def _lines(row, changed, alike):
    about = (row.line or "", row.external_id, row.verdict, row.incident.shown_uid if row.incident else "")
    told = [(one["column"], one["value"], "", one["sentence"]) for one in row.problems]
    told += [(name, now, was, "") for name, was, now in changed]
    told += [("", one.incident.shown_uid, "", _LIKELY % {"reasons": "; ".join(one.reasons)}) for one in alike]
    if row.decision:
        told.append(("", "", "", gettext(RowDecision.label_of(row.decision))))
    for one in told or [("", "", "", "")]:
        yield _line((*about, *one))


def hide_unseen(rows, user):
    """Take incidents from ImportRows that the person may not see: a row may be that of somebody's draft. One query."""
    named = [row.incident_id for row in rows if row.incident_id]
    seen = set(Incident.objects.filter(access.visible_incidents(user), pk__in=named).values_list("pk", flat=True))
    for row in rows:
        if row.incident_id not in seen:
            row.incident = None


def differences_of(batch, rows, user):
    """primary key of a changed ImportRow → [(column, before, now)] against the row that was imported last. One query.

    What rows of incidents say that the person may not see is not compared.
    """
    moving, found = FORMATS[batch.format].moving if batch.format else (), {}
    records = {}
    ids = [row.external_id for row in rows]
    seen = ExternalRecord.objects.filter(access.visible_incidents(user, "incident__"), dataset=batch.dataset)
    for record in seen.filter(external_id__in=ids).order_by("pk"):
        records.setdefault(record.external_id, []).append(record)
    for row in rows:
        if "differs" in row.content:
            found[row.pk] = [tuple(one) for one in row.content["differs"]]
            continue
        of_row = records.get(row.external_id, [])
        now = next((record.raw for record in of_row if record.batch_id == batch.pk), dict(row.raw))
        before = [record.raw for record in of_row if record.batch_id < batch.pk]
        if before and now:
            found[row.pk] = _differences(before[-1], now, moving, batch.report.get("columns", ()))
    return found


def _differences(before, now, moving, columns):
    """In the order of the columns of the file; the database keeps none."""
    names = [*(name for name in columns if name in now), *(name for name in sorted(before) if name not in now)]
    pairs = [(name, before.get(name, ""), now.get(name, "")) for name in names if name not in moving]
    return [(name, was, is_now) for name, was, is_now in pairs if plain(was) != plain(is_now)]


def _line(cells):
    made = io.StringIO()
    csv.writer(made).writerow([_plain(cell) for cell in cells])
    return made.getvalue()


def _plain(cell):
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = str(cell)
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else text
