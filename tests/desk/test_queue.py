"""The review queue: what marks an incident, how it is narrowed and counted, and who takes what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.desk import assigning, claims, incidents, marks, queues
from events.models.change import Change
from events.models.incident import Incident
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


def borne(editor, incident):
    """Codes of the marks that the incident bears in the editor's queue."""
    return next(set(row.marks) for row in marks.of_queue(editor) if row.pk == incident.pk)


def test_one_source_behind_all_claims_is_a_single_source(analyst, editor):
    paper = builders.document()
    same = builders.document(source_row=paper.source)
    one = builders.submitted(analyst, claims=[builders.claim(document_row=row) for row in (paper, same)])
    two = builders.submitted(analyst, claims=[builders.claim(), builders.claim()])

    assert "single_source" in borne(editor, one)
    assert "single_source" not in borne(editor, two)


def test_a_rejected_claim_brings_no_second_source(analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim(), builders.claim()])

    claims.decide(incident.claims.first(), by=editor, verdict="rejected", rationale="Not there.")

    assert "single_source" in borne(editor, incident)


@pytest.mark.parametrize(
    ("sides", "is_marked"), [(["pakistan", "non_state"], True), (["pakistan", "third"], False), (["third"], False)]
)
def test_only_belligerents_quoted_means_no_third_party(analyst, editor, sides, is_marked):
    said = [builders.claim(claimant=builders.actor(f"Test {side}", side=side)) for side in sides]

    incident = builders.submitted(analyst, claims=said)

    assert ("only_parties" in borne(editor, incident)) is is_marked


def test_a_claimant_in_words_only_is_no_belligerent(analyst, editor):
    army = builders.actor()

    incident = builders.submitted(analyst, claims=[builders.claim(claimant=army), builders.claim()])

    assert "only_parties" not in borne(editor, incident)


def test_undecided_claims_that_exclude_each_other_are_contested(analyst, editor):
    tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)]) for n in (2, 40)]
    rivals = builders.submitted(analyst, claims=tolls)
    agreed = builders.submitted(
        analyst, claims=[builders.claim(claimant_text="Test one"), builders.claim(claimant_text="Test two")]
    )

    assert "contested" in borne(editor, rivals)
    assert "contested" not in borne(editor, agreed)


def test_a_denial_that_it_happened_contests_what_else_is_told(analyst, editor):
    incident = builders.submitted(
        analyst,
        claims=[
            builders.claim("casualties", claimant_text="Test one", lines=[builders.toll(2)]),
            builders.claim(claimant_text="Test two", stance="denies"),
        ],
    )

    assert "contested" in borne(editor, incident)


def test_a_rejected_rival_contests_nothing(analyst, editor):
    tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)]) for n in (2, 40)]
    incident = builders.submitted(analyst, claims=tolls)

    claims.decide(incident.claims.last(), by=editor, verdict="rejected", rationale="Not there.")

    assert "contested" not in borne(editor, incident)


def test_what_was_returned_and_submitted_again_is_marked(analyst, editor):
    incident, fresh = builders.submitted(analyst), builders.submitted(analyst)

    returned = incidents.give_back(incident, by=editor, rationale="Which district?")
    incidents.submit(returned, by=analyst)

    assert "returned" in borne(editor, incident)
    assert "returned" not in borne(editor, fresh)


def test_a_claim_that_came_back_mended_marks_its_incident(analyst, editor):
    incident = builders.submitted(analyst)
    asked = claims.decide(incident.claims.get(), by=editor, verdict="needs_changes", rationale="Whose words?")
    assert "returned" not in borne(editor, incident)

    paper = asked.citations.get().document
    cited = [{"document": paper, "excerpt": "made-up words"}]
    claims.edit(asked, by=analyst, version=asked.version, fields={"hedge": "reportedly"}, lines=[], citations=cited)

    assert "returned" in borne(editor, incident)


