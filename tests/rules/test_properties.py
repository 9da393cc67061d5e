"""What holds of any incident whatever is claimed about it."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from events.choices import Aspect, Hedge, Kind, Qualifier, SpeechAct, Stance, TargetNature, Verdict, VictimCategory
from events.rules import accounts, casualties, contest, counting, dates, derive, eligibility, independence
from events.rules.dates import VagueDate
from events.rules.facts import ClaimFact, Span
from tests.rules.builders import AFGHANISTAN, KHOST, MIR_ALI, PAKTIKA, RELATIONS, day, incident, line

few = settings(max_examples=120, deadline=None)
fewer = settings(max_examples=80, deadline=None)

ACTOR_KEYS = ("pakistan", "pakistani_forces", "ispr", "taliban", "taliban_spokesman", "ttp", "hgb", "jfm", "dawn")
days = st.dates(date(2024, 3, 1), date(2024, 3, 31))


def often(usual, *others):
    """Mostly the usual value: most claims are plain, and only some of them odd."""
    return st.sampled_from((usual,) * 2 * len(others) + others)


def _worded_line(outcome, category, numbers, qualifier, **values):
    return line(outcome, category, min(numbers), qualifier, max(numbers), **values)


def lines(**fixed):
    values = {
        "outcome": often("killed", "injured"),
        "category": st.sampled_from(VictimCategory.codes()),
        "numbers": st.tuples(st.integers(0, 60), st.integers(0, 60)),
        "qualifier": st.sampled_from(Qualifier.codes()),
        "party": st.sampled_from((None, None, "pakistan", "pakistani_forces", "taliban", "jfm")),
        "demographic": often("any", "women", "children"),
        "directness": often("direct", "indirect"),
        "is_subset": often(False, True),
    }
    return st.builds(_worded_line, **values | {name: st.just(value) for name, value in fixed.items()})


def claims(key="claim", **fixed):
    values = {
        "aspect": st.sampled_from((*[Aspect.CASUALTIES] * 8, *[Aspect.PERPETRATOR] * 4, *Aspect)),
        "claimant": st.sampled_from((None, *ACTOR_KEYS)),
        "claimant_text": st.sampled_from(("", "an elder", "sources")),
        "stance": often(Stance.ASSERTS, Stance.DENIES, Stance.DOUBTS),
        "attribution": often("named", "office", "anonymous_official", "unnamed"),
        "first_hand": st.sampled_from(("first_hand", "relayed", "unknown")),
        "speech_act": often(SpeechAct.STATEMENT, *SpeechAct),
        "hedge": often(Hedge.NONE, *Hedge),
        "preliminary": often(False, True),
        "verdict": often(Verdict.ACCEPTED, Verdict.REJECTED, Verdict.PENDING),
        "credibility": st.integers(1, 6),
        "reliability": st.sampled_from("ABCDEF"),
        "is_retracted": often(False, True),
        "supersedes": often(None, "claim0", "claim1", "claim2"),
        "part": often("perpetrator", "initiator", "responder", "target"),
        "actor": st.sampled_from(ACTOR_KEYS),
        "place": st.sampled_from((MIR_ALI, PAKTIKA, KHOST, AFGHANISTAN)),
        "span": st.sampled_from((day(16), day(17), Span(date(2024, 3, 11), date(2024, 3, 18)))),
        "code": st.sampled_from((*TargetNature.codes()[:10], "air_strike", "shelling")),
        "text": st.sampled_from(("", "mortar", "rifle")),
        "scope": often("whole_incident", "own_side_only", "partial"),
        "is_exhaustive": often(False, True),
        "lines": st.lists(lines(), max_size=4).map(tuple),
    }
    return st.builds(ClaimFact, key=st.just(key), **values | {name: st.just(value) for name, value in fixed.items()})


def _numbered(found):
    return [replace(claim, key=f"claim{number}") for number, claim in enumerate(found)]


def incidents(most=5, **fixed):
    return st.builds(
        lambda found, **values: incident(*_numbered(found), **values),
        st.lists(claims(**fixed), max_size=most),
        kind=st.sampled_from(Kind.codes()),
        category=often("violent", "measure", "series"),
        place=st.sampled_from((MIR_ALI, PAKTIKA, None)),
        part_places=st.sampled_from(((), (PAKTIKA, KHOST))),
    )


PLAIN = {
    "stance": Stance.ASSERTS,
    "verdict": Verdict.ACCEPTED,
    "is_retracted": False,
    "supersedes": None,
    "hedge": Hedge.NONE,
    "speech_act": SpeechAct.STATEMENT,
}
ACCOUNTS = {**PLAIN, "aspect": Aspect.CASUALTIES}


def figures(headline):
    for toll in headline.tolls.values():
        yield from (toll.total, toll.excluding_perpetrators)
        for cells in (toll.by_category, toll.by_party, toll.subsets):
            yield from cells.values()


@few
@given(incidents(most=4, **ACCOUNTS) | incidents())
def test_figures_are_ordered_and_never_negative(facts):
    for figure in figures(derive.derive(facts)):
        known = [number for number in (figure.low, figure.best, figure.high) if number is not None]

        assert known == sorted(known)
        assert all(number >= 0 for number in known)


@few
@given(incidents(most=4, **ACCOUNTS) | incidents())
def test_a_figure_has_numbers_if_and_only_if_it_has_claims(facts):
    headline = derive.derive(facts)

    for figure in figures(headline):
        is_known = any(number is not None for number in (figure.low, figure.best, figure.high))
        assert is_known == bool(figure.claims)
        assert set(figure.claims) <= set(headline.eligible)


@few
@given(incidents(most=4, **PLAIN) | incidents(), st.data())
def test_the_order_of_claims_lines_and_relations_is_irrelevant(facts, data):
    shuffled = [
        replace(claim, lines=tuple(data.draw(st.permutations(claim.lines))))
        for claim in data.draw(st.permutations(facts.claims))
    ]
    relations = tuple(data.draw(st.permutations(facts.relations)))

    assert derive.derive(replace(facts, claims=tuple(shuffled), relations=relations)) == derive.derive(facts)


@few
@given(incidents())
def test_claims_that_are_not_eligible_change_nothing(facts):
    kept = eligibility.eligible(facts.claims)

    assert derive.derive(replace(facts, claims=kept)) == derive.derive(facts)


@few
@given(
    incidents(most=3, **PLAIN) | incidents(), claims("more"), st.sampled_from(("rejected", "retracted", "superseded"))
)
def test_a_rejected_retracted_or_superseded_claim_changes_nothing(facts, more, fate):
    before = derive.derive(facts)
    if fate == "rejected":
        more = replace(more, verdict=Verdict.REJECTED)
    elif fate == "retracted":
        more = replace(more, is_retracted=True)
    else:
        # It replaces nothing itself: a claim that does would take another with it.
        newest = replace(more, key="newest", supersedes="more", verdict=Verdict.ACCEPTED, is_retracted=False)
        before = derive.derive(replace(facts, claims=(*facts.claims, newest)))
        facts = replace(facts, claims=(*facts.claims, newest))
        more = replace(more, supersedes=None, verdict=Verdict.ACCEPTED, is_retracted=False)

    assert derive.derive(replace(facts, claims=(*facts.claims, more))) == before


@few
@given(incidents(**ACCOUNTS), claims("denial", aspect=Aspect.CASUALTIES, stance=Stance.DENIES, supersedes=None))
def test_denials_add_no_casualties(facts, denial):
    with_denial = replace(facts, claims=(*facts.claims, denial))

    assert derive.derive(with_denial).tolls == derive.derive(facts).tolls


@few
@given(incidents(most=3, **ACCOUNTS), st.data())
def test_breaking_a_toll_down_by_women_and_children_adds_nobody(facts, data):
    more = lines(is_subset=True, demographic="women", party=None)
    detailed = tuple(replace(claim, lines=(*claim.lines, data.draw(more))) for claim in facts.claims if claim.lines)
    plain = replace(facts, claims=tuple(claim for claim in facts.claims if claim.lines))
    after, before = derive.derive(replace(plain, claims=detailed)).tolls, derive.derive(plain).tolls

    for outcome in ("killed", "injured"):
        # An account that had no line of the outcome now has one, but still none that counts.
        assert _numbers(after[outcome].total) == _numbers(before[outcome].total)
        assert _numbers(after[outcome].excluding_perpetrators) == _numbers(before[outcome].excluding_perpetrators)
        for category, figure in after[outcome].by_category.items():
            assert _numbers(figure) == _numbers(before[outcome].by_category[category])


def _numbers(figure):
    return (figure.low, figure.best, figure.high, figure.open_upper)


@few
@given(st.lists(lines(is_subset=False), min_size=1, max_size=5), st.booleans())
def test_a_lone_account_of_plain_categories_is_the_sum_of_its_categories(given_lines, is_exhaustive):
    plain = tuple(
        replace(
            one,
            outcome="killed",
            party=None,
            demographic="any",
            directness="direct",
            qualifier="exact",
            low=n,
            best=n,
            high=n,
            open_upper=False,
        )
        for n, one in enumerate(given_lines)
        if one.category != VictimCategory.ALL
    )
    claim = ClaimFact("a", Aspect.CASUALTIES, "taliban", lines=plain, is_exhaustive=is_exhaustive)
    toll = casualties.tolls(incident(claim))["killed"]

    assert sum(cell.best for cell in toll.by_category.values() if cell.best is not None) == (toll.total.best or 0)
    assert (toll.total.best is None) == (not plain)


@few
@given(st.lists(st.integers(0, 300), min_size=1, max_size=5), st.integers(0, 300))
def test_another_account_only_widens_the_range(numbers, another):
    def total(given_numbers):
        found = [
            ClaimFact(f"k{n}", Aspect.CASUALTIES, claimant_text=f"claimant {n}", lines=(line(number=number),))
            for n, number in enumerate(given_numbers)
        ]
        return casualties.tolls(incident(*found))["killed"].total

    before, after = total(numbers), total([*numbers, another])

    assert after.low == min(before.low, another)
    assert after.high == max(before.high, another)


@few
@given(incidents(most=3, **ACCOUNTS) | incidents())
def test_nobody_reported_is_never_zero(facts):
    """Where no line allows for nobody and no account is exhaustive, no figure does; what is unknown stays null."""
    positive = tuple(
        replace(
            claim,
            is_exhaustive=False,
            lines=tuple(one for one in claim.lines if one.low != 0 and one.best != 0),
        )
        for claim in facts.claims
    )
    headline = derive.derive(replace(facts, claims=positive))

    for toll in headline.tolls.values():
        for figure in (toll.total, *toll.by_category.values(), *toll.by_party.values(), *toll.subsets.values()):
            assert 0 not in (figure.low, figure.best, figure.high)


@few
@given(incidents(**PLAIN) | incidents())
def test_contested_pairs_are_of_independent_eligible_claims(facts):
    by_key = {claim.key: claim for claim in eligibility.eligible(facts.claims)}

    for aspect in contest.contested(facts).aspects:
        for one, other in aspect.pairs:
            assert one < other
            assert independence.independent(by_key[one], by_key[other], facts.relations, facts.span)


@few
@given(incidents(**PLAIN, aspect=Aspect.PERPETRATOR) | incidents())
def test_the_perpetrator_of_the_headline_is_named_by_a_claim(facts):
    attributed = derive.derive(facts).attributed

    assert (attributed.actor is None) == (not attributed.candidates or attributed.contested)
    assert attributed.actor is None or attributed.actor in attributed.leading


@fewer
@given(st.lists(claims(), max_size=7))
def test_corroboration_grows_with_claims_and_never_beyond_the_claimants(given_claims):
    found = [replace(claim, key=f"k{n}", stance=Stance.ASSERTS) for n, claim in enumerate(given_claims)]
    size = independence.corroboration(found, RELATIONS, None)

    assert size <= len({independence.identity(claim) for claim in found})
    assert independence.corroboration(found[1:], RELATIONS, None) <= size
    assert size == _largest_by_trial(found)


def _largest_by_trial(found):
    """The same by trying every subset of the witnesses."""
    witnesses = [c for c in found if c.first_hand != "relayed" and c.speech_act != SpeechAct.EDITORIAL_ASSESSMENT]
    best = 0
    for mask in range(2 ** len(witnesses)):
        chosen = [claim for n, claim in enumerate(witnesses) if mask >> n & 1]
        pairs = [(a, b) for n, a in enumerate(chosen) for b in chosen[n + 1 :]]
        if all(independence.independent(a, b, RELATIONS, None) for a, b in pairs):
            best = max(best, len(chosen))
    return best


@st.composite
def families(draw):
    rows = []
    for number in range(draw(st.integers(0, 12))):
        parent = draw(st.sampled_from([None, *(row.uid for row in rows)]))
        best = draw(st.one_of(st.none(), st.integers(0, 9)))
        category = draw(st.sampled_from(("violent", "violent", "violent", "series")))
        rows.append(counting.FamilyRow(f"i{number:02}", parent, category, best, best, best))
    return draw(st.permutations(rows))


@few
@given(families())
def test_no_toll_counts_beside_that_of_a_whole_it_belongs_to(rows):
    found = counting.count_families(rows)
    by_uid = {row.uid: row for row in rows}

    assert found.keys() == by_uid.keys()
    for row in rows:
        if found[row.uid].counts_toll:
            above = by_uid.get(row.parent)
            while above is not None and above.category != "series":
                assert not found[above.uid].counts_toll
                above = by_uid.get(above.parent)


@few
@given(families())
def test_every_known_toll_counts_through_itself_its_parts_or_a_whole(rows):
    found = counting.count_families(rows)
    by_uid = {row.uid: row for row in rows}

    def is_counted_above(row):
        while row is not None and row.category != "series":
            if found[row.uid].counts_toll:
                return True
            row = by_uid.get(row.parent)
        return False

    leaves = [row for row in rows if found[row.uid].counts_incident]
    assert all(is_counted_above(row) for row in leaves if row.best is not None)


@few
@given(families(), st.integers(1, 4))
def test_sums_over_any_partition_equal_the_total(rows, districts):
    found = counting.count_families(rows)
    counted = [row for row in rows if found[row.uid].counts_toll and row.best is not None]
    by_district = [[row for row in counted if int(row.uid[1:]) % districts == n] for n in range(districts)]

    assert sum(sum(row.best for row in part) for part in by_district) == sum(row.best for row in counted)
    assert all(row.category != "series" for row in counted)


@few
@given(st.builds(VagueDate, st.none() | days, st.none() | days, st.sampled_from(("day", "week", "month", "unknown"))))
def test_any_vague_date_is_judged_and_described(vague):
    is_valid = dates.problems(vague) == []

    assert dates.describe(vague)
    assert not is_valid or (vague.start is None) == (vague.precision == "unknown")


@few
@given(st.sampled_from(Qualifier.codes()), st.none() | st.integers(0, 999), st.none() | st.integers(0, 999))
def test_bounds_are_ordered_for_any_words(qualifier, first, last):
    low, best, high, open_upper = casualties.bounds(qualifier, first, last)
    known = [number for number in (low, best, high) if number is not None]

    assert known == sorted(known)
    assert not (open_upper and high is not None)


@few
@given(st.lists(lines(), min_size=1, max_size=6))
def test_a_sum_of_lines_states_no_less_than_its_low(given_lines):
    stated = accounts.add([casualties.with_bounds(one) for one in given_lines])

    assert stated.low is None or stated.largest is None or stated.low <= stated.largest
    assert stated.best is None or stated.best <= stated.largest
