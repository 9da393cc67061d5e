"""Cells of a row read as what they ought to hold: numbers, days, degrees. What does not fit is noted in a sentence."""

import re
from datetime import date, datetime

from events.exchange import whereabouts
from events.exchange.rows import Problem
from events.rules.dates import FIRST_YEAR, LAST_YEAR
from events.tongue import gettext

MOST_PERSONS = 10_000_000
_WHOLE = re.compile(r"[+-]?\d{1,12}(?:\.0+)?", re.ASCII)
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,15})?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: 0{1,2}:00(?::00)?)?", re.ASCII)
_WORDED = ("%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y", "%d-%B-%Y", "%B %d, %Y")
_SHOWN = 80


class Cells:
    """One row. Every reading method gives None for an empty or a wrong cell and notes the latter in `problems`.

    With `mapped`, cells are asked by the names that it maps to columns, and by no others.
    """

    def __init__(self, line, cells, mapped=None):
        self.line, self.cells, self.problems = line, cells, []
        self._mapped = mapped

    def text(self, column):
        """The words of a cell; "" when it is empty or there is no such column."""
        return self.cells.get(column if self._mapped is None else self._mapped.get(column), "")

    def note(self, column, sentence, *, refuses=True):
        self.problems.append(Problem(self.line, column, self.text(column)[:_SHOWN], sentence, refuses))

    @property
    def is_refused(self):
        return any(problem.refuses for problem in self.problems)

    def required(self, column):
        if not self.text(column):
            self.note(column, gettext("It is empty; every row needs it."))
        return self.text(column)

    def whole(self, column, *, lowest=0, highest=MOST_PERSONS):
        """A whole number, also written 7.0 as some programs save it."""
        text = self.text(column)
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or not lowest <= (number := int(text.partition(".")[0])) <= highest:
            said = gettext("This is no whole number from %(lowest)d to %(highest)d.")
            self.note(column, said % {"lowest": lowest, "highest": highest})
            return None
        return number

    def code(self, column, known):
        """The value for a number of a closed list; `known` maps numbers to values."""
        number = self.whole(column, lowest=-1, highest=999)
        if number is None:
            return None
        if number not in known:
            self.note(column, gettext("This code is not in the list; known are %(codes)s.") % {"codes": _listed(known)})
            return None
        return known[number]

    def day(self, column, *, is_american=False):
        """A day in any of the usual spellings; days before 1893 and after 2200 are slips."""
        text = self.text(column)
        if not text:
            return None
        found = _day(text, is_american)
        if found is None:
            self.note(column, gettext("This is no day of the calendar; write it as 2024-03-18."))
        elif not FIRST_YEAR <= found.year <= LAST_YEAR:
            said = gettext("The year lies outside %(first)d to %(last)d; write the day as 2024-03-18.")
            self.note(column, said % {"first": FIRST_YEAR, "last": LAST_YEAR})
            return None
        return found

    def degrees(self, column, most):
        """Degrees from -most to most, with a decimal point or comma."""
        text = self.text(column)
        if not text:
            return None
        if not _DEGREES.fullmatch(text) or abs(degrees := float(text.replace(",", "."))) > most:
            said = gettext("These are no degrees from -%(most)d to %(most)d, written 33.34.")
            self.note(column, said % {"most": most})
            return None
        return degrees

    def point(self, latitude="latitude", longitude="longitude", country="country"):
        """(latitude, longitude) or (None, None); half a point is refused, one far outside the country is told of."""
        before = len(self.problems)
        north, east = self.degrees(latitude, 90), self.degrees(longitude, 180)
        if len(self.problems) == before and (north is None) != (east is None):
            missing = latitude if north is None else longitude
            self.note(missing, gettext("It is empty although the other coordinate is given; give both or none."))
        if north is None or east is None:
            return None, None
        if said := whereabouts.doubt(self.text(country), north, east):
            self.problems.append(Problem(self.line, latitude, f"{north}, {east}", said, refuses=False))
        return north, east


def _day(text, is_american):
    if match := _ISO.fullmatch(text):
        return _made(*map(int, match.groups()))
    if match := _SLASHED.fullmatch(text):
        first, second, year = map(int, match.groups())
        return _made(year, first, second) if is_american else _made(year, second, first)
    for form in _WORDED:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _made(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _listed(known):
    return ", ".join(str(number) for number in sorted(known))
