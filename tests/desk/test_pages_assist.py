"""The doors that help with a source: reading a text, recognising an address, checking an excerpt; captured texts."""

import hashlib
import json
import re
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.desk import registers
from events.models.change import Change
from events.models.claim import Claim
from events.models.source import LONGEST_CAPTURE, Document
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
TEXT = "Made-up words: seven soldiers were killed in Testtown on Monday, the Test Front said."


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def offers(answer):
    return [json.loads(unescape(found)) for found in re.findall(r'data-offer="([^"]*)"', answer.content.decode())]


def claim_page(**given):
    """What the browser sends for a claim with one citation."""
    return keyboard.claim() | keyboard.citations(given) | {"save": "yes"}


# --- reading -----------------------------------------------------------------------------------------------------


def test_a_text_is_offered_as_values_with_their_excerpt(desk):
    builders.places()
    builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")

    found = {
        offer["kind"]: offer for offer in offers(desk.post("/desk/assist/", {"text": TEXT, "published": "2024-03-21"}))
    }

    assert found["date"]["values"] == {"start": "2024-03-18", "end": "2024-03-18", "precision": "day"}
    assert found["place"]["values"]["name"] == "Testtown"
    assert [row["name"] for row in found["actor"]["values"]["candidates"]] == ["Test Front"]
    assert found["casualties"]["values"] == {
        "outcome": "killed",
        "category": "security_forces",
        "demographic": "any",
        "number": "7",
        "subset_of_category": None,
    }
    assert {offer["excerpt"] for offer in found.values()} == {TEXT}


def test_reading_saves_nothing(desk):
    before = Change.objects.count()

    desk.post("/desk/assist/", {"text": TEXT, "published": "2024-03-21"})

    assert (Change.objects.count(), Claim.objects.count(), Document.objects.count()) == (before, 0, 0)


def test_a_name_of_several_actors_is_asked_about(desk):
    for name in ("Test Front", "Other Test Front"):
        actor = builders.actor(name)
        registers.add_actor_alias(actor, by=builders.keeper(), text="Testers", kind="transliteration")

    answer = desk.post("/desk/assist/", {"text": "The Testers said so."})

    assert "Which “<bdi>Testers</bdi>”?" in answer.content.decode()
    assert [offer["values"]["name"] for offer in offers(answer)] == ["Other Test Front", "Test Front"]


def test_names_that_are_added_are_known_at_once(desk):
    assert offers(desk.post("/desk/assist/", {"text": "Clashes in Newtown went on."})) == []

    town = builders.location("Oldtown")
    registers.add_location_alias(town, by=builders.keeper(), text="Newtown", kind="transliteration")

    (offer,) = offers(desk.post("/desk/assist/", {"text": "Clashes in Newtown went on."}))
    assert offer["values"] == {"uid": town.uid, "name": "Oldtown", "hint": "Settlement"}


def test_reading_costs_the_same_queries_with_two_or_eight_names(desk):
    def costs(first, count):
        for number in range(first, first + count):
            builders.location(f"Testtown {number}")
            builders.actor(f"Test Front {number}")
        with CaptureQueriesContext(connection) as asked:
            desk.post("/desk/assist/", {"text": "Clashes in Testtown 1 and Testtown 2."})
        return len(asked)

    assert costs(0, 2) == costs(2, 6)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> killed seven soldiers", "\"'><b>7 soldiers were killed</b>"]
)
def test_markup_in_a_text_stays_text(desk, text):
    page = desk.post("/desk/assist/", {"text": text}).content.decode()

    assert "<script" not in page and "<b>" not in page
    assert "&lt;" in page


def test_two_million_characters_are_taken_and_the_answer_says_what_was_read(desk):
    answer = desk.post("/desk/assist/", {"text": "یہ فرضی متن ہے۔ " * 125_000})

    assert answer.status_code == 200
    assert "Only the first 200000 characters were read" in answer.content.decode()


@pytest.mark.parametrize("day", ["", "2024-02-31", "yesterday", "9" * 50, "0001-01-01"])
def test_a_day_that_is_none_only_leaves_weekdays_unread(desk, day):
    answer = desk.post("/desk/assist/", {"text": TEXT, "published": day})

    assert answer.status_code == 200


@pytest.mark.parametrize("role", [None, "researcher"])
def test_only_people_of_the_desk_are_helped(client, role):
    paper = builders.document(captured_text="Made-up words.")
    if role:
        client.force_login(builders.person(role))

    for address in ("/desk/assist/", "/desk/recognise/", f"/desk/documents/{paper.uid}/quotes/"):
        answer = client.post(address, {"text": TEXT, "excerpt": "Made-up"})
        assert answer.status_code == (403 if role else 401)
        assert b"offer" not in answer.content and b"found" not in answer.content


# --- recognising -------------------------------------------------------------------------------------------------


def test_a_known_document_is_recognised_in_another_spelling_of_its_address(desk):
    paper = builders.document("Made-up report", url="https://gazette.example/2024/a-report", language="ur")

    found = desk.post("/desk/recognise/", {"url": "http://www.gazette.example/2024/a-report/?utm_source=x"}).json()

    assert found["document"]["uid"] == paper.uid
    assert (found["document"]["title"], found["document"]["language"]) == ("Made-up report", "ur")
    assert found["document"]["source"]["name"] == paper.source.name


def test_a_new_address_gives_its_publisher_language_and_day(desk):
    gazette = builders.source("Test Gazette", domain="gazette.example", languages=["en"])

    found = desk.post("/desk/recognise/", {"url": "gazette.example/2024/03/18/new"}).json()

    assert found["document"] is None and found["problem"] == ""
    assert found["source"] == {"uid": gazette.uid, "name": "Test Gazette", "hint": "Newspaper, gazette.example"}
    assert (found["language"]["code"], found["published"]["day"]) == ("en", "2024-03-18")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.example/a", "https://a:b@x.example/", "https://x.example/\u202ea"]
)
def test_an_address_that_is_none_is_answered_with_a_sentence(desk, url):
    found = desk.post("/desk/recognise/", {"url": url}).json()

    assert found["problem"].endswith(".")
    assert found["document"] is None and found["source"] is None


