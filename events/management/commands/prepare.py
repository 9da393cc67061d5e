"""Everything a new installation needs before the server starts; on an old one it finds nothing to do."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from events.desk import people
from events.models.edition import Edition
from events.press import registers


class Command(BaseCommand):
    help = "Database, static files, gazetteer and founding timeline; with --demo also demo accounts."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="make demo accounts and print their passwords")

    def handle(self, *args, demo, **options):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.collect_static()
        if not Edition.objects.exists():
            self.stdout.write("Loading the gazetteer and the founding timeline …")
            call_command("load_gazetteer", stdout=self.stdout)
            call_command("load_founding_timeline", stdout=self.stdout)
        else:
            self.catch_up()
        if demo:
            self.show_demo_people()

    def catch_up(self):
        """A record from before its registers had editions gets them now."""
        with transaction.atomic():
            made = registers.catch_up()
        if made:
            self.stdout.write(f"{made} editions of register entries made.")

    def collect_static(self):
        """Collect again only when a source file is newer than the last manifest."""
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        sources = [path.stat().st_mtime for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file()]
        requirements = settings.BASE_DIR / "requirements.txt"
        newest = max([*sources, requirements.stat().st_mtime])
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            call_command("collectstatic", interactive=False, verbosity=0)

    def show_demo_people(self):
        """Passwords are random; they are kept beside the database, readable by the owner only, to be shown again."""
        path = Path(settings.DATA_DIR) / "demo-accounts.txt"
        if made := people.demo_people():
            path.touch(mode=0o600)
            with path.open("a", encoding="utf-8") as file:
                file.writelines(f"{name:<18} {role:<12} {password}\n" for name, role, password in made)
        if path.exists():
            self.stdout.write("Demo accounts (user name, role, password):")
            self.stdout.write("".join(f"  {line}\n" for line in path.read_text(encoding="utf-8").splitlines()))
