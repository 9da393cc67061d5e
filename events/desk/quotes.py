"""Whether an excerpt is in a captured text: the words count, not how they were set.

`static/js/desk/excerpts.js` says the same while somebody types; the cases in `tests/desk/quote_cases.py` hold for both.
"""

import re
import unicodedata

FOUND, NOT_FOUND, NO_TEXT = "found", "not found", "no captured text"

# Quotation marks, dashes and the ellipsis are the typesetter's; so are invisible marks and every kind of white space.
_SET = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("‐‑‒–—―−", "-"))
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACE = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def is_in(excerpt, text):
    """True also when no text was captured: then there is nothing to compare with."""
    return check(excerpt, text) != NOT_FOUND


def check(excerpt, text):
    """ "The one of FOUND, NOT_FOUND and NO_TEXT that is so."""
    if not text:
        return NO_TEXT
    return FOUND if plain(excerpt) in plain(text) else NOT_FOUND


def plain(text):
    """The words of a text, set in one way."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SET).replace("…", "...")
    return _SPACE.sub(" ", text).strip(" ")
