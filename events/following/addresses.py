"""The address for letters: given by its person, confirmed by a link that was sent there, removed at once."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext

from events import work
from events.following import letters
from events.models.following import MailAddress
from events.models.invitation import digest, make_secret

VALID_FOR = timedelta(days=3)
MOST_TRIES = 5


@transaction.atomic
def give(*, by, address):
    """Note an address and have the link sent there. It takes the place of an earlier one, which gets nothing more."""
    if not settings.MAIL_HOST:
        raise ValidationError({"address": gettext("This server sends no e-mail.")})
    MailAddress.objects.filter(person=by).delete()
    row = MailAddress(person=by, address=address.strip(), given_at=timezone.now())
    row.full_clean()
    row.save()
    work.soon("events.following.jobs.send_link", row.pk)
    return row


@transaction.atomic
def remove(*, by):
    """Forget the address now. Selections that are told by letter wait until there is another one."""
    MailAddress.objects.filter(person=by).delete()


def find(secret):
    """The address that waits for this secret, or None: wrong, used and expired ones are alike."""
    return _open().filter(sha256=digest(secret)).first()


@transaction.atomic
def confirm(secret):
    """Whoever opened the link reads what is sent there. Raises MailAddress.DoesNotExist when the link does not work."""
    row = _open().select_for_update(of=("self",)).get(sha256=digest(secret))
    row.sha256, row.expires_at, row.confirmed_at = "", None, timezone.now()
    row.save()
    return row


def without_link():
    """Addresses to which the link was not sent yet, those left out to which it could not be."""
    return MailAddress.objects.filter(_NOT_SENT, tries__lt=MOST_TRIES, person__is_active=True)


def send_link(pk):
    """Send the link with a new secret, of which only the SHA-256 is kept. A second call finds nothing to do."""
    taken = without_link().filter(pk=pk).update(tries=F("tries") + 1)
    row = MailAddress.objects.filter(pk=pk).first() if taken else None
    if row is None:
        return
    secret = make_secret()
    try:
        letters.send_link(row.address, secret)
    except (OSError, smtplib.SMTPException):
        return
    until = timezone.now() + VALID_FOR
    MailAddress.objects.filter(_NOT_SENT, pk=pk).update(sha256=digest(secret), expires_at=until)


_NOT_SENT = Q(sha256="", confirmed_at=None)


def _open():
    still_there = Q(expires_at__gt=timezone.now(), person__is_active=True) & ~Q(sha256="")
    return MailAddress.objects.filter(still_there)
