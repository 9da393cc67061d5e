"""The strikes of 18 March 2024 from the words of the founding article: logged, reviewed and published by keyboard."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from events.desk import registers
from events.models.edition import PublishedIncident
from events.models.incident import Incident
from tests import builders

pytestmark = pytest.mark.browser
TITLE = "Pakistani strikes in Paktika and Khost"
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

    def to_button(self, words):
        """Tab until a button that says so has the focus."""
        self._until("(words) => (document.activeElement.innerText ?? '').includes(words)", words)

    def to_link(self, address):
        self._until("(address) => (document.activeElement.href ?? '').endsWith(address)", address)

    def _until(self, holds, wanted):
        for _ in range(120):
            if self.page.evaluate(holds, wanted):
                return
            self.press("Tab")
        raise AssertionError(f"The keyboard does not reach “{wanted}”.")

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


@pytest.fixture
def logged(site, world, watch, sign_in, page):
    """The strikes as an analyst logs them, and the keyboard that did it; returns the operation and the keyboard."""
    watch(page)
    sign_in(page, "analyst")
    page.goto(site + "/desk/log/")
    keys = Keyboard(page)
    _log_the_strikes(keys)
    page.wait_for_url("**/desk/incidents/**")
    return Incident.objects.get(title=TITLE), keys


def _log_the_strikes(keys):
    keys.fill("documents-0-url", ADDRESS)
    keys.fill("documents-0-title", "Pakistan Carries Out Strikes in Afghanistan")
    keys.fill("documents-0-published_start", "03212024")
    keys.fill("date_start", "03182024")
    keys.pick("place", "Afghanistan")
    keys.fill("kind", "Air")
    keys.fill("title", TITLE)
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


def _parts(whole):
    return [link.from_incident for link in whole.links_in.order_by("pk")]


def test_an_analyst_logs_them_with_the_keyboard_alone(logged):
    whole, keys = logged
    parts = _parts(whole)
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


def _statement(keys, card, claimant, aspect, excerpt):
    keys.fill(f"{card}-claimant", claimant)
    keys.press("Tab")
    keys.fill(f"{card}-says-0-aspect", aspect)
    keys.fill(f"{card}-says-0-excerpt", excerpt)


def _next_statement(keys, said, aspect, excerpt):
    keys.press("Alt+s")
    keys.type(aspect)
    keys.fill(f"{said}-excerpt", excerpt)


def test_an_editor_reviews_and_publishes_them_without_the_mouse(site, logged, watch, sign_in, browser):
    whole, _ = logged
    page = watch(browser.new_context().new_page())
    sign_in(page, "editor")
    page.goto(site + "/desk/queue/")
    keys = Keyboard(page)
    keys.press("j", "Enter")
    _accept_all(keys, whole)
    for part in _parts(whole):
        keys.to_link("#the-edition")
        keys.press("Enter")
        keys.to_link(f"/desk/incidents/{part.shown_uid}/review/")
        keys.press("Enter")
        _accept_all(keys, part)
    keys.to_link("#the-edition")
    keys.press("Enter")
    keys.to_button("Publish edition 1")
    keys.press("Enter")
    page.wait_for_url(lambda address: "/publish/" not in address)

    assert PublishedIncident.objects.count() == 3
    print(f"\n18 March 2024 reviewed by keyboard: {keys.strokes} keystrokes, {keys.loads} page loads from the queue on")
    page.goto(f"{site}/incidents/{whole.shown_uid}/")
    for words in ("Paktika", "Khost", "Pakistan", "Taliban officials", "United States"):
        expect(page.locator("main")).to_contain_text(words)


def _accept_all(keys, incident):
    page = keys.page
    page.wait_for_url(f"**/desk/incidents/{incident.shown_uid}/review/")
    for claim in incident.claims.all():
        expect(page.locator(f"#claim-{claim.uid}")).to_have_attribute("aria-current", "true")
        keys.press("a", "2", "a")
    page.wait_for_url(f"**/desk/incidents/{incident.shown_uid}/publish/")
