"""Names looked up while they are typed, in a real browser: by keyboard and touch, in Urdu, late, and in copied rows."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models.claim import Claim
from events.models.incident import Incident
from tests import builders

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def log(site, watch, sign_in, page):
    """The page that logs an incident, of an analyst, with Testtown and Testtown Bazaar to be found."""
    builders.location("Testtown Bazaar", parent=builders.places()["district"])
    watch(page)
    sign_in(page, "analyst")
    page.goto(f"{site}/desk/log/")
    return page


@pytest.fixture
def claim(site, watch, sign_in, page):
    """The page that adds a claim on who did it, with two actors who are both called Testiban."""
    alias = [{"text": "Testiban", "language": "en", "kind": "metonym"}]
    builders.actor("Test authorities", kind="de_facto_authority", side="afghanistan_de_facto", aliases=alias)
    builders.actor("Test group", kind="armed_group", side="non_state", aliases=alias)
    watch(page)
    incident = builders.draft(sign_in(page, "analyst"), claims=[])
    page.goto(f"{site}/desk/incidents/{incident.shown_uid}/claims/add/?aspect=perpetrator")
    return page


def box(page, name="place"):
    return page.locator(f"combo-box:has(> [name={name}])")


def typed(page, text, name="place"):
    """The options under the box after somebody typed into it."""
    page.locator(f"[name={name}]").press_sequentially(text)
    options = box(page, name).get_by_role("option")
    expect(box(page, name).locator("[role=combobox]")).to_have_attribute("aria-expanded", "true")
    return options


def pick(page, name="place"):
    return page.locator(f"[name={name}-pick]")


def test_a_place_is_chosen_with_the_keyboard_alone(log):
    options = typed(log, "testtow")
    expect(options).to_have_count(3)
    expect(box(log).locator("[role=status]").last).to_have_text("2 results, use up and down")

    log.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    log.keyboard.press("End")
    expect(options.nth(2)).to_contain_text("to the gazetteer as a new place")
    log.keyboard.press("Home")
    log.keyboard.press("ArrowDown")
    active = log.locator("[name=place]").get_attribute("aria-activedescendant")
    assert active == options.nth(1).get_attribute("id")
    log.keyboard.press("ArrowUp")
    log.keyboard.press("Enter")

    expect(log.locator("[name=place]")).to_have_value("Testtown")
    expect(log.locator("[name=place]")).to_have_attribute("aria-expanded", "false")
    expect(pick(log)).not_to_have_value("")
    expect(box(log).locator("> .taken")).to_have_text("Settlement, Test District, Test Province, Testland")
    expect(box(log).locator("svg.locator__map")).to_be_visible()


def test_what_was_chosen_is_logged(log):
    log.fill("[name=title]", "Made-up attack")
    log.select_option("[name=kind]", "ambush")
    log.fill("[name=date_start]", "2024-03-20")
    typed(log, "bazaar")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Tab")
    log.get_by_role("button", name="Save draft").first.click()
    log.wait_for_url("**/desk/incidents/**")

    assert Incident.objects.get().location.name == "Testtown Bazaar"


def test_typing_on_clears_what_was_chosen(log):
    typed(log, "bazaar")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Enter")
    expect(pick(log)).not_to_have_value("")

    log.keyboard.type("x")

    expect(pick(log)).to_have_value("")
    expect(log.locator("[name=place-asked]")).to_have_value("")
    expect(box(log).locator("> .taken")).to_be_empty()
    expect(box(log).locator(".combo__preview")).to_be_empty()


def test_escape_closes_the_list_and_keeps_the_text(log):
    typed(log, "testt")

    log.keyboard.press("Escape")

    expect(box(log).locator("[role=listbox]")).to_be_hidden()
    expect(log.locator("[name=place]")).to_have_value("testt")


def test_a_name_that_one_entry_bears_is_taken_when_the_box_is_left(log):
    typed(log, "TESTTOWN")

    log.keyboard.press("Tab")

    expect(pick(log)).not_to_have_value("")
    expect(log.locator("[name=place]")).to_have_value("TESTTOWN")
    expect(box(log).locator("> .taken")).to_contain_text("Testtown: Settlement")


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_name_of_several_is_never_picked(claim, key):
    typed(claim, "testiban", "claimant")

    claim.keyboard.press(key)

    expect(box(claim, "claimant").locator(".combo__notice")).to_have_text(
        "2 actors go by “testiban”. Choose which one is meant."
    )
    expect(box(claim, "claimant").locator("[name=claimant-pick]")).to_have_count(0)
    assert "/claims/add/" in claim.url


def test_words_are_kept_as_they_stand_by_choice(claim):
    typed(claim, "tribal elders", "claimant")

    claim.keyboard.press("ArrowUp")
    claim.keyboard.press("Enter")

    expect(pick(claim, "claimant")).to_have_value("words")
    expect(claim.locator("[name=claimant-asked]")).to_have_value("tribal elders")


def test_a_late_answer_keeps_the_row_already_reached(log):
    options = typed(log, "testt")
    log.route(re.compile(r"look-up/places/\?q=testto"), lambda route: (log.wait_for_timeout(400), route.continue_()))
    with log.expect_response(re.compile("q=testto")):
        log.keyboard.type("o")
        log.keyboard.press("ArrowDown")
        log.keyboard.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")

    expect(options.locator("[data-named]")).to_have_count(0)
    expect(box(log).locator("[aria-selected=true]")).to_contain_text("Testtown Bazaar")
    log.keyboard.press("Enter")
    expect(log.locator("[name=place]")).to_have_value("Testtown Bazaar")


def test_one_question_in_each_pause(log):
    asked = []
    log.on("request", lambda request: asked.append(request.url) if "/look-up/" in request.url else None)

    typed(log, "testtown")

    assert len(asked) == 1


def test_a_new_place_is_described_in_place(log):
    log.fill("[name=title]", "Made-up attack")
    log.select_option("[name=kind]", "ambush")
    log.fill("[name=date_start]", "2024-03-20")
    typed(log, "Quite New Village")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Enter")

    expect(log.locator("[name=place_new-level]")).to_be_focused()
    log.select_option("[name=place_new-level]", "settlement")
    typed(log, "test district", "place_new-parent")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Enter")
    log.get_by_role("button", name="Save draft").first.click()
    log.wait_for_url("**/desk/incidents/**")

    place = Incident.objects.get().location
    assert (place.name, place.parent.name) == ("Quite New Village", "Test District")


def test_a_new_place_of_nearly_a_known_name_is_asked_about_in_place(log):
    typed(log, "Test Town")
    log.keyboard.press("End")
    log.keyboard.press("ArrowUp")
    log.keyboard.press("Enter")

    expect(log.locator("[name=place-despite]")).to_be_focused()
    expect(log.locator(".doubles")).to_contain_text("Testtown")


def test_choosing_another_takes_the_questions_away(log):
    typed(log, "Quite New Village")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Enter")
    expect(log.locator("[name=place_new-level]")).to_be_visible()

    log.fill("[name=place]", "")

    expect(log.locator("[name=place_new-level]")).to_have_count(0)


def test_a_box_in_a_copied_row_works_and_there_may_be_many(claim):
    claim.get_by_role("button", name="Add another citation").click()
    builders.source("Test Gazette")
    for row in (0, 1):
        options = typed(claim, "gaz", f"citations-{row}-source")
        expect(options.first).to_contain_text("Test Gazette")
        claim.keyboard.press("ArrowDown")
        claim.keyboard.press("Enter")
        expect(pick(claim, f"citations-{row}-source")).not_to_have_value("")

    ids = claim.locator("[role=listbox][id]").evaluate_all("lists => lists.map((list) => list.id)")
    assert len(ids) == len(set(ids)) == 2


def test_urdu_is_typed_and_shown_from_right_to_left(log):
    builders.location("Made-up Bazaar", aliases=[{"text": "فرضی بازار", "language": "ur", "kind": "transliteration"}])

    options = typed(log, "فرضي")

    assert log.locator("[name=place]").evaluate("box => getComputedStyle(box).direction") == "rtl"
    expect(options.first.locator("bdi[lang=ur]")).to_have_text("فرضی بازار")
    log.keyboard.press("ArrowDown")
    log.keyboard.press("Enter")
    expect(log.locator("[name=place]")).to_have_value("Made-up Bazaar")


def test_an_option_is_tapped_on_a_telephone_and_nothing_scrolls_sideways(site, watch, sign_in, browser):
    builders.places()
    page = watch(browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True).new_page())
    sign_in(page, "analyst")
    page.goto(f"{site}/desk/log/")

    options = typed(page, "testt")
    assert page.locator("html").evaluate("node => node.scrollWidth") <= 390
    assert options.first.bounding_box()["height"] >= 40
    options.first.tap()

    expect(page.locator("[name=place]")).to_have_value("Testtown")
    expect(box(page).locator("svg.locator__map")).to_be_visible()
    assert page.locator("html").evaluate("node => node.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_list_and_the_map_are_accessible(site, watch, sign_in, browser, scheme):
    builders.places()
    page = watch(browser.new_page(color_scheme=scheme))
    sign_in(page, "analyst")
    page.goto(f"{site}/desk/log/")
    typed(page, "testt")
    page.keyboard.press("ArrowDown")
    _check(page)

    page.keyboard.press("Enter")
    expect(box(page).locator("svg.locator__map")).to_be_visible()
    _check(page)

    page.fill("[name=place]", "")
    typed(page, "Test Town")
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".doubles")).to_be_visible()
    _check(page)


def test_a_look_up_that_fails_is_said_and_the_form_still_works(log):
    log.route("**/look-up/**", lambda route: route.fulfill(status=404))
    log.locator("[name=place]").press_sequentially("testtown")

    expect(box(log).locator(".combo__notice")).to_contain_text("The look-up did not answer.")


def test_other_modules_can_set_the_box_and_hear_of_it(log):
    heard = log.evaluate_handle(
        "() => { const heard = []; document.addEventListener('change', (event) => heard.push(event.target.name));"
        " return heard; }"
    )

    box(log).evaluate("box => box.choose({ value: '', label: 'Testtown' })")

    expect(log.locator("[name=place]")).to_have_value("Testtown")
    expect(pick(log)).to_have_value("")
    assert heard.json_value() == ["place"]


def test_a_name_of_several_in_the_register_is_asked_about_and_then_chosen(claim):
    typed(claim, "testiban", "claimant")
    claim.keyboard.press("ArrowDown")
    claim.keyboard.press("ArrowDown")
    claim.keyboard.press("Enter")
    typed(claim, "testiban", "value_actor")
    claim.keyboard.press("ArrowDown")
    claim.keyboard.press("Enter")
    claim.get_by_role("button", name="Add the claim").click()
    claim.wait_for_url("**/desk/incidents/*/#claim-*")

    made = Claim.objects.get()
    assert (made.claimant.name, made.value_actor.name) == ("Test group", "Test authorities")


def _check(page):
    found = Axe().run(page, options={"preload": False, "runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
