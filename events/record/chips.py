"""What was chosen, one by one: what each filter says in words, and the address without it."""

from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext

from events.record import days, parameters


@dataclass(frozen=True)
class Chip:
    """One chosen filter: what it says, and the query string without it ("" or "?…")."""

    label: str
    address: str


def describe(field, name, value, one):
    """What a chip says about one chosen value."""
    if name == "q":
        return f"“{one}”"
    if name == "bbox":
        return gettext("Within %(box)s") % {"box": value.shown}
    if name == "mapped":
        return str(field.words[one])
    if name == "actor":
        return gettext("%(actor)s and its factions") % {"actor": value.label}
    if name == "date_from":
        return gettext("from %(day)s") % {"day": days.shown(value)}
    if name == "date_to":
        return gettext("to %(day)s") % {"day": days.shown(value)}
    if name == "contested":
        return gettext("Contested") if one == "yes" else gettext("Not contested")
    if name == "counted":
        return str(field.label)
    if isinstance(field, parameters.CodeField | parameters.CodesField):
        value = field.words[one]
    return gettext("%(label)s: %(value)s") % {"label": field.label, "value": value}


def without(chosen, name, one):
    """The query string without one value; role goes with its actor, date_by with the last day."""
    gone = {name, "role"} if name == "actor" else {name}
    if not {"date_from", "date_to"} & chosen.keys() - gone:
        gone.add("date_by")
    kept = {key: value for key, value in chosen.items() if key not in gone}
    if isinstance(chosen[name], list) and len(chosen[name]) > 1:
        kept[name] = [value for value in chosen[name] if value != one]
    return f"?{urlencode(kept, doseq=True)}" if kept else ""
