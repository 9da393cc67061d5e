"""The traces of the desk in words: names and labels in place of keys and codes."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey

from events.models.change import Change
from events.press import merging

LONGEST = 100  # changes that a page shows


@dataclass(frozen=True)
class Trace:
    """One change of one field, for people; `before` and `after` are "" where there was or is nothing."""

    at: datetime
    by: str
    what: str
    before: str
    after: str


def since_edition(incident, claims, edition):
    """List of Trace of the incident and these claims, newest first: since the edition, or all if there is none."""
    changes = Change.objects.filter(object_uid__in=[incident.uid, *(claim.uid for claim in claims)])
    changes = changes.exclude(field__in=merging.NOTES)  # for the way back; each of them has a trace of its own
    if edition is not None:
        changes = changes.filter(at__gt=edition.published_at)
    return in_words(changes.select_related("by")[:LONGEST])


def in_words(changes):
    """List of Trace in the order of the changes; one query per kind of row that is named in them."""
    changes = list(changes)
    fields = {change.pk: _field(change) for change in changes}
    names = _names(changes, fields)
    return [_trace(change, fields[change.pk], names) for change in changes]


def _trace(change, field, names):
    kind = apps.get_model("events", change.model)._meta.verbose_name
    if change.field in ("created", "removed"):
        return Trace(change.at, str(change.by), f"{kind} {change.field}", "", "")
    label = field.verbose_name if field is not None else change.field.replace("_", " ")
    before, after = (_shown(value, field, names) for value in (change.before, change.after))
    return Trace(change.at, str(change.by), f"{kind}: {label}", before, after)


def _field(change):
    """The model's field, or None for what hangs on a row (lines, citations, aliases)."""
    try:
        return apps.get_model("events", change.model)._meta.get_field(change.field.removesuffix("_id"))
    except FieldDoesNotExist:
        return None


def _names(changes, fields):
    """(model, primary key) → name, for every row that a change points to."""
    wanted = {}
    for change in changes:
        if isinstance(fields[change.pk], ForeignKey):
            keys = {key for key in (change.before, change.after) if key is not None}
            wanted.setdefault(fields[change.pk].related_model, set()).update(keys)
    return {
        (model, key): str(row) for model, keys in wanted.items() for key, row in model.objects.in_bulk(keys).items()
    }


def _shown(value, field, names):
    if value in (None, "", [], {}):
        return ""
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), "removed meanwhile")
    choices = dict(field.flatchoices) if field is not None else {}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_item(item) for item in value)
    return str(choices.get(value, value))


def _item(item):
    """A line or a citation as its values without keys, or a plain word."""
    if not isinstance(item, dict):
        return str(item)
    kept = {
        name: value
        for name, value in item.items()
        if value not in (None, "", False) and name not in ("party", "document")
    }
    return ", ".join(v if isinstance(v, str) else json.dumps(v) for v in kept.values())
