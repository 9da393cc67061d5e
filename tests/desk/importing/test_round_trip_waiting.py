"""The worker and the site write to one SQLite file: whoever comes second waits, and nobody is told that it is locked."""

import threading
import time

import pytest
from django.conf import settings
from django.db.transaction import atomic
from django.db.utils import ConnectionHandler

HELD = 0.6  # seconds

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3", reason="PostgreSQL locks rows, not files"
)


@pytest.fixture
def two(tmp_path, django_db_blocker):
    """Two connections to one file, with the options of the site; each made in the thread that uses it."""
    options = settings.DATABASES["default"]["OPTIONS"]
    made = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "two.sqlite3"), "OPTIONS": options}
    with django_db_blocker.unblock():
        yield ConnectionHandler({"default": made})


def test_a_transaction_that_reads_first_and_writes_later_waits_for_another_one(two, monkeypatch):
    first = two["default"]
    monkeypatch.setattr("django.db.transaction.get_connection", lambda using=None: two["default"])
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE pieces (number integer)")
    begun, told = threading.Event(), {}

    def site():
        begun.wait()
        before = time.monotonic()
        try:
            with atomic(), two["default"].cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pieces")
                told["seen"] = cursor.fetchone()[0]
                cursor.execute("INSERT INTO pieces VALUES (2)")
        except Exception as error:
            told["error"] = error
        told["waited"] = time.monotonic() - before
        two["default"].close()

    thread = threading.Thread(target=site)
    thread.start()
    with atomic(), first.cursor() as cursor:
        cursor.execute("INSERT INTO pieces VALUES (1)")
        begun.set()
        time.sleep(HELD)
    thread.join()

    assert "error" not in told
    assert told["seen"] == 1  # it began after the other had ended
    assert told["waited"] >= HELD / 2
    with first.cursor() as cursor:
        cursor.execute("SELECT number FROM pieces ORDER BY number")
        assert cursor.fetchall() == [(1,), (2,)]
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] >= 20_000
    first.close()
