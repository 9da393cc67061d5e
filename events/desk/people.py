"""Accounts: the product's own hands, which load what ships, and the demo people."""

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

from events import access

# Loading goes through the desk's verbs, so somebody has to do it; four eyes need two. Neither can sign in.
RECORDER, REGISTRAR = "founding-recorder", "founding-registrar"


def recorder():
    """The account that logs what ships with the product."""
    return _hand(RECORDER, access.ANALYSTS)


def registrar():
    """The account that keeps the registers and reviews what ships with the product."""
    return _hand(REGISTRAR, access.EDITORS)


@transaction.atomic
def demo_people():
    """[(user name, role, password)] of the demo accounts that were missing and are now made, with random passwords."""
    made = []
    for name, role, group in (
        ("demo-analyst", "analyst", access.ANALYSTS),
        ("demo-editor", "editor", access.EDITORS),
        ("demo-researcher", "researcher", None),
    ):
        if User.objects.filter(username=name).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(name, password=password)
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        made.append((name, role, password))
    return made


def _hand(name, group):
    user, is_new = User.objects.get_or_create(username=name)
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user
