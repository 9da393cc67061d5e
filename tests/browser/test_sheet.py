"""The strikes of 18 March 2024 from the words of the founding article, logged with the keyboard alone."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from events.desk import registers
from events.models.incident import Incident
from events.models.unfinished import UnfinishedEntry
from tests import builders

pytestmark = pytest.mark.browser
ADDRESS = "https://foreignpolicy.com/2024/03/21/pakistan-afghanistan-strikes-taliban-ttp/"


class Keyboard:
    """The page's keyboard, counting what is pressed; typed text counts one stroke a character."""

    def __init__(self, page):
        self.page, self.strokes, self.loads = page, 0, 0
        page.on("load", lambda _: self._loaded())

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def to(self, name, *, back=False):
        """Tab until the input with this name has the focus."""
        for _ in range(80):
            if self.page.evaluate("document.activeElement.name ?? ''") == name:
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"The keyboard does not reach {name}.")

    def fill(self, name, text):
        self.to(name)
        self.type(text)

    def pick(self, name, text):
        """Type a name, wait for the list, take its first row."""
        self.fill(name, text)
        expect(self.page.locator(f"[name='{name}']")).to_have_attribute("aria-expanded", "true")
        self.press("ArrowDown", "Enter")

    def _loaded(self):
        self.loads += 1


@pytest.fixture
def world(site):
    call_command("load_gazetteer", verbosity=0)
    keeper = builders.keeper()
    builders.actor("Pakistan", kind="state")
    builders.actor("Afghan Taliban", kind="de_facto_authority", side="afghanistan_de_facto", home_country="AF")
    for actor in (
        builders.actor("Taliban officials", kind="office", side="afghanistan_de_facto", home_country="AF"),
        builders.actor("Tehreek-e-Taliban Pakistan", kind="armed_group", side="non_state", short_name="TTP"),
    ):
        registers.add_actor_alias(actor, by=keeper, text="Taliban", language="en", kind="metonym")
    builders.actor("United States", kind="state", side="third", home_country="US")
    builders.source("Foreign Policy", domain="foreignpolicy.com")


def test_the_strikes_of_18_march_are_logged_with_the_keyboard_alone(site, world, watch, sign_in, page):
    watch(page)
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    keys = Keyboard(page)

    keys.fill("documents-0-url", ADDRESS)
    keys.fill("documents-0-title", "Pakistan Carries Out Strikes in Afghanistan")
    keys.fill("documents-0-published_start", "03212024")
    keys.fill("date_start", "03182024")
    keys.pick("place", "Afghanistan")
    keys.fill("kind", "Air")
    keys.fill("title", "Pakistani strikes in Paktika and Khost")
    for number, place in enumerate(("Paktika", "Khost")):
        keys.to("more-sites")
        keys.press("Enter")
        keys.pick(f"sites-{number}-place", place)
    _statement(keys, "cards-0", "Pakistan", "Who did it", "security forces conducted anti-terrorism operations")
    keys.press("Shift+Tab")
    keys.to("cards-0-says-0-value_actor", back=True)
    keys.type("Pakistan")
    keys.press("Tab")
    _next_statement(keys, "cards-0-says-1", "What was hit", "against militants based in Afghanistan that morning")
    keys.to("cards-0-says-1-nature_code", back=True)
    keys.type("Militant h")
    keys.press("Alt+a")
    _statement(
        keys, "cards-1", "Taliban officials", "Cas", "accusing Islamabad of killing civilians, including children"
    )
    keys.to("cards-1-says-0-toll-killed-civilian-children", back=True)
    keys.type("some")
    keys.to("cards-1-says-0-toll-killed-civilian-any", back=True)
    keys.type("some")
    keys.press("Alt+a")
    _statement(keys, "cards-2", "United States", "Cas", "also said that the strikes killed civilians")
    keys.to("cards-2-says-0-toll-killed-civilian-any", back=True)
    keys.type("some")
    keys.press("Alt+a")
    _statement(keys, "cards-3", "Pakistan", "Place", "targeting two provinces")
    keys.to("cards-3-says-0-value_location", back=True)
    keys.type("Paktika")
    keys.to("cards-3-says-0-site", back=True)
    keys.type("Site 1")
    keys.press("Alt+s")
    keys.type("Place")
    keys.pick("cards-3-says-1-value_location", "Khost")
    keys.fill("cards-3-says-1-excerpt", "targeting two provinces")
    keys.to("cards-3-says-1-site", back=True)
    keys.type("Site 2")
    keys.press("Control+Enter")
    page.wait_for_url("**/desk/incidents/**")

    whole = Incident.objects.get(title="Pakistani strikes in Paktika and Khost")
    parts = [link.from_incident for link in whole.links_in.order_by("pk")]
    assert {incident.status for incident in (whole, *parts)} == {"submitted"}
    assert [str(part.location) for part in parts] == ["Paktika", "Khost"]
    assert [part.claims.count() for part in parts] == [1, 1]
    tolls = [
        [(line.qualifier, line.category, line.demographic) for line in claim.lines.all()]
        for claim in whole.claims.all()
    ]
    assert tolls == [
        [],
        [],
        [("some", "civilian", "any"), ("some", "civilian", "children")],
        [("some", "civilian", "any")],
    ]
    documents = {citation.document for claim in whole.claims.all() for citation in claim.citations.all()}
    assert [(str(document.source), document.published_start.isoformat()) for document in documents] == [
        ("Foreign Policy", "2024-03-21")
    ]
    print(f"\n18 March 2024 by keyboard: {keys.strokes} keystrokes, {keys.loads} page loads after opening the sheet")
    assert keys.loads == 1


