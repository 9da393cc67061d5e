"""Who else has an incident open: told to colleagues so that two do not judge the same at once.

No Change rows: being somewhere changes nothing of the ledger, is forgotten within a day, and a lasting trace of what
everybody looked at and when would be a record about the staff that nobody should be able to hand over.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.models.presence import Presence

WRITE_EVERY = timedelta(seconds=20)
FRESH = timedelta(seconds=60)
FORGET_AFTER = timedelta(days=1)


@transaction.atomic
def here(incident, *, by):
    """Note that the person has the incident open; writes at most once in twenty seconds."""
    if not access.can_see_incident(by, incident):
        raise PermissionDenied(_("This incident is not yours to see."))
    now = timezone.now()
    row, is_new = Presence.objects.get_or_create(person=by, incident=incident, defaults={"since": now, "seen_at": now})
    if is_new:
        Presence.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()
    elif now - row.seen_at >= WRITE_EVERY:
        since = row.since if now - row.seen_at <= FRESH else now
        Presence.objects.filter(pk=row.pk).update(since=since, seen_at=now)
    return row


def others(incident, user):
    """Presence rows of everybody else who was heard of within the last minute, who came first stands first."""
    heard = Presence.objects.filter(incident=incident, seen_at__gte=timezone.now() - FRESH)
    return heard.exclude(person=user).select_related("person").order_by("since", "pk")
