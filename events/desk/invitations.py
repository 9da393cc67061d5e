"""Links that are handed to people: inviting, letting somebody choose a new password, revoking, using a link."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from events import access, names
from events.choices import Role
from events.desk import audit, people, sessions
from events.models.invitation import VALID_FOR, Invitation, digest, make_secret


@transaction.atomic
def invite(*, by, username, role):
    """Invite somebody to open an account; returns (invitation, secret). The secret is not kept: show it once."""
    access.require_manage_team(by)
    username = User.normalize_username(names.clean(username))
    _require_free(username)
    if role not in Role.codes():
        raise ValidationError({"role": _("Choose the role that the account will have.")})
    _revoke_expired(by, username=username)
    if Invitation.objects.standing().filter(username__iexact=username).exists():
        raise ValidationError({"username": _("There is an open invitation for this name; revoke it first.")})
    made, secret = _make(by=by, username=username, role=role)
    audit.note(made, "invited", by=by, after={"username": username, "role": role})
    return made, secret


@transaction.atomic
def password_link(person, *, by):
    """A link by which a person chooses a new password; it takes the place of an earlier one. Returns (link, secret)."""
    access.require_manage_team(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError(_("This account is closed; open it again first."))
    if person.pk == by.pk:
        raise ValidationError(_("Change your own password under “Password”; a link is for somebody else."))
    if person.username in people.HANDS:
        raise ValidationError(_("This account loads what ships with the product; nobody signs in with it."))
    for earlier in Invitation.objects.standing().filter(account=person):
        _revoke(earlier, by)
    made, secret = _make(by=by, account=person)
    audit.note(made, "password_link", by=by)
    return made, secret


@transaction.atomic
def revoke(invitation, *, by):
    """End an open link now. Revoking it again changes nothing."""
    access.require_manage_team(by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.used_at is not None:
        raise ValidationError(_("This link was used already."))
    if invitation.revoked_at is None:
        _revoke(invitation, by)
    return invitation


@transaction.atomic
def revoke_all(person, *, by):
    """End the open links that a person made, or that are for their account: when they leave, or are no admin any more."""
    access.require_manage_team(by)
    standing = Invitation.objects.standing().filter(Q(created_by=person) | Q(account=person))
    for invitation in standing.select_for_update().order_by("pk"):
        _revoke(invitation, by)


def find(secret):
    """The open link with this secret, or None: wrong, used, revoked and expired ones are alike."""
    return _working().select_related("account").filter(sha256=digest(secret)).first()


@transaction.atomic
def use(secret, *, password):
    """Open the account, or set its password, and return it. Whoever holds the secret acts as the account.

    Raises Invitation.DoesNotExist when the link does not work, ValidationError when the password is too weak.
    """
    link = _working().select_for_update(of=("self",)).get(sha256=digest(secret))
    person = User.objects.select_for_update().get(pk=link.account_id) if link.is_for_password else _opened(link)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise ValidationError({"password1": weak.messages}) from weak
    person.set_password(password)
    person.save()
    if link.is_for_password:
        audit.note(person, "password", by=person, after=gettext_noop("by a link from an admin"))
        sessions.end_all(person, by=person)
    else:
        people.give_role(person, link.role)
        audit.note(person, "created", by=person, after={"role": link.role})
    link.account, link.used_at = person, timezone.now()
    _save(link)
    audit.note(link, "used", by=person)
    return person


def _working():
    still_there = Q(account__isnull=True) | Q(account__is_active=True)
    return Invitation.objects.open(timezone.now()).filter(still_there)


def _opened(link):
    """The account that the invitation is for, not saved yet."""
    _require_free(link.username)
    return User(username=link.username)


def _require_free(username):
    try:
        User._meta.get_field("username").clean(username, None)
    except ValidationError as error:
        raise ValidationError({"username": error.messages}) from error
    if username.lower() in people.HANDS or User.objects.filter(username__iexact=username).exists():
        raise ValidationError(
            {"username": _("There is an account “%(username)s” already; choose another name.") % {"username": username}}
        )


def _make(*, by, **fields):
    secret = make_secret()
    made = Invitation(created_by=by, sha256=digest(secret), expires_at=timezone.now() + VALID_FOR, **fields)
    made.full_clean()
    made.save()
    return made, secret


def _revoke_expired(by, **which):
    for invitation in Invitation.objects.standing().filter(expires_at__lte=timezone.now(), **which):
        _revoke(invitation, by)


def _revoke(invitation, by):
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    _save(invitation)
    audit.note(invitation, "revoked", by=by)


def _save(invitation):
    invitation.version += 1
    invitation.full_clean()
    invitation.save()
