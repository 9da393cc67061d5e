"""Several documents on one log sheet, in a real browser: each is recognised, read and quoted by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders

pytestmark = pytest.mark.browser
FIRST = "Made-up words: seven soldiers were killed in Testtown on Monday, the Test Front said."
SECOND = "Other made-up words: nine villagers were killed on Tuesday, said the Other Front."
FOUND, MISSING = re.compile("^✓ found"), re.compile("^✗ not in")


@pytest.fixture
def sheet(site, watch, sign_in, page):
    """The log sheet with a second document and a second card, which cites it."""
    watch(page)
    builders.places()
    for name in ("Test Front", "Other Front"):
        builders.actor(name, kind="armed_group", side="non_state", home_country="")
    builders.source("Test Gazette", domain="gazette.example", languages=["en"])
    builders.source("Test Courier", domain="courier.example", languages=["ur"])
    sign_in(page, "analyst")
    page.goto(f"{site}/desk/log/")
    page.get_by_role("button", name="Add another document").click()
    page.get_by_role("button", name="Add a card").click()
    page.select_option("[name=cards-1-document]", "2")
    return page


def put(page, name, text):
    page.fill(f"[name={name}]", text)


def check_of(page, card, said=0):
    return page.locator(f"[name=cards-{card}-says-{said}-excerpt] + .excerpt-check")


def held(page, name):
    return page.input_value(f"[name={name}]")


def test_an_excerpt_is_compared_with_the_document_that_its_card_cites(sheet):
    page = sheet
    put(page, "documents-0-captured_text", FIRST)
    put(page, "documents-1-captured_text", SECOND)
    put(page, "cards-0-says-0-excerpt", "seven soldiers")
    put(page, "cards-1-says-0-excerpt", "seven soldiers")
    expect(check_of(page, 0)).to_have_text(FOUND)
    expect(check_of(page, 1)).to_have_text(MISSING)

    page.select_option("[name=cards-1-document]", "1")
    expect(check_of(page, 1)).to_have_text(FOUND)
    page.select_option("[name=cards-0-document]", "2")
    expect(check_of(page, 0)).to_have_text(MISSING)
    put(page, "documents-1-captured_text", SECOND + " And seven soldiers.")
    expect(check_of(page, 0)).to_have_text(FOUND)

    page.locator("[data-document]").nth(1).locator("[data-row-remove]").click()
    put(page, "documents-0-captured_text", "Nothing of that.")
    expect(check_of(page, 0)).to_have_text(MISSING)
    expect(check_of(page, 1)).to_have_text(MISSING)


def test_an_excerpt_is_compared_with_the_stored_text_of_a_known_document(site, sheet):
    page = sheet
    builders.document("Known report", url="https://gazette.example/known", captured_text=SECOND)
    put(page, "documents-0-captured_text", FIRST)
    put(page, "documents-1-url", "https://www.gazette.example/known")
    put(page, "cards-1-says-0-excerpt", "nine villagers")
    expect(check_of(page, 1)).to_have_text(FOUND)
    put(page, "cards-1-says-0-excerpt", "seven soldiers")
    expect(check_of(page, 1)).to_have_text(MISSING)

    page.wait_for_url("**resume=**")
    page.get_by_text("Saved just now").wait_for()
    page.reload()
    put(page, "cards-1-says-0-excerpt", "nine villagers were")
    expect(check_of(page, 1)).to_have_text(FOUND)


def test_every_document_is_recognised_by_itself(sheet):
    page = sheet
    paper = builders.document("Known report", url="https://gazette.example/known", language="ps")

    put(page, "documents-0-url", "https://gazette.example/2024/03/18/new")
    put(page, "documents-1-url", "https://courier.example/2024/03/19/new")
    expect(page.locator("[name=documents-1-published_start]")).to_have_value("2024-03-19")
    expect(page.locator("[name=documents-0-published_start]")).to_have_value("2024-03-18")
    assert [held(page, f"documents-{n}-source") for n in (0, 1)] == ["Test Gazette", "Test Courier"]
    assert [held(page, f"documents-{n}-language") for n in (0, 1)] == ["en", "ur"]

    put(page, "documents-1-url", "https://gazette.example/known")
    page.get_by_role("link", name="Known report").wait_for()
    assert page.locator("[data-document]").nth(1).get_by_role("link", name="Known report").count() == 1
    assert [held(page, f"documents-1-{name}") for name in ("title", "language")] == ["Known report", "ps"]
    assert held(page, "documents-1-source") == paper.source.name
    assert held(page, "documents-0-title") == ""


def test_what_an_address_filled_follows_it_and_what_was_typed_stays(sheet):
    page = sheet
    builders.document("Known report", url="https://gazette.example/known", language="ps")
    put(page, "documents-1-url", "https://gazette.example/known")
    expect(page.locator("[name=documents-1-title]")).to_have_value("Known report")
    page.select_option("[name=documents-1-language]", "fa")

    put(page, "documents-1-url", "https://courier.example/2024/03/19/new")

    expect(page.locator("[name=documents-1-title]")).to_have_value("")
    expect(page.locator("[name=documents-1-source]")).to_have_value("Test Courier")
    expect(page.locator("[name=documents-1-published_start]")).to_have_value("2024-03-19")
    assert held(page, "documents-1-language") == "fa"


def test_offers_of_a_document_fill_cards_that_cite_it(sheet):
    page = sheet
    put(page, "documents-0-captured_text", FIRST)
    put(page, "documents-1-captured_text", SECOND)
    put(page, "cards-0-says-0-excerpt", "worked on last")
    read = page.get_by_role("button", name="Read the text")
    for number in (0, 1):
        read.nth(number).click()

    page.get_by_role("button", name="Killed: 9, civilians").click()
    page.get_by_role("button", name="Other Front").click()
    page.get_by_role("button", name="Killed: 7, security forces").click()

    assert held(page, "cards-1-says-0-toll-killed-civilian-any") == "9"
    assert held(page, "cards-1-says-0-excerpt") == SECOND
    assert held(page, "cards-1-claimant") == "Other Front"
    assert held(page, "cards-0-says-0-toll-killed-security_forces-any") == "7"
    assert held(page, "cards-0-says-0-excerpt") == "worked on last"


def test_an_offer_of_a_document_without_a_card_makes_one(sheet):
    page = sheet
    put(page, "documents-1-captured_text", SECOND)
    for number in (0, 1):
        put(page, f"cards-{number}-claimant", "Test Front")
    page.select_option("[name=cards-1-document]", "1")

    page.get_by_role("button", name="Read the text").nth(1).click()
    page.get_by_role("button", name="Killed: 9, civilians").click()

    assert held(page, "cards-2-document") == "2"
    assert held(page, "cards-2-says-0-toll-killed-civilian-any") == "9"


def test_another_figure_for_the_same_people_is_another_statement(sheet):
    page = sheet
    put(page, "documents-1-captured_text", SECOND)
    page.select_option("[name=cards-1-says-0-aspect]", "casualties")
    put(page, "cards-1-says-0-toll-killed-civilian-any", "4")

    page.get_by_role("button", name="Read the text").nth(1).click()
    page.get_by_role("button", name="Killed: 9, civilians").click()

    assert held(page, "cards-1-says-0-toll-killed-civilian-any") == "4"
    assert held(page, "cards-1-says-1-toll-killed-civilian-any") == "9"
