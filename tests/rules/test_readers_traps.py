"""What a careless reader of the first article would get wrong, as far as rules can prevent it."""

from datetime import date

from events.rules import checks, derive
from events.rules.checks import Draft, Excerpt
from events.rules.dates import VagueDate
from tests.rules.builders import PAKTIKA, all_equal, bounds, claim, day, incident, line, perpetrator, toll


def test_monday_and_the_weekend_strikes_disagree():
    monday = VagueDate(date(2024, 3, 18), date(2024, 3, 18), "day")
    draft = Draft(
        incident(claim("a", claimant="ispr"), claim("b", claimant="taliban"), span=day(18)),
        monday,
        excerpts=(
            Excerpt("a", "On Monday, Pakistan announced that security forces conducted operations"),
            Excerpt("b", "the weekend strikes were unusually large in scale"),
        ),
    )

    assert [(lint.code, lint.claims) for lint in checks.lints(draft)] == [("weekday_disagrees", ("b",))]


def test_most_such_attacks_are_by_ttp_says_nothing_of_this_attack():
    attack = derive.derive(incident(perpetrator("jfm", "jfm", "jfm")))
    series = derive.derive(incident(perpetrator("most", "rferl", "ttp"), category="series", kind="series"))

    assert attack.attributed.actor == "jfm"
    assert series.attributed.actor == "ttp"
    assert series.escalation is None


def test_children_are_among_the_civilians_and_not_beside_them():
    headline = derive.derive(
        incident(toll("a", "taliban", line(number=8), line(number=3, demographic="children", is_subset=True)))
    )

    assert bounds(headline.killed.total) == all_equal(8)
    assert bounds(headline.killed.subsets["children"]) == all_equal(3)


def test_including_children_without_numbers_leaves_a_lower_bound():
    headline = derive.derive(
        incident(
            toll(
                "a",
                "taliban",
                line(qualifier="some"),
                line(qualifier="some", demographic="children", is_subset=True),
            )
        )
    )

    assert bounds(headline.killed.total) == (2, None, None, True)


def test_afghanistan_confirmed_is_the_taliban_speaking_for_the_place():
    confirmed = claim("b", claimant="taliban", speech_act="acknowledgement")
    own = perpetrator("a", "pakistan", "pakistani_forces", speech_act="acknowledgement")

    strikes = incident(own, confirmed, kind="air_strike", place=PAKTIKA)
    assert derive.derive(strikes).occurrence.status == "acknowledged"


def test_forecasts_and_irony_stand_behind_no_headline():
    headline = derive.derive(
        incident(
            perpetrator("worst", "rferl", "taliban", speech_act="forecast"),
            perpetrator("signed", "rferl", "pakistan", speech_act="inference"),
            toll("would", "rferl", line(number=99), hedge="conditional"),
        )
    )

    assert headline.eligible == ()
    assert headline.attributed.status == "unattributed"
    assert headline.occurrence.status == "unsupported"


def test_thousands_is_a_lower_bound():
    expelled = incident(
        toll("a", "rferl", line("displaced", "civilian", 2000, "at_least")), category="measure", kind="expulsion"
    )

    figure = derive.derive(expelled).tolls["displaced"].total

    assert (figure.low, figure.open_upper, figure.best) == (2000, True, None)
