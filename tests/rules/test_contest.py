"""R8: what is contested, and by whom."""

from dataclasses import replace

import pytest

from events.rules import contest
from tests.rules.builders import AFGHANISTAN, KHOST, MIR_ALI, PAKTIKA, claim, day, incident, line, perpetrator, toll


def codes(*claims, **values):
    return contest.contested(incident(*claims, **values)).codes


def by_two(aspect, one, other):
    return claim("a", aspect, "pakistan", **one), claim("b", aspect, "taliban", **other)


DENIES = {"stance": "denies"}
SCHOOL, POST = {"code": "school"}, {"code": "military_post"}


@pytest.mark.parametrize(
    "pair",
    [
        by_two("occurrence", {}, DENIES),
        by_two("kind", {"code": "ied"}, {"code": "ied"} | DENIES),
        by_two("date", {"span": day(16)}, {"span": day(17)}),
        by_two("location", {"place": PAKTIKA}, {"place": MIR_ALI}),
        by_two("origin", {"place": AFGHANISTAN}, {"place": AFGHANISTAN} | DENIES),
        by_two("origin", {"place": PAKTIKA}, {"place": AFGHANISTAN} | DENIES),
        by_two("target_nature", SCHOOL, POST),
        by_two("target_nature", {"code": "militant_leader"}, {"code": "militant_hideout"} | DENIES),
        by_two("target", {"actor": "ttp"}, {"actor": "ttp"} | DENIES),
        by_two("motive", {"text": "revenge"}, DENIES),
        by_two("damage", {"text": "A school"}, {"text": "a  school"} | DENIES),
    ],
)
def test_statements_that_cannot_both_be_true_contest_their_aspect(pair):
    found = contest.contested(incident(*pair, kind="shelling"))

    assert [(one.aspect, one.pairs) for one in found.aspects] == [(pair[0].aspect, (("a", "b"),))]
    assert found.is_contested


@pytest.mark.parametrize(
    "pair",
    [
        by_two("kind", {"code": "ied"}, {"code": "raid"} | DENIES),
        by_two("date", {"span": day(16)}, {"span": day(16)}),
        by_two("location", {"place": PAKTIKA}, {"place": AFGHANISTAN}),
        by_two("location", {"place": AFGHANISTAN}, {"place": PAKTIKA} | DENIES),
        by_two("target_nature", SCHOOL, {"code": "market"}),
        by_two("target_nature", SCHOOL, {"code": "fence"}),
        by_two("target", {"actor": "ttp"}, {"actor": "hgb"}),
        by_two("motive", {"text": "revenge"}, {"text": "signal"}),
        by_two("weapon", {"text": "mortar"}, {"text": "rifle"} | DENIES),
        by_two("occurrence", DENIES, DENIES),
    ],
)
def test_statements_that_may_both_be_true_contest_nothing(pair):
    assert codes(*pair) == ()


def test_one_claimant_and_their_own_office_contest_nothing():
    assert codes(claim("a", "target_nature", "ispr", **SCHOOL), claim("b", "target_nature", "pakistan", **POST)) == ()


def test_a_doubt_is_shown_apart():
    found = contest.contested(
        incident(claim("a", claimant="pakistan"), claim("b", claimant="taliban", stance="doubts"))
    )

    assert (found.codes, found.doubted) == ((), ("occurrence",))


def test_a_denial_that_it_happened_contradicts_whoever_tells_of_it():
    found = contest.contested(
        incident(toll("a", "taliban", line(number=8)), claim("b", claimant="pakistan", stance="denies"))
    )

    assert [(one.aspect, one.pairs) for one in found.aspects] == [("occurrence", (("a", "b"),))]


def test_perpetrators_on_one_chain_agree_and_a_denial_covers_the_chain():
    faction = perpetrator("a", "jfm", "jfm")

    assert codes(faction, perpetrator("b", "ispr", "hgb")) == ()
    assert codes(faction, perpetrator("b", "ispr", "ttp")) == ("perpetrator",)
    assert codes(faction, perpetrator("b", "taliban", "hgb", stance="denies")) == ("perpetrator",)
    assert codes(faction, perpetrator("b", "ttp", "ttp", stance="denies")) == ()


def test_who_fired_first_is_contested_but_responders_are_not():
    one = perpetrator("a", "pakistan", "taliban", part="initiator")

    assert codes(one, perpetrator("b", "taliban", "pakistan", part="initiator")) == ("perpetrator",)
    assert codes(replace(one, part="responder"), perpetrator("b", "taliban", "pakistan", part="responder")) == ()


