"""Who sends a request to the API: nobody in particular, or the person whose key it carries."""

import hmac
import re
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from events import access
from events.models.key import PREFIX, ApiKey, digest

NOTED_EVERY = timedelta(minutes=10)  # reading with a key must not cost a write per request
_KEY = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_[0-9a-f]{{64}}")


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer flk_…`. No header is fine; a header that is not a valid key never passes as no header."""

    def authenticate(self, request):
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(f"Send the key as “Authorization: Bearer {PREFIX}_…”.")
        return self.identified(secret.strip())

    def identified(self, secret):
        """(user, key) of a secret that is a usable key; anything else is refused."""
        return admitted(find(secret))

    def authenticate_header(self, request):
        return 'Bearer realm="Frontier Ledger API"'


def admitted(key):
    """(person, key) of a key that may be used now; else AuthenticationFailed says why it may not."""
    _require_usable(key)
    _note_use(key)
    # A key that leaks must not publish: an editor's key included.
    user = access.as_analyst_at_most(key.user)
    user.acting_key_id = key.pk  # for the trace of what is done
    return user, key


def find(secret):
    """The key whose whole text this is; AuthenticationFailed without one."""
    match = _KEY.fullmatch(secret)
    key = ApiKey.objects.select_related("user").filter(lookup=match[1]).first() if match else None
    # The digest is compared even without a row, so that the time taken tells nothing about which look-up parts exist.
    known = hmac.compare_digest(digest(secret), key.sha256 if key else "0" * 64)
    if key is None or not known:
        raise AuthenticationFailed("This key is not known. Check that it was copied whole, or read without a key.")
    return key


def _require_usable(key):
    if key.revoked_at is not None:
        raise AuthenticationFailed("This key was revoked. Get a new one, or read without a key.")
    if key.expires_at is not None and key.expires_at <= timezone.now():
        raise AuthenticationFailed(
            f"This key expired on {key.expires_at:%Y-%m-%d}. Get a new one, or read without a key."
        )
    if not key.user.is_active:
        raise AuthenticationFailed("The account of this key is closed.")


def _note_use(key):
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    if key.last_used_at is None or key.last_used_at < now - NOTED_EVERY:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
