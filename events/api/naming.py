"""From what a key sent (slug, uid or a name) to the one row of the registers it means; several are listed, never picked."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from events import names, uids
from events.desk import registers
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Document, Source

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


def document(given, *, by):
    """The document known under the address, or a new one with its source. Writes only inside the caller's transaction."""
    url = given.get("url", "")
    if known := Document.objects.at_address(url).first():
        return known
    if not given.get("title"):
        raise ValidationError(
            {"title": "It is missing: no document is known under this address yet, so give its title."}
        )
    publisher = _publisher(given.get("source"), url, by=by)
    described = {name: value for name, value in given.items() if name != "source"}
    if not url and (known := Document.objects.filter(source=publisher, url="", title=given["title"]).first()):
        return known
    return registers.add_document(by=by, source=publisher, **described)


def _publisher(given, url, *, by):
    if isinstance(given, dict):
        known = Source.objects.filter(merged_into=None, folded=names.fold(given["name"])).first()
        return known or registers.add_source(by=by, **given)
    if given:
        try:
            return source(given)
        except ValidationError as error:
            raise ValidationError({"source": error.messages}) from error
    if known := registers.find_source(url) if url else None:
        return known
    raise ValidationError({"source": "It is missing: give the slug of the source, or its name and kind."})


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
