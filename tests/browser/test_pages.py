"""Every kind of page in a real browser: no errors, no other host, accessible, readable on a telephone, in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import world

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _addresses(made):
    uid = made["operation"].shown_uid
    claim = made["operation"].claims.first().shown_uid
    return [
        "/",
        "/?contested=yes&q=made-up",
        "/?q=nothing-like-this",
        "/?no_such_parameter=1",
        "/map/",
        "/map/?bbox=69.5,32.6,70.6,33.8",
        "/map/?q=nothing-like-this",
        "/map/?bbox=1,2",
        f"/incidents/{uid}/",
        f"/incidents/{made['answer'].shown_uid}/",
        f"/incidents/{uid}/history/",
        f"/incidents/{uid}/editions/1/",
        f"/claims/{claim}/",
        "/actors/",
        f"/actors/{made['army'].slug}/",
        "/locations/",
        f"/locations/{made['place'].slug}/",
        "/sources/",
        f"/sources/{made['source'].slug}/",
        "/about/",
        "/no-such-page/",
        "/api/docs/",
        "/accounts/login/",
    ]


def _desk_addresses(made):
    uid = made["operation"].shown_uid
    return [
        "/desk/",
        "/desk/log/",
        "/desk/queue/",
        f"/desk/incidents/{made['waiting'].shown_uid}/review/",
        f"/desk/batches/{made['waiting'].batch_id}/accept/?ticked=all",
        f"/desk/incidents/{uid}/",
        f"/desk/incidents/{uid}/edit/",
        f"/desk/incidents/{uid}/review/",
        f"/desk/incidents/{uid}/publish/",
        f"/desk/incidents/{uid}/claims/add/?aspect=casualties",
        "/desk/actors/",
        "/desk/locations/new/",
        "/desk/relations/",
        "/desk/account/keys/",
    ]


def _check(page, site, addresses):
    for address in addresses:
        page.goto(site + address)
        found = Axe().run(page, options={"preload": False, "runOnly": RULES})
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_are_accessible(site, watch, browser, scheme):
    made = world.make()
    page = watch(browser.new_page(color_scheme=scheme))

    _check(page, site, _addresses(made))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_pages_are_accessible(site, watch, sign_in, browser, scheme):
    made = world.make()
    page = watch(browser.new_page(color_scheme=scheme))
    sign_in(page, "editor")

    _check(page, site, _desk_addresses(made))


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(site, watch, sign_in, browser, width):
    made = world.make()
    page = watch(browser.new_page(viewport={"width": width, "height": 800}))
    sign_in(page, "editor")

    for address in [*_addresses(made)[:-1], *_desk_addresses(made)]:
        page.goto(site + address)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, address


def test_pages_work_without_javascript(site, browser):
    made = world.make()
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(site + "/")
    page.fill("[name=q]", "answer")
    page.click("main form button[type=submit]")

    assert page.locator("main a", has_text="Made-up answer").count() == 1
    assert page.goto(f"{site}/incidents/{made['operation'].shown_uid}/").status == 200


def test_words_in_urdu_run_from_right_to_left(site, watch, page):
    made = world.make()
    watch(page)

    page.goto(f"{site}/incidents/{made['operation'].shown_uid}/")

    quote = page.locator("blockquote[lang=ur]").first
    assert quote.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_the_theme_is_kept(site, watch, page):
    watch(page)
    page.goto(site + "/about/")
    page.get_by_role("button", name="Dark").click()

    page.goto(site + "/")

    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_api_can_be_tried_in_the_browser(site, watch, page):
    watch(page)
    page.goto(site + "/api/docs/try/")

    page.locator(".opblock").first.wait_for()

    assert page.locator(".opblock").count() > 10
