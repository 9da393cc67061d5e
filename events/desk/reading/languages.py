"""Which language a text is in, by its letters: only where they tell, and never by a guess."""

import re

from django.utils.translation import gettext as _

_LEAST_LETTERS = 40
_MOST_READ = 5000  # letters; a page of any of these languages tells by then
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Letters that one language has and its neighbours do not.
_PASHTO = re.compile("[ټډړږښځڅېۍګڼ]")
_URDU = re.compile("[ٹڈڑںےہھ]")
_PERSIAN = re.compile("[پچژگ]")
_ONLY_ARABIC = re.compile("[ةىي]")
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|that|on|said|was|were|for|by|from|has|have|with)\b", re.IGNORECASE)


def guess(text):
    """(code, why) of the language, ("", "") when the letters leave it open. Dari and Persian share theirs: "fa"."""
    text = text[:_MOST_READ]
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic + latin < _LEAST_LETTERS:
        return "", ""
    if latin >= 0.8 * (arabic + latin):
        words = len(re.findall(r"\b[A-Za-zÀ-ɏ]+\b", text))
        is_english = len(_ENGLISH.findall(text)) >= 0.12 * words
        return ("en", _("by its letters and its most frequent words")) if is_english else ("", "")
    return _of_arabic_script(text, arabic) if arabic >= 0.8 * (arabic + latin) else ("", "")


def _of_arabic_script(text, letters):
    pashto, urdu, persian = (len(pattern.findall(text)) / letters for pattern in (_PASHTO, _URDU, _PERSIAN))
    if pashto >= 0.01 and urdu < 0.01:
        return "ps", _("by letters that only Pashto has")
    if urdu >= 0.02 and pashto < 0.01:
        return "ur", _("by letters that only Urdu has")
    if pashto or urdu:
        return "", ""
    if persian >= 0.01 and "ة" not in text:
        return "fa", _("by its letters; choose Dari if it is from Afghanistan")
    if not persian and _ONLY_ARABIC.search(text) and text.count("ال") >= 3:
        return "ar", _("by letters that only Arabic has")
    return "", ""
