"""Sending what was written down, until it is delivered or given up; at least once, never two at the same time."""

import smtplib
import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext

from events.choices import DeliveryState, Telling
from events.following import calling, hooks, letters, saving
from events.following.calling import Answer
from events.models.following import BY_MAIL, Delivery, SavedSelection

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 300, 1080))  # between six tries, a day in all
MOST_TRIES = len(PAUSES) + 1
IN_HAND = timedelta(minutes=5)  # a worker that holds a delivery longer was killed
KEPT = 20  # finished deliveries of each saved selection


def waiting(now):
    """Deliveries that can be tried now, oldest first; none of a selection that is paused."""
    ways = [*(BY_MAIL if settings.MAIL_HOST else ()), *((Telling.WEBHOOK,) if settings.WEBHOOKS else ())]
    ready = Q(saved__paused_at=None) | Q(is_test=True)
    return (
        Delivery.objects.waiting()
        .filter(ready, next_try_at__lte=now, way__in=ways, saved__person__is_active=True)
        .order_by("next_try_at", "pk")
    )


def deliver(pk):
    """Try one delivery, if it waits and nobody else has it. No transaction is open while another server is asked."""
    delivery = _taken(pk)
    if delivery is None:
        return
    begun = time.monotonic()
    answer = _sent(delivery)
    _note(delivery, answer, round((time.monotonic() - begun) * 1000))


@transaction.atomic
def resume(saved, *, by):
    """Go on with a selection that was paused: what was given up is tried again, from the start."""
    saved = saving.locked(saved, by)
    if saved.paused_at is None:
        raise ValidationError(gettext("Nothing is paused here."))
    given_up = saved.deliveries.undelivered().filter(state=DeliveryState.GIVEN_UP)
    given_up.update(state=DeliveryState.WAITING, tries=0, next_try_at=timezone.now(), finished_at=None)
    saved.paused_at, saved.pause_note = None, ""
    saved.save(update_fields=["paused_at", "pause_note"])
    return saved


def _taken(pk):
    """The delivery, in our hands for IN_HAND and with this try counted; None if it is not to be had."""
    now = timezone.now()
    is_ours = waiting(now).filter(pk=pk).values("pk")
    taken = Delivery.objects.filter(pk__in=is_ours, next_try_at__lte=now).update(
        tries=F("tries") + 1, next_try_at=now + IN_HAND
    )
    return Delivery.objects.select_related("saved__person__mail_address").get(pk=pk) if taken else None


def _sent(delivery):
    if delivery.way == Telling.WEBHOOK:
        body = delivery.body.encode()
        headers = hooks.signed(delivery.saved.nonce, id=f"msg_{delivery.uid}", timestamp=int(time.time()), body=body)
        return calling.post(delivery.saved.target, body, headers)
    address = getattr(delivery.saved.person, "mail_address", None)
    if address is None or address.confirmed_at is None:
        return Answer(None, gettext("There is no confirmed address."))
    try:
        letters.send(delivery, address.address)
    except smtplib.SMTPRecipientsRefused:
        return Answer(None, gettext("The mail server refused the address."))
    except (OSError, smtplib.SMTPException):
        return Answer(None, gettext("The mail server did not take the letter."))
    return Answer(None, "")


@transaction.atomic
def _note(delivery, answer, milliseconds):
    """Write down how the try went. The row may be gone: its selection was deleted, or told otherwise, meanwhile."""
    saved = SavedSelection.objects.select_for_update().filter(pk=delivery.saved_id).first()
    row = Delivery.objects.select_for_update().filter(pk=delivery.pk, state=DeliveryState.WAITING).first()
    if saved is None or row is None:
        return
    now = timezone.now()
    row.status, row.milliseconds, row.message = answer.status, milliseconds, answer.sentence
    if answer.is_good or row.is_test or row.tries >= MOST_TRIES:
        row.state = DeliveryState.DONE if answer.is_good else DeliveryState.GIVEN_UP
        row.finished_at = now
        if answer.is_good or row.is_test:
            row.body = ""
        elif saved.tell == row.way:
            _pause(saved, answer, now)
    else:
        row.next_try_at = now + PAUSES[row.tries - 1]
    row.save()
    _keep_few(saved)


def _pause(saved, answer, now):
    saved.paused_at = now
    said = gettext("Tried %(tries)d times over a day, without success. Last: %(why)s")
    saved.pause_note = (said % {"tries": MOST_TRIES, "why": answer.sentence})[:300]
    saved.save(update_fields=["paused_at", "pause_note"])


def _keep_few(saved):
    done = saved.deliveries.filter(body="").exclude(finished_at=None).order_by("-pk")
    old = list(done.values_list("pk", flat=True)[KEPT:])
    saved.deliveries.filter(pk__in=old).delete()
