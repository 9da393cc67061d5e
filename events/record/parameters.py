"""Reading a query string strictly: each value is understood, or refused with a sentence that names the remedy."""

import re
import unicodedata
from dataclasses import astuple, dataclass
from datetime import date
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy, pgettext

from events import names

LONGEST = 200
LISTED = 8  # how many words of a list a sentence names before it shortens to the closest
# What newsletters and social networks hang on links. They say nothing about what is asked, so pages drop them.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid")
_A_LEVEL = gettext_lazy("a level")
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
            said = gettext("%(name)s: given %(number)d times; give it once.")
            found[name] = [said % {"name": name, "number": len(values)}]
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
    first = ", ".join(words[:LISTED])
    if len(words) > LISTED:
        return gettext("Use one of: %(words)s, … (%(number)d in all).") % {"words": first, "number": len(words)}
    return gettext("Use one of: %(words)s.") % {"words": first}


def _unknown(name, known):
    remedy = one_of(known) if known else gettext("This address takes none.")
    if close := get_close_matches(name, known, 1):
        remedy = gettext("Did you mean %(names)s?") % {"names": close[0]}
    return gettext("%(text)s is not a parameter here. %(remedy)s") % {"text": quoted(name), "remedy": remedy}


def _unreadable(value):
    if len(value) > LONGEST:
        said = gettext("%(number)d characters are too many; use at most %(most)d.")
        return said % {"number": len(value), "most": LONGEST}
    if "\ufffd" in value:
        return gettext("it is not valid UTF-8; encode the text as UTF-8 before percent-encoding it.")
    if control := next((char for char in value if unicodedata.category(char) in {"Cc", "Cs"}), None):
        said = gettext("it holds the control character %(character)s; use plain text without line breaks.")
        return said % {"character": f"U+{ord(control):04X}"}
    return None


class WordsField(forms.CharField):
    """Free text; cleaned to the list of its folded words."""

    def clean(self, value):
        text = names.clean(super().clean(value))
        words = list(dict.fromkeys(names.fold(text).split()))
        if text and not words:
            said = gettext("%(text)s has no letter or digit to search for; give at least one word.")
            raise ValidationError(said % {"text": quoted(text)})
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
    said = gettext("%(text)s is not a day; write it as year-month-day, such as 2024-03-18.")
    raise ValidationError(said % {"text": quoted(value)})


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
        across = pgettext("compass", "W"), pgettext("compass", "E")
        upwards = pgettext("compass", "S"), pgettext("compass", "N")
        return f"{_span(self.west, self.east, across)}, {_span(self.south, self.north, upwards)}"


class BoxField(forms.CharField):
    """west,south,east,north in degrees; cleaned to a Box, None when it is not given."""

    def clean(self, value):
        text = (value or "").strip()
        if not text:
            return None
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 4 or not all(_DEGREES.fullmatch(part) for part in parts):
            said = gettext("%(text)s is not a box; write west,south,east,north in degrees, such as 69,32,71,34.")
            raise ValidationError(said % {"text": quoted(text)})
        # Adding 0 makes 0 of -0, and a sixth decimal is a tenth of a metre.
        box = Box(*(round(float(part), 6) + 0.0 for part in parts))
        _check_box(box)
        return box


def _check_box(box):
    for degrees, bound in ((box.west, 180), (box.south, 90), (box.east, 180), (box.north, 90)):
        if abs(degrees) > bound:
            said = gettext(
                "%(degrees)s is outside the world; longitudes run from -180 to 180, latitudes from -90 to 90, "
                "in the order west,south,east,north."
            )
            raise ValidationError(said % {"degrees": f"{degrees:g}"})
    edges = {edge: f"{getattr(box, edge):g}" for edge in ("west", "south", "east", "north")}
    if box.west >= box.east:
        said = gettext("its west, %(west)s, does not lie west of its east, %(east)s; swap the two.")
        raise ValidationError(said % edges)
    if box.south >= box.north:
        said = gettext("its south, %(south)s, does not lie south of its north, %(north)s; swap the two.")
        raise ValidationError(said % edges)


def _span(low, high, letters):
    """“69–71.5° E”, each end with its own letter where zero lies between them."""
    first, last = (letters[degrees >= 0] for degrees in (low, high))
    low, high = (f"{abs(degrees):.2f}".rstrip("0").rstrip(".") for degrees in (low, high))
    return f"{low}–{high}° {last}" if first == last else f"{low}° {first} – {high}° {last}"


class GradeField(forms.IntegerField):
    """A whole number between two bounds, written in digits."""

    def __init__(self, *, lowest, highest, noun=_A_LEVEL, **kwargs):
        self.lowest, self.highest, self.noun = lowest, highest, noun
        super().__init__(min_value=lowest, max_value=highest, **kwargs)

    def clean(self, value):
        value = (value or "").strip()
        if not value:
            return None
        if not (value.isascii() and value.isdecimal()) or not self.lowest <= int(value) <= self.highest:
            said = gettext("%(text)s is not %(noun)s; use a whole number from %(lowest)d to %(highest)d.")
            bounds = {"lowest": self.lowest, "highest": self.highest}
            raise ValidationError(said % ({"text": quoted(value), "noun": self.noun} | bounds))
        return int(value)


class CodeField(forms.ChoiceField):
    """One code of a closed list. The labels of `words` are said in the language of the page."""

    def __init__(self, *, words, noun, **kwargs):
        self.words, self.noun = _spoken(words), noun
        super().__init__(choices=[("", gettext_lazy("any")), *self.words.items()], **kwargs)

    def validate(self, value):
        if value and value not in self.words:
            raise ValidationError(refuse_code(value, self.words, self.noun))


class CodesField(forms.MultipleChoiceField):
    """Any number of codes of a closed list, each counted once, in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, words, noun, **kwargs):
        self.words, self.noun = _spoken(words), noun
        super().__init__(choices=list(self.words.items()), **kwargs)

    def to_python(self, value):
        return [code.strip() for code in value or [] if code.strip()]

    def validate(self, value):
        wrong = [refuse_code(code, self.words, self.noun) for code in dict.fromkeys(value) if code not in self.words]
        if wrong:
            raise ValidationError(wrong)

    def clean(self, value):
        given = super().clean(value)
        return [code for code in self.words if code in given]


def _spoken(words):
    return {code: gettext_lazy(label) for code, label in words}


def refuse_code(value, words, noun):
    """The sentence for a code that is not in the list: the closest ones first, by code and by label."""
    by_label = {str(label).lower(): code for code, label in words.items()}
    close = [
        *get_close_matches(value.lower(), list(words), 3),
        *(by_label[label] for label in get_close_matches(value.lower(), list(by_label), 3)),
    ]
    remedy = one_of(dict.fromkeys([*close, *words]))
    return gettext("%(text)s is not %(noun)s. %(remedy)s") % {"text": quoted(value), "noun": noun, "remedy": remedy}
