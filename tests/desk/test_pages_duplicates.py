"""Likely duplicates at the desk's doors: told of while typing, asked about before logging, shown before publishing."""

from datetime import date

import pytest

from events.desk import duplicates, incidents, likeness
from events.models.incident import Incident
from events.rules.dates import VagueDate
from tests import builders
from tests.desk import keyboard

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


def typed(**changes):
    return {
        "title": "Shots at a made-up post",
        "kind": "ambush",
        "date_start": "2024-03-19",
        "date_precision": "day",
        "place": "Town at 33.0",
    } | changes


def test_what_is_typed_is_answered_with_candidates_reasons_and_a_way_to_go_on_there(client, analyst):
    twin = logged(at(33.0), title="Attack on a <made-up> post")
    client.force_login(analyst)

    answer = client.post("/desk/duplicates/", typed())

    assert answer.status_code == 200
    for words in ("Attack on a &lt;made-up&gt; post", twin.shown_uid, "same kind family: ambush / armed assault"):
        assert words in answer.text
    for words in ("one day apart", "same place: Town at 33.0", "18 March 2024", 'name="into"', "formnovalidate"):
        assert words in answer.text
    assert 'name="despite_duplicates"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        typed(place="No such place", title=""),
        typed(date_start="2024-02-31"),
        typed(date_start="0001-01-01"),
        typed(date_start="9999-12-31", date_precision="week"),
        typed(date_end="2024-03-01"),
        typed(kind="bombing", date_start=""),
        {"claims-0-citations-0-url": "javascript:alert(1)", "x-url": "http://[::1", "url": "nonsense\x00"},
        {"claims-0-claimant": "\x00", "claims-0-claimant-pick": "\ud800x", "value_actor": "x" * 5000},
        {"claims-0-document": "nothing\x00", "date_precision": "some day", "place-pick": "\x00"},
    ],
)
def test_unfinished_and_wrong_inputs_are_answered_with_nothing(client, analyst, wrong):
    logged(at(33.0), title="Attack on a post")
    client.force_login(analyst)
    wrong = {name: value.encode("utf-8", "replace").decode() for name, value in wrong.items()}

    answer = client.post("/desk/duplicates/", wrong)

    assert (answer.status_code, answer.text.strip()) == (200, "")


def test_addresses_and_actors_of_any_row_are_reasons(client, analyst):
    group = builders.actor("Test Front", aliases=[{"text": "The Testers", "kind": "self_designation"}])
    paper = builders.document("A made-up report", url="https://gazette.example/made-up")
    says = builders.claim("perpetrator", value_actor=group, part="perpetrator", document_row=paper)
    logged(at(33.0), claims=[says])
    client.force_login(analyst)
    rows = {
        "claims-0-value_actor": "the testers",
        "claims-1-claimant": "Somebody else",
        "claims-1-citations-0-url": "http://www.gazette.example/made-up/?utm_source=x",
    }

    by_name = client.post("/desk/duplicates/", typed(**rows)).text
    by_pick = client.post("/desk/duplicates/", typed(claimant="x", **{"claimant-pick": group.uid})).text

    assert "same document: A made-up report" in by_name
    assert "names the same actor: Test Front" in by_name
    assert "names the same actor: Test Front" in by_pick


def test_drafts_of_others_are_not_told_of_by_name_nor_by_number(client, other_analyst):
    logged(at(33.0))
    client.force_login(other_analyst)

    assert client.post("/desk/duplicates/", typed()).text.strip() == ""
    assert client.post("/desk/log/", keyboard.incident(**typed())).status_code == 302


def test_to_what_an_editor_has_an_author_adds_nothing(client, analyst):
    place = at(33.0)
    builders.submitted(analyst, location=place, location_precision="settlement")
    client.force_login(analyst)

    answer = client.post("/desk/duplicates/", typed())

    assert "submitted for review" in answer.text
    assert 'name="into"' not in answer.text


def test_logging_what_is_likely_logged_is_asked_once_and_keeps_what_was_typed(client, analyst):
    twin = logged(at(33.0))
    client.force_login(analyst)
    sent = keyboard.incident(**typed(summary="Made-up words that must stay"))

    asked = client.post("/desk/log/", sent)

    assert asked.status_code == 409
    for words in (twin.shown_uid, "Made-up words that must stay", "log it all the same", 'href="#duplicates"'):
        assert words in asked.text
    assert Incident.objects.count() == 1
    told = client.post("/desk/log/", keyboard.as_shown(asked) | {"despite_duplicates": "yes"})
    assert (told.status_code, Incident.objects.count()) == (302, 2)


def test_a_page_sent_twice_is_not_asked_about_the_incident_it_made(client, analyst):
    at(33.0)
    client.force_login(analyst)
    sent = keyboard.incident(**typed())

    first, again = (client.post("/desk/log/", sent) for _ in range(2))

    assert (first.status_code, again.status_code, first.url) == (302, 302, again.url)
    assert Incident.objects.count() == 1


def test_what_is_only_somewhat_alike_is_not_asked_about(client, analyst):
    logged(at(33.0), day=21)
    client.force_login(analyst)

    assert 'name="into"' in client.post("/desk/duplicates/", typed()).text
    assert client.post("/desk/log/", keyboard.incident(**typed())).status_code == 302


def test_my_claims_go_on_to_the_one_that_is_there(client, analyst, other_analyst):
    twin = logged(at(33.0))
    client.force_login(analyst)

    answer = client.post("/desk/log/", keyboard.incident(**typed(into=twin.uid)))
    assert answer.url == f"/desk/incidents/{twin.shown_uid}/claims/add/"
    client.force_login(other_analyst)
    for into in (twin.uid, "\x00"):
        refused = client.post("/desk/log/", keyboard.incident(**typed(into=into)))
        assert refused.status_code == 422
        assert "Shots at a made-up post" in refused.text
        assert "Made-up incident" not in refused.text
    assert Incident.objects.count() == 1


def test_editors_read_the_reasons_before_they_publish(client, analyst, editor):
    place = at(33.0)
    fields = {"location": place, "location_precision": "settlement"}
    builders.submitted(analyst, title="The twin", **fields)
    incident = builders.submitted(analyst, **fields)
    client.force_login(editor)

    for door in ("review/", "publish/"):
        assert "same day; same place: Town at 33.0" in client.get(f"/desk/incidents/{incident.uid}/{door}").text
