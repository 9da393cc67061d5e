"""Stopping the work on a file before it is done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus
from events.desk.importing.planning import stored_at
from events.desk.importing.rights import require_own
from events.models.batch import ImportBatch

_STOPPABLE = (BatchStatus.COLUMNS, BatchStatus.PLANNING, BatchStatus.PLANNED, BatchStatus.COMMITTING)


@transaction.atomic
def cancel(batch, *, by):
    """Give up a file or its plan, or stop a commit: what was committed of it by then can be undone, or be gone on with.

    What was accepted or published together by then stays so.
    """
    access.require_work(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    require_own(by, batch)
    if batch.status in (BatchStatus.ACCEPTING, BatchStatus.PUBLISHING):
        access.require_judge(by)
        batch.status, batch.beat_at = BatchStatus.COMMITTED.value, None
        batch.save(update_fields=["status", "beat_at"])
        return batch
    if batch.status not in _STOPPABLE:
        raise ValidationError(_("Nobody works on this import; there is nothing to cancel."))
    if batch.status == BatchStatus.COMMITTING:
        access.require_judge(by)
    if batch.status != BatchStatus.COMMITTING:
        batch.rows.all().delete()
        batch.names.filter(decided_at__isnull=True).delete()
    batch.status, batch.beat_at = BatchStatus.CANCELLED.value, None
    batch.save(update_fields=["status", "beat_at"])
    if batch.stored_as:
        transaction.on_commit(lambda: stored_at(batch).unlink(missing_ok=True))
    return batch
