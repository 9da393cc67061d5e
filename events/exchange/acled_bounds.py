"""What a query about ACLED rows says of whole incidents, so that an index can leave most of them out beforehand.

Bounds are never narrower than the query: each row is still compared with it afterwards.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from events.exchange import acled_words as words
from events.exchange.acled_query import BETWEEN, EQUAL, LEAST

MIDDLE = timedelta(days=14)  # the middle of a month stands this much behind its first day


@dataclass(frozen=True)
class Bounds:
    """`countries` are two-letter codes; days are first days of incidents; `since` is Unix time. None: no bound."""

    countries: frozenset | None = None
    first: date | None = None
    last: date | None = None
    since: int | None = None


def bounds(question):
    """Bounds of a Question about events."""
    countries, firsts, lasts, sinces = None, [], [], []
    for group in question.groups:
        if (found := _union([_countries(term) for term in group])) is not None:
            countries = found if countries is None else countries & found
        spans = [_days(term) for term in group]
        firsts += _all([span[0] for span in spans], min)
        lasts += _all([span[1] for span in spans], max)
        sinces += _all([_since(term) for term in group], min)
    first, last = max(firsts, default=None), min(lasts, default=None)
    return Bounds(countries, first and _earlier(first), last, max(sinces, default=None))


def _union(sets):
    return None if any(one is None for one in sets) else frozenset().union(*sets)


def _all(found, choose):
    """[the widest], or nothing if one of them is open."""
    return [] if any(one is None for one in found) else [choose(found)]


def _countries(term):
    if term.operator != EQUAL or term.column not in _HELD:
        return None
    return frozenset(code for code, country in words.COUNTRIES.items() if _HELD[term.column](country) in term.values)


_HELD = {
    "country": lambda country: country.name.casefold(),
    "iso": lambda country: country.iso,
    "region": lambda country: country.region_name.casefold(),
}


def _days(term):
    """(first, last) day that the term leaves; None is open."""
    if term.column == "event_date" and term.operator != "LIKE":
        days = [date.fromisoformat(value) for value in term.values]
    elif term.column == "year" and term.operator != "LIKE":
        if not all(date.min.year <= value <= date.max.year for value in term.values):
            return None, None
        days = [day for value in term.values for day in (date(value, 1, 1), date(value, 12, 31))]
    else:
        return None, None
    has_first, has_last = term.operator in (EQUAL, BETWEEN, ">", LEAST), term.operator in (EQUAL, BETWEEN, "<", "<=")
    return (min(days) if has_first else None), (max(days) if has_last else None)


def _since(term):
    is_bound = term.column == "timestamp" and term.operator in (EQUAL, BETWEEN, ">", LEAST)
    return min(term.values) if is_bound else None


def _earlier(day):
    return day - MIDDLE if day - date.min > MIDDLE else date.min
