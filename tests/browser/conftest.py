"""A headless Chromium that fails the test on console errors, CSP violations and requests that leave the server."""

import os
import shutil
import time

import pytest
from django.core.signals import request_finished, request_started

from tests import builders

# Playwright's synchronous interface keeps an event loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# What a refused form answers is no error of the page.
EXPECTED = tuple(f"status of {code}" for code in (400, 401, 403, 404, 409, 410, 422)) + ("Status Error Code 401",)
EXPECTED += ("htmx:sendAbort", "htmx:afterRequest")  # a page that is closed stops what it asked for


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert CHROMIUM, "No Chromium found: install Debian's chromium, or name one in CHROMIUM."
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture
def site(live_server, emptied_afterwards):
    """The address of a server over an empty database that tests may fill; it is emptied once the last answer is out."""
    begun, ended = [], []  # pages save what was typed until they are closed

    def begin(**_):
        begun.append(1)

    def end(**_):
        ended.append(1)

    request_started.connect(begin)
    request_finished.connect(end)
    yield live_server.url
    until = time.monotonic() + 5
    while len(ended) < len(begun) and time.monotonic() < until:
        time.sleep(0.05)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def context(site, context):
    """The browser's own, closed before the site is: set up after it, however a test orders its arguments."""
    return context


@pytest.fixture
def watch(site):
    """Call with a page: from then on it must stay free of errors and on this host. Checked when the test ends."""
    bad = []

    def begin(page):
        page.on("console", lambda message: bad.append(message.text) if _is_error(message) else None)
        page.on("pageerror", lambda error: bad.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith((site, "data:")) else bad.append(request.url))
        return page

    yield begin
    assert not bad, bad


@pytest.fixture
def sign_in(site):
    def enter(page, role, name=None):
        person = builders.person(role, name=name)
        page.goto(f"{site}/accounts/login/")
        page.fill("[name=login]", person.username)
        page.fill("[name=password]", builders.PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/desk/**")
        return person

    return enter


def _is_error(message):
    return message.type == "error" and not any(words in message.text for words in EXPECTED)
