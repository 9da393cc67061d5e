"""Following in a real browser: a selection is saved from the timeline, found again, renamed and deleted."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from events.following import telling
from events.models.following import Delivery, MailAddress, SavedSelection
from tests import builders
from tests.browser.test_pages import RULES
from tests.following import world

pytestmark = pytest.mark.browser


def accessible(page):
    found = Axe().run(page, options={"preload": False, "runOnly": RULES})
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def followed(person):
    """What the pages have to show: two ways of telling, news, a pause, and what was sent. Returns the webhook."""
    incident = builders.published(title="Made-up incident " + "with a very long title " * 5)
    gone = builders.published(title="Made-up and gone")
    hook, _ = world.webhook(person, name="Unbroken" * 10, target="https://hooks.example.org/" + "x" * 300)
    world.letters(person, query="kind=talks&contested=no", name="Talks – مذاکرات")
    world.corrected(incident, "Made-up incident, corrected")
    world.withdrawn(gone)
    telling.prepare(hook.pk, world.later())
    telling.test(hook, by=person)
    Delivery.objects.filter(is_test=True).update(
        state="given_up", finished_at=timezone.now(), status=500, milliseconds=81, message="The host did not take it."
    )
    SavedSelection.objects.filter(pk=hook.pk).update(paused_at=timezone.now(), pause_note="Made-up reason.")
    return hook


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_the_pages_are_accessible_and_fit(site, watch, sign_in, browser, settings, scheme, width):
    settings.MAIL_HOST, settings.WEBHOOKS, settings.SITE_URL = "mail.example", True, world.SITE
    page = watch(browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}))
    hook = followed(sign_in(page, "analyst"))

    for address in ("", f"{hook.uid}/", f"{hook.uid}/delete/", "save/?kind=talks", "address/", "stop/wrong/"):
        page.goto(f"{site}/following/{address}")
        accessible(page)
        assert page.locator("html").evaluate("node => node.scrollWidth") <= width, address
    assert MailAddress.objects.get().address == "analyst@example.org"
    page.goto(f"{site}/following/{hook.uid}/")
    page.get_by_role("button", name="Make a new secret").click()
    accessible(page)
    assert page.get_by_label("The secret").input_value().startswith("whsec_")


def test_a_selection_is_saved_found_renamed_and_deleted(site, watch, sign_in, browser):
    builders.published(title="Made-up attack")
    page = watch(browser.new_page())
    person = sign_in(page, "analyst")

    page.goto(f"{site}/?kind=armed_assault")
    page.get_by_role("link", name="Save this selection").click()
    page.get_by_label("Name").fill("Attacks")
    page.get_by_role("button", name="Save it").click()
    page.get_by_role("banner").get_by_role("link", name="Following").click()
    page.get_by_role("link", name="Attacks", exact=True).click()
    page.get_by_role("textbox", name="Name").fill("Attacks, renamed")
    page.get_by_role("button", name="Save", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Attacks, renamed"
    assert person.saved_selections.get().query == "kind=armed_assault"
    page.get_by_role("link", name="Open on the timeline").click()
    assert page.get_by_role("link", name="Made-up attack", exact=True).first.is_visible()
    page.go_back()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    page.get_by_text("You follow nothing yet").wait_for()
    assert not SavedSelection.objects.exists()


def test_from_the_map_and_without_scripts(site, watch, sign_in, browser):
    builders.published(location=builders.places()["town"], location_precision="settlement")
    page = watch(browser.new_context(java_script_enabled=False).new_page())
    person = sign_in(page, "researcher")

    page.goto(f"{site}/map/?kind=armed_assault")
    page.get_by_role("link", name="save this selection").click()
    page.get_by_role("button", name="Save it").click()

    assert person.saved_selections.get().query == "kind=armed_assault"
