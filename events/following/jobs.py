"""What the worker calls by name. Each can be called again at any time: it asks the rows what is still to be done."""

import logging

from django.conf import settings
from django.utils import timezone

from events import work
from events.following import addresses, delivering, telling

_log = logging.getLogger(__name__)
AT_ONCE = 100  # deliveries that one round hands on


def every_minute():
    """Write down what has become due, and hand on what waits, each as a job of its own."""
    now = timezone.now()
    for pk in telling.due(now).values_list("pk", flat=True)[: telling.AT_ONCE]:
        try:
            telling.prepare(pk, now)
        except Exception:  # one that fails must not hold up those behind it
            _log.exception("What is new in a saved selection could not be written down: %s", pk)
    for pk in delivering.waiting(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]:
        work.soon("events.following.jobs.deliver", pk)
    if settings.MAIL_HOST:
        for pk in addresses.without_link().values_list("pk", flat=True)[:AT_ONCE]:
            work.soon("events.following.jobs.send_link", pk)


def deliver(pk):
    delivering.deliver(pk)


def send_link(pk):
    addresses.send_link(pk)
