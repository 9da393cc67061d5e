"""R0 and R1: what may stand behind a headline, and who contradicts themselves."""

import pytest

from events.rules import eligibility
from events.rules.facts import RelationFact
from tests.rules.builders import KHOST, PAKTIKA, claim, day, line, perpetrator, toll


def keys(claims):
    return [one.key for one in claims]


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": "pending"},
        {"verdict": "rejected"},
        {"verdict": "needs_changes"},
        {"is_retracted": True},
        {"credibility": 5},
        {"speech_act": "forecast"},
        {"speech_act": "inference"},
        {"hedge": "conditional"},
    ],
)
def test_such_claims_stand_behind_no_headline(values):
    assert eligibility.eligible([claim("a", **values), claim("b", credibility=6)]) == (claim("b", credibility=6),)


def test_each_link_of_a_chain_replaces_the_one_before():
    chain = [claim("a"), claim("b", supersedes="a"), claim("c", supersedes="b")]

    assert keys(eligibility.eligible(chain)) == ["c"]


@pytest.mark.parametrize("values", [{"is_retracted": True}, {"verdict": "rejected"}, {"verdict": "pending"}])
def test_a_claim_that_does_not_stand_replaces_nothing(values):
    assert keys(eligibility.eligible([claim("a"), claim("b", supersedes="a", **values)])) == ["a"]


def test_a_claimant_who_gives_two_tolls_contradicts_themselves():
    seven, nine = toll("seven", "iran", line(number=7)), toll("nine", "iran", line(number=9))

    assert eligibility.conflicts(nine, [seven]) == ("seven",)
    assert eligibility.conflicts(toll("nine", "iran", line(number=9), supersedes="seven"), [seven]) == ()


def test_accounts_of_different_outcomes_or_scopes_complete_each_other():
    killed = toll("killed", "iran", line(number=7))
    others = [
        toll("injured", "iran", line("injured", number=20)),
        toll("own", "iran", line(number=2), scope="own_side_only"),
        toll("other", "pakistan", line(number=9)),
        toll("gone", "iran", line(number=9), is_retracted=True),
    ]

    assert eligibility.conflicts(killed, others) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("a", "kind", "iran", code="shelling"), claim("b", "kind", "iran", code="air_strike")),
        (claim("a", "date", "iran", span=day(16)), claim("b", "date", "iran", span=day(17))),
        (claim("a", "location", "iran", place=PAKTIKA), claim("b", "location", "iran", place=KHOST)),
        (perpetrator("a", "iran", "ttp"), perpetrator("b", "iran", "hgb")),
        (claim("a", claimant="pakistan"), claim("b", claimant="pakistan", stance="denies")),
        (
            claim("a", "kind", claimant_text="Locals ", code="ied"),
            claim("b", "kind", claimant_text="locals", code="raid"),
        ),
    ],
)
def test_two_values_of_one_thing_contradict(one, other):
    assert eligibility.conflicts(one, [other]) == ("b",)
    assert eligibility.conflicts(other, [one]) == ("a",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("a", "target", "iran", actor="ttp"), claim("b", "target", "iran", actor="hgb")),
        (claim("a", "target_nature", "iran", code="school"), claim("b", "target_nature", "iran", code="market")),
        (claim("a", "motive", "iran", text="revenge"), claim("b", "motive", "iran", text="signal")),
        (perpetrator("a", "iran", "ttp", part="responder"), perpetrator("b", "iran", "hgb", part="responder")),
        (perpetrator("a", "iran", "ttp", stance="denies"), perpetrator("b", "iran", "hgb", stance="denies")),
        (perpetrator("a", "iran", "ttp"), perpetrator("b", "iran", "hgb", stance="denies")),
        (perpetrator("a", "iran", "ttp"), perpetrator("b", "iran", "hgb", stance="doubts")),
        (
            claim("a", "kind", code="ied", attribution="unnamed"),
            claim("b", "kind", code="raid", attribution="unnamed"),
        ),
    ],
)
def test_several_targets_or_denials_are_no_contradiction(one, other):
    assert eligibility.conflicts(one, [other]) == ()


def test_naming_a_group_and_its_faction_is_no_contradiction():
    group, faction = perpetrator("a", "ispr", "hgb"), perpetrator("b", "ispr", "jfm")
    relation = RelationFact("jfm", "faction_of", "hgb")

    assert eligibility.conflicts(group, [faction]) == ("b",)
    assert eligibility.conflicts(group, [faction], [relation], day(16)) == ()
