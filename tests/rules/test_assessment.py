"""R3 and R9 to R12: occurrence, acknowledgement, harm, crossing, escalation."""

from dataclasses import replace
from datetime import date

import pytest

from events.rules import assessment, attribution, derive
from events.rules.facts import Span
from tests.rules.builders import KHOST, MIR_ALI, PAKTIKA, claim, day, incident, line, perpetrator, toll


def occurred(*claims, **values):
    facts = incident(*claims, **values)
    return assessment.occurrence(facts, attribution.attribute(facts))


def headline(*claims, **values):
    return derive.derive(incident(*claims, **values))


STRIKE = {"kind": "air_strike", "place": PAKTIKA}
OWN = perpetrator("own", "foreign_office", "pakistan", speech_act="acknowledgement")
ACCUSED = perpetrator("accused", "taliban", "pakistan", speech_act="accusation")


def test_no_eligible_claim_supports_nothing():
    assert occurred() == ("unsupported", False, ())
    assert occurred(claim("a", "position", "taliban")).status == "unsupported"


def test_one_claimant_is_a_single_source_and_two_corroborate():
    assert occurred(claim("a", claimant="dawn")).status == "single_source"
    assert occurred(claim("a", claimant="dawn"), claim("b", "date", "rferl", span=day(16))).status == "corroborated"
    assert occurred(claim("a", claimant="dawn", first_hand="relayed")).status == "single_source"


def test_an_account_that_nobody_was_harmed_does_not_say_that_it_happened():
    assert occurred(toll("a", "dawn", line(qualifier="none"))).status == "unsupported"


def test_only_an_adversary_alleges():
    assert occurred(ACCUSED, **STRIKE).status == "alleged"
    assert occurred(perpetrator("a", "ispr", "ttp")).status == "alleged"
    assert occurred(perpetrator("a", "dawn", "ttp")).status == "single_source"


def test_who_did_it_claims_and_both_sides_acknowledge():
    assert occurred(OWN, **STRIKE).status == "claimed"
    assert occurred(OWN, ACCUSED, **STRIKE).status == "acknowledged"


def test_a_target_that_is_no_state_leaves_the_say_to_who_governs_the_place():
    aimed = claim("target", "target", "foreign_office", actor="hgb", part="target")

    assert occurred(OWN, ACCUSED, aimed, **STRIKE).status == "acknowledged"


def test_an_accused_who_only_tells_of_it_does_not_claim_it():
    accusation = perpetrator("a", "ttp", "pakistani_forces", speech_act="accusation")

    assert occurred(accusation, claim("b", claimant="ispr")).status == "corroborated"


def test_an_unnamed_official_does_not_speak_for_the_side():
    unnamed = perpetrator("a", "pakistan", "pakistan", attribution="anonymous_official")

    assert occurred(unnamed, **STRIKE).status != "claimed"


def test_a_denial_lies_over_the_status():
    found = occurred(ACCUSED, claim("denial", claimant="pakistan", stance="denies"), **STRIKE)

    assert found == ("alleged", True, ("accused", "denial"))


def test_before_august_2021_the_taliban_do_not_speak_for_the_place():
    before = {**STRIKE, "span": Span(date(2019, 1, 1), date(2019, 1, 1))}

    assert occurred(OWN, ACCUSED, **before).status == "claimed"


def test_a_third_state_speaks_for_its_own_soil():
    saravan = replace(PAKTIKA, key="saravan", chain=("saravan", "ir"), country="IR", province="sb", district="saravan")

    assert (
        occurred(OWN, toll("a", "iran", line(number=9)), kind="missile_strike", place=saravan).status == "acknowledged"
    )


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([ACCUSED], "silent"),
        ([ACCUSED, OWN], "acknowledged"),
        ([ACCUSED, claim("no", claimant="pakistan", stance="denies")], "denied"),
        ([ACCUSED, perpetrator("no", "ispr", "pakistani_forces", stance="denies")], "denied"),
        ([ACCUSED, OWN, claim("no", claimant="ispr", stance="denies")], "partial"),
        ([ACCUSED, perpetrator("u", "pakistan", "pakistan", attribution="anonymous_official")], "partial"),
        ([ACCUSED, claim("no", claimant="taliban", stance="denies")], "silent"),
    ],
)
def test_what_a_side_says_of_its_own_act(claims, status):
    assert headline(*claims, **STRIKE).acknowledgement == {"pakistan": status}


CIVILIANS = toll("civilians", "taliban", line(number=8))
ALSO = toll("also", "united_nations", line(qualifier="dozens"))
MILITANTS = line(category="militant", number=20)


