"""R6: who did it."""

from events.rules import attribution
from tests.rules.builders import claim, incident, perpetrator


def attributed(*claims, **values):
    return attribution.attribute(incident(*claims, **values))


def test_nobody_named_is_unattributed():
    found = attributed(claim("a", claimant="ispr"))

    assert (found.actor, found.status, found.candidates) == (None, "unattributed", ())


def test_own_word_outranks_any_number_of_accusers():
    found = attributed(
        perpetrator("a", "ispr", "ttp", speech_act="accusation"),
        perpetrator("b", "united_states", "ttp"),
        perpetrator("c", "hgb", "hgb", speech_act="claim_of_responsibility"),
    )

    assert (found.actor, found.status, found.claims) == ("hgb", "self_claimed", ("c",))
    assert [(one.actor, one.tier) for one in found.candidates] == [("hgb", 1), ("ttp", 2)]


def test_an_office_acknowledges_for_the_forces_of_its_state():
    found = attributed(perpetrator("a", "foreign_office", "pakistani_forces", speech_act="acknowledgement"))

    assert (found.actor, found.status) == ("pakistani_forces", "self_claimed")


def test_one_part_of_a_state_accusing_another_is_no_acknowledgement():
    for whom in ("pakistani_forces", "pakistan"):
        found = attributed(perpetrator("a", "foreign_office", whom, speech_act="accusation"))

        assert found.status == "attributed"


def test_an_unnamed_official_acknowledges_nothing():
    found = attributed(perpetrator("a", "pakistan", "pakistani_forces", attribution="anonymous_official"))

    assert found.status == "suspected"


def test_two_independent_attributions_corroborate_and_dependent_ones_do_not():
    named = perpetrator("a", "taliban", "pakistan")

    assert attributed(named, perpetrator("b", "united_nations", "pakistani_forces")).status == "corroborated"
    assert attributed(named, perpetrator("b", "taliban_spokesman", "pakistan")).status == "attributed"
    assert attributed(named, perpetrator("b", "dawn", "pakistan", first_hand="relayed")).status == "attributed"


def test_suspected_assumed_and_unnamed_rank_last():
    found = attributed(
        perpetrator("a", "ispr", "ttp", hedge="suspected"),
        perpetrator("b", "dawn", "ttp", hedge="assumed"),
        perpetrator("c", None, "ttp", attribution="unnamed"),
        perpetrator("d", "rferl", "hgb"),
    )

    assert (found.actor, found.status) == ("hgb", "attributed")
    assert [one.tier for one in found.candidates] == [3, 4]


def test_rivals_of_the_same_tier_leave_the_headline_empty():
    found = attributed(perpetrator("a", "taliban", "pakistan"), perpetrator("b", "pakistan", "taliban"))

    assert (found.actor, found.status, found.contested) == (None, "attributed", True)
    assert found.leading == ("pakistan", "taliban")


def test_denials_doubts_and_other_parts_name_no_perpetrator():
    found = attributed(
        perpetrator("a", "ttp", "ttp", stance="denies"),
        perpetrator("b", "dawn", "hgb", stance="doubts"),
        perpetrator("c", "ispr", "taliban", part="responder"),
        perpetrator("d", None, "ttp", speech_act="editorial_assessment", claimant_text="editors"),
    )

    assert found.status == "unattributed"


def test_a_measure_is_the_initiators():
    talks = {"category": "measure", "kind": "talks"}
    claims = [
        perpetrator("a", "taliban", "taliban", part="initiator"),
        perpetrator("b", "taliban", "iran", part="mediator"),
    ]

    assert attributed(*claims, **talks).actor == "taliban"
