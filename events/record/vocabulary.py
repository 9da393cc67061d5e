"""The codebook as data: every closed list with its codes, what they mean, and the nearest words elsewhere."""

import re

from events import choices
from events.choices import CATEGORY_OF, KIND_COUNTERPARTS, Category, Kind
from events.record import codebook, columns

_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def lists():
    """Name in the address → dict of the list, in the order of the page; the kinds of incidents come first."""
    kinds = codebook.WordList(Kind.__name__, "Kind of incident", codebook.about(Kind), [])
    found = [_list(kinds, [_kind(kind) for category in Category for kind in _of(category)])]
    found += [_list(one, [_entry(entry) for entry in one.entries]) for one in codebook.lists()]
    return {one["name"]: one for one in found}


def name_of(schema):
    """“ActorKind”, as the description of the API calls it, → “actor_kind”."""
    return _INNER_CAPITAL.sub("_", schema).lower()


def _of(category):
    return [kind for kind in Kind if CATEGORY_OF[kind] == category]


def _list(words, entries):
    members = getattr(choices, words.name, None)
    codes = members.codes() if hasattr(members, "codes") else None
    return {
        "name": name_of(words.name),
        "schema": words.name,
        "heading": words.heading,
        "about": words.about,
        "columns": [column.name for column in columns.COLUMNS if codes and tuple(column.words) == codes],
        "entries": entries,
    }


def _entry(entry):
    return {
        "code": entry.code,
        "label": entry.label,
        "help": entry.help_text,
        "category": None,
        "acled": None,
        "ucdp": None,
        "plover": None,
    }


def _kind(kind):
    event, sub_event, violence, plover = KIND_COUNTERPARTS.get(kind, (None, None, (), None))
    return _entry(codebook.Entry(kind.value, kind.label, kind.help_text)) | {
        "category": CATEGORY_OF[kind].value,
        "acled": {"event_type": event, "sub_event_type": sub_event} if event else None,
        "ucdp": {"type_of_violence": list(violence)} if violence else None,
        "plover": plover,
    }
