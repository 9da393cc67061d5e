"""Public incidents as flat rows, in the order of the record or another: read a chunk at a time, however many there are."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from django.db.models import Count, Window

from events.models.edition import PublishedParticipant
from events.record import columns
from events.record.filters import AIMED_AT

ORDERS = {"newest": ("-sort_date", "-uid"), "oldest": ("sort_date", "uid"), "updated": ("-edition_id",)}  # all total
CHUNK = 500  # rows in memory at a time; each chunk costs one query beside the one that all are read with


@dataclass(frozen=True)
class Flat:
    """`rows` are dicts that `columns.cells` reads, to be taken once; `total` is how many there will be, exactly.

    Whoever does not take them all has to `close` it, as the database holds the answer open.
    """

    total: int
    rows: Iterator
    source: Generator

    def close(self):
        self.source.close()


def read(chosen, base, order="newest"):
    """Flat of a queryset of PublishedIncident; `base` is scheme and host of this site, such as https://example.org.

    One statement counts and reads, so that nothing published meanwhile can make the two differ.
    """
    found = chosen.order_by(*ORDERS[order]).annotate(total=Window(Count("pk"))).values("total", *columns.PATHS)
    rows = found.iterator(chunk_size=CHUNK)
    first = next(rows, None)
    if first is None:
        return Flat(0, iter(()), rows)
    return Flat(first["total"], _completed(chain([first], rows), base), rows)


def _completed(rows, base):
    while chunk := list(islice(rows, CHUNK)):
        targets = _targets([row["uid"] for row in chunk])
        for row in chunk:
            yield row | {"base": base, "targets": targets.get(row["uid"], [])}


def _targets(uids):
    """uid → [(slug, name, side)] of those at whom it was aimed, by name. One query."""
    found = {}
    parts = PublishedParticipant.objects.filter(incident__in=uids, part__in=AIMED_AT, is_direct=True)
    named = parts.order_by().values_list("incident", "actor__slug", "actor__name", "actor__side")
    for uid, *actor in named.distinct():
        found.setdefault(uid, []).append(tuple(actor))
    return {uid: sorted(actors, key=by_name) for uid, actors in found.items()}


def by_name(target):
    """Key that sorts targets, letter by letter as their codes run: databases sort names each in its own way."""
    slug, name, _ = target
    return name, slug
