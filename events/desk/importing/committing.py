"""Making drafts of what was planned, in pieces: each is one transaction; a commit that was stopped goes on after the last.

A file as one transaction would hold everybody else's writes up for as long as it takes on SQLite, and would begin anew
after every crash. So the pieces are small, and the import is committed only with the last: until then what it made is
nobody's but drafts that wait, cannot be handed to the editors together, and can all be taken back.
"""

import logging
import time

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, RowVerdict
from events.desk.importing import dataset_entries, leases, own_rows, revising
from events.desk.importing.making import Maker
from events.desk.importing.meanings import Meanings
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.tongue import english, gettext

PIECE = 100  # rows of one transaction: others wait for it on SQLite
BREATH = 0.01  # seconds between two, in which others write
_TO_DO = (RowVerdict.NEW.value, RowVerdict.CHANGED.value)
_OF_ROWS = (DataError, IntegrityError, ValidationError)  # what a row is to blame for, and no busy database
_log = logging.getLogger(__name__)


@transaction.atomic
def begin(batch, *, by):
    """Have a plan committed by the worker, or by `carry_on`; also one whose commit was cancelled."""
    access.require_judge(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    waiting = batch.rows.filter(verdict__in=_TO_DO, version=0).count()
    if batch.status not in (BatchStatus.PLANNED, BatchStatus.CANCELLED):
        raise ValidationError(_("Only what is planned can be committed."))
    if not waiting:
        raise ValidationError(_("There is nothing to commit: no row is new or changed."))
    batch.status, batch.beat_at, batch.committed_by = BatchStatus.COMMITTING.value, None, by
    batch.problems = [problem for problem in batch.problems if not problem["refuses"]]
    batch.done, batch.total, batch.started_at = 0, waiting, timezone.now()
    batch.save()
    return batch


def carry_on(batch, tell=None):
    """Commit what is left of it, piece by piece. Gives whether it worked on it: not while somebody else works on a file."""
    if batch.status != BatchStatus.COMMITTING or not leases.take(batch):
        return False
    try:
        with english():
            _carry_on(batch, tell)
    except leases.Stopped:
        return True
    except Exception:
        _log.exception("Import %s could not be committed", batch.pk)
        with english():
            said = gettext("The commit stopped; the log of the server says why. Commit it again to go on, or undo it.")
        problem = {"line": 0, "column": "", "value": "", "sentence": said, "refuses": True}
        ImportBatch.objects.filter(pk=batch.pk, status=batch.status).update(
            status=BatchStatus.CANCELLED.value, beat_at=None, problems=[*batch.problems, problem]
        )
        batch.refresh_from_db()
    return True


def _carry_on(batch, tell):
    by = batch.committed_by
    claimant, source = dataset_entries.claimant_and_source(batch, by=by)
    maker = Maker(batch, by, claimant, source, Meanings(batch.dataset))
    left = batch.rows.filter(verdict__in=_TO_DO, version=0)
    last = 0
    while piece := list(left.filter(number__gt=last).order_by("number")[:PIECE]):
        last = piece[-1].number
        _commit(batch, piece, maker)
        if tell:
            tell(batch)
        if connection.vendor == "sqlite":
            time.sleep(BREATH)
    with transaction.atomic():
        seconds = round((timezone.now() - batch.started_at).total_seconds(), 1)
        leases.beat(batch, report=batch.report | {"commit_seconds": seconds})
        _note_vanished(batch)
        ImportBatch.objects.filter(pk=batch.pk).update(
            status=BatchStatus.COMMITTED.value, beat_at=None, committed_at=timezone.now()
        )
    batch.refresh_from_db()


def _commit(batch, piece, maker):
    """One piece; where the database refuses it, row by row, so that a bad one does not sink the others."""
    try:
        with transaction.atomic():
            _write(batch, piece, maker)
    except _OF_ROWS:
        for row in piece:
            row.refresh_from_db()
            try:
                with transaction.atomic():
                    _write(batch, [row], maker)
            except ValidationError as error:
                _refuse(batch, row, " ".join(error.messages))
            except _OF_ROWS:
                _log.warning("Import %s: the database refuses row %s", batch.pk, row.number, exc_info=True)
                _refuse(
                    batch, row, gettext("The ledger cannot keep what this row says; the log of the server says why.")
                )


def _write(batch, rows, maker):
    own = [row for row in rows if row.content["uid"]]
    new = [row for row in rows if row not in own and (row.verdict == RowVerdict.NEW or row.incident_id is None)]
    if new:
        maker.make(new)
    own_rows.edit(own, maker)
    revising.revise([row for row in rows if row not in own and row not in new], maker)
    ExternalRecord.objects.bulk_create(
        ExternalRecord(
            batch=batch,
            incident_id=row.incident_id,
            dataset=batch.dataset,
            dataset_version=batch.dataset_version,
            external_id=row.external_id,
            raw=dict(row.raw),
            sha256=row.sha256,
            document_id=row.document_id,
        )
        for row in rows
        if row not in own
    )
    done = [(row.incident_id, row.version, row.claims, row.pk) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE events_importrow SET incident_id = %s, version = %s, claims = %s, raw = '[]' WHERE id = %s", done
        )
    leases.beat(batch, done=batch.done + len(rows))


def _refuse(batch, row, said):
    problem = {"line": row.line, "column": "", "value": "", "sentence": said, "refuses": True}
    with transaction.atomic():
        counts = batch.report | {row.verdict: batch.report[row.verdict] - 1, "refused": batch.report["refused"] + 1}
        ImportRow.objects.filter(pk=row.pk).update(verdict=RowVerdict.REFUSED.value, problems=[*row.problems, problem])
        leases.beat(batch, report=counts, done=batch.done + 1)


def _note_vanished(batch):
    """Mark the records of rows that a newer version has no more; their incidents stay as they are."""
    gone = batch.rows.filter(verdict=RowVerdict.VANISHED).values("external_id")
    ExternalRecord.objects.filter(dataset=batch.dataset, external_id__in=gone, vanished_at__isnull=True).exclude(
        batch=batch
    ).update(vanished_at=timezone.now())
