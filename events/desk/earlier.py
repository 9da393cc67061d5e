"""How a row of the desk stood at an earlier moment, rebuilt from its Change rows, and what differs from now."""

from dataclasses import dataclass

from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from events.desk import claims, incidents, stale, trace_words
from events.desk.registers import relating
from events.models.actor import Actor, ActorRelation
from events.models.change import Change
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document, Source
from events.models.vague_date import VagueDateField
from events.press import traces
from events.rules import dates

PARTS = ("lines", "citations")  # of a claim
# What no edit changes: permanent, kept by verbs of their own, or evidence.
KEPT = {"slug", "merged_into", "reviewed_by", "reviewed_at", "captured_text"}
VAGUE = {"start": "start", "end": "end", "precision": "precision", "time": "time_local", "zone": "time_zone"}


@dataclass(frozen=True)
class Compared:
    """One field that differs; `then` and `now` for people, `value` for the verb, `problem` why it cannot come back."""

    name: str
    label: str
    then: str
    now: str
    value: object
    problem: str = ""


class Gone(Exception):
    """What the earlier state names is not there any more."""


_REMOVED = {
    Actor: _("The actor that it named was removed since, so it cannot be named again."),
    Claim: _("The claim that it named was removed since, so it cannot be named again."),
    Document: _("The document that it named was removed since, so it cannot be named again."),
    Location: _("The location that it named was removed since, so it cannot be named again."),
    Source: _("The source that it named was removed since, so it cannot be named again."),
}


def state_at(row, change):
    """The row right after the act of this Change: column → plain value as in `traces.snapshot`, claims with PARTS."""
    later = Change.objects.filter(model=row._meta.model_name, object_uid=row.uid, pk__gt=change.pk)
    return undone(present(row), later.exclude(at=change.at).order_by("-pk"))


def present(row):
    parts = claims.parts_of(row) if isinstance(row, Claim) else {}
    return traces.snapshot(row) | parts


def undone(state, changes):
    """The state before these changes, given newest first. Pure."""
    state = dict(state)
    for change in changes:
        if change.field in state:
            state[change.field] = change.before
    return state


def compared(row, change):
    """List of Compared of the fields that people set and that differ from now, in the order of the fields."""
    then, now = state_at(row, change), present(row)
    found = [_compared(row, name, then, now) for name in fields_of(row)]
    if isinstance(row, Claim):
        found += [_compared_part(name, then, now) for name in PARTS]
    return [one for one in found if one is not None]


def fields_of(row):
    """Names of the fields that the ordinary edit of the row takes, vague dates as one."""
    if isinstance(row, Incident):
        return incidents.FIELDS
    if isinstance(row, Claim):
        return claims.FIELDS
    if isinstance(row, ActorRelation):
        return relating.FIELDS
    model = type(row)
    columns = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    plain = [field.name for field in columns if field.name not in KEPT]
    return tuple(dict.fromkeys(_vague_of(model, name) or name for name in plain))


def fields_then(row, state):
    """Dict of the fields that people set, as the row's verbs take them. Raises Gone."""
    return {name: _value(row, name, state) for name in fields_of(row)}


def given_parts(held):
    """Lines and citations as the claim verbs take them: rows in place of keys, survivors in place of folded entries."""
    return {
        "lines": [line | {"party": _row_now(Actor, line["party"])} for line in held["lines"]],
        "citations": [one | {"document": _row_now(Document, one["document"])} for one in held["citations"]],
    }


def _compared(row, name, then, now):
    columns = columns_of(row, name)
    if all(then[column] == now[column] for column in columns):
        return None
    label, present_value = stale.label(row, name), getattr(row, name)
    try:
        value = _value(row, name, then)
    except Gone as gone:
        return Compared(name, label, str(trace_words.GONE), stale.shown(row, name, present_value), None, str(gone))
    if value == present_value:
        return None
    return Compared(name, label, stale.shown(row, name, value), stale.shown(row, name, present_value), value)


def _compared_part(name, then, now):
    if then[name] == now[name]:
        return None
    names = trace_words.rows_named([("claim", name, then[name], now[name])])
    shown = [trace_words.words("claim", name, held, names) for held in (then[name], now[name])]
    label = trace_words.field_label("claim", name)
    empty = dict.fromkeys(PARTS, [])
    try:
        value = given_parts(empty | {name: then[name]})[name]
        if value == given_parts(empty | {name: now[name]})[name]:
            return None
    except Gone as gone:
        return Compared(name, label, *shown, None, str(gone))
    return Compared(name, label, *shown, value)


def _value(row, name, state):
    """The verb's value of one field in a state."""
    model = type(row)
    if isinstance(getattr(model, name, None), VagueDateField):
        fields = {column: model._meta.get_field(column) for column in columns_of(row, name)}
        parts = {VAGUE[column.rpartition("_")[2]]: field.to_python(state[column]) for column, field in fields.items()}
        return dates.VagueDate(**parts)
    field = model._meta.get_field(name)
    if isinstance(field, ForeignKey):
        return _row_now(field.related_model, state[field.attname])
    return field.to_python(state[name])


def columns_of(row, name):
    """The columns of a verb's field: five or three for a vague date, else one."""
    if isinstance(getattr(type(row), name, None), VagueDateField):
        return [f"{name}_{part}" for part in VAGUE if hasattr(row, f"{name}_{part}")]
    return [row._meta.get_field(name).attname]


def _row_now(model, key):
    """The row of this key, or the one that it was folded into since."""
    if key is None:
        return None
    row = model.objects.filter(pk=key).first()
    while row is not None and getattr(row, "merged_into", None) is not None:
        row = row.merged_into
    if row is None:
        raise Gone(_REMOVED[model])
    return row


def _vague_of(model, column):
    """The vague date that a column belongs to, or ""."""
    stem = column.rpartition("_")[0]
    return stem if stem and isinstance(getattr(model, stem, None), VagueDateField) else ""
