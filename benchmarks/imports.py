"""How the cost of an import grows with the file: made-up UCDP rows at two sizes, planned and committed. Run by `make bench`.

Each file goes into a database of its own (SQLite, or DATABASE_URL's server under the name ledger_bench), in a process of
its own. Printed are rows per second of wall time and of processor time, the peak of memory, the time that somebody who
wrote one row every quarter of a second had to wait at most, and the ratios of the larger file to the smaller.

    python benchmarks/imports.py [SMALL LARGE]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

SIZES = (2_000, 20_000)
ROOT = Path(__file__).resolve().parent.parent


def main():
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    print(
        f"{'rows':>8} {'plan/s':>8} {'commit/s':>9} {'both/s':>8} {'both/cpu s':>11} {'peak MB':>8} {'longest wait':>13}"
    )
    found = [_apart(size) for size in sizes]
    if len(found) > 1:
        ratios = [large / small for small, large in zip(found[0], found[-1], strict=True)]
        print("ratio    " + " ".join(f"×{ratio:.2f}" for ratio in ratios))


def _apart(size):
    """The numbers of one size, measured in a process of its own."""
    env = os.environ | {
        "DATA_DIR": tempfile.mkdtemp(prefix="ledger-bench-"),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    if "DATABASE_URL" in env:
        env["DATABASE_URL"] = _emptied(env["DATABASE_URL"])
    done = subprocess.run(  # noqa: S603 (this very file)
        [sys.executable, __file__, "--one", str(size)], env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    print(done.stdout.splitlines()[-2])
    return [float(text) for text in done.stdout.splitlines()[-1].split()]


def _emptied(url):
    """The address of a fresh database on the same server."""
    import psycopg2

    server, name = url.rsplit("/", 1)[0], "ledger_bench"
    link = psycopg2.connect(f"{server}/postgres")
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    link.close()
    return f"{server}/{name}"


def _one(size):
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from events.desk import importing
    from events.desk.importing import jobs
    from tests import builders
    from tests.desk.importing_world import known

    call_command("migrate", verbosity=0)
    known()
    editor = builders.person("editor")
    file = _written(Path(settings.DATA_DIR) / "made-up.csv", size)
    started, work = time.perf_counter(), time.process_time()
    batch = importing.plan(file, by=editor, format="ucdp", version="1")
    jobs.run_now(batch)
    planned = time.perf_counter()
    batch = importing.commit(batch, by=editor)
    with _Other() as other:
        jobs.run_now(batch)
    ended = time.perf_counter()
    batch.refresh_from_db()
    if (batch.status, batch.done) != ("committed", size):
        sys.exit(f"The import ended as {batch.status} after {batch.done} rows.")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    both = ended - started
    rates = (size / (planned - started), size / (ended - planned), size / both, size / (time.process_time() - work))
    plan, commit, together, cpu = (round(rate) for rate in rates)
    print(f"{size:>8} {plan:>8} {commit:>9} {together:>8} {cpu:>11} {peak:>8.0f} {other.longest:>11.2f} s")
    print(*rates, peak, max(other.longest, 0.001))


def _written(path, size):
    from tests.exchange import files

    with path.open("w", encoding="utf-8") as file:
        for start in range(0, size, 1000):
            rows = [_row(number) for number in range(start, min(start + 1000, size))]
            file.write(files.ucdp(*rows, heading=start == 0))
    return path


def _row(number):
    from datetime import date, timedelta

    day = (date(2000, 1, 1) + timedelta(days=number % 9000)).isoformat()
    return {
        "id": str(1_000_000 + number),
        "relid": f"MADE-UP-{number}",
        "date_start": day,
        "date_end": day,
        "year": day[:4],
        "source_article": f"“Made-up article number {number}, as long as those that such rows name”, " * 6,
    }


class _Other:
    """Somebody who writes to another row every quarter of a second; `longest` is how long one write took at most."""

    def __enter__(self):
        self.longest, self._ended = 0.0, Event()
        self._thread = Thread(target=self._write)
        self._thread.start()
        return self

    def __exit__(self, *failure):
        self._ended.set()
        self._thread.join()

    def _write(self):
        from django.contrib.auth.models import Group
        from django.db import connection

        group, number = Group.objects.create(name="Made-up group"), 0
        while not self._ended.wait(0.25):
            number += 1
            before = time.perf_counter()
            Group.objects.filter(pk=group.pk).update(name=f"Made-up group {number}")
            self.longest = max(self.longest, time.perf_counter() - before)
        connection.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(int(sys.argv[2]))
    else:
        main()
