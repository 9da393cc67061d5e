"""Several clients write at the same moment: nothing is lost, nothing is done twice, nobody is told a fault."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from events.api import examples_writing as examples
from events.models.change import Change
from tests import builders
from tests.api.drafting import ask, at, key_of, position, send_text, tag

pytestmark = pytest.mark.usefixtures("emptied_afterwards")
CLIENTS = 4


def at_once(act):
    """What `act` gave each of the clients, which begin together; `act` takes a client and its number."""
    together = Barrier(CLIENTS)

    def run(number):
        together.wait()
        try:
            return act(Client(), number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(run, range(CLIENTS)))


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


def test_of_those_who_saw_the_same_state_one_writes():
    analyst = builders.person("analyst")
    row, secret = builders.draft(analyst), key_of(analyst)

    for turn in range(5):
        match = tag(Client(), secret, at(row))
        answers = at_once(
            lambda client, number, match=match, turn=turn: ask(
                client, secret, "PATCH", at(row), {"title": f"Title {turn} of {number}"}, **match
            )
        )
        assert statuses(answers) == [200, 412, 412, 412]
        row.refresh_from_db()
        assert [a.json()["title"] for a in answers if a.status_code == 200] == [row.title]
    assert row.version == 6


def test_whoever_reads_again_and_sends_again_loses_nothing():
    analyst = builders.person("analyst")
    row, secret = builders.draft(analyst, tags=[]), key_of(analyst)

    def add_own_tag(client, number):
        for turn in range(60):
            seen = ask(client, secret, "GET", at(row))
            tags = {"tags": [*seen.json()["tags"], f"tag {number}"]}
            if ask(client, secret, "PATCH", at(row), tags, **{"If-Match": seen["ETag"]}).status_code == 200:
                return turn
        return None

    assert None not in at_once(add_own_tag)
    row.refresh_from_db()
    assert row.tags == [f"tag {number}" for number in range(CLIENTS)]
    assert Change.objects.filter(object_uid=row.uid, field="tags").count() == CLIENTS


def test_one_key_sent_by_several_at_once_adds_the_claim_once():
    analyst = builders.person("analyst")
    row, secret = builders.draft(analyst), key_of(analyst)
    body, once = {"claims": [position()]}, {"Idempotency-Key": "at-once"}

    answers = at_once(lambda client, number: ask(client, secret, "POST", at(row, "claims/"), body, **once))

    assert statuses(answers) == [200, 200, 200, 201]
    assert [answer.json() for answer in answers] == [answers[0].json()] * CLIENTS
    assert row.claims.count() == 2


def test_several_submit_and_one_does():
    analyst = builders.person("analyst")
    town = builders.places()["town"]
    row, secret = builders.draft(analyst, location=town, location_precision="settlement"), key_of(analyst)

    answers = at_once(lambda client, number: ask(client, secret, "POST", at(row, "submit/")))

    assert statuses(answers) == [200, 409, 409, 409]
    assert Change.objects.filter(object_uid=row.uid, field="status").count() == 1


def test_one_text_sent_by_several_at_once_is_kept_once_and_of_two_texts_one_stays():
    analyst = builders.person("analyst")
    row, secret = builders.draft(analyst), key_of(analyst)
    for number in range(2):
        body = {"claims": [position()]}
        body["claims"][0]["citations"][0]["document"]["url"] = f"https://news.example/{number}"
        ask(Client(), secret, "POST", at(row, "claims/"), body)
    same, other = (claim.citations.get().document for claim in row.claims.order_by("pk")[1:])

    alike = at_once(lambda client, number: send_text(client, secret, same, examples.TEXT))
    rival = at_once(lambda client, number: send_text(client, secret, other, f"Words {number}."))

    assert statuses(alike) == [200, 200, 200, 201]
    assert statuses(rival) == [201, 409, 409, 409]
    other.refresh_from_db()
    assert [a.json()["sha256"] for a in rival if a.status_code == 201] == [other.sha256]
