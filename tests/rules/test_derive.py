"""The headline as a whole."""

from events.rules import derive
from tests.rules.builders import claim, incident, line, perpetrator, toll
from tests.rules.test_worked_examples import march_strikes, mir_ali, october_clashes


def test_participants_hold_every_part_but_no_weaker_suspect():
    headline = derive.derive(
        incident(
            perpetrator("own", "jfm", "jfm"),
            perpetrator("guess", "ispr", "ttp", hedge="suspected"),
            perpetrator("answer", "ispr", "pakistani_forces", part="responder"),
            claim("target", "target", "dawn", actor="pakistani_forces", part="target"),
        )
    )

    assert [(one.actor, one.part, one.claims) for one in headline.participants] == [
        ("jfm", "perpetrator", ("own",)),
        ("pakistani_forces", "responder", ("answer",)),
        ("pakistani_forces", "target", ("target",)),
    ]
    assert [one.actor for one in headline.targets] == ["pakistani_forces"]


def test_natures_name_their_claims():
    assert derive.derive(march_strikes()).target_natures == (
        ("civilian_home", ("homes",)),
        ("militant_hideout", ("hideouts",)),
    )


def test_every_value_names_eligible_claims():
    for facts in (mir_ali(), march_strikes(), october_clashes()):
        headline = derive.derive(facts)
        behind = set().union(*headline.claims_behind.values())
        for toll_of in headline.tolls.values():
            figures = [toll_of.total, toll_of.excluding_perpetrators, *toll_of.by_category.values()]
            for figure in figures:
                assert bool(figure.claims) == (figure.low is not None)
                behind |= set(figure.claims)

        assert behind
        assert behind <= set(headline.eligible)
        assert headline.ruleset == derive.RULESET == 1


def test_an_incident_without_claims_concludes_nothing_but_its_kind():
    headline = derive.derive(incident())

    assert headline.eligible == ()
    assert headline.occurrence == ("unsupported", False, ())
    assert not headline.is_contested
    assert headline.participants == ()
    assert headline.acknowledgement == {}


def test_unknown_actors_do_no_harm():
    facts = incident(perpetrator("a", "x", "y"), toll("b", "z", line(number=3, party="w")), actors={}, place=None)

    assert derive.derive(facts).attributed.actor == "y"
