"""The worked examples of the domain page, number by number."""

from dataclasses import replace
from datetime import UTC, datetime, time

from events.rules import counting, dates, derive, independence
from events.rules.dates import VagueDate
from tests.rules.builders import (
    AFGHANISTAN,
    KHOST,
    PAKTIKA,
    UNKNOWN,
    all_equal,
    bounds,
    claim,
    day,
    incident,
    line,
    perpetrator,
    toll,
)


def mir_ali():
    return incident(
        toll("ispr", "ispr", line(category="security_forces", number=7), line(category="militant", number=6)),
        toll("rferl", "rferl", line("injured", "security_forces", 17), attribution="document_author"),
        perpetrator("jfm", "jfm", "jfm", speech_act="claim_of_responsibility"),
        perpetrator("hgb", "hgb", "hgb", speech_act="claim_of_responsibility"),
        claim("target", "target", "ispr", actor="pakistani_forces", part="target"),
        kind="complex_attack",
    )


def march_strikes():
    """The parent; its leaves differ in place and toll."""
    return incident(
        toll(
            "toll",
            "taliban_spokesman",
            line(number=8),
            line(number=5, demographic="women", is_subset=True),
            line(number=3, demographic="children", is_subset=True),
        ),
        claim("homes", "target_nature", "taliban_spokesman", code="civilian_home", speech_act="accusation"),
        perpetrator("accusation", "taliban_spokesman", "pakistan", speech_act="accusation"),
        perpetrator("own", "foreign_office", "pakistani_forces", speech_act="acknowledgement"),
        claim("hideouts", "target_nature", "foreign_office", code="militant_hideout"),
        claim("aimed", "target", "foreign_office", actor="hgb", part="target"),
        toll("regret", "united_states", line(qualifier="some")),
        kind="air_strike",
        span=day(18),
        place=AFGHANISTAN,
        part_places=(PAKTIKA, KHOST),
    )


def october_clashes():
    return incident(
        toll(
            "pakistan",
            "pakistan",
            line(category="security_forces", number=23, party="pakistani_forces"),
            line(category="militant", number=200, qualifier="at_least", party="taliban"),
        ),
        toll(
            "kabul",
            "taliban",
            line(category="security_forces", number=58, party="pakistani_forces"),
            line(category="security_forces", number=9, party="taliban"),
        ),
        kind="border_clash",
        span=day(12, 10, 2025),
    )


def test_tv1_mir_ali_sums_one_account_and_names_the_finest_claimant():
    headline = derive.derive(mir_ali())
    killed, injured = headline.tolls["killed"], headline.tolls["injured"]

    assert bounds(killed.total) == all_equal(13)
    assert bounds(killed.by_category["security_forces"]) == all_equal(7)
    assert bounds(killed.by_category["civilian"]) == UNKNOWN
    assert bounds(killed.excluding_perpetrators) == all_equal(7)
    assert bounds(injured.total) == all_equal(17)
    assert (headline.attributed.actor, headline.attributed.status) == ("jfm", "self_claimed")
    assert "casualties" not in headline.contest.codes
    assert not headline.is_contested
    assert "ttp" not in repr(headline)


def test_tv1_mir_ali_is_violence_on_one_side_of_the_border():
    headline = derive.derive(mir_ali())

    assert headline.occurrence.status == "acknowledged"
    assert headline.escalation == 3
    assert not headline.cross_border.is_cross_border
    assert headline.harm_grade == "none_reported"
    assert headline.acknowledgement == {"non_state": "acknowledged"}


def test_tv1_without_the_relation_the_two_claimants_contest_the_attack():
    headline = derive.derive(replace(mir_ali(), relations=()))

    assert headline.attributed.actor is None
    assert headline.attributed.contested
    assert headline.contest.codes == ("perpetrator",)
    assert [candidate.actor for candidate in headline.attributed.candidates] == ["hgb", "jfm"]


