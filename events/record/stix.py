"""A selection as a bundle of STIX 2.1, an incident at a time: from the documents of its editions alone. No HTTP.

In memory are a few documents at a time, and the ids of incidents, actors and places that the bundle holds.
"""

from itertools import islice

import orjson
from django.db.models import Max, Min, OuterRef, Subquery

from events import uids
from events.exchange import stix, stix_objects, stix_schema
from events.models.edition import ENTRIES, Edition, EditionDocument, PublishedRelation, Subject
from events.record import flat
from events.record.shelves import NOW

MEDIA_TYPE = stix_objects.MEDIA_TYPE
SCHEMA = stix_schema.SCHEMA
CHUNK = 100  # documents in memory at a time
_COLUMNS = ("edition_id", "uid", "edition__sha256", "first_published_at", "edition__published_at")


def read(chosen, shelf, base, schema, order="newest"):
    """flat.Flat of a selection on its shelf; its `rows` are the objects of the bundle and its `total` counts incidents.

    `schema` is the address of SCHEMA. Which editions are meant is found first, in one query and some hundred bytes for
    each; as they never change, nothing that is published meanwhile is mixed in. Each CHUNK of incidents costs two queries
    more, and each of relations one.
    """
    pinned = list(chosen.order_by(*flat.ORDERS[order]).values_list(*_COLUMNS))
    objects = _objects(pinned, shelf, base, schema)
    return flat.Flat(len(pinned), objects, objects)


def as_bundle(objects, asked):
    """Pieces of the bundle; `asked` are the words from which its id follows."""
    head = {"type": "bundle", "id": stix_objects.identifier("bundle", *asked)}
    yield orjson.dumps(head)[:-1] + b',"objects":[\n'
    separator = b""
    while piece := list(islice(objects, flat.CHUNK)):
        yield separator + b",\n".join(orjson.dumps(one) for one in piece)
        separator = b",\n"
    yield b"\n]}\n"


def _objects(pinned, shelf, base, schema):
    bundle = stix.Bundle(incidents={uids.shown(uid) for _, uid, *_ in pinned})
    until = max((edition for edition, *_ in pinned), default=0) if shelf is not NOW else None
    yield from stix_objects.frame(schema)
    for place in range(0, len(pinned), CHUNK):
        editions = _editions(pinned[place : place + CHUNK], base)
        bundle.moments = _moments(editions, bundle, until)
        for edition in editions:
            yield from stix.incident(edition, bundle)
    if shelf is NOW:
        yield from _relations(bundle, base)


def _editions(piece, base):
    bodies = dict(
        EditionDocument.objects.filter(edition__in=[key for key, *_ in piece]).values_list("edition_id", "body")
    )
    return [stix.Edition(orjson.loads(bodies[key]), sha256, *moments, base) for key, _, sha256, *moments in piece]


def _moments(editions, bundle, until):
    """Shown uid → when the register's entry appeared and when it changed last, for actors and places that are new here.

    `until` is the last edition of an earlier state, None for the present. One query.
    """
    named = {actor["uid"] for edition in editions for actor in edition.document["actors"].values()}
    named = {uid for uid in named if stix_objects.identifier("identity", uid) not in bundle.written}
    named |= {place["uid"] for edition in editions if (place := edition.document.get("location"))}
    entries = Edition.objects.filter(subject__in=ENTRIES, subject_uid__in=[uids.parse(uid) for uid in named])
    if until is not None:
        entries = entries.filter(pk__lte=until)
    spans = entries.order_by().values_list("subject_uid").annotate(Min("published_at"), Max("published_at"))
    return {uids.shown(uid): span for uid, *span in spans}


def _relations(bundle, base):
    """The relations that stand between actors of the bundle, as they are today. One query, and one for each CHUNK."""
    firsts = Edition.objects.filter(subject=Subject.RELATION, subject_uid=OuterRef("uid"), number=1)
    held = PublishedRelation.objects.filter(stands=True).order_by("uid")
    columns = ("edition__document__body", "edition__sha256", "first", "edition__published_at")
    rows = held.annotate(first=Subquery(firsts.values("published_at")[:1])).values_list(*columns)
    rows = rows.iterator(chunk_size=CHUNK)
    while piece := list(islice(rows, CHUNK)):
        editions = [
            stix.Edition(orjson.loads(body), sha256, first or published, published, base)
            for body, sha256, first, published in piece
        ]
        bundle.moments = _moments(editions, bundle, None)
        for edition in editions:
            if _has_both_ends(edition.document, bundle):
                yield from stix.relation(edition, bundle)


def _has_both_ends(relation, bundle):
    ends = (relation["actors"][relation[end]]["uid"] for end in ("subject", "object"))
    return all(stix_objects.identifier("identity", uid) in bundle.written for uid in ends)
