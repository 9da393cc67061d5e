"""Saving selections and changing what was saved. Private reading: no row of the ledger, so no verb leaves Change rows."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from events import names
from events.choices import Telling
from events.following import hooks, news
from events.models.following import BY_MAIL, SavedSelection
from events.record.selection import Selection

MOST = 50  # saved selections of one person
LONGEST = SavedSelection._meta.get_field("query").max_length


@transaction.atomic
def save(*, by, name, query):
    """Keep a query string of the timeline under a name; returns the row. Nothing is told of it until that is asked for."""
    User.objects.select_for_update().get(pk=by.pk)  # so that two tabs at once do not pass the limit
    if by.saved_selections.count() >= MOST:
        raise ValidationError(gettext("You keep %(most)d selections already; delete one first.") % {"most": MOST})
    saved = SavedSelection(person=by, name=_name(name), query=_normal(query))
    saved.seen_at = timezone.now()
    saved.full_clean()
    saved.save()
    return _begun(saved)


@transaction.atomic
def change(saved, *, by, query):
    """Let a saved selection mean another query string. What is new counts from now on."""
    saved = locked(saved, by)
    saved.query = _normal(query)
    saved.full_clean()
    return _begun(saved)


@transaction.atomic
def rename(saved, *, by, name):
    saved = locked(saved, by)
    saved.name = _name(name)
    saved.full_clean()
    saved.save()
    return saved


@transaction.atomic
def tell(saved, *, by, way, target=""):
    """Choose how the person is told; returns (row, secret), the secret only for a webhook that has a new address.

    What is new counts from the moment at which telling begins. What waits to be delivered in another way is taken
    back, and is told in the new one.
    """
    saved = locked(saved, by)
    _require_on(way, by)
    target = hooks.checked(target) if way == Telling.WEBHOOK else ""
    was, secret = (saved.tell, saved.target), None
    if was == (way, target):
        return saved, None
    _take_back(saved)
    if saved.tell == Telling.NO:
        saved.told_sequence = news.latest()
    saved.tell, saved.target, saved.nonce = way, target, ""
    saved.told_at, saved.paused_at, saved.pause_note = timezone.now(), None, ""
    if way == Telling.WEBHOOK:
        saved.nonce, secret = hooks.new_secret()
    saved.full_clean()
    saved.save()
    return saved, secret


@transaction.atomic
def renew_secret(saved, *, by):
    """A new secret for the webhook; the old one signs nothing from now on. Returns (row, secret)."""
    saved = locked(saved, by)
    if saved.tell != Telling.WEBHOOK:
        raise ValidationError(gettext("Only a webhook has a secret."))
    saved.nonce, secret = hooks.new_secret()
    saved.save(update_fields=["nonce"])
    return saved, secret


@transaction.atomic
def seen(saved, *, by, up_to):
    """Note that the person looked at everything up to this position. It never goes back, nor beyond what there is."""
    saved = locked(saved, by)
    up_to = min(up_to, news.latest())
    if up_to > saved.seen_sequence:
        saved.seen_sequence, saved.seen_at = up_to, timezone.now()
        news.remember(saved, _selection(saved))
        saved.save(update_fields=["seen_sequence", "seen_at", "is_wide"])
    return saved


@transaction.atomic
def delete(saved, *, by):
    """Forget a saved selection with all that was and is to be delivered of it."""
    locked(saved, by).delete()


def locked(saved, by):
    """The row as it is now; only its own person has it in hand."""
    if saved.person_id != by.pk:
        raise PermissionDenied(gettext("A saved selection is its own person's."))
    return SavedSelection.objects.select_for_update().get(pk=saved.pk)


def stop(saved_uid):
    """Tell no more of this selection, by the link in a letter; whoever holds the letter may. True if there is one."""
    with transaction.atomic():
        saved = SavedSelection.objects.select_for_update().filter(uid=saved_uid).first()
        if saved is not None and saved.tell in BY_MAIL:
            saved.deliveries.undelivered().delete()
            saved.tell = Telling.NO
            saved.paused_at, saved.pause_note = None, ""
            saved.save(update_fields=["tell", "paused_at", "pause_note"])
    return saved is not None


def _name(name):
    return " ".join(names.clean(name).split())


def _normal(query):
    """The query string in its one spelling; ValidationError with the record's own sentences."""
    selection = Selection.parse(QueryDict(query))
    if selection.errors:
        raise ValidationError({"query": [sentence for found in selection.errors.values() for sentence in found]})
    text = selection.querystring
    if len(text) > LONGEST:
        raise ValidationError({"query": gettext("This selection is too long to be kept; choose fewer filters.")})
    return text


def _begun(saved):
    """Everything until now counts as seen and told, and what fits now as all that ever fitted."""
    saved.seen_sequence = saved.told_sequence = news.latest()
    saved.seen_at, saved.is_wide = timezone.now(), False
    saved.followed.all().delete()
    news.remember(saved, _selection(saved))
    saved.save()
    return saved


def _selection(saved):
    return Selection.parse(QueryDict(saved.query))


def _require_on(way, by):
    if way in BY_MAIL and not settings.MAIL_HOST:
        raise ValidationError({"tell": gettext("This server sends no e-mail.")})
    if way == Telling.WEBHOOK and not settings.WEBHOOKS:
        raise ValidationError({"tell": gettext("This server calls no webhooks.")})


def _take_back(saved):
    """Forget what was not delivered, and the position that it moved, so that it is told in the way chosen next."""
    if (first := saved.deliveries.undelivered().order_by("after_sequence").first()) is not None:
        saved.told_sequence = first.after_sequence
    saved.deliveries.undelivered().delete()
