"""Import a file of incidents: plan it, and with --commit make drafts of its rows."""

import json
from dataclasses import asdict
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.choices import BatchStatus, RowVerdict
from events.desk import importing
from events.desk.importing import formats, jobs
from events.exchange import tables
from events.models.batch import AT_WORK, ImportBatch

SHOWN = 20  # problems in the terminal; the page of the import has all


class Command(BaseCommand):
    help = (
        "Plan the import of a file; with --commit its new and changed rows become drafts. Every import can be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(formats.FORMATS), help="Without it the columns tell.")
        parser.add_argument(
            "--layout", type=Path, metavar="FILE.json", help="For --format table: columns, kinds, name."
        )
        parser.add_argument(
            "--by", required=True, metavar="USER", help="Whose drafts they are; --commit needs an editor."
        )
        parser.add_argument("--data-version", default="", metavar="VERSION", help="Of the data set, such as 26.0.1.")
        parser.add_argument("--replaces", type=int, metavar="ID", help="The import of which this is a newer version.")
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--commit", action="store_true", help="Make the drafts as well.")
        either.add_argument("--dry-run", action="store_true", help="Forget the plan after telling what it would do.")

    def handle(self, *, file, by, commit, dry_run, **options):
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account “{by}”.")
        try:
            batch = self._planned(file, user, options)
            self._tell_plan(batch)
            if dry_run:
                importing.cancel(batch, by=user)
                self.stdout.write("Nothing was changed.")
            elif commit:
                self._commit(batch, user)
        except tables.Refused as refused:
            raise CommandError(_where(asdict(refused.problem)) + refused.problem.sentence) from refused
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error

    def _planned(self, file, user, options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        chosen = options["format"] or formats.recognised(file)
        if not chosen:
            raise CommandError("The columns are those of no known format; say which with --format.")
        reading = _layout(options["layout"]) if chosen == "table" else {}
        replaces = ImportBatch.objects.filter(pk=options["replaces"]).first() if options["replaces"] else None
        if options["replaces"] and replaces is None:
            raise CommandError(f"There is no import {options['replaces']}.")
        batch = importing.plan(
            file, by=user, format=chosen, reading=reading, version=options["data_version"], replaces=replaces
        )
        self._run(batch, "lines read")
        if batch.status == BatchStatus.FAILED:
            raise CommandError(" ".join(_where(problem) + problem["sentence"] for problem in batch.problems))
        return batch

    def _run(self, batch, what):
        def tell(row):
            seconds = max((timezone.now() - row.started_at).total_seconds(), 0.001)
            of = f" of {row.total}" if row.total else ""
            self.stdout.write(f"{row.done}{of} {what}, {row.done / seconds:,.0f} per second")

        if not jobs.run_now(batch, tell):
            busy = ImportBatch.objects.filter(status__in=AT_WORK).exclude(pk=batch.pk).first()
            raise CommandError(f"Another file is being worked on: {busy or batch}. The worker goes on with this one.")

    def _tell_plan(self, batch):
        said = ", ".join(f"{batch.report[verdict.value]} {verdict.value}" for verdict in RowVerdict)
        self.stdout.write(f"Import {batch.pk}, {batch}: {said}; {batch.report['flagged']} of these to look at.")
        names = batch.names.count()
        if names:
            self.stdout.write(f"{names} names stand in no register.")
        if likely := batch.rows.filter(is_likely=True).count():
            self.stdout.write(f"New rows that are likely here already: {likely}; the page of the import shows why.")
        wrong = batch.rows.exclude(problems=[]).values_list("problems", flat=True)[:SHOWN]
        for problem in [one for problems in wrong for one in problems][:SHOWN]:
            where = f"line {problem['line']}, {problem['column']}" if problem["column"] else f"line {problem['line']}"
            self.stdout.write(f"  {where}: {problem['sentence']} ({problem['value']})")

    def _commit(self, batch, user):
        batch = importing.commit(batch, by=user)
        self._run(batch, "rows committed")
        if batch.status != BatchStatus.COMMITTED:
            raise CommandError(" ".join(problem["sentence"] for problem in batch.problems))
        self.stdout.write(f"Committed in {batch.report['commit_seconds']} seconds.")


def _where(problem):
    """“Line 3, best: ”, as far as the problem is one of a line and a column."""
    line = f"Line {problem['line']}" if problem["line"] else ""
    where = ", ".join(filter(None, (line, problem["column"])))
    return f"{where}: " if where else ""


def _layout(path):
    if path is None:
        raise CommandError("A table needs --layout.")
    try:
        reading = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"The layout {path} cannot be read: {error}") from error
    if wrong := formats.problems_of(reading):
        raise CommandError(" ".join(wrong))
    return reading
