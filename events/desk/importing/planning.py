"""Reading a file into a plan: every row with what it would do, and every name that no register knows."""

import hashlib
import logging
import uuid
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.choices import BatchStatus, RowVerdict
from events.desk.importing import leases, likely, names_found, own_columns, own_rows, pace
from events.desk.importing.alike import plain
from events.desk.importing.contents import packed
from events.desk.importing.formats import FORMATS
from events.desk.importing.meanings import Meanings
from events.exchange import tables
from events.exchange.rows import Problem
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.press import many_rows
from events.tongue import english, gettext

CHUNK = 500
ID = "id"  # the column to which problems of ids belong
MOST_PROBLEMS = 20  # kept of one row
_BUFFER = 1024 * 1024
_log = logging.getLogger(__name__)


def begin(path, *, by, format, reading=None, file_name="", version="", replaces=None, status=BatchStatus.PLANNING):
    """The ImportBatch of a file that is to be read by the worker, or by `read`; or that waits to be told its columns.

    A file that was imported before is refused at once. `replaces` is the earlier import of which this is a newer
    version: rows that it had and this one has not are then said to have vanished.
    """
    access.require_work(by)
    if format not in FORMATS:
        raise ValidationError({"format": _("Choose one of the formats: %(codes)s.") % {"codes": ", ".join(FORMATS)}})
    path = Path(path)
    try:
        tables.require_size(path)
    except tables.Refused as refused:
        raise ValidationError({"file": refused.problem.sentence}) from refused
    sha256, lines = _measured(path)
    _require_another(sha256)
    batch = ImportBatch(
        file_name=names.clean(file_name or path.name)[:200],
        file_sha256=sha256,
        format=format,
        reading=reading or {},
        dataset_version=names.clean(version)[:40],
        replaces=replaces,
        status=status.value,
        total=lines,
        stored_as=uuid.uuid4().hex,
        imported_by=by,
    )
    batch.full_clean(exclude=["dataset"])
    stored = stored_at(batch)
    stored.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(path, stored)
        with transaction.atomic():
            _require_another(sha256)  # again: somebody may have brought it while it was copied
            batch.save()
    except BaseException:
        stored.unlink(missing_ok=True)
        raise
    return batch


def stored_at(batch):
    """Where the file lies until it is read."""
    return settings.DATA_DIR / "imports" / batch.stored_as


def read(batch, tell=None):
    """Read the file into rows; a plan that was stopped begins anew. `tell` is called with the batch after each chunk.

    Gives whether it worked on it: not while somebody else works on a file.
    """
    if batch.status != BatchStatus.PLANNING or not leases.take(batch):
        return False
    try:
        with english(), pace.hurried():
            _read(batch, tell)
    except leases.Stopped:
        return True
    except tables.Refused as refused:
        _fail(batch, refused.problem)
    except Exception:
        _log.exception("The file of import %s could not be read", batch.pk)
        with english():
            _fail(batch, Problem(0, "", "", gettext("The file could not be read; the log of the server says why.")))
    return True


def _read(batch, tell):
    batch.rows.all().delete()
    batch.names.all().delete()
    leases.beat(batch, done=0, started_at=timezone.now())
    read = FORMATS[batch.format].parsed(stored_at(batch), batch.reading, batch.dataset_version)
    about = read.dataset
    leases.beat(
        batch,
        dataset=about.code,
        dataset_name=about.name,
        licence=about.licence[:120],
        is_redistributable=about.is_redistributable,
        problems=[asdict(problem) for problem in read.problems],
    )
    plan = _Plan(batch, Meanings(about.code))
    while chunk := list(islice(read.rows, CHUNK)):
        with transaction.atomic():
            plan.take(chunk)
            leases.beat(batch, done=plan.line)
        if tell:
            tell(batch)
    with transaction.atomic():
        plan.close()
        seconds = (timezone.now() - batch.started_at).total_seconds()
        about = {"seconds": round(seconds, 1), "columns": list(read.columns)}
        leases.beat(batch, report=plan.counts | plan.likely.counts | about)
        ImportBatch.objects.filter(pk=batch.pk).update(status=BatchStatus.PLANNED.value, beat_at=None)
    batch.refresh_from_db()
    stored_at(batch).unlink(missing_ok=True)


