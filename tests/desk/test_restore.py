"""Any earlier state can be seen beside the present one and brought back, as a new change."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.desk import claims, earlier, incidents, registers, restoring
from events.desk.stale import Stale
from events.models.change import Change
from events.press import traces
from events.rules.dates import VagueDate
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
few = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
words = st.sampled_from(("", "one", "two", "فرضی الفاظ", "a\nlonger text"))
days = st.builds(
    lambda day, part: VagueDate(day, day, "day") if part else None,
    st.dates(date(2024, 1, 1), date(2024, 2, 1)),
    st.booleans(),
)
some_facts = st.fixed_dictionaries(
    {"title": st.sampled_from(("First title", "Second title"))},
    optional={
        "summary": words,
        "kind": st.sampled_from(("armed_assault", "talks")),
        "date": days,
        "tags": st.lists(st.sampled_from(("one", "two", "three")), max_size=4),
    },
)
some_lines = st.lists(
    st.builds(
        lambda number, outcome: builders.toll(number, outcome=outcome),
        st.integers(0, 9),
        st.sampled_from(("killed", "injured")),
    ),
    min_size=1,
    max_size=3,
)


def latest(row):
    return Change.objects.filter(object_uid=row.uid).order_by("-pk").first()


def restored(row, change, by, wanted=None):
    row.refresh_from_db()
    wanted = wanted or [one.name for one in earlier.compared(row, change)]
    return restoring.restore(row, change, by=by, version=row.version, wanted=wanted)


def of_people(row):
    """What people set on the row, without what verbs keep beside it."""
    held = earlier.present(row)
    kept = {"position", "edited_by_id", "rewriters", "verdict", "decided_by_id", "decided_at", "credibility"}
    return {name: value for name, value in held.items() if name not in kept}


@few
@given(edits=st.lists(some_facts, min_size=1, max_size=5), data=st.data())
def test_restoring_any_moment_of_an_incident_gives_exactly_that_state(analyst, edits, data):
    incident = builders.draft(analyst, claims=[])
    moments = [(latest(incident), of_people(incident))]
    for fields in edits:
        incident = incidents.edit(incident, by=analyst, version=incident.version, fields=fields)
        moments.append((latest(incident), of_people(incident)))

    change, then = data.draw(st.sampled_from(moments))
    now = of_people(incident)
    incident.refresh_from_db()
    assert {name: value for name, value in earlier.state_at(incident, change).items() if name in then} == then
    if then == now:
        assert earlier.compared(incident, change) == []
    elif wanted := [one.name for one in earlier.compared(incident, change)]:
        restored(incident, change, analyst, wanted)
    incident.refresh_from_db()
    assert of_people(incident) == then


@few
@given(edits=st.lists(st.tuples(some_lines, words, st.integers(0, 2)), min_size=1, max_size=4), data=st.data())
def test_restoring_any_moment_of_a_claim_gives_exactly_that_state(analyst, editor, edits, data):
    papers = [builders.document(f"Paper {number}") for number in range(3)]
    incident = builders.draft(analyst, claims=[builders.claim("casualties", lines=[builders.toll(7)])])
    claim = incident.claims.get()
    moments = [(latest(claim), of_people(claim))]
    for lines, text, number in edits:
        cited = [{"document": paper, "excerpt": text} for paper in papers[:number]]
        fields = {"claimant_text": text or "Nobody else", "hedge": "suspected" if text else "none"}
        claim = claims.edit(claim, by=editor, version=claim.version, fields=fields, lines=lines, citations=cited)
        moments.append((latest(claim), of_people(claim)))

    change, then = data.draw(st.sampled_from(moments))
    if then != of_people(claim):
        restored(claim, change, analyst)
    claim.refresh_from_db()
    assert of_people(claim) == then


def test_a_register_entry_comes_back_and_leaves_a_new_change(editor):
    place = builders.location("Old name", latitude=33.5, longitude=70.0, coordinate_basis="seat")
    change = latest(place)
    registers.edit_location(place, by=editor, version=1, name="New name", latitude=34.25, note="Moved")

    restored(place, change, editor)

    place.refresh_from_db()
    assert (place.name, str(place.latitude), place.note) == ("Old name", "33.50000", "")
    last = {row.field: row.after for row in Change.objects.filter(object_uid=place.uid).order_by("pk")[4:]}
    assert last["name"] == "Old name"


def test_only_the_chosen_fields_come_back(analyst):
    incident = builders.draft(analyst, title="Old title", summary="Old summary")
    change = latest(incident)
    incidents.edit(incident, by=analyst, version=1, fields={"title": "New title", "summary": "New summary"})

    restored(incident, change, analyst, wanted=["summary"])

    incident.refresh_from_db()
    assert (incident.title, incident.summary) == ("New title", "Old summary")


def test_a_place_that_was_folded_since_comes_back_as_its_survivor(analyst, editor):
    old, new, other = (builders.location(name) for name in ("Old town", "New town", "Other town"))
    incident = builders.draft(analyst, location=old, location_precision="settlement")
    change = latest(incident)
    incidents.edit(incident, by=analyst, version=1, fields={"location": other})
    registers.merge_location(old, new, by=editor)

    restored(incident, change, analyst)

    incident.refresh_from_db()
    assert incident.location == new


def test_a_line_whose_party_was_folded_keeps_its_earlier_state(analyst, editor):
    old, new = builders.actor("Old army"), builders.actor("New army")
    incident = builders.draft(analyst, claims=[builders.claim("casualties", lines=[builders.toll(1, party=old)])])
    claim = incident.claims.get()
    before = earlier.present(claim)
    change = latest(claim)

    registers.merge_actor(old, new, by=editor)

    assert earlier.present(claim)["lines"][0]["party"] == new.pk
    assert earlier.state_at(claim, change)["lines"] == before["lines"]
    assert earlier.compared(claim, change) == []


def test_what_was_removed_since_cannot_be_named_again(analyst):
    incident = builders.draft(analyst, claims=[builders.claim(), builders.claim()])
    older, newer = incident.claims.all()
    fields = {"supersedes": older}
    claims.edit(newer, by=analyst, version=1, fields=fields, **earlier.given_parts(claims.parts_of(newer)))
    change = latest(newer)
    newer.refresh_from_db()
    claims.edit(
        newer, by=analyst, version=2, fields={"supersedes": None}, **earlier.given_parts(claims.parts_of(newer))
    )
    claims.remove(older, by=analyst)

    newer.refresh_from_db()
    assert [one.name for one in earlier.compared(newer, change) if one.problem] == ["supersedes"]
    with pytest.raises(ValidationError, match="removed since"):
        restored(newer, change, analyst)


def test_a_decided_claim_is_not_rewritten_by_restoring(client, analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    change = latest(claim)
    claims.edit(
        claim, by=editor, version=1, fields={"claimant_text": "Else"}, **earlier.given_parts(claims.parts_of(claim))
    )
    claims.decide(claim, by=builders.person("editor", name="third"), verdict="accepted")
    client.force_login(editor)
    address = f"/desk/claims/{claim.uid}/history/{change.pk}/"

    page = client.get(address)
    assert "supersedes it" in page.text
    assert f"/desk/incidents/{incident.shown_uid}/claims/add/?aspect=occurrence" in page.text
    assert 'type="checkbox"' not in page.text
    assert client.post(address, {"fields_wanted": "claimant_text", "version": 3}).status_code == 409
    with pytest.raises(PermissionDenied):
        restored(claim, change, editor)


def test_restoring_keeps_to_the_rights_of_editing(analyst, other_analyst, editor):
    incident = builders.draft(analyst, title="Old title")
    change = latest(incident)
    incidents.edit(incident, by=analyst, version=1, fields={"title": "New title"})

    with pytest.raises(PermissionDenied):
        restored(incident, change, other_analyst)
    with pytest.raises(Stale):
        restoring.restore(incident, change, by=editor, version=1, wanted=["title"])
    actor = builders.actor()
    made = latest(actor)
    registers.edit_actor(actor, by=editor, version=1, name="Else")
    with pytest.raises(PermissionDenied):
        restored(actor, made, analyst)


def test_the_page_shows_then_and_now_and_brings_back_what_is_ticked(client, analyst):
    incident = builders.draft(analyst, title="Old title", summary="Old summary")
    change = latest(incident)
    incidents.edit(incident, by=analyst, version=1, fields={"title": "New title", "summary": "New summary"})
    client.force_login(analyst)
    address = f"/desk/incidents/{incident.uid}/history/{change.pk}/"

    page = client.get(address)
    for said in ("Old title", "New title", "Old summary", "New summary"):
        assert said in page.text
    nothing = client.post(address, {"version": "2"})
    assert nothing.status_code == 422
    assert "at least one field" in keyboard.sentences(nothing)
    done = client.post(address, {"version": "2", "fields_wanted": ["title"]})
    assert done.status_code == 302
    incident.refresh_from_db()
    assert (incident.title, incident.summary) == ("Old title", "New summary")


def test_somebody_elses_save_is_not_overwritten_by_restoring(client, analyst, editor):
    incident = builders.draft(analyst, title="Old title")
    change = latest(incident)
    incidents.edit(incident, by=analyst, version=1, fields={"title": "New title"})
    incidents.edit(incident, by=editor, version=2, fields={"title": "Third title"})
    client.force_login(analyst)

    answer = client.post(
        f"/desk/incidents/{incident.uid}/history/{change.pk}/", {"version": "2", "fields_wanted": ["title"]}
    )

    assert answer.status_code == 409
    assert "Third title" in answer.text
    incident.refresh_from_db()
    assert incident.title == "Third title"


def test_a_state_that_the_rules_refuse_is_refused_with_the_sentence(client, analyst):
    incident = builders.draft(analyst, claims=[builders.claim("casualties", lines=[builders.toll(3)])])
    claim = incident.claims.get()
    change = latest(claim)
    fields = {"aspect": "motive", "value_text": "Made-up motive"}
    claims.edit(claim, by=analyst, version=1, fields=fields, lines=[], citations=[])
    client.force_login(analyst)

    answer = client.post(
        f"/desk/claims/{claim.uid}/history/{change.pk}/", {"version": "2", "fields_wanted": ["aspect"]}
    )

    assert answer.status_code == 422
    assert "line of the toll" in keyboard.sentences(answer)


def test_a_moment_of_another_row_is_absent(client, analyst):
    one, other = builders.draft(analyst), builders.draft(analyst)
    client.force_login(analyst)

    assert client.get(f"/desk/incidents/{one.uid}/history/{latest(other).pk}/").status_code == 404
    assert client.get(f"/desk/incidents/{one.uid}/history/{10**30}/").status_code == 404


def test_undoing_is_pure_and_runs_from_the_newest():
    changes = [Change(field="title", before="B", after="C"), Change(field="title", before="A", after="B")]
    state = {"title": "C", "summary": ""}

    assert earlier.undone(state, changes) == {"title": "A", "summary": ""}
    assert state["title"] == "C"


@pytest.mark.parametrize("kind", ["actor", "location", "source", "document"])
def test_every_field_of_an_entry_can_be_followed_back(editor, kind):
    row = getattr(builders, kind)()
    before, change = traces.snapshot(row), latest(row)
    edit = restoring.EDITS[type(row)]
    name = "title" if kind == "document" else "name"
    row = edit(row, by=editor, version=row.version, **{name: "Once more"})
    row = edit(row, by=editor, version=row.version, **{name: "And again"})

    assert earlier.state_at(row, change) == before


def test_a_claim_that_was_taken_back_is_added_again_once(client, analyst):
    lines = [builders.toll(8), builders.toll(3, demographic="women", subset_of=0)]
    incident = builders.draft(analyst, claims=[builders.claim("casualties", lines=lines)])
    claim = incident.claims.get()
    held = of_people(claim)
    claims.remove(claim, by=analyst)
    client.force_login(analyst)
    page = client.get(f"/desk/incidents/{incident.uid}/history/").text
    address = re.search(r'href="([^"]+/claim/)">Add it again', page)[1]

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    again = client.post(address)

    assert again.status_code == 422
    assert "there again already" in keyboard.sentences(again)
    assert of_people(incident.claims.get()) == held
    assert incident.claims.get().verdict == "pending"
