"""Names typed at the desk: any spelling, no silent pick, and new entries on the way."""

import pytest

from events.models.actor import Actor
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document, Source
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def add_claim(desk, data):
    incident = Incident.objects.first() or builders.draft(builders.person("analyst"), claims=[])
    return desk.post(f"/desk/incidents/{incident.uid}/claims/add/", data)


def test_a_place_is_found_by_any_of_its_spellings(desk):
    town = builders.location("Testtown", aliases=[{"text": "ٹیسٹ ٹاؤن", "language": "ur", "kind": "transliteration"}])

    answer = desk.post("/desk/log/", keyboard.incident(place="ٹيسٹ ٹاؤن"))

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert Incident.objects.get().location == town


def test_a_name_of_several_places_is_asked_about_and_never_picked(desk):
    province = builders.location("Testkhost", level="province")
    city = builders.location("Testkhost", parent=province)
    typed = keyboard.incident(place="testkhost")

    asked = desk.post("/desk/log/", typed)
    assert asked.status_code == 422
    assert "names 2 places" in keyboard.sentences(asked)
    assert province.uid in asked.text
    assert city.uid in asked.text
    assert not Incident.objects.exists()

    chosen = desk.post("/desk/log/", typed | {"place-asked": "testkhost", "place-pick": city.uid})
    assert chosen.status_code == 302
    assert Incident.objects.get().location == city


def test_a_choice_made_for_another_text_does_not_count(desk):
    one, other = builders.location("Onetown"), builders.location("Othertown")

    desk.post("/desk/log/", keyboard.incident(place="othertown", **{"place-asked": "onetown", "place-pick": one.uid}))

    assert Incident.objects.get().location == other


def test_an_unknown_place_can_be_added_on_the_way_and_only_once(desk):
    builders.location("Testland", level="country", iso="PK")
    typed = keyboard.incident(place="Newtown")

    asked = desk.post("/desk/log/", typed)
    assert asked.status_code == 422
    assert "to the gazetteer as a new place" in asked.text
    assert not Location.objects.filter(name="Newtown").exists()

    new = typed | {"place-asked": "Newtown", "place-pick": "new"}
    unanswered = desk.post("/desk/log/", new)
    assert unanswered.status_code == 422
    assert "where the new place lies" in keyboard.sentences(unanswered)

    answered = new | {"place_new-level": "settlement", "place_new-parent": "testland"}
    for _ in range(2):
        assert desk.post("/desk/log/", answered).status_code == 302
    place = Location.objects.get(name="Newtown")
    assert Incident.objects.get().location == place
    assert place.country.name == "Testland"


def test_a_place_that_is_not_logged_with_its_incident_is_not_kept(desk):
    typed = keyboard.incident(place="Newtown", title="x" * 201, **{"place-asked": "Newtown", "place-pick": "new"})

    answer = desk.post("/desk/log/", typed | {"place_new-level": "settlement"})

    assert answer.status_code == 422
    assert not Location.objects.filter(name="Newtown").exists()


def test_misspelt_places_bring_up_what_is_spelt_alike(desk):
    builders.location("Torkhamtest")

    answer = desk.post("/desk/log/", keyboard.incident(place="Turkhamtest"))

    assert "Torkhamtest" in answer.text


def test_taliban_is_asked_about_and_never_guessed(desk):
    alias = [{"text": "Testiban", "language": "en", "kind": "misspelling"}]
    builders.actor("Test authorities", kind="de_facto_authority", side="afghanistan_de_facto", aliases=alias)
    group = builders.actor("Test group", kind="armed_group", side="non_state", aliases=alias)
    typed = keyboard.claim(claimant="testiban", claimant_text="")

    asked = add_claim(desk, typed)
    assert asked.status_code == 422
    assert "names 2 actors" in keyboard.sentences(asked)

    chosen = add_claim(desk, typed | {"claimant-asked": "testiban", "claimant-pick": group.uid})
    assert chosen.status_code == 302, keyboard.sentences(chosen)
    assert Claim.objects.get().claimant == group


