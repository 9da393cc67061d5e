"""R7: tolls."""

import pytest

from events.rules import casualties
from events.rules.facts import Figure, RelationFact
from tests.rules.builders import RELATIONS, UNKNOWN, all_equal, bounds, incident, line, toll


def killed(*claims, perpetrators=(), **values):
    return casualties.tolls(incident(*claims, **values), perpetrators)["killed"]


@pytest.mark.parametrize(
    ("qualifier", "first", "last", "expected"),
    [
        ("exact", 7, None, (7, 7, 7, False)),
        ("at_least", 200, None, (200, None, None, True)),
        ("at_most", None, 9, (0, None, 9, False)),
        ("at_most", 9, None, (0, None, 9, False)),
        ("about", 20, None, (None, 20, None, False)),
        ("range", 51, 52, (51, None, 52, False)),
        ("range", 52, 51, (51, None, 52, False)),
        ("some", None, None, (2, None, None, True)),
        ("several", None, None, (3, None, None, True)),
        ("tens", None, None, (20, None, None, True)),
        ("dozens", None, None, (24, None, None, True)),
        ("hundreds", None, None, (200, None, None, True)),
        ("none", None, None, (0, 0, 0, False)),
        ("unknown", None, None, (None, None, None, False)),
        ("exact", None, None, (None, None, None, False)),
    ],
)
def test_words_become_bounds_by_the_table(qualifier, first, last, expected):
    assert casualties.bounds(qualifier, first, last) == expected


def test_every_outcome_and_category_has_a_figure_even_if_unknown():
    tolls = casualties.tolls(incident())

    assert list(tolls) == ["killed", "injured", "missing", "captured", "displaced"]
    assert list(tolls["killed"].by_category) == ["civilian", "security_forces", "militant", "unknown"]
    assert tolls["missing"].total == Figure()


def test_an_explicit_total_wins_over_the_sum_of_categories():
    toll_of = killed(
        toll("a", "ispr", line(category="all", number=15), line(number=4), line(category="militant", number=6))
    )

    assert bounds(toll_of.total) == all_equal(15)


def test_of_whom_lines_state_their_category_without_adding():
    toll_of = killed(
        toll("a", "ispr", line(category="all", number=13), line(category="militant", number=6, is_subset=True))
    )

    assert bounds(toll_of.total) == all_equal(13)
    assert bounds(toll_of.by_category["militant"]) == all_equal(6)
    assert bounds(toll_of.excluding_perpetrators) == all_equal(7)


def test_two_lines_of_one_category_add_within_an_account():
    toll_of = killed(
        toll("a", "ispr", line(category="security_forces", number=5), line(category="security_forces", number=2))
    )

    assert bounds(toll_of.total) == all_equal(7)


def test_a_party_line_beside_the_categorys_own_line_does_not_add():
    toll_of = killed(
        toll(
            "a",
            "ispr",
            line(category="security_forces", number=7),
            line(category="security_forces", number=5, party="pakistani_forces"),
        )
    )

    assert bounds(toll_of.total) == all_equal(7)
    assert bounds(toll_of.by_party["pakistani_forces"]) == all_equal(5)


def test_women_and_children_without_a_sum_make_up_their_category():
    toll_of = killed(toll("a", "taliban", line(number=5, demographic="women"), line(number=3, demographic="children")))

    assert bounds(toll_of.by_category["civilian"]) == all_equal(8)
    assert bounds(toll_of.subsets["children"]) == all_equal(3)


def test_a_subset_line_never_adds_even_without_a_line_it_breaks_down():
    toll_of = killed(
        toll(
            "a",
            "taliban",
            line(category="security_forces", number=7),
            line(number=3, demographic="children", is_subset=True),
            line(category="unknown", number=2, party="ttp", is_subset=True),
        )
    )

    assert bounds(toll_of.total) == all_equal(7)
    assert bounds(toll_of.by_category["civilian"]) == UNKNOWN


def test_a_vague_word_beside_a_number_in_one_account_raises_the_low_end():
    toll_of = killed(toll("a", "ispr", line(category="security_forces", number=7), line(qualifier="several")))

    assert bounds(toll_of.total) == (10, None, 10, True)


def test_a_part_without_a_number_leaves_the_sum_open():
    toll_of = killed(
        toll("a", "ispr", line(category="security_forces", number=7), line(category="militant", qualifier="unknown"))
    )

    assert bounds(toll_of.total) == (7, None, 7, True)


def test_vague_words_set_no_range_beside_numbers():
    toll_of = killed(toll("a", "taliban", line(number=46)), toll("b", "united_nations", line(qualifier="dozens")))

    assert bounds(toll_of.total) == all_equal(46)


def test_about_alone_has_no_lower_bound_and_beside_others_counts_as_its_number():
    about = toll("a", "taliban", line(number=20, qualifier="about"))

    assert bounds(killed(about).total) == (None, 20, 20, False)
    assert bounds(killed(about, toll("b", "iran", line(number=25), credibility=2)).total) == (20, 25, 25, False)


def test_a_preliminary_account_gives_way_to_a_final_one_of_somebody_else():
    early = toll("early", "dawn", line(number=5), preliminary=True)

    assert bounds(killed(early).total) == all_equal(5)
    assert bounds(killed(early, toll("late", "taliban", line(number=8))).total) == all_equal(8)
    assert bounds(killed(early, toll("later", "taliban", line(qualifier="several"))).total) == all_equal(5)


