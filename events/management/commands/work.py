"""Run the background worker until it is stopped, or say whether one is alive."""

from django.core.management.base import BaseCommand, CommandError
from django_q.cluster import Cluster

from events import work


class Command(BaseCommand):
    help = (
        "Send what waits to be sent: runs until it is stopped (Ctrl+C). With --status: say whether a worker is alive."
    )

    def add_arguments(self, parser):
        parser.add_argument("--status", action="store_true", help="only say so; exit 1 if none is alive")

    def handle(self, *args, status, **options):
        if status:
            return self.say()
        work.schedule()
        Cluster().start()  # its own process looks after the others, until this one is told to stop

    def say(self):
        state = work.state()
        last = f"{state.last:%Y-%m-%d %H:%M:%S} UTC" if state.last else "never"
        said = f"Last sign of life: {last}; {state.waiting} job{'' if state.waiting == 1 else 's'} in the queue."
        if not state.is_alive:
            raise CommandError(f"No worker is alive. {said}")
        self.stdout.write(f"A worker is alive. {said}")
