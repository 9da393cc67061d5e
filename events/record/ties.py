"""What ties public things together: links between incidents and relations between actors, each with its claims."""

import json

from django.db.models import Exists, OuterRef, Q

from events import uids
from events.models.edition import PublishedIncident, PublishedLink, PublishedRelation


def links(*, type=(), standing="", incident=None):
    """Links between two public incidents; `incident` is the stored uid of either end, `type` a list of codes."""
    rows = PublishedLink.objects.filter(Exists(PublishedIncident.objects.filter(uid=OuterRef("to_uid"))))
    if type:
        rows = rows.filter(type__in=type)
    if standing:
        rows = rows.filter(standing=standing)
    return rows.filter(Q(from_incident=incident) | Q(to_uid=incident)) if incident else rows


def with_editions(rows):
    """The links with the editions that hold them and the documents of those, in the same query."""
    return rows.select_related("from_incident__edition__document")


def claims_of_links(rows):
    """Uid of a link → uids, as they are shown, of the claims about it; from `with_editions`, each document read once."""
    bodies = {row.from_incident_id: row.from_incident.edition.document.body for row in rows}
    held = (link for body in bodies.values() for link in json.loads(body)["links"])
    return {uids.parse(link["uid"]): [claim["uid"] for claim in link["claims"]] for link in held}


def relations(*, type=(), actor=None, at=None, stands=None):
    """Public relations between actors, either end of which is `actor`, that hold on the day `at`."""
    rows = PublishedRelation.objects.all()
    if type:
        rows = rows.filter(type__in=type)
    if actor:
        rows = rows.filter(Q(subject=actor) | Q(object=actor))
    if stands is not None:
        rows = rows.filter(stands=stands)
    return rows.filter(holding(at)) if at else rows


def with_ends(rows):
    """The relations with both actors and their claims. Two queries with this one."""
    return rows.select_related("subject", "object", "edition").prefetch_related("claims")


def holding(day):
    """Q over relations: those that hold on a day. An end that is not known is open, as the rules read it (R2)."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def is_dated_on(row, day):
    """Whether two known days enclose this one; False where an end that is not known was taken to reach it."""
    return bool(row.valid_from and row.valid_until and row.valid_from <= day <= row.valid_until)


def related(actors, *, type=(), to=None, at=None):
    """Those of the actors that stand in a relation that is held: of a type, to another actor, on a day."""
    chosen = relations(type=type, actor=to, at=at, stands=True)
    ends = Exists(chosen.filter(subject=OuterRef("pk"))) | Exists(chosen.filter(object=OuterRef("pk")))
    found = actors.filter(ends)
    return found.exclude(pk=to.pk) if to else found
