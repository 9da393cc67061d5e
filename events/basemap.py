"""The outlines as the map needs them: few long lines in whole numbers, and which of them is the line of two countries."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from events import boundaries

SCALE = 1000  # steps per degree: a step is a tenth of a kilometre
HOME = ("Afghanistan", "Pakistan")
CITIES = (  # (name, longitude, latitude), large ones first: to find one's way, not a record of anything
    ("Kabul", 69.17, 34.53),
    ("Islamabad", 73.05, 33.69),
    ("Karachi", 67.01, 24.86),
    ("Lahore", 74.34, 31.55),
    ("Peshawar", 71.58, 34.01),
    ("Quetta", 67.01, 30.18),
    ("Kandahar", 65.71, 31.61),
    ("Herat", 62.2, 34.35),
    ("Jalalabad", 70.45, 34.43),
    ("Mazar-i-Sharif", 67.11, 36.71),
    ("Khost", 69.92, 33.34),
    ("Zaranj", 61.86, 30.96),
    ("Gwadar", 62.33, 25.12),
    ("Miran Shah", 70.07, 33.0),
    ("Chaman", 66.45, 30.92),
    ("Torkham", 71.09, 34.12),
)
_ISLAND = 0.04  # degrees; what is smaller is a dot on any map of the region
_SLIVER = 3  # points; shorter lines of the neighbours repeat what the two countries' own outlines say


@dataclass(frozen=True)
class Lines:
    """Lines are tuples of (longitude, latitude). Rings of the two countries name lines: n, or ~n for n run backwards."""

    lines: tuple
    frontier: tuple  # numbers of lines
    borders: tuple
    provinces: tuple
    home: tuple  # rings

    def drawn(self, kind):
        return [self.lines[number] for number in getattr(self, kind)]

    def rings(self):
        return [boundaries.along(ring, self.lines) for ring in self.home]


@cache
def lines():
    arcs, countries, provinces = boundaries.arcs(), *boundaries.geometries().values()
    first, second = (boundaries.used([one for one in countries if one["name"] == name]) for name in HOME)
    frontier, rings, pieces = first & second, [], {}
    for ring in (ring for one in countries if one["name"] in HOME for ring in one["rings"]):
        chains = _chains(ring, frontier)
        rings.append(tuple(_number(tuple(chain), pieces) for chain in chains))
    at_home = list(pieces)
    of_countries, of_provinces = boundaries.used(countries), boundaries.used(provinces)
    outer = [
        part
        for arc in sorted(of_countries - first - second)
        for part in boundaries.without_frame(arcs[arc], boundaries.frame())
    ]
    elsewhere = [line for line in _joined(outer) if len(line) > _SLIVER and _breadth(line) > _ISLAND]
    inner = _joined([arcs[arc] for arc in sorted(of_provinces - of_countries)])
    return Lines(
        lines=(*(boundaries.along(chain, arcs) for chain in at_home), *elsewhere, *inner),
        frontier=tuple(number for number, chain in enumerate(at_home) if _is_in(chain[0], frontier)),
        borders=(
            *(number for number, chain in enumerate(at_home) if not _is_in(chain[0], frontier)),
            *range(len(at_home), len(at_home) + len(elsewhere)),
        ),
        provinces=tuple(range(len(at_home) + len(elsewhere), len(at_home) + len(elsewhere) + len(inner))),
        home=tuple(rings),
    )


@cache
def packed():
    """The same in whole numbers for the browser: of each line the first point, then steps."""
    held = lines()
    return {
        "note": boundaries.NOTE,
        "scale": SCALE,
        "cities": CITIES,
        "lines": [steps(line) for line in held.lines],
        **{name: getattr(held, name) for name in ("frontier", "borders", "provinces", "home")},
    }


def steps(line):
    """A line of (longitude, latitude) in whole numbers for the browser: its first point, then steps to the next ones."""
    whole = [(round(x * SCALE), round(y * SCALE)) for x, y in line]
    found = [*whole[0]]
    for before, after in pairwise(whole):
        if before != after:
            found += [after[0] - before[0], after[1] - before[1]]
    return found


def _is_in(index, arcs):
    return (index if index >= 0 else ~index) in arcs


def _chains(ring, apart):
    """The ring in pieces, broken where it enters and leaves the arcs in `apart`, wherever the file begins it."""
    turns = [at for at in range(len(ring)) if _is_in(ring[at], apart) != _is_in(ring[at - 1], apart)]
    start = turns[0] if turns else 0
    pieces = []
    for index in (*ring[start:], *ring[:start]):
        if pieces and _is_in(index, apart) == _is_in(pieces[-1][-1], apart):
            pieces[-1].append(index)
        else:
            pieces.append([index])
    return pieces


def _number(chain, pieces):
    """The number of a chain in `pieces`, added if it is new; ~number when it stands there the other way round."""
    backwards = tuple(~index for index in reversed(chain))
    if backwards in pieces:
        return ~pieces[backwards]
    return pieces.setdefault(chain, len(pieces))


def _joined(pieces):
    """Pieces that end where another one begins become one line, as far as that goes."""
    by_end, found = {}, {}
    for piece in pieces:
        line = piece
        while line[0] != line[-1]:
            end = next((end for end in (line[-1], line[0]) if by_end.get(end)), None)
            if end is None:
                break
            other = found.pop(by_end[end][0])
            for at in {other[0], other[-1]}:
                by_end[at].remove(id(other))
            head = line if line[-1] == end else line[::-1]
            line = head + (other if other[0] == end else other[::-1])[1:]
        found[id(line)] = line
        for at in {line[0], line[-1]} if line[0] != line[-1] else ():
            by_end.setdefault(at, []).append(id(line))
    return list(found.values())


def _breadth(line):
    xs, ys = zip(*line, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))
