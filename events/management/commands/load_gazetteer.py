"""Load places: what ships with the product, or lists that the user downloaded."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.desk import gazetteer, gazetteer_files, people
from events.exchange.gazetteers import KINDS, kind_of
from events.exchange.tables import Refused

SHOWN = 12  # kinds of rows that were passed over
FOLDER = Path(settings.BASE_DIR) / "data" / "gazetteer"


class Command(BaseCommand):
    help = (
        "Load the shipped gazetteer or, with files, country dumps of GeoNames (PK.txt), their alternate names, and tables "
        "of provinces, districts, places and crossings. Known places get only what they lack; repeating it changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="*", type=Path)

    def handle(self, *args, file=(), **options):
        if file:
            self._files(file)
        else:
            self._shipped()

    def _shipped(self):
        by = people.registrar()
        places = gazetteer.load_places(_read("places.json"), by=by)
        provinces = {
            (country, code): slug for country, codes in _read("admin1.json").items() for code, slug in codes.items()
        }
        rows = list(_read("geonames_cities500_AF_PK.json").values())
        settlements = gazetteer.load_settlements(rows, provinces, by=by)
        self.stdout.write(
            f"Gazetteer: {places.added + settlements.added} places added, "
            f"{places.known + settlements.known} known already."
        )

    def _files(self, files):
        keys = {
            f"{country}.{code}": slug for country, codes in _read("admin1.json").items() for code, slug in codes.items()
        }
        try:
            kinds = {path: kind_of(path) for path in files}
            for path in sorted(kinds, key=lambda path: kinds[path] == KINDS[1]):  # names need their places first
                self.stdout.write(f"{path.name} ({kinds[path]}) …")
                loaded = gazetteer_files.load(
                    path, by=people.registrar(), keys=keys, said=self._progress, refused=self._refused
                )
                self._sum_up(loaded)
        except Refused as error:
            problem = error.problem
            raise CommandError(f"{path.name}, line {problem.line}: {error}") from error
        except OSError as error:
            raise CommandError(str(error)) from error

    def _progress(self, rows):
        self.stdout.write(f"  {rows} rows …")

    def _refused(self, problem):
        where = ", ".join(filter(None, (f"line {problem.line}", problem.column)))
        self.stderr.write(f"  {where}: {problem.value!r}: {problem.sentence}")

    def _sum_up(self, loaded):
        added = _counted(loaded.added)
        self.stdout.write(f"  {loaded.rows} rows: {sum(loaded.added.values())} places added{added and f' ({added})'}.")
        filled = _counted(loaded.filled)
        if filled or loaded.aliases:
            self.stdout.write(f"  Known places got {filled or 'nothing in empty fields'}; {loaded.aliases} names.")
        self.stdout.write(f"  {loaded.known} rows were known, {loaded.refused} refused.")
        if loaded.unplaced:
            self.stdout.write(f"  {loaded.unplaced} have no point here, because the list calls theirs approximate.")
        if loaded.skipped:
            self.stdout.write(f"  Passed over, because the register keeps no such rows: {_counted(loaded.skipped)}.")
        if not (loaded.added or filled or loaded.aliases):
            self.stdout.write("  Nothing was changed.")


def _counted(counts):
    """“12 settlement, 3 site and 40 of 5 other kinds”, the most frequent first."""
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = (
        f" and {sum(number for _, number in rows[SHOWN:])} of {len(rows) - SHOWN} other kinds" if rows[SHOWN:] else ""
    )
    return ", ".join(f"{number} {name or '–'}" for name, number in rows[:SHOWN]) + rest


def _read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