def test_an_exhaustive_account_says_nobody_else_was_harmed():
    toll_of = killed(
        toll("a", "ispr", line(category="militant", number=20), is_exhaustive=True),
        toll("b", "taliban", line(number=8)),
    )

    assert bounds(toll_of.by_category["civilian"]) == (0, None, 8, False)


def test_none_is_zero_and_unknown_is_not():
    none = killed(toll("a", "ispr", line(qualifier="none", category="all")))
    unknown = killed(toll("a", "ispr", line(qualifier="unknown", category="all")))

    assert bounds(none.total) == all_equal(0)
    assert bounds(none.by_category["civilian"]) == all_equal(0)
    assert bounds(unknown.total) == UNKNOWN


def test_the_highest_number_is_open_only_if_its_own_account_is():
    toll_of = killed(toll("a", "taliban", line(number=10, qualifier="at_least")), toll("b", "iran", line(number=30)))

    assert bounds(toll_of.total) == (10, 30, 30, False)


def test_the_best_comes_from_the_most_credible_then_the_better_source():
    claims = [
        toll("a", "taliban", line(number=8), credibility=4),
        toll("b", "iran", line(number=9), credibility=6),
        toll("c", "dawn", line(number=12), credibility=2, reliability="B"),
        toll("d", "rferl", line(number=11), credibility=2, reliability="F"),
    ]

    assert killed(*claims).total.best == 12
    assert killed(*claims[:2]).total.best == 8


def test_a_tie_between_accounts_that_exclude_each_other_has_no_best():
    nine = toll("a", "taliban", line(number=9))

    assert killed(nine, toll("b", "iran", line(number=12))).total.best is None
    assert killed(nine, toll("b", "iran", line(number=200, qualifier="at_least"))).total.best is None
    assert killed(nine, toll("b", "iran", line(number=12, qualifier="about"))).total.best == 9


def test_the_editors_assessment_sets_the_best_within_the_range():
    claims = [toll("a", "taliban", line(number=46)), toll("b", "pakistan", line(number=20))]
    assessed = toll("z", None, line(number=41), speech_act="editorial_assessment")
    far_off = toll("z", None, line(number=90), speech_act="editorial_assessment")

    assert bounds(killed(*claims, assessed).total) == (20, 41, 46, False)
    assert bounds(killed(*claims, far_off).total) == (20, 46, 46, False)
    assert killed(*claims, assessed).total.claims == ("a", "b", "z")
    assert bounds(killed(assessed).total) == all_equal(41)


def test_accounts_of_ones_own_side_add_up_to_a_composite():
    toll_of = killed(
        toll(
            "a",
            "pakistan",
            line(category="security_forces", number=23, party="pakistani_forces"),
            scope="own_side_only",
        ),
        toll("b", "taliban", line(category="security_forces", number=9, party="taliban"), scope="own_side_only"),
    )

    assert bounds(toll_of.total) == all_equal(32)
    assert toll_of.total.composite
    assert toll_of.total.claims == ("a", "b")


def test_a_hospital_does_not_lower_what_others_tell_of_the_whole():
    toll_of = killed(toll("a", "taliban", line(number=8)), toll("b", "dawn", line(number=3), scope="partial"))

    assert bounds(toll_of.by_category["civilian"]) == all_equal(8)
    assert bounds(toll_of.total) == all_equal(8)


def test_an_army_and_its_state_are_one_party():
    toll_of = killed(
        toll("a", "ispr", line(category="security_forces", number=23, party="pakistani_forces"), scope="own_side_only"),
        toll("b", "taliban", line(category="security_forces", number=58, party="pakistan"), scope="partial"),
    )

    assert list(toll_of.by_party) == ["pakistan"]
    assert toll_of.total.high == 58


def test_perpetrators_are_taken_out_of_each_account():
    account = toll(
        "a",
        "ispr",
        line(category="all", number=20),
        line(category="militant", number=6),
        line(category="security_forces", number=9, party="pakistani_forces"),
    )

    assert bounds(killed(account, perpetrators=("hgb",)).excluding_perpetrators) == all_equal(14)
    assert bounds(killed(account, perpetrators=("pakistan",)).excluding_perpetrators) == all_equal(5)


def test_a_bare_total_does_not_tell_how_many_were_no_perpetrators():
    toll_of = killed(
        toll("a", "ispr", line(category="security_forces", number=7), line(category="militant", number=6)),
        toll("b", "rferl", line(category="all", number=13)),
    )

    assert bounds(toll_of.total) == all_equal(13)
    assert bounds(toll_of.excluding_perpetrators) == all_equal(7)


def test_only_militants_leave_the_others_unknown_unless_the_account_is_exhaustive():
    militants = line(category="militant", number=6)

    assert bounds(killed(toll("a", "ispr", militants)).excluding_perpetrators) == UNKNOWN
    assert bounds(killed(toll("a", "ispr", militants, is_exhaustive=True)).excluding_perpetrators) == all_equal(0)


def test_indirect_harm_is_no_part_of_the_toll():
    assert bounds(
        killed(toll("a", "taliban", line(number=8), line(number=90, directness="indirect"))).total
    ) == all_equal(8)


def test_parties_that_were_one_body_only_later_stay_apart():
    later = RelationFact("pakistani_forces", "part_of", "pakistan", incident().span.start.replace(year=2030))
    toll_of = killed(
        toll("a", "ispr", line(category="security_forces", number=23, party="pakistani_forces")),
        toll("b", "taliban", line(category="security_forces", number=58, party="pakistan")),
        relations=(later, *RELATIONS[3:]),
    )

    assert list(toll_of.by_party) == ["pakistan", "pakistani_forces"]
