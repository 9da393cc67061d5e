"""Values in the query strings of ACLED's API: each kind of column reads them in its own way, or refuses them."""

import re
from datetime import UTC, date, datetime

from events.exchange import acled_words as words

TEXT, EXACT, NUMBER, DEGREE, DAY, MOMENT, COUNT, REGION, INTER, INTERACTION = (
    *("text", "exact", "number", "degree", "day", "moment", "count", "region", "inter", "interaction"),
)


class Refused(Exception):
    """The query cannot be read; `sentences` say what is wrong, where, and what would be right."""

    def __init__(self, sentences):
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def pattern(text):
    """Contains, without regard to case; "%" stands for anything between."""
    return re.compile(".*?".join(re.escape(piece) for piece in text.split("%")), re.IGNORECASE | re.DOTALL)


def read(column, kind, text):
    """A value as rows of its kind hold it, words small; raises Refused."""
    try:
        return _VALUES[kind](text)
    except (ValueError, KeyError, OverflowError, OSError) as error:
        raise Refused([f"{column}: “{text[:60]}” is not {_MEANT[kind]}."]) from error


def _day(text):
    return date.fromisoformat(text).isoformat()


def _moment(text):
    if text.isascii() and text.isdecimal():
        return _bounded(int(text))
    return int(datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC).timestamp())


def _bounded(number):
    if not -(10**15) < number < 10**15:
        raise ValueError(number)
    return number


def _number(text):
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ValueError(text)
    return int(text)


def _degree(text):
    if not re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", text):
        raise ValueError(text)
    return float(text)


def _region(text):
    """The name of a region, small; ACLED's numbers of regions that this record never touches match nothing."""
    return words.REGIONS.get(int(text), f"region {text}").casefold() if text.isdecimal() else text.casefold()


_INTERS = {label.casefold(): code for code, label in words.INTER.items() if label}


def _inter(text):
    return _number(text) if text.isdecimal() else _INTERS[text.casefold()]


def _interaction(text):
    if text.isdecimal():
        return _number(text)
    one, sign, other = text.casefold().rpartition("-")
    if not sign:
        return _INTERS[text.casefold().removesuffix(" only")] * 10
    return min(_INTERS[one], _INTERS[other]) * 10 + max(_INTERS[one], _INTERS[other])


_VALUES = {
    TEXT: str.casefold,
    EXACT: str.casefold,
    NUMBER: _number,
    COUNT: _number,
    DEGREE: _degree,
    DAY: _day,
    MOMENT: _moment,
    REGION: _region,
    INTER: _inter,
    INTERACTION: _interaction,
}
_MEANT = {
    NUMBER: "a whole number",
    COUNT: "a whole number",
    DEGREE: "a number of degrees, such as 33.0167",
    DAY: "a day (YYYY-MM-DD)",
    MOMENT: "a moment: Unix seconds, or a day (YYYY-MM-DD)",
    REGION: "the number or the name of a region",
    INTER: "a type of actor: 1 to 8, or its words, such as “State forces”",
    INTERACTION: "an interaction: two digits, or its words, such as “State forces-Rebel group”",
}