def _line(line):
    return line.qualifier, line.category, line.demographic


def _statement(keys, card, claimant, aspect, excerpt):
    keys.fill(f"{card}-claimant", claimant)
    keys.press("Tab")
    keys.fill(f"{card}-says-0-aspect", aspect)
    keys.fill(f"{card}-says-0-excerpt", excerpt)


def _next_statement(keys, said, aspect, excerpt):
    keys.press("Alt+s")
    keys.type(aspect)
    keys.fill(f"{said}-excerpt", excerpt)


def test_a_closed_tab_loses_nothing(site, watch, sign_in, browser):
    context = browser.new_context()
    page = watch(context.new_page())
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    page.fill("[name=title]", "Made-up attack, half typed")
    page.get_by_role("button", name="Add a card").click()
    page.fill("[name=cards-1-claimant]", "Made-up witness")
    _until(lambda: "Made-up witness" in str(UnfinishedEntry.objects.values_list("typed", flat=True)), page, seconds=5)
    page.close()

    again = watch(context.new_page())
    again.goto(site + "/desk/")
    again.get_by_role("link", name="Made-up attack, half typed").click()

    assert again.input_value("[name=title]") == "Made-up attack, half typed"
    assert again.input_value("[name=cards-1-claimant]") == "Made-up witness"
    assert UnfinishedEntry.objects.count() == 1


def test_a_lost_connection_keeps_the_page_and_sends_later(site, sign_in, browser):
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    page.fill("[name=title]", "Made-up attack without a net")
    page.select_option("[name=kind]", "ambush")
    context.set_offline(True)

    page.get_by_role("button", name="Save draft").last.click()
    page.get_by_text("Not saved: no connection").wait_for()
    assert page.input_value("[name=title]") == "Made-up attack without a net"
    context.set_offline(False)
    page.get_by_role("button", name="Save draft").last.click()
    page.wait_for_url("**/desk/incidents/**")

    assert Incident.objects.get().title == "Made-up attack without a net"


def test_back_after_sending_leads_to_what_came_of_it(site, watch, sign_in, page):
    watch(page)
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    page.fill("[name=title]", "Made-up attack, sent once")
    page.select_option("[name=kind]", "ambush")
    page.wait_for_url("**resume=**")
    page.get_by_role("button", name="Save draft").last.click()
    page.wait_for_url("**/desk/incidents/**")

    page.go_back()
    page.wait_for_url("**/desk/incidents/**")

    assert page.locator("h1").inner_text() == "Made-up attack, sent once"
    assert Incident.objects.count() == 1


def test_two_tabs_of_one_entry_become_two_entries(site, watch, sign_in, browser):
    context = browser.new_context()
    one = watch(context.new_page())
    sign_in(one, "analyst")
    one.goto(site + "/desk/log/")
    one.fill("[name=title]", "Made-up first tab")
    one.wait_for_url("**resume=**")
    two = watch(context.new_page())
    two.goto(one.url)
    one.fill("[name=title]", "Made-up first tab, longer")
    _until(lambda: UnfinishedEntry.objects.get().typed["title"] == ["Made-up first tab, longer"], one, seconds=10)
    two.fill("[name=title]", "Made-up second tab")
    two.get_by_text("Another tab has saved").wait_for()
    two.wait_for_url(lambda address: address != one.url)

    assert {entry.typed["title"][0] for entry in UnfinishedEntry.objects.all()} == {
        "Made-up first tab, longer",
        "Made-up second tab",
    }


def _until(holds, page, *, seconds):
    for _ in range(seconds * 10):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"Not so within {seconds} seconds.")


def test_cards_are_copied_and_moved(site, watch, sign_in, page):
    watch(page)
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    page.locator("details.more > summary", has_text="words for them").first.click()
    page.fill("[name=cards-0-claimant_text]", "Made-up witness")
    page.select_option("[name=cards-0-says-0-aspect]", "casualties")
    page.fill("[name=cards-0-says-0-toll-killed-civilian-any]", "at least 7")

    page.locator("[data-row-copy]").first.click()
    page.fill("[name=cards-1-says-0-toll-killed-civilian-any]", "9")
    page.locator("[data-row-up]").last.click()

    assert page.input_value("[name=cards-1-claimant_text]") == "Made-up witness"
    assert (page.input_value("[name=cards-1-order]"), page.input_value("[name=cards-0-order]")) == ("1", "2")
    assert page.input_value("[name=cards-0-says-0-toll-killed-civilian-any]") == "at least 7"