def test_waiting_over_a_week_and_mine_are_marked(analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    incidents.assign(incident, by=editor, to=editor)
    Incident.objects.filter(pk=incident.pk).update(touched_at=timezone.now() - timedelta(days=8))

    assert borne(editor, incident) >= {"long", "mine"}
    assert "mine" not in borne(other_editor, incident)


def test_a_count_says_what_ticking_the_mark_too_would_leave():
    rows = [
        marks.Waiting(1, frozenset({"mine", "contested"}), 7),
        marks.Waiting(2, frozenset({"contested"}), None),
        marks.Waiting(3, frozenset({"mine"}), 7),
    ]
    narrowed = marks.Narrowed(rows, marks=frozenset({"mine"}))

    assert narrowed.keys == [1, 3]
    assert (narrowed.count("mine"), narrowed.count("contested"), narrowed.count("long")) == (2, 1, 0)
    assert (narrowed.count_of_batch(7), marks.Narrowed(rows, batch=7).count("contested")) == (2, 1)


def test_the_address_narrows_the_queue(client, analyst, editor):
    mine = builders.submitted(analyst, title="Made-up mine")
    builders.submitted(analyst, title="Made-up other")
    imported = builders.imported(analyst, builders.batch(analyst), title="Made-up import")
    incidents.assign(mine, by=editor, to=editor)
    client.force_login(editor)

    def shown(query):
        return [incident.title for incident, _ in client.get(f"/desk/queue/?{query}").context["rows"]]

    assert shown("mine=on") == ["Made-up mine"]
    assert shown(f"batch={imported.batch_id}") == ["Made-up import"]
    assert shown(f"batch={imported.batch_id}&mine=on") == []
    assert shown("q=OTHER") == ["Made-up other"]
    assert shown("order=newest") == list(reversed(shown("")))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour=red", "no filter “colour”"),
        ("kind=massacre", "not in the list"),
        ("batch=999", "not in the list"),
        ("batch=x", "not in the list"),
        ("order=random", "not in the list"),
        ("mine=perhaps", "mine=on"),
        ("page=two", "number in digits"),
        ("page=0", "greater than or equal to 1"),
    ],
)
def test_an_unknown_filter_shows_a_sentence_and_no_rows(client, analyst, editor, query, sentence):
    builders.submitted(analyst, title="Made-up and hidden")
    client.force_login(editor)

    answer = client.get(f"/desk/queue/?{query}")

    assert answer.status_code == 400
    assert sentence in keyboard.sentences(answer)
    assert "Made-up and hidden" not in answer.text


def test_the_queue_costs_the_same_for_two_as_for_eight(client, analyst, editor):
    province = builders.places()["province"]

    def log(*numbers):
        for number in numbers:
            place = builders.location(f"Test place {number}", parent=province)
            tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)]) for n in (2, 40)]
            tolls.append(builders.claim("location", claimant_text="Test 3", value_location=place))
            builders.submitted(analyst, location=place, location_precision="settlement", claims=tolls)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get("/desk/queue/").context["rows"]) > 0
        return len(asked)

    client.force_login(editor)
    log(1, 2)
    cost()  # so that the session is known
    few = cost()
    log(*range(3, 9))

    assert cost() == few


def test_several_incidents_are_taken_at_once(client, analyst, editor):
    chosen, left = [builders.submitted(analyst) for _ in range(2)], builders.submitted(analyst)
    client.force_login(editor)

    answer = client.post(
        "/desk/queue/assign/?order=newest", {"incidents": [row.uid for row in chosen], "take": "ticked", "to": ""}
    )

    assert answer.url == "/desk/queue/?order=newest"
    assert set(Incident.objects.filter(assigned_to=editor)) == set(chosen)
    assert Change.objects.filter(object_uid=chosen[0].uid, field="assigned_to_id", by=editor).exists()
    left.refresh_from_db()
    assert left.assigned_to is None


def test_taking_one_row_leaves_the_ticked_ones(client, analyst, editor):
    one, ticked = builders.submitted(analyst), builders.submitted(analyst)
    client.force_login(editor)

    client.post("/desk/queue/assign/", {"incidents": [ticked.uid], "take": one.uid})

    assert list(Incident.objects.filter(assigned_to=editor)) == [one]


def test_the_ticked_ones_go_to_another_editor(client, analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    client.force_login(editor)

    client.post("/desk/queue/assign/", {"incidents": [incident.uid], "to": other_editor.pk})

    incident.refresh_from_db()
    assert incident.assigned_to == other_editor


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"to": ""}, "Tick at least one"),
        ({"incidents": ["ZZZZZZZZ"]}, "not open any more"),
        ({"incidents": ["\x00"]}, "Null characters"),
    ],
)
def test_a_refused_assignment_keeps_the_queue_in_view(client, analyst, editor, sent, sentence):
    builders.submitted(analyst, title="Made-up and waiting")
    client.force_login(editor)

    answer = client.post("/desk/queue/assign/", sent)

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert "Made-up and waiting" in answer.text


def test_an_analyst_is_assigned_nothing(client, analyst, editor):
    incident = builders.submitted(analyst)
    client.force_login(editor)

    answer = client.post("/desk/queue/assign/", {"incidents": [incident.uid], "to": analyst.pk})

    assert answer.status_code == 422
    incident.refresh_from_db()
    assert incident.assigned_to is None


def test_assigning_many_is_all_or_nothing_and_for_editors(analyst, editor):
    incident = builders.submitted(analyst)

    with pytest.raises(PermissionDenied):
        assigning.assign_many([incident], by=analyst, to=editor)
    with pytest.raises(ValidationError, match="not an editor"):
        assigning.assign_many([incident], by=editor, to=analyst)
    with pytest.raises(ValidationError, match="Tick at least one"):
        assigning.assign_many([], by=editor, to=editor)


def test_the_next_incident_is_no_colleagues_and_nothing_of_ones_own(analyst, editor, other_editor):
    here, own, theirs, next_one = (builders.submitted(by) for by in (analyst, editor, analyst, analyst))
    incidents.assign(theirs, by=editor, to=other_editor)

    assert queues.next_after(here, editor) == next_one
    assert queues.next_after(next_one, editor) == here
    assert queues.next_after(here, other_editor) == own
