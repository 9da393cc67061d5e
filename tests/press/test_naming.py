"""Another name in a register: further editions of what shows it, and of nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import access
from events.desk import claims, history, incidents, queues, registers
from events.models.change import Change
from events.models.edition import Edition, PublishedIncident
from events.press import editions, index, naming
from tests import builders

pytestmark = pytest.mark.django_db


def _group(name="Test Front", **fields):
    return builders.actor(name, kind="armed_group", side="non_state", home_country="", **fields)


def _public(actor, title="Made-up incident", **fields):
    told = builders.claim("perpetrator", claimant=actor, value_actor=actor, part="perpetrator")
    return builders.published(title=title, claims=[told], **fields)


def _same_after_reindex():
    before = index.contents()
    index.rebuild()
    return index.contents() == before


def _rename(entry, name, by, column="name"):
    entry.refresh_from_db()
    edit = {
        "actor": registers.edit_actor,
        "location": registers.edit_location,
        "source": registers.edit_source,
        "document": registers.edit_document,
    }[entry._meta.model_name]
    return edit(entry, by=by, version=entry.version, **{column: name})


def _last(incident):
    return editions.last_document(incident)


def test_another_name_goes_out_in_a_further_edition_that_says_why(client, editor):
    actor = _group()
    incident = _public(actor)

    _rename(actor, "Front of Test", editor)

    edition, document = _last(incident)
    assert (edition.number, edition.reason, edition.published_by) == (2, "style", editor)
    assert edition.note == "“Test Front” is now called “Front of Test” in the register."
    assert document["actors"]["test-front"]["name"] == "Front of Test"
    assert document["edition"]["number"] == 2
    page = client.get(f"/incidents/{incident.shown_uid}/").text
    assert "Front of Test" in page
    assert page.count("Test Front") == 1  # in the note of the edition
    assert "is now called" in client.get(f"/incidents/{incident.shown_uid}/history/").text
    assert client.get("/", {"q": "front of test"}).text.count("Made-up incident")
    assert _same_after_reindex()


def test_only_the_name_differs_from_the_edition_before(editor):
    actor = _group()
    incident = _public(actor)
    _, before = _last(incident)

    _rename(actor, "Front of Test", editor)

    _, after = _last(incident)
    before["actors"]["test-front"]["name"] = "Front of Test"
    assert {**before, "edition": None} == {**after, "edition": None}


def test_changes_of_the_desk_do_not_come_out_with_a_name(client, analyst, editor):
    actor = _group()
    incident = _public(actor)
    incidents.edit(incident, by=analyst, version=incident.version, fields={"summary": "Leakword-one"})
    claims.add(incident, by=analyst, **builders.claim(claimant_text="Leakword-two"))
    _rename(incident.location, "Leakword-three", editor)  # shown, and so renamed on its own
    registers.edit_actor(actor, by=editor, version=actor.version, side="third", kind="ngo")

    actor.refresh_from_db()
    _rename(actor, "Front of Test", editor)

    edition, document = _last(incident)
    text = edition.document.body
    assert "Leakword-one" not in text
    assert "Leakword-two" not in text
    assert document["actors"]["test-front"]["side"] == "non_state"
    assert incident in queues.awaiting_review(editor)


def test_what_waits_for_review_still_waits_and_its_changes_stay_listed(analyst, editor):
    actor = _group()
    waiting, _ = _public(actor, "Waiting"), _public(actor, "Settled")
    incidents.edit(waiting, by=analyst, version=waiting.version, fields={"summary": "Changed"})

    _rename(actor, "Front of Test", editor)

    assert list(queues.awaiting_review(editor)) == [waiting]
    edition, _ = _last(waiting)
    told = [trace.what for trace in history.since_edition(waiting, [], edition)]
    assert "incident: summary" in told


def test_what_left_the_public_is_left_alone(editor, other_editor):
    actor = _group()
    gone, merged, stays, other = (_public(actor, title) for title in ("Gone", "Merged", "Stays", "Other"))
    editions.withdraw(gone, by=editor, reason="retraction", note="Made up.")
    for claim in merged.claims.all():
        claims.reopen(claim, by=other_editor, rationale="Double.")
        claims.decide(claim, by=other_editor, verdict="rejected", rationale="Double.")
    editions.merge(merged, stays, by=editor, note="The same.")
    before = Edition.objects.findings().count()

    _rename(actor, "Front of Test", editor)

    assert Edition.objects.findings().count() == before + 2
    assert {one.title for one in PublishedIncident.objects.filter(number__gte=2)} >= {"Other", "Stays"}
    assert Edition.objects.of("incident", gone.uid).count() == 2
    assert _same_after_reindex()


def test_places_sources_and_documents_are_renamed_wherever_they_stand(client, editor):
    places, paper = builders.places(), builders.document("Test report")
    told = builders.claim("location", value_location=places["district"], document_row=paper)
    incident = builders.published(location=places["town"], location_precision="settlement", claims=[told])

    _rename(places["district"], "District of Test", editor)
    _rename(places["town"], "Town of Test", editor)
    _rename(paper.source, "Gazette of Test", editor)
    _rename(paper, "Report of Test", editor, column="title")

    edition, document = _last(incident)
    assert edition.number == 5
    assert document["location"]["shown"] == "Town of Test, District of Test, Test Province, Testland"
    assert document["claims"][0]["location"]["name"] == "District of Test"
    assert document["documents"][0]["title"] == "Report of Test"
    assert document["documents"][0]["source"]["name"] == "Gazette of Test"
    assert "District of Test" in client.get(f"/claims/{document['claims'][0]['uid']}/").text
    assert PublishedIncident.objects.get().place_shown.startswith("Town of Test, District")
    assert _same_after_reindex()


def test_a_public_relation_is_renamed_too(editor):
    one, two = _group("Test One"), _group("Test Two")
    relation = registers.relate(one, "fights", two, by=editor, basis="established")
    editions.publish_relation(relation, by=editor, reason="new_incident")

    _rename(one, "One of Test", editor)

    last = Edition.objects.of("relation", relation.uid).first()
    assert last.number == 2
    assert "One of Test" in last.document.body
    assert _same_after_reindex()


def test_the_desk_notes_which_edition_was_made_for_a_name(editor):
    actor = _group()
    incident = _public(actor)

    _rename(actor, "Front of Test", editor)

    noted = Change.objects.get(object_uid=incident.uid, field=naming.TRACE)
    assert (noted.before, noted.after, noted.by) == (1, 2, editor)


def test_a_name_that_stands_nowhere_makes_no_edition(editor):
    actor, other = _group(), _group("Test Other")
    _public(other)

    _rename(actor, "Front of Test", editor)
    registers.edit_actor(other, by=editor, version=other.version, description="Made up")

    assert Edition.objects.findings().count() == 1


def test_the_next_reviewed_edition_follows_on(analyst, editor):
    actor = _group()
    incident = _public(actor)
    incidents.edit(incident, by=analyst, version=incident.version, fields={"summary": "Reviewed"})
    _rename(actor, "Front of Test", editor)

    editions.publish(incident, by=editor, reason="correction")

    edition, document = _last(incident)
    assert (edition.number, document["summary"]) == (3, "Reviewed")
    assert document["actors"]["test-front"]["name"] == "Front of Test"


def test_a_folded_entry_goes_by_the_name_of_the_one_that_stays(client, editor):
    old, new = _group("Test Frnt"), _group()
    incident = _public(old)

    registers.merge_actor(old, new, by=editor)

    edition, document = _last(incident)
    assert edition.note == "“Test Frnt” is the same as “Test Front”: the register folded the two into one."
    assert document["actors"]["test-frnt"]["name"] == "Test Front"
    new.refresh_from_db()
    _rename(new, "Front of Test", editor)
    assert _last(incident)[1]["actors"]["test-frnt"]["name"] == "Front of Test"
    assert _same_after_reindex()


def test_an_incident_that_names_both_waits_for_its_review(editor):
    old, new = _group("Test Frnt"), _group()
    told = [builders.claim("perpetrator", claimant=one, value_actor=one, part="perpetrator") for one in (old, new)]
    incident = builders.published(claims=told)

    registers.merge_actor(old, new, by=editor, taken=["name"])

    _, document = _last(incident)
    assert {slug: actor["name"] for slug, actor in document["actors"].items()} == {
        "test-frnt": "Test Frnt",
        "test-front": "Test Frnt",
    }
    assert incident in queues.awaiting_review(editor)


def test_a_folded_place_that_lay_elsewhere_waits_for_its_review(editor):
    one, other = (builders.location(name, level="province") for name in ("Test Province", "Other Province"))
    old, new = (builders.location(name, parent=parent) for name, parent in (("Testtwn", one), ("Testtown", other)))
    incident = builders.published(location=old, location_precision="settlement")

    registers.merge_location(old, new, by=editor)

    assert _last(incident)[0].number == 1
    assert incident in queues.awaiting_review(editor)


def test_many_editions_take_few_statements(editor):
    asked = []
    access.can_judge(editor)  # asked of the database once
    for count in (2, 9):
        actor = _group(f"Test {count} Front")
        for number in range(count):
            _public(actor, f"Made-up {number}")
        with CaptureQueriesContext(connection) as queries:
            _rename(actor, f"Front {count}", editor)
        asked.append(len(queries))

    assert asked[0] == asked[1] < 60


def test_the_author_of_a_document_does_not_change_its_public_title(analyst, editor, other_editor):
    source = builders.source()
    paper = registers.add_document(by=analyst, source=source, title="Test report", url="https://example.org/x")
    incident = builders.published(claims=[builders.claim(document_row=paper)])
    claims.reopen(incident.claims.get(), by=other_editor, rationale="Look again.")

    with pytest.raises(PermissionDenied):
        _rename(paper, "Report of Test", analyst, column="title")
    _rename(paper, "Report of Test", editor, column="title")

    assert _last(incident)[1]["documents"][0]["title"] == "Report of Test"
