"""What a reader has is unchanged exactly as long as it is: editions, registers, their names, the code, the address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.api import freshness
from events.desk import registers
from events.press import editions
from events.record import sequence
from tests import builders

pytestmark = pytest.mark.django_db
LISTS = ("incidents", "claims", "editions", "links", "documents", "relations", "actors", "locations", "sources")


@pytest.fixture
def settled(monkeypatch):
    """The record counts as settled at once."""
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))


@pytest.fixture
def incident(db):
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    place = builders.location("Testtown")
    given = builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator")
    return builders.published(claims=[given], location=place, location_precision="settlement")


def again(client, address, etag):
    return client.get(address, headers={"If-None-Match": etag}).status_code


def changes(client, address, act):
    """Whether the act makes the answer a new one: its ETag holds before it and not after it."""
    etag = client.get(address)["ETag"]
    assert again(client, address, etag) == 304
    act()
    return again(client, address, etag) == 200


@pytest.mark.parametrize("name", LISTS)
def test_an_edition_makes_every_list_new(client, settled, incident, editor, name):
    def act():
        builders.published(title="Another")

    assert changes(client, f"/api/v1/{name}/", act)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, actor: registers.edit_actor(actor, by=by, version=actor.version, description="Otherwise"),
        lambda by, actor: registers.add_actor_alias(actor, by=by, text="TF", kind="acronym"),
        lambda by, actor: registers.change_alias(actor.aliases.get(), by=by, text="The Front"),
        lambda by, actor: registers.remove_alias(actor.aliases.get(), by=by),
    ],
)
def test_what_is_written_in_a_register_makes_it_new(client, settled, incident, editor, act):
    actor = incident.claims.get().claimant
    registers.add_actor_alias(actor, by=editor, text="Frontists", kind="former")
    actor.refresh_from_db()

    assert changes(client, "/api/v1/actors/", lambda: act(editor, actor))


def test_a_draft_makes_nothing_new(client, settled, incident, analyst):
    paper = builders.document()

    def act():
        builders.draft(analyst, claims=[builders.claim(document_row=paper)])

    for name in LISTS:
        assert not changes(client, f"/api/v1/{name}/", act)


def test_a_tag_belongs_to_its_address(client, settled, incident):
    etag = client.get("/api/v1/incidents/?page_size=5")["ETag"]

    assert again(client, "/api/v1/incidents/?page_size=6", etag) == 200
    assert again(client, "/api/v1/claims/?page_size=5", etag) == 200
    assert client.get("/api/v1/incidents/?nonsense=1", headers={"If-None-Match": etag}).status_code == 400


def test_a_star_fits_only_what_is_there(client, settled, incident):
    assert again(client, "/api/v1/incidents/", "*") == 304
    assert again(client, "/api/v1/incidents/?nonsense=1", "*") == 400
    assert again(client, "/api/v1/actors/nobody/", "*") == 404


def test_while_the_record_settles_the_bytes_are_compared(client, incident, editor):
    first = client.get("/api/v1/incidents/")

    assert "Last-Modified" not in first
    assert again(client, "/api/v1/incidents/", first["ETag"]) == 304
    editions.publish(incident, by=editor, reason="ruleset", note="Once more")
    assert again(client, "/api/v1/incidents/", first["ETag"]) == 200


def test_another_version_of_this_site_answers_anew(client, settled, incident, monkeypatch):
    etag = client.get("/api/v1/vocabulary/")["ETag"]
    moment = freshness._code()[1]
    monkeypatch.setattr(freshness, "_code", lambda: ("another", moment))

    assert again(client, "/api/v1/vocabulary/", etag) == 200


def test_a_moment_holds_until_the_record_or_a_register_is_written(client, settled, incident, editor, monkeypatch):
    monkeypatch.setattr(freshness, "_code", lambda: ("code", incident.created_at - timedelta(days=1)))
    seen = client.get("/api/v1/sources/")["Last-Modified"]

    def since():
        return client.get("/api/v1/sources/", headers={"If-Modified-Since": seen}).status_code

    later = incident.updated_at + timedelta(hours=1)
    before = since()
    monkeypatch.setattr(sequence, "standing", lambda now: sequence.Standing(1, incident.created_at, later))

    assert (before, since()) == (304, 200)


def test_a_compressed_answer_is_recognised_by_its_own_tag(client, settled, incident):
    packed = client.get("/api/v1/incidents/", headers={"Accept-Encoding": "gzip"})
    unchanged = client.get("/api/v1/incidents/", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})

    assert packed["ETag"].startswith('W/"')
    assert (unchanged.status_code, unchanged["ETag"]) == (304, packed["ETag"])


# The changes are told by the clock, and on PostgreSQL by who still writes, so they are looked up.
@pytest.mark.parametrize(("name", "most"), [*((name, 2) for name in (*LISTS, "statistics")), ("changes", 3)])
def test_what_is_unchanged_costs_two_queries_at_most(client, settled, incident, name, most):
    etag = client.get(f"/api/v1/{name}/")["ETag"]

    with CaptureQueriesContext(connection) as captured:
        assert again(client, f"/api/v1/{name}/", etag) == 304
    assert len(captured) <= most


def test_an_unchanged_document_is_not_read(client, incident):
    address = f"/api/v1/incidents/{incident.uid}/"
    etag = client.get(address)["ETag"]

    with CaptureQueriesContext(connection) as captured:
        assert again(client, address, etag) == 304
    assert [query for query in captured.captured_queries if "editiondocument" in query["sql"]] == []


def test_a_wrong_key_is_refused_before_anything_is_unchanged(client, settled, incident):
    etag = client.get("/api/v1/incidents/")["ETag"]
    wrong = {"If-None-Match": etag, "Authorization": "Bearer wrong"}

    assert client.get("/api/v1/incidents/", headers=wrong).status_code == 401
