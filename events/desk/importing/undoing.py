"""Taking an import back: what nobody went on with is removed, everything else stays and is said."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, RowVerdict, Verdict
from events.desk.claims import parts_of
from events.desk.importing import leases
from events.desk.importing.untouched import by_import
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.models.claim import Citation, Claim
from events.models.incident import Incident
from events.models.source import Document
from events.press import traces

PIECE = 200
_log = logging.getLogger(__name__)


@transaction.atomic
def begin(batch, *, by):
    """Have a committed import, or a half-committed one, undone by the worker, or by `carry_on`."""
    access.require_judge(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (BatchStatus.COMMITTED, BatchStatus.CANCELLED) or not batch.records.exists():
        raise ValidationError(_("Only what was committed can be undone."))
    batch.status, batch.beat_at, batch.undone_by = BatchStatus.UNDOING.value, None, by
    batch.done, batch.total, batch.started_at = 0, batch.records.count(), timezone.now()
    batch.save()
    return batch


def carry_on(batch, tell=None):
    """Undo what is left of it. Gives whether it worked on it."""
    if batch.status != BatchStatus.UNDOING or not leases.take(batch):
        return False
    try:
        _carry_on(batch, tell)
    except leases.Stopped:
        return True
    except Exception:
        _log.exception("Import %s could not be undone", batch.pk)
        ImportBatch.objects.filter(pk=batch.pk).update(status=BatchStatus.COMMITTED.value, beat_at=None)
        batch.refresh_from_db()
    return True


def _carry_on(batch, tell):
    last = 0
    while records := list(batch.records.filter(pk__gt=last).order_by("pk")[:PIECE]):
        last = records[-1].pk
        with transaction.atomic():
            _undo(batch, records)
            leases.beat(batch, done=batch.done + len(records))
        if tell:
            tell(batch)
    with transaction.atomic():
        gone = batch.rows.filter(verdict=RowVerdict.VANISHED).values("external_id")
        others = ExternalRecord.objects.filter(dataset=batch.dataset, external_id__in=gone).exclude(batch=batch)
        others.update(vanished_at=None)
        left = batch.records.count()
        batch.names.filter(decided_at__isnull=True).delete()
        leases.beat(batch, report=batch.report | {"left": left, "removed": batch.total - left})
        ImportBatch.objects.filter(pk=batch.pk).update(status=BatchStatus.UNDONE.value, beat_at=None)
    batch.refresh_from_db()


def _undo(batch, records):
    rows = batch.rows.filter(external_id__in=[record.external_id for record in records])
    verdicts = dict(rows.filter(version__gt=0).values_list("external_id", "verdict"))
    keys = {record.incident_id for record in records if record.incident_id}
    list(Incident.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    untouched = by_import(keys, batch)
    made = [record for record in records if verdicts.get(record.external_id) == RowVerdict.NEW]
    removable = [record for record in made if record.incident_id in untouched]
    _remove_claims(Claim.objects.filter(incident__in=[record.incident_id for record in removable]), batch)
    added = [record for record in records if record not in made and record.incident_id in untouched]
    papers = [record.document_id for record in added if record.document_id]
    _remove_claims(Claim.objects.filter(citations__document__in=papers, verdict=Verdict.PENDING), batch)
    for record in added:
        _bring_facts_back(batch, record)
    gone = [*removable, *added]
    rows.filter(external_id__in=[record.external_id for record in gone]).update(version=0)
    ExternalRecord.objects.filter(pk__in=[record.pk for record in gone]).delete()
    _remove(Document, _uncited({record.document_id for record in gone if record.document_id}), batch)
    _remove(Incident, [record.incident_id for record in removable], batch)


def _remove_claims(claims, batch):
    rows = list(
        claims.prefetch_related("lines", "citations").order_by("-pk").distinct()
    )  # newer ones first: they supersede
    traces.removed_many([(row, parts_of(row)) for row in rows], by=batch.undone_by)
    for supersedes in (True, False):
        Claim.objects.filter(pk__in=[row.pk for row in rows if bool(row.supersedes_id) is supersedes]).delete()


def _bring_facts_back(batch, record):
    """Set what the import set in an untouched draft as it was before; then the import before it wrote it last."""
    row = batch.rows.get(external_id=record.external_id, version__gt=0)
    if "before" not in row.content:
        return
    incident = Incident.objects.get(pk=record.incident_id)
    before = traces.snapshot(incident)
    for name, value in row.content["before"].items():
        setattr(incident, name, value)
    traces.save_changed(incident, before, by=batch.undone_by, touch=incident)
    earlier = ImportRow.objects.filter(incident=incident, version__gt=0).exclude(pk=row.pk).order_by("-pk").first()
    if earlier is not None:
        earlier.version = incident.version
        earlier.save(update_fields=["version"])


def _uncited(keys):
    cited = Citation.objects.filter(document__in=keys).values_list("document", flat=True)
    derived = Document.objects.filter(derived_from__in=keys).values_list("derived_from", flat=True)
    return keys - set(cited) - set(derived)


def _remove(model, keys, batch):
    rows = list(model.objects.filter(pk__in=keys).order_by("pk"))
    traces.removed_many([(row, {}) for row in rows], by=batch.undone_by)
    model.objects.filter(pk__in=keys).delete()
