"""R7: the toll of an incident, from many accounts of it. Sum within one account, range across accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from events.choices import (
    CREDIBILITY_RANK,
    RELIABILITY_RANK,
    Aspect,
    Demographic,
    Directness,
    Outcome,
    Qualifier,
    Scope,
    SpeechAct,
    Stance,
    VictimCategory,
)
from events.rules import accounts, eligibility, independence
from events.rules.accounts import Account
from events.rules.facts import Figure

# What a vague word means at least; a published convention, so that "dozens" is the same number everywhere.
VAGUE_LOWS = {
    Qualifier.SOME: 2,
    Qualifier.SEVERAL: 3,
    Qualifier.TENS: 20,
    Qualifier.DOZENS: 24,
    Qualifier.HUNDREDS: 200,
}


@dataclass(frozen=True)
class OutcomeToll:
    """All figures of one outcome. `by_category` has every category; `by_party` and `subsets` what accounts name."""

    total: Figure
    by_category: Mapping[str, Figure]
    excluding_perpetrators: Figure
    by_party: Mapping[str, Figure]
    subsets: Mapping[str, Figure]  # women, children …: part of the figures above, never added to them


def bounds(qualifier, low_number=None, high_number=None):
    """(low, best, high, open_upper) that follow from a worded number; best is None unless it was stated."""
    number = low_number if low_number is not None else high_number
    if qualifier == Qualifier.NONE:
        return (0, 0, 0, False)
    if qualifier in VAGUE_LOWS:
        return (VAGUE_LOWS[qualifier], None, None, True)
    if number is None or qualifier == Qualifier.UNKNOWN:
        return (None, None, None, False)
    if qualifier == Qualifier.AT_LEAST:
        return (number, None, None, True)
    if qualifier == Qualifier.AT_MOST:
        return (0, None, high_number if high_number is not None else number, False)
    if qualifier == Qualifier.ABOUT:
        return (None, number, None, False)
    if qualifier == Qualifier.RANGE:
        if low_number is not None and high_number is not None:
            return (min(low_number, high_number), None, max(low_number, high_number), False)
        return (low_number, None, high_number, False)
    return (number, number, number, False)


def with_bounds(line):
    """The line with the bounds of its words, where it came without any number."""
    if (line.low, line.best, line.high) != (None, None, None):
        return line
    low, best, high, open_upper = bounds(line.qualifier)
    return replace(line, low=low, best=best, high=high, open_upper=line.open_upper or open_upper)


def tolls(facts, headline_perpetrators=()):
    """Mapping of every outcome to its OutcomeToll. headline_perpetrators: actor keys, none if the headline is null."""
    return {outcome: _toll(facts, outcome, headline_perpetrators) for outcome in Outcome.codes()}


def current_accounts(facts, outcome):
    """The claimants' eligible accounts of an outcome, by claim key, less preliminary ones that are overtaken (R7.3)."""
    every = [account for account in _accounts(facts, outcome) if not _is_assessment(account)]
    return [account for account in every if not _is_overtaken(account, every, facts)]


def _toll(facts, outcome, headline_perpetrators):
    given = current_accounts(facts, outcome)
    judged = [account for account in _accounts(facts, outcome) if _is_assessment(account)]
    # With no account to judge, the editors' own figure is all there is.
    given = given or judged
    parties = sorted(set().union(*(account.parties for account in given + judged)))
    others = _without_perpetrators(given, headline_perpetrators, facts)
    judged_others = _without_perpetrators(judged, headline_perpetrators, facts)
    subsets = {
        code: _range(given, judged, lambda account, code=code: accounts.demographic(account, code))
        for code in Demographic.codes()
        if any(accounts.demographic(account, code) for account in given) and code != Demographic.ANY
    }
    return OutcomeToll(
        total=_total(given, judged),
        by_category={code: _category(given, judged, code) for code in accounts.CATEGORIES},
        excluding_perpetrators=_total(others, judged_others),
        by_party={key: _party(given, judged, key) for key in parties},
        subsets=subsets,
    )


