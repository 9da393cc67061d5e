"""R2: independent claimants."""

from datetime import date

from events.rules import independence
from events.rules.facts import RelationFact
from tests.rules.builders import RELATIONS, claim, day


def are_independent(one, other, relations=RELATIONS):
    return independence.independent(one, other, relations, day(16))


def test_a_part_is_not_independent_of_its_whole_over_any_number_of_steps():
    assert not are_independent(claim("a", claimant="ispr"), claim("b", claimant="pakistan"))
    assert not are_independent(claim("a", claimant="pakistan"), claim("b", claimant="ispr"))
    assert are_independent(claim("a", claimant="ispr"), claim("b", claimant="taliban"))


def test_a_commander_is_not_independent_of_whom_he_commands():
    relations = (RelationFact("munir", "commands", "pakistani_forces"),)

    assert not are_independent(claim("a", claimant="munir"), claim("b", claimant="pakistani_forces"), relations)


def test_a_relation_counts_only_on_its_days():
    ended = (RelationFact("munir", "commands", "army", date(2022, 11, 29), date(2023, 12, 31)),)
    one, other = claim("a", claimant="munir"), claim("b", claimant="army")

    assert are_independent(one, other, ended)
    assert not independence.independent(one, other, ended, date(2023, 5, 1))
    assert not independence.independent(one, other, ended, None)


def test_an_alliance_does_not_make_dependent():
    allied = (RelationFact("ttp", "allied_with", "taliban"),)

    assert are_independent(claim("a", claimant="ttp"), claim("b", claimant="taliban"), allied)


def test_the_same_words_name_the_same_claimant():
    one = claim("a", claimant_text="Tribal elder")

    assert not are_independent(one, claim("b", claimant_text=" tribal  ELDER "))
    assert are_independent(one, claim("b", claimant_text="Hospital director"))


def test_two_unnamed_claimants_may_be_one():
    officials = claim("a", claimant_text="two officials", attribution="anonymous_official")

    assert not are_independent(officials, claim("b", claimant_text="sources", attribution="unnamed"))
    assert are_independent(officials, claim("b", claimant="taliban"))


def test_corroboration_is_the_largest_set_not_the_number_of_claims():
    claims = [
        claim(who, claimant=who) for who in ("pakistan", "ispr", "pakistani_forces", "taliban", "taliban_spokesman")
    ]

    assert independence.corroboration(claims, RELATIONS, day(16)) == 2
    assert independence.corroboration([*claims, claim("un", claimant="united_nations")], RELATIONS, day(16)) == 3


def test_the_whole_does_not_hide_its_parts():
    relations = [RelationFact(part, "part_of", "whole") for part in ("one", "two", "three")]
    claims = [claim(who, claimant=who) for who in ("whole", "one", "two", "three")]

    assert independence.corroboration(claims, relations, None) == 3


def test_relayed_denied_and_editorial_words_corroborate_nothing():
    claims = [
        claim("a", claimant="taliban"),
        claim("b", claimant="rferl", first_hand="relayed"),
        claim("c", claimant="pakistan", stance="denies"),
        claim("d", claimant="dawn", speech_act="editorial_assessment"),
    ]

    assert independence.corroboration(claims, RELATIONS, day(16)) == 1


def test_values_must_agree_where_the_caller_says_how():
    claims = [
        claim("a", claimant="x", code="ied"),
        claim("b", claimant="y", code="ied"),
        claim("c", claimant="z", code="raid"),
    ]

    assert independence.corroboration(claims, (), None, lambda one, other: one.code == other.code) == 2


def test_many_entangled_claimants_are_counted_in_good_time():
    relations = [RelationFact(f"c{n}", "part_of", f"c{(n * 7 + 3) % 60}") for n in range(60)]
    claims = [claim(f"k{n}", claimant=f"c{n}") for n in range(60)]

    assert 1 <= independence.corroboration(claims, relations, None) <= 60
