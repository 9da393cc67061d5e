"""A selection of the record as it stood once, as flat rows: from the documents of then, with the names of then."""

from itertools import chain, islice

import orjson
from django.db.models import Count, Window

from events.choices import EditionKind
from events.models.edition import Edition, Subject
from events.record import flat, frozen


def read(chosen, shelf, base, order="newest"):
    """flat.Flat of a queryset of HeldIncident that is a selection on this shelf of the past, a chunk in memory at a time."""
    found = chosen.order_by(*flat.ORDERS[order]).annotate(total=Window(Count("pk")))
    rows = found.values("total", "uid", "edition__sha256", "edition__document__body").iterator(chunk_size=flat.CHUNK)
    first = next(rows, None)
    if first is None:
        return flat.Flat(0, iter(()), rows)
    return flat.Flat(first["total"], _completed(chain([first], rows), shelf, base), rows)


def _completed(rows, shelf, base):
    while chunk := list(islice(rows, flat.CHUNK)):
        appeared = _first_published(row["uid"] for row in chunk)
        for row in chunk:
            document = orjson.loads(row["edition__document__body"])
            made = frozen.row_of(frozen.Held(document, row["edition__sha256"], appeared[row["uid"]]))
            yield made | shelf.standing(made) | {"base": base}


def _first_published(uids):
    """Uid → when the first edition of the incident appeared. One query."""
    firsts = Edition.objects.filter(subject=Subject.INCIDENT, kind=EditionKind.PUBLISHED, subject_uid__in=list(uids))
    return dict(firsts.order_by("-number").values_list("subject_uid", "published_at"))
