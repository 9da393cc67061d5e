"""How the marks of a text are offered: one button for each value, a question where a name is borne by several."""

import json
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Demographic, Outcome, VictimCategory
from events.desk.reading.people import NOT_SAID
from events.rules import dates

HEADINGS = {"casualties": _("Casualties"), "date": _("Dates"), "place": _("Places"), "actor": _("Actors")}


@dataclass(frozen=True)
class Choice:
    """One button: what it says, and the JSON of the values and the excerpt that a click puts into the form."""

    label: str
    hint: str
    data: str


@dataclass(frozen=True)
class Offer:
    words: str
    why: str
    choices: tuple
    more: int  # further places in the text that offer the same
    sentence: str = ""  # of a toll: who says it stands there

    @property
    def is_question(self):
        return len(self.choices) > 1


@dataclass(frozen=True)
class Group:
    kind: str
    heading: str
    offers: tuple


@dataclass(frozen=True)
class Part:
    text: str
    kind: str = ""  # of a mark; "" for what stands between two


def grouped(marks):
    """List of Group, each value once with its first place; tolls each by itself, since each may be another's account."""
    found = []
    for kind, heading in HEADINGS.items():
        same = {}
        for mark in marks:
            if mark.kind == kind:
                key = mark.start if kind == "casualties" else json.dumps(mark.offer)
                same.setdefault((key, mark.end if kind == "casualties" else 0), []).append(mark)
        if same:
            found.append(Group(kind, heading, tuple(_offer(*alike) for alike in same.values())))
    return found


def painted(text, marks):
    """List of Part that together are the text; of marks that overlap, the first and longest is painted."""
    parts, at = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if at <= mark.start and mark.end <= len(text):
            parts += [Part(text[at : mark.start]), Part(text[mark.start : mark.end], mark.kind)]
            at = mark.end
    return [part for part in (*parts, Part(text[at:])) if part.text]


def _offer(mark, *alike):
    sentence = mark.sentence if mark.kind == "casualties" else ""
    return Offer(mark.words, mark.why, _choices(mark), len(alike), sentence)


def _choices(mark):
    if mark.kind == "date":
        return (_choice(mark, _date_words(mark.offer), "", dict(mark.offer)),)
    if mark.kind == "casualties":
        return (_choice(mark, _toll_words(mark.offer), "", dict(mark.offer)),)
    rows = mark.offer["candidates"]
    if mark.kind == "place":
        return tuple(_choice(mark, row["name"], row["hint"], row) for row in rows)
    return tuple(_choice(mark, row["name"], row["hint"], {"name": row["name"], "candidates": [row]}) for row in rows)


def _choice(mark, label, hint, values):
    detail = {"kind": mark.kind, "values": values, "excerpt": mark.sentence}
    return Choice(label, hint, json.dumps(detail, ensure_ascii=False))


def _date_words(offer):
    start, end = date.fromisoformat(offer["start"]), date.fromisoformat(offer["end"])
    return dates.describe(dates.VagueDate(start, end, offer["precision"]))


def _toll_words(offer):
    number = gettext("number not said") if offer["number"] == NOT_SAID else offer["number"]
    who = gettext(VictimCategory.label_of(offer["category"])).lower()
    if offer["demographic"] != Demographic.ANY:
        words = gettext("%(part)s (of “%(people)s”)") if offer["subset_of_category"] else "%(part)s, %(people)s"
        who = words % {"part": gettext(Demographic.label_of(offer["demographic"])).lower(), "people": who}
    return f"{gettext(Outcome.label_of(offer['outcome']))}: {number}, {who}"
