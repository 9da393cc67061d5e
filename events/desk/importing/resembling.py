"""Whether a row of a file and an incident may be one event: day, kind, place, number of killed and title, as plain facts."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from events import names
from events.choices import LocationLevel, LocationPrecision
from events.desk.likeness import ALIKE, KILOMETRES
from events.rules import contest

APART = 1  # days
CLOSE = 10  # kilometres within which day and kind are enough
FEWEST_DEAD = 3  # by which two rows are told to be one although their place is only known roughly
MARGIN = 3  # killed by which first reports may differ, beside being half of each other
SAME, NEAR, DISTRICT, WITHIN, UNPLACED = "same", "near", "district", "within", ""
EQUAL, SIMILAR, OTHER, UNSAID = "equal", "similar", "other", ""
FINE, BY_DISTRICT, COARSE = range(3)

_FEWEST_WORDS = 3  # of a title that says anything
_BOX = KILOMETRES / 100  # degrees of latitude, a little more than the kilometres
_COARSE_PRECISIONS = (
    LocationPrecision.COUNTRY,
    LocationPrecision.BORDER_SEGMENT,
    LocationPrecision.SEVERAL_PROVINCES,
    LocationPrecision.PROVINCE,
)
_COARSE_LEVELS = (LocationLevel.COUNTRY, LocationLevel.BORDER_SEGMENT, LocationLevel.AREA, LocationLevel.PROVINCE)
_DISTRICT_LEVELS = (LocationLevel.DISTRICT, LocationLevel.SUBDISTRICT)
_PLACE_POINTS = {SAME: 4, NEAR: 3, DISTRICT: 2, WITHIN: 1, UNPLACED: 0}
_TOLL_POINTS = {EQUAL: 3, SIMILAR: 1, UNSAID: 0, OTHER: -2}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as far as comparing needs it; `above` are the primary keys of itself and of what it lies in.

    `pk` is 0 for coordinates whose place no register knows.
    """

    pk: int
    level: str
    district: int | None
    province: int | None
    above: frozenset
    latitude: float | None
    longitude: float | None

    def grain(self, precision):
        """How finely it is known: FINE, BY_DISTRICT or COARSE."""
        if precision in _COARSE_PRECISIONS or self.level in _COARSE_LEVELS:
            return COARSE
        return BY_DISTRICT if precision == LocationPrecision.DISTRICT or self.level in _DISTRICT_LEVELS else FINE


@dataclass(frozen=True, slots=True)
class Killed:
    """What one line says: the lowest and the highest that it may mean, the best or None; whether it counts everybody."""

    low: int
    high: int
    best: int | None
    is_whole: bool


def killed(lines):
    """Tuple of Killed of (low, best, high, is_whole), each with a number: first those that count everybody."""
    found = set()
    for low, best, high, is_whole in lines:
        said = [number for number in (low, best, high) if number is not None]
        found.add(Killed(min(said), max(said), best, is_whole))
    return tuple(sorted(found, key=lambda one: (not one.is_whole, one.low, one.high, one.best or 0)))


@dataclass(frozen=True, slots=True)
class Compared:
    """A row or an incident, days as ordinals; `is_open` whether whoever brought the file sees the incident."""

    pk: int
    title: str
    kind: str
    start: int
    end: int
    spot: Spot | None
    grain: int
    killed: tuple = ()
    is_open: bool = True


def likeness(row, incident):
    """Dict of what speaks for the two being one event, as JSON keeps it; None when it is not enough. Kinds are not asked."""
    days = max(incident.start - row.end, row.start - incident.end, 0)
    placed = _placed(row, incident) if days <= APART else None
    if placed is None:
        return None
    place, kilometres = placed
    is_rough = place in (WITHIN, UNPLACED)
    if is_rough and (days or (place == UNPLACED and not _are_titled_alike(row.title, incident.title))):
        return None
    toll, numbers = tolls(row.killed, incident.killed)
    if is_rough and toll in (OTHER, UNSAID):
        return None
    is_titled = _are_titled_alike(row.title, incident.title)
    if not _is_enough(place, kilometres, toll, numbers, is_titled):
        return None
    return {
        "incident": incident.pk,
        "days": days,
        "place": place,
        "km": None if kilometres is None else round(kilometres, 1),
        "is_same_kind": row.kind == incident.kind,
        "toll": toll,
        "killed": numbers,
        "is_titled": is_titled,
    }