def _accounts(facts, outcome):
    found = []
    for claim in eligibility.eligible(facts.claims):
        if claim.aspect != Aspect.CASUALTIES or claim.stance != Stance.ASSERTS:
            continue
        lines = [
            with_bounds(line)
            for line in claim.lines
            if line.outcome == outcome and line.directness == Directness.DIRECT
        ]
        if lines:
            found.append(Account(claim, tuple(sorted(lines, key=repr))))
    return _with_common_parties(found, facts)


def _with_common_parties(found, facts):
    """The accounts with each party named by the widest body on its chain that any of them names.

    Else "Pakistan: 58" and "Pakistani army: 23" would stand in two cells, and a sum over parties count people twice.
    Where one account names both, the narrower line breaks down the wider one.
    """
    named = sorted(set().union(*(account.parties for account in found)))
    widest = {key: _widest(key, named, facts) for key in named}
    if all(key == body for key, body in widest.items()):
        return found
    return [replace(account, lines=tuple(_under(line, widest, account) for line in account.lines)) for account in found]


def _widest(key, named, facts):
    above = independence.ancestors(key, facts.relations, facts.span, independence.CHAIN_RELATIONS)
    candidates = [other for other in named if other in above]
    reach = {
        other: len(independence.ancestors(other, facts.relations, facts.span, independence.CHAIN_RELATIONS))
        for other in candidates
    }
    return min(candidates, key=lambda other: (reach[other], other))


def _under(line, widest, account):
    body = widest.get(line.party)
    if body is None or body == line.party:
        return line
    is_stated = any(other.party == body and other.category == line.category for other in account.lines)
    return replace(line, party=body, is_subset=line.is_subset or is_stated)


def _is_assessment(account):
    return account.claim.speech_act == SpeechAct.EDITORIAL_ASSESSMENT


def _is_overtaken(account, every, facts):
    """Only a numeric final account of as much of the incident overtakes; "several" would lose what was known."""
    return account.claim.preliminary and any(
        not other.claim.preliminary
        and other.claim.scope in (account.claim.scope, Scope.WHOLE_INCIDENT)
        and not accounts.add(other.counted).is_vague
        and independence.independent(account.claim, other.claim, facts.relations, facts.span)
        for other in every
    )


def _total(given, judged):
    """R7.5: the range over accounts of the whole; where nobody tells the whole, the sum over its cells."""
    whole = [account for account in given if account.is_whole and _number(accounts.total(account))]
    if whole:
        return _range(whole, judged, accounts.total)
    cells = [figure for figure in _partition(given) if figure.claims]
    if len(cells) < 2:
        return replace(cells[0], composite=True) if cells else Figure()
    composite = _sum(cells)
    best = _best([], judged, accounts.total)
    if best is None:
        return composite
    keys = tuple(sorted({*composite.claims, *(account.claim.key for account in judged)}))
    return replace(composite, best=_clamp(best, composite.low, composite.high), claims=keys)


def _partition(given):
    """The cells that divide the people between them: parties if every line names one, else categories."""
    lines = [line for account in given for line in account.counted]
    if lines and all(line.party for line in lines):
        return [_party(given, [], key) for key in sorted({line.party for line in lines})]
    cells = [_category(given, [], code) for code in accounts.CATEGORIES]
    if any(cell.claims for cell in cells):
        return cells
    return [_range(given, [], accounts.total)]


def _category(given, judged, code):
    return _range(given, judged, lambda account: accounts.category(account, code))


def _party(given, judged, key):
    return _range(given, judged, lambda account: accounts.party(account, key))


def _without_perpetrators(given, perpetrators, facts):
    """R7.7: the accounts less militants and the people of the headline perpetrator."""

    def is_removed(line):
        return line.category == VictimCategory.MILITANT or any(
            line.party and independence.on_one_chain(line.party, key, facts.relations, facts.span)
            for key in perpetrators
        )

    reduced = [accounts.without(account, is_removed) for account in given]
    if any(is_removed(line) and (line.low or line.best) for account in given for line in _telling(account)):
        # Once somebody counts perpetrators among the victims, a bare total no longer tells how many were others.
        return [after for before, after in zip(given, reduced, strict=True) if _breaks_down(before)]
    return reduced


