"""Chains and escalation in a real browser: by keyboard, without JavaScript, on paper, and claims that open in place."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import world

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_incident_of_a_chain_is_reached_by_keyboard_in_order_of_time(site, watch, browser, width):
    made = world.make()
    page = watch(browser.new_page(viewport={"width": width, "height": 800}))
    page.goto(f"{site}/incidents/{made['operation'].shown_uid}/chain/")
    page.locator(".chain .scroller").focus()

    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))

    assert [bool(name) for name in names] == [True] * 4
    assert "Made-up strikes in Test Province" in names[0] and "Made-up answer" in names[-1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{made['answer'].shown_uid}/")


def test_the_focused_incident_is_marked(site, watch, page):
    made = world.make()
    watch(page).goto(f"{site}/incidents/{made['operation'].shown_uid}/chain/")

    def width_of(mark):
        return mark.locator(".lanes__box").evaluate("node => getComputedStyle(node).strokeWidth")

    mark = page.locator(".lanes--wide .lanes__mark").last
    before = width_of(mark)
    page.locator(".chain .scroller").focus()
    for _ in range(4):
        page.keyboard.press("Tab")

    assert mark.evaluate("node => node === document.activeElement")
    assert width_of(mark) != before


def test_only_one_of_the_two_drawings_is_shown(site, watch, browser):
    made = world.make()
    for width, shown, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page = watch(browser.new_page(viewport={"width": width, "height": 800}))
        page.goto(f"{site}/incidents/{made['operation'].shown_uid}/")

        assert page.locator(f".lanes--{shown}").is_visible() and not page.locator(f".lanes--{hidden}").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_folded_away_is_accessible_when_it_opens(site, watch, browser, scheme):
    made = world.make()
    page = watch(browser.new_page(color_scheme=scheme))
    for address in (f"/incidents/{made['operation'].shown_uid}/", "/escalation/?date=2024-03-18"):
        page.goto(site + address)
        page.locator("main details").evaluate_all("nodes => nodes.forEach(node => { node.open = true; })")

        found = Axe().run(page, options={"preload": False, "runOnly": RULES})

        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("script", [True, False])
def test_a_value_of_the_table_opens_its_claim_and_escape_closes_it(site, browser, script):
    made = world.make()
    page = browser.new_context(java_script_enabled=script).new_page()
    page.goto(f"{site}/incidents/{made['operation'].shown_uid}/")

    value = page.locator(".entry__value").first
    value.click()

    card = page.locator(".claim-card:popover-open")
    assert card.count() == 1 and value.inner_text() in card.inner_text()
    page.keyboard.press("Escape")
    assert card.count() == 0


def test_an_open_claim_is_accessible_and_keeps_the_direction_of_its_words(site, watch, page):
    made = world.make()
    watch(page).goto(f"{site}/incidents/{made['operation'].shown_uid}/")

    page.locator(".entry__value", has_text="8").first.click()

    quote = page.locator(".claim-card:popover-open blockquote")
    assert quote.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert Axe().run(page, options={"preload": False, "runOnly": RULES}).violations_count == 0


def test_what_is_folded_away_is_printed_and_navigation_is_not(site, watch, page):
    made = world.make()
    watch(page).goto(f"{site}/incidents/{made['operation'].shown_uid}/")
    page.emulate_media(media="print")

    assert page.locator(".derivation__list").first.bounding_box()["height"] > 0
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".claim-card").first.is_visible()


def test_the_days_shown_are_chosen_without_javascript(site, browser):
    world.make()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/escalation/?kind=air_strike")

    page.fill("[name=days]", "3")
    page.click("main form button[type=submit]")

    assert "kind=air_strike" in page.url and "days=3" in page.url
    assert page.locator(".escalation-list > li").count() == 3
