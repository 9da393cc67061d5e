"""A selection as a bundle of STIX 2.1, an incident at a time: from the documents of its editions alone. No HTTP.

In memory are a few documents at a time, and the ids of actors and places that the bundle holds already.
"""

from itertools import chain, islice

import orjson
from django.db.models import Count, Max, Min, OuterRef, Subquery, Window

from events import uids
from events.exchange import stix, stix_objects, stix_schema
from events.models.edition import ENTRIES, Edition, PublishedRelation, Subject
from events.record import flat
from events.record.shelves import NOW

MEDIA_TYPE = stix_objects.MEDIA_TYPE
SCHEMA = stix_schema.SCHEMA
CHUNK = 100  # documents in memory at a time
_COLUMNS = (
    *("total", "edition_id", "edition__sha256", "edition__published_at", "first_published_at"),
    "edition__document__body",
)


def read(chosen, shelf, base, schema, order="newest"):
    """flat.Flat of a selection on its shelf; its `rows` are the objects of the bundle and its `total` counts incidents.

    `schema` is the address of SCHEMA. One statement counts and reads; each CHUNK costs two queries more.
    """
    found = chosen.order_by(*flat.ORDERS[order]).annotate(total=Window(Count("pk"))).values(*_COLUMNS)
    rows = found.iterator(chunk_size=CHUNK)
    first = next(rows, None)
    total, rows_left = (first["total"], chain([first], rows)) if first else (0, iter(()))
    return flat.Flat(total, _objects(rows_left, chosen, shelf, base, schema), rows)


def as_bundle(objects, asked):
    """Pieces of the bundle; `asked` are the words from which its id follows."""
    head = {"type": "bundle", "id": stix_objects.identifier("bundle", *asked)}
    yield orjson.dumps(head)[:-1] + b',"objects":[\n'
    separator = b""
    while piece := list(islice(objects, flat.CHUNK)):
        yield separator + b",\n".join(orjson.dumps(one) for one in piece)
        separator = b",\n"
    yield b"\n]}\n"


def _objects(rows, chosen, shelf, base, schema):
    bundle, until = stix.Bundle(), None
    if shelf is not NOW:
        until = chosen.order_by().aggregate(last=Max("edition_id"))["last"]
    yield from stix_objects.frame(schema)
    while piece := list(islice(rows, CHUNK)):
        editions = [_edition(row, base) for row in piece]
        bundle.moments = _moments(editions, bundle, until)
        bundle.incidents = _ends(editions, chosen)
        for edition in editions:
            yield from stix.incident(edition, bundle)
    if shelf is NOW:
        yield from _relations(bundle, base)


def _edition(row, base):
    return stix.Edition(
        document=orjson.loads(row["edition__document__body"]),
        sha256=row["edition__sha256"],
        created=row["first_published_at"],
        published=row["edition__published_at"],
        base=base,
    )


def _moments(editions, bundle, until):
    """Shown uid → when the register's entry appeared and when it changed last, for actors and places that are new here.

    `until` is the last edition of an earlier state, None for the present. One query.
    """
    named = {actor["uid"] for edition in editions for actor in edition.document["actors"].values()}
    named = {uid for uid in named if stix_objects.identifier("identity", uid) not in bundle.written}
    named |= {place["uid"] for edition in editions if (place := edition.document["location"])}
    entries = Edition.objects.filter(subject__in=ENTRIES, subject_uid__in=[uids.parse(uid) for uid in named])
    if until is not None:
        entries = entries.filter(pk__lte=until)
    spans = entries.order_by().values_list("subject_uid").annotate(Min("published_at"), Max("published_at"))
    return {uids.shown(uid): span for uid, *span in spans}


def _ends(editions, chosen):
    """Shown uids of those incidents of the selection to which these point. One query."""
    pointed = {link["to"] for edition in editions for link in edition.document["links"]}
    pointed |= {edition.document["part_of"] for edition in editions if edition.document["part_of"]}
    here = chosen.order_by().filter(uid__in=[uids.parse(uid) for uid in pointed])
    return {uids.shown(uid) for uid in here.values_list("uid", flat=True)}


def _relations(bundle, base):
    """The relations that stand between actors of the bundle, as they are today. One query."""
    firsts = Edition.objects.filter(subject=Subject.RELATION, subject_uid=OuterRef("uid"), number=1)
    held = PublishedRelation.objects.filter(stands=True).order_by("uid")
    columns = ("edition__document__body", "edition__sha256", "first", "edition__published_at")
    rows = held.annotate(first=Subquery(firsts.values("published_at")[:1])).values_list(*columns)
    for body, sha256, first, published in rows.iterator(chunk_size=CHUNK):
        document = orjson.loads(body)
        ends = (document["actors"][document[end]]["uid"] for end in ("subject", "object"))
        if all(stix_objects.identifier("identity", uid) in bundle.written for uid in ends):
            yield from stix.relation(stix.Edition(document, sha256, first or published, published, base), bundle)