def test_places_near_each_other_agree_within_their_uncertainty():
    near = replace(PAKTIKA, key="laman", chain=("laman", "af"), latitude=32.75)
    unsure = replace(near, uncertainty_km=None, district="other")

    assert codes(*by_two("location", {"place": PAKTIKA}, {"place": near})) == ()
    assert codes(*by_two("location", {"place": PAKTIKA}, {"place": replace(near, latitude=34.0)})) == ("location",)
    assert codes(*by_two("location", {"place": PAKTIKA}, {"place": replace(unsure, district="barmal")})) == ()
    assert codes(*by_two("location", {"place": PAKTIKA}, {"place": unsure})) == ("location",)


def test_a_place_agrees_with_what_it_lies_in_however_far_the_middle_is():
    country = replace(AFGHANISTAN, uncertainty_km=10)

    assert codes(*by_two("location", {"place": PAKTIKA}, {"place": country})) == ()
    assert codes(*by_two("location", {"place": MIR_ALI}, {"place": country})) == ("location",)


def test_each_site_of_an_operation_may_be_named_by_somebody_else():
    sites = by_two("location", {"place": PAKTIKA}, {"place": replace(KHOST, latitude=34.5)})

    assert codes(*sites) == ("location",)
    assert codes(*sites, part_places=(PAKTIKA, KHOST)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([line(number=7)], [line(number=9)]),
        ([line(number=8)], [line(qualifier="dozens")]),
        ([line(number=8)], [line(qualifier="none")]),
        ([line(number=8)], [line(category="all", qualifier="none")]),
        ([line(number=20, qualifier="about")], [line(qualifier="none")]),
        ([line(number=8)], [line(category="militant", number=8)]),
        ([line(category="all", number=8)], [line(category="all", number=20)]),
        ([line(number=5, party="ttp")], [line(number=9, party="ttp"), line(number=0, party="hgb")]),
    ],
)
def test_tolls_that_exclude_each_other_are_contested(one, other):
    assert codes(toll("a", "pakistan", *one), toll("b", "taliban", *other)) == ("casualties",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([line(number=8)], [line(qualifier="some")]),
        ([line(number=8)], [line(number=5, qualifier="at_least")]),
        ([line(number=20, qualifier="about")], [line(number=22)]),
        ([line(number=8)], [line(number=9, qualifier="at_most")]),
        ([line(number=8)], [line("injured", "security_forces", 17)]),
        ([line(number=8)], [line(category="unknown", number=8)]),
        ([line(number=8)], [line(qualifier="unknown", category="militant")]),
        ([line(number=8)], [line(number=5, demographic="women", is_subset=True), line(number=8)]),
    ],
)
def test_tolls_that_fit_together_are_not_contested(one, other):
    assert codes(toll("a", "pakistan", *one), toll("b", "taliban", *other)) == ()


def test_a_hospitals_count_contests_only_a_smaller_whole():
    hospital = toll("a", "dawn", line(number=12), scope="partial")

    assert codes(hospital, toll("b", "taliban", line(number=46))) == ()
    assert codes(hospital, toll("b", "taliban", line(number=8))) == ("casualties",)


def test_an_exhaustive_account_contests_a_category_it_leaves_out():
    exhaustive = toll(
        "a", "pakistan", line(category="militant", number=8), line(category="unknown", number=1), is_exhaustive=True
    )
    other = toll("b", "taliban", line(number=3), line(category="militant", number=6, qualifier="at_least"))

    assert codes(exhaustive, other) == ("casualties",)


def test_a_toll_may_be_denied_line_by_line():
    killed = toll("a", "taliban", line(number=8))

    assert codes(killed, toll("b", "pakistan", stance="denies")) == ("casualties",)
    assert codes(killed, toll("b", "pakistan", line(qualifier="some"), stance="denies")) == ("casualties",)
    assert codes(killed, toll("b", "pakistan", line("injured", qualifier="some"), stance="denies")) == ()


def test_an_overtaken_preliminary_toll_and_the_editors_contest_nothing():
    final = toll("a", "taliban", line(number=8))

    assert codes(final, toll("b", "dawn", line(number=5), preliminary=True)) == ()
    assert (
        codes(final, toll("b", None, line(number=5), claimant_text="editors", speech_act="editorial_assessment")) == ()
    )
