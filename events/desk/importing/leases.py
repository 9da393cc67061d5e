"""Who works on a file: one at a time in the whole ledger, and whoever is stopped is succeeded after a while."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from events.models.batch import AT_WORK, ImportBatch

SILENT = timedelta(seconds=60)  # without a sign for so long, whoever worked on it was stopped


class Stopped(Exception):  # noqa: N818 - it is asked for, no failure
    """Somebody cancelled the work, or somebody else took it over."""


def unattended(now=None):
    """Files on which somebody should work and nobody does, oldest first."""
    late = (now or timezone.now()) - SILENT
    waits = Q(beat_at__isnull=True) | Q(beat_at__lt=late)
    return ImportBatch.objects.filter(waits, status__in=AT_WORK).order_by("imported_at", "pk")


def take(batch):
    """Whether the caller may work on it now: nobody else works on any file."""
    now = timezone.now()
    if ImportBatch.objects.filter(status__in=AT_WORK, beat_at__gte=now - SILENT).exists():
        return False
    taken = unattended(now).filter(pk=batch.pk).update(beat_at=now)
    if taken:
        batch.refresh_from_db()
        batch.beat_at = now
    return bool(taken)


def beat(batch, **columns):
    """Give a sign, with how far the work is. Raises Stopped."""
    now = timezone.now()
    mine = ImportBatch.objects.filter(pk=batch.pk, status=batch.status, beat_at=batch.beat_at)
    if not mine.update(beat_at=now, **columns):
        raise Stopped
    batch.beat_at = now
    for name, value in columns.items():
        setattr(batch, name, value)
