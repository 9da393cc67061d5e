"""Anybody's table, once a person has said what its columns are; how tables like it were read before is offered again."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus
from events.desk.importing import formats, jobs, rights
from events.models.batch import ImportBatch

OFFERED = 50  # layouts that were used before, by name
_LOOKED_AT = 500  # imports of tables among which these are found


@transaction.atomic
def read_as(batch, reading, *, by):
    """Have a file that waits for it read by this reading, which is kept under its name. Gives the ImportBatch."""
    access.require_work(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rights.require_own(by, batch)
    if batch.status != BatchStatus.COLUMNS:
        raise ValidationError(_("Somebody has said already what the columns of this file are."))
    if wrong := formats.problems_of(reading):
        raise ValidationError(wrong)
    batch.reading, batch.status, batch.beat_at = reading, BatchStatus.PLANNING.value, None
    batch.save(update_fields=["reading", "status", "beat_at"])
    jobs.soon(batch.pk)
    return batch


def heading_of(columns):
    """What tells tables with the same columns, whatever their order."""
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:32]


def last_with(columns, user):
    """The import, of those that the person sees, that last read a table with these columns, or None."""
    return _read(user).filter(reading__heading=heading_of(columns)).order_by("-pk").first()


def kinds_of(name, user):
    """word → code of a kind, as the last table of this name had them."""
    last = _read(user).filter(reading__name=name).order_by("-pk").first() if name else None
    return (last.reading.get("kinds") or {}) if last else {}


def kept(user):
    """[ImportBatch] that used a layout last, one of each name, the newest first; at most OFFERED."""
    found = {}
    for batch in _read(user).order_by("-pk").only("pk", "reading", "imported_at")[:_LOOKED_AT]:
        found.setdefault(batch.reading.get("name", ""), batch)
    return [batch for name, batch in found.items() if name][:OFFERED]


def kept_as(pk, user):
    """One of them, or None."""
    return _read(user).filter(pk=pk).first()


def _read(user):
    return rights.visible(user).select_related(None).filter(format="table").exclude(status=BatchStatus.COLUMNS)