def test_tv2_the_strikes_are_acknowledged_and_only_their_target_is_contested():
    headline = derive.derive(march_strikes())

    assert bounds(headline.killed.total) == all_equal(8)
    assert bounds(headline.killed.by_category["civilian"]) == all_equal(8)
    assert headline.killed.subsets["women"].best == 5
    assert headline.occurrence == ("acknowledged", False, headline.occurrence.claims)
    assert headline.contest.codes == ("target_nature",)
    assert headline.contest.aspects[0].pairs == (("hideouts", "homes"),)
    assert headline.harm_grade == "fair"
    assert headline.attributed.actor == "pakistani_forces"
    assert headline.acknowledgement == {"pakistan": "acknowledged"}


def test_tv2_the_strikes_cross_the_border_at_level_8_and_each_leaf_at_7():
    parent = derive.derive(march_strikes())
    leaf = derive.derive(replace(march_strikes(), place=PAKTIKA, part_places=()))

    assert parent.cross_border.state_across == "yes"
    assert parent.cross_border.is_cross_border
    assert parent.escalation == 8
    assert leaf.escalation == 7


def test_tv2_counts_two_incidents_and_eight_killed():
    rows = [
        counting.FamilyRow("parent", None, "violent", 8, 8, 8),
        counting.FamilyRow("barmal", "parent", "violent", 6, 6, 6),
        counting.FamilyRow("spera", "parent", "violent", 2, 2, 2),
    ]

    counted = counting.count_families(rows)

    assert [uid for uid, row in counted.items() if row.counts_incident] == ["barmal", "spera"]
    assert sum(row.best for row in rows if counted[row.uid].counts_toll) == 8


def test_tv4_ranges_totals_of_accounts_and_never_adds_extremes_of_rivals():
    headline = derive.derive(october_clashes())
    killed = headline.killed

    assert bounds(killed.by_party["pakistani_forces"]) == (23, None, 58, False)
    assert bounds(killed.by_party["taliban"]) == (9, None, 200, True)
    assert bounds(killed.total) == (67, None, 223, True)
    assert headline.contest.codes == ("casualties",)
    assert headline.contest.aspects[0].pairs == (("kabul", "pakistan"),)
    assert headline.escalation == 5


def test_tv6_one_statement_in_five_outlets_is_one_claimant():
    said_once = [claim("statement", claimant="taliban_spokesman")]
    retold = [claim(outlet, claimant=outlet, first_hand="relayed") for outlet in ("rferl", "dawn")]

    assert independence.corroboration(said_once, (), None) == 1
    assert independence.corroboration(said_once + retold, (), None) == 1


def test_tv7_three_in_the_morning_in_kabul_is_the_evening_before_in_utc():
    vague = VagueDate(day(18).start, day(18).end, "minute", time(3), "Asia/Kabul")

    assert dates.utc(vague) == datetime(2024, 3, 17, 22, 30, tzinfo=UTC)
    assert dates.overlaps(dates.span_of(vague), day(18))
    assert not dates.overlaps(dates.span_of(vague), day(17))


def test_tv8_a_superseded_toll_leaves_the_newer_one_alone():
    headline = derive.derive(
        incident(
            toll("first", "iran", line(number=7)),
            toll("second", "iran", line(number=9), supersedes="first"),
        )
    )

    assert bounds(headline.killed.total) == all_equal(9)
    assert headline.killed.total.claims == ("second",)


def test_tv9_two_vague_accounts_set_a_lower_bound_only():
    vague = line(qualifier="some")
    headline = derive.derive(incident(toll("one", "taliban", vague), toll("two", "united_states", vague)))

    assert bounds(headline.killed.by_category["civilian"]) == (2, None, None, True)
    assert bounds(headline.killed.total) == (2, None, None, True)


def test_tv10_a_retracted_toll_leaves_nothing_not_zero():
    headline = derive.derive(incident(toll("only", "iran", line(number=7), is_retracted=True)))

    assert bounds(headline.killed.total) == UNKNOWN
    assert headline.killed.total.claims == ()