class _Plan:
    """The plan while it is made: `counts` by verdict, `line` the last one read."""

    def __init__(self, batch, meanings):
        self.batch, self.meanings = batch, meanings
        self.counts = dict.fromkeys([*RowVerdict.codes(), "flagged"], 0)
        self.line, self.number, self.seen, self.named = 0, 0, set(), {}
        self.public = {}
        self.unknown = names_found.Unknown(batch)
        self.moving = FORMATS[batch.format].moving
        self.likely = likely.Finder(batch, meanings)

    def take(self, chunk):
        """Judge and keep so many rows."""
        taken = [row for row in chunk if not isinstance(row, tuple)]
        before = _earlier(self.batch.dataset, [row.external_id for row in taken])
        self.unknown.gather(taken, self.meanings)
        self.named, self.public = own_rows.known(taken, self.batch.imported_by), own_columns.public(taken)
        made = [self._judged(row, before) for row in chunk]
        self.likely.mark(chunk, made)
        many_rows.insert(ImportRow, [vars(row) for row in made])

    def close(self):
        self.unknown.keep()
        if self.batch.replaces_id:
            self._note_vanished()

    def _judged(self, row, before):
        self.number += 1
        if isinstance(row, tuple):
            return self._refused(row)
        self.line = row.line
        if row.external_id in self.seen or len(row.external_id) > 100:
            said = (
                gettext("The id stands in an earlier row of this file; only that one is taken.")
                if row.external_id in self.seen
                else gettext("The id is longer than 100 characters.")
            )
            return self._refused((Problem(row.line, ID, row.external_id[:80], said),), row.external_id[:100])
        self.seen.add(row.external_id)
        if row.uid:
            return self._own(row)
        sha256 = fingerprint(row.raw, self.moving)
        known = before.get(row.external_id, {})
        incident = known.get(sha256) or (list(known.values())[-1] if known else None)
        verdict = RowVerdict.SAME if sha256 in known else RowVerdict.CHANGED if known else RowVerdict.NEW
        made = self._row(verdict, row.line, row.external_id, row.problems)
        made.sha256, made.incident_id = sha256, incident
        if verdict != RowVerdict.SAME:
            made.raw, made.content = list(row.raw.items()), packed(row)
        return made

    def _own(self, row):
        verdict, incident, differing, problem = own_rows.judged(row, self.named, self.meanings)
        if problem:
            return self._refused((problem,), row.external_id)
        problems = (*row.problems, *own_columns.notes(row, verdict, self.public))
        made = self._row(verdict, row.line, row.external_id, problems)
        made.incident, made.sha256 = incident, fingerprint(row.raw, self.moving)
        if verdict == RowVerdict.CHANGED:
            made.content = packed(row) | {"differs": differing, "before": own_rows.before(incident, differing)}
        return made

    def _refused(self, problems, external_id=""):
        self.line = problems[0].line
        return self._row(RowVerdict.REFUSED, self.line, external_id, problems)

    def _row(self, verdict, line, external_id, problems):
        self.counts[verdict.value] += 1
        self.counts["flagged"] += bool(problems) and verdict != RowVerdict.REFUSED
        return ImportRow(
            batch_id=self.batch.pk,
            number=self.number,
            line=line,
            external_id=external_id,
            verdict=verdict.value,
            problems=[asdict(problem) for problem in problems[:MOST_PROBLEMS]],
        )

    def _note_vanished(self):
        """The rows of the earlier version that this one has not."""
        earlier = ExternalRecord.objects.filter(batch__in=_line_of(self.batch.replaces), vanished_at__isnull=True)
        rows = earlier.order_by("external_id", "pk").values_list("external_id", "incident").iterator(chunk_size=2000)
        gone = {external_id: incident for external_id, incident in rows if external_id not in self.seen}
        for external_id, incident in gone.items():
            self.number += 1
            made = self._row(RowVerdict.VANISHED, 0, external_id, ())
            made.incident_id = incident
            made.save(force_insert=True)


def fingerprint(raw, moving):
    """SHA-256 of what a row says, without the columns that move from one delivery to the next."""
    said = {name: plain(value) for name, value in raw.items() if value and name not in moving}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _earlier(dataset, ids):
    """external id → {SHA-256: primary key of the incident} of rows that were imported before, oldest first."""
    found = {}
    rows = ExternalRecord.objects.filter(dataset=dataset, external_id__in=ids, incident__isnull=False).order_by("pk")
    for external_id, sha256, incident in rows.values_list("external_id", "sha256", "incident"):
        of_row = found.setdefault(external_id, {})
        of_row.pop(sha256, None)
        of_row[sha256] = incident
    return found


def _line_of(batch):
    """Primary keys of an import and of those that it replaced."""
    found = []
    while batch is not None and batch.pk not in found:
        found.append(batch.pk)
        batch = batch.replaces
    return found


def _require_another(sha256):
    same = ImportBatch.objects.filter(file_sha256=sha256, status__in=_STANDING).order_by("pk").first()
    if same is None:
        return
    said = _(
        "This very file is here already: %(batch)s, brought by %(person)s on %(day)s. Importing it again adds nothing."
    )
    facts = {"batch": same, "person": same.imported_by, "day": same.imported_at.date().isoformat()}
    raise ValidationError({"file": said % facts}, code="same_file")


_STANDING = [
    status.value
    for status in (
        BatchStatus.COLUMNS,
        BatchStatus.PLANNING,
        BatchStatus.PLANNED,
        BatchStatus.COMMITTING,
        BatchStatus.COMMITTED,
    )
]


def _fail(batch, problem):
    mine = ImportBatch.objects.filter(pk=batch.pk, status=batch.status)
    if not mine.update(status=BatchStatus.FAILED.value, beat_at=None, problems=[asdict(problem)]):
        return  # somebody gave it up or took it over: what is there is theirs
    batch.rows.all().delete()
    batch.refresh_from_db()
    stored_at(batch).unlink(missing_ok=True)


def _measured(path):
    """(SHA-256, number of lines; 0 where the file is packed)."""
    found, lines = hashlib.sha256(), 0
    with Path(path).open("rb") as file:
        is_packed = file.read(2) == b"PK"
        file.seek(0)
        while piece := file.read(_BUFFER):
            found.update(piece)
            lines += piece.count(b"\n")
    return found.hexdigest(), 0 if is_packed else lines


def _copy(path, to):
    with path.open("rb") as file, to.open("wb") as copy:
        while piece := file.read(_BUFFER):
            copy.write(piece)
