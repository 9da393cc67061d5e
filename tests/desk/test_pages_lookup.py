"""The doors behind a name that is typed: options, questions about a new entry, the map; and the question about doubles."""

import re

import pytest

from events.models.actor import Actor
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Source
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def test_options_carry_what_the_form_needs(desk):
    town = builders.places()["town"]

    answer = desk.get("/desk/look-up/places/", {"q": "TESTTOWN"})

    assert answer.status_code == 200
    assert answer.text.count('role="option"') == 1
    assert f'data-value="{town.uid}" data-label="Testtown"' in answer.text
    assert 'data-hint="Settlement, Test District, Test Province, Testland" data-named' in answer.text


def test_another_spelling_is_shown_in_its_language(desk):
    builders.location("Testtown", aliases=[{"text": "ٹیسٹ ٹاؤن", "language": "ur", "kind": "transliteration"}])

    assert '<bdi lang="ur">ٹیسٹ ٹاؤن</bdi>' in desk.get("/desk/look-up/places/", {"q": "ٹيسٹ"}).text


def test_a_name_with_signs_of_html_stays_a_name(desk):
    builders.actor('Test <img src=x onerror="alert(1)">')

    answer = desk.get("/desk/look-up/actors/", {"q": "test"})

    assert "<img" not in answer.text
    assert "&lt;img" in answer.text


@pytest.mark.parametrize(("kind", "found"), [("actors", "Test Front"), ("sources", "Test Gazette")])
def test_every_register_has_its_door(desk, kind, found):
    builders.actor("Test Front")
    builders.source("Test Gazette")

    assert found in desk.get(f"/desk/look-up/{kind}/", {"q": "test"}).text


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "nothing like it"}, {"q": "\x00\u202e"}])
def test_nothing_found_is_an_empty_answer(desk, query):
    builders.location("Testtown")

    answer = desk.get("/desk/look-up/places/", query)

    assert (answer.status_code, answer.text.strip()) == (200, "")


def test_a_text_too_long_for_a_name_is_refused_in_a_sentence(desk):
    answer = desk.get("/desk/look-up/places/", {"q": "x" * 201})

    assert (answer.status_code, answer.text) == (400, "A name has at most 200 characters; this one has 201.")


@pytest.mark.parametrize("address", ["documents/", "no-such/", "documents/new/", "places/00000000/preview/"])
def test_there_is_nothing_to_look_up_elsewhere(desk, address):
    assert desk.get(f"/desk/look-up/{address}").status_code == 404


@pytest.mark.parametrize("address", ["places/?q=test", "places/new/?text=x", "places/{uid}/preview/"])
def test_researchers_and_strangers_look_nothing_up(client, researcher, address):
    address = "/desk/look-up/" + address.format(uid=builders.location().uid)
    assert client.get(address).status_code == 302
    client.force_login(researcher)
    assert client.get(address).status_code == 403


def test_looking_up_only_reads(desk):
    assert desk.post("/desk/look-up/places/", {"q": "test"}).status_code == 405


def test_the_questions_about_a_new_place_come_under_the_names_the_form_reads(desk):
    query = {"name": "cards-0-place", "prefix": "cards-0-place_new", "text": "New <town>"}

    answer = desk.get("/desk/look-up/places/new/", query)

    assert 'name="cards-0-place_new-level"' in answer.text
    assert 'name="cards-0-place_new-parent-pick"' not in answer.text
    assert 'name="cards-0-place_new-parent-asked"' in answer.text
    assert "New &lt;town&gt;" in answer.text
    assert 'name="cards-0-claimant_new-side"' in (
        desk.get("/desk/look-up/actors/new/", {"prefix": "cards-0-claimant_new", "text": "New"}).text
    )


@pytest.mark.parametrize(
    "query", [{"prefix": 'x" onfocus="y'}, {"name": "a b"}, {"text": "x" * 201}, {"prefix": "x" * 81}]
)
def test_questions_under_no_name_of_a_form_are_refused(desk, query):
    answer = desk.get("/desk/look-up/places/new/", query)

    assert answer.status_code == 400
    assert answer.text.endswith(".")


def test_the_questions_tell_at_once_of_entries_of_nearly_that_name(desk):
    known = builders.actor("Test Front")

    answer = desk.get(
        "/desk/look-up/actors/new/", {"name": "claimant", "prefix": "claimant_new", "text": "test fronts"}
    )

    assert f"/desk/actors/{known.uid}/" in answer.text
    assert 'name="claimant-despite"' in answer.text
    assert "despite" not in desk.get("/desk/look-up/actors/new/", {"name": "claimant", "text": "Unheard of"}).text


def test_the_map_shows_the_uncertainty_to_scale_and_says_it_in_words(desk):
    province = builders.places()["province"]
    place = {"latitude": 33, "longitude": 70, "coordinate_basis": "seat", "level": "district", "parent": province}
    near, far = (
        builders.location(f"Madeup {km}", uncertainty_km=km, **place).uid for km in (25, 50)
    )  # both on a map of one scale

    pages = [desk.get(f"/desk/look-up/places/{uid}/preview/").text for uid in (near, far)]

    small, large = (float(re.search(r'locator__extent"[^>]* r="([\d.]+)"', page)[1]) for page in pages)
    assert large == pytest.approx(2 * small, abs=0.2)
    bar = float(re.search(r"M12 \d+V\d+H([\d.]+)V", pages[0])[1]) - 12
    assert bar / 50 == pytest.approx(small / 25, abs=0.01)
    assert "At 33.00° N, 70.00° E (the seat of the area), uncertain by 25 km: the circle." in pages[0]
    assert "Madeup 25</bdi>: District, Test Province, Testland." in pages[0]
    assert "no view on their status" in pages[0]
    assert '<path class="locator__border" d="M' in pages[0]
    assert 'aria-hidden="true"' in pages[0]


