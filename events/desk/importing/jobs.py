"""What the worker calls by name: reading, committing, judging or undoing a file, as its row asks."""

from events import work
from events.desk.importing import accepting, committing, leases, planning, publishing, undoing
from events.models.batch import ImportBatch

LONGEST = 6 * 3600  # seconds that one file may take


def every_minute():
    """Hand on the first file on which somebody should work and nobody does."""
    if first := leases.unattended().values_list("pk", flat=True).first():
        soon(first)


def soon(pk):
    work.soon("events.desk.importing.jobs.run", pk, timeout=LONGEST)


def state():
    """The State of the worker that does it: when it gave a sign last, whether it runs, how many jobs wait for it."""
    return work.state()


def is_alive():
    """Whether a worker runs that would do it."""
    return state().is_alive


def run(pk):
    """Work on a file until it is done. Nothing happens where somebody works on one already."""
    batch = ImportBatch.objects.filter(pk=pk).first()
    if batch is not None:
        run_now(batch)


def run_now(batch, tell=None):
    """The same for a row at hand; gives whether anything was done."""
    return any(work(batch, tell) for work in _WORK)


_WORK = (planning.read, committing.carry_on, accepting.carry_on, publishing.carry_on, undoing.carry_on)
