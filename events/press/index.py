"""The public index: rows made from the latest editions and from nothing else, so that they can be made anew (I3)."""

import orjson
from django.db import transaction
from django.db.models import Q

from events import uids
from events.choices import EditionKind
from events.models.actor import Actor
from events.models.edition import (
    DepartedClaim,
    Edition,
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedLink,
    PublishedPart,
    PublishedParticipant,
    PublishedRelation,
    Subject,
)
from events.models.location import Location
from events.models.source import Source
from events.models.words import ClaimWords, IncidentWords
from events.press import held, rows, touched, words
from events.rules import counting

TABLES = (
    PublishedIncident,
    PublishedPart,
    PublishedParticipant,
    PublishedLink,
    PublishedRelation,
    PublishedClaim,
    PublishedCitation,
    DepartedClaim,
    IncidentWords,
    ClaimWords,
    *held.TABLES,
)
BATCH = 100  # rows in one statement


def refresh(edition, content):
    """Replace the rows of the edition's subject by those of its document; none when it is withdrawn or merged."""
    mentioned = touched.mentions(edition)
    _replace(edition, content)
    touched.moved(mentioned, touched.mentions(edition))


def _replace(edition, content):
    if edition.subject == Subject.RELATION:
        old = PublishedRelation.objects.filter(uid=edition.subject_uid).first()
        _put_away(old)
        if edition.kind == EditionKind.PUBLISHED:
            rows.relation(edition, content)
            words.put([(edition, content)])
        return
    old = PublishedIncident.objects.filter(uid=edition.subject_uid).first()
    family = {edition.subject_uid, old.parent_uid if old else ""} | _parts_listed(old)
    _put_away(old)
    if edition.kind == EditionKind.PUBLISHED:
        row = rows.incident(edition, content)
        words.put([(edition, content)])
        family |= {row.part_of_uid} | _parts_listed(row)
    recount(family - {""})


@transaction.atomic
def rebuild():
    """Make the whole index anew from the editions. Returns the number of public incidents."""
    for table in reversed(TABLES):
        table.objects.all().delete()
    latest = set(Edition.objects.latest_of_each().values_list("pk", flat=True))
    last_held, made = {}, []
    for edition in Edition.objects.findings().order_by("pk").select_related("document").iterator(chunk_size=500):
        content = orjson.loads(edition.document.body)
        last_held |= dict.fromkeys(_claim_uids(content), edition.pk)
        if edition.pk not in latest or edition.kind != EditionKind.PUBLISHED:
            continue
        if edition.subject == Subject.RELATION:
            rows.relation(edition, content)
        else:
            rows.incident(edition, content)
        made.append((edition, content))
        if len(made) == BATCH:
            words.put(made)
            made.clear()
    words.put(made)
    here = set(PublishedClaim.objects.values_list("uid", flat=True))
    DepartedClaim.objects.bulk_create(
        DepartedClaim(uid=uid, edition_id=held_by) for uid, held_by in last_held.items() if uid not in here
    )
    recount(PublishedIncident.objects.values_list("uid", flat=True))
    held.fill()
    return PublishedIncident.objects.count()


def _parts_listed(row):
    return set(row.listed_parts.values_list("part_uid", flat=True)) if row else set()


def _put_away(old):
    """Delete a subject's rows; its claims count as departed until a document that holds them says otherwise."""
    if old is None:
        return
    held = old.claims.order_by("uid").values_list("uid", flat=True)
    DepartedClaim.objects.bulk_create(DepartedClaim(uid=uid, edition_id=old.edition_id) for uid in held)
    words.remove(old)
    old.delete()


def _claim_uids(content):
    """Stored uids of every claim in a document, those about links included."""
    return [uids.parse(claim["uid"]) for claim in words.claims_in(content)]


def refresh_naming(entry):
    """Make the rows anew of every subject whose rows name an actor, place or source that was folded into another.

    Returns the uids of the incidents among them.
    """
    worded = Q(pk__in=words.naming(IncidentWords, entry))
    claimed = Q(claims__in=words.naming(ClaimWords, entry))
    in_incidents, in_relations = {
        Actor: (
            Q(perpetrator=entry.pk) | Q(participants__actor=entry.pk) | _in_claims(entry) | worded,
            Q(subject=entry.pk) | Q(object=entry.pk) | _in_claims(entry) | claimed,
        ),
        Location: (
            Q(location=entry.pk) | Q(country=entry.pk) | Q(province=entry.pk) | Q(district=entry.pk) | worded,
            claimed,
        ),
        Source: (Q(claims__citations__source=entry.pk), Q(claims__citations__source=entry.pk)),
    }[type(entry)]
    incidents = PublishedIncident.objects.filter(in_incidents)
    relations = PublishedRelation.objects.filter(in_relations)
    found = sorted({*incidents.values_list("edition", flat=True), *relations.values_list("edition", flat=True)})
    uids_named = sorted(set(incidents.values_list("uid", flat=True)))
    for edition in Edition.objects.filter(pk__in=found).select_related("document"):
        refresh(edition, orjson.loads(edition.document.body))
    held.refresh_naming(entry)
    return uids_named