def test_a_place_without_coordinates_is_told_in_words_alone(desk):
    province = builders.places()["province"]

    answer = desk.get(f"/desk/look-up/places/{province.uid}/preview/")

    assert "<svg" not in answer.text
    assert "no coordinates" in answer.text


# --- likely doubles -----------------------------------------------------------------------------------------------

NEW = {
    "actors": {"name": "test front", "kind": "armed_group", "side": "non_state"},
    "locations": {"name": "Test-front", "level": "settlement"},
    "sources": {"name": "The Test Frontt", "kind": "online", "reliability": "F"},
}


@pytest.mark.parametrize("register", NEW)
def test_an_entry_of_nearly_a_known_name_is_added_only_when_confirmed(desk, register):
    model = {"actors": Actor, "locations": Location, "sources": Source}[register]
    make = {"actors": builders.actor, "locations": builders.location, "sources": builders.source}[register]
    known = make("Test Front")

    asked = desk.post(f"/desk/{register}/new/", NEW[register])
    assert asked.status_code == 422
    assert "nearly the name of: Test Front" in keyboard.sentences(asked)
    assert f'href="/desk/{register}/{known.uid}/"' in asked.text
    assert keyboard.as_shown(asked)["name"] == NEW[register]["name"]
    assert model.objects.filter(pk__gt=known.pk).count() == 0

    confirmed = desk.post(f"/desk/{register}/new/", NEW[register] | {"name-despite": "yes"})
    assert confirmed.status_code == 302, keyboard.sentences(confirmed)
    assert model.objects.filter(pk__gt=known.pk).count() == 1


def test_a_confirmation_stays_when_something_else_is_wrong(desk):
    builders.actor("Test Front")

    answer = desk.post("/desk/actors/new/", {"name": "Test front", "name-despite": "yes"})

    assert answer.status_code == 422
    assert keyboard.as_shown(answer)["name-despite"] == "yes"


def test_a_new_place_on_the_way_is_asked_about_too(desk):
    country = builders.location("Testland", level="country", iso="PK")
    builders.location("Newtown", parent=country)
    typed = keyboard.incident(place="New Town", **{"place-asked": "New Town", "place-pick": "new"})
    typed |= {"place_new-level": "district", "place_new-parent": "testland"}

    asked = desk.post("/desk/log/", typed)
    assert asked.status_code == 422
    assert "nearly the name of: Newtown (Settlement, Testland)" in keyboard.sentences(asked)
    assert not Incident.objects.exists()
    shown = keyboard.as_shown(asked)
    assert (shown["place-pick"], shown["place_new-level"]) == ("new", "district")

    confirmed = desk.post("/desk/log/", shown | {"place-despite": "yes"})
    assert confirmed.status_code == 302, keyboard.sentences(confirmed)
    assert Incident.objects.get().location.name == "New Town"


def test_new_actors_and_sources_of_a_claim_are_asked_about(desk):
    incident = builders.draft(builders.person("analyst"), claims=[])
    builders.actor("Test Front")
    builders.source("Test Gazette")
    named = {"claimant": "Test Frontt", "claimant-asked": "Test Frontt", "claimant-pick": "new", "claimant_text": ""}
    named |= {"claimant_new-kind": "armed_group", "claimant_new-side": "non_state"}
    gazette = keyboard.new_document(source="Testgazette", **{"source-asked": "Testgazette"})
    typed = keyboard.claim(**named) | keyboard.citations(gazette)
    address = f"/desk/incidents/{incident.uid}/claims/add/"

    about_actor = desk.post(address, typed)
    assert about_actor.status_code == 422
    assert "nearly the name of: Test Front" in keyboard.sentences(about_actor)

    about_source = desk.post(address, typed | {"claimant-despite": "yes"})
    assert about_source.status_code == 422
    assert "nearly the name of: Test Gazette" in keyboard.sentences(about_source)
    assert 'name="citations-0-source-despite"' in about_source.text
    assert keyboard.as_shown(about_source)["claimant-despite"] == "yes"
    assert not Claim.objects.exists()

    saved = desk.post(address, typed | {"claimant-despite": "yes", "citations-0-source-despite": "yes"})
    assert saved.status_code == 302, keyboard.sentences(saved)
    assert Claim.objects.get().claimant.name == "Test Frontt"
    assert Source.objects.count() == 2


def test_one_new_actor_named_twice_on_a_page_is_no_double_of_itself(desk):
    incident = builders.draft(builders.person("analyst"), claims=[])
    typed = keyboard.claim("perpetrator", claimant_text="")
    for field in ("claimant", "value_actor"):
        typed |= {field: "New Front", f"{field}-asked": "New Front", f"{field}-pick": "new"}
        typed |= {f"{field}_new-kind": "armed_group", f"{field}_new-side": "non_state"}

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", typed)

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert Actor.objects.count() == 1
