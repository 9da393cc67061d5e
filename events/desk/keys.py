"""Issuing and revoking API keys."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.models.change import Change
from events.models.key import ApiKey, digest, make_secret

MOST_IN_USE = 20  # keys of one person at a time


@transaction.atomic
def issue(user, *, by, name, can_write=False, expires_at=None):
    """Make a key for a person; returns (row, secret). The secret is not kept anywhere: show it once.

    People issue their own keys, admins anybody's. Only analysts and editors can have a key that writes, and no key
    ever carries the power of an editor.
    """
    _require_owner(user, by)
    if can_write and not access.can_work(user):
        raise ValidationError({"can_write": _("Only analysts and editors can have a key that writes.")})
    if expires_at is not None and expires_at <= timezone.now():
        raise ValidationError({"expires_at": _("The day of expiry must lie in the future; leave it empty for none.")})
    if ApiKey.objects.usable(timezone.now()).filter(user=user).count() >= MOST_IN_USE:
        raise ValidationError(
            _("%(most)s keys are in use already; revoke one that is no longer needed.") % {"most": MOST_IN_USE}
        )
    lookup, secret = make_secret()
    row = ApiKey(
        user=user,
        name=names.clean(name),
        lookup=lookup,
        sha256=digest(secret),
        can_write=can_write,
        expires_at=expires_at,
    )
    row.full_clean()
    row.save()
    _note(row, "issued", by)
    return row, secret


@transaction.atomic
def revoke(key, *, by):
    """End a key now. Revoking it again changes nothing."""
    _require_owner(key.user, by)
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        _note(key, "revoked", by)
    return key


def _note(key, what, by):
    """The trace of a key: who it belongs to and what it may, never the secret or its hash."""
    held = {"user": key.user_id, "name": key.name, "can_write": key.can_write}
    Change.objects.create(model="apikey", object_uid=key.lookup[:8], field=what, after=held, by=by)


def _require_owner(user, by):
    if by.pk != user.pk and access.role_of(by) != "admin":
        raise PermissionDenied(_("People issue and revoke their own keys; only an admin does it for others."))
