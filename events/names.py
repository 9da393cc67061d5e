"""Comparing names across spellings and scripts."""

import re
import unicodedata
from functools import cache

# Arabic-script letters that Urdu, Pashto, Dari and Arabic keyboards write differently, and digits of three scripts.
_LETTERS = str.maketrans(
    "يىكۀةہھٶأإآ" + "۰۱۲۳۴۵۶۷۸۹" + "٠١٢٣٤٥٦٧٨٩",
    "ییکههههوااا" + "0123456789" + "0123456789",
)
_TATWEEL_AND_MARKS = re.compile(r"[\u0640\u200c\u200d\u02bc\u02bb\u2018\u2019'`]")
_APART = re.compile(r"[^\w]+")
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def fold(text):
    """One spelling for many: case, diacritics, letter variants, digits, hyphens and spacing no longer matter.

    "Mirān Shāh", "miran-shah" and "MIRAN SHAH" fold alike; so do "میران شاه" and "ميران شاہ".
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    return " ".join(_APART.sub(" ", _TATWEEL_AND_MARKS.sub("", text)).split())


def words(text):
    """The folded words of a text, by which it is searched: letters and digits, nothing else."""
    return fold(text).replace("_", " ").split()


def spans(text):
    """[(start, end, folded words)]: where in a composed (NFC) text its words stand; all of them make `words(text)`.

    A stretch holds several words only where one character folds to several, such as ½.
    """
    found, start, end = [], None, None
    for position, char in enumerate(text):
        kind = _kind(char)
        if kind == _APART_FROM:
            if start is not None:
                found.append((start, end))
            start = None
        elif kind == _LETTER or start is not None:
            start = position if start is None else start
            end = position + 1 if kind != _SILENT or unicodedata.combining(char) else end
    if start is not None:
        found.append((start, end))
    return [(start, end, words(text[start:end])) for start, end in found]


_LETTER, _SILENT, _APART_FROM = "letter", "silent", "apart"


@cache
def _kind(char):
    """Whether a character is a letter of a word, is left out of it (a mark, a joiner, an apostrophe), or parts words."""
    if words(char):
        return _LETTER
    folded = _TATWEEL_AND_MARKS.sub(
        "", "".join(one for one in unicodedata.normalize("NFKD", char.casefold()) if not unicodedata.combining(one))
    )
    return _APART_FROM if folded else _SILENT


def slugify(text):
    """ASCII words joined by hyphens; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


def clean(text):
    """Text fit to be stored: composed (NFC), without control characters, bidi overrides and invisible spaces.

    Keeps line breaks, tabs and the joiners U+200C and U+200D, which Urdu and Pashto need.
    """
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").strip()
