"""What a person is told at sign-in: everything around their work since they were here, once, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.desk import claims, digest, discussion, incidents
from events.models.visit import DeskVisit
from events.press import editions
from tests import builders

pytestmark = pytest.mark.django_db


def told(person):
    """heading → list of (did, quote)."""
    return {group.heading: [(item.did, item.quote) for item in group.items] for group in digest.made_for(person).groups}


def acknowledge(person, made=None):
    made = made or digest.made_for(person)
    return digest.seen(by=person, until=made.until, beyond=made.beyond)


def test_the_first_digest_begins_with_the_account(analyst):
    made = digest.made_for(analyst)

    assert (made.is_first, made.is_empty, made.since) == (True, True, analyst.date_joined)


def test_an_analyst_is_told_what_became_of_their_work_with_the_words(analyst, editor):
    returned = builders.submitted(analyst)
    incidents.give_back(returned, by=editor, rationale="The place is missing.")
    judged = builders.submitted(analyst, claims=[builders.claim(), builders.claim("motive", value_text="Made up")])
    one, other = judged.claims.all()
    claims.decide(one, by=editor, verdict="accepted")
    claims.decide(other, by=editor, verdict="needs_changes", rationale="Which motive?")
    public = builders.published(by=analyst, editor=editor)
    editions.withdraw(public, by=editor, reason="privacy", note="A reason")

    found = told(analyst)

    assert found["Returned to you"] == [("returned", "The place is missing.")]
    assert found["Your claims"][-2:] == [("asked for changes of", "Which motive?"), ("accepted", "")]
    assert found["Published"] == [("published edition 1 of", "")]
    assert found["Withdrawn or merged"] == [("withdrew", "A reason")]


def test_what_came_back_leads_to_where_it_is_mended(analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    claims.decide(claim, by=editor, verdict="needs_changes", rationale="Which words?")

    item = digest.made_for(analyst).groups[0].items[0]

    assert item.address == f"/desk/claims/{claim.shown_uid}/edit/"


def test_comments_are_told_to_those_they_concern(analyst, other_analyst, editor, other_editor):
    incident = builders.draft(analyst)
    discussion.say(incident, by=editor, text="Where is this? @other-editor")

    assert told(analyst) == {"Discussion": [("commented on", "Where is this? @other-editor")]}
    assert told(other_editor) == {"Discussion": [("wrote to you on", "Where is this? @other-editor")]}
    assert told(editor) == told(other_analyst) == {}

    discussion.say(incident, by=analyst, text="Near the border.")
    assert told(editor) == {"Discussion": [("commented on", "Near the border.")]}


def test_what_a_person_no_longer_sees_is_not_told(analyst, other_analyst, editor):
    incident = builders.published(by=analyst, editor=editor)
    discussion.say(incident, by=analyst, text="@other-analyst look")
    assert told(other_analyst) != {}

    editions.withdraw(incident, by=editor, reason="privacy", note="A reason")

    assert told(other_analyst) == {}


def test_a_name_that_is_added_later_is_told_too(analyst, editor):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Look")
    acknowledge(editor)

    discussion.rewrite(comment, by=analyst, text="Look, @editor")

    assert told(editor) == {"Discussion": [("wrote to you on", "Look, @editor")]}


def test_an_editor_is_told_what_came_in_was_assigned_and_came_back(analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    incidents.assign(incident, by=other_editor, to=editor)
    claim = incident.claims.get()
    claims.decide(claim, by=editor, verdict="needs_changes", rationale="Which words?")
    claim.refresh_from_db()
    mended = claims.parts_of(claim)["citations"]
    cited = [{"document": claim.citations.get().document, "excerpt": mended[0]["excerpt"]}]
    claims.edit(claim, by=analyst, version=claim.version, fields={"hedge": "suspected"}, lines=[], citations=cited)

    found = told(editor)

    assert digest.made_for(editor).submitted == 1
    assert [did for did, _ in found["Assigned to you"]] == ["gave you"]
    assert [did for did, _ in found["Claims that came back"]] == ["mended"]
    assert "Claims that came back" not in told(other_editor)
    assert digest.made_for(analyst).submitted == 0


def test_nobody_is_told_what_they_did_themselves(editor, other_editor):
    incident = builders.submitted(editor)
    incidents.assign(incident, by=editor, to=editor)
    discussion.say(incident, by=editor, text="@editor note to myself")
    editions.withdraw(
        builders.published(by=editor, editor=other_editor), by=editor, reason="privacy", note="My own mistake"
    )

    assert set(told(editor)) == {"Your claims", "Published"}
    assert digest.made_for(editor).submitted == 0


def test_it_stays_until_it_is_seen_and_is_told_once(analyst, editor):
    discussion.say(builders.draft(analyst), by=editor, text="First")
    assert told(analyst) == told(analyst) != {}

    acknowledge(analyst)

    assert digest.made_for(analyst).is_empty
    discussion.say(builders.draft(analyst), by=editor, text="Second")
    assert told(analyst) == {"Discussion": [("commented on", "Second")]}
    acknowledge(analyst)
    assert digest.made_for(analyst).is_empty


def test_what_happens_between_looking_and_saying_so_is_not_lost(analyst, editor):
    incident = builders.draft(analyst)
    discussion.say(incident, by=editor, text="First")
    looked_at = digest.made_for(analyst)
    discussion.say(incident, by=editor, text="Second")

    acknowledge(analyst, looked_at)

    assert told(analyst) == {"Discussion": [("commented on", "Second")]}


def test_a_write_that_is_committed_after_the_digest_with_an_earlier_moment_is_told(analyst, editor):
    analyst.date_joined = timezone.now() - timedelta(days=1)
    looked_at = digest.made_for(analyst)
    comment = discussion.say(builders.draft(analyst), by=editor, text="Slow to arrive")
    type(comment).objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(seconds=20))

    acknowledge(analyst, looked_at)

    assert told(analyst) == {"Discussion": [("commented on", "Slow to arrive")]}


def test_the_mark_never_goes_back_nor_into_the_future(analyst, editor):
    now = timezone.now()
    digest.seen(by=analyst, until=now)
    digest.seen(
        by=analyst, until=now - timedelta(days=2), beyond=["comments:1", "nonsense:1", "comments:x", "comments"]
    )

    visit = DeskVisit.objects.get(person=analyst)
    assert (visit.seen_until, visit.beyond) == (now, {"comments": [1]})
    with pytest.raises(ValidationError, match="not come yet"):
        digest.seen(by=analyst, until=now + timedelta(hours=1))


def test_a_long_digest_is_cut_and_says_how_much_more_there_is(analyst, editor, monkeypatch):
    monkeypatch.setattr(digest, "MOST", 3)
    incident = builders.draft(analyst)
    for number in range(5):
        discussion.say(incident, by=editor, text=f"Number {number}")

    group = digest.made_for(analyst).groups[0]

    assert [item.quote for item in group.items] == ["Number 4", "Number 3", "Number 2"]
    assert group.more == 2
