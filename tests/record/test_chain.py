"""Which incidents hang together, where the walk ends, and how it is drawn. Everything here is made up."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import uids
from events.models.edition import PublishedIncident, PublishedLink
from events.record import chain, lanes
from tests.record import rows

pytestmark = pytest.mark.django_db


def link(answer, cause, *, type="follows", standing="editorial"):
    return PublishedLink.objects.create(
        uid=uids.new(), from_incident=answer, to_uid=cause.uid, type=type, standing=standing
    )


def in_a_row(number, **more):
    """Incidents of which each follows the one before, a day later."""
    made = [rows.incident(f"Made-up step {n}", day=f"2024-03-{n + 1:02}", **more) for n in range(number)]
    for cause, answer in zip(made, made[1:], strict=False):
        link(answer, cause)
    return made


def titles(found):
    return [knot.row.title for knot in found.knots]


@pytest.fixture
def strikes():
    """An attack by a group, strikes at two places in return, fire in answer to those at a known hour."""
    army = rows.actor("Army", side="pakistan", kind="state_force")
    border = rows.actor("Border guard", side="afghanistan_de_facto", kind="state_force")
    group = rows.actor("Front", side="non_state")
    attack = rows.incident("Attack", day="2024-03-16", perpetrator=group)
    timed = {"date_precision": "minute"}
    strike = rows.incident("Strikes", day="2024-03-18", perpetrator=army, document=at("2024-03-17T22:30Z"), **timed)
    sites = [rows.incident(f"Strike {n}", day="2024-03-18", perpetrator=army, parent_uid=strike.uid) for n in (1, 2)]
    fire = rows.incident(
        "Fire", day="2024-03-18", parts=[(border, "perpetrator")], document=at("2024-03-18T02:30Z"), **timed
    )
    link(strike, attack, type="retaliation_for", standing="asserted")
    link(fire, strike, type="response_to", standing="contested")
    return {"attack": attack, "strike": strike, "sites": sites, "fire": fire}


def at(utc):
    return rows.documents(date=rows.documents()["date"] | {"utc": utc})


def test_a_chain_is_the_same_from_each_of_its_incidents(strikes):
    for row in (strikes["attack"], strikes["strike"], strikes["fire"], strikes["sites"][0]):
        found = chain.around(row.uid)

        assert titles(found) == ["Attack", "Strikes", *sorted_by_uid(strikes["sites"]), "Fire"]
        assert not found.is_cut


def sorted_by_uid(sites):
    return [row.title for row in sorted(sites, key=lambda row: row.uid)]


def test_hours_stand_where_both_moments_are_known_and_days_elsewhere(strikes):
    lags = {tie.type: tie.lag for tie in chain.around(strikes["fire"].uid).ties}

    assert (lags["response_to"].short, lags["response_to"].words) == ("4 h", "4 hours later")
    assert (lags["retaliation_for"].short, lags["retaliation_for"].words) == ("2 d", "2 days later")


def test_a_vague_date_makes_a_vague_lag_and_an_answer_never_stands_before_its_cause():
    cause = rows.incident("Cause", day="2024-03-18")
    answer = rows.incident("Answer", day="2024-03-01", until="2024-03-31", date_precision="month")
    link(answer, cause, type="response_to", standing="asserted")

    found = chain.around(cause.uid)

    assert titles(found) == ["Cause", "Answer"]
    assert found.ties[0].lag.short == "vague"


def test_the_lane_is_the_side_that_acted_or_says_why_it_is_none(strikes):
    army, border = rows.actor("Other army", side="pakistan"), rows.actor("Other guard", side="afghanistan_de_facto")
    both = rows.incident("Both", day="2024-03-20", parts=[(army, "perpetrator"), (border, "initiator")])
    nobody = rows.incident("Nobody", day="2024-03-21", parts=[(army, "target")])
    link(both, strikes["fire"])
    link(nobody, both)

    sides = {knot.row.title: knot.side for knot in chain.around(nobody.uid).knots}

    assert sides["Attack"] == "non_state" and sides["Strikes"] == "pakistan"
    assert sides["Fire"] == "afghanistan_de_facto"
    assert (sides["Both"], sides["Nobody"]) == ("several", "not_named")


def test_series_and_incidents_that_are_not_public_are_no_part_of_a_chain(strikes):
    series = rows.incident("Series", day=None, kind="series")
    link(strikes["attack"], series, type="instance_of", standing="asserted")
    PublishedLink.objects.create(
        uid=uids.new(), from_incident=strikes["fire"], to_uid="AAAAAAAA", type="follows", standing="editorial"
    )

    assert len(chain.around(strikes["fire"].uid).knots) == 5


def test_nothing_linked_is_no_chain():
    assert chain.around(rows.incident().uid) is None
    assert chain.among(PublishedIncident.objects.all()) is None


def test_a_long_chain_is_cut_and_says_so():
    made = in_a_row(12)

    found = chain.around(made[0].uid)

    assert titles(found) == [row.title for row in made[: chain.STEPS + 1]]
    assert found.is_cut
    assert not chain.around(made[6].uid).is_cut


def test_a_chain_with_too_many_incidents_keeps_the_nearest(strikes):
    for number in range(chain.MOST + 5):
        link(rows.incident(f"Far {number:03}", day="2024-04-01"), strikes["fire"])

    found = chain.around(strikes["attack"].uid)

    assert len(found.knots) == chain.MOST and found.is_cut
    assert {"Attack", "Strikes", "Fire"} <= set(titles(found))


def test_links_that_go_round_in_a_circle_end():
    made = in_a_row(3)
    link(made[0], made[2])

    assert len(chain.around(made[1].uid).knots) == 3


def test_more_answers_cost_no_more_queries(strikes):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert Client().get(f"/incidents/{uids.shown(strikes['attack'].uid)}/chain/").status_code == 200
        return len(found)

    few = queries()
    for number in range(20):
        link(rows.incident(f"More {number}", day="2024-03-19"), strikes["strike"])

    assert queries() == few <= 12


def test_among_links_only_what_is_chosen(strikes):
    chosen = PublishedIncident.objects.filter(title__in=("Attack", "Strikes"))

    assert titles(chain.among(chosen)) == ["Attack", "Strikes"]


def test_labels_of_the_wide_drawing_have_a_cell_of_their_own(strikes):
    for _ in range(6):
        link(rows.incident("A made-up answer " + "with a long title " * 5, day="2024-03-18"), strikes["strike"])

    made = lanes.wide(chain.around(strikes["strike"].uid))

    whole = [mark for mark in made.marks if not mark.is_part]
    assert len({(mark.x, mark.y) for mark in made.marks}) == len(made.marks)
    for one in whole:
        for other in whole:
            if one.x == other.x and one.y < other.y:
                assert one.y + lanes.MARK_HEIGHT / 2 + len(one.label) * lanes.LINE < other.y - lanes.MARK_HEIGHT / 2
    assert all(mark.x >= 0 and mark.x + lanes.BODY <= made.width and mark.y < made.height for mark in made.marks)


def test_a_drawing_escapes_titles_and_says_which_links_are_contested(strikes):
    PublishedIncident.objects.filter(title="Attack").update(title="<b>Attack & “more”</b>")

    svg = lanes.drawn(chain.around(strikes["fire"].uid), strikes["fire"].uid)

    assert "<b>" not in svg and "&lt;b&gt;Attack &amp; “more”" in svg
    assert svg.count("lanes__edge--contested") == 2
    assert "4 h, contested" in svg and "2 d, as claimed" in svg
    assert svg.count("aria-current") == 2


def test_the_pages_say_the_same_in_words(strikes):
    page = Client().get(f"/incidents/{uids.shown(strikes['fire'].uid)}/chain/").text
    words = re.sub(r"<[^>]+>|\s+", " ", page)

    assert re.search("Response to “Strikes” *, 4 hours later", words)
    assert "contested: somebody denies the link" in words
    assert "part of the operation above" in words
    assert re.search(r"Retaliation for “Attack” *, 2 days later *\( *as claimed *\)", words)


def test_an_incident_that_left_has_no_chain_and_an_unknown_one_is_not_found():
    uid = uids.new()
    rows.edition(uid, kind="withdrawn", reason="correction", note="Not so")

    assert Client().get(f"/incidents/{uids.shown(uid)}/chain/").status_code == 410
    assert Client().get(f"/incidents/{uids.shown(uids.new())}/chain/").status_code == 404
