"""Trying, trying again, giving up, going on: at least once, never by two at a time, and the person is told how it went."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends import locmem
from django.utils import timezone

from events.following import calling, delivering, jobs, saving, telling
from events.models.following import Delivery, SavedSelection
from tests import builders
from tests.following import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(researcher, sends):
    """A delivery by webhook that can be tried now."""
    saved, _ = world.webhook(researcher)
    builders.published()
    made = telling.prepare(saved.pk, world.later())
    Delivery.objects.update(next_try_at=timezone.now())
    return made


@pytest.fixture
def answers(monkeypatch):
    """A receiver: what it answers to every call, and the calls that came."""

    class Receiver:
        answer = calling.Answer(500, "The host did not take it.")
        calls = []

    def post(*call):
        Receiver.calls.append(call)
        return Receiver.answer

    monkeypatch.setattr(calling, "post", post)
    return Receiver


def try_now(delivery):
    Delivery.objects.filter(pk=delivery.pk, state="waiting").update(next_try_at=timezone.now())
    delivering.deliver(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_what_was_taken_is_delivered_and_its_body_let_go(due, answers):
    answers.answer = calling.Answer(204, "")

    row = try_now(due)

    assert (row.state, row.status, row.tries, row.body) == ("done", 204, 1, "")
    assert row.milliseconds is not None and row.finished_at
    delivering.deliver(due.pk)
    assert len(answers.calls) == 1


def test_what_was_not_taken_is_tried_again_the_same_to_the_byte_under_the_same_id(due, answers):
    waits = []
    for _ in range(delivering.MOST_TRIES - 1):
        before = timezone.now()
        waits.append(round((try_now(due).next_try_at - before).total_seconds() / 60))

    assert waits == [1, 10, 60, 300, 1080]
    assert len({(body, headers["webhook-id"]) for _, body, headers in answers.calls}) == 1
    assert due.state == "waiting"


def test_after_the_last_try_the_selection_is_paused_with_a_note_and_goes_on_when_asked(due, answers, researcher):
    for _ in range(delivering.MOST_TRIES):
        try_now(due)

    saved = SavedSelection.objects.get()
    assert (due.state, due.tries) == ("given_up", 6)
    assert saved.paused_at and "6 times" in saved.pause_note and "did not take it" in saved.pause_note
    builders.published()
    assert telling.prepare(saved.pk, world.later()) is None

    delivering.resume(saved, by=researcher)
    answers.answer = calling.Answer(200, "")
    assert try_now(due).state == "done"
    assert telling.prepare(saved.pk, world.later()).editions == 1
    with pytest.raises(ValidationError, match="Nothing is paused"):
        delivering.resume(saved, by=researcher)


def test_nobody_takes_what_another_worker_has_in_hand_until_that_one_was_killed(due, answers):
    assert delivering._taken(due.pk).tries == 1  # and then the worker is killed

    delivering.deliver(due.pk)
    assert answers.calls == []
    assert not delivering.waiting(timezone.now()).exists()
    assert delivering.waiting(timezone.now() + delivering.IN_HAND + timedelta(seconds=1)).get() == due


def test_a_worker_that_is_killed_each_time_ends_after_six_tries(due, answers):
    Delivery.objects.update(tries=delivering.MOST_TRIES)

    assert try_now(due).state == "given_up"


def test_what_was_deleted_or_told_otherwise_meanwhile_stays_so(due, answers, researcher, monkeypatch):
    saved = SavedSelection.objects.get()
    monkeypatch.setattr(calling, "post", lambda *_: saving.delete(saved, by=researcher) or calling.Answer(200, ""))

    delivering.deliver(due.pk)

    assert not Delivery.objects.exists()


def test_only_the_last_twenty_are_kept(due, answers, researcher):
    answers.answer = calling.Answer(200, "")
    saved = SavedSelection.objects.get()
    for _ in range(25):
        try_now(telling.test(saved, by=researcher))

    assert saved.deliveries.filter(state="done").count() == delivering.KEPT
    assert Delivery.objects.get(state="waiting") == due


def test_a_test_is_tried_once_and_pauses_nothing(due, answers, researcher):
    saved = SavedSelection.objects.get()

    row = try_now(telling.test(saved, by=researcher))

    assert (row.state, row.tries, row.status) == ("given_up", 1, 500)
    assert SavedSelection.objects.get().paused_at is None


@pytest.mark.parametrize("off", ["MAIL_HOST", "WEBHOOKS"])
def test_what_the_server_no_longer_does_waits(due, researcher, sends, off):
    saved = world.letters(researcher, name="By letter")
    builders.published()
    telling.prepare(saved.pk, timezone.now() + timedelta(days=1))
    setattr(sends, off, "")

    ways = set(delivering.waiting(timezone.now() + timedelta(days=2)).values_list("way", flat=True))

    assert ways == ({"webhook"} if off == "MAIL_HOST" else {"daily"})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPRecipientsRefused({}), "refused the address"),
        (smtplib.SMTPServerDisconnected("gone"), "did not take the letter"),
        (TimeoutError(), "did not take the letter"),
    ],
)
def test_a_mail_server_that_fails_is_asked_again(researcher, sends, monkeypatch, error, said):
    saved = world.letters(researcher)
    builders.published()
    made = telling.prepare(saved.pk, timezone.now() + timedelta(days=1))

    def fail(*_):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", fail)
        assert said in try_now(made).message
    assert try_now(made).state == "done"
    assert [letter.to for letter in mail.outbox] == [["researcher@example.org"]]


def test_a_letter_whose_worker_was_killed_after_sending_comes_again_under_the_same_id(researcher, sends, monkeypatch):
    saved = world.letters(researcher)
    builders.published()
    made = telling.prepare(saved.pk, timezone.now() + timedelta(days=1))
    with monkeypatch.context() as killed:
        killed.setattr(delivering, "_note", lambda *_: None)
        try_now(made)
    try_now(made)

    assert len(mail.outbox) == 2
    assert len({(letter.extra_headers["Message-ID"], letter.body) for letter in mail.outbox}) == 1


def test_the_jobs_of_a_minute_can_be_done_twice(due, answers, monkeypatch):
    answers.answer = calling.Answer(200, "")
    handed = []
    monkeypatch.setattr(jobs.work, "soon", lambda name, *values: handed.append((name, *values)))

    jobs.every_minute()
    jobs.every_minute()
    for _, pk in handed:
        jobs.deliver(pk)

    assert handed == [("events.following.jobs.deliver", due.pk)] * 2
    assert len(answers.calls) == 1
