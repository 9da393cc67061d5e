"""Whether an excerpt is in a captured text: the words count, not how they were set.

`static/js/desk/excerpts.js` says the same while somebody types; the cases in `tests/desk/quote_cases.py` hold for both.
"""

import re
import unicodedata
from dataclasses import dataclass

FOUND, NOT_FOUND, NO_TEXT = "found", "not found", "no captured text"

# Quotation marks, dashes and the ellipsis are the typesetter's; so are invisible marks and every kind of white space.
_SET = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACE = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def is_in(excerpt, text):
    """True also when no text was captured: then there is nothing to compare with."""
    return check(excerpt, text) != NOT_FOUND


def check(excerpt, text):
    """The one of FOUND, NOT_FOUND and NO_TEXT that is so."""
    if not text:
        return NO_TEXT
    return FOUND if plain(excerpt) in plain(text) else NOT_FOUND


def plain(text):
    """The words of a text, set in one way."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SET).replace("…", "...")
    return _SPACE.sub(" ", text).strip(" ")


@dataclass(frozen=True)
class Context:
    """An excerpt with what stands around it; `is_cut_…` where the text goes on beyond."""

    before: str
    words: str
    after: str
    is_cut_before: bool
    is_cut_after: bool


def in_context(excerpt, text, margin=600):
    """The Context of the first place where the excerpt stands in the text, None where it does not.

    Up to `margin` characters on each side, from a whole word on.
    """
    wanted = [re.escape(word) for word in excerpt.translate(_SET).split()]
    found = re.search(r"\s+".join(wanted), text.translate(_SET)) if wanted else None
    if found is None:
        return None
    start, end = found.span()  # of the original as well: a mark is replaced by one mark
    first, last = max(start - margin, 0), min(end + margin, len(text))
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        before = _from_next_word(before)
    if last < len(text) and not text[last].isspace():
        after = _to_last_word(after)
    return Context(before, text[start:end], after, first > 0, last < len(text))


def _from_next_word(text):
    """Without the word that was cut in two; a text without spaces stays as it is."""
    cut = re.search(r"\s", text)
    return text[cut.end() :] if cut else text


def _to_last_word(text):
    whole = re.match(r".*\s", text, re.DOTALL)
    return whole[0] if whole else text
