"""What a Change row holds, in full and in words: names and labels in place of keys and codes."""

import json
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, DateField, DateTimeField, ForeignKey
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import access
from events.choices import AliasKind, Demographic, Directness, Outcome, Relay, VictimCategory
from events.desk import wording
from events.models.actor import Actor
from events.models.casualty import CasualtyLine
from events.models.incident import Incident
from events.models.source import Document

# What only serves looking up, comparing and undoing; it follows from what is shown, or is told by rows of its own.
UNSPOKEN = {"entry_key", "rewriters", "folded", "url_key", "position"}
UNSPOKEN |= {"taken_facts", "moved_claims", "moved_links", "dropped_links"}
PEOPLE = settings.AUTH_USER_MODEL
HANGING = {
    "lines": _("toll"),
    "citations": _("citations"),
    "aliases": _("other name"),
    "mentions": _("people named"),
    "edition_for_a_new_name": _("edition for a new name in the register"),
    "reliability_at_review": _("reliability of the sources, at the decision"),
}
# The columns of a vague date, as "date_start".
DATE_COLUMNS = {
    "start": _("first day"),
    "end": _("last day"),
    "precision": _("how exactly known"),
    "time": _("local time"),
    "zone": _("time zone"),
}
BOUNDS = {"low": _("low"), "best": _("best"), "high": _("high")}
GONE, HIDDEN = _("removed meanwhile"), _("an incident that you cannot see")


@dataclass(frozen=True)
class Spoken:
    """One field of one change; `before` and `after` are "" where there was or is nothing, items stand in lines."""

    field: str  # the column, for narrowing a history
    label: str
    before: str
    after: str


def spoken(changes, user=None):
    """List of (change, list of Spoken); one query per kind of row that is named in them.

    What was made or removed is told field by field. Incidents that the user may not see stay unnamed.
    """
    told = [(change, _pieces(change)) for change in changes]
    names = rows_named(((change.model, *piece) for change, pieces in told for piece in pieces), user)
    return [(change, [_spoken(change.model, *piece, names) for piece in pieces]) for change, pieces in told]


def field_label(model, name):
    """The name of a column, or of what hangs on the row, for people."""
    stem, _, part = name.rpartition("_")
    if part in DATE_COLUMNS and hasattr(apps.get_model("events", model), stem):
        return f"{gettext(stem.replace('_', ' '))}: {DATE_COLUMNS[part]}".capitalize()
    field = _field(model, name)
    label = gettext(str(field.verbose_name)) if field is not None else str(HANGING.get(name, name.replace("_", " ")))
    return label[0].upper() + label[1:]


def rows_named(pieces, user=None):
    """(model label, primary key) → name, of every row that the pieces (model, column, before, after) point to."""
    wanted = {}
    for model, name, *values in pieces:
        for label, key in (found for value in values for found in _pointed_to(model, name, value)):
            wanted.setdefault(label, set()).add(key)
    return {
        (label, key): _name(row, user)
        for label, keys in wanted.items()
        for key, row in _rows(apps.get_model(label)).in_bulk(keys).items()
    }


def _rows(model):
    return model.objects.without_text() if model is Document else model.objects


