"""Two people changed the same thing: the second gets the difference, and nothing is overwritten."""

from dataclasses import dataclass

from events.models.vague_date import VagueDateField
from events.rules import dates


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed differs from what somebody else has saved meanwhile; values for people."""

    field: str
    label: str
    mine: str
    theirs: str


class Stale(Exception):
    """Raised by verbs that got an old version. `row` is as saved now, `differences` what the caller would overwrite."""

    def __init__(self, row, fields):
        self.row = row
        self.differences = differences(row, fields)
        super().__init__("Somebody else has changed this meanwhile.")


def differences(row, fields):
    """List of Difference between the wanted fields and the row, in the order of the fields."""
    found = []
    for name, mine in fields.items():
        theirs = getattr(row, name)
        if mine != theirs and (mine or theirs):
            found.append(Difference(name, label(row, name), shown(row, name, mine), shown(row, name, theirs)))
    return found


def label(row, name):
    """The name of a verb's field for people."""
    if isinstance(getattr(type(row), name, None), VagueDateField):
        return name.replace("_", " ").capitalize()
    return str(row._meta.get_field(name).verbose_name).capitalize()


def shown(row, name, value):
    """The value of a verb's field for people; "" for none."""
    if isinstance(getattr(type(row), name, None), VagueDateField):
        return dates.describe(value) if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    choices = dict(row._meta.get_field(name).flatchoices or ())
    return "" if value is None else str(choices.get(value, value))
