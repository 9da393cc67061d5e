"""Make the public index anew from the editions, or check that this would change nothing.

Editions of register entries that are missing are made too: a record that is older than those has none.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from events.press import index, printing, registers


class Command(BaseCommand):
    help = "Rebuild the public index from the editions. With --check: change nothing, exit 1 if anything would change."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only say whether the index is what the editions say")

    def handle(self, *args, check, **options):
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost and connection.vendor == "postgresql":
                # Else what is published meanwhile would look like a difference.
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            before = index.contents()
            count = index.rebuild()
            changed = {
                table: len(set(rows) ^ set(before[table]))
                for table, rows in index.contents().items()
                if rows != before[table]
            }
            with printing.noted(is_rehearsal=check):
                untold = registers.catch_up()
            if check:
                transaction.set_rollback(True)
        said = ", ".join(f"{table} ({rows} rows)" for table, rows in changed.items()) or "nothing"
        if check and changed:
            raise CommandError(f"The index differs from the editions: {said} would change. Run manage.py reindex.")
        if check and untold:
            raise CommandError(f"{untold} editions of register entries are missing. Run manage.py reindex.")
        self.stdout.write(f"{count} public incidents; {said} {'would change' if check else 'changed'}.")
        if untold:
            self.stdout.write(f"{untold} editions of register entries made.")
