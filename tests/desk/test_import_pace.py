"""How an import works at full speed, undoes what it set for that, and lets others write meanwhile."""

import gc
import sqlite3

import pytest
from django.db import connection

from events.desk.importing import pace

pytestmark = pytest.mark.usefixtures("emptied_afterwards")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets others write anyway")


def _paces():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pace._SQLITE]
        cursor.execute("SHOW synchronous_commit")
        return [cursor.fetchone()[0]]


def test_the_pace_is_that_of_the_work_and_of_nothing_else():
    usual = (_paces(), gc.get_threshold())

    with pytest.raises(RuntimeError), pace.hurried():
        assert _paces() == ([1, 16_000, -98_304] if connection.vendor == "sqlite" else ["off"])
        raise RuntimeError

    assert (_paces(), gc.get_threshold()) == usual


@pytest.fixture
def day(monkeypatch):
    """A clock that stands still until it is moved, and the breaks that were made."""
    found = {"now": 100.0, "breaks": []}
    monkeypatch.setattr(pace.time, "monotonic", lambda: found["now"])
    monkeypatch.setattr(pace.time, "sleep", found["breaks"].append)
    return found


@on_sqlite
def test_there_is_a_break_every_two_seconds_while_nobody_else_writes(day):
    turns = pace.Turns()

    for _piece in range(41):
        day["now"] += 0.25
        turns.give()

    assert day["breaks"] == [pace.Turns.BREAK] * 5


@on_sqlite
def test_after_somebody_wrote_there_is_a_break_after_each_piece_for_ten_seconds(day):
    turns = pace.Turns()
    turns.give()
    other = sqlite3.connect(connection.settings_dict["NAME"])
    with other:
        other.execute("UPDATE auth_group SET name = name WHERE 0")
        other.execute("CREATE TABLE made_up (id integer)")
        other.execute("DROP TABLE made_up")
    other.close()

    for _piece in range(20):
        day["now"] += 1
        turns.give()

    assert len(day["breaks"]) == 10 + 5
