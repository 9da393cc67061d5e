"""R7.1: what one casualty account, by itself, states for a category, a party or the whole of one outcome."""

from dataclasses import dataclass, replace

from events.choices import VAGUE_QUALIFIERS, Demographic, Qualifier, Scope, VictimCategory
from events.rules.facts import ClaimFact, LineFact

CATEGORIES = tuple(code for code in VictimCategory.codes() if code != VictimCategory.ALL)


@dataclass(frozen=True)
class Stated:
    """The numbers of one account for one cell."""

    low: int | None
    best: int | None
    ceiling: int | None  # nobody can be beyond it; None when the account sets no such bound ("about", "at least")
    largest: int | None  # the largest number that it states, also where that is no bound
    open_upper: bool
    is_vague: bool  # only vague words, or no usable number (R7.2)

    @property
    def has_number(self):
        return any(number is not None for number in (self.low, self.best, self.largest))

    @property
    def is_positive(self):
        return bool(self.low or self.best)

    def is_disjoint_from(self, other):
        """Whether no number fits both: an open or missing end reaches infinity; "none" excludes anyone at all."""
        nobody_or_some = self.is_nobody and other.is_positive or other.is_nobody and self.is_positive
        return nobody_or_some or _is_below(self, other) or _is_below(other, self)

    @property
    def is_nobody(self):
        return self.ceiling == 0


NOBODY = Stated(0, 0, 0, 0, False, False)


@dataclass(frozen=True)
class Account:
    """The direct lines of one claim on one outcome."""

    claim: ClaimFact
    lines: tuple[LineFact, ...]

    @property
    def is_whole(self):
        return self.claim.scope == Scope.WHOLE_INCIDENT

    @property
    def is_partial(self):
        return self.claim.scope == Scope.PARTIAL

    @property
    def parties(self):
        return {line.party for line in self.lines if line.party}

    @property
    def counted(self):
        """The lines that add: those that break down no other line."""
        return [line for line in self.lines if not line.is_subset]

    @property
    def all_lines(self):
        """The explicit total, as it was said; normally one line."""
        return [line for line in self.counted if _is_plain(line) and line.category == VictimCategory.ALL]


def category(account, code):
    """What the account states for one category, or None. An exhaustive account of the whole states 0 for the rest."""
    lines = [line for line in account.counted if line.category == code]
    if lines:
        return add(_without_breakdowns(lines))
    if account.all_lines:
        # "13 killed, of whom 6 militants": the subset line states its category without adding to the total.
        breakdown = [line for line in account.lines if line.is_subset and _is_plain(line) and line.category == code]
        if breakdown:
            return add(breakdown)
        if add(account.all_lines).is_nobody:
            return NOBODY
    breaks_down = any(line.category != VictimCategory.ALL for line in account.counted)
    return NOBODY if account.is_whole and account.claim.is_exhaustive and breaks_down else None


def party(account, key):
    """What the account states for the people of one party, or None."""
    lines = [line for line in account.counted if line.party == key] or [
        line for line in account.lines if line.party == key and line.demographic == Demographic.ANY
    ]
    if lines:
        by_category = [line for line in lines if line.category != VictimCategory.ALL]
        everyone = [line for line in lines if line.category == VictimCategory.ALL]
        return add(_without_breakdowns(everyone or by_category))
    return NOBODY if account.all_lines and add(account.all_lines).is_nobody else None


def demographic(account, code):
    """What the account states for women, children, men or the elderly, or None; it informs and never adds."""
    lines = [line for line in account.lines if line.demographic == code]
    return add(_without_breakdowns(lines)) if lines else None


def total(account):
    """The explicit total, else the sum of the categories; None when the account has neither."""
    if account.all_lines:
        return add(account.all_lines)
    by_category = [line for line in account.counted if line.category != VictimCategory.ALL]
    lines = _settled(by_category)
    everyone = [line for line in account.counted if line.category == VictimCategory.ALL]
    if not lines:
        lines = _without_breakdowns(everyone)
    elif all(line.party for line in by_category):
        # "Own forces 23, opponents at least 200": the parties divide the total, each with or without a category.
        divided = {line.party for line in by_category}
        lines += [line for line in everyone if line.party and line.party not in divided]
    return add(lines) if lines else None


