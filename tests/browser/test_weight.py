"""What the pages ask of a thin line: scripts and styles as they are sent, compressed."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser import world
from tests.browser.test_pages import desk_addresses, public_addresses

pytestmark = pytest.mark.browser
LARGEST = {"script": 120_000, "link": 25_000}  # bytes per page; performance targets of the project


def test_scripts_and_styles_stay_within_their_budget(site, watch, sign_in, browser):
    made = world.make()
    page = watch(browser.new_page())
    sign_in(page, "editor")
    heaviest = dict.fromkeys(LARGEST, 0)

    for address in [*public_addresses(made), *desk_addresses(made)]:
        page.goto(site + address, wait_until="load")
        loaded = page.evaluate(
            "performance.getEntriesByType('resource').map(one => [one.initiatorType, new URL(one.name).pathname])"
        )
        for kind, most in LARGEST.items():
            weight = sum(_weight(path) for by, path in loaded if by == kind and path.endswith((".js", ".css")))
            assert weight <= most, f"{address}: {weight} bytes by <{kind}>"
            heaviest[kind] = max(heaviest[kind], weight)

    print(heaviest)
    assert all(heaviest.values()), "Nothing was weighed."


def _weight(path):
    return len(gzip.compress(Path(finders.find(path.removeprefix("/static/"))).read_bytes(), 9))
