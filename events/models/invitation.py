"""Links handed to people: one opens an account with a role, the other lets an account choose a new password."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Role
from events.models.tracked import Tracked, both_or_none

VALID_FOR = timedelta(days=7)
_ACCOUNT = Q(role__in=Role.codes()) & ~Q(username="")
_PASSWORD = Q(username="", role="", account__isnull=False)
_STANDS = Q(used_at__isnull=True, revoked_at__isnull=True)


class InvitationQuerySet(models.QuerySet):
    def open(self, now):
        """Links that still work: not used, not revoked, not expired."""
        return self.filter(_STANDS, expires_at__gt=now)

    def standing(self):
        """Neither used nor revoked, be they expired or not; of these there is one for each name and each account."""
        return self.filter(_STANDS)


class Invitation(Tracked):
    """One link that works once. Its secret is shown once and kept as its SHA-256.

    With a name and a role it opens an account, which is filled in when it is used; without, it sets the password of
    the account.
    """

    username = models.CharField(max_length=150, blank=True, editable=False)
    role = models.CharField(max_length=12, choices=Role.pairs(), blank=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=_PASSWORD
                | (_ACCOUNT & Q(used_at__isnull=True, account__isnull=True))
                | (_ACCOUNT & Q(used_at__isnull=False, account__isnull=False)),
                name="invitation_of_one_kind",
                violation_error_message=_("A link opens an account by a name and a role, or sets the password of one."),
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
                violation_error_message=_("A link that was used cannot be revoked."),
            ),
            models.CheckConstraint(
                condition=both_or_none("revoked_at", "revoked_by"),
                name="invitation_revoked_by_somebody",
                violation_error_message=_("A revoked link says who revoked it and when."),
            ),
            models.UniqueConstraint(
                fields=("username",),
                condition=_STANDS & ~Q(username=""),
                name="invitation_once_a_name",
                violation_error_message=_("There is an open invitation for this name; revoke it first."),
            ),
            models.UniqueConstraint(
                fields=("account",),
                condition=_STANDS & Q(username=""),
                name="invitation_password_once",
                violation_error_message=_("There is an open password link for this account; revoke it first."),
            ),
        )

    def __str__(self):
        if self.is_for_password:
            return gettext("password link for %(account)s") % {"account": self.account}
        return gettext("invitation for %(username)s") % {"username": self.username}

    @property
    def is_for_password(self):
        return not self.username

    @property
    def is_expired(self):
        return self.expires_at <= timezone.now()


def make_secret():
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