# --- captured texts ----------------------------------------------------------------------------------------------


def test_a_pasted_text_is_kept_with_its_hash_and_shown_as_text(desk, analyst):
    incident = builders.draft(analyst)
    text = "  Made-up <b>words</b>\r\nin \u202etwo lines\u202c.\x00 "
    given = {
        "url": "https://gazette.example/1",
        "title": "Made-up report",
        "captured_text": text,
        "excerpt": "two lines",
    }
    builders.source("Test Gazette", domain="gazette.example")

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", claim_page(**given))

    assert answer.status_code == 302
    paper = Document.objects.get(title="Made-up report")
    assert paper.captured_text == "Made-up <b>words</b>\nin two lines."
    assert paper.sha256 == hashlib.sha256(paper.captured_text.encode()).hexdigest()
    page = desk.get(f"/desk/documents/{paper.uid}/").content.decode()
    assert "Made-up &lt;b&gt;words&lt;/b&gt;" in page and paper.sha256 in page
    assert 'name="captured_text"' not in page


def test_two_million_characters_of_urdu_are_kept(desk):
    source = builders.source("Test Gazette")
    text = ("یہ فرضی متن ہے۔ " * 125_000)[: LONGEST_CAPTURE - 1] + "۔"

    answer = desk.post(
        "/desk/documents/new/",
        {"title": "Made-up report", "source": source.name, "kind": "article", "captured_text": text},
    )

    assert answer.status_code == 302
    assert Document.objects.get().captured_text == text


def test_one_character_more_is_refused_with_a_sentence_and_kept_on_the_page(desk):
    source = builders.source("Test Gazette")

    answer = desk.post(
        "/desk/documents/new/",
        {"title": "Made-up report", "source": source.name, "kind": "article", "captured_text": "x" * 2_000_001},
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "has 2000001 characters; at most 2000000 are kept" in page
    assert "x" * 2_000_001 in page


def test_a_text_is_captured_once(desk, analyst):
    paper = registers.add_document(
        by=analyst, source=builders.source(), title="Made-up report", captured_text="As it was."
    )
    sent = {"title": paper.title, "source": paper.source.name, "kind": "article", "version": "1"}

    for text, status in (("As it never was.", 422), ("", 302)):
        assert desk.post(f"/desk/documents/{paper.uid}/edit/", sent | {"captured_text": text}).status_code == status
        paper.refresh_from_db()
        assert paper.captured_text == "As it was."


def test_a_known_document_without_a_text_takes_the_one_that_is_pasted(desk, analyst):
    incident = builders.draft(analyst)
    paper = registers.add_document(
        by=analyst, source=builders.source(), title="Made-up report", url="https://gazette.example/1"
    )
    given = {"url": "http://gazette.example/1/", "captured_text": "Made-up words.", "excerpt": "words"}

    assert desk.post(f"/desk/incidents/{incident.uid}/claims/add/", claim_page(**given)).status_code == 302

    paper.refresh_from_db()
    assert paper.captured_text == "Made-up words."


def test_another_text_for_a_known_document_is_refused_and_nothing_typed_is_lost(desk, analyst):
    incident = builders.draft(analyst)
    builders.document(url="https://gazette.example/1", captured_text="As it was.")
    given = {"url": "https://gazette.example/1", "captured_text": "Otherwise.", "excerpt": "Otherwise"}

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", claim_page(**given))

    assert answer.status_code == 422
    assert "was captured before and reads otherwise" in answer.content.decode()
    assert "Otherwise." in answer.content.decode()


def test_the_trace_of_a_document_names_the_hash_and_does_not_repeat_the_text():
    paper = builders.document(captured_text="Made-up words.")

    made = Change.objects.get(object_uid=paper.uid, field="created")

    assert made.after["sha256"] == paper.sha256 and "captured_text" not in made.after


def test_lists_and_claims_do_not_load_captured_texts(desk, analyst):
    incident = builders.draft(
        analyst, claims=[builders.claim(document_row=builders.document(captured_text="made-up words"))]
    )

    for address in ("/desk/documents/", f"/desk/incidents/{incident.uid}/"):
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        assert not any('"captured_text"' in query["sql"] for query in asked.captured_queries)


def test_large_forms_are_for_the_desk_and_for_people_who_are_signed_in(desk):
    big = {"text": "x" * 3_000_000}
    caches["api_rates"].clear()

    assert desk.post("/desk/assist/", big).status_code == 200
    assert desk.post("/theme/", big).status_code == 413
    assert Client().post("/desk/assist/", big).status_code == 413
    assert Client().post("/accounts/login/", big).status_code == 413
    assert desk.post("/desk/assist/", {"text": "x" * 13_000_000}).status_code == 413


# --- excerpts ----------------------------------------------------------------------------------------------------


def test_an_excerpt_is_checked_against_a_stored_document(desk):
    paper, bare = builders.document(captured_text="It says: “made-up\nwords”."), builders.document()

    def answer(document, excerpt):
        return desk.post(f"/desk/documents/{document.uid}/quotes/", {"excerpt": excerpt}).json()["answer"]

    assert answer(paper, '"made-up words"') == "found"
    assert answer(paper, "other words") == "not found"
    assert answer(bare, "made-up words") == "no captured text"
    assert desk.post("/desk/documents/0000-0000/quotes/", {"excerpt": "x"}).status_code == 404
