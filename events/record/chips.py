"""What was chosen, one by one: what each filter says in words, and the address without it."""

from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext

from events.record import days, parameters

# Parameters, and those that only say how they are to be read.
_HOW = (
    ({"actor"}, {"role", "actor_depth"}),
    ({"date_from", "date_to"}, {"date_by", "date_mode"}),
    ({"killed_min", "killed_max"}, {"killed_field"}),
)


@dataclass(frozen=True)
class Chip:
    """One chosen filter: what it says, and the query string without it ("" or "?…")."""

    label: str
    address: str


def describe(field, name, value, one, chosen):
    """What a chip says about one chosen value; `chosen` are all of them in normal form."""
    if name == "q":
        return f"“{one}”"
    if name == "bbox":
        return gettext("Within %(box)s") % {"box": value.shown}
    if name in ("mapped", "actor_depth"):
        return str(field.words[one])
    if name == "actor" and chosen.get("actor_depth") == "self":
        return value.label
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
    """The query string without one value; what only says how to read others goes with the last of those."""
    gone = {name}
    for what, how in _HOW:
        if not what & chosen.keys() - gone:
            gone |= how
    kept = {key: value for key, value in chosen.items() if key not in gone}
    if isinstance(chosen[name], list) and len(chosen[name]) > 1:
        kept[name] = [value for value in chosen[name] if value != one]
    return f"?{urlencode(kept, doseq=True)}" if kept else ""
