"""Discussion, digest, history and earlier states in a real browser: accessible, by keyboard, on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from events.desk import claims, discussion, incidents
from events.models.change import Change
from tests import builders
from tests.browser.test_pages import RULES

pytestmark = pytest.mark.browser


def talked_about():
    """A returned draft with a discussion, several changes and a claim that needs changes; its addresses at the desk."""
    analyst, editor = builders.person("analyst"), builders.person("editor")
    incident = builders.submitted(analyst, claims=[builders.claim("casualties", lines=[builders.toll(8)])])
    claims.decide(incident.claims.get(), by=editor, verdict="needs_changes", rationale="Which number, exactly?")
    incidents.give_back(incident, by=editor, rationale="The place is missing.")
    asked = discussion.say(incident, by=editor, text="@analyst where is this?\nفرضی گاؤں", claim=incident.claims.get())
    discussion.resolve(asked, by=analyst)
    discussion.say(incident, by=editor, text="And when? " * 30)
    incident.refresh_from_db()
    incidents.edit(incident, by=analyst, version=incident.version, fields={"summary": "A long made-up summary. " * 40})
    first = Change.objects.filter(object_uid=incident.uid).order_by("pk").first()
    last_of_first = Change.objects.filter(object_uid=incident.uid, at=first.at).order_by("-pk").first()
    home = f"/desk/incidents/{incident.shown_uid}/"
    return {
        "work": "/desk/",
        "incident": home,
        "discussion": f"{home}discussion/",
        "history": f"{home}history/",
        "restore": f"{home}history/{last_of_first.pk}/",
        "claim": f"/desk/claims/{incident.claims.get().shown_uid}/history/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_talk_and_history_are_accessible(site, watch, sign_in, browser, scheme):
    addresses = talked_about()
    page = watch(browser.new_page(color_scheme=scheme))
    sign_in(page, "analyst")

    for name, address in addresses.items():
        page.goto(site + address)
        for folded in page.locator("details").all():
            folded.evaluate("node => node.open = true")
        found = Axe().run(page, options={"preload": False, "runOnly": RULES})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_of_talk_and_history_scrolls_sideways(site, watch, sign_in, browser, width):
    addresses = talked_about()
    page = watch(browser.new_page(viewport={"width": width, "height": 800}))
    sign_in(page, "analyst")

    for name, address in addresses.items():
        page.goto(site + address)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, name


def test_a_comment_is_made_and_resolved_with_the_keyboard_alone(site, watch, sign_in, page):
    addresses = talked_about()
    watch(page)
    sign_in(page, "analyst")
    page.goto(site + addresses["incident"])

    page.get_by_label("Comment", exact=True).focus()
    page.keyboard.type("On the eighteenth, @editor.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#comment-*")
    said = page.locator("article.comment", has_text="On the eighteenth")
    assert said.locator("strong", has_text="@editor").count() == 1

    said.get_by_role("button", name="Resolve").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Resolved (2)").wait_for()


def test_an_earlier_state_is_brought_back_with_the_keyboard_and_without_scripts(site, sign_in, browser):
    addresses = talked_about()
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, "analyst")
    page.goto(site + addresses["restore"])
    assert page.get_by_label("Summary").is_checked()

    page.get_by_role("button", name="Bring these back").focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/history/")
    assert page.get_by_text("Brought back, as a new change.").count() == 1


def test_the_digest_goes_when_it_is_seen(site, watch, sign_in, page):
    talked_about()
    watch(page)
    sign_in(page, "analyst")
    assert page.get_by_text("Which number, exactly?").count() == 2

    page.get_by_role("button", name="Seen").click()

    assert page.get_by_role("button", name="Seen").count() == 0
    assert page.get_by_text("Which number, exactly?").count() == 1
