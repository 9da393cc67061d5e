"""API keys: a secret shown once, of which only the hash is kept."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.choices import KeyScope
from events.models.tracked import words_known

PREFIX = "flk"


class ApiKeyQuerySet(models.QuerySet):
    def usable(self, now):
        return self.filter(revoked_at__isnull=True, user__is_active=True).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        )


class ApiKey(models.Model):
    """`flk_<lookup>_<secret>`: the look-up part is stored to find the row, the whole only as its SHA-256."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=60)
    lookup = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    scope = models.CharField(max_length=8, choices=KeyScope.pairs(), default=KeyScope.READ.value)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (words_known("apikey", scope=KeyScope),)

    def __str__(self):
        return f"{self.name} ({PREFIX}_{self.lookup}_…)"

    @property
    def can_log(self):
        return self.scope in (KeyScope.LOG, KeyScope.DRAFTS)

    @property
    def can_draft(self):
        return self.scope == KeyScope.DRAFTS


class SentRequest(models.Model):
    """A request with an Idempotency-Key that was carried out, with what was answered: sent again, it gives that.

    `sent` is the SHA-256 of the address and the key, `mark` that of what was sent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "sent"),
                name="sent_request_once",
                violation_error_message=_("This request was sent already."),
            ),
        )

    def __str__(self):
        return f"{self.user} {self.sent[:8]}"


def make_secret():
    """(look-up part, whole key): 256 random bits; hexadecimal, so that the parts cannot contain the separator."""
    lookup = secrets.token_hex(6)
    return lookup, f"{PREFIX}_{lookup}_{secrets.token_hex(32)}"


def digest(whole):
    return hashlib.sha256(whole.encode()).hexdigest()
