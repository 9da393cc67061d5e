"""Searching by keyboard alone: from the box of any page to a claim, and on to the next page of results."""

import pytest

from tests import builders
from tests.browser import world

pytestmark = pytest.mark.browser


def test_the_box_of_any_page_leads_to_the_claim_by_keyboard(site, watch, page):
    world.make()
    watch(page)
    page.goto(f"{site}/about/")
    page.get_by_role("searchbox", name="Search the record").focus()

    page.keyboard.type("فرضی")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=*")
    mark = page.locator(".snippet__text[lang=ur] mark")
    assert mark.inner_text() == "فرضی"
    assert mark.evaluate("node => getComputedStyle(node.parentElement).direction") == "rtl"
    _tab_to(page, page.locator(".snippet a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/**")


def test_an_actor_comes_first_and_the_kinds_can_be_chosen_by_keyboard(site, watch, page):
    world.make()
    watch(page)
    page.goto(f"{site}/search/?q=فوج")

    assert page.locator(".entry-card").first.inner_text().startswith("Actor")
    _tab_to(page, page.get_by_role("link", name="Claims"))
    page.keyboard.press("Enter")

    page.wait_for_url("**type=claims**")
    assert page.get_by_role("link", name="Claims").get_attribute("aria-current") == "page"
    assert page.get_by_role("searchbox").input_value() == "فوج"


def test_what_was_typed_can_be_searched_for_all_the_same(site, watch, page):
    world.make()
    watch(page)
    page.goto(f"{site}/search/?q=anwser")

    assert "No incident has “anwser”; showing “answer”." in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Search for what you typed").press("Enter")

    page.get_by_role("heading", name="Nothing in the record has all of this").wait_for()


def test_the_next_results_follow_without_javascript(site, browser):
    for number in range(22):
        builders.published(title=f"Made-up ambush {number}")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/search/?q=ambush")
    first = page.locator(".incident-row__title").all_inner_texts()

    page.get_by_role("link", name="Further results").click()

    second = page.locator(".incident-row__title").all_inner_texts()
    assert len(first) == 20 and len(second) == 2 and not set(first) & set(second)


def _tab_to(page, wanted):
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("No number of Tabs leads there.")
