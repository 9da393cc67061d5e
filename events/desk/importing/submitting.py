"""Handing the drafts of an import to the editors, many at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, IncidentStatus
from events.desk.importing.rights import require_own
from events.models.batch import ImportRow
from events.models.incident import Incident
from events.press import traces

AT_ONCE = 500  # a second or two of one request


def ready(batch):
    """The drafts of an import that have what a submitted incident needs."""
    is_whole = Q(date_start__isnull=False) & (Q(location__isnull=False) | ~Q(category="violent"))
    drafts = Incident.objects.filter(batch=batch, status=IncidentStatus.DRAFT, keeper__isnull=True)
    return drafts.filter(is_whole, claims__citations__isnull=False).distinct().order_by("pk")


@transaction.atomic
def submit(batch, *, by):
    """Submit up to `AT_ONCE` drafts that are ready. Gives how many were."""
    access.require_work(by)
    require_own(by, batch)
    if batch.status != BatchStatus.COMMITTED:
        raise ValidationError(_("Only the drafts of a committed import are handed to the editors together."))
    keys = list(ready(batch).values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        raise ValidationError(_("No draft of this import is left that has a date, a place and a claim."))
    rows = list(Incident.objects.select_for_update().filter(pk__in=keys, status=IncidentStatus.DRAFT).order_by("pk"))
    before, now = [traces.snapshot(row) for row in rows], timezone.now()
    of_import = {
        row.incident_id: row for row in ImportRow.objects.filter(batch=batch, incident__in=keys, version__gt=0)
    }
    for row in rows:
        if row.pk in of_import and of_import[row.pk].version == row.version:
            of_import[row.pk].version += 1  # that it was submitted makes nobody have gone on with it
        row.status, row.submitted_at, row.version = IncidentStatus.SUBMITTED.value, now, row.version + 1
    Incident.objects.bulk_update(rows, ["status", "submitted_at", "version"], batch_size=200)
    ImportRow.objects.bulk_update(of_import.values(), ["version"], batch_size=200)
    traces.changed_many(list(zip(rows, before, strict=True)), by=by)
    traces.touch_incidents(rows)
    return len(rows)
