"""What every test may ask for: the people by their roles, and databases that can be emptied again."""

import pytest
from django.core.cache import caches
from django.db import connection

from events.models import guards
from tests import builders


@pytest.fixture(autouse=True)
def fresh_rates():
    """No test inherits another one's count of requests."""
    caches["api_rates"].clear()


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
