"""Waiting for a change: answered as soon as there is one, by itself in the end, never by too many at a time."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from events.api import waiting
from events.record import sequence
from tests import builders
from tests.api.test_changes import ADDRESS, without_limit  # noqa: F401 (a fixture of every test)
from tests.record import rows


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))


class Sleep:
    """In place of time.sleep: while somebody waits, another thread publishes, and nothing is held open meanwhile."""

    def __init__(self, act):
        self.act, self.slept, self.open = act, 0, []

    def __call__(self, seconds):
        self.slept += seconds
        self.open.append(connection.connection is not None)
        if self.slept > 2:
            thread = threading.Thread(target=self._published)
            thread.start()
            thread.join()

    def _published(self):
        try:
            self.act()
        finally:
            connection.close()


def test_who_waits_is_answered_as_soon_as_another_publishes(client, emptied_afterwards, monkeypatch):
    incident = builders.submitted(builders.person("analyst"))
    builders.accept_all(incident, builders.person("editor"))
    last = rows.incident().edition_id
    sleep = Sleep(lambda: rows.incident("Came while somebody waited"))
    monkeypatch.setattr(waiting.time, "sleep", sleep)

    answer = client.get(f"{ADDRESS}?since={last}&wait=20")

    assert [one["subject"] for one in answer.json()["results"]] == ["incident"]
    assert sleep.slept == 3
    assert "Retry-After" not in answer
    if connection.vendor == "postgresql":
        assert sleep.open == [False, False, False]


@pytest.mark.django_db
def test_a_wait_ends_by_itself_and_leads_on_to_the_next_one(client):
    last = rows.incident().edition_id
    began = time.monotonic()

    answer = client.get(f"{ADDRESS}?since={last}&wait=1")

    assert 1 <= time.monotonic() - began < 20
    assert (answer.json()["results"], answer.json()["has_more"]) == ([], False)
    assert answer.json()["next"].endswith(f"?since={last}&limit=50&wait=1")
    assert answer.json()["selection"]["wait"] == 1
    assert answer["Cache-Control"] == "no-store"
    assert "Retry-After" not in answer


@pytest.mark.django_db
def test_where_there_is_something_nobody_waits(client, monkeypatch):
    monkeypatch.setattr(waiting.time, "sleep", lambda seconds: pytest.fail("It waited."))
    rows.incident()

    assert client.get(f"{ADDRESS}?wait=30").json()["results"]
    assert client.get(f"{ADDRESS}?since={sequence.latest()}").json()["results"] == []
    assert client.get(f"{ADDRESS}?since={sequence.latest()}&wait=0")["Cache-Control"] != "no-store"


@pytest.mark.django_db
def test_beyond_the_bound_the_answer_comes_at_once_with_the_time_to_ask_again(client, monkeypatch):
    last, asked, entered = rows.incident().edition_id, [], threading.Semaphore(0)
    go_on = threading.Event()

    def sleep(seconds):
        entered.release()
        go_on.wait(20)

    monkeypatch.setattr(waiting.time, "sleep", sleep)
    monkeypatch.setattr(waiting.sequence, "after", lambda *where: asked.append(where) or ([], False))
    threads = [threading.Thread(target=waiting.for_changes, args=[last, 50, 0.01]) for _ in range(waiting.AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert entered.acquire(timeout=20)

    refused = client.get(f"{ADDRESS}?since={last}&wait=30")
    go_on.set()
    for thread in threads:
        thread.join(20)
    let_in = client.get(f"{ADDRESS}?since={last}&wait=1")

    assert (refused.status_code, refused["Retry-After"]) == (200, str(waiting.AGAIN))
    assert refused.json()["results"] == []
    assert "Retry-After" not in let_in


@pytest.mark.django_db
def test_a_place_is_given_back_when_looking_fails(monkeypatch):
    monkeypatch.setattr(waiting.time, "sleep", lambda seconds: None)
    looks = iter([([], False), OSError("The database is away.")] * 5)

    def look(*where):
        found = next(looks)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(waiting.sequence, "after", look)

    for _ in range(5):
        with pytest.raises(OSError, match="away"):
            waiting.for_changes(0, 50, 1)
