"""The history of every field: who, when, before and after; complete, and closed to those who may not see."""

import pytest
from django.core.paginator import Paginator

from events.desk import claims, earlier, history, incidents, registers
from events.models.change import Change
from events.press import editions
from tests import builders
from tests.desk.test_pages_queries import counted

pytestmark = pytest.mark.django_db


def acts_on(found, user):
    return history.told(found, history.acts(found), user)


def of(incident, user):
    return acts_on(history.of_incident(incident, user), user)


def shown(acts):
    """Set of (what was done, label, before, after)."""
    return {(act.did, one.label, one.before, one.after) for act in acts for one in act.fields}


def test_one_write_is_one_act_with_all_its_fields(analyst):
    incident = builders.draft(analyst, title="Old title", claims=[])
    incidents.edit(incident, by=analyst, version=1, fields={"title": "New title", "summary": "Words", "tags": ["one"]})

    newest, first = of(incident, analyst)

    assert (newest.did, newest.by, first.did) == ("changed", "analyst", "created")
    assert shown([newest]) == {
        ("changed", "Title", "Old title", "New title"),
        ("changed", "Summary", "", "Words"),
        ("changed", "Tags", "", "one"),
    }
    assert ("created", "Kind", "", "Armed assault") in shown([first])
    assert (newest.can_return, first.can_return) == (False, True)


def test_assignment_status_and_place_are_told_by_name(analyst, editor):
    incident = builders.submitted(analyst)
    incidents.assign(incident, by=editor, to=editor)

    found = shown(of(incident, editor))

    assert ("changed", "Assigned to", "", "editor") in found
    assert ("changed", "Status", "Draft", "Submitted for review") in found
    assert ("created", "Location", "", str(incident.location)) in found


def test_a_toll_and_citations_are_told_in_full(analyst):
    army = builders.actor("Test army")
    lines = [builders.toll(8, party=army), builders.toll(3, demographic="women", subset_of=0)]
    paper = builders.document("Made-up report")
    cited = [{"document": paper, "excerpt": "eight people", "locator": "p. 3"}]
    incident = builders.draft(analyst, claims=[builders.claim("casualties", lines=lines, citations=cited)])
    claims.edit(incident.claims.get(), by=analyst, version=1, fields={}, lines=[builders.toll(9)], citations=[])

    found = {label: (before, after) for did, label, before, after in shown(of(incident, analyst)) if did == "changed"}

    assert "Test army: 8" in found["Toll"][0]
    assert "women: 3 (part of line 1)" in found["Toll"][0]
    assert found["Toll"][1].endswith(": 9")
    assert "Made-up report: “eight people”, p. 3" in found["Citations"][0]
    assert found["Citations"][1] == ""


def test_what_was_taken_back_stays_in_the_history(analyst, editor):
    incident, other = builders.draft(analyst), builders.draft(analyst, title="The other")
    claim, link = incident.claims.get(), incidents.link(incident, other, by=editor, type="follows")
    claims.remove(claim, by=analyst)
    incidents.unlink(link, by=editor)

    found = of(incident, analyst)

    assert {(act.model, act.did) for act in found} == {
        ("incident", "created"),
        ("claim", "created"),
        ("claim", "removed"),
        ("incidentlink", "created"),
        ("incidentlink", "removed"),
    }
    assert ("removed", "To incident", "The other", "") in shown(found)
    assert not any(act.can_return for act in found)


def test_links_to_what_somebody_may_not_see_are_left_out(analyst, other_analyst, editor):
    public = builders.published(by=analyst, editor=editor)
    secret = builders.draft(other_analyst, title="A secret draft")
    for kind in ("follows", "part_of"):
        incidents.link(public, secret, by=editor, type=kind)
    incidents.unlink(public.links_out.get(type="follows"), by=editor)

    assert "A secret draft" not in str(of(public, analyst))
    assert "A secret draft" in str(of(public, other_analyst))


def test_claims_that_moved_by_a_merge_stand_in_both_histories(analyst, editor):
    loser, survivor = builders.submitted(analyst), builders.submitted(analyst)
    editions.merge(loser, survivor, by=editor, note="The same")

    for incident in (loser, survivor):
        incident.refresh_from_db()
        assert ("changed", "Incident", str(loser), str(survivor)) in shown(of(incident, editor))


