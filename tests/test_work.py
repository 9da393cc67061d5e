"""The background worker: a real one, killed in the middle, beside people who write; and what is said about it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

from events import work
from events.models.following import Delivery
from tests import builders
from tests.following import world

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_it_is_alive_as_long_as_its_rounds_end():
    with pytest.raises(CommandError, match="No worker is alive. Last sign of life: never"):
        call_command("work", "--status")
    now = timezone.now()
    Task.objects.create(id="1", name="1", func="events.work.minute", started=now, stopped=now)
    said = StringIO()

    call_command("work", "--status", stdout=said)

    assert said.getvalue().startswith("A worker is alive.")
    assert not work.state(now + timedelta(minutes=4)).is_alive


@pytest.mark.django_db
def test_the_round_is_scheduled_once_however_many_workers_start():
    for _ in range(3):
        work.schedule()

    row = Schedule.objects.get()
    assert (row.func, row.minutes, row.repeats) == ("events.work.minute", 1, -1)


@pytest.mark.django_db
def test_a_round_goes_on_where_one_room_fails_and_forgets_old_notes(monkeypatch):
    done = []
    monkeypatch.setattr(work, "MINUTELY", ("tests.test_work.fail", "tests.test_work.note"))
    monkeypatch.setattr(sys.modules[__name__], "note", lambda: done.append(1), raising=False)
    monkeypatch.setattr(sys.modules[__name__], "fail", lambda: 1 / 0, raising=False)
    for days in (1, 8):
        moment = timezone.now() - timedelta(days=days)
        Task.objects.create(id=str(days), name="x", func="x", started=moment, stopped=moment)

    work.minute()

    assert done == [1]
    assert Task.objects.get().id == "1"


@pytest.mark.django_db
def test_a_queue_that_is_full_takes_no_more(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(work, "FULL", 2)

    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            work.soon("events.following.jobs.deliver", number)

    assert OrmQ.objects.count() == 2


def test_nobody_runs_what_they_type_from_the_back_office():
    assert [model for model in admin.site._registry if model._meta.app_label == "django_q"] == []


# --- a worker of its own process ---------------------------------------------------------------------------------


@pytest.fixture
def worker(emptied_afterwards, tmp_path):
    """Starts workers on the database of this test; those that still run are stopped when it ends."""
    begun = []

    def start():
        name = connection.settings_dict["NAME"]
        url = os.environ.get("DATABASE_URL", "")
        url = f"{url.rpartition('/')[0]}/{name}" if url else f"sqlite:///{name}"
        environment = os.environ | {
            "DATABASE_URL": url,
            "DATA_DIR": str(tmp_path),
            "SECRET_KEY": "a key for tests only",
        }
        command = [sys.executable, "manage.py", "work"]
        begun.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
        return begun[-1]

    yield start
    for process in begun:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.2)
    assert holds()


@pytest.mark.usefixtures("emptied_afterwards")
def test_a_job_waits_for_a_worker_survives_its_death_and_locks_nobody_out(worker, settings):
    settings.WEBHOOKS, settings.SITE_URL = True, world.SITE
    saved, _ = world.webhook(builders.person("researcher"))
    gone = Delivery.objects.create(
        saved=saved,
        way="webhook",
        after_sequence=0,
        up_to_sequence=0,
        editions=0,
        next_try_at=timezone.now(),
        created_at=timezone.now(),
    )
    work.soon("events.following.jobs.deliver", gone.pk)
    assert OrmQ.objects.count() == 1

    first = worker()
    until(lambda: Schedule.objects.exists())
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(timeout=10)
    Task.objects.all().delete()
    work.soon("events.following.jobs.deliver", gone.pk)  # a quick worker may have done it before it died
    OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))  # as if the time to repeat it had passed
    second = worker()
    writes = 0
    while OrmQ.objects.filter(lock__lte=timezone.now() + timedelta(days=1)).exists() and writes < 400:
        builders.location(f"Made-up {writes}")
        writes += 1
        time.sleep(0.02)

    until(lambda: Task.objects.filter(func="events.following.jobs.deliver", success=True).exists())
    second.send_signal(signal.SIGINT)
    assert second.wait(timeout=20) == 0
    assert writes > 3
