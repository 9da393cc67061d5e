"""The people of the team: who they are and what is in their hands, their roles, closing and opening their accounts."""

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, CharField, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import IncidentStatus, Role
from events.desk import audit, handover, invitations, people, sessions
from events.models.following import MailAddress, SavedSelection
from events.models.key import ApiKey


def members(*, role="", is_active=None):
    """Accounts of people by name, each with its role and with how much is in its hands; not the product's own hands."""
    found = User.objects.exclude(username__in=people.HANDS).annotate(
        role=_role(),
        drafts=_count(handover.in_hands_of(OuterRef("pk")).filter(status=IncidentStatus.DRAFT)),
        submitted=_count(handover.in_hands_of(OuterRef("pk")).filter(status=IncidentStatus.SUBMITTED)),
        reviews=_count(handover.reviewed_by(OuterRef("pk"))),
        keys_in_use=_count(ApiKey.objects.usable(timezone.now()).filter(user=OuterRef("pk"))),
    )
    if role:
        found = found.filter(role=role)
    if is_active is not None:
        found = found.filter(is_active=is_active)
    return found.order_by("username", "pk")


@transaction.atomic
def change_role(person, *, by, role):
    """Give a person another role; it holds at once, in open sessions too. Their work stays under their name."""
    access.require_manage_team(by)
    person = _locked(person, by)
    if role not in Role.codes():
        raise ValidationError({"role": _("Choose one of the roles.")})
    before = access.granted_role(person)
    if before == role:
        return person
    people.give_role(person, role)
    audit.note(person, "role", by=by, before=before, after=role)
    if before == Role.ADMIN:
        invitations.revoke_all(person, by=by)
    return person


@transaction.atomic
def deactivate(person, *, by):
    """Close an account: nobody signs in with it, its sessions end, its API keys stop. Its work stays as it is.

    What the person followed, and where letters about it went, is forgotten for good.
    """
    access.require_manage_team(by)
    person = _locked(person, by)
    if person.is_active:
        _set_active(person, False, by)
        SavedSelection.objects.filter(person=person).delete()
        MailAddress.objects.filter(person=person).delete()
        sessions.end_all(person, by=by)
        invitations.revoke_all(person, by=by)
    return person


@transaction.atomic
def reactivate(person, *, by):
    """Open a closed account again, with the role, the password and the API keys it had."""
    access.require_manage_team(by)
    person = _locked(person, by)
    if not person.is_active:
        _set_active(person, True, by)
    return person


def _set_active(person, is_active, by):
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    audit.note(person, "is_active", by=by, before=not is_active, after=is_active)


def _locked(person, by):
    """The person as they are now; never oneself.

    All admins are locked with them, and whoever acts has to be one still: two admins who take each other's power at
    the same moment would leave none otherwise.
    """
    if person.pk == by.pk:
        raise ValidationError(_("You cannot do this to yourself; another admin has to. So there is always one."))
    if person.username in people.HANDS:
        raise ValidationError(_("This account loads what ships with the product; it stays as it is."))
    wanted = Q(pk__in=[person.pk, by.pk]) | Q(is_superuser=True)
    rows = {row.pk: row for row in User.objects.select_for_update().filter(wanted).order_by("pk")}
    access.require_manage_team(rows[by.pk])
    return rows[person.pk]


def _role():
    """The role as a column, as `access.granted_role` says it."""
    groups = Group.objects.filter(user=OuterRef("pk"))
    return Case(
        When(is_superuser=True, then=Value(Role.ADMIN.value)),
        When(Exists(groups.filter(name=access.EDITORS)), then=Value(Role.EDITOR.value)),
        When(Exists(groups.filter(name=access.ANALYSTS)), then=Value(Role.ANALYST.value)),
        default=Value(Role.RESEARCHER.value),
        output_field=CharField(),
    )


def _count(rows):
    """How many of these rows there are, as a column."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())  # not Count, which would group the rows
    return Subquery(rows.order_by().annotate(number=counted).values("number"))
