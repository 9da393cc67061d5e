"""Dates in a text: absolute ones, and those that are counted from the day of publication."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.choices import DatePrecision
from events.rules import dates as rules

# fmt: off
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    # The months of the Gregorian calendar as Urdu, Pashto, Dari and Persian write them.
    "جنوری": 1, "فروری": 2, "مارچ": 3, "اپریل": 4, "مئی": 5, "جون": 6, "جولائی": 7, "اگست": 8, "ستمبر": 9,
    "اکتوبر": 10, "نومبر": 11, "دسمبر": 12, "فبروری": 2, "جولای": 7, "آگست": 8, "سپتمبر": 9, "سپتامبر": 9,
    "نوامبر": 11, "دسامبر": 12, "فوریه": 2, "مارس": 3, "آوریل": 4, "ژوئن": 6, "ژوئیه": 7, "اوت": 8,
}
# fmt: on
_SHORTENED = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

_LATIN = sorted((name for name in _MONTHS if name.isascii()), key=len, reverse=True)
_LATIN = [(name, r"\.?" if name in _SHORTENED else "") for name in _LATIN]
_MONTH = "(?:{})".format(
    "|".join([*(rf"(?:{name.capitalize()}|{name.upper()})\b{_dot}" for name, _dot in _LATIN)])
    + "|"
    + "|".join(sorted((name for name in _MONTHS if not name.isascii()), key=len, reverse=True))
)
_WEEKDAY = "(?:{})".format("|".join(calendar.day_name))
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|[۱-۳]?[۰-۹]|[١-٣]?[٠-٩])"
_YEAR = r"(?:(?:19|20)\d\d|[۱۲][۰-۹]{3}|[١٢][٠-٩]{3})"
_NTH = r"(?:st|nd|rd|th)?"
_WEEKDAY_BEFORE = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+(?:the\s+|\(\s*)?)?"
_EDGE, _END = r"(?<![\w/.-])", r"(?![\w/-]|\.\d)"

# What follows in the same sentence is still to come, so it is not counted back from the publication.
_TO_COME = re.compile(
    r"\b(?:will|shall|[’']ll|scheduled|(?:is|are|was|were)\s+due|expected|upcoming|planned|plans?|set\s+to|to\s+be\s+held|"
    r"slated|postponed\s+to)\b(?:(?!\b(?:said|says|told|announced)\b)[^.;:!?\n])*$"
)

# How long ago the nearest such day or month may lie: beyond that it could as well be the coming one.
_RECENT = timedelta(days=300)


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    first: date
    last: date
    precision: str
    why: str


def find(text, published=None):
    """List of Found in the order of the text; what depends on the day of publication only where that is known."""
    found = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            try:
                days = None if _is_to_come(match) else read(match, published)
            except (ValueError, OverflowError):  # the 31st of February, the year 0000
                continue
            if days and not rules.problems(rules.VagueDate(days[0], days[1], days[2])):
                found.append(Found(match.start(), match.end(), *days))
    return _apart(found)


def day_of(text):
    """The first whole date (day, month and year) in a text, as a Found; None for none."""
    return next((each for each in find(text) if each.precision == DatePrecision.DAY), None)


def _is_to_come(match):
    """Whether a day without a year is one that is announced: "will meet on Friday"."""
    if match.groupdict().get("year"):
        return False
    return bool(_TO_COME.search(match.string, max(0, match.start() - 120), match.start()))


def _apart(found):
    """The longest of those that overlap."""
    kept = []
    for each in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end - each.start > kept[-1].end - kept[-1].start:
            kept[-1] = each
    return kept


def _day(day, why):
    return day, day, DatePrecision.DAY.value, why


def _iso(match, published):
    return _day(date(int(match["year"]), int(match["month"]), int(match["day"])), _("a date in full"))


def _numeric(match, published):
    """18/03/2024 can only be read one way; 3/4/2024 can be read two ways and is left alone."""
    one, two = int(match["one"]), int(match["two"])
    if (one > 12) == (two > 12):
        return None
    day, month = (one, two) if one > 12 else (two, one)
    return _day(date(int(match["year"]), month, day), _("a date in full; only one of its numbers can be the month"))


def _day_and_month(match, published):
    month, day = _month(match["month"]), int(match["day"])
    if match["year"]:
        when, why = date(int(match["year"]), month, day), _("a date in full")
    else:
        if (when := _nearest(published, lambda year: date(year, month, day))) is None:
            return None
        why = _("the year is not given; it is the last such day up to the publication day %(day)s") % {
            "day": _said(published)
        }
    if match["weekday"] and _DAYS[match["weekday"].lower()] != when.weekday():
        why += _("; the text says %(said)s, but it was a %(weekday)s") % {
            "said": match["weekday"],
            "weekday": WEEKDAYS[when.weekday()],
        }
    return _day(when, why)


def _days_of_month(match, published):
    month = _month(match["month"])
    first, last = int(match["first"]), int(match["last"])
    if match["year"]:
        year = int(match["year"])
    elif (end := _nearest(published, lambda year: date(year, month, last))) is not None:
        year = end.year
    else:
        return None
    start, end = date(year, month, first), date(year, month, last)
    days = (end - start).days + 1
    if days < 2:
        return None
    precision = DatePrecision.DAY_RANGE if days <= 7 else DatePrecision.WEEK if days <= 14 else DatePrecision.MONTH
    return start, end, precision.value, _("the first and the last day as given")


def _month_and_year(match, published):
    year, month = int(match["year"]), _month(match["month"])
    return *_whole_month(year, month), DatePrecision.MONTH.value, _("a month and its year")


def _month_alone(match, published):
    month = _month(match["month"])
    first = _nearest(published, lambda year: date(year, month, 1))
    if first is None:
        return None
    why = _("the year is not given; it is the last such month up to the publication day %(day)s") % {
        "day": _said(published)
    }
    return *_whole_month(first.year, month), DatePrecision.MONTH.value, why


def _year(match, published):
    year = int(match["year"])
    if published is not None and year > published.year:
        return None
    why = _("the year named after “%(word)s”") % {"word": match["before"].lower()}
    return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR.value, why


def _years_back(match, published):
    if published is None:
        return None
    number = 2 if match["number"] == "couple of" else _whole(match["number"])
    start = _years_before(published, number)
    why = _("the %(number)s years up to the publication day %(day)s") % {"number": number, "day": _said(published)}
    return start, published, DatePrecision.YEAR.value, why


def _weekday(match, published):
    if published is None:
        return None
    wanted = _DAYS[match["weekday"].lower()]
    back = (published.weekday() - wanted) % 7
    if match["last"] and back == 0:
        back = 7
    when = published - timedelta(days=back)
    words = (
        _("the publication day itself")
        if back == 0
        else _("the %(weekday)s before the publication day") % {"weekday": match["weekday"]}
    )
    return _day(when, f"{words}, {WEEKDAYS[published.weekday()]} {_said(published)}")


def _yesterday(match, published):
    if published is None:
        return None
    return _day(
        published - timedelta(days=1), _("the day before the publication day %(day)s") % {"day": _said(published)}
    )


_READERS = (
    (re.compile(rf"{_EDGE}(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d|-\d)"), _iso),
    (re.compile(rf"{_EDGE}(?P<one>\d\d?)(?P<sep>[/.])(?P<two>\d\d?)(?P=sep)(?P<year>(?:19|20)\d\d){_END}"), _numeric),
    (
        re.compile(
            rf"{_EDGE}{_WEEKDAY_BEFORE}(?P<day>{_DAY}){_NTH}\s+(?:of\s+)?(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?(?!\w)"
        ),
        _day_and_month,
    ),
    (
        re.compile(
            rf"{_EDGE}{_WEEKDAY_BEFORE}(?P<month>{_MONTH})\s+(?P<day>{_DAY}){_NTH}(?:,?\s+(?P<year>{_YEAR}))?{_END}"
            r"(?!\s*(?:[-–—/]\s*\d|to\s+\d|and\s+\d)|\s+(?:terror(?:ist)?\s+)?attacks?\b)"  # "the Sept. 11 attacks"
        ),
        _day_and_month,
    ),
    (
        re.compile(
            rf"{_EDGE}(?P<first>{_DAY})\s*(?:[-–—/]|to|and)\s*(?P<last>{_DAY})\s+(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?(?!\w)"
        ),
        _days_of_month,
    ),
    (
        re.compile(
            rf"{_EDGE}(?P<month>{_MONTH})\s+(?P<first>{_DAY})\s*(?:[-–—]|to|and)\s*(?P<last>{_DAY})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?{_END}"
        ),
        _days_of_month,
    ),
    (re.compile(rf"{_EDGE}(?<!\d\s)(?P<month>{_MONTH})(?:,|\s+of)?\s+(?P<year>{_YEAR})(?!\w)"), _month_and_year),
    (
        # Not "in March Against …": what follows a month alone is no capital letter and no number.
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ll]ast|[Tt]his)\s+(?:early\s+|mid-|late\s+)?"
            rf"(?P<month>{_MONTH})(?!\w)(?!\s+[A-Z\d])"
        ),
        _month_alone,
    ),
    (
        re.compile(
            r"\b(?P<before>[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil)\s+(?:early\s+|mid-|late\s+)?(?P<year>(?:19|20)\d\d)"
            r"(?![\w/-])(?![.,]\d)(?!\s+(?:people|soldiers|militants|civilians|troops|men|women|children|families))"
        ),
        _year,
    ),
    (
        re.compile(r"\b[Ii]n\s+the\s+(?:last|past)\s+(?P<number>couple of|\d\d?|" + "|".join(_WORDS) + r")\s+years\b"),
        _years_back,
    ),
    (
        re.compile(
            rf"(?<!\bnext\s)(?<!\bcoming\s)(?<!\bevery\s)(?<!\beach\s)(?<!Good\s)(?<!Black\s)(?<!Bloody\s)\b(?:[Oo]n\s+)?(?P<last>[Ll]ast\s+)?"
            rf"(?P<weekday>{_WEEKDAY})\b(?!['’]|,?\s+(?:the\s+)?\d)(?!\s+(?:[Pp]rayers?|[A-Z]\w+\s+Times)\b)"
        ),
        _weekday,
    ),
    (re.compile(r"\b[Yy]esterday\b(?!['’])"), _yesterday),
)


def _month(text):
    return _MONTHS[text.lower().rstrip(".")]


def _whole(text):
    return int(text) if text.isdecimal() else _WORDS[text]


def _whole_month(year, month):
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _nearest(published, day_in):
    """The last such day up to the publication; None when that is unknown, or when the coming one may as well be meant."""
    if published is None:
        return None
    for year in (published.year, published.year - 1):
        day = day_in(year)
        if day <= published:
            return day if published - day <= _RECENT else None
    return None


def _years_before(day, number):
    try:
        return day.replace(year=day.year - number)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - number, day=28)


def _said(day):
    return date_format(day, "j F Y")
