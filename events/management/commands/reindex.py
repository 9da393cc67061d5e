"""Make the public index anew from the editions, or check that this would change nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from events.press import index


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
            if check:
                transaction.set_rollback(True)
        said = ", ".join(f"{table} ({rows} rows)" for table, rows in changed.items()) or "nothing"
        if check and changed:
            raise CommandError(f"The index differs from the editions: {said} would change. Run manage.py reindex.")
        self.stdout.write(f"{count} public incidents; {said} {'would change' if check else 'changed'}.")
