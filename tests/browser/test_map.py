"""The map in a real browser: it draws, moves by keys, the list follows, and nothing leaves the server."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests.record import rows

pytestmark = pytest.mark.browser
BUDGET = 65 * 1024


def _world():
    east, west = rows.place("Easttown", level="settlement"), rows.place("Westtown", level="settlement")
    for place, longitude, number in ((east, 71.0, 3), (west, 64.0, 2)):
        for _ in range(number):
            rows.incident(
                f"Strike at {place}",
                at=place,
                longitude=longitude,
                latitude=33.0,
                location_precision="settlement",
                uncertainty_km=2.0,
                day=f"202{number}-03-18",
            )
    rows.incident("Somewhere vague", longitude=68.0, latitude=31.0, location_precision="province", uncertainty_km=90.0)


def _open(page, site, address="/map/"):
    page.goto(site + address)
    expect(page.locator(".map__live")).to_have_attribute("data-state", "ready")
    return page.locator(".map__live")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_it_draws_outlines_circles_and_areas(site, watch, browser, scheme, width):
    _world()
    page = watch(browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}))

    live = _open(page, site)

    expect(live.locator("path.map__frontier")).to_have_count(1)
    expect(live.locator("path.map__cell")).to_have_count(2)
    expect(live.locator("path.map__area")).to_have_count(1)
    expect(page.locator("[data-count]")).to_contain_text("6 incidents")
    assert page.locator("html").evaluate("node => node.scrollWidth") <= width


def test_moving_by_keys_changes_list_and_address(site, watch, page):
    _world()
    live = _open(watch(page), site)
    live.focus()

    for _ in range(3):
        page.keyboard.press("+")
        page.wait_for_timeout(400)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)

    expect(page.locator("[data-count]")).not_to_contain_text("6 incidents")
    expect(page.locator("[data-rest]")).not_to_contain_text("Westtown")
    expect(page).to_have_url(re.compile(r"/map/\?bbox=[-0-9.,]+$"))
    count = page.locator("[data-count]").inner_text()
    _open(page, site, page.url.removeprefix(site))
    assert page.locator("[data-count]").inner_text() == count


def test_no_circle_is_a_tab_stop_and_the_list_zooms(site, watch, page):
    _world()
    live = _open(watch(page), site)
    assert live.locator("[tabindex='0'], a[href]:not([tabindex='-1'])").count() == 0

    page.get_by_role("link", name="zoom in on Easttown").press("Enter")

    expect(page.locator("[data-count]")).to_contain_text("3 incidents")
    expect(page.locator("#in-view")).to_be_focused()


def test_the_slider_moves_the_dates_and_the_map(site, watch, page):
    _world()
    _open(watch(page), site)
    handle = page.get_by_label("From month")

    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")

    expect(handle).to_have_attribute("aria-valuetext", "June 2022")
    expect(page.locator("[name=date_from]")).to_have_value("2022-06-01")
    expect(page.locator("[data-count]")).to_contain_text("4 incidents")
    expect(page.get_by_role("list", name="Chosen filters")).to_contain_text("from 1 June 2022")


def test_without_javascript_picture_and_list_are_there(site, browser):
    _world()
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(site + "/map/")
    page.get_by_role("link", name="zoom in on Easttown").click()

    assert page.locator(".map__picture .map__cell").count() == 1
    assert page.locator("[data-count]").inner_text().startswith("3 incidents")
    assert page.locator("[data-months]").is_hidden()


def test_what_the_page_loads_is_small(site, watch, page):
    _world()
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: answer}) if answer.url.endswith(".js") else None)

    _open(watch(page), site)

    assert sum(len(gzip.compress(answer.body(), 9)) for answer in sizes.values()) <= BUDGET
