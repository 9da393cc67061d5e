"""Discussing an incident: who may, who is told, what stays."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, discussion, incidents, mentions
from events.models.change import Change
from events.models.comment import Comment
from events.press import comments, editions
from tests import builders

pytestmark = pytest.mark.django_db


def names(comment):
    return sorted(person.username for person in comment.mentions.all())


def test_a_draft_is_discussed_by_its_author_and_editors(analyst, other_analyst, editor, researcher):
    incident = builders.draft(analyst)

    discussion.say(incident, by=analyst, text="Is this the right place?")
    discussion.say(incident, by=editor, text="It is.")
    for stranger in (other_analyst, researcher):
        with pytest.raises(PermissionDenied):
            discussion.say(incident, by=stranger, text="Let me see")
    assert Comment.objects.count() == 2


def test_what_is_published_is_discussed_by_everybody_of_the_desk(other_analyst):
    incident = builders.published()

    assert discussion.say(incident, by=other_analyst, text="A second report says else").created_by == other_analyst


def test_saying_something_leaves_a_trace_and_does_not_touch_the_queue(analyst, editor):
    incident = builders.published()
    touched = incident.touched_at

    comment = discussion.say(incident, by=analyst, text="Look, @editor", claim=incident.claims.get())

    row = Change.objects.get(object_uid=comment.uid)
    assert row.field == "created"
    assert row.after["text"] == "Look, @editor"
    assert row.after["mentions"] == [editor.pk]
    incident.refresh_from_db()
    assert incident.touched_at == touched


@pytest.mark.parametrize(("text", "said"), [("", "Write the comment"), (" \u200b ", "Write"), ("x" * 4001, "4,000")])
def test_an_empty_or_endless_comment_is_refused(analyst, text, said):
    with pytest.raises(ValidationError, match=said):
        discussion.say(builders.draft(analyst), by=analyst, text=text)


def test_a_comment_hangs_only_on_a_claim_of_its_incident(analyst, editor):
    one, other = builders.draft(analyst), builders.draft(analyst)
    link = incidents.link(one, other, by=editor, type="response_to")
    of_link = claims.add(link, by=editor, **builders.claim("link"))

    assert discussion.say(one, by=analyst, text="On the link", claim=of_link).claim == of_link
    with pytest.raises(ValidationError, match="not one of this incident"):
        discussion.say(one, by=analyst, text="Elsewhere", claim=other.claims.get())


def test_those_are_told_who_see_the_incident(analyst, other_analyst, editor, researcher):
    builders.person("analyst", name="dotted.name")
    incident = builders.draft(analyst)
    text = "@Editor, @other-analyst and @researcher: ask @editor. Not mail@editor; @nobody-here @dotted.name."

    comment = discussion.say(incident, by=analyst, text=text)

    assert names(comment) == ["editor"]
    unheard = mentions.unheard(comment)
    assert "@other-analyst cannot see this incident, so nobody was told." in unheard
    assert "@dotted.name cannot see this incident, so nobody was told." in unheard
    # An account that does not work at the desk is as unknown as none.
    assert "Nobody of the desk is called @researcher, so nobody was told." in unheard
    assert "Nobody of the desk is called @nobody-here, so nobody was told." in unheard
    assert len(unheard) == 4


def test_somebody_who_left_is_not_told(analyst, editor):
    editor.is_active = False
    editor.save()

    assert names(discussion.say(builders.draft(analyst), by=analyst, text="@editor")) == []


def test_a_comment_names_no_crowd(analyst):
    with pytest.raises(ValidationError, match="at most 20 people"):
        discussion.say(builders.draft(analyst), by=analyst, text=" ".join(f"@person{n}" for n in range(21)))


def test_of_two_accounts_that_differ_in_case_the_spelling_decides(analyst, editor):
    builders.person("editor", name="Editor")

    assert names(discussion.say(builders.draft(analyst), by=analyst, text="@Editor")) == ["Editor"]
    assert names(discussion.say(builders.draft(analyst), by=analyst, text="@editor")) == ["editor"]


def test_resolving_and_opening_again_say_who_and_leave_traces(analyst, editor):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="A question")

    comment = discussion.resolve(comment, by=editor)
    assert (comment.resolved_by, comment.is_resolved) == (editor, True)
    with pytest.raises(ValidationError, match="already"):
        discussion.resolve(comment, by=analyst)
    comment = discussion.reopen(comment, by=analyst)
    assert (comment.resolved_by, comment.resolved_at) == (None, None)
    with pytest.raises(ValidationError, match="open already"):
        discussion.reopen(comment, by=analyst)
    fields = Change.objects.filter(object_uid=comment.uid, by=editor).values_list("field", flat=True)
    assert set(fields) == {"resolved_at", "resolved_by_id"}


def test_strangers_settle_nothing(analyst, other_analyst):
    comment = discussion.say(builders.draft(analyst), by=analyst, text="A question")

    for verb in (discussion.resolve, discussion.reopen):
        with pytest.raises(PermissionDenied):
            verb(comment, by=other_analyst)


def test_own_words_are_rewritten_until_somebody_answers(analyst, editor):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Frist words")
    discussion.say(incident, by=editor, text="On the claim", claim=incident.claims.get())
    discussion.say(incident, by=analyst, text="More of my own")

    comment = discussion.rewrite(comment, by=analyst, text="First words, @editor")

    assert (comment.text, names(comment)) == ("First words, @editor", ["editor"])
    trace = Change.objects.get(object_uid=comment.uid, field="text")
    assert (trace.before, trace.after) == ("Frist words", "First words, @editor")
    assert Change.objects.get(object_uid=comment.uid, field="mentions").after == [editor.pk]
    with pytest.raises(PermissionDenied):
        discussion.rewrite(comment, by=editor, text="Not mine")
    discussion.say(incident, by=editor, text="An answer")
    with pytest.raises(ValidationError, match="answered"):
        discussion.rewrite(comment, by=analyst, text="Too late")


def test_a_resolved_comment_is_not_rewritten(analyst, editor):
    comment = discussion.say(builders.draft(analyst), by=analyst, text="A question")
    discussion.resolve(comment, by=editor)

    with pytest.raises(PermissionDenied):
        discussion.rewrite(comment, by=analyst, text="Else")


def test_the_discussion_moves_with_the_claims_when_incidents_are_merged(analyst, editor):
    loser, survivor = builders.submitted(analyst), builders.submitted(analyst)
    comment = discussion.say(loser, by=analyst, text="On this claim", claim=loser.claims.get())

    editions.merge(loser, survivor, by=editor, note="The same")

    comment.refresh_from_db()
    assert (comment.incident, comment.claim.incident) == (survivor, survivor)
    assert Change.objects.filter(object_uid=comment.uid, field="incident_id").exists()
    loser.refresh_from_db()
    with pytest.raises(ValidationError, match="goes on there"):
        discussion.say(loser, by=editor, text="Too late")


def test_the_discussion_goes_back_when_the_two_are_parted_again(analyst, editor):
    loser, survivor = builders.submitted(analyst), builders.submitted(analyst)
    moved, own = loser.claims.get(), survivor.claims.get()
    went = [discussion.say(loser, by=analyst, text="Before"), discussion.say(loser, by=analyst, text="On", claim=moved)]
    editions.merge(loser, survivor, by=editor, note="The same")
    moved.refresh_from_db()
    went.append(discussion.say(survivor, by=editor, text="On the moved one", claim=moved))
    stayed = [discussion.say(survivor, by=editor, text="After", claim=claim) for claim in (None, own)]
    type(moved).objects.filter(pk=moved.pk).update(incident=loser)

    comments.give_back(loser, survivor, by=editor)

    assert list(loser.comments.all()) == went
    assert list(survivor.comments.all()) == stayed


def test_what_was_said_of_a_claim_stays_when_the_claim_is_taken_back(analyst):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Not in the report after all", claim=incident.claims.get())

    claims.remove(incident.claims.get(), by=analyst)

    comment.refresh_from_db()
    assert (comment.claim, comment.incident) == (None, incident)
    assert Change.objects.filter(object_uid=comment.uid, field="claim_id").exists()


def test_open_comments_stand_before_resolved_ones_in_the_order_they_were_made(analyst, editor, monkeypatch):
    monkeypatch.setattr(discussion, "SHOWN", 2)
    incident = builders.draft(analyst)
    made = [discussion.say(incident, by=analyst, text=f"Number {number}") for number in range(5)]
    discussion.resolve(made[1], by=editor)

    shown = discussion.on(incident, analyst)

    assert [comment.text for comment in shown.open] == ["Number 3", "Number 4"]
    assert [comment.text for comment in shown.resolved] == ["Number 1"]
    assert (shown.total, shown.not_shown) == (5, 2)
    assert [comment.text[-1] for comment in discussion.all_on(incident)] == ["0", "2", "3", "4", "1"]
