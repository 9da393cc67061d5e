"""When two cells say the same although they are spelt otherwise: 700 and 700.0, a day with and without midnight."""

import re
from decimal import Decimal
from functools import lru_cache

_LONGEST = 45  # a longer cell is neither a number nor a day
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?", re.ASCII)


def plain(cell):
    """One spelling of a cell."""
    return _short(cell) if len(cell) <= _LONGEST else cell.casefold().strip()


@lru_cache(50_000)  # most cells are seen again and again
def _short(cell):
    if _NUMBER.fullmatch(cell):
        return f"{Decimal(cell).normalize():f}"
    if found := _MIDNIGHT.fullmatch(cell):
        return found[1]
    return cell.casefold().strip()
