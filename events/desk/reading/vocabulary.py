"""The names that a reader knows, as one automaton, and the text folded so that every spelling of them is found."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from events import names

_POSSESSIVES = "'’‘ʼ`"


@dataclass(frozen=True)
class Entry:
    """One row of a register under one of its names."""

    kind: str  # "actor" or "place"
    uid: str
    name: str
    hint: str  # what tells it from others, besides its sort
    spelt: str  # the name or alias as the register spells it
    sort: str = ""  # kind of an actor, level of a place
    country: str = ""  # of an actor
    is_metonym: bool = False
    is_well_known: bool = True  # False for small places, whose names are often words or people's names too


@dataclass(frozen=True)
class Vocabulary:
    automaton: ahocorasick.Automaton
    entries: dict  # folded name → tuple of Entry


@dataclass(frozen=True)
class Hit:
    start: int
    end: int
    folded: str
    entries: tuple


@dataclass(frozen=True)
class Folded:
    text: str
    places: tuple  # for every letter of the folded text, its position in the text


def vocabulary(entries):
    """The automaton over all names; a name that several rows bear leads to all of them."""
    known = {}
    for entry in entries:
        folded = names.fold(entry.spelt).removeprefix("the ")
        if len(folded) > 1 and not any(_is_same(entry, other) for other in known.get(folded, ())):
            known.setdefault(folded, []).append(entry)
    automaton = ahocorasick.Automaton()
    for folded in known:
        automaton.add_word(folded, folded)
    automaton.make_automaton()
    return Vocabulary(automaton, {folded: tuple(rows) for folded, rows in known.items()})


def hits(text, known):
    """List of Hit at word boundaries, in the order of the text; of those that begin alike only the longest."""
    if not known.entries:
        return []
    folded = fold(text)
    longest = {}
    for last, name in known.automaton.iter(folded.text):
        first = last - len(name) + 1
        if _is_edge(folded.text, first - 1) and _is_edge(folded.text, last + 1):
            longest[first] = max(name, longest.get(first, ""), key=len)
    found = []
    for first, name in sorted(longest.items()):
        start, end = folded.places[first], folded.places[first + len(name) - 1] + 1
        found.append(Hit(start, _with_marks(text, start, end), name, known.entries[name]))
    return found


def fold(text):
    """As `names.fold`, but every letter remembers where it stood, and "Kunar's" is "kunar s"."""
    letters, places = [], []
    for place, char in enumerate(text):
        if char in _POSSESSIVES and text[place + 1 : place + 2] in ("s", "S") and _is_edge(text, place + 2):
            plain = " "
        else:
            plain = _plain(char)
        if plain == " " and (not letters or letters[-1] == " "):
            continue
        letters += plain
        places += [place] * len(plain)
    return Folded("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(char):
    """What a letter folds to: several letters, one, a space for what parts words, or nothing."""
    if unicodedata.combining(char) or not names.clean(f"a{char}a") or names.clean(f"a{char}a") == "aa":
        return ""
    folded = names.fold(f"a{char}a")
    if folded == "aa":
        return ""
    return " " if folded == "a a" else folded[1:-1]


def _is_same(entry, other):
    return (entry.kind, entry.uid) == (other.kind, other.uid)


def _is_edge(text, place):
    return not 0 <= place < len(text) or not text[place].isalnum()


def _with_marks(text, start, end):
    """The end moved over marks on the last letter and over the bracket that the name opened."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    written, after = text[start:end], text[end : end + 1]
    opened = "(" in written and ")" not in written and after == ")"
    return end + 1 if opened or ("." in written and after == "." and written.isupper()) else end
