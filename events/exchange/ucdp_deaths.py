"""The dead of an incident in UCDP's terms: one total with a range, of which each goes to a side, to civilians or to nobody.

`deaths_a + deaths_b + deaths_civilians + deaths_unknown` is always `best`, as in UCDP's files.
"""

from dataclasses import dataclass

from events.choices import VictimCategory
from events.exchange import ucdp_parties as parties
from events.exchange.ucdp_parties import Kind
from events.exchange.ucdp_sides import ONE_SIDED

CHECK_DEATHS = "deaths"
# The dead that count to a party of each kind.
_FORCES = {Kind.GOVERNMENT: VictimCategory.SECURITY_FORCES, Kind.GROUP: VictimCategory.MILITANT}


@dataclass(frozen=True, slots=True)
class Deaths:
    a: int
    b: int
    civilians: int
    unknown: int
    best: int
    low: int
    high: int
    is_checked: bool  # no best figure, an open end, or categories that do not fit the total

    @property
    def checks(self):
        return (CHECK_DEATHS,) if self.is_checked else ()


def best(figure):
    """What stands as the best figure of a toll: the best one, else the lowest; None when nobody knows."""
    return figure["best"] if figure["best"] is not None else figure["low"]


def deaths(killed, sides, document):
    """Deaths from the `killed` part of a headline, whose total is above zero."""
    total = killed["total"]
    most = best(total)
    number = _number(total["best"] is not None)
    civilians = number(killed["by_category"][VictimCategory.CIVILIAN])
    a = _of_side(sides.a, sides.b, sides, killed, number, document)
    b = _of_side(sides.b, sides.a, sides, killed, number, document)
    fits = a + b + civilians <= most
    if not fits:  # rival accounts of who they were: the total stands, and nobody knows of whom
        a = b = civilians = 0
    low = most if total["low"] is None else min(total["low"], most)
    high = most if total["high"] is None else max(total["high"], most)
    is_checked = total["best"] is None or total["open_upper"] or not fits
    return Deaths(a, b, civilians, most - a - b - civilians, most, low, high, is_checked)


def _number(is_best_known):
    """How a figure is read beside that total: the bests if they are what the total is made of, else the lows."""
    return lambda figure: (best(figure) if is_best_known else figure["low"]) or 0


def _of_side(side, other, sides, killed, number, document):
    """The dead of one side: its category, or what accounts give its party where both sides draw on one category."""
    category = _category(side, sides)
    if category is None:
        return 0
    by_party = [(parties.party(slug, document), number(figure)) for slug, figure in killed["by_party"].items()]
    if _category(other, sides) == category:
        return sum(count for party, count in by_party if party.is_same_as(side))
    others = sum(count for party, count in by_party if _is_third(party, side, category))
    return max(0, number(killed["by_category"][category]) - others)


def _category(side, sides):
    if side.kind == Kind.UNKNOWN:  # against a government it is a group; in an attack on civilians nobody knows
        return None if sides.type == ONE_SIDED else VictimCategory.MILITANT
    return _FORCES.get(side.kind)


def _is_third(party, side, category):
    """Whether a party of this category is surely another one than the side: the forces of another government."""
    return party.kind == Kind.GOVERNMENT and _FORCES[party.kind] == category and not party.is_same_as(side)
