"""Filters by numbers killed, whole dates, how well the place is known, factions, and the owners of sources."""

import pytest
from django.http import QueryDict

from events.models.edition import PublishedCitation, PublishedClaim
from events.record.selection import Selection
from tests.record import rows
from tests.record.test_filters import chosen, refusal

pytestmark = pytest.mark.django_db


def toll(low=None, best=None, high=None, *, is_open=False):
    return rows.incident(killed_low=low, killed_best=best, killed_high=high, killed_open=is_open)


def test_the_lowest_account_is_compared_unless_asked_otherwise():
    ranged, exact = toll(3, None, 12), toll(8, 8, 8)

    assert chosen("killed_min=4") == {exact}
    assert chosen("killed_max=4") == {ranged}
    assert chosen("killed_min=4&killed_field=low") == {exact}
    assert chosen("killed_min=4&killed_field=high") == {ranged, exact}
    assert chosen("killed_min=8&killed_max=8&killed_field=best") == {exact}


def test_what_is_not_reported_never_matches_and_none_is_a_number():
    toll()
    nobody = toll(0, 0, 0)

    for figure in ("low", "best", "high"):
        assert chosen(f"killed_min=0&killed_field={figure}") == {nobody}
        assert chosen(f"killed_max=1000000&killed_field={figure}") == {nobody}


def test_or_more_reaches_every_number_and_stays_below_none():
    stated, unstated, closed = toll(9, None, 223, is_open=True), toll(3, None, None, is_open=True), toll(9, None, 223)

    assert chosen("killed_min=224&killed_field=high") == {stated, unstated}
    assert chosen("killed_max=500&killed_field=high") == {closed}
    assert chosen("killed_min=10") == set()  # the lowest account is as it is


def test_an_open_end_without_any_figure_is_not_reported():
    toll(is_open=True)

    assert chosen("killed_min=0&killed_field=high") == set()


def test_within_holds_the_whole_date_and_overlaps_any_day_of_it():
    day = rows.incident(day="2024-03-10")
    before, after = (
        rows.incident(day="2024-02-28", until="2024-03-02"),
        rows.incident(day="2024-03-31", until="2024-04-01"),
    )
    rows.incident(day=None)
    march = "date_from=2024-03-01&date_to=2024-03-31"

    assert chosen(march) == chosen(f"{march}&date_mode=overlaps") == {day, before, after}
    assert chosen(f"{march}&date_mode=within") == {day}
    assert chosen("date_from=2024-03-01&date_mode=within") == {day, after}
    assert chosen("date_to=2024-03-31&date_mode=within") == {day, before}


def test_places_are_found_by_how_well_they_are_known():
    site, district = rows.incident(location_precision="site"), rows.incident(location_precision="district")
    rows.incident(location_precision="")

    assert chosen("location_precision_max=site") == {site}
    assert chosen("location_precision_max=near_settlement") == {site}
    assert chosen("location_precision_max=country") == {site, district}


def test_an_actor_is_asked_for_with_or_without_its_factions():
    body, faction = rows.actor("Made-up Front"), rows.actor("Made-up Faction")
    own = rows.incident(parts=[(body, "perpetrator"), (faction, "perpetrator"), (body, "perpetrator", False)])
    of_faction = rows.incident(parts=[(faction, "perpetrator"), (body, "perpetrator", False)])
    as_target = rows.incident(parts=[(body, "target"), (faction, "perpetrator"), (body, "perpetrator", False)])

    assert (
        chosen("actor=made-up-front") == chosen("actor=made-up-front&actor_depth=chain") == {own, of_faction, as_target}
    )
    assert chosen("actor=made-up-front&actor_depth=self") == {own, as_target}
    assert chosen("actor=made-up-front&actor_depth=self&role=perpetrator") == {own}


def test_the_side_of_a_source_is_that_of_its_owner():
    army, ministry = rows.actor("Made-up Army", side="pakistan"), rows.actor("Made-up Ministry", side="third")
    desk_only = rows.actor("Known to the Desk", side="pakistan")
    told = rows.incident(parts=[(army, "target"), (ministry, "mediator")])
    for name, owner in (
        ("Army News", army),
        ("Daily Paper", None),
        ("Ministry Site", ministry),
        ("Leaflet", desk_only),
    ):
        told = rows.incident(name)
        cite(told, rows.source(name, owner=owner))

    assert {row.title for row in chosen("source_side=pakistan")} == {
        "Army News"
    }  # nobody learns of who is in no edition
    assert {row.title for row in chosen("source_side=third")} == {"Ministry Site"}
    assert chosen("source_side=non_state") == set()


def cite(incident, source):
    claim = PublishedClaim.objects.create(
        uid=incident.uid[::-1], uid_number=incident.uid_number, incident=incident, position=0, sort_date=incident.sort_date,
        aspect="occurrence", stance="asserts", speech_act="report", credibility=3, is_eligible=True, body="{}",
    )  # fmt: skip
    PublishedCitation.objects.create(claim=claim, source=source, document_uid="D0000001", document_title="", position=0)


@pytest.mark.parametrize(
    ("query", "name", "told"),
    [
        ("killed_min=-1", "killed_min", "use a whole number from 0 to 1000000"),
        ("killed_max=1e3", "killed_max", "is not a number of people"),
        ("killed_min=9&killed_max=8", "killed_max", "less than killed_min, 9"),
        ("killed_field=best", "killed_field", "add killed_min or killed_max"),
        ("killed_max=0&killed=not_reported", "killed_max", "drop one of the two"),
        ("date_mode=within", "date_mode", "add date_from or date_to"),
        ("date_to=2024-03-18&date_mode=within&date_by=overlap", "date_mode", "contradicts date_by"),
        ("date_to=2024-03-18&date_mode=overlaps&date_by=first_day", "date_mode", "drop one of the two"),
        ("actor_depth=self", "actor_depth", "add actor"),
        ("location_precision_max=distric", "location_precision_max", "Use one of: district"),
        ("source_side=pakistani", "source_side", "Use one of: pakistan"),
    ],
)
def test_what_contradicts_itself_is_refused_with_the_remedy(query, name, told):
    assert told in refusal(query, name)


def test_chips_say_what_was_chosen_and_take_along_what_only_explains_them():
    rows.incident(parts=[(rows.actor("Made-up Front"), "perpetrator")])
    asked = "actor=made-up-front&actor_depth=self&killed_min=0&killed_field=high&date_to=2024-03-18&date_mode=within"

    chips = {chip.label: chip.address for chip in Selection.parse(QueryDict(asked)).chips}

    assert list(chips) == [
        "to 18 March 2024",
        "Days asked for: that hold a whole date",
        "Made-up Front",
        "without its factions",
        "Killed, at least: 0",
        "Figure of the killed: the highest account",
    ]
    assert "actor=made-up-front" in chips["without its factions"] and "depth" not in chips["without its factions"]
    assert chips["Made-up Front"] == "?date_to=2024-03-18&date_mode=within&killed_min=0&killed_field=high"
    assert "killed" not in chips["Killed, at least: 0"]
    assert "date" not in chips["to 18 March 2024"]
