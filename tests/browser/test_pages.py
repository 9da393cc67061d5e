"""Every kind of page in a real browser: no errors, no other host, accessible, readable on a telephone, in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import world

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def public_addresses(made):
    uid = made["operation"].shown_uid
    claim = made["operation"].claims.first().shown_uid
    return [
        "/",
        "/?contested=yes&q=made-up",
        "/?q=nothing-like-this",
        "/?no_such_parameter=1",
        "/search/",
        "/search/?q=made-up",
        "/search/?q=فرضی",
        "/search/?q=made-up&type=claims",
        "/search/?q=test&type=actors",
        "/search/?q=anwser",
        "/search/?q=nothing-like-this",
        "/search/?q=!!!",
        "/statistics/",
        "/statistics/?q=nothing-like-this",
        "/statistics/?kind=bombing",
        "/escalation/",
        "/escalation/?date=2024-03-18&days=5&kind=air_strike",
        "/escalation/?date=1999-01-01",
        "/escalation/?days=0",
        f"/incidents/{uid}/chain/",
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
        "/actors/?order=size",
        f"/actors/{made['army'].slug}/",
        f"/actors/{made['army'].slug}/?on=2024-03-18",
        "/locations/",
        f"/locations/{made['place'].slug}/",
        "/sources/",
        "/sources/?order=count",
        f"/sources/{made['source'].slug}/",
        "/data/dictionary/",
        "/downloads/",
        "/downloads/?kind=bombing",
        "/downloads/acled/left-out/",
        "/downloads/ucdp/left-out/?q=nothing-like-this",
        "/about/",
        "/methodology/",
        "/codebook/",
        "/corrections/",
        "/corrections/?below=1",
        "/no-such-page/",
        "/api/docs/",
        "/accounts/login/",
    ]


def desk_addresses(made):
    uid, waiting = made["operation"].shown_uid, made["waiting"].shown_uid
    decided = made["operation"].claims.first().shown_uid
    return [
        "/desk/",
        "/desk/mine/drafts/",
        "/desk/log/",
        "/desk/queue/",
        f"/desk/incidents/{waiting}/review/",
        f"/desk/batches/{made['waiting'].batch_id}/accept/?ticked=all",
        f"/desk/incidents/{uid}/",
        f"/desk/incidents/{uid}/edit/",
        f"/desk/incidents/{uid}/review/",
        f"/desk/incidents/{uid}/publish/",
        f"/desk/incidents/{uid}/history/",
        f"/desk/incidents/{uid}/earlier/",
        f"/desk/incidents/{uid}/assign/",
        f"/desk/incidents/{uid}/hand-over/",
        f"/desk/incidents/{waiting}/return/",
        f"/desk/incidents/{uid}/claims/add/?aspect=casualties",
        f"/desk/claims/{decided}/history/",
        f"/desk/claims/{decided}/reopen/",
        f"/desk/claims/{decided}/retract/",
        f"/desk/claims/{made['waiting'].claims.first().shown_uid}/edit/",
        "/desk/actors/",
        f"/desk/actors/{made['army'].shown_uid}/",
        f"/desk/actors/{made['army'].shown_uid}/edit/",
        f"/desk/actors/{made['army'].shown_uid}/names/",
        f"/desk/actors/{made['army'].shown_uid}/merge/",
        f"/desk/actors/{made['faction'].shown_uid}/merge/?into={made['army'].shown_uid}",
        f"/desk/locations/{made['place'].shown_uid}/",
        f"/desk/sources/{made['source'].shown_uid}/",
        f"/desk/sources/{made['source'].shown_uid}/grade/",
        f"/desk/documents/{made['paper'].shown_uid}/",
        f"/desk/relations/{made['relation'].shown_uid}/edit/",
        f"/desk/relations/{made['relation'].shown_uid}/",
        "/desk/locations/",
        "/desk/locations/new/",
        "/desk/sources/",
        "/desk/documents/",
        "/desk/documents/new/",
        "/desk/relations/",
        "/desk/relations/new/",
        "/desk/account/keys/",
        "/desk/account/sessions/",
    ]


def _check(page, site, addresses, refusals=()):
    for address in addresses:
        assert page.goto(site + address).status in (200, *refusals), address
        found = Axe().run(page, options={"preload": False, "runOnly": RULES})
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_are_accessible(site, watch, browser, scheme):
    made = world.make()
    page = watch(browser.new_page(color_scheme=scheme))

    _check(page, site, public_addresses(made), refusals=(400, 404))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_pages_are_accessible(site, watch, sign_in, browser, scheme):
    made = world.make()
    page = watch(browser.new_page(color_scheme=scheme))
    sign_in(page, "editor")

    _check(page, site, desk_addresses(made))


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(site, watch, sign_in, browser, width):
    made = world.make()
    page = watch(browser.new_page(viewport={"width": width, "height": 800}))
    sign_in(page, "editor")

    for address in [*public_addresses(made)[:-1], *desk_addresses(made)]:
        page.goto(site + address)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, address


@pytest.mark.parametrize(("language", "width"), [("ur", 1280), ("ps", 390)])
def test_pages_in_a_language_of_the_region_run_from_right_to_left(site, watch, browser, settings, language, width):
    settings.LANGUAGES = [("en", "English"), ("ur", "Urdu"), ("ps", "Pashto")]
    made = world.make()
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
    page = watch(context.new_page())

    for address in public_addresses(made):
        assert page.goto(site + address).status in (200, 400, 404), address
        if address != "/api/docs/":
            assert page.locator("html").get_attribute("dir") == "rtl", address
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, address
        found = Axe().run(page, options={"preload": False, "runOnly": RULES})
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


def test_pages_work_without_javascript(site, browser):
    made = world.make()
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(site + "/")
    page.fill("main [name=q]", "answer")
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
