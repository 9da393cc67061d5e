"""The background worker: how a job is handed to it, what it does each minute, and whether it is alive.

Jobs are functions of the rooms, called by their dotted name with plain values. A job may run twice, or again after it
was killed, so each asks its rows first what is still to be done; what waits is in those rows, and without a worker it
waits.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from django_q.tasks import async_task

MINUTELY = (
    "events.following.jobs.every_minute",
    "events.freezing.jobs.every_minute",
    "events.desk.importing.jobs.every_minute",
)  # called in turn, each minute
ALIVE = timedelta(minutes=3)  # without a sign for so long, no worker runs
KEPT = timedelta(days=7)  # how long the notes of jobs are kept
FULL = 500  # jobs that wait; more are found again by the minute's round
_ROUND = "events.work.minute"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """`last` is when a round last ended (None: never), `waiting` how many jobs are in the queue."""

    last: datetime | None
    is_alive: bool
    waiting: int


def soon(name, *values, **options):
    """Hand a job to the worker, once the transaction that asks for it is committed; a full queue takes none.

    `options` are those of async_task, such as the seconds after which it is stopped (timeout).
    """

    def hand_on():
        if OrmQ.objects.count() < FULL:
            async_task(name, *values, **options)

    transaction.on_commit(hand_on)


def minute():
    """The round of each minute. What fails in one room is noted and holds up no other one."""
    for name in MINUTELY:
        module, _, function = name.rpartition(".")
        try:
            getattr(import_module(module), function)()
        except Exception:
            _log.exception("The round of the worker failed in %s", name)
    Task.objects.filter(stopped__lt=timezone.now() - KEPT).delete()


def schedule():
    """Have `minute` called each minute. Calling it again changes nothing."""
    wanted = {"func": _ROUND, "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1}
    with transaction.atomic():
        rows = Schedule.objects.select_for_update().filter(name="minute").order_by("pk")
        if not rows:
            Schedule.objects.create(name="minute", next_run=timezone.now(), **wanted)
        else:
            rows.exclude(pk=rows[0].pk).delete()
            Schedule.objects.filter(pk=rows[0].pk).update(**wanted)


def state(now=None):
    """State of the worker. Two queries."""
    now = now or timezone.now()
    last = Task.objects.filter(func=_ROUND).order_by("-stopped").values_list("stopped", flat=True).first()
    return State(last, last is not None and now - last < ALIVE, OrmQ.objects.count())
