"""From what a key sent (slug, uid or a name) to the one row of the registers it means; several are listed, never picked."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from events import names, uids
from events.desk import citing
from events.desk.problems import errors_under
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Source

SHOWN = 8  # how many candidates a sentence names


def claimant(text):
    return _actor(text, "claimant_text takes the words of the document instead")


def actor(text):
    return _actor(text, "a new actor is added at the desk")


def location(text):
    found = Location.objects.current().with_ancestors()
    return _one(found, text, Location.objects.named(text), "place", "a new place is added at the desk")


def source(text):
    named = Source.objects.filter(folded=names.fold(text))
    return _one(Source.objects.filter(merged_into=None), text, named, "source", "describe a new one by name and kind")


def document(given, *, by, despite=False):
    """The document known under the address, or a new one with its source. Writes only inside the caller's transaction.

    With `despite`, a new source may go by nearly the name of another one.
    """
    if known := citing.known_at(given.get("url", "")):
        return known
    publisher = given.get("source")
    if publisher and not isinstance(publisher, dict):
        with errors_under("source"):
            publisher = source(publisher)
    return citing.cited_document(by=by, despite=despite, **{**given, "source": publisher})


def _actor(text, otherwise):
    return _one(Actor.objects.current(), text, Actor.objects.named(text), "actor", otherwise)


def _one(rows, text, named, noun, otherwise):
    found = list(rows.filter(Q(slug=text) | Q(uid=uids.parse(text) or text))) or list(rows.filter(pk__in=named))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(f"“{text}” is no {noun} of the register. Give its slug, uid or exact name; {otherwise}.")
    listed = "; ".join(f"{row.name}{_within(row)} ({row.slug})" for row in found[:SHOWN])
    raise ValidationError(f"“{text}” names {len(found)} entries: {listed}. Give the slug of the one you mean.")


def _within(row):
    within = row.within if isinstance(row, Location) else ""
    return f", {within}" if within else ""