def score(facts):
    """How much speaks for it, to put the likeliest first."""
    is_close = facts["km"] is not None and facts["km"] <= CLOSE
    of_toll = _TOLL_POINTS[facts["toll"]] + 2 * facts["is_titled"]
    return _PLACE_POINTS[facts["place"]] + is_close + of_toll + facts["is_same_kind"] - facts["days"]


def _is_enough(place, kilometres, toll, numbers, is_titled):
    if toll == OTHER:
        return is_titled and place in (SAME, NEAR)
    if place == SAME or (place == NEAR and kilometres <= CLOSE):
        return True
    if place in (NEAR, DISTRICT):
        return toll != UNSAID or is_titled
    is_telling = toll == EQUAL and numbers[0][0] >= FEWEST_DEAD
    return is_telling or is_titled if place == WITHIN else is_telling and is_titled


def _placed(row, incident):
    """(how near, kilometres or None), or None for places that are known to be apart."""
    here, there = row.spot, incident.spot
    if here is None or there is None or LocationLevel.COUNTRY in (here.level, there.level):
        return UNPLACED, None
    grain = max(row.grain, incident.grain)
    if grain == FINE:
        if here.pk and here.pk == there.pk:
            return SAME, None
        if here.latitude is not None and there.latitude is not None:
            return _within_kilometres(here, there)
    if grain != COARSE and here.district and there.district:
        return (DISTRICT, None) if here.district == there.district else None
    if here.province and there.province and here.province != there.province:
        return None
    lies_in = here.pk in there.above or there.pk in here.above
    return (WITHIN if lies_in else UNPLACED), None


def _within_kilometres(here, there):
    if abs(here.latitude - there.latitude) > _BOX:
        return None
    apart = contest.kilometres_between(here, there)
    return (NEAR, apart) if apart <= KILOMETRES else None


def tolls(one, two):
    """(EQUAL, SIMILAR, OTHER or UNSAID, [[low, high] of the one, [low, high] of the other] that say it or None), of Killed.

    Some say that eight were killed and others that eight civilians were: so one that counts everybody is compared with
    all of the other side. Numbers are only held to differ where both count everybody; that nobody was killed in both says
    nothing.
    """
    has_whole = any(line.is_whole for line in (*one[:1], *two[:1]))
    found = UNSAID, None
    for a in one:
        for b in two:
            if not a.high and not b.high or has_whole and not (a.is_whole or b.is_whole):
                continue
            word = _toll(a, b)
            if word == EQUAL:
                return word, _said(a, b)
            if word == OTHER and not (a.is_whole and b.is_whole):
                continue
            if found[1] is None or _TOLL_POINTS[word] > _TOLL_POINTS[found[0]]:
                found = word, [[a.low, a.high], [b.low, b.high]]
    return found


def _toll(a, b):
    if (a.best is not None and a.best == b.best) or (a.low, a.high) == (b.low, b.high):
        return EQUAL
    smaller, larger = (a.high, b.low) if a.high < b.low else (b.high, a.low)
    return SIMILAR if larger < 2 * smaller + MARGIN else OTHER


def _said(a, b):
    """The bounds of two that are equal; of equal bests only these."""
    if a.best is not None and a.best == b.best:
        return [[a.best, a.best], [b.best, b.best]]
    return [[a.low, a.high], [b.low, b.high]]


def _are_titled_alike(one, two):
    (one, words), (two, others) = _folded(one), _folded(two)
    fewest = min(len(words), len(others))
    if fewest < _FEWEST_WORDS or 2 * len(words & others) < fewest:
        return False
    return fuzz.token_set_ratio(one, two) >= ALIKE


@lru_cache(50_000)
def _folded(title):
    """(the title in one spelling, its words)."""
    folded = names.fold(title)
    return folded, frozenset(folded.split())
