"""Rows made from documents alone: the cells of the live index while nothing changed, and those of then ever after."""

from datetime import date

import orjson
import pytest

from events.choices import EditionKind
from events.desk import incidents, registers
from events.models.edition import Edition, PublishedIncident, Subject
from events.press import editions
from events.record import columns, flat, frozen
from events.rules.dates import VagueDate
from tests import builders

pytestmark = pytest.mark.django_db

BASE = "https://ledger.example"


def from_documents():
    """uid → cells of the latest public editions, with nothing but documents, hashes and first moments."""
    latest = Edition.objects.latest_of_each().filter(subject=Subject.INCIDENT, kind=EditionKind.PUBLISHED)
    held = [
        frozen.Held(orjson.loads(one.document.body), one.sha256, _first(one.subject_uid))
        for one in latest.select_related("document")
    ]
    return _cells(frozen.read(held, BASE))


def _first(uid):
    return Edition.objects.of(Subject.INCIDENT, uid).last().published_at


def from_index():
    return _cells(flat.read(PublishedIncident.objects.all(), BASE))


def _cells(found):
    names = [column.name for column in columns.COLUMNS]
    rows = [dict(zip(names, columns.cells(row), strict=True)) for row in found.rows]
    assert len(rows) == found.total
    return rows


@pytest.fixture
def world(analyst, editor):
    """An operation with two parts and tolls, a measure without a place, a strike with two targets, only a year."""
    places = builders.places()
    army, front = builders.actor("Made-up army"), builders.actor("Ämade-up front", kind="armed_group", side="non_state")
    other = builders.actor("Zmade-up band", kind="armed_group", side="non_state")
    here = {"location": places["town"], "location_precision": "settlement"}
    whole = builders.published(kind="raid", claims=[builders.claim(), _toll(9)], **here)
    for number in (3, 4):
        part = builders.published(kind="air_strike", claims=[builders.claim(), _toll(number)], **here)
        incidents.link(part, whole, by=editor, type="part_of")
        editions.publish(part, by=editor, reason="correction", note="Made-up")
    editions.publish(whole, by=editor, reason="correction", note="Made-up")
    builders.published(
        kind="air_strike",
        date=VagueDate(date(2023, 1, 1), date(2023, 12, 31), "year"),
        location=places["province"],
        location_precision="province",
        claims=[
            builders.claim(),
            builders.claim("perpetrator", part="perpetrator", value_actor=army, claimant=army),
            builders.claim("target", part="target", value_actor=other),
            builders.claim("target", part="target", value_actor=front),
            builders.claim("casualties", lines=[builders.toll(0), builders.toll(2, outcome="injured")]),
        ],
    )
    return {"army": army, "town": places["town"]}


def _toll(number):
    return builders.claim("casualties", lines=[builders.toll(number)])


def test_documents_give_the_cells_of_the_index(world):
    rows = from_documents()

    assert rows == from_index()
    assert len(rows) == 4
    assert {row["country_iso"] for row in rows} == {"PK"}
    assert [row["targets"] for row in rows][-1] == ("Zmade-up band", "Ämade-up front")
    assert sum(row["killed_best"] for row in rows if row["counts_killed"]) == 7


def test_a_name_that_changes_later_does_not_reach_an_edition_of_before(world, editor):
    held = [
        frozen.Held(orjson.loads(one.document.body), one.sha256, one.published_at)
        for one in Edition.objects.latest_of_each().select_related("document")
    ]
    before = _cells(frozen.read(held, BASE))

    registers.edit_actor(world["army"], by=editor, version=world["army"].version, name="Renamed army")

    assert _cells(frozen.read(held, BASE)) == before
    assert "Renamed army" in {row["perpetrator"] for row in from_documents()}
    assert from_documents() == from_index()