def words(model, name, value, names):
    """A stored value for people; "" for nothing."""
    if value in (None, "", [], {}):
        return ""
    if name in _ITEMS:
        items = value if isinstance(value, list) else [value]
        return "\n".join(_ITEMS[name](item, names) for item in items)
    field = _field(model, name)
    if isinstance(field, ForeignKey):
        return names.get((field.related_model._meta.label, value)) or str(GONE)
    if isinstance(field, BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, DateField) and isinstance(value, str):
        return _moment(field, value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    labels = dict(field.flatchoices) if field is not None and field.flatchoices else {}
    if not isinstance(value, str | int):
        return json.dumps(value)
    return gettext(labels[value]) if value in labels else str(value)


def _pieces(change):
    """List of (column, before, after): one for a changed field, all of them for a row that was made or removed."""
    if change.field == "created":
        found = [(name, None, value) for name, value in (change.after or {}).items()]
    elif change.field == "removed":
        found = [(name, value, None) for name, value in (change.before or {}).items()]
    else:
        found = [(change.field, change.before, change.after)]
    return [piece for piece in found if piece[0] not in UNSPOKEN and piece[1:] not in _NOTHING]


_NOTHING = [(None, empty) for empty in (None, "", [], {})] + [(empty, None) for empty in ("", [], {})]


def _spoken(model, name, before, after, names):
    return Spoken(name, field_label(model, name), *(words(model, name, value, names) for value in (before, after)))


def _field(model, name):
    """The model's field, or None for what hangs on a row (lines, citations, aliases)."""
    try:
        field = apps.get_model("events", model)._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return field if field.concrete else None  # “lines” names the rows that point here, too


def _pointed_to(model, name, value):
    """(model label, primary key) of every row that a stored value names."""
    if name == "lines":
        return [(Actor._meta.label, line["party"]) for line in value or () if line.get("party")]
    if name == "citations":
        return [(Document._meta.label, citation["document"]) for citation in value or ()]
    if name == "mentions":
        return [(PEOPLE, key) for key in value or ()]
    field = _field(model, name)
    if isinstance(field, ForeignKey) and value is not None:
        return [(field.related_model._meta.label, value)]
    return []


def _name(row, user):
    if isinstance(row, Incident) and user is not None and not access.can_see_incident(user, row):
        return str(HIDDEN)
    return str(row)


def _moment(field, value):
    if isinstance(field, DateTimeField):
        moment = parse_datetime(value)
        return f"{date_format(moment, 'j F Y, H:i')} UTC" if moment else value
    day = parse_date(value)
    return date_format(day, "j F Y") if day else value


def _line(line, names):
    """“Killed, civilian, women: at least 5 (low 5)”: all that a casualty line says."""
    what = [gettext(Outcome.label_of(line["outcome"])), _in_small(VictimCategory.label_of(line["category"]))]
    if line.get("party"):
        what.append(names.get((Actor._meta.label, line["party"])) or str(GONE))
    if line["demographic"] != Demographic.ANY:
        what.append(_in_small(Demographic.label_of(line["demographic"])))
    if line["directness"] != Directness.DIRECT:
        what.append(_in_small(Directness.label_of(line["directness"])))
    number = wording.number(CasualtyLine(qualifier=line["qualifier"], **{name: line[name] for name in BOUNDS}))
    bounds = {words: line[name] for name, words in BOUNDS.items()}
    given = [f"{words} {bound}" for words, bound in bounds.items() if bound is not None and str(bound) != number]
    given += [gettext("or more")] if line["open_upper"] else []
    if line.get("subset_of") is not None:
        given.append(gettext("part of line %(number)s") % {"number": line["subset_of"] + 1})
    return f"{', '.join(what)}: {number}" + (f" ({', '.join(given)})" if given else "")


def _citation(citation, names):
    document = names.get((Document._meta.label, citation["document"])) or GONE
    said = [f"“{citation['excerpt']}”" if citation["excerpt"] else gettext("no excerpt")]
    if citation["excerpt_language"]:
        said.append(gettext("in %(language)s") % {"language": citation["excerpt_language"]})
    if citation["translation"]:
        said.append(gettext("translated “%(words)s”") % {"words": citation["translation"]})
    said += [citation["locator"]] if citation["locator"] else []
    return f"{document}: {', '.join([*said, _in_small(Relay.label_of(citation['relay']))])}"


def _in_small(label):
    return gettext(label).lower()


def _alias(alias, names):
    if isinstance(alias, str):
        return alias
    said = [alias.get("text"), alias.get("language"), _in_small(AliasKind.label_of(alias["kind"])), alias.get("scheme")]
    said += [words % {"day": alias[end]} for end, words in _ENDS.items() if alias.get(end)]
    return ", ".join(word for word in said if word)


_ENDS = {"valid_from": _("from %(day)s"), "valid_until": _("until %(day)s")}


def _person(key, names):
    return names.get((PEOPLE, key)) or str(GONE)


def _letter(letter, names):
    return letter or gettext("not graded")


_ITEMS = {
    "lines": _line,
    "citations": _citation,
    "aliases": _alias,
    "mentions": _person,
    "reliability_at_review": _letter,
}