def test_every_write_to_a_register_is_told(analyst, editor):
    actor = builders.actor("Test army")
    registers.edit_actor(actor, by=editor, version=1, name="Test forces", naming_note="As they call themselves")
    registers.add_actor_alias(actor, by=editor, text="فوج", language="ur", kind="transliteration")
    actor.refresh_from_db()

    found = shown(acts_on(history.of_row(actor), editor))

    assert ("changed", "Name", "Test army", "Test forces") in found
    assert ("changed", "Naming note", "", "As they call themselves") in found
    assert ("changed", "Other name", "", "فوج, ur, transliteration") in found


def test_a_relation_is_told_with_its_claims(analyst, editor):
    relation = registers.relate(builders.actor("One"), "fights", builders.actor("Two"), by=editor)
    claims.add(relation, by=analyst, **builders.claim("relation"))
    claims.remove(claims.add(relation, by=analyst, **builders.claim("relation")), by=analyst)

    found = [(act.model, act.did) for act in acts_on(history.of_row(relation), editor)]

    assert found == [("claim", "removed"), ("claim", "created"), ("claim", "created"), ("actorrelation", "created")]


def test_a_decision_is_told_with_verdict_and_grade(analyst, editor):
    incident = builders.submitted(analyst)
    claims.decide(incident.claims.get(), by=editor, verdict="accepted", credibility=2)

    found = shown(of(incident, editor))

    assert ("changed", "Verdict", "Pending", "Accepted") in found
    assert any(label == "Decided by" and after == "editor" for _, label, _, after in found)


def test_the_traces_of_a_row_lead_from_nothing_to_what_it_holds(analyst, editor):
    """Whatever was done, walking back through all Change rows ends at what the first one says was made."""
    incident = builders.submitted(analyst)
    incidents.assign(incident, by=editor, to=editor)
    incidents.give_back(incident, by=editor, rationale="More, please")
    incident.refresh_from_db()
    incidents.edit(incident, by=analyst, version=incident.version, fields={"title": "Else", "date": None})
    incident.refresh_from_db()

    made = Change.objects.get(object_uid=incident.uid, field="created")
    state = earlier.state_at(incident, made)

    assert {name: value for name, value in state.items() if value not in (None, "", [])} == made.after


def test_pages_of_a_history_have_a_total_order(analyst):
    incident = builders.draft(analyst, claims=[])
    for number in range(6):
        incident = incidents.edit(incident, by=analyst, version=incident.version, fields={"title": f"Title {number}"})

    found = history.of_incident(incident, analyst)
    pages = Paginator(history.acts(found), 3)
    moments = [act.moment for number in pages.page_range for act in history.told(found, pages.page(number), analyst)]

    assert len(moments) == 7
    assert moments == sorted(moments, reverse=True)


def test_a_history_is_narrowed_by_row_field_and_person(client, analyst, editor):
    incident = builders.draft(analyst, title="Old title")
    incidents.edit(incident, by=editor, version=1, fields={"title": "New title", "summary": "Some words"})
    client.force_login(analyst)
    address = f"/desk/incidents/{incident.uid}/history/"

    assert client.get(address).text.count('class="act ') == 3
    by_person = client.get(address, {"by": editor.pk})
    assert by_person.text.count('class="act ') == 1
    by_field = client.get(address, {"field": "title"}).text
    assert "New title" in by_field
    assert "Some words" not in by_field
    by_row = client.get(address, {"row": incident.claims.get().uid})
    assert by_row.text.count('class="act ') == 1
    wrong = client.get(address, {"by": 10**6})
    assert wrong.status_code == 400
    assert 'class="act ' not in wrong.text


def test_pages_of_history_cost_the_same_for_few_and_many(client, analyst):
    client.force_login(analyst)
    counts = []
    for number in (2, 8):
        claims_given = [builders.claim("casualties", lines=[builders.toll(3)]) for _ in range(number)]
        incident = builders.draft(analyst, claims=claims_given)
        counts.append(counted(client, f"/desk/incidents/{incident.uid}/history/"))

    assert counts[0] == counts[1]
