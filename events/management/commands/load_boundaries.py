"""Load outlines of countries, provinces or districts that somebody published."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from events.choices import LocationLevel
from events.desk import areas, people
from events.exchange.areas import read
from events.exchange.tables import Refused

EVERY = 50  # outlines between two words of progress
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load outlines from GeoJSON or TopoJSON: the places of the register get them, places that are new are added. "
        "Repeating it changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--level", required=True, choices=[level.value for level in areas.AREA_LEVELS])
        parser.add_argument("--layer", default="", help="the object of a TopoJSON that has several")
        parser.add_argument("--source", required=True, help="whose outlines they are, as it is to be cited")
        parser.add_argument("--licence", required=True, help="under which licence, such as ODbL")

    def handle(self, *args, file, level, layer, source, licence, **options):
        try:
            found = read(file, LocationLevel(level), layer)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        loaded = areas.load(
            found, by=people.registrar(), source=source, licence=licence, said=self._progress(len(found))
        )
        for problem in loaded.problems:
            self.stderr.write(f"  outline {problem.line}: {problem.sentence}")
        self.stdout.write(
            f"Outlines: {len(loaded.drawn)} drawn, {len(loaded.redrawn)} replaced, {loaded.same} the same, "
            f"{len(loaded.added)} places added, {len(loaded.problems)} passed over."
        )
        if loaded.completed:
            self.stdout.write(f"{loaded.completed} known places got the radius that they lacked.")
        if loaded.added:
            more = f" and {len(loaded.added) - SHOWN} more" if len(loaded.added) > SHOWN else ""
            self.stdout.write(f"Added: {', '.join(loaded.added[:SHOWN])}{more}.")

    def _progress(self, total):
        def say(number):
            if number % EVERY == 0:
                self.stdout.write(f"  {number} of {total} …")

        return say
