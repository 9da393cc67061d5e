"""How alike two names or words are, once folded: to find what was misspelt, and to ask before a double is made."""

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

ALIKE = 72  # of 100; what is spelt less alike than this is not offered
_RESEMBLES = 66  # of 100; below it like consonants are chance
NEARLY = 90  # of 100; from here on two names are likely one

# Letters that are heard for one another, so that a misspelt name may begin with any of its row.
_HEARD_ALIKE = (
    ("aeiou", "ckqgx", "gjz", "vwbu", "szxc", "tdz", "pf", "hk", "yij")
    + ("اع", "سصث", "زذضظژ", "تطټٹدډڈ", "کقگخ", "هح", "وب")
)  # fmt: skip
_SOUND = str.maketrans("qcxvz" + "قصثذضظطحخ", "kkkws" + "کسسزززتهک", "aeiouyh" + "اویهعئءے")


def initials(folded):
    """The letters with which a misspelling of the name may begin, its own first."""
    first = folded[:1]
    rows = "".join(row for row in _HEARD_ALIKE if first in row)
    return list(dict.fromkeys(first + rows))


def skeleton(folded):
    """The consonants, like-sounding ones as one and doubled ones once: of "torkham" and "Turkhum" alike "trkm"."""
    letters = folded.translate(_SOUND).replace(" ", "")
    return "".join(letter for letter, before in zip(letters, " " + letters, strict=False) if letter != before)


def score(typed, name):
    """How well a folded name answers what somebody typed, of 100; the text may also be a part of the name."""
    whole = fuzz.ratio(typed.replace(" ", ""), name.replace(" ", ""))
    part = 0.95 * fuzz.partial_ratio(typed, name) if 5 <= len(typed) <= len(name) else 0
    return max(whole, part, _by_sound(typed, name))


def are_nearly_one(one, other):
    """Whether two folded names are likely spellings of one: the same without spaces, or by a letter, or by sound.

    Names that differ in a number ("Brigade 12", "Brigade 21") never are.
    """
    one, other = (name.removeprefix("the ").replace(" ", "") for name in (one, other))
    if one == other:
        return True
    if _digits(one) != _digits(other):
        return False
    if len(one) >= 4 and Levenshtein.distance(one, other, score_cutoff=1) <= 1:
        return True
    whole, sounds = fuzz.ratio(one, other), skeleton(one)
    return whole >= NEARLY or (len(sounds) >= 3 and sounds == skeleton(other) and whole >= ALIKE)


def _by_sound(typed, name):
    sounds = skeleton(typed)
    if len(sounds) < 3 or fuzz.partial_ratio(typed, name) < _RESEMBLES:
        return 0
    heard = skeleton(name)
    if sounds == heard:
        return 92
    if heard.startswith(sounds):
        return 84
    return 78 if any(skeleton(word).startswith(sounds) for word in name.split()[1:]) else 0


def _digits(text):
    return "".join(filter(str.isdigit, text))
