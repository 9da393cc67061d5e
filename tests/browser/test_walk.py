"""From a report to the public record, as four people walk it in the browser."""

import pytest

from events.models.incident import Incident
from tests import builders

pytestmark = pytest.mark.browser


def test_a_report_becomes_public_and_changes_only_by_editions(site, watch, sign_in, browser):
    builders.places()
    builders.source("Test Gazette")
    analyst, editor, reader = (watch(browser.new_context().new_page()) for _ in range(3))
    sign_in(analyst, "analyst")
    sign_in(editor, "editor")

    _log_an_attack(analyst, site)
    _add_a_toll(analyst, "A test spokesman", "at least 7", "at least seven were killed there")
    analyst.get_by_role("button", name="Add it and begin another").click()
    _add_a_toll(analyst, "A rival witness", "none", "nobody was killed there")
    analyst.get_by_role("button", name="Add the claim").click()
    analyst.get_by_role("button", name="Submit for review").click()
    incident = Incident.objects.get()
    address = f"{site}/incidents/{incident.shown_uid}/"
    assert reader.goto(address).status == 404

    editor.goto(f"{site}/desk/queue/")
    editor.get_by_role("link", name="Made-up attack on a test post", exact=True).click()
    _decide(editor, "A test spokesman", "accepted")
    _decide(editor, "A rival witness", "needs_changes", "Which hospital says so?")
    _publish(editor, site, incident, "new_incident", "First report")

    reader.goto(site + "/?q=test+post")
    reader.get_by_role("link", name="Made-up attack on a test post").click()
    page = reader.content()
    assert "at least seven were killed there" in page
    assert "nobody was killed there" not in page and "Which hospital" not in page and "A rival witness" not in page
    rows = reader.request.get(f"{site}/api/v1/incidents/?q=test+post").json()["results"]
    assert [row["uid"] for row in rows] == [incident.shown_uid]
    assert rows[0]["headline"]["casualties"]["killed"]["total"]["low"] == 7

    editor.goto(f"{site}/desk/incidents/{incident.shown_uid}/edit/")
    editor.fill("[name=title]", "Made-up attack, told more exactly")
    editor.get_by_role("button", name="Save").first.click()
    editor.wait_for_url(f"**/desk/incidents/{incident.shown_uid}/")
    reader.goto(address)
    assert "told more exactly" not in reader.content()
    _publish(editor, site, incident, "correction", "A more exact title")
    reader.goto(address + "history/")
    history = reader.locator("main").inner_text()
    assert "told more exactly" in history and "on a test post" in history and "A more exact title" in history


def test_two_people_saving_one_draft_the_second_sees_the_difference(site, watch, sign_in, browser):
    analyst, editor = (watch(browser.new_context().new_page()) for _ in range(2))
    incident = builders.draft(sign_in(analyst, "analyst"), title="As it was")
    sign_in(editor, "editor")
    for page in (analyst, editor):
        page.goto(f"{site}/desk/incidents/{incident.shown_uid}/edit/")

    for page, title in ((editor, "The editor’s title"), (analyst, "The analyst’s title")):
        page.fill("[name=title]", title)
        page.get_by_role("button", name="Save").first.click()
        page.get_by_text("The editor’s title").first.wait_for()

    assert analyst.locator("[name=title]").input_value() == "The analyst’s title"
    incident.refresh_from_db()
    assert incident.title == "The editor’s title"


def _log_an_attack(page, site):
    page.goto(site + "/desk/log/")
    page.fill("[name=title]", "Made-up attack on a test post")
    page.select_option("[name=kind]", "armed_assault")
    page.fill("[name=date_start]", "2024-03-20")
    page.fill("[name=place]", "testtown")
    page.get_by_role("button", name="Save draft").last.click()
    page.wait_for_url("**/desk/incidents/**")
    page.get_by_role("link", name="Add a claim").click()


def _add_a_toll(page, who, number, words):
    page.wait_for_url(lambda address: "/claims/add/" in address and "aspect=" not in address)
    page.select_option("[name=aspect]", "casualties")
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=claimant_text]", who)
    page.fill("[name=toll-killed-security_forces-any]", number)
    page.fill("[name=citations-0-url]", f"https://gazette.example/{len(words)}")
    page.fill("[name=citations-0-title]", f"Made-up report: {number}")
    page.fill("[name=citations-0-source]", "Test Gazette")
    page.fill("[name=citations-0-excerpt]", words)


def _decide(page, who, verdict, rationale=""):
    page.locator(".claim-list__item").filter(has_text=who).click()
    page.locator("[name=credibility][value='3']").check()
    page.locator("[name=rationale]").fill(rationale)
    page.locator(f"[name=verdict][value={verdict}]").click()
    page.wait_for_load_state()


def _publish(page, site, incident, reason, note):
    page.goto(f"{site}/desk/incidents/{incident.shown_uid}/publish/")
    page.select_option("[name=reason]", reason)
    page.fill("[name=note]", note)
    page.get_by_role("button", name="Publish edition").click()
    page.wait_for_load_state()