def test_an_unknown_claimant_is_kept_in_words_only_by_choice(desk):
    typed = keyboard.claim(claimant="tribal elders", claimant_text="")

    asked = add_claim(desk, typed)
    assert asked.status_code == 422
    assert not Claim.objects.exists()

    add_claim(desk, typed | {"claimant-asked": "tribal elders", "claimant-pick": "words"})
    assert (Claim.objects.get().claimant, Claim.objects.get().claimant_text) == (None, "tribal elders")


def test_a_new_actor_is_added_on_the_way(desk):
    typed = keyboard.claim(
        "perpetrator",
        **{"value_actor": "New group", "value_actor-asked": "New group", "value_actor-pick": "new"},
    )

    unanswered = add_claim(desk, typed)
    assert unanswered.status_code == 422
    assert not Actor.objects.exists()

    kind = {"value_actor_new-kind": "armed_group", "value_actor_new-side": "non_state"}
    assert add_claim(desk, typed | kind).status_code == 302
    assert (Claim.objects.get().value_actor.name, Claim.objects.get().part) == ("New group", "perpetrator")


def test_a_pasted_address_brings_its_document_and_its_publisher(desk):
    gazette = builders.source("Known Gazette", domain="gazette.example")
    known = builders.document("Known report", source_row=gazette, url="https://gazette.example/known")
    rows = keyboard.citations(
        {"url": "https://www.gazette.example/known/?utm_source=x", "excerpt": "words"},
        {"url": "https://live.gazette.example/other", "title": "Other report", "excerpt": "more words"},
    )

    answer = add_claim(desk, keyboard.claim() | rows)

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert [citation.document.source for citation in Claim.objects.get().citations.all()] == [gazette, gazette]
    assert Claim.objects.get().citations.first().document == known
    assert Source.objects.count() == 1
    assert Document.objects.count() == 2


def test_an_address_that_only_ends_like_a_known_domain_is_not_its_publisher(desk):
    builders.source("Known Gazette", domain="gazette.example")

    answer = add_claim(
        desk, keyboard.claim() | keyboard.citations({"url": "https://evilgazette.example/x", "title": "X"})
    )

    assert answer.status_code == 422
    assert "name who published it" in keyboard.sentences(answer)


def test_a_document_without_an_address_is_recognised_by_its_source_and_title(desk):
    gazette = builders.source("Known Gazette")
    known = builders.document("Evening edition", source_row=gazette, url="")
    typed = {"title": "Evening edition", "source": "known gazette", "excerpt": "words"}

    answer = add_claim(desk, keyboard.claim() | keyboard.citations(typed))

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert Claim.objects.get().citations.get().document == known


def test_two_addresses_or_two_days_make_two_documents_of_one_title(desk):
    gazette = builders.source("Known Gazette", domain="gazette.example")
    builders.document("Blast in the city", source_row=gazette, url="https://gazette.example/1")
    rows = keyboard.citations(
        {"url": "https://gazette.example/2", "title": "Blast in the city", "excerpt": "words"},
        {"title": "Briefing", "source": "known gazette", "published_start": "2024-03-18", "excerpt": "words"},
        {"title": "Briefing", "source": "known gazette", "published_start": "2024-03-19", "excerpt": "words"},
    )

    answer = add_claim(desk, keyboard.claim() | rows)

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert Document.objects.filter(title="Blast in the city").count() == 2
    assert Document.objects.filter(title="Briefing").count() == 2


def test_a_clock_time_is_that_of_the_country_where_only_the_country_is_known(desk, analyst):
    country = builders.location("Testland", level="country", iso="PK")
    builders.draft(analyst, claims=[], location=country, location_precision="country")
    typed = keyboard.claim(
        "date", value_date_start="2024-03-18", value_date_precision="minute", value_date_time="03:00"
    )

    answer = add_claim(desk, typed)

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert Claim.objects.get().value_date.time_zone == "Asia/Karachi"
