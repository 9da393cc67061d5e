"""Publishing and merging in a real browser: what follows is seen first, by keyboard too, and in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from events.desk import incidents
from events.models.edition import Edition
from tests import builders
from tests.browser import world
from tests.browser.test_pages import RULES

pytestmark = pytest.mark.browser


def check(page, width=None):
    found = Axe().run(page, options={"preload": False, "runOnly": RULES})
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    if width:
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, page.url


def look(page):
    page.get_by_role("button", name="Show what would follow").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", name="What would follow").is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_with_a_preview_are_accessible_on_any_screen(site, watch, sign_in, browser, scheme, width):
    made = world.make()
    operation, answer = made["operation"], made["answer"]
    page = watch(browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}))
    sign_in(page, "editor")
    desk = f"{site}/desk/incidents/{operation.shown_uid}"

    page.goto(f"{desk}/publish/")
    check(page, width)
    page.goto(f"{site}/desk/incidents/{answer.shown_uid}/merge/?into={operation.shown_uid}")
    check(page, width)
    page.fill("[name=note]", "The same, for this test")
    look(page)
    check(page, width)
    page.goto(f"{desk}/withdraw/")
    page.select_option("[name=reason]", "retraction")
    page.fill("[name=note]", "Made-up reason")
    look(page)
    check(page, width)
    page.goto(f"{desk}/split/")
    page.fill("[name=sites-0-place]", "Testtown")
    look(page)
    check(page, width)
    page.goto(f"{desk}/link/")
    page.select_option("[name=type]", "response_to")
    page.locator("[name=candidate]").first.check()
    look(page)
    check(page, width)
    page.goto(f"{desk}/earlier/")
    page.locator("[name=number]").last.check()
    look(page)
    check(page, width)


def test_two_incidents_are_merged_and_parted_by_keyboard(site, watch, sign_in, page):
    loser, survivor = builders.published(title="The one that goes"), builders.published(title="The one that stays")
    watch(page)
    sign_in(page, "editor")
    page.goto(f"{site}/desk/incidents/{loser.shown_uid}/merge/?into={survivor.shown_uid}")

    page.locator("#id_keep_title").focus()
    page.keyboard.press("ArrowRight")
    page.locator("[name=note]").focus()
    page.keyboard.type("The same attack")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.get_by_role("button", name="Merge the two").press("Enter")
    page.wait_for_load_state()
    survivor.refresh_from_db()
    assert survivor.title == "The one that goes"

    page.goto(f"{site}/incidents/{loser.shown_uid}/")
    assert page.url.endswith(f"/incidents/{survivor.shown_uid}/")
    page.goto(f"{site}/desk/incidents/{loser.shown_uid}/unmerge/")
    page.fill("[name=note]", "Two attacks")
    look(page)
    page.get_by_role("button", name="Part the two again").press("Enter")
    page.wait_for_load_state()

    page.goto(f"{site}/incidents/{loser.shown_uid}/")
    assert page.url.endswith(f"/incidents/{loser.shown_uid}/"), "The redirect was not kept by the browser."


def test_an_editor_publishes_what_the_preview_shows_without_scripts(site, browser):
    editor = builders.person("editor")
    incident = builders.published(title="Before")
    incidents.edit(incident, by=editor, version=incident.version, fields={"title": "After"})
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", editor.username)
    page.fill("[name=password]", builders.PASSWORD)
    page.click("main button[type=submit]")

    page.goto(f"{site}/desk/incidents/{incident.shown_uid}/publish/")
    assert page.locator(".public-view h1").inner_text() == "After"
    page.select_option("[name=reason]", "correction")
    page.get_by_role("button", name="Publish edition 2").click()

    page.goto(f"{site}/incidents/{incident.shown_uid}/")
    assert page.locator("h1").inner_text() == "After"
    assert Edition.objects.findings().count() == 2
