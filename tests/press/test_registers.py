"""Editions of register entries: a record that is older than they are gets them once, and two acts make none twice."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from events.models.edition import Edition, EditionDocument
from events.press import editions, entry_notes, registers, rehearsal
from tests import builders
from tests.press import consistency
from tests.record import rows


@pytest.fixture
def old_record(db):
    """Public rows as they were before entries had editions."""
    place = rows.place("Testland", level="country")
    return rows.claim(
        rows.incident(at=place, parts=[(rows.actor("Test army"), "target")]), cites=rows.source("Test Gazette")
    )


def test_an_older_record_gets_the_first_editions_once(old_record):
    assert registers.catch_up() == 3
    assert registers.catch_up() == 0

    made = Edition.objects.entries().order_by("pk")
    assert [(one.subject, one.number, one.note) for one in made] == [
        ("actor", 1, entry_notes.CAUGHT_UP),
        ("location", 1, entry_notes.CAUGHT_UP),
        ("source", 1, entry_notes.CAUGHT_UP),
    ]
    assert {one.published_by for one in made} == {Edition.objects.findings().get().published_by}


def test_an_empty_record_has_nothing_to_catch_up_with(db):
    builders.actor()

    assert registers.catch_up() == 0


def test_reindex_says_what_is_missing_and_makes_it(analyst):
    builders.published(by=analyst)
    edition = Edition.objects.entries().filter(subject="location").first()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(registers, "kept_up", lambda **given: transaction.atomic())
        incident = builders.published(by=analyst, title="Second")
    place, said = incident.location, StringIO()

    with pytest.raises(CommandError, match="editions of register entries are missing"):
        call_command("reindex", "--check")
    assert not Edition.objects.of("location", place.uid).exists()
    call_command("reindex", stdout=said)

    assert "editions of register entries made" in said.getvalue()
    assert Edition.objects.of("location", place.uid).get().pk > edition.pk
    call_command("reindex", "--check", stdout=said)


def test_the_document_is_the_public_face_with_its_edition(client, analyst):
    actor = builders.actor("Test Front", aliases=[{"text": "ٹیسٹ", "kind": "transliteration"}])
    told = builders.claim("perpetrator", claimant=actor, value_actor=actor, part="perpetrator")
    builders.published(by=analyst, claims=[told])

    edition = Edition.objects.of("actor", actor.uid).get()
    document = json.loads(EditionDocument.objects.get(edition=edition).body)

    listed = client.get("/api/v1/actors/?q=test front").json()["results"][0]
    assert document.pop("edition")["number"] == 1
    assert document == listed
    answer = client.get(f"/api/v1/editions/{edition.pk}/")
    assert answer["ETag"] == f'"{edition.sha256}"'


def test_a_rehearsal_leaves_no_edition_of_an_entry(analyst, editor):
    incident = builders.submitted(analyst)
    builders.accept_all(incident, editor)
    act = lambda: editions.publish(incident, by=editor, reason="new_incident")  # noqa: E731

    with rehearsal.rehearsed(act, about=[incident]) as prospect:
        seen = Edition.objects.entries().count()
        assert [step.edition.subject for step in prospect.steps] == ["incident"]

    assert seen > 0
    assert not Edition.objects.exists()
    rehearsal.perform(act, seen=prospect.mark)
    assert Edition.objects.entries().count() == seen
    assert Edition.objects.order_by("-pk").first().pk < 2**60


def test_two_that_publish_at_once_tell_an_entry_once(emptied_afterwards):
    """On PostgreSQL both write at the same time; the one that settles later finds the editions of the other."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    analyst, editor = builders.person("analyst"), builders.person("editor")
    place = builders.location("Testtown")
    incidents = [builders.submitted(analyst, location=place, location_precision="settlement") for _ in range(2)]
    for incident in incidents:
        builders.accept_all(incident, editor)
    meet, failed = threading.Barrier(2, timeout=20), []

    def publish(incident):
        try:
            with transaction.atomic(), registers.kept_up(by=editor, reason="new_incident"):
                editions.publish(incident, by=editor, reason="new_incident")
                meet.wait()  # both hold rows that the other cannot see, and neither has settled
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[incident]) for incident in incidents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert failed == []
    assert Edition.objects.of("location", place.uid).count() == 1
    consistency.check()
