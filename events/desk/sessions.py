"""Who is signed in where, and ending that. Kept of a session: since when, which browser, and from which network."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import access
from events.desk import audit

_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")  # in this order: most of them name the later ones as well
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
_SAID = {"Edg": "Edge", "OPR": "Opera"}
_IPV4_KEPT, _IPV6_KEPT = 24, 48  # bits of an address that name the network, not the household


@dataclass(frozen=True)
class OpenSession:
    pk: int
    since: datetime
    browser: str
    network: str
    is_current: bool


def of(person, *, current_key=None):
    """List of OpenSession of a person, newest first; two of them cost what twenty cost."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=live).order_by("-created_at", "-pk")
    return [
        OpenSession(row.pk, row.created_at, browser(row.user_agent), row.ip, row.session_key == current_key)
        for row in rows
    ]


@transaction.atomic
def end(session, *, by):
    """End one session (a UserSession): one's own, or as an admin anybody's."""
    _require_owner(session.user, by)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept stays English
        said = f"{browser(session.user_agent)}, since {session.created_at:%Y-%m-%d %H:%M} UTC"
    _forget([session.session_key])
    audit.note(session.user, "session", by=by, before=said)


@transaction.atomic
def end_all(person, *, by, keep=None):
    """End the sessions of a person, but the one with the key `keep`. Returns how many were ended."""
    _require_owner(person, by)
    keys = [key for key in _keys_of(person) if key != keep]
    _forget(keys)
    if keys:
        audit.note(person, "sessions", by=by, before=len(keys), after=0)
    return len(keys)


def network(address):
    """The network of an address, as an address: without what tells one household from another."""
    address = ipaddress.ip_address(address)
    bits = _IPV4_KEPT if address.version == 4 else _IPV6_KEPT
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False).network_address)


def browser(user_agent):
    """What a browser says of itself in two words: "Firefox on Linux"."""
    name = next((name for name in _BROWSERS if name in user_agent), None)
    system = next((said for word, said in _SYSTEMS.items() if word in user_agent), None)
    name = _SAID.get(name, name or _("Some program"))
    return _("%(name)s on %(system)s") % {"name": name, "system": system} if system else name


def _keys_of(person):
    """Keys of everything that is signed in as this person: a session names its person only inside its signed data."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    return [row.session_key for row in live.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)]


def _forget(keys):
    UserSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(session_key__in=keys).delete()


def _require_owner(person, by):
    if by.pk != person.pk and not access.can_manage_team(by):
        raise PermissionDenied(_("People end their own sessions; only an admin ends those of others."))
