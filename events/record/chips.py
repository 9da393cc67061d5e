"""What was chosen, one by one: what each filter says in words, and the address without it."""

from dataclasses import dataclass

from django.utils.http import urlencode

from events.record import parameters


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
        return f"Within {value.shown}"
    if name == "mapped":
        return field.words[one]
    if name == "actor":
        return f"{value.label} and its factions"
    if isinstance(field, parameters.DayField):
        return f"{field.label.lower()} {value.day} {value:%B %Y}"
    if isinstance(field, parameters.CodeField | parameters.CodesField):
        word = field.words[one]
        return {"contested": "Contested" if one == "yes" else "Not contested", "counted": field.label}.get(
            name, f"{field.label}: {word}"
        )
    return f"{field.label}: {value}"


def without(chosen, name, one):
    """The query string without one value; role goes with its actor, date_by with the last day."""
    gone = {name, "role"} if name == "actor" else {name}
    if not {"date_from", "date_to"} & chosen.keys() - gone:
        gone.add("date_by")
    kept = {key: value for key, value in chosen.items() if key not in gone}
    if isinstance(chosen[name], list) and len(chosen[name]) > 1:
        kept[name] = [value for value in chosen[name] if value != one]
    return f"?{urlencode(kept, doseq=True)}" if kept else ""
