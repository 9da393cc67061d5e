"""Acts of the press and their undoing by further editions; rehearsals that leave nothing behind."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, going_back, incidents, registers
from events.models.change import Change
from events.models.edition import Edition, PublishedIncident
from events.press import editions, index, rehearsal
from tests import builders
from tests.press import consistency


def test_a_withdrawn_incident_comes_back_at_its_address(client, editor):
    incident = builders.published(title="As it was")
    claim = incident.claims.get()
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")
    assert client.get(f"/incidents/{incident.shown_uid}/").status_code == 410
    assert client.get(f"/claims/{claim.shown_uid}/").status_code == 410

    editions.restore(incident, by=editor, reason="correction", note="It was right")

    for address in (f"/incidents/{incident.shown_uid}/", f"/claims/{claim.shown_uid}/"):
        assert client.get(address).status_code == 200
    history = client.get(f"/incidents/{incident.shown_uid}/history/").text
    assert "Mistaken" in history and "It was right" in history
    assert client.get("/").text.count("As it was") == 1
    consistency.check()


def test_a_restoration_says_why(editor):
    incident = builders.published()
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")

    with pytest.raises(ValidationError, match="Say why"):
        editions.restore(incident, by=editor, reason="correction", note="")


def test_what_stands_against_publishing_stands_against_restoring(editor, other_editor):
    incident = builders.published()
    claims.reopen(incident.claims.get(), by=editor, rationale="Misread")
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")

    with pytest.raises(ValidationError, match="decision"):
        editions.restore(incident, by=editor, reason="correction", note="It was right")


def test_only_what_was_withdrawn_from_the_public_is_restored(analyst, editor):
    public, draft = builders.published(), builders.draft(analyst)
    incidents.discard(draft, by=analyst)

    with pytest.raises(ValidationError, match="not withdrawn"):
        editions.restore(public, by=editor, reason="correction", note="Why")
    with pytest.raises(ValidationError, match="never public"):
        editions.restore(draft, by=editor, reason="correction", note="Why")


def test_a_draft_that_was_put_away_is_brought_back(analyst, other_analyst, editor):
    draft, public = builders.draft(analyst), builders.published()
    incidents.discard(draft, by=analyst)
    editions.withdraw(public, by=editor, reason="retraction", note="Mistaken")

    with pytest.raises(ValidationError, match="an editor restores"):
        incidents.bring_back(public, by=editor)
    incidents.bring_back(draft, by=analyst)

    draft.refresh_from_db()
    assert draft.status == "draft"
    with pytest.raises(PermissionDenied):
        incidents.bring_back(draft, by=other_analyst)


def test_an_operation_counts_its_toll_while_its_only_part_is_withdrawn(analyst, editor):
    toll = [builders.claim("casualties", lines=[builders.toll(8)])]
    whole, part = (builders.submitted(analyst, claims=toll) for _ in range(2))
    incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, part):
        builders.accept_all(incident, editor)
    editions.publish_all([whole, part], by=editor, reason="new_incident")
    counting = lambda: PublishedIncident.objects.counted().get().uid  # noqa: E731 (reads best here)

    assert counting() == part.uid
    with rehearsal.rehearsed(
        lambda: editions.withdraw(part, by=editor, reason="retraction", note="Mistaken"), about=[part]
    ) as prospect:
        assert any("now counted as an incident" in sentence for sentence in prospect.effects)
    editions.withdraw(part, by=editor, reason="retraction", note="Mistaken")
    assert counting() == whole.uid
    editions.restore(part, by=editor, reason="correction", note="It was right")
    assert counting() == part.uid
    consistency.check()


def test_an_edition_that_shows_nothing_new_is_refused(editor):
    incident = builders.published()

    with pytest.raises(ValidationError, match="nothing to publish"):
        editions.publish(incident, by=editor, reason="correction", note="Again")

    assert Edition.objects.findings().count() == 1


@pytest.mark.parametrize("reason", ["ruleset", "privacy"])
def test_an_edition_for_its_own_sake_may_show_the_same(editor, reason):
    incident = builders.published()

    assert editions.publish(incident, by=editor, reason=reason, note="Why").number == 2


def test_going_back_takes_up_the_facts_of_an_edition_and_leaves_the_claims(analyst, editor):
    tree = builders.places()
    incident = builders.published(title="First title", location=tree["town"], location_precision="settlement")
    edited = builders.facts(title="Second title", summary="More", tags=["made up"], location=tree["district"])
    incidents.edit(incident, by=editor, version=incident.version, fields=edited | {"location_precision": "district"})
    added = claims.add(incident, by=analyst, **builders.claim("motive", value_text="Made up"))
    claims.decide(added, by=editor, verdict="accepted")
    editions.publish(incident, by=editor, reason="correction", note="Rewritten")
    incident.refresh_from_db()

    going_back.go_back(incident, by=editor, number=1, version=incident.version)

    incident.refresh_from_db()
    assert (incident.title, incident.summary, incident.tags) == ("First title", "", [])
    assert (incident.location, incident.location_precision) == (tree["town"], "settlement")
    assert incident.claims.count() == 2
    assert PublishedIncident.objects.get().title == "Second title"
    editions.publish(incident, by=editor, reason="correction", note="Back")
    assert PublishedIncident.objects.get().title == "First title"
    consistency.check()


def test_a_place_that_was_folded_since_is_the_one_that_stays(analyst, editor):
    tree = builders.places()
    twin = builders.location("Testtown twin", parent=tree["district"])
    incident = builders.published(location=twin, location_precision="settlement")
    registers.merge_location(twin, tree["town"], by=editor)
    incident.refresh_from_db()

    going_back.go_back(incident, by=editor, number=1, version=incident.version)

    incident.refresh_from_db()
    assert incident.location == tree["town"]


def test_nobody_goes_back_behind_an_edition_for_privacy(editor):
    incident = builders.published(title="A name that should go")
    incidents.edit(incident, by=editor, version=incident.version, fields={"title": "Without the name"})
    editions.publish(incident, by=editor, reason="privacy", note="Asked by the family")
    incident.refresh_from_db()

    with pytest.raises(ValidationError, match="made for privacy"):
        going_back.go_back(incident, by=editor, number=1, version=incident.version)


def test_a_rehearsal_leaves_nothing_behind(analyst, editor):
    incident = builders.published()
    before = (index.contents(), Change.objects.count(), Edition.objects.findings().count())

    act = lambda: editions.withdraw(incident, by=editor, reason="retraction", note="Why")  # noqa: E731
    with rehearsal.rehearsed(act, about=[incident]) as prospect:
        assert not PublishedIncident.objects.exists()
        assert [step.edition.kind for step in prospect.steps] == ["withdrawn"]

    assert (index.contents(), Change.objects.count(), Edition.objects.findings().count()) == before
    editions.withdraw(incident, by=editor, reason="retraction", note="Why")
    assert Edition.objects.findings().first().pk < 2**60


def test_a_refusal_in_a_rehearsal_leaves_nothing_behind_either(editor):
    incident = builders.published()

    with (
        pytest.raises(ValidationError),
        rehearsal.rehearsed(lambda: editions.withdraw(incident, by=editor, reason="retraction", note="")),
    ):
        pytest.fail("The act should have refused.")

    assert Edition.objects.findings().count() == 1


def test_what_would_follow_otherwise_than_it_was_shown_is_not_done(editor):
    loser, survivor = builders.published(title="Goes"), builders.published(title="Stays")
    act = lambda: editions.merge(loser, survivor, by=editor, note="The same")  # noqa: E731 (done twice)
    with rehearsal.rehearsed(act) as prospect:
        seen = prospect.mark
    survivor.refresh_from_db()
    incidents.edit(survivor, by=editor, version=survivor.version, fields={"title": "Never looked at"})

    with pytest.raises(rehearsal.LookAgain):
        rehearsal.perform(act, seen=seen)

    loser.refresh_from_db()
    assert loser.status == "published"
