"""The claims table: what each claimant says about each point, side by side, and where two of them differ."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_lazy

from events.choices import Aspect, Demographic, Directness, Outcome, Part, Side, Stance, VictimCategory
from events.rules import wording

ROW_LABELS = {
    Aspect.OCCURRENCE: gettext_lazy("Whether it happened"),
    Aspect.WEAPON: gettext_lazy("How"),
    Aspect.MOTIVE: gettext_lazy("Why"),
}


@dataclass(frozen=True)
class Column:
    claimant: object


@dataclass(frozen=True)
class SideGroup:
    """A side with the claimants that stand on it, next to each other."""

    side: str
    columns: list

    @property
    def width(self):
        return len(self.columns)


@dataclass
class Entry:
    """One claim in one cell. `line` is the casualty line it contributes there, None for other aspects."""

    said: object
    words: str
    line: dict | None = None
    differs: bool = False


@dataclass
class Cell:
    claimant: object
    entries: list = field(default_factory=list)

    @property
    def differs(self):
        return any(entry.differs for entry in self.entries)


@dataclass(frozen=True)
class Row:
    label: str
    aspect: str
    cells: list
    is_part: bool = False  # it breaks down the row above it


@dataclass(frozen=True)
class Table:
    sides: list
    rows: list
    claims: list  # those that stand in a cell, in the order of the page

    @property
    def columns(self):
        return [column for side in self.sides for column in side.columns]


def table(found, document):
    """The Table of a list of claims.Said; claims that back links have no row here, they stand with their link."""
    found = [said for said in found if said.aspect not in (Aspect.LINK, Aspect.RELATION)]
    sides = _sides(found)
    columns = [column.claimant.key for side in sides for column in side.columns]
    entries = {}
    for said in found:
        for key, entry in _entries(said):
            entries.setdefault(key, []).append(entry)
    _mark_differences(entries, document["headline"]["contested"])
    claimants = {said.claimant.key: said.claimant for said in found}
    labels = _labels(entries, document["actors"])
    return Table(
        sides=sides,
        rows=[_row(key, labels[key], entries[key], columns, claimants) for key in sorted(entries, key=_order)],
        claims=found,
    )


def _sides(found):
    claimants = {said.claimant.key: said.claimant for said in found}
    groups = [(side, [Column(one) for one in claimants.values() if one.side == side]) for side in Side]
    return [SideGroup(side.value, columns) for side, columns in groups if columns]


def _entries(said):
    """Pairs of (row key, Entry): one per casualty line, else one for the claim."""
    if said.aspect != Aspect.CASUALTIES:
        return [((said.aspect, said.data["part"]), Entry(said, said.words))]
    return [
        (
            (
                said.aspect,
                line["outcome"],
                line["category"],
                line["party"] or "",
                line["demographic"],
                line["directness"],
            ),
            Entry(said, _told(said, line), line),
        )
        for line in said.data["lines"]
    ]


def _told(said, line):
    number = wording.number(line)
    if not said.is_denial:
        return number
    stance = gettext(Stance.label_of(said.data["stance"]))
    return gettext("%(stance)s: %(words)s") % {"stance": stance, "words": number}


def _row(key, label, entries, columns, claimants):
    aspect = key[0]
    cells = {column: Cell(claimants[column]) for column in columns}
    for entry in entries:
        cells[entry.said.claimant.key].entries.append(entry)
    is_part = aspect == Aspect.CASUALTIES and key[4] != Demographic.ANY
    return Row(label=label, aspect=aspect, cells=list(cells.values()), is_part=is_part)


def _label(aspect, part):
    if part and part not in (Part.PERPETRATOR, Part.TARGET):
        return gettext(Part.label_of(part))
    return str(ROW_LABELS[aspect]) if aspect in ROW_LABELS else gettext(Aspect.label_of(aspect))


def _labels(keys, actors):
    """Row key → label; the category stands beside a party only where the party alone would not tell two rows apart."""
    tolls = [key for key in keys if key[0] == Aspect.CASUALTIES]
    short = {key: _toll_label(key, actors) for key in tolls}
    twice = {label for label in short.values() if list(short.values()).count(label) > 1}
    labels = {key: _toll_label(key, actors, in_full=label in twice) for key, label in short.items()}
    return labels | {key: _label(*key) for key in keys if key[0] != Aspect.CASUALTIES}


def _toll_label(key, actors, *, in_full=False):
    _, outcome, category, party, demographic, directness = key
    who = gettext(VictimCategory.label_of(category)).lower()
    if party:
        name = wording.actor_name(party, actors)
        who = gettext("%(party)s, %(category)s") % {"party": name, "category": who} if in_full else name
    if demographic != Demographic.ANY:
        people = gettext(Demographic.label_of(demographic)).lower()
        who = gettext("%(who)s: %(people)s") % {"who": who, "people": people}
    is_indirect = directness == Directness.INDIRECT
    said = gettext("%(outcome)s, indirectly: %(who)s") if is_indirect else gettext("%(outcome)s: %(who)s")
    return said % {"outcome": gettext(Outcome.label_of(outcome)), "who": who}


def _order(key):
    """Rows in the order of the lists: aspects, then outcomes, then all together before categories before parties."""
    aspects = list(Aspect.codes())
    if key[0] != Aspect.CASUALTIES:
        parts = ["", *Part.codes()]
        return (aspects.index(key[0]), parts.index(key[1]))
    _, outcome, category, party, demographic, directness = key
    categories = [VictimCategory.ALL.value, *VictimCategory.codes()]
    return (
        aspects.index(key[0]),
        Outcome.codes().index(outcome),
        categories.index(category),
        party,
        Demographic.codes().index(demographic),
        directness,
    )


def _mark_differences(entries, contested):
    """Mark the cells behind a contested aspect: of two casualty accounts only the rows in which they part, if any."""
    pairs = {(contest["aspect"], *pair) for contest in contested for pair in contest["pairs"]}
    for aspect, first, second in pairs:
        theirs = [
            (key, [one for one in found if one.said.uid == first], [one for one in found if one.said.uid == second])
            for key, found in entries.items()
            if key[0] == aspect
        ]
        parting = [row for row in theirs if aspect == Aspect.CASUALTIES and _part(row[1], row[2])]
        for _, one, other in parting or theirs:
            for entry in (*one, *other):
                entry.differs = True


def _part(one, other):
    """Whether two accounts give numbers for this row that cannot both hold."""
    return any(_apart(mine.line, yours.line) for mine in one for yours in other)


def _apart(one, other):
    (low_a, high_a), (low_b, high_b) = _bounds(one), _bounds(other)
    return high_a < low_b or high_b < low_a


def _bounds(line):
    low = next((number for number in (line["low"], line["best"]) if number is not None), 0)
    is_open = line["open_upper"] or line["high"] is None
    return low, float("inf") if is_open else line["high"]
