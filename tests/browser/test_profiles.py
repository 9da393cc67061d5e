"""Profiles by keyboard: from the list to the page, to its relations, its map and its files."""

import re

import pytest

from tests.browser import world

pytestmark = pytest.mark.browser


def _tab_to(page, wanted, most=120):
    """Press Tab until the focused link or field is the wanted one, given as a regular expression of its address or id."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.getAttribute('href'), document.activeElement.id].join(' ')")
        if re.search(wanted, here):
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard on {page.url}")


@pytest.mark.parametrize(("start", "name"), [("/actors/", "army"), ("/locations/", "place"), ("/sources/", "source")])
def test_a_profile_is_opened_and_left_for_its_incidents_by_keyboard(site, watch, page, start, name):
    made = world.make()
    watch(page)
    page.goto(site + start)

    _tab_to(page, f"{start}{made[name].slug}/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{start}{made[name].slug}/")
    assert page.locator("h1").inner_text().startswith(made[name].name)

    _tab_to(page, r"^/\?(actor|location|source)=")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/\?(actor|location|source)="))
    assert page.locator(".incident-row").count() > 0


def test_relations_are_told_as_of_a_day(site, watch, page):
    made = world.make()
    watch(page)
    page.goto(f"{site}/actors/{made['army'].slug}/")

    assert page.locator(".spans:visible .spans__bar").count() == 1
    page.fill("#on", "2010-05-05")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**on=2010-05-05**")
    assert page.locator(".spans:visible .spans__on").count() == 1
    assert page.locator(".ties__row--past").count() == 0

    page.fill("#on", "2024-03-18")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**on=2024-03-18**")
    assert page.locator(".ties__row--past").count() == 1


def test_a_file_is_saved_from_a_profile(site, watch, page):
    made = world.make()
    watch(page)
    page.goto(f"{site}/locations/{made['place'].slug}/")

    with page.expect_download() as saving:
        page.get_by_role("link", name="Excel").click()

    assert re.fullmatch(r"frontier-ledger-incidents-\d{4}-\d\d-\d\d\.xlsx", saving.value.suggested_filename)
    assert saving.value.path().read_bytes().startswith(b"PK")
