"""Likely duplicates: of the same kind, within three days and thirty kilometres."""

from datetime import date

import pytest

from events.desk import duplicates, incidents, likeness
from events.rules.dates import VagueDate
from tests import builders

pytestmark = pytest.mark.django_db


def likely(incident, user=None):
    found = duplicates.likely(duplicates.sought_of(incident), user or builders.person("editor"))
    return [one.incident for one in found]


def at(latitude, **more):
    point = {"latitude": latitude, "longitude": 70.0, "coordinate_basis": "settlement"} if latitude else {}
    return builders.location(f"Town at {latitude}", **point, **more)


def on(day):
    return VagueDate(date(2024, 3, day), date(2024, 3, day), "day")


def logged(place, day=18, **more):
    by = builders.person("analyst")
    return builders.draft(by, location=place, location_precision="settlement", date=on(day), **more)


def test_days_kilometres_and_kind_decide(analyst):
    incident = logged(at(33.0))
    near = logged(at(33.2), day=21)  # 22 km
    logged(at(33.3))  # 33 km
    logged(at(33.0), day=22)
    logged(at(33.0), kind="shelling")

    assert likely(incident) == [near]


def test_without_a_day_or_a_place_other_words_are_like_no_other(analyst):
    incident = logged(at(33.0))
    nowhere = builders.draft(analyst, title="Shots somewhere, made up")
    undated = logged(at(33.0), title="Shots at some time, made up")
    incidents.edit(undated, by=analyst, version=undated.version, fields={"date": VagueDate()})
    undated.refresh_from_db()

    assert [likely(one) for one in (incident, nowhere, undated)] == [[], [], []]


def test_places_without_coordinates_are_compared_by_district_and_province():
    tree = builders.places()
    here, there = (builders.location(name, parent=tree["district"]) for name in ("Here", "There"))
    elsewhere = builders.location("Elsewhere", level="district", parent=tree["province"])
    village = builders.location("Village", parent=elsewhere)

    assert likeness.are_near(here, there)
    assert likeness.are_near(here, tree["province"])
    assert not likeness.are_near(here, village)
    assert not likeness.are_near(here, builders.location("Abroad"))


def test_what_is_linked_or_a_part_of_the_same_operation_is_explained(analyst, editor):
    place = at(33.0)
    whole, part, other_part = logged(place), logged(place), logged(place)
    for one in (part, other_part):
        incidents.link(one, whole, by=editor, type="part_of")
    loose = logged(place)

    assert len(likely(part)) == 3
    assert [one.incident for one in duplicates.unexplained(part, editor)] == [loose]
    assert [one.incident for one in duplicates.unexplained(whole, editor)] == [loose]


def test_editors_are_warned_before_they_publish_and_offered_them_for_merging(client, analyst, editor):
    place = at(33.0)
    fields = {"location": place, "location_precision": "settlement"}
    twin = builders.submitted(analyst, title="The twin", **fields)
    incident = builders.submitted(analyst, **fields)
    client.force_login(editor)

    for door in ("review/", "publish/", "merge/"):
        assert "The twin" in client.get(f"/desk/incidents/{incident.uid}/{door}").text
    assert f'value="{twin.uid}"' in client.get(f"/desk/incidents/{incident.uid}/merge/").text
