"""Entries of the registers that were folded into others: their addresses and their names lead to those that stay."""

import pytest

from events.desk import registers
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def folded(db):
    """An incident that names three entries, each folded into another afterwards: kind → (old, new)."""
    by = builders.keeper()
    old_actor, new_actor = builders.actor("Old army"), builders.actor("New army")
    old_place, new_place = builders.location("Old town"), builders.location("New town")
    old_source, new_source = builders.source("Old Gazette"), builders.source("New Gazette")
    claim = builders.claim(claimant=old_actor, document_row=builders.document(source_row=old_source))
    builders.published(title="Named", claims=[claim], location=old_place, location_precision="settlement")
    registers.merge_actor(old_actor, new_actor, by=by)
    registers.merge_location(old_place, new_place, by=by)
    registers.merge_source(old_source, new_source, by=by)
    return {"actors": (old_actor, new_actor), "locations": (old_place, new_place), "sources": (old_source, new_source)}


@pytest.mark.parametrize("register", ["actors", "locations", "sources"])
def test_the_old_address_leads_to_the_entry_that_stays(client, folded, register):
    old, new = folded[register]

    for prefix in ("", "/api/v1"):
        answer = client.get(f"{prefix}/{register}/{old.slug}/")
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/{register}/{new.slug}/")
        assert client.get(answer["Location"]).status_code == 200


def test_however_often_it_was_folded_on(client, folded):
    _, middle = folded["actors"]
    last = builders.actor("Last army")
    registers.merge_actor(middle, last, by=builders.keeper())

    for slug in ("old-army", "new-army"):
        assert client.get(f"/actors/{slug}/")["Location"] == "/actors/last-army/"
        assert client.get(f"/api/v1/actors/{slug}/")["Location"] == "/api/v1/actors/last-army/"


@pytest.mark.parametrize(
    "question", ["incidents/?location=old-town", "claims/?claimant=old-army", "claims/?source=old-gazette"]
)
def test_the_old_slug_asks_for_the_entry_that_stays(client, folded, question):
    answer = client.get(f"/api/v1/{question}").json()

    assert answer["count"] == 1
    assert [str(value)[:4] for value in answer["selection"].values()] == ["new-"]


def test_the_timeline_understands_the_old_slug_and_the_old_name(client, folded):
    for asked in ("old-town", "new-town", "Old town"):
        assert "Named" in client.get("/", {"location": asked}).text


@pytest.mark.parametrize("register", ["actors", "locations", "sources"])
def test_an_entry_folded_into_one_that_is_not_public_is_absent(client, folded, register):
    add = {"actors": builders.actor, "locations": builders.location, "sources": builders.source}[register]
    fold = {
        "actors": registers.merge_actor,
        "locations": registers.merge_location,
        "sources": registers.merge_source,
    }[register]
    hidden, stays = add("Hidden entry"), add("Hidden as well")
    fold(hidden, stays, by=builders.keeper())

    for prefix in ("", "/api/v1"):
        assert client.get(f"{prefix}/{register}/hidden-entry/").status_code == 404


def test_the_new_name_leads_to_a_page_by_the_old_address(client, folded):
    claim = client.get("/api/v1/claims/").json()["results"][0]

    assert '<a class="tap" href="/actors/old-army/">New army</a>' in client.get(f"/claims/{claim['uid']}/").text
