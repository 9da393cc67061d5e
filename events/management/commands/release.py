"""Freeze a release of the record, list the releases, or make the files of one again and compare."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from events.freezing import jobs
from events.models.release import Release
from events.press import releases
from events.record.releases import contents, shelf


class Command(BaseCommand):
    help = (
        "Freeze what is public now as a numbered release: release 2026.1 --by USER. With --list or --verify: only look."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="name of the release, such as 2026.1")
        parser.add_argument("--by", help="user name of an editor or admin")
        parser.add_argument(
            "--note", default="", help="an erratum to begin with, or to append to a release that exists"
        )
        parser.add_argument("--site", default=settings.SITE_URL, help="address of the site, instead of SITE_URL")
        parser.add_argument("--list", action="store_true", help="list the releases")
        parser.add_argument(
            "--verify", action="store_true", help="make its files again and compare; exit 1 if one differs"
        )

    def handle(self, *args, name, by, note, site, **options):
        if options["list"]:
            return self.show()
        if not name:
            raise CommandError("Name the release, such as 2026.1; --list shows those that exist.")
        if options["verify"]:
            return self.verify(name)
        try:
            self.freeze(name, _person(by), note, site)
        except (ValidationError, PermissionDenied) as refused:
            raise CommandError(" ".join(getattr(refused, "messages", [str(refused)]))) from refused

    def show(self):
        for release in Release.objects.prefetch_related("files"):
            files = release.files.all()
            state = f"{len(files)} files, manifest {files[len(files) - 1].sha256}" if files else "files not written yet"
            self.stdout.write(f"{release.name}  {release.frozen_at:%Y-%m-%d %H:%M} UTC  {state}")

    def freeze(self, name, by, note, site):
        known = contents.named(name)
        if known is not None and note.strip():
            releases.note_erratum(known, note, by=by)
            self.stdout.write(f"Noted in the errata of {name}.")
            return
        release = Release.objects.unfinished().filter(name=name).first()
        release = release or releases.freeze(name, by=by, site=site.rstrip("/"), errata_note=note)
        jobs.write(release.pk)
        shelved = shelf.served(release)
        for one in shelved.files:
            self.stdout.write(f"{one.sha256}  {one.name}  {one.bytes} bytes")
        self.stdout.write(f"{name} is frozen: {shelved.manifest['totals']['incidents']} incidents.")

    def verify(self, name):
        release = contents.named(name)
        if release is None:
            raise CommandError(f"There is no release {name}; --list shows those that exist.")
        differing = []
        for file, frozen, anew, held in shelf.verify(release):
            said = "equal" if anew == frozen else "different"
            stored = {None: "not stored", frozen: "stored copy equal"}.get(held, "stored copy different")
            self.stdout.write(f"{file}: made again {said}, {stored}")
            if anew != frozen or held not in (None, frozen):
                differing.append(file)
        if contents.hidden(release):
            self.stdout.write("Something in it is withheld for privacy; files without it are served instead.")
        if differing:
            raise CommandError(f"{len(differing)} of the files differ: {', '.join(differing)}.")


def _person(name):
    if not name:
        raise CommandError("Say who freezes it: --by with the user name of an editor or admin.")
    person = User.objects.filter(username=name).first()
    if person is None:
        raise CommandError(f"Nobody is called {name} here.")
    return person
