"""Accounts: how a role is given, the product's own hands, which load what ships, and the demo people."""

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

from events import access
from events.choices import Role

# Loading goes through the desk's verbs, so somebody has to do it; four eyes need two. Neither can sign in.
RECORDER, REGISTRAR = HANDS = "founding-recorder", "founding-registrar"
GROUP_OF = {Role.ANALYST: access.ANALYSTS, Role.EDITOR: access.EDITORS}


def recorder():
    """The account that logs what ships with the product."""
    return _hand(RECORDER, Role.ANALYST)


def registrar():
    """The account that keeps the registers and reviews what ships with the product."""
    return _hand(REGISTRAR, Role.EDITOR)


@transaction.atomic
def demo_people():
    """[(user name, role, password)] of the demo accounts that were missing and are now made, with random passwords."""
    made = []
    for role in (Role.ANALYST, Role.EDITOR, Role.RESEARCHER, Role.ADMIN):
        name = f"demo-{role}"
        if User.objects.filter(username=name).exists():
            continue
        password = secrets.token_urlsafe(12)
        give_role(User.objects.create_user(name, password=password), role)
        made.append((name, str(role), password))
    return made


def give_role(user, role):
    """Let the account have exactly this role; other groups it may be in stay."""
    user.is_superuser = user.is_staff = role == Role.ADMIN
    user.save(update_fields=["is_superuser", "is_staff"])
    user.groups.remove(*Group.objects.filter(name__in=GROUP_OF.values()))
    if role in GROUP_OF:
        user.groups.add(Group.objects.get_or_create(name=GROUP_OF[role])[0])
    user.__dict__.pop("_ledger_role", None)


def _hand(name, role):
    user, is_new = User.objects.get_or_create(username=name)
    if is_new:
        user.set_unusable_password()
        user.save()
        give_role(user, role)
    return user
