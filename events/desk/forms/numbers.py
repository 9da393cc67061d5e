"""Reads a number of people as documents word it: "7", "at least 7", "7–9", "dozens", "none"."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Qualifier
from events.rules import casualties

LARGEST = 1_000_000
EXAMPLES = _("Write 7, at least 7, up to 7, about 7, 7-9, some, several, tens, dozens, hundreds or none.")

# fmt: off
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}
# fmt: on
_NUMBER = r"(\d[\d,]*)"
# What stands before a number → qualifier, and by how much the bound differs from the number ("more than 7" is 8).
_BEFORE = {
    "at least": (Qualifier.AT_LEAST, 0),
    "minimum": (Qualifier.AT_LEAST, 0),
    "no fewer than": (Qualifier.AT_LEAST, 0),
    "more than": (Qualifier.AT_LEAST, 1),
    "over": (Qualifier.AT_LEAST, 1),
    "at most": (Qualifier.AT_MOST, 0),
    "up to": (Qualifier.AT_MOST, 0),
    "no more than": (Qualifier.AT_MOST, 0),
    "fewer than": (Qualifier.AT_MOST, -1),
    "less than": (Qualifier.AT_MOST, -1),
    "about": (Qualifier.ABOUT, 0),
    "around": (Qualifier.ABOUT, 0),
    "some": (Qualifier.ABOUT, 0),
    "nearly": (Qualifier.ABOUT, 0),
    "approximately": (Qualifier.ABOUT, 0),
    "exactly": (Qualifier.EXACT, 0),
    ">=": (Qualifier.AT_LEAST, 0),
    ">": (Qualifier.AT_LEAST, 1),
    "<=": (Qualifier.AT_MOST, 0),
    "<": (Qualifier.AT_MOST, -1),
    "~": (Qualifier.ABOUT, 0),
}
_VAGUE = {
    "some": Qualifier.SOME,
    "several": Qualifier.SEVERAL,
    "tens": Qualifier.TENS,
    "scores": Qualifier.TENS,
    "dozens": Qualifier.DOZENS,
    "hundreds": Qualifier.HUNDREDS,
    "none": Qualifier.NONE,
    "no": Qualifier.NONE,
    "nil": Qualifier.NONE,
    "0": Qualifier.NONE,
    "": Qualifier.UNKNOWN,
    "unknown": Qualifier.UNKNOWN,
    "not reported": Qualifier.UNKNOWN,
    "not said": Qualifier.UNKNOWN,
    "number not said": Qualifier.UNKNOWN,
}


@dataclass(frozen=True)
class Number:
    """As worded. `first` is the number, or the lower of a range; `last` only of a range; `best` if one is named too."""

    qualifier: str
    first: int | None = None
    last: int | None = None
    best: int | None = None


def parse(text):
    """The Number in a cell; an empty cell is "not said", which is not 0. Raises ValueError with a sentence."""
    plain = _plain(text)
    plain, best = _best(plain)
    number = _vague(plain) or _range(plain) or _bounded(plain)
    if number is None or (best is not None and number.qualifier in (Qualifier.NONE, Qualifier.UNKNOWN)):
        wrong = gettext("“%(text)s” is not a number of people.") % {"text": text.strip()[:40]}
        raise ValueError(f"{wrong} {EXAMPLES}")
    if best is None:
        return number
    return Number(number.qualifier, number.first, number.last, best)


def columns(number):
    """Dict of qualifier, low, best, high and open_upper, as a casualty line keeps them."""
    low, best, high, open_upper = casualties.bounds(number.qualifier, number.first, number.last)
    if number.best is not None:
        best = number.best
    return {
        "qualifier": number.qualifier.value,
        "low": low,
        "best": best,
        "high": high,
        "open_upper": open_upper,
    }


def written(line):
    """How the number of a casualty line is typed, so that reading it again gives the same line."""
    worded = {
        Qualifier.AT_LEAST: ("at least {low}", line.low),
        Qualifier.AT_MOST: ("at most {high}", line.high),
        Qualifier.ABOUT: ("about {best}", line.best),
        Qualifier.RANGE: ("{low}-{high}", line.low),
        Qualifier.EXACT: ("{best}", line.best if line.best is not None else line.low),
    }
    if line.qualifier == Qualifier.UNKNOWN:
        return ""
    if line.qualifier not in worded:
        return str(line.qualifier)
    words, number = worded[line.qualifier]
    if number is None:
        return ""
    best = line.best if line.best is not None else line.low
    text = words.format(low=line.low, high=line.high, best=best)
    named_too = line.qualifier in (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.RANGE)
    return f"{text}, best {line.best}" if named_too and line.best is not None else text


def _plain(text):
    """Lower case, one space, ASCII digits and hyphens, number words up to twenty as digits."""
    text = "".join(str(int(char)) if char.isdecimal() else char for char in text.lower())
    text = " ".join(re.sub("[–—−]", "-", text).split())
    return re.sub(r"[a-z]+", lambda word: str(_WORDS.get(word[0], word[0])), text)


def _best(plain):
    """("7-9", 8) from "7-9, best 8"; None when no best is named."""
    found = re.fullmatch(rf"(.+?),? ?best {_NUMBER}", plain)
    return (found[1], _whole(found[2])) if found else (plain, None)


def _vague(plain):
    return Number(_VAGUE[plain]) if plain in _VAGUE else None


def _range(plain):
    found = re.fullmatch(rf"(?:between )?{_NUMBER} ?(?:-|to|and) ?{_NUMBER}", plain)
    if not found:
        return None
    first, last = _whole(found[1]), _whole(found[2])
    if first > last:
        raise ValueError(
            gettext("A range starts with the smaller number: write %(range)s.") % {"range": f"{last}-{first}"}
        )
    if first == last:
        return Number(Qualifier.EXACT, first)
    return Number(Qualifier.RANGE, first, last)


def _bounded(plain):
    before = "|".join(re.escape(words) for words in sorted(_BEFORE, key=len, reverse=True))
    found = re.fullmatch(rf"({before})? ?{_NUMBER} ?(\+|or more)?", plain)
    if not found or (found[1] and found[3]):
        return None
    number = _whole(found[2])
    if found[3]:
        return Number(Qualifier.AT_LEAST, number)
    qualifier, shift = _BEFORE.get(found[1], (Qualifier.EXACT, 0))
    number = max(number + shift, 0)
    return Number(Qualifier.NONE) if qualifier == Qualifier.EXACT and number == 0 else Number(qualifier, number)


def _whole(digits):
    number = int(digits.replace(",", "")[:9])
    if number > LARGEST:
        raise ValueError(
            gettext("%(digits)s is more than %(largest)s people; check the number.")
            % {"digits": digits, "largest": f"{LARGEST:,}"}
        )
    return number