def without(account, is_removed):
    """The account less the lines that `is_removed(line)`; what sums them up is lessened by them.

    An exhaustive account of the whole that is left without lines states that nobody else was harmed.
    """
    removed = [line for line in account.lines if is_removed(line)]
    if not removed:
        return account
    kept = [line for line in account.lines if not is_removed(line)]
    for code in CATEGORIES:
        kept = _lessened(kept, code, [line for line in removed if line.category == code])
    kept = _lessened(kept, VictimCategory.ALL, removed)
    is_emptied = all(line.is_subset for line in kept) and not all(line.is_subset for line in removed)
    if is_emptied and account.is_whole and account.claim.is_exhaustive:
        zero = Qualifier.NONE
        kept = [*kept, LineFact(removed[0].outcome, VictimCategory.ALL, low=0, best=0, high=0, qualifier=zero)]
    return replace(account, lines=tuple(kept))


def add(lines):
    """The sum of lines: lows of those that have one, bests if all are known, largest numbers, open if any is open."""
    stated = [_of_line(line) for line in lines]
    lows = [part.low for part in stated if part.low is not None]
    if all(part.is_vague for part in stated):
        largest = _sum_of_all([part.largest for part in stated])
    else:
        # A vague part adds at least its lower bound: "7 soldiers and several civilians" is 10 or more.
        largest = sum(part.largest if part.largest is not None else part.low or 0 for part in stated)
    return Stated(
        low=sum(lows) if lows else None,
        best=_sum_of_all([part.best for part in stated]),
        ceiling=_sum_of_all([part.ceiling for part in stated]),
        largest=largest,
        # A line without any number hides somebody, so a sum over it has no upper end.
        open_upper=any(part.open_upper or (len(stated) > 1 and not part.has_number) for part in stated),
        is_vague=all(part.is_vague for part in stated),
    )


def _of_line(line):
    is_vague = line.qualifier in VAGUE_QUALIFIERS or (line.low is None and line.best is None)
    known = [number for number in (line.low, line.best, line.high) if number is not None]
    return Stated(
        low=line.low,
        best=line.best,
        ceiling=None if line.open_upper else line.high,
        largest=line.high if is_vague else max(known),
        open_upper=line.open_upper,
        is_vague=is_vague,
    )


def _is_plain(line):
    return line.party is None and line.demographic == Demographic.ANY


def _without_breakdowns(lines):
    """The lines that make up one category: its own line, else each party's own line, else what there is."""
    own = [line for line in lines if _is_plain(line)]
    if own:
        return own
    chosen = []
    for key in sorted({line.party or "" for line in lines}):
        of_party = [line for line in lines if (line.party or "") == key]
        chosen += [line for line in of_party if line.demographic == Demographic.ANY] or of_party
    return chosen


def _lessened(kept, code, removed):
    """The kept lines with the plain line of a category (or of all) reduced by the removed lines that it sums up."""
    own = [line for line in kept if _is_plain(line) and line.category == code and not line.is_subset]
    parts = [line for line in removed if line.demographic == Demographic.ANY]
    parts = [line for line in parts if not line.is_subset] or parts
    if not own or not parts:
        return kept
    rest = [line for line in kept if line not in own]
    within = [line for line in rest if not line.is_subset and code in (VictimCategory.ALL, line.category)]
    floor = add(_settled(within)).low or 0 if within else 0
    return [*rest, _remainder(add(own), add(_settled(parts)), floor, own[0])]


def _remainder(whole, gone, floor, pattern):
    """What is left of `whole` without `gone`, never below `floor`: a line of the outcome and category of `pattern`."""
    low = None if whole.low is None else max(floor, whole.low - gone.ceiling if gone.ceiling is not None else 0)
    best = None if None in (whole.best, gone.best) else max(floor, whole.best - gone.best)
    high = None if whole.largest is None else max(whole.largest - (gone.low or 0), low or 0, best or 0)
    qualifier = Qualifier.SOME if whole.is_vague else Qualifier.RANGE
    return LineFact(pattern.outcome, pattern.category, low, best, high, whole.open_upper, qualifier)


def _settled(lines):
    """The lines that make up several categories together."""
    codes = sorted({str(line.category) for line in lines})
    return [line for code in codes for line in _without_breakdowns([one for one in lines if one.category == code])]


def _is_below(a, b):
    return a.ceiling is not None and b.low is not None and a.ceiling < b.low


def _sum_of_all(numbers):
    return None if None in numbers else sum(numbers)
