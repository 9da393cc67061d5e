"""Adding entries to the registers: anyone of the desk may. Whether one is known already is asked by the doors."""

from urllib.parse import urlsplit

from django.db import transaction

from events import access
from events.desk.problems import errors_under
from events.desk.registers import aliases as aliases_of
from events.desk.registers import columns
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Document, Source
from events.press import traces


@transaction.atomic
def add_actor(*, by, aliases=(), **fields):
    """Add an actor; `aliases` are dicts with text, language and kind."""
    actor = _add(Actor, by=by, fields=fields)
    for number, alias in enumerate(aliases):
        with errors_under(f"aliases.{number}"):
            aliases_of.add(actor, by=by, **alias)
    return actor


@transaction.atomic
def add_location(*, by, aliases=(), **fields):
    """Add a place within its parent; country, province and district are copied from above."""
    location = _add(Location, by=by, fields=fields)
    columns.place_within(location, by)
    for number, alias in enumerate(aliases):
        with errors_under(f"aliases.{number}"):
            aliases_of.add(location, by=by, **alias)
    return location


def add_source(*, by, **fields):
    """Add a source. Only editors grade it: for anybody else the reliability is F, cannot be judged."""
    if not access.can_judge(by):
        fields = {name: value for name, value in fields.items() if not name.startswith("reliability")}
    return _add(Source, by=by, fields=fields)


def add_document(*, by, **fields):
    """Add a document. A captured text is kept with its SHA-256 (of the UTF-8 bytes) and never edited later."""
    return _add(Document, by=by, fields=fields)


def find_source(address):
    """The source whose domain an address belongs to (exactly or below it), or None."""
    labels = (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.").split(".")
    domains = [".".join(labels[first:]) for first in range(len(labels) - 1)]
    found = Source.objects.filter(domain__in=domains, merged_into=None).order_by("-pk")
    return max(found, key=lambda source: (len(source.domain), -source.pk), default=None)


def _add(model, *, by, fields):
    access.require_work(by)
    row = model(created_by=by)
    columns.fill(row, fields)
    if hasattr(row, "slug") and not row.slug:
        row.slug = columns.free_slug(model, row.name)
    row.full_clean()
    row.save()
    traces.created(row, by=by)
    return row
