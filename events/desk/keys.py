"""Issuing and revoking API keys."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.choices import KeyScope
from events.models.change import Change
from events.models.key import ApiKey, digest, make_secret

MOST_IN_USE = 20  # keys of one person at a time
USUAL = timedelta(days=90)  # how long a key works unless told otherwise
LONGEST_WRITING = timedelta(days=367)  # of keys that do more than read; the last day of a year counts whole
SOON = timedelta(days=14)  # from when on the list says that a key ends
USUALLY = object()


@transaction.atomic
def issue(user, *, by, name, scope=KeyScope.READ, expires_at=USUALLY):
    """Make a key for a person; returns (row, secret). The secret is not kept anywhere: show it once.

    People issue their own keys, admins anybody's. Only analysts and editors can have a key that does more than read,
    and no key ever carries the power of an editor. `expires_at` None means no end, for keys that only read.
    """
    _require_owner(user, by)
    now = timezone.now()
    expires_at = now + USUAL if expires_at is USUALLY else expires_at
    _require_scope(user, scope)
    _require_end(scope, expires_at, now)
    if ApiKey.objects.usable(now).filter(user=user).count() >= MOST_IN_USE:
        raise ValidationError(
            _("%(most)s keys are in use already; revoke one that is no longer needed.") % {"most": MOST_IN_USE}
        )
    lookup, secret = make_secret()
    row = ApiKey(
        user=user,
        name=names.clean(name),
        lookup=lookup,
        sha256=digest(secret),
        scope=scope,
        expires_at=expires_at,
    )
    row.full_clean()
    row.save()
    _note(row, "issued", by)
    return row, secret


def _require_scope(user, scope):
    if scope not in KeyScope.codes():
        raise ValidationError({"scope": _("Choose what the key may do from the list.")})
    if scope != KeyScope.READ and not access.can_work(user):
        raise ValidationError({"scope": _("Only analysts and editors can have a key that does more than read.")})


def _require_end(scope, expires_at, now):
    if expires_at is not None and expires_at <= now:
        raise ValidationError({"expires_at": _("The last day of use must lie in the future.")})
    if scope != KeyScope.READ and (expires_at is None or expires_at > now + LONGEST_WRITING):
        raise ValidationError({"expires_at": _("A key that does more than read ends within a year.")})


def standing(user):
    """The keys of a person for their page, newest first, each with `is_over` and `ends_in` (days, None unless soon)."""
    now, rows = timezone.now(), list(user.api_keys.all())
    for row in rows:
        row.is_over = row.expires_at is not None and row.expires_at <= now
        is_soon = row.expires_at is not None and now < row.expires_at <= now + SOON
        row.ends_in = (row.expires_at - now).days if is_soon and row.revoked_at is None else None
    return rows


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
    held = {"user": key.user_id, "name": key.name, "scope": str(key.scope)}
    Change.objects.create(model="apikey", object_uid=key.lookup[:8], field=what, after=held, by=by)


def _require_owner(user, by):
    if by.pk != user.pk and access.role_of(by) != "admin":
        raise PermissionDenied(_("People issue and revoke their own keys; only an admin does it for others."))
