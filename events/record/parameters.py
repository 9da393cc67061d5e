"""Reading a query string strictly: each value is understood, or refused with a sentence that names the remedy."""

import re
import unicodedata
from dataclasses import astuple, dataclass
from datetime import date
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError

from events import names

LONGEST = 200
LISTED = 8  # how many words of a list a sentence names before it shortens to the closest
# What newsletters and social networks hang on links. They say nothing about what is asked, so pages drop them.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def problems(query, *, single=(), repeatable=()):
    """Parameter → sentences, for those that are unknown, given twice, too long or hold what no text holds.

    A blank value counts as not given, because browsers send every empty field of a form.
    """
    found = {}
    for name in query:
        values = [value for value in query.getlist(name) if value.strip()]
        if name not in single and name not in repeatable:
            found[name] = [_unknown(name, [*single, *repeatable])]
        elif len(values) > 1 and name not in repeatable:
            found[name] = [f"{name}: given {len(values)} times; give it once."]
        elif sentences := [f"{name}: {sentence}" for value in values if (sentence := _unreadable(value))]:
            found[name] = sentences[:1]
    return found


def quoted(text):
    """The text in quotes as it may stand in a sentence: without invisible characters, shortened."""
    text = "".join(char if char.isprintable() else "�" for char in text)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def one_of(words):
    """“Use one of: …”, in full for a short list, else the first of those given."""
    words = list(words)
    more = f", … ({len(words)} in all)" if len(words) > LISTED else ""
    return f"Use one of: {', '.join(words[:LISTED])}{more}."


def _unknown(name, known):
    close = get_close_matches(name, known, 1)
    remedy = f"Did you mean {close[0]}?" if close else one_of(known) if known else "This address takes none."
    return f"{quoted(name)} is not a parameter here. {remedy}"


def _unreadable(value):
    if len(value) > LONGEST:
        return f"{len(value)} characters are too many; use at most {LONGEST}."
    if "\ufffd" in value:
        return "it is not valid UTF-8; encode the text as UTF-8 before percent-encoding it."
    if control := next((char for char in value if unicodedata.category(char) in {"Cc", "Cs"}), None):
        return f"it holds the control character U+{ord(control):04X}; use plain text without line breaks."
    return None


class WordsField(forms.CharField):
    """Free text; cleaned to the list of its folded words."""

    def clean(self, value):
        text = names.clean(super().clean(value))
        words = list(dict.fromkeys(names.fold(text).split()))
        if text and not words:
            raise ValidationError(f"{quoted(text)} has no letter or digit to search for; give at least one word.")
        return words


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value):
        value = (value or "").strip()
        if not value:
            return None
        try:
            # fromisoformat alone would also take 20240318 and 2024-W12-1.
            return date.fromisoformat(value) if _ISO_DAY.fullmatch(value) else _refuse_day(value)
        except ValueError:
            return _refuse_day(value)


def _refuse_day(value):
    raise ValidationError(f"{quoted(value)} is not a day; write it as year-month-day, such as 2024-03-18.")


@dataclass(frozen=True)
class Box:
    """A stretch of the map between two meridians and two parallels, in degrees; str() is how the query string has it."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self):
        return ",".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in astuple(self))

    @property
    def shown(self):
        return f"{_span(self.west, self.east, 'WE')}, {_span(self.south, self.north, 'SN')}"


class BoxField(forms.CharField):
    """west,south,east,north in degrees; cleaned to a Box, None when it is not given."""

    def clean(self, value):
        text = (value or "").strip()
        if not text:
            return None
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 4 or not all(_DEGREES.fullmatch(part) for part in parts):
            raise ValidationError(
                f"{quoted(text)} is not a box; write west,south,east,north in degrees, such as 69,32,71,34."
            )
        # Adding 0 makes 0 of -0, and a sixth decimal is a tenth of a metre.
        box = Box(*(round(float(part), 6) + 0.0 for part in parts))
        _check_box(box)
        return box


def _check_box(box):
    for degrees, bound in ((box.west, 180), (box.south, 90), (box.east, 180), (box.north, 90)):
        if abs(degrees) > bound:
            raise ValidationError(
                f"{degrees:g} is outside the world; longitudes run from -180 to 180, latitudes from -90 to 90, "
                "in the order west,south,east,north."
            )
    if box.west >= box.east:
        raise ValidationError(f"its west, {box.west:g}, does not lie west of its east, {box.east:g}; swap the two.")
    if box.south >= box.north:
        raise ValidationError(
            f"its south, {box.south:g}, does not lie south of its north, {box.north:g}; swap the two."
        )


def _span(low, high, letters):
    """“69–71.5° E”, each end with its own letter where zero lies between them."""
    first, last = (letters[degrees >= 0] for degrees in (low, high))
    low, high = (f"{abs(degrees):.2f}".rstrip("0").rstrip(".") for degrees in (low, high))
    return f"{low}–{high}° {last}" if first == last else f"{low}° {first} – {high}° {last}"


class GradeField(forms.IntegerField):
    """A whole number between two bounds, written in digits."""

    def __init__(self, *, lowest, highest, noun="a level", **kwargs):
        self.lowest, self.highest, self.noun = lowest, highest, noun
        super().__init__(min_value=lowest, max_value=highest, **kwargs)

    def clean(self, value):
        value = (value or "").strip()
        if not value:
            return None
        if not (value.isascii() and value.isdecimal()) or not self.lowest <= int(value) <= self.highest:
            raise ValidationError(
                f"{quoted(value)} is not {self.noun}; use a whole number from {self.lowest} to {self.highest}."
            )
        return int(value)


class CodeField(forms.ChoiceField):
    """One code of a closed list."""

    def __init__(self, *, words, noun, **kwargs):
        self.words, self.noun = dict(words), noun
        super().__init__(choices=[("", "any"), *words], **kwargs)

    def validate(self, value):
        if value and value not in self.words:
            raise ValidationError(refuse_code(value, self.words, self.noun))


class CodesField(forms.MultipleChoiceField):
    """Any number of codes of a closed list, each counted once, in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, words, noun, **kwargs):
        self.words, self.noun = dict(words), noun
        super().__init__(choices=words, **kwargs)

    def to_python(self, value):
        return [code.strip() for code in value or [] if code.strip()]

    def validate(self, value):
        wrong = [refuse_code(code, self.words, self.noun) for code in dict.fromkeys(value) if code not in self.words]
        if wrong:
            raise ValidationError(wrong)

    def clean(self, value):
        given = super().clean(value)
        return [code for code in self.words if code in given]


def refuse_code(value, words, noun):
    """The sentence for a code that is not in the list: the closest ones first, by code and by label."""
    by_label = {label.lower(): code for code, label in words.items()}
    close = [
        *get_close_matches(value.lower(), list(words), 3),
        *(by_label[label] for label in get_close_matches(value.lower(), list(by_label), 3)),
    ]
    return f"{quoted(value)} is not {noun}. {one_of(dict.fromkeys([*close, *words]))}"
