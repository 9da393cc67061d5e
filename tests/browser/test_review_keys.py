"""An editor reviews and publishes without touching the mouse."""

import pytest
from playwright.sync_api import expect

from events.desk import presence
from events.models.edition import PublishedIncident
from events.models.incident import Incident
from tests import builders

pytestmark = pytest.mark.browser

NOTE = "Made-up note on the source"


@pytest.fixture
def desk(site, watch, sign_in, page):
    """The page of an editor who has just signed in."""
    watch(page)
    sign_in(page, "editor")
    return page


def submitted(title="Made-up incident", number=2):
    """An incident by an analyst, with claims on a source that is graded."""
    paper = builders.document(source_row=builders.source(f"Gazette {title}", reliability="B", reliability_note=NOTE))
    said = [builders.claim(claimant_text=f"Test witness {n}", document_row=paper) for n in range(1, number + 1)]
    return builders.submitted(builders.person("analyst"), title=title, claims=said)


def at_hand(page):
    return page.locator(".claim-list__item[aria-current]")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, words):
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"Nothing that says “{words}” is reached with the Tab key.")


def test_from_the_queue_to_the_public_with_the_keyboard_alone(site, desk):
    first, second = submitted("Made-up first"), submitted("Made-up second")
    desk.goto(site + "/desk/queue/")

    press(desk, "j", "j", "k")
    expect(desk.get_by_role("link", name="Made-up first", exact=True)).to_be_focused()
    press(desk, "Enter")
    expect(at_hand(desk)).to_contain_text("Test witness 1")
    press(desk, "a", "2", "a")
    expect(at_hand(desk)).to_contain_text("Test witness 2")
    press(desk, "r")
    desk.keyboard.type("Whose words? a r x are no keys here.")
    press(desk, "Control+Enter")

    desk.wait_for_url(f"**/desk/incidents/{first.shown_uid}/publish/")
    tab_to(desk, "Publish edition")
    press(desk, "Enter")
    desk.wait_for_url(f"**/desk/incidents/{first.shown_uid}/")
    assert PublishedIncident.objects.count() == 1
    decided = [(claim.verdict, claim.credibility) for claim in first.claims.all()]
    assert decided == [("accepted", 2), ("needs_changes", 6)]
    assert second.claims.filter(verdict="pending").count() == 2


def test_keys_walk_the_claims_and_go_on(site, desk):
    first, second = submitted("Made-up first"), submitted("Made-up second")
    desk.goto(f"{site}/desk/incidents/{first.shown_uid}/review/")

    press(desk, "j")
    expect(at_hand(desk)).to_contain_text("Test witness 2")
    press(desk, "k")
    expect(at_hand(desk)).to_contain_text("Test witness 1")
    press(desk, "n")
    desk.wait_for_url(f"**/desk/incidents/{second.shown_uid}/review/")
    press(desk, "p")
    desk.wait_for_url(f"**/desk/incidents/{second.shown_uid}/publish/")


def test_the_sources_grade_shows_once_the_credibility_is_chosen(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")
    assert NOTE not in desk.content()

    press(desk, "3")
    assert desk.locator("[name=credibility]:checked").count() == 0, "A digit chooses only in the decision."
    press(desk, "a")
    expect(desk.locator("[data-shortcut-status]")).to_contain_text("1 to 6")
    press(desk, "3")

    expect(desk.locator("[data-reliability]")).to_contain_text(NOTE)
    expect(desk.locator("[name=credibility][value='3']")).to_be_checked()


def test_enter_on_a_grade_accepts_and_what_happened_is_said(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")

    press(desk, "a", "4", "Enter")

    expect(at_hand(desk)).to_contain_text("Test witness 2")
    expect(desk.locator("[data-shortcut-status]")).to_contain_text("accepted")
    assert incident.claims.get(verdict="accepted").credibility == 4


def test_a_ready_sentence_is_put_where_it_can_be_changed(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")

    desk.select_option("[name=phrase]", index=1)
    sentence = desk.locator("[name=rationale]").input_value()
    assert sentence
    desk.locator("[name=rationale]").fill(sentence + " And more.")
    desk.select_option("[name=phrase]", index=2)

    assert desk.locator("[name=rationale]").input_value().startswith(sentence + " And more. ")
    assert desk.locator("[name=phrase]").input_value() == ""


def test_the_list_of_keys_opens_and_closes(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")
    keys = desk.get_by_role("dialog")

    press(desk, "?")
    expect(keys).to_contain_text("Next claim")
    expect(keys).to_contain_text("Ask for changes")
    press(desk, "j")
    expect(at_hand(desk)).to_contain_text("Test witness 1")
    press(desk, "Escape")
    expect(keys).to_be_hidden()


def test_keys_that_are_switched_off_do_nothing(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")
    press(desk, "?")
    desk.get_by_role("dialog").get_by_role("button", name="Off").click()
    desk.wait_for_load_state()

    press(desk, "j", "a", "?")

    expect(at_hand(desk)).to_contain_text("Test witness 1")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    assert desk.locator("kbd.key").first.is_hidden()
    desk.get_by_role("button", name="List of keys").click()
    expect(desk.get_by_role("dialog")).to_be_visible()


def test_no_key_acts_while_somebody_types_or_holds_another_key(site, desk):
    incident = submitted()
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")

    press(desk, "Alt+j", "Control+k")
    desk.locator("[name=rationale]").focus()
    desk.keyboard.type("jpn?")

    assert desk.locator("[name=rationale]").input_value() == "jpn?"
    expect(at_hand(desk)).to_contain_text("Test witness 1")


def test_rows_of_the_queue_are_ticked_and_taken(site, desk):
    one, other = submitted("Made-up first"), submitted("Made-up second")
    desk.goto(site + "/desk/queue/")

    press(desk, "t")
    assert not Incident.objects.filter(assigned_to__isnull=False).exists(), "No row is the current one yet."
    press(desk, "j", "x", "j", "t")
    expect(desk.locator(".messages")).to_contain_text("Assigned to you")

    assert list(Incident.objects.filter(assigned_to__isnull=False)) == [other]
    assert one.assigned_to is None


def test_who_else_is_there_appears_while_the_page_is_open(site, desk):
    incident = submitted()
    colleague = builders.person("editor", name="second-editor")
    desk.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")
    expect(desk.locator(".presence")).to_have_text("")

    presence.here(incident, by=colleague)
    desk.reload()

    expect(desk.locator(".presence")).to_contain_text("second-editor")
    assert [row.person.username for row in presence.others(incident, colleague)] == ["editor"]


def test_a_claim_is_decided_without_javascript(site, browser, sign_in):
    incident = submitted()
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, "editor")
    page.goto(f"{site}/desk/incidents/{incident.shown_uid}/review/")

    page.locator("[name=credibility][value='3']").check()
    page.get_by_role("button", name="Accept").click()

    assert incident.claims.filter(verdict="accepted").count() == 1
    assert "Test witness 2" in at_hand(page).inner_text()
