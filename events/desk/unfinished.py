"""Keeping what is typed and not sent yet: saved while typing, found again after any accident, put away once sent."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.models.unfinished import UnfinishedEntry

MOST = 100  # entries of one person that wait
LARGEST = 6_000_000  # characters of one entry: a pasted text of two million and all that is said about it
_KEPT_AFTER_SENDING = timedelta(days=30)


class Elsewhere(Exception):
    """Another page has saved this entry since: what is typed here must not overwrite it."""


@transaction.atomic
def keep(*, by, page, key, revision, changed, gone=(), label=""):
    """Save what changed in a form since its revision: `changed` maps inputs to lists of texts, `gone` lists inputs.

    Returns the entry. Raises Elsewhere when another page saved or sent it meanwhile, ValidationError for what no form
    of the desk sends.
    """
    access.require_work(by)
    entry = UnfinishedEntry.objects.select_for_update().filter(person=by, key=key).first()
    if entry is None:
        _require_room(by)
        entry = UnfinishedEntry(person=by, key=key, page=page)
    if entry.revision != revision or entry.sent_to:
        raise Elsewhere
    changed = {_storable(name): [_storable(text) for text in texts] for name, texts in changed.items()}
    entry.typed = {name: texts for name, texts in (entry.typed | changed).items() if name not in set(gone)}
    if sum(len(text) for texts in entry.typed.values() for text in texts) > LARGEST:
        raise ValidationError(
            _("This is more than the %(most)s characters that can be kept; shorten the text.")
            % {"most": f"{LARGEST:,}"}
        )
    entry.label = names.clean(label)[:200]
    entry.revision += 1
    entry.full_clean()
    entry.save()
    return entry


@transaction.atomic
def sent(*, by, key, to):
    """Note that the entry became what stands at the address `to`; nothing to do where the page kept none."""
    if not key:
        return
    UnfinishedEntry.objects.filter(person=by, key=key).update(typed={}, sent_to=to[:300])
    UnfinishedEntry.objects.filter(person=by, saved_at__lt=timezone.now() - _KEPT_AFTER_SENDING).exclude(
        sent_to=""
    ).delete()


@transaction.atomic
def discard(entry, *, by):
    """Throw away what was typed; only its own person can."""
    UnfinishedEntry.objects.filter(pk=entry.pk, person=by).delete()


def waiting(user, page=None):
    """The person's entries that are not sent, last saved first; those of one page where it is named."""
    entries = user.unfinished_entries.filter(sent_to="").order_by("-saved_at", "-pk").defer("typed")
    return entries.filter(page=page) if page else entries


def of(user, uid):
    """The person's entry with this uid, or None."""
    return user.unfinished_entries.filter(uid=uid).first()


def _storable(text):
    """The text as typed, without the two things that PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _require_room(by):
    if waiting(by).count() >= MOST:
        raise ValidationError(
            _("%(most)s entries wait unsent already; send or discard some of them under “My work”.") % {"most": MOST}
        )