@pytest.mark.parametrize(
    ("claims", "grade"),
    [
        ([OWN], "none_reported"),
        ([OWN, toll("m", "pakistan", MILITANTS)], "none_reported"),
        ([OWN, CIVILIANS], "weak"),
        ([CIVILIANS, ALSO], "weak"),
        ([OWN, CIVILIANS, ALSO], "fair"),
        ([OWN, CIVILIANS, replace(ALSO, first_hand="relayed")], "weak"),
        ([OWN, CIVILIANS, toll("admitted", "ispr", line(number=2))], "confirmed"),
        ([OWN, CIVILIANS, toll("accusing", "ispr", line(number=2), speech_act="accusation")], "fair"),
        ([ACCUSED, perpetrator("other", "pakistan", "ttp"), CIVILIANS], "contested"),
        ([ACCUSED, perpetrator("other", "pakistan", "ttp"), toll("own", "pakistan", line(number=3))], "contested"),
        ([OWN, CIVILIANS, toll("e", None, line(qualifier="none"), speech_act="editorial_assessment")], "discounted"),
        (
            [
                OWN,
                toll("m", "pakistan", MILITANTS),
                toll("n", "rferl", MILITANTS),
                claim("home", "target_nature", "taliban", code="civilian_home"),
            ],
            "discounted",
        ),
        ([OWN, toll("m", "pakistan", MILITANTS), toll("n", "rferl", MILITANTS)], "none_reported"),
    ],
)
def test_harm_to_civilians_is_graded(claims, grade):
    found = headline(*claims, **STRIKE)

    assert found.harm_grade == grade
    assert bool(found.claims_behind["harm_grade"]) == (grade != "none_reported")


def test_a_strike_owned_by_a_state_in_another_crosses_the_border():
    assert headline(OWN, **STRIKE).cross_border.state_across == "yes"
    assert headline(OWN, kind="air_strike").cross_border.state_across == "no"
    assert headline(perpetrator("a", "jfm", "jfm"), **STRIKE).cross_border.state_across == "no"


def test_an_adversarys_word_alone_does_not_put_a_state_across():
    found = headline(ACCUSED, **STRIKE)

    assert (found.cross_border.state_across, found.cross_border.is_cross_border) == ("unknown", False)
    assert found.escalation == 3


def test_shelling_crosses_when_who_fired_or_who_answered_is_across():
    shelled = headline(ACCUSED, kind="shelling", place=PAKTIKA)
    answered = headline(
        perpetrator("a", "ispr", "pakistani_forces"),
        perpetrator("b", "ispr", "taliban", part="responder"),
        kind="border_clash",
    )

    assert (shelled.cross_border.fire_across, shelled.escalation) == ("yes", 6)
    assert (answered.cross_border.fire_across, answered.escalation) == ("yes", 5)
    assert (
        headline(perpetrator("a", "ispr", "ttp", hedge="suspected"), kind="shelling").cross_border.fire_across == "no"
    )


def test_a_base_across_needs_a_claim_and_no_denial():
    origin = claim("origin", "origin", "foreign_office", place=KHOST)
    denial = claim("denial", "origin", "taliban", place=KHOST, stance="denies")
    attack = perpetrator("a", "ispr", "ttp")

    assert headline(attack).cross_border.base_across == "unknown"
    assert headline(attack, origin).cross_border.base_across == "yes"
    assert headline(attack, denial).cross_border.base_across == "no"
    assert headline(attack, origin, denial).cross_border.base_across == "unknown"
    assert headline(attack, claim("home", "origin", "dawn", place=MIR_ALI)).cross_border.base_across == "no"
    assert headline(attack, origin).escalation == 4
    assert headline(attack, origin, denial).escalation == 3


@pytest.mark.parametrize(
    ("kind", "category", "level"),
    [
        ("ceasefire", "measure", 0),
        ("demarche", "measure", 1),
        ("border_closure", "measure", 2),
        ("ied", "violent", 3),
        ("infiltration_attempt", "violent", 4),
        ("border_clash", "violent", 3),
        ("election", "political", None),
        ("series", "series", None),
    ],
)
def test_the_kind_alone_sets_the_lowest_level(kind, category, level):
    assert headline(claim("a", claimant="dawn"), kind=kind, category=category).escalation == level


def test_states_across_the_border_raise_the_level():
    assert headline(OWN, **STRIKE).escalation == 7
    assert headline(OWN, kind="air_strike", place=replace(PAKTIKA, is_capital=True)).escalation == 8
    assert headline(OWN, kind="air_strike", place=None, part_places=(PAKTIKA, KHOST)).escalation == 8
    assert headline(OWN, kind="post_seizure", place=PAKTIKA).escalation == 8
    assert headline(OWN, kind="raid", place=PAKTIKA).escalation == 5


def test_two_provinces_count_only_on_one_day():
    days = Span(date(2024, 3, 18), date(2024, 3, 19), "day_range")

    assert headline(OWN, kind="air_strike", place=None, part_places=(PAKTIKA, KHOST), span=days).escalation == 7


def test_clashes_of_states_in_two_districts_on_one_day_rank_higher():
    both = [perpetrator("a", "pakistan", "taliban"), perpetrator("b", "taliban", "pakistani_forces")]

    assert headline(*both, kind="border_clash").escalation == 5
    assert headline(*both, kind="border_clash", part_places=(PAKTIKA, KHOST)).escalation == 6


def test_a_denied_kind_counts_as_its_owners_call_it_else_as_the_lowest():
    denial = claim("no", "kind", "taliban", code="air_strike", stance="denies")
    raid = claim("raid", "kind", "taliban", code="raid")
    owned = claim("owned", "kind", "ispr", code="drone_strike")

    assert headline(OWN, denial, raid, **STRIKE).escalation == 5
    assert headline(OWN, denial, raid, owned, **STRIKE).escalation == 7
