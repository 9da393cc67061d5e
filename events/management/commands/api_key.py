"""Make an API key for a person and print it once; the server keeps only its hash."""

from datetime import datetime, time

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from events.desk import keys


class Command(BaseCommand):
    help = "Make an API key for a person and print it once."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="What the key is for; shown in the list of keys.")
        parser.add_argument("--write", action="store_true", help="The key may log incidents as drafts.")
        parser.add_argument("--expires", metavar="YYYY-MM-DD", help="The first day on which it works no more.")

    def handle(self, *, username, name, write, expires, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        try:
            _, secret = keys.issue(user, by=user, name=name, can_write=write, expires_at=_start_of(expires))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write("Keep this key now; it is not shown again.")
        self.stdout.write(secret)


def _start_of(text):
    """Midnight UTC of the day, or None."""
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"--expires: “{text}” is not a day; write it as 2027-01-31.")
    return timezone.make_aware(datetime.combine(day, time.min))
