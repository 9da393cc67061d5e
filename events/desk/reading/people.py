"""How a text counts people: "at least seven Pakistani soldiers" is a number, a category and a demographic."""

import re

from events.choices import Demographic, Qualifier, VictimCategory
from events.desk.forms import numbers
from events.desk.reading import words

NOT_SAID = "unknown"  # how the form's number field is told that no number was given

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_VALUES = {word: number for number, word in enumerate(words.UNITS, start=1)} | _TENS
_VALUES |= {"half a dozen": 6, "a dozen": 12, "a hundred": 100}
_VALUES |= {f"{word} dozen": 12 * number for number, word in enumerate(words.UNITS[:9], start=1)}
_VALUES |= {f"{word} hundred": 100 * number for number, word in enumerate(words.UNITS[:9], start=1)}
_PEOPLE = {
    VictimCategory.SECURITY_FORCES: "soldiers? troops? servicem[ae]n policem[ae]n policewom[ae]n constables? personnel "
    "paramilitar(?:y|ies) jawans? officers? guards? levies cops?",
    VictimCategory.MILITANT: "militants? terrorists? insurgents? attackers? gunm[ae]n assailants? bombers? rebels? "
    "fighters? khawarij extremists?",
    VictimCategory.CIVILIAN: "civilians? villagers? residents? worshippers? labourers? laborers? workers? passengers? "
    "students? schoolchildren teachers? tribesm[ae]n pilgrims? shopkeepers? journalists? refugees? bystanders? women "
    "wom[ae]n child(?:ren)? girls? boys? minors? infants? toddlers?",
    VictimCategory.ALL: "people persons? individuals?",
    VictimCategory.UNKNOWN: "others? men man",
}
_DEMOGRAPHICS = {
    Demographic.WOMEN: r"wom[ae]n",
    Demographic.CHILDREN: r"child(?:ren)?|schoolchildren|girls?|boys?|minors?|infants?|toddlers?",
    Demographic.MEN: r"m[ae]n",
    Demographic.ELDERLY: r"elderly",
}
_FORCE_PHRASES = r"security forces?|police officers?|police officials?|army officers?|security officials?"
ALL_NOUNS = "|".join(["security\\s+forces", *(noun for nouns in _PEOPLE.values() for noun in nouns.split())])
PLURALS = (
    r"(?:soldiers|troops|policemen|militants|terrorists|insurgents|civilians|villagers|residents|women|children|people)"
)

_BELOW_TEN, _BELOW_TWENTY = "|".join(words.UNITS[:9]), "|".join(reversed(words.UNITS))
_WORD_NUMBER = (
    rf"(?:half\s+a\s+dozen|(?:an?|{_BELOW_TEN})\s+(?:dozen|hundred)|"
    rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{_BELOW_TEN}))?|{_BELOW_TWENTY})"
)
# Not the end of a longer number: "half a dozen", "a hundred and twenty".
_WHOLE = r"(?<!half\s)(?<!hundred\s)(?<!hundred\sand\s)(?<!thousand\s)(?<!thousand\sand\s)"
FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{_WHOLE}{_WORD_NUMBER})(?![\w.]\d|\w)"
BOUND = (
    r"(?:at least|no fewer than|not less than|more than|over|as many as|up to|at most|no more than|fewer than|less than|"
    r"about|around|some|nearly|almost|approximately|roughly|an estimated)"
)
NUMBER = (
    rf"(?:(?:{BOUND}\s+)?(?:between\s+{FIGURE}\s+and\s+{FIGURE}|{FIGURE}\s*(?:-|–|to|or)\s*{FIGURE}|{FIGURE})|"
    r"(?:dozens|scores|hundreds|tens)(?:\s+of)?|several|an?\b)"
)
BETWEEN = (
    rf"(?:(?:of\s+(?:the|its|their|our)\s+)?(?:(?!(?:{'|'.join(words.NOT_BETWEEN)})\b)[^\W\d_][\w’'.-]*\s+){{0,3}}?)"
)
PERSONS = rf"(?P<number>{NUMBER})\s+{BETWEEN}(?P<noun>{ALL_NOUNS})\b(?!['’\-])"
ANY_PERSONS = re.sub(r"\?P<\w+>", "?:", PERSONS)


def typed(number):
    """The number as the form reads it ("at least 7", "7-9", "dozens"), or None for what it cannot keep."""
    worded = " ".join(number.lower().split()).removesuffix(" of")
    worded = {"a": "1", "an": "1"}.get(worded, worded)
    worded = re.sub(r"^(?:not less than)", "at least", worded)
    worded = re.sub(r"^(?:as many as)", "up to", worded)
    worded = re.sub(r"^(?:almost|roughly|an estimated)", "about", worded)
    worded = re.sub(_WORD_NUMBER, lambda found: str(_value(found[0])), worded)
    worded = re.sub(r"(\d)\s*(?:–|\bto\b|\bor\b)\s*(\d)", r"\1-\2", worded)
    try:
        read = numbers.parse(worded)
    except ValueError:
        return None
    return None if read.qualifier in (Qualifier.UNKNOWN, Qualifier.NONE) else worded


def _value(worded):
    if worded in _VALUES:
        return _VALUES[worded]
    ten, _, unit = re.sub(r"[-\s]", " ", worded).partition(" ")
    return _TENS[ten] + _VALUES[unit]


def category(noun, phrase=""):
    noun = noun.lower()
    if re.fullmatch(r"security\s+forces", noun) or re.search(_FORCE_PHRASES, phrase, re.IGNORECASE):
        return VictimCategory.SECURITY_FORCES.value
    for category, nouns in _PEOPLE.items():
        if re.fullmatch("|".join(nouns.split()), noun):
            return category.value
    return VictimCategory.UNKNOWN.value


def is_of_either_side(noun, phrase):
    """Fighters of the Taliban are militants to some and the forces of a government to others: the words leave it open."""
    return noun.lower().startswith("fighter") and bool(re.search(r"\b(?:taliban|emirate)\b", phrase, re.IGNORECASE))


def demographic(noun):
    for demographic, pattern in _DEMOGRAPHICS.items():
        if re.fullmatch(pattern, noun.lower()):
            return demographic.value
    return Demographic.ANY.value
