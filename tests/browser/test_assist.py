"""Help with a source in a real browser: offers of a pasted text, recognised addresses, excerpts checked while typing."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import builders
from tests.browser.test_pages import RULES
from tests.desk.quote_cases import CASES

pytestmark = pytest.mark.browser
TEXT = "Made-up words: seven soldiers were killed in Testtown on Monday.\nThe “Test Front” said so – twice."
SENTENCE = "Made-up words: seven soldiers were killed in Testtown on Monday."
ROW = "[name=citations-0-{}]"


@pytest.fixture
def claim_page(site, watch, sign_in, page):
    """The page of a new claim about a made-up draft."""
    watch(page)
    builders.places()
    builders.source("Test Gazette", domain="gazette.example", languages=["en"])
    draft = builders.draft(sign_in(page, "analyst"))
    page.goto(f"{site}/desk/incidents/{draft.shown_uid}/claims/add/?aspect=casualties")
    return page


def paste(page, text=TEXT, row=0):
    page.fill(f"[name=citations-{row}-captured_text]", text)


def said_of_excerpt(page, words):
    page.locator(".excerpt-check").first.filter(has_text=words).wait_for()


def test_an_offer_tells_the_page_its_values_and_fills_the_excerpt(claim_page):
    page = claim_page
    page.fill(ROW.format("published_start"), "2024-03-21")
    paste(page)
    page.evaluate("window.heard = []; document.addEventListener('ledger:offer', (e) => heard.push(e.detail))")

    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("button", name="Killed: 7, security forces").click()
    page.get_by_role("button", name="18 March 2024").click()

    toll, day = page.evaluate("window.heard")
    assert (toll["kind"], toll["values"]["number"], toll["excerpt"]) == ("casualties", "7", SENTENCE)
    assert day["values"] == {"start": "2024-03-18", "end": "2024-03-18", "precision": "day"}
    assert page.input_value(ROW.format("excerpt")) == SENTENCE
    said_of_excerpt(page, "found in the captured text")
    assert page.input_value(ROW.format("title")) == ""


def test_markup_of_a_text_is_shown_and_not_run(claim_page):
    page = claim_page
    paste(page, "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'> seven soldiers were killed")

    page.get_by_role("button", name="Read the text").click()
    page.get_by_text("The text, with what was found marked").click()

    assert "<script>window.bad" in page.locator("div.captured").inner_text()
    assert page.evaluate("window.bad") is None


def test_a_row_that_was_added_is_helped_too(claim_page):
    page = claim_page
    page.get_by_role("button", name="Add another citation").click()
    paste(page, row=1)

    page.get_by_role("button", name="Read the text").nth(1).click()
    page.get_by_role("button", name="Killed: 7, security forces").click()

    assert page.input_value("[name=citations-1-excerpt]") == SENTENCE
    assert page.input_value(ROW.format("excerpt")) == ""


def test_a_selection_becomes_the_excerpt(claim_page):
    page = claim_page
    paste(page)
    page.locator(ROW.format("captured_text")).evaluate("node => node.setSelectionRange(15, 42)")

    page.get_by_role("button", name="Copy the selection as excerpt").click()

    assert page.input_value(ROW.format("excerpt")) == TEXT[15:42].strip()
    said_of_excerpt(page, "found in the captured text")
    page.fill(ROW.format("excerpt"), "words that are not there")
    said_of_excerpt(page, "not in the captured text")


def test_an_address_fills_only_what_is_empty_and_says_so(claim_page):
    page = claim_page
    page.select_option(ROW.format("language"), "ur")

    page.fill(ROW.format("url"), "https://www.gazette.example/2024/03/18/made-up")
    page.get_by_text("Filled from the address.").wait_for()

    assert page.input_value(ROW.format("source")) == "Test Gazette"
    assert page.input_value(ROW.format("published_start")) == "2024-03-18"
    assert page.input_value(ROW.format("language")) == "ur"
    page.fill(ROW.format("published_start"), "2024-03-19")
    assert page.get_by_text("Filled from the address.").count() == 0


def test_a_known_document_is_offered_and_its_stored_text_is_what_counts(claim_page):
    page = claim_page
    paper = builders.document("Known report", url="https://gazette.example/known", captured_text=TEXT)

    page.fill(ROW.format("url"), "http://www.gazette.example/known/?utm_source=x")
    page.get_by_role("button", name="Cite it").click()

    assert page.evaluate("document.activeElement.name") == "citations-0-excerpt"
    assert page.input_value(ROW.format("title")) == "Known report"
    for words, answer in (('The "Test Front" said so - twice', "found in"), ("Nobody said so", "not in")):
        page.fill(ROW.format("excerpt"), words)
        said_of_excerpt(page, f"{answer} the captured text")
    assert page.get_by_role("link", name="Known report").get_attribute("href").endswith(f"/{paper.shown_uid}/")


def test_a_bad_address_is_answered_while_typing(claim_page):
    claim_page.fill(ROW.format("url"), "javascript:alert(1)")

    claim_page.get_by_text("is not the beginning of a page's address").wait_for()


def test_the_browser_compares_words_as_the_server_does(claim_page):
    rows = json.dumps([[excerpt, text] for excerpt, text, _ in CASES])

    said = claim_page.evaluate(
        "async (rows) => { const {isIn} = await import('/static/js/desk/excerpts.js');"
        " return JSON.parse(rows).map(([excerpt, text]) => isIn(excerpt, text)); }",
        rows,
    )

    assert said == [is_there for _, _, is_there in CASES]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_offers_are_accessible_and_fit_a_telephone(claim_page, scheme):
    page = claim_page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    paste(page, "یہ فرضی متن ہے 😀 " + TEXT)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_text("The text, with what was found marked").click()

    found = Axe().run(page, options={"preload": False, "runOnly": RULES})

    assert found.violations_count == 0, found.generate_report()
    assert page.locator("html").evaluate("node => node.scrollWidth") <= 390


def test_the_captured_text_of_a_document_is_accessible(site, watch, sign_in, page):
    watch(page)
    sign_in(page, "editor")
    paper = builders.document("Known report", captured_text=TEXT + " x" * 3000, language="ur")
    page.goto(f"{site}/desk/documents/{paper.shown_uid}/")

    found = Axe().run(page, options={"preload": False, "runOnly": RULES})

    assert found.violations_count == 0, found.generate_report()


def test_without_scripts_the_panel_is_absent_and_the_form_works(site, sign_in, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    draft = builders.draft(sign_in(page, "analyst"))
    page.goto(f"{site}/desk/incidents/{draft.shown_uid}/claims/add/?aspect=occurrence")

    assert not page.get_by_role("button", name="Read the text").is_visible()
    page.fill("[name=claimant_text]", "A test witness")
    page.fill(ROW.format("url"), "https://gazette.example/1")
    page.fill(ROW.format("title"), "Made-up report")
    page.fill(ROW.format("source"), builders.source("Test Gazette").name)
    page.fill(ROW.format("captured_text"), TEXT)
    page.fill(ROW.format("excerpt"), SENTENCE)
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url(f"**/{draft.shown_uid}/**")

    assert SENTENCE in page.content()


def test_what_scripts_say_has_the_plural_of_the_number_and_holds_names_as_text(claim_page):
    told, known = claim_page.evaluate(
        "async () => { const {phrase, said} = await import('/static/js/words.js');"
        " const known = phrase('recognise', 'known', {name: '<b>Made-up</b> %(about)s', about: 'A'});"
        " return [[0, 1, 2, 1200].map((count) => said('assist', 'read', {count})), known.innerHTML]; }"
    )

    assert told == ["Read: 0 offers.", "Read: 1 offer.", "Read: 2 offers.", "Read: 1,200 offers."]
    assert known == '✓ Known already: <a dir="auto">&lt;b&gt;Made-up&lt;/b&gt; %(about)s</a> (A).'
