"""Work on hundreds of thousands of rows at full speed, at no cost to anybody else's."""

import gc
import time
from contextlib import contextmanager, nullcontext

from django.db import connection

# A row makes hundreds of small values and no cycles: looking for those less often saves a third of the time.
_THRESHOLDS = (200_000, 50, 100)
# Transactions do not wait for the disk. On SQLite the log is brought into the database every 64 MB instead of 4, because
# most pages are written to again soon, and more of them are kept at hand (in KiB).
_SQLITE = {"synchronous": 1, "wal_autocheckpoint": 16_000, "cache_size": -98_304}


@contextmanager
def hurried():
    """For work that goes on where it stopped: after a power cut its last transactions may be gone, each as a whole."""
    thresholds = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        with unwaiting():
            yield
    finally:
        gc.set_threshold(*thresholds)


def unwaiting():
    """The part of it that is said to the database; for each thread, as each has a connection of its own."""
    if connection.in_atomic_block:  # whoever began the transaction says how it ends
        return nullcontext()
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


@contextmanager
def _sqlite():
    with connection.cursor() as cursor:
        usual = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in _SQLITE}
        _set(cursor, _SQLITE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _set(cursor, usual)


def _set(cursor, values):
    for name, value in values.items():
        cursor.execute(f"PRAGMA {name} = {value}")


@contextmanager
def _postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO DEFAULT")


class Turns:
    """When others may write to SQLite. They knock every 0.1 seconds, so a shorter break lets them in by chance only.

    While nobody else writes there is a break every two seconds; for ten seconds after somebody did, after each piece.
    """

    BREAK, BETWEEN, LIVELY = 0.11, 2.0, 10.0  # seconds

    def __init__(self):
        self._version, self._lively_until, self._last = None, 0.0, time.monotonic()

    def give(self):
        """Call it outside a transaction, after each piece of work."""
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            version = cursor.execute("PRAGMA data_version").fetchone()  # moves when another connection has written
        now = time.monotonic()
        if version != self._version:
            self._lively_until = now + self.LIVELY if self._version else now
            self._version = version
        if now < self._lively_until or now - self._last >= self.BETWEEN:
            time.sleep(self.BREAK)
            self._last = time.monotonic()
