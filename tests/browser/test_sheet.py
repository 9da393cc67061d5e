"""The log sheet in a browser: nothing typed is lost, cards are copied and moved."""

import pytest

from events.models.incident import Incident
from events.models.unfinished import UnfinishedEntry

pytestmark = pytest.mark.browser


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
