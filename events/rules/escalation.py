"""R12 over several days: the highest level in any seven of them, and level 9, which no single incident has.

Level 9 stands on a day when strikes of level 7 or above fell on three days of the seven that end with it, and two states
made at least one of them each. A declaration of war would make it too; no word of the lists stands for one.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

DAYS = 7  # of the window that ends with a day
STRIKE, STRIKE_DAYS, STATES = 7, 3, 2
HIGHEST = 9


@dataclass(frozen=True)
class Level:
    """The level of one incident on the day when it began. `state` is the country of the state that did it, or ""."""

    day: date
    level: int
    state: str = ""


@dataclass(frozen=True)
class Stretch:
    """Days, both ends inclusive, on which the highest level of the seven that end with each is the same.

    `level` is None where nothing with a level began in them.
    """

    first: date
    last: date
    level: int | None


def rolling(levels, first, last):
    """List of Stretch that covers every day from `first` to `last`; levels of the six days before `first` count."""
    by_day = defaultdict(list)
    for one in levels:
        by_day[one.day].append(one)
    # Between these days nothing enters the window and nothing leaves it.
    turns = {first.toordinal()} | {day.toordinal() + number for day in by_day for number in range(DAYS + 1)}
    turns = sorted(turn for turn in turns if first.toordinal() <= turn <= last.toordinal())
    found = []
    for level, same in groupby(turns, lambda turn: _level(_window(by_day, turn))):
        begin = date.fromordinal(next(same))
        if found:
            found[-1] = Stretch(found[-1].first, begin - timedelta(1), found[-1].level)
        found.append(Stretch(begin, last, level))
    return found


def _window(by_day, ordinal):
    """The Levels of the seven days that end with this one; the calendar begins with day 1."""
    days = (date.fromordinal(number) for number in range(max(1, ordinal - DAYS + 1), ordinal + 1))
    return [one for day in days for one in by_day.get(day, ())]


def _level(window):
    if not window:
        return None
    strikes = [one for one in window if one.level >= STRIKE]
    days, states = {one.day for one in strikes}, {one.state for one in strikes} - {""}
    if len(days) >= STRIKE_DAYS and len(states) >= STATES:
        return HIGHEST
    return max(one.level for one in window)
