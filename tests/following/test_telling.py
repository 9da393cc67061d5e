"""What is due, what is written down of it, and that nothing is told twice or lost."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.desk import incidents
from events.following import calling, delivering, jobs, letters, news, saving, telling
from events.models.edition import Edition
from events.models.following import Delivery, MailAddress, SavedSelection
from events.press import editions
from tests import builders
from tests.following import world

pytestmark = pytest.mark.django_db


def told(saved, now=None):
    """The uids and titles that the next delivery names; [] when there is none."""
    made = telling.prepare(saved.pk, now or world.later())
    return json.loads(made.body)["data"]["editions"] if made else []


def round_of(now, monkeypatch):
    """What the worker does in a minute, with its jobs done at once."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(jobs.work, "soon", lambda name, *values: getattr(jobs, name.rpartition(".")[2])(*values))
    jobs.every_minute()


def test_letters_are_due_at_the_hour_and_on_mondays(settings):
    settings.DIGEST_HOUR = 6

    assert telling.slots(world.at(2026, 11, 27, 5, 59))["daily"] == world.at(2026, 11, 26, 6)
    assert telling.slots(world.at(2026, 11, 27, 6))["daily"] == world.at(2026, 11, 27, 6)
    assert telling.slots(world.at(2026, 11, 30, 5, 59))["weekly"] == world.at(2026, 11, 23, 6)  # a Monday, too early
    assert telling.slots(world.at(2026, 11, 30, 6))["weekly"] == world.at(2026, 11, 30, 6)


def test_a_webhook_tells_each_edition_once(researcher, sends):
    builders.published(title="Before")
    saved, _ = world.webhook(researcher, query="kind=armed_assault")
    incident = builders.published(title="Made-up & new")
    world.corrected(incident, "Made-up, corrected")
    builders.published(title="Of another kind", kind="talks")

    first, second = told(saved)

    assert (first["uid"], first["number"], second["number"]) == (incident.shown_uid, 1, 2)
    assert (second["reason"], second["note"], second["in_selection"]) == ("correction", "The title was wrong", True)
    assert second["sha256"] == Edition.objects.get(pk=second["sequence"]).sha256
    assert second["document"] == f"{world.SITE}/api/v1/incidents/{incident.shown_uid}/editions/2/"
    Delivery.objects.all().delete()
    assert told(saved) == []


def test_what_was_made_a_moment_ago_waits_until_nothing_can_come_before_it(researcher, sends):
    saved, _ = world.webhook(researcher)
    builders.published()

    assert told(saved, timezone.now() + timedelta(seconds=100)) == []
    assert len(told(saved, timezone.now() + timedelta(seconds=130))) == 1


def test_withdrawals_merges_and_what_no_longer_fits_are_told_and_said_to_be_out(researcher, sends):
    gone, merged, survivor, edited = (builders.published(title=f"Made-up {number}") for number in range(4))
    saved, _ = world.webhook(researcher, query="kind=armed_assault")
    judge = edited.claims.get().decided_by
    world.withdrawn(gone)
    editions.merge(merged, survivor, by=judge, note="The same attack")
    incidents.edit(edited, by=judge, version=edited.version, fields={"kind": "shelling"})
    editions.publish(edited, by=judge, reason="correction", note="It was shelling")

    found = {entry["uid"]: entry for entry in told(saved)}

    assert [found[row.shown_uid]["kind"] for row in (gone, merged, edited)] == ["withdrawn", "merged", "published"]
    assert [found[row.shown_uid]["in_selection"] for row in (gone, merged, edited, survivor)] == [False] * 3 + [True]
    assert found[merged.shown_uid]["merged_into"] == survivor.shown_uid


def test_more_than_one_call_holds_goes_on_in_the_next(researcher, sends, monkeypatch):
    monkeypatch.setattr(letters, "LISTED", 2)
    saved, _ = world.webhook(researcher)
    rows = [builders.published(title=f"Made-up {number}") for number in range(5)]

    calls = []
    while found := told(saved):
        calls.append([entry["uid"] for entry in found])
        Delivery.objects.update(state="done", finished_at=timezone.now())

    assert [len(call) for call in calls] == [2, 2, 1]
    assert [uid for call in calls for uid in call] == [row.shown_uid for row in rows]


def test_nothing_is_written_down_while_something_waits_and_then_all_of_it_is(researcher, sends):
    saved, _ = world.webhook(researcher)
    builders.published(title="First")
    assert len(told(saved)) == 1
    builders.published(title="Second")

    assert told(saved) == []
    Delivery.objects.update(state="done", finished_at=timezone.now())
    assert len(told(saved)) == 1


