"""The trace that every write leaves in its own transaction: one Change row per field, before and after (I17)."""

import json
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from events.models.change import Change
from events.models.incident import Incident

# The captured text never changes and may be long: its SHA-256 stands in the trace for it.
SILENT = {
    "id",
    "uid",
    "created_at",
    "created_by",
    "updated_at",
    "touched_at",
    "version",
    "entry_mark",
    "captured_text",
}


def snapshot(row):
    """Dict of column → plain value (foreign keys as primary keys) of everything a person can change on the row."""
    encoder = DjangoJSONEncoder()
    return {
        field.attname: _plain(field.value_from_object(row), encoder)
        for field in row._meta.concrete_fields
        if field.name not in SILENT
    }


def created(row, *, by, **extra):
    """Write that the row was made, with all it held; `extra` adds what hangs on it (lines, citations)."""
    held = {name: value for name, value in snapshot(row).items() if value not in (None, "", [], {})}
    _write(row, [("created", None, held | extra)], by)


def changed(row, before, *, by, **extra):
    """Write what differs from the earlier snapshot; `extra` holds (before, after) pairs of what hangs on the row."""
    after = snapshot(row)
    pairs = [(name, before[name], after[name]) for name in after if before[name] != after[name]]
    pairs += [(name, old, new) for name, (old, new) in extra.items() if old != new]
    _write(row, pairs, by)


def removed(row, *, by, **extra):
    _write(row, [("removed", snapshot(row) | extra, None)], by)


def removed_many(pairs, *, by):
    """The same for many rows at once, given as (row, dict of what hung on it, in plain values)."""
    now = timezone.now()
    Change.objects.bulk_create(_change(row, "removed", snapshot(row) | extra, None, by, now) for row, extra in pairs)


def changed_many(pairs, *, by):
    """Write what differs in many rows, given as (row, earlier snapshot)."""
    now, rows = timezone.now(), []
    for row, before in pairs:
        after = snapshot(row)
        rows += [
            _change(row, name, before[name], after[name], by, now) for name in after if before[name] != after[name]
        ]
    Change.objects.bulk_create(rows)


def save_changed(row, before, *, by, touch=None, **extra):
    """Count the version up, check the row, save it and leave the trace; `touch` is the incident that it belongs to."""
    row.version += 1
    row.full_clean()
    row.save()
    changed(row, before, by=by, **extra)
    if touch is not None:
        touch_incident(touch)
    return row


def touch_incident(incident):
    """Note that the incident or something that hangs on it changed, so that the queue shows what is unpublished."""
    incident.touched_at = timezone.now()
    type(incident).objects.filter(pk=incident.pk).update(touched_at=incident.touched_at)


def touch_incidents(incidents):
    """The same for several, in two statements: they wait in the order in which they are given."""
    now = timezone.now()
    for place, incident in enumerate(incidents):
        incident.touched_at = now + timedelta(microseconds=place)
    Incident.objects.bulk_update(incidents, ["touched_at"], batch_size=200)


def noted_editions(numbered, name, *, by):
    """Write to each of many rows, given with the number of its last edition, that the press made the next one."""
    now = timezone.now()
    Change.objects.bulk_create(_change(row, name, number, number + 1, by, now) for row, number in numbered)


def _write(row, pairs, by):
    now = timezone.now()
    Change.objects.bulk_create(_change(row, name, before, after, by, now) for name, before, after in pairs)


def _change(row, name, before, after, by, at):
    return Change(
        model=row._meta.model_name,
        object_uid=getattr(row, "uid", ""),
        field=name,
        before=_plain_deep(before),
        after=_plain_deep(after),
        by=by,
        key_id=getattr(by, "acting_key_id", None),
        at=at,
    )


def _plain(value, encoder):
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return encoder.default(value)


def _plain_deep(value):
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
