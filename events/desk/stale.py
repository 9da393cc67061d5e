"""Two people changed the same thing: the second gets the difference, and nothing is overwritten."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from events.models.vague_date import VagueDateField
from events.rules import dates

MOST_WORDS = 3000  # comparing grows with the square of the words; longer texts are shown side by side, unmarked


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed differs from what somebody else has saved meanwhile; values for people."""

    field: str
    label: str
    mine: str
    theirs: str

    @property
    def mine_marked(self):
        """List of (words, whether only this version has them): the whole text of mine in its order."""
        return _marked(self.theirs, self.mine)

    @property
    def theirs_marked(self):
        return _marked(self.mine, self.theirs)


class Stale(Exception):
    """Raised by verbs that got an old version. `row` is as saved now, `differences` what the caller would overwrite."""

    def __init__(self, row, fields):
        self.row = row
        self.differences = differences(row, fields)
        super().__init__(_("Somebody else has changed this meanwhile."))


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
        return _(name.replace("_", " ")).capitalize()
    return _(str(row._meta.get_field(name).verbose_name)).capitalize()


def shown(row, name, value):
    """The value of a verb's field for people; "" for none."""
    if isinstance(getattr(type(row), name, None), VagueDateField):
        return dates.describe(value) if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = dict(row._meta.get_field(name).flatchoices or ())
    if value in labels:
        return _(labels[value])
    return "" if value is None else str(value)


def _marked(other, text):
    """The text cut where it differs from the other, word by word. Nothing is marked where no word is common."""
    if not text:
        return []
    words, others = _words(text), _words(other)
    if not others or max(len(words), len(others)) > MOST_WORDS:
        return [(text, False)]
    matcher = SequenceMatcher(None, [word.strip() for word in others], [word.strip() for word in words], autojunk=False)
    parts = [
        ("".join(words[low:high]), kind != "equal") for kind, _, _, low, high in matcher.get_opcodes() if low < high
    ]
    return parts if any(not is_changed for _, is_changed in parts) else [(text, False)]


def _words(text):
    """The words, each with the white space after it, so that they join to the text again."""
    return re.findall(r"\s*\S+\s*", text)
