"""The sequence of the record: every edition once, by primary key, as far as nothing can still come before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import connection
from django.db.models import Max, Subquery

from events.models.actor import Actor
from events.models.edition import Edition
from events.models.location import Location
from events.models.source import Source

SETTLED = timedelta(minutes=2)  # longer than from the moment in an edition to its row, and than any two clocks differ


@dataclass(frozen=True)
class Standing:
    """How the record stands: its newest edition, and when an actor, place or source (or a name of one) was written last.

    Two answers to one question are the same where the record stands alike.
    """

    sequence: int
    published_at: datetime | None
    registers_at: datetime | None


def latest():
    """The position of the newest edition, 0 in an empty record. One query."""
    return Edition.objects.aggregate(last=Max("pk"))["last"] or 0


def after(position, size, now):
    """(at most `size` editions above the position, oldest first; whether more can be told). Two queries at most.

    On PostgreSQL two editions made at once may become visible in the other order, and whoever was told the higher one
    would never ask for the lower. So the list ends before the first edition that is younger than SETTLED, or that is
    younger than a transaction which still writes, however long that takes.
    """
    until = _oldest_writer(now) - SETTLED
    found = list(Edition.objects.filter(pk__gt=position).order_by("pk")[: size + 1])
    told = list(takewhile(lambda edition: edition.published_at <= until, found))
    return told[:size], len(told) > size


def standing(now):
    """The Standing, or None while something may still be written before what is there. Two queries at most."""
    registers = [
        Subquery(model.objects.order_by("-updated_at").values("updated_at")[:1]) for model in (Actor, Location, Source)
    ]
    found = Edition.objects.order_by("-pk").values_list("pk", "published_at", *registers).first()
    if found is None:
        return Standing(0, None, None)
    position, published_at, *written = found
    registers_at = max(filter(None, written), default=None)
    newest = max(filter(None, (published_at, registers_at)))
    return None if newest > _oldest_writer(now) - SETTLED else Standing(position, published_at, registers_at)


def _oldest_writer(now):
    """When the oldest transaction began that has written and is not through yet, or `now`. SQLite has one at a time."""
    if connection.vendor != "postgresql":
        return now
    with connection.cursor() as cursor:
        # What this connection itself has written it can see.
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        )
        began = cursor.fetchone()[0]
    return min(now, began) if began else now
