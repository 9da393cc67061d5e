"""A selection of the record as it stood once, as flat rows: from the documents of then, with the names of then."""

import orjson

from events.choices import EditionKind
from events.models.edition import Edition, EditionDocument, Subject
from events.record import flat, frozen


def read(chosen, shelf, base, order="newest"):
    """flat.Flat of a queryset of HeldIncident that is a selection on this shelf of the past, a chunk in memory at a time.

    Of each incident the edition is noted first: they never change, so that the documents can be read while they are sent.
    """
    held = list(chosen.order_by(*flat.ORDERS[order]).values_list("edition_id", "uid", "edition__sha256"))
    rows = _completed(held, shelf, base)
    return flat.Flat(len(held), rows, rows)


def _completed(held, shelf, base):
    for place in range(0, len(held), flat.CHUNK):
        chunk = held[place : place + flat.CHUNK]
        appeared = _first_published(uid for _, uid, _ in chunk)
        bodies = dict(
            EditionDocument.objects.filter(edition__in=[edition for edition, _, _ in chunk]).values_list(
                "edition_id", "body"
            )
        )
        for edition, uid, sha256 in chunk:
            made = frozen.row_of(frozen.Held(orjson.loads(bodies.pop(edition)), sha256, appeared[uid]))
            yield made | shelf.standing(made) | {"base": base}


def _first_published(uids):
    """Uid → when the first edition of the incident appeared. One query."""
    firsts = Edition.objects.filter(subject=Subject.INCIDENT, kind=EditionKind.PUBLISHED, subject_uid__in=list(uids))
    return dict(firsts.order_by("-number").values_list("subject_uid", "published_at"))