def _breaks_down(account):
    return any(line.category != VictimCategory.ALL or line.party for line in _telling(account))


def _telling(account):
    """The lines that say who was harmed; those that only tell the women or children among them do not."""
    return [line for line in account.lines if not line.is_subset or line.demographic == Demographic.ANY]


def _range(given, judged, stated_by):
    """R7.2 and R7.4: the Figure over what the accounts state for one cell. stated_by(account) → Stated or None.

    An account of a part can only raise the figure: it sets the low end and the best only where nobody tells more.
    """
    stated = [(account, stated_by(account)) for account in given]
    stated = [(account, numbers) for account, numbers in stated if _number(numbers)]
    stated = [pair for pair in stated if not pair[1].is_vague] or stated
    if not stated:
        return Figure()
    fuller = [pair for pair in stated if not pair[0].is_partial] or stated
    low = _low([numbers for _, numbers in fuller])
    largest = [numbers.largest for _, numbers in stated if numbers.largest is not None]
    high = max(largest) if largest else None
    holders = [numbers for _, numbers in stated if numbers.largest == high] if largest else [n for _, n in stated]
    best = _best(fuller, judged, stated_by)
    open_upper = any(numbers.open_upper for numbers in holders)
    if None not in (low, high) and high < low:
        # Only an account of a part states a number, below what a vague word about the whole means at least.
        high, open_upper = None, True
    behind = {account.claim.key for account, _ in stated}
    behind |= {account.claim.key for account in judged if _number(stated_by(account))}
    return Figure(
        low=low,
        best=_clamp(best, low, high),
        high=high,
        open_upper=open_upper,
        claims=tuple(sorted(behind)),
    )


def _low(stated):
    """The smallest low; beside a stated low, "about 20" counts as 20, but alone it sets no lower bound."""
    if all(numbers.low is None for numbers in stated):
        return None
    floors = [numbers.low if numbers.low is not None else numbers.best for numbers in stated]
    return min(floor for floor in floors if floor is not None)


def _best(stated, judged, stated_by):
    """R7.6: the editors' assessment, else the best of the most credible claims if those agree."""
    assessed = [(account, stated_by(account)) for account in judged]
    assessed = [(account, numbers) for account, numbers in assessed if numbers and numbers.best is not None]
    pairs = assessed or stated
    if not pairs:
        return None
    top = min(_rank(account.claim) for account, _ in pairs)
    tied = [numbers for account, numbers in pairs if _rank(account.claim) == top]
    if any(a.is_disjoint_from(b) for index, a in enumerate(tied) for b in tied[index + 1 :]):
        return None
    return min((numbers.best for numbers in tied if numbers.best is not None), default=None)


def _rank(claim):
    worst = len(CREDIBILITY_RANK)
    return (CREDIBILITY_RANK.get(claim.credibility, worst), RELIABILITY_RANK.get(claim.reliability, worst))


def _sum(figures):
    lows = [figure.low for figure in figures if figure.low is not None]
    bests = [figure.best for figure in figures]
    highs = [figure.high for figure in figures]
    if any(high is not None for high in highs):
        # A cell known only by a vague word still holds at least its low.
        high = sum(figure.high if figure.high is not None else figure.low or 0 for figure in figures)
    else:
        high = None
    return Figure(
        low=sum(lows) if lows else None,
        best=None if None in bests else sum(bests),
        high=high,
        open_upper=any(figure.open_upper for figure in figures),
        composite=True,
        claims=tuple(sorted({key for figure in figures for key in figure.claims})),
    )


def _clamp(best, low, high):
    if best is None:
        return None
    best = best if low is None else max(best, low)
    return best if high is None else min(best, high)


def _number(stated):
    return stated is not None and stated.has_number