def test_a_letter_says_what_is_new_changed_and_gone(researcher, sends, monkeypatch):
    old, gone = builders.published(title="Made-up old"), builders.published(title="Made-up gone")
    saved = world.letters(researcher, query="kind=armed_assault", name="Attacks “here”")
    builders.published(title="Made-up new, آٹھ")
    world.corrected(old, "Made-up old, corrected")
    world.withdrawn(gone)

    round_of(timezone.now() + timedelta(days=1), monkeypatch)

    [letter] = mail.outbox
    assert letter.to == ["researcher@example.org"]
    assert letter.subject == "Frontier Ledger: 3 editions in “Attacks “here””"
    assert letter.body.index("NEW\n") < letter.body.index("Made-up new, آٹھ")
    assert letter.body.index("CHANGED\n") < letter.body.index("Made-up old, corrected")
    assert "Correction. The title was wrong" in letter.body
    assert letter.body.index("WITHDRAWN OR MERGED\n") < letter.body.index("Retraction. Nothing of it was true")
    assert f"{world.SITE}/incidents/{gone.shown_uid}/history/" in letter.body
    assert f"{world.SITE}/?kind=armed_assault" in letter.body
    assert letter.content_subtype == "plain" and not letter.attachments
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letters.stopped_by(stop.rstrip("/").rpartition("/")[2]) == saved.uid


def test_no_letter_without_news_and_no_edition_in_two_letters(researcher, sends, monkeypatch):
    world.letters(researcher)
    start = timezone.now()
    round_of(start + timedelta(days=1), monkeypatch)
    assert mail.outbox == []
    monkeypatch.undo()
    sends.MAIL_HOST, sends.SITE_URL = "mail.example", world.SITE
    builders.published(title="Made-up")

    for day in (2, 2.01, 3, 4):
        round_of(start + timedelta(days=day), monkeypatch)

    assert len(mail.outbox) == 1


def test_nothing_is_sent_before_the_address_is_confirmed_or_after_it_was_removed(researcher, sends, monkeypatch):
    world.letters(researcher)
    MailAddress.objects.update(confirmed_at=None, sha256="0" * 64, expires_at=world.later())
    builders.published()
    start = timezone.now()

    round_of(start + timedelta(days=1), monkeypatch)
    assert mail.outbox == []
    MailAddress.objects.update(confirmed_at=start, sha256="")
    round_of(start + timedelta(days=2), monkeypatch)
    assert len(mail.outbox) == 1


def test_a_letter_without_an_end_names_a_hundred_and_counts_the_rest(researcher, sends, monkeypatch):
    monkeypatch.setattr(letters, "LISTED", 2)
    saved = world.letters(researcher)
    for number in range(3):
        builders.published(title=f"Made-up {number}")

    made = telling.prepare(saved.pk, timezone.now() + timedelta(days=1))

    assert made.editions == 3
    assert "And 1 further edition." in made.body
    assert SavedSelection.objects.get().told_sequence == news.latest()


@pytest.mark.parametrize("name", ["Made-up\r\nBcc: someone@example.org", "Made-up\nX: y"])
def test_a_name_cannot_add_a_header(researcher, sends, name):
    saved = world.letters(researcher, name=name)
    builders.published()

    made = telling.prepare(saved.pk, timezone.now() + timedelta(days=1))
    delivering.deliver(made.pk)
    Delivery.objects.update(next_try_at=timezone.now())
    delivering.deliver(made.pk)

    [letter] = mail.outbox
    assert "Bcc" not in letter.message() and "X" not in letter.message()


def test_another_way_of_telling_takes_over_what_was_not_delivered(researcher, sends):
    saved, _ = world.webhook(researcher)
    incident = builders.published()
    assert len(told(saved)) == 1

    saved, secret = saving.tell(saved, by=researcher, way="webhook", target="https://other.example.org/in")

    assert secret.startswith("whsec_")
    assert [entry["uid"] for entry in told(saved)] == [incident.shown_uid]


def test_two_rounds_at_once_make_one_delivery(researcher, sends):
    saved, _ = world.webhook(researcher)
    builders.published()

    assert telling.prepare(saved.pk, world.later()) is not None
    assert telling.prepare(saved.pk, world.later()) is None


def test_one_that_fails_holds_up_nobody_else(researcher, sends, monkeypatch):
    broken, _ = world.webhook(researcher, name="Broken")
    whole, _ = world.webhook(researcher, name="Whole")
    builders.published()
    monkeypatch.setattr(calling, "post", lambda *_: calling.Answer(200, ""))
    real = telling.prepare
    monkeypatch.setattr(telling, "prepare", lambda pk, now: 1 / 0 if pk == broken.pk else real(pk, now))

    round_of(world.later(), monkeypatch)

    assert Delivery.objects.get().saved == whole
