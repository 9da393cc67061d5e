"""The team's pages in a real browser, and a session that ends while somebody types."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from events.desk import incidents, team
from events.models.actor import Actor
from events.models.incident import Incident
from tests import builders
from tests.browser.test_pages import RULES

pytestmark = pytest.mark.browser


def accessible(page):
    found = Axe().run(page, options={"preload": False, "runOnly": RULES})
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def populated():
    """An analyst with a draft and acts to tell of, and an editor with a review; returns the analyst."""
    admin, analyst, editor = builders.person("admin"), builders.person("analyst"), builders.person("editor")
    builders.draft(analyst, title="Made-up draft " + "with a very long title " * 6)
    incidents.assign(builders.submitted(analyst), by=editor, to=editor)
    team.change_role(builders.person("researcher"), by=admin, role="analyst")
    team.deactivate(builders.person("analyst", name="made-up-person-with-a-long-name"), by=admin)
    builders.session(analyst)
    return analyst


def type_an_incident(page, site):
    page.goto(f"{site}/desk/log/")
    page.fill("[name=title]", "Made-up “talks” <b>")
    page.select_option("[name=kind]", "talks")
    page.select_option("[name=date_precision]", "unknown")
    page.locator("details.more > summary", has_text="summary").click()
    page.fill("[name=summary]", "First line\n\nthird line, آٹھ افراد")


def end_session(context):
    """As the server ends it: the session's cookie is gone, everything else stays."""
    others = [cookie for cookie in context.cookies() if cookie["name"] != "sid"]
    context.clear_cookies()
    context.add_cookies(others)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_the_teams_pages_are_accessible_and_fit(site, watch, sign_in, browser, scheme, width):
    analyst = populated()
    page = watch(browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}))
    sign_in(page, "admin")
    of_person = [f"{analyst.pk}/{door}" for door in ("", "role/", "close/", "reassign/", "password-link/")]

    for address in [*(f"team/{part}" for part in ("", "invite/", "audit/", *of_person)), "account/sessions/"]:
        page.goto(f"{site}/desk/{address}")
        accessible(page)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, address


def test_somebody_is_invited_and_comes_in_by_keyboard_alone(site, watch, sign_in, browser):
    page = watch(browser.new_page())
    sign_in(page, "admin")
    page.goto(f"{site}/desk/team/invite/")
    page.locator("[name=username]").focus()
    page.keyboard.type("newcomer")
    page.keyboard.press("Enter")
    address = page.locator("#address").input_value()
    accessible(page)

    guest = watch(browser.new_context().new_page())
    guest.goto(address)
    accessible(guest)
    guest.locator("#id_password1").focus()
    guest.keyboard.type("a made-up password")
    guest.keyboard.press("Tab")
    guest.keyboard.type("a made-up password")
    guest.keyboard.press("Enter")
    guest.wait_for_url("**/desk/")
    guest.goto(address)

    assert guest.get_by_role("heading", name="This link does not work").count() == 1
    accessible(guest)


def test_nothing_is_lost_when_the_session_ends_while_typing(site, watch, sign_in, browser):
    context = browser.new_context()
    page = watch(context.new_page())
    sign_in(page, "analyst")
    type_an_incident(page, site)
    end_session(context)

    page.locator("[name=save]").last.click()
    page.locator("[data-keep-words]").get_by_text("signed out").wait_for()
    accessible(page)
    sign_in(watch(context.new_page()), "analyst")
    page.bring_to_front()
    page.locator("[name=save]").last.click()
    page.wait_for_url("**/desk/incidents/**")

    saved = Incident.objects.get()
    assert saved.title == "Made-up “talks” <b>"
    assert saved.summary.splitlines() == ["First line", "", "third line, آٹھ افراد"]


def test_a_form_that_is_not_kept_waits_until_somebody_signed_in_again(site, watch, sign_in, browser):
    context = browser.new_context()
    page = watch(context.new_page())
    sign_in(page, "analyst")
    page.goto(f"{site}/desk/actors/new/")
    page.fill("[name=name]", "Made-up “front” <b>")
    page.select_option("[name=kind]", "armed_group")
    page.select_option("[name=side]", "non_state")
    end_session(context)

    page.get_by_role("button", name="Save").last.click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    accessible(page)
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (new tab)").click()
    sign_in(watch(opened.value), "analyst")
    page.bring_to_front()
    page.get_by_role("button", name="Signed in: send it again").click()
    page.wait_for_url(lambda address: "/new/" not in address)

    assert Actor.objects.get().name == "Made-up “front” <b>"


def test_without_javascript_a_second_press_does(site, sign_in, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "analyst")
    type_an_incident(page, site)
    end_session(context)
    page.locator("[name=save]").last.click()
    sign_in(context.new_page(), "analyst")

    page.get_by_role("button", name="Send it again").click()  # its token ended with the new sign-in
    assert page.get_by_role("heading", name="Send it again").count() == 1
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url("**/desk/incidents/**")

    assert Incident.objects.get().title == "Made-up “talks” <b>"
