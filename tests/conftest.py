"""What every test may ask for: the people by their roles, and databases that can be emptied again."""

import gc

import pytest
from django.core.cache import caches
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.client import ClientHandler

from events.models import guards
from tests import builders

# Thousands of tests make much and keep little: looking for cycles less often saves a tenth of the time.
gc.set_threshold(100_000, 50, 50)


@pytest.fixture(autouse=True)
def fresh_rates():
    """No test inherits another one's count of requests."""
    caches["api_rates"].clear()


@pytest.fixture(autouse=True)
def answers_closed(request, monkeypatch):
    """As a server does: a file that nobody read to its end is closed all the same, and with it what it reads from."""
    for name in {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue(name)  # set up first, so that it ends last: closing needs the connection still
    streamed, answer = [], ClientHandler.__call__

    def noted(self, environ):
        response = answer(self, environ)
        if response.streaming:
            streamed.append(response)
        return response

    monkeypatch.setattr(ClientHandler, "__call__", noted)
    yield
    request_finished.disconnect(close_old_connections)  # the connection of the test goes on
    for response in streamed:
        response.close()
    request_finished.connect(close_old_connections)


@pytest.fixture
def analyst(db):
    return builders.person("analyst")


@pytest.fixture
def other_analyst(db):
    return builders.person("analyst", name="other-analyst")


@pytest.fixture
def editor(db):
    return builders.person("editor")


@pytest.fixture
def other_editor(db):
    return builders.person("editor", name="other-editor")


@pytest.fixture
def researcher(db):
    return builders.person("researcher")


@pytest.fixture
def admin_person(db):
    return builders.person("admin")


@pytest.fixture
def emptied_afterwards(transactional_db):
    """For tests on committed data: emptying the tables afterwards would run into the append-only guards."""
    guards.install(connection)
    yield
    guards.remove(connection)
