"""Making drafts of what was planned, in pieces: each is one transaction; a commit that was stopped goes on after the last.

A file as one transaction would hold everybody else's writes up for as long as it takes on SQLite, and would begin anew
after every crash. So the pieces are small, and the import is committed only with the last: until then what it made is
nobody's but drafts that wait, cannot be handed to the editors together, and can all be taken back.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Lock

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, RowVerdict
from events.desk.importing import dataset_entries, deciding_rows, leases, own_rows, pace, revising
from events.desk.importing.making import Maker
from events.desk.importing.meanings import Meanings
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.press import many_rows
from events.tongue import english, gettext

PIECE = {"sqlite": 200, "postgresql": 1000}  # rows of one transaction: on SQLite others wait for it
SIDE_BY_SIDE = 2  # pieces at once on PostgreSQL
_TO_DO = (RowVerdict.NEW.value, RowVerdict.CHANGED.value)
_OF_ROWS = (DataError, IntegrityError, ValidationError)  # what a row is to blame for, and no busy database
_log = logging.getLogger(__name__)


@transaction.atomic
def begin(batch, *, by):
    """Have a plan committed by the worker, or by `carry_on`; also one whose commit was cancelled."""
    access.require_judge(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    waiting = deciding_rows.without_left_out(batch.rows.filter(verdict__in=_TO_DO, version=0)).count()
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
    except Exception as error:
        _log.exception("Import %s could not be committed", batch.pk)
        with english():
            said = gettext("The commit stopped; the log of the server says why. Commit it again to go on, or undo it.")
            if isinstance(error, PermissionDenied):
                said = gettext(
                    "The commit stopped: who began it may not commit any more. Another editor can go on with it."
                )
        problem = {"line": 0, "column": "", "value": "", "sentence": said, "refuses": True}
        ImportBatch.objects.filter(pk=batch.pk, status=batch.status).update(
            status=BatchStatus.CANCELLED.value, beat_at=None, problems=[*batch.problems, problem]
        )
        batch.refresh_from_db()
    return True


def _carry_on(batch, tell):
    commit = _Commit(batch, tell)
    left = deciding_rows.without_left_out(batch.rows.filter(version=0))
    with pace.hurried():
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            commit.side_by_side(left.filter(verdict=RowVerdict.NEW.value))
        commit.through(_Pieces(left.filter(verdict__in=_TO_DO)))
    with transaction.atomic():
        seconds = round((timezone.now() - batch.started_at).total_seconds(), 1)
        leases.beat(batch, report=batch.report | {"commit_seconds": seconds})
        _note_vanished(batch)
        ImportBatch.objects.filter(pk=batch.pk).update(
            status=BatchStatus.COMMITTED.value, beat_at=None, committed_at=timezone.now()
        )
    batch.refresh_from_db()


class _Pieces:
    """Rows in the order of the file, handed out piece by piece to whoever asks next; none once somebody failed."""

    def __init__(self, rows):
        self._rows, self._last, self._turn = rows, 0, Lock()
        self._length = PIECE[connection.vendor]

    def __iter__(self):
        while piece := self._next():
            yield piece

    def _next(self):
        with self._turn:
            piece = list(self._rows.filter(number__gt=self._last).order_by("number")[: self._length])
            self._last = piece[-1].number if piece else self._last
        return piece

    def end(self):
        self._rows = self._rows.none()


class _Commit:
    """Rows on their way into the ledger; pieces end one at a time, so that each can count itself and see a cancel."""

    def __init__(self, batch, tell):
        self.batch, self._tell, self._turn = batch, tell, Lock()
        self._named = dataset_entries.claimant_and_source(batch, by=batch.committed_by)

    def side_by_side(self, rows):
        """New rows know nothing of each other: while PostgreSQL writes one piece, the next is made."""
        pieces = _Pieces(rows)
        with ThreadPoolExecutor(SIDE_BY_SIDE, "import") as pool:
            try:
                for work in [pool.submit(self._alone, pieces) for _ in range(SIDE_BY_SIDE)]:
                    work.result()
            finally:
                pieces.end()  # whoever is interrupted here waits for the pieces at hand, not for all

    def _alone(self, pieces):
        try:
            with english(), pace.unwaiting():
                self.through(pieces)
        except BaseException:
            pieces.end()
            raise
        finally:
            connection.close()

    def through(self, pieces):
        """Commit whatever pieces are left."""
        maker = Maker(self.batch, self.batch.committed_by, *self._named, Meanings(self.batch.dataset))
        turns = pace.Turns()
        for piece in pieces:
            access.require_judge(_as_now(self.batch.committed_by))
            self._commit(piece, maker)
            if self._tell:
                self._tell(self.batch)
            turns.give()

    def _commit(self, piece, maker):
        """One piece; where the database refuses it, row by row, so that a bad one does not sink the others."""
        try:
            self._write(piece, maker)
        except _OF_ROWS:
            with self._turn:  # it may be refused after it was counted
                self.batch.refresh_from_db(fields=["beat_at", "done", "report"])
            for row in piece:
                row.refresh_from_db()
                try:
                    self._write([row], maker)
                except ValidationError as error:
                    self._refuse(row, " ".join(error.messages))
                except _OF_ROWS:
                    _log.warning("Import %s: the database refuses row %s", self.batch.pk, row.number, exc_info=True)
                    said = gettext("The ledger cannot keep what this row says; the log of the server says why.")
                    self._refuse(row, said)

    def _write(self, rows, maker):
        with ExitStack() as until_it_ends, transaction.atomic():
            _make(self.batch, rows, maker)
            if connection.vendor == "postgresql":
                connection.check_constraints()  # here, where others may still write, and a refusal can be caught
            until_it_ends.enter_context(self._turn)
            self._beat(len(rows))

    def _refuse(self, row, said):
        problem = {"line": row.line, "column": "", "value": "", "sentence": said, "refuses": True}
        problems = [*row.problems, problem]
        with ExitStack() as until_it_ends, transaction.atomic():
            ImportRow.objects.filter(pk=row.pk).update(verdict=RowVerdict.REFUSED.value, problems=problems)
            until_it_ends.enter_context(self._turn)
            counts = self.batch.report
            self._beat(1, report=counts | {row.verdict: counts[row.verdict] - 1, "refused": counts["refused"] + 1})

    def _beat(self, rows, **columns):
        leases.beat(self.batch, done=self.batch.done + rows, **columns)


def _as_now(person):
    """The person with the role of this moment: a commit takes long, and an account may be closed meanwhile."""
    return type(person).objects.get(pk=person.pk)


def _make(batch, rows, maker):
    own = [row for row in rows if row.content["uid"]]
    foreign = [row for row in rows if not row.content["uid"]]
    new = [row for row in foreign if _is_new(row)]
    if new:
        maker.make(new)
    own_rows.edit(own, maker)
    revising.revise([row for row in foreign if not _is_new(row)], maker)
    many_rows.insert(ExternalRecord, [_record(batch, row) for row in foreign])
    many_rows.update(ImportRow, ("incident", "version", "claims", "raw", "content"), [_done(row) for row in rows])


def _is_new(row):
    return row.verdict == RowVerdict.NEW or row.incident_id is None


def _record(batch, row):
    return {
        "id": None,
        "batch_id": batch.pk,
        "incident_id": row.incident_id,
        "document_id": row.document_id,
        "dataset": batch.dataset,
        "dataset_version": batch.dataset_version,
        "external_id": row.external_id,
        "raw": dict(row.raw),
        "sha256": row.sha256,
        "vanished_at": None,
    }


def _done(row):
    """What stays of a row: of a new one the title, because the draft and its record hold the rest.

    One that was likely here already stays whole, to be looked at beside what it was like.
    """
    is_enough = row.verdict == RowVerdict.NEW and not row.is_likely
    content = {"title": row.content["title"]} if is_enough else row.content
    return row.incident_id, row.version, row.claims, [], content, row.pk


def _note_vanished(batch):
    """Mark the records of rows that a newer version has no more; their incidents stay as they are."""
    gone = batch.rows.filter(verdict=RowVerdict.VANISHED).values("external_id")
    ExternalRecord.objects.filter(dataset=batch.dataset, external_id__in=gone, vanished_at__isnull=True).exclude(
        batch=batch
    ).update(vanished_at=timezone.now())
