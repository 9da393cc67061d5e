"""Many made-up incidents at once: copies of one published incident, in the index of the present and of the past."""

from datetime import timedelta

import orjson
from django.db import transaction

from events import uids
from events.models.edition import Edition, EditionDocument, PublishedIncident
from events.models.held import HeldIncident

BATCH = 500


def copies(incident, number, *, change=lambda document, place: document):
    """So many further public incidents like this one, one a day backwards; `change` makes each document from a copy."""
    model = PublishedIncident.objects.select_related("edition__document").get(uid=incident.uid)
    body, edition = model.edition.document.body, model.edition
    for start in range(0, number, BATCH):
        with transaction.atomic():
            _batch(model, edition, body, range(start, min(start + BATCH, number)), change)


def _batch(model, edition, body, places, change):
    made = uids.several(len(places))
    editions = Edition.objects.bulk_create(
        [
            _with(edition, pk=None, subject_uid=uid, sha256=f"{place:064d}")
            for place, uid in zip(places, made, strict=True)
        ]
    )
    editions = list(Edition.objects.filter(subject_uid__in=made).order_by("pk")) if editions[0].pk is None else editions
    published, held, documents = [], [], []
    for place, one in zip(places, editions, strict=True):
        day = model.date_start - timedelta(days=place + 1)
        dated = {"date_start": day, "date_end": day, "sort_date": day}
        document = change(orjson.loads(body), place)
        document["uid"] = uids.shown(one.subject_uid)
        document["date"] |= {"start": day.isoformat(), "end": day.isoformat()}
        documents.append(
            EditionDocument(edition=one, body=orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode())
        )
        told = {"title": document["title"], "edition_id": one.pk, **dated}
        published.append(_with(model, uid=one.subject_uid, uid_number=uids.number(one.subject_uid), **told))
        held.append(_held(model, uid=one.subject_uid, **told))
    EditionDocument.objects.bulk_create(documents)
    PublishedIncident.objects.bulk_create(published)
    HeldIncident.objects.bulk_create(held)


def _with(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | changes)


def _held(model, **changes):
    common = {field.attname for field in HeldIncident._meta.concrete_fields}
    values = {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields}
    return HeldIncident(**{name: value for name, value in values.items() if name in common} | changes)