def _in_claims(actor):
    """Q: a claim that the actor makes, or that names it."""
    return Q(claims__claimant=actor.pk) | Q(claims__actor=actor.pk)


def rename(made):
    """Point the rows of these subjects to their new editions, which differ from those before in names only.

    `made` are pairs of (edition, document). A few statements for some hundred of them.
    """
    by_uid = {edition.subject_uid: (edition, content) for edition, content in made}
    incidents = list(PublishedIncident.objects.filter(uid__in=by_uid))
    for row in incidents:
        row.edition, content = by_uid[row.uid]
        row.number, row.published_at = row.edition.number, row.edition.published_at
        row.place_shown = rows.place_shown(content)
    columns = ("edition", "number", "published_at", "place_shown")
    PublishedIncident.objects.bulk_update(incidents, columns, batch_size=BATCH)
    relations = list(PublishedRelation.objects.filter(uid__in=by_uid))
    for row in relations:
        row.edition, _ = by_uid[row.uid]
    PublishedRelation.objects.bulk_update(relations, ["edition"], batch_size=BATCH)
    words.put(made)
    _rename_claims(made)


def _rename_claims(made):
    """The places that claims name, and the titles of the documents they cite."""
    held = {uids.parse(claim["uid"]): claim for _, content in made for claim in words.claims_in(content)}
    bodies = {uid: rows.body_of(claim) for uid, claim in held.items() if claim["location"]}
    claims = [row for row in PublishedClaim.objects.filter(uid__in=bodies) if row.body != bodies[row.uid]]
    for row in claims:
        row.body = bodies[row.uid]
    PublishedClaim.objects.bulk_update(claims, ["body"], batch_size=BATCH)
    titles = {uids.parse(one["uid"]): one["title"] for _, content in made for one in content["documents"]}
    citations = [
        row
        for row in PublishedCitation.objects.filter(claim__in=held)
        if row.document_title != titles.get(row.document_uid, row.document_title)
    ]
    for row in citations:
        row.document_title = titles[row.document_uid]
    PublishedCitation.objects.bulk_update(citations, ["document_title"], batch_size=BATCH)


def contents():
    """Every row of the index as sorted tuples of its values, without the technical keys: to compare two builds."""
    held = {}
    for table in TABLES:
        columns = [field.attname for field in table._meta.concrete_fields if field.name != "id"]
        held[table.__name__] = sorted(map(repr, table.objects.values_list(*columns)))
    # Citations hang on their claims' uids, participants on the incidents' uids: no technical key is left in them.
    return held


def recount(uids_touched):
    """Decide anew, in the families of these incidents, whose part each is, which rows count and whose toll counts (R13)."""
    family = _families(set(uids_touched))
    lists = PublishedPart.objects.filter(part_uid__in=family).order_by("whole__sort_date", "whole__uid")
    for uid, standing in counting.standings(family, lists.values_list("part_uid", "whole")).items():
        PublishedIncident.objects.filter(uid=uid).update(
            parent_uid=standing.parent,
            counts_incident=standing.counts_incident,
            counts_killed=standing.counts_killed,
            counts_injured=standing.counts_injured,
        )


def family_of(uids_wanted):
    """Uids of the public incidents that hang together with these by part-of, upwards and downwards."""
    return set(_families(set(uids_wanted)))


def _families(touched):
    """uid → row of every public incident that hangs together with these by part-of, upwards and downwards."""
    family, waiting = {}, set(touched)
    while waiting:
        wholes = PublishedPart.objects.filter(part_uid__in=waiting).values("whole")
        found = PublishedIncident.objects.filter(
            Q(uid__in=waiting) | Q(part_of_uid__in=waiting) | Q(uid__in=wholes)
        ).prefetch_related("listed_parts")
        new = {row.uid: row for row in found if row.uid not in family}
        family |= new
        waiting = {row.part_of_uid for row in new.values() if row.part_of_uid}
        waiting |= {part.part_uid for row in new.values() for part in row.listed_parts.all()} | set(new)
        waiting = waiting - family.keys() | set(new) if new else set()
    return family
