"""What every reader of a list of places gives: plain values, and the numbers in them read strictly."""

import re
from dataclasses import dataclass

from events.choices import CoordinateBasis, LocationLevel
from events.exchange.rows import Problem
from events.tongue import gettext

BASES = {
    LocationLevel.SETTLEMENT: CoordinateBasis.SETTLEMENT,
    LocationLevel.SITE: CoordinateBasis.SITE,
}  # all others are areas


@dataclass(frozen=True)
class Entry:
    """One place of a list; "" and None are what the list does not say.

    `key` is how other rows of the list call it, `code` its P-code. `sides` are the (country, province) between which a
    crossing lies, as far as the list says them. A point that is `is_approximate` was somebody's guess and is not taken.
    `aliases` are (name, language).
    """

    line: int
    name: str
    level: str
    latitude: float | None
    longitude: float | None
    country_iso: str = ""
    province: str = ""
    province_key: str = ""
    district: str = ""
    district_key: str = ""
    key: str = ""
    code: str = ""
    geonames_id: int | None = None
    population: int | None = None
    time_zone: str = ""
    aliases: tuple = ()
    sides: tuple = ()
    is_crossing: bool = False
    is_approximate: bool = False
    note: str = ""

    @property
    def basis(self):
        if self.latitude is None:
            return CoordinateBasis.NONE.value
        return BASES.get(LocationLevel(self.level), CoordinateBasis.CENTROID).value


@dataclass(frozen=True)
class Skipped:
    """A row that is no place of the kinds which the register keeps; `what` is how the list calls them."""

    line: int
    what: str


@dataclass(frozen=True)
class Name:
    """One more name of a place with a GeoNames number; with `wikidata` no name, but the number there."""

    line: int
    geonames_id: int
    text: str
    language: str = ""
    is_former: bool = False
    wikidata: str = ""


def degrees(line, column, text, most):
    """A latitude (`most` 90) or longitude (180), None where it is empty, or the Problem with it."""
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = most + 1
    if abs(found) <= most:
        return found
    said = gettext("This is no number of degrees from -%(most)d to %(most)d, such as 33.5.")
    return Problem(line, column, text[:80], said % {"most": most})


def number(line, column, text):
    """A whole number above 0, None for none and for 0, which means unknown; or the Problem with it."""
    whole = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text)
    if not text or whole:
        return int(whole[1]) or None if text else None
    return Problem(line, column, text[:80], gettext("This is no whole number, such as 12500."))
