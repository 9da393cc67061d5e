"""What is due becomes a delivery: its content is written down, and the position moves, in one transaction.

So nothing is told twice by a second delivery, and nothing is lost when a worker is killed: what was written down is
sent at least once, each time the same to the byte and under the same id.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from events.choices import Telling
from events.following import hooks, letters, news, saving
from events.models.following import BY_MAIL, Delivery, SavedSelection
from events.record import corrections
from events.record.selection import Selection

AT_ONCE = 200  # saved selections in one round of the worker; the next minute goes on


def slots(now):
    """The latest moments, until now, at which letters of each way were due: way → datetime in UTC."""
    today = datetime.combine(now.date(), time(settings.DIGEST_HOUR), tzinfo=now.tzinfo)
    daily = today if today <= now else today - timedelta(days=1)
    return {Telling.DAILY: daily, Telling.WEEKLY: daily - timedelta(days=daily.weekday())}


def due(now):
    """Saved selections whose time has come, whether or not anything is new in them; those longest waiting first.

    Not those of which a delivery waits still: what is new meanwhile comes with the next one, so the order is kept.
    """
    wanted = Q(pk__in=[])
    if settings.MAIL_HOST:
        for way, slot in slots(now).items():
            wanted |= Q(tell=way, told_at__lt=slot, person__mail_address__confirmed_at__isnull=False)
    if settings.WEBHOOKS:
        wanted |= Q(tell=Telling.WEBHOOK, told_sequence__lt=news.settled(now))
    unfinished = Delivery.objects.waiting().filter(saved=OuterRef("pk"), is_test=False)
    found = SavedSelection.objects.told_by(*BY_MAIL, Telling.WEBHOOK).filter(wanted)
    return found.exclude(Exists(unfinished)).order_by("told_at", "pk")


@transaction.atomic
def prepare(pk, now):
    """Write down what is to be told of one saved selection that is due; returns the Delivery, None if nothing is new."""
    saved = SavedSelection.objects.select_for_update().filter(pk=pk).first()
    if saved is None or not due(now).filter(pk=pk).exists():
        return None
    selection = Selection.several([saved.query])[0]
    until, after = news.settled(now), saved.told_sequence
    found = news.since(saved, selection, after=after, until=until)
    listed = list(found[: letters.LISTED + 1])
    if is_cut := len(listed) > letters.LISTED:
        listed.pop()
    if is_cut and saved.tell == Telling.WEBHOOK:
        until = listed[-1].pk  # the rest is the next call
    made = _written(saved, selection, listed, found, after, until, now) if listed else None
    saved.told_sequence, saved.told_at = max(until, after), now
    news.remember(saved, selection)
    saved.save(update_fields=["told_sequence", "told_at", "is_wide"])
    return made


@transaction.atomic
def test(saved, *, by):
    """A call that says nothing, to try out a webhook: signed as all are, tried once."""
    saved = saving.locked(saved, by)
    if saved.tell != Telling.WEBHOOK or not settings.WEBHOOKS:
        raise ValidationError(gettext("There is no webhook to try out."))
    now = timezone.now()
    return Delivery.objects.create(
        saved=saved,
        way=Telling.WEBHOOK,
        is_test=True,
        after_sequence=saved.told_sequence,
        up_to_sequence=saved.told_sequence,
        editions=0,
        body=hooks.test_payload(saved, now),
        next_try_at=now,
        created_at=now,
    )


def _written(saved, selection, listed, found, after, until, now):
    told = corrections.told(listed)
    uids = {edition.subject_uid for edition in listed}
    fits = set(selection.queryset().filter(uid__in=uids).values_list("uid", flat=True))
    content = {"subject": "", "editions": len(listed)}
    if saved.tell == Telling.WEBHOOK:
        content["body"] = hooks.payload(saved, told, fits, now)
    else:
        number = found.count()
        content["editions"], content["subject"] = number, letters.subject(saved, number)
        content["body"] = letters.digest(saved, told, fits, number - len(listed))
    return Delivery.objects.create(
        saved=saved,
        way=saved.tell,
        after_sequence=after,
        up_to_sequence=until,
        next_try_at=now,
        created_at=now,
        **content,
    )
