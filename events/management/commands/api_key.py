"""Make an API key for a person and print it once, list their keys, or revoke one; the server keeps only hashes."""

from datetime import datetime, time

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from events.choices import KeyScope
from events.desk import keys
from events.models.key import PREFIX

ENDLESS = "never"


class Command(BaseCommand):
    help = "Make an API key for a person and print it once, list their keys (--list) or revoke one (--revoke)."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="What the key is for; shown in the list of keys.")
        meanings = "; ".join(f"{scope}: {scope.label}" for scope in KeyScope)
        parser.add_argument("--scope", choices=KeyScope.codes(), default=KeyScope.READ.value, help=meanings)
        parser.add_argument(
            "--expires",
            metavar="YYYY-MM-DD",
            help=f"The first day on which it works no more; {ENDLESS} for no end, which only keys that read can have; "
            f"{keys.USUAL.days} days unless given.",
        )
        parser.add_argument("--list", action="store_true", dest="lists", help="List the keys of the person instead.")
        parser.add_argument("--revoke", metavar="BEGINNING", help="Revoke the key that begins like this instead.")

    def handle(self, *, username, name, scope, expires, lists, revoke, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        if lists:
            self.stdout.writelines(f"{_line(key)}\n" for key in keys.standing(user))
        elif revoke is not None:
            keys.revoke(_found(user, revoke), by=user)
            self.stderr.write("The key is revoked.")
        else:
            self._issue(user, name, scope, _end_of(expires))

    def _issue(self, user, name, scope, expires_at):
        try:
            row, secret = keys.issue(user, by=user, name=name, scope=scope, expires_at=expires_at)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        end = f"{row.expires_at:%Y-%m-%d %H:%M} UTC" if row.expires_at else "you revoke it"
        self.stderr.write(f"Keep this key now; it is not shown again. It works until {end}.")
        self.stdout.write(secret)


def _found(user, beginning):
    """The one key of the person whose look-up part begins like this, with flk_ or without."""
    part = beginning.removeprefix(f"{PREFIX}_").partition("_")[0]
    found = list(user.api_keys.filter(lookup__startswith=part)) if part else []
    if len(found) != 1:
        raise CommandError(f"{len(found)} keys of {user} begin with “{beginning[:20]}”; --list shows how each begins.")
    return found[0]


def _line(key):
    day = "%Y-%m-%d"
    if key.revoked_at:
        state = f"revoked {key.revoked_at:{day}}"
    elif key.expires_at is None:
        state = "no end"
    else:
        state = f"{'expired' if key.is_over else 'until'} {key.expires_at:{day}}"
    used = f"last used {key.last_used_at:{day}}" if key.last_used_at else "never used"
    return f"{PREFIX}_{key.lookup}  {key.scope:6}  {state}, {used}  {key.name}"


def _end_of(text):
    """Midnight UTC of the day, None for no end, or what is usual."""
    if text is None:
        return keys.USUALLY
    if text == ENDLESS:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"--expires: “{text}” is not a day; write it as 2027-01-31, or “{ENDLESS}”.")
    return timezone.make_aware(datetime.combine(day, time.min))
