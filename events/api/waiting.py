"""Waiting for a change of the record: long polling, so bounded that waiting can never take all threads of a server.

Why no stream of events (SSE): under WSGI a stream keeps its thread until the reader leaves, minutes or hours, and four
readers would stop a server of four threads. A wait ends by itself, goes through every proxy, and who is refused one
loses nothing: the answer is the usual page, at once, with the time after which to ask again.
"""

import threading
import time

from django.db import connections
from django.utils import timezone

from events.record import sequence

LONGEST = 30  # seconds
AT_ONCE = 2  # requests that wait in one process, of the four that its threads can answer
STEP = 1.0  # seconds between two looks: one short query each
AGAIN = 5  # seconds after which somebody may ask again who was not let wait

_places = threading.BoundedSemaphore(AT_ONCE)


def for_changes(position, size, seconds):
    """(editions, whether there are more, seconds after which to ask again or None), as soon as there is one to tell.

    Waits `seconds` at most. While it waits no connection to the database is open, and so no transaction.
    """
    found, has_more = sequence.after(position, size, timezone.now())
    if found or not seconds:
        return found, has_more, None
    if not _places.acquire(blocking=False):
        return found, has_more, AGAIN
    try:
        return *_as_soon_as_told(position, size, time.monotonic() + seconds), None
    finally:
        _places.release()


def _as_soon_as_told(position, size, end):
    while (left := end - time.monotonic()) > 0:
        _let_go()
        time.sleep(min(STEP, left))
        found, has_more = sequence.after(position, size, timezone.now())
        if found:
            return found, has_more
    return [], False


def _let_go():
    """Close what this thread holds open. Inside a transaction, as around a test, there is nothing that could be closed."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
