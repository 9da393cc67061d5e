"""What editors do with all of an import at once, as the worker does it: piece by piece, by the usual verbs.

A press of a button cannot wait for thousands of decisions. So the words of the editor are kept with the import, and the
worker goes through what waited at that moment; what came later, or was changed since, waits on.
"""

import hashlib
import json
import logging
import time
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from events import access
from events.choices import BatchStatus
from events.desk.importing import leases
from events.models.batch import ImportBatch
from events.tongue import english, gettext

BREATH = 0.01  # seconds between two pieces, in which others write on SQLite
NO_EDITOR = gettext_noop(
    "Whoever had this done is no editor any more, so the work stopped. What is left waits as before; another editor can "
    "have it done."
)
CHANGED = gettext_noop(
    "This changed after the button was pressed, by somebody or because what it belongs to was published; so it waits on."
)
LAST = "last"  # key of the row up to which the work is through, so that nothing is tried or counted twice
MOST_SAID = 50  # refusals that are kept with the import
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """`found(batch, by)` gives the rows that wait as a queryset, `there(moment)` is the Q for those that waited then.

    `touched` is the column that says when a row changed last: what changed after the moment is left and listed.
    `do(row, batch)` does it to one row or raises ValidationError; `counted` is the name of the count in the report, `piece`
    how many rows are done in one transaction: nobody else writes to SQLite while it lasts.
    """

    status: BatchStatus
    found: object
    there: object
    touched: str
    do: object
    counted: str
    piece: int


def mark(rows):
    """SHA-256 of which rows wait in which version, so that nothing else is done than what was looked at."""
    keys = list(rows.order_by("pk").values_list("pk", "version"))
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


@transaction.atomic
def begin(act, batch, *, by, seen, words):
    """Have it done by the worker with these words, a dict of plain values. `seen` is the `mark` that was looked at."""
    now = timezone.now()  # before the mark is taken: what is rewritten while that goes on is of after the moment
    access.require_judge(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != BatchStatus.COMMITTED:
        raise ValidationError(_("Only what was committed, and on which nobody works, is judged together."))
    rows = act.found(batch, by)
    total = rows.count()
    if not total:
        raise ValidationError(_("Nothing of this import waits for that."))
    if mark(rows) != seen:
        raise ValidationError(_("Something changed since you looked. Look at it again."))
    batch.status, batch.beat_at, batch.judged_by = act.status.value, None, by
    batch.judging = words | {"until": now.isoformat()}
    batch.problems = [problem for problem in batch.problems if not problem["refuses"]]
    batch.report |= {act.counted: batch.report.get(act.counted, 0)}
    batch.done, batch.total, batch.started_at = 0, total, now
    batch.save()
    return batch


def carry_on(act, batch, tell=None):
    """Do what is left of it. Gives whether it worked on it."""
    if batch.status != act.status or not leases.take(batch):
        return False
    try:
        with english():
            _carry_on(act, batch, tell)
    except leases.Stopped:
        return True
    except Exception:
        _log.exception("Import %s could not be judged together", batch.pk)
        with english():
            said = gettext("The work stopped; the log of the server says why. What is left waits as before.")
        _end(batch, [*batch.problems, _problem("", said)])
    return True


def _carry_on(act, batch, tell):
    problems, until = list(batch.problems), parse_datetime(batch.judging["until"])
    while _may_go_on(batch):
        there = act.found(batch, batch.judged_by).filter(act.there(until)).order_by("pk")
        with transaction.atomic():  # rows are chosen in it: on SQLite nobody changes them before they are done
            piece = list(
                there.filter(**{f"{act.touched}__lte": until, "pk__gt": batch.judging.get(LAST, 0)})[: act.piece]
            )
            if not piece:
                return _end(batch, problems + _left(there.filter(**{f"{act.touched}__gt": until}), problems))
            refused = [problem for row in piece if (problem := _done(act, row, batch))]
            problems += refused[: max(MOST_SAID - len(problems), 0)]
            counted = batch.report | {act.counted: batch.report[act.counted] + len(piece) - len(refused)}
            done, judging = batch.done + len(piece), batch.judging | {LAST: piece[-1].pk}
            leases.beat(batch, done=done, report=counted, problems=list(problems), judging=judging)
        if tell:
            tell(batch)
        if connection.vendor == "sqlite":
            time.sleep(BREATH)
    return _end(batch, [*problems, _problem(str(batch.judged_by), gettext(NO_EDITOR))])


def _may_go_on(batch):
    """Whether the person is an editor now; read anew, since the work lasts longer than some people stay in their role."""
    batch.judged_by = get_user_model().objects.get(pk=batch.judged_by_id)
    return access.can_judge(batch.judged_by)


def _done(act, row, batch):
    """None, or the problem of a row that the verb refuses."""
    try:
        with transaction.atomic():
            act.do(row, batch)
    except ValidationError as error:
        return _problem(row.shown_uid, " ".join(error.messages))
    except PermissionDenied as error:
        return _problem(row.shown_uid, str(error))
    return None


def _left(rows, problems):
    """The problems of rows that changed since the moment, as far as they are not among the problems already."""
    said = {problem["value"] for problem in problems}
    room = max(MOST_SAID - len(problems), 0)
    others = [row for row in rows[: room + len(said)] if row.shown_uid not in said]
    return [_problem(row.shown_uid, gettext(CHANGED)) for row in others[:room]]


def _problem(value, said):
    return {"line": 0, "column": "", "value": value, "sentence": said, "refuses": True}


def _end(batch, problems):
    ImportBatch.objects.filter(pk=batch.pk, status=batch.status).update(
        status=BatchStatus.COMMITTED.value, beat_at=None, problems=problems
    )
    batch.refresh_from_db()
