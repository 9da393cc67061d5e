"""Who did what to whom among the accounts: the trace that each such act leaves, and reading it in words."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import KeyScope, Role
from events.models.change import Change
from events.models.invitation import Invitation

KINDS = {"user": _("Accounts"), "invitation": _("Links"), "apikey": _("API keys")}
_ACTS = {
    ("user", "created"): _("opened the account by invitation"),
    ("user", "role"): _("changed the role"),
    ("user", "is_active"): _("closed or opened the account again"),
    ("user", "password"): _("set the password"),
    ("user", "session"): _("ended a session"),
    ("user", "sessions"): _("ended sessions"),
    ("user", "work"): _("handed over work"),
    ("invitation", "invited"): _("invited"),
    ("invitation", "password_link"): _("made a password link"),
    ("invitation", "used"): _("used the link"),
    ("invitation", "revoked"): _("revoked the link"),
    ("apikey", "issued"): _("issued an API key"),
    ("apikey", "revoked"): _("revoked an API key"),
}

_KEYS = {
    KeyScope.READ: "“%(name)s”",
    KeyScope.LOG: _("“%(name)s”, which may log drafts"),
    KeyScope.DRAFTS: _("“%(name)s”, which may log, read, change and submit drafts"),
}


@dataclass(frozen=True)
class Entry:
    """One act, for people; `detail` is "" when the act says it all."""

    at: datetime
    by: str
    act: str
    whom: str
    detail: str


def key_of(person):
    """How Change rows name an account: a letter that no uid has, and the primary key."""
    return f"U{person.pk:07d}"


def note(subject, field, *, by, before=None, after=None):
    """Write what was done to an account or an invitation. Never hand in a password, a secret or its hash."""
    is_person = isinstance(subject, User)
    Change.objects.create(
        model="user" if is_person else "invitation",
        object_uid=key_of(subject) if is_person else subject.uid,
        field=field,
        before=before,
        after=after,
        by=by,
    )


def acts(*, kind="", person=None):
    """Change rows about accounts, links and keys, newest first; of one kind, and done by or to one person."""
    found = Change.objects.filter(model__in=[kind] if kind else KINDS).select_related("by").order_by("-at", "-pk")
    if person is None:
        return found
    of_person = Q(account=person) | Q(username=person.username)
    links = Invitation.objects.filter(of_person).values("uid")
    return found.filter(
        Q(by=person)
        | Q(model="user", object_uid=key_of(person))
        | Q(model="invitation", object_uid__in=links)
        | Q(model="apikey", after__user=person.pk)
    )


def in_words(changes):
    """List of Entry in the order of the changes; two queries for all the names in them."""
    changes = list(changes)
    uids = {change.object_uid for change in changes if change.model == "invitation"}
    links = {row.uid: row for row in Invitation.objects.filter(uid__in=uids).select_related("account")}
    names = dict(User.objects.filter(pk__in=_people_in(changes)).values_list("pk", "username"))
    return [_entry(change, links, names) for change in changes]


def _people_in(changes):
    """Primary keys of everybody whom the changes are about, or name."""
    found = {int(change.object_uid[1:]) for change in changes if change.model == "user"}
    named = [change.after for change in changes if isinstance(change.after, dict)]
    return found | {after[name] for after in named for name in ("user", "to", "reviews_to") if after.get(name)}


def _entry(change, links, names):
    act = _ACTS.get((change.model, change.field), change.field.replace("_", " "))
    return Entry(change.at, str(change.by), act, _whom(change, links, names), _detail(change, names))


def _whom(change, links, names):
    if change.model == "user":
        return names.get(int(change.object_uid[1:]), "")
    if change.model == "apikey":
        return names.get(change.after.get("user"), "")
    link = links.get(change.object_uid)
    return "" if link is None else link.username or str(link.account)


def _detail(change, names):
    before, after = change.before, change.after
    if change.field == "role":
        roles = {"before": _role(before), "after": _role(after)}
        return gettext("from %(before)s to %(after)s") % roles
    if change.field == "is_active":
        return gettext("opened again") if after else gettext("closed")
    if change.field == "sessions":
        return gettext("%(count)s in all") % {"count": before}
    if change.field == "password":
        return gettext(after) if after else ""
    if change.field == "work":
        return _work(after, names)
    if change.field in ("invited", "created"):
        return gettext("as %(role)s") % {"role": _role(after["role"])}
    if change.model == "apikey":
        scope = after.get("scope") or (KeyScope.LOG if after["can_write"] else KeyScope.READ)  # older rows
        return _KEYS[scope] % {"name": after["name"]}
    return after if isinstance(after, str) else before if isinstance(before, str) else ""


def _work(after, names):
    told = [
        (gettext("incidents: %(count)s, to %(person)s"), after["incidents"], after["to"]),
        (gettext("reviews: %(count)s, to %(person)s"), after["reviews"], after["reviews_to"]),
    ]
    nobody = gettext("nobody")
    return "; ".join(words % {"count": count, "person": names.get(to, nobody)} for words, count, to in told if to)


def _role(code):
    return gettext(Role.label_of(code)).lower()
