"""The index of the past: rows of every published edition of an incident, made from the editions and nothing else (I3)."""

import orjson
from django.apps import apps
from django.db.models import Q

from events import uids
from events.choices import EditionKind
from events.models.actor import Actor
from events.models.edition import BEHIND_CLAIMS, Edition, Subject
from events.models.held import HeldCitation, HeldClaim, HeldIncident, HeldLink, HeldPart, HeldParticipant
from events.models.location import Location
from events.models.source import Source
from events.models.withholding import withheld_below_each
from events.models.words import HeldWords
from events.press import rows, words

TABLES = (HeldIncident, HeldPart, HeldParticipant, HeldClaim, HeldCitation, HeldLink, HeldWords)
BATCH = 100  # rows in one statement, and documents in memory at once


def take_in(made):
    """Hold these new editions, given as (edition, document); what stood until now ends, what is private is withheld."""
    new = {edition.subject_uid for edition, _ in made if edition.subject == Subject.INCIDENT}
    if not new:
        return
    touched = new | _merged_into(new)
    stood = _stood(Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=touched))
    _make(made, stood)
    changed = []
    for row in HeldIncident.objects.filter(uid__in=touched).only("until", "until_at", "is_withheld"):
        meant = {name: stood[row.pk][name] for name in ("until", "until_at", "is_withheld")}
        if any(getattr(row, name) != value for name, value in meant.items()):
            for name, value in meant.items():
                setattr(row, name, value)
            changed.append(row)
    HeldIncident.objects.bulk_update(changed, ["until", "until_at", "is_withheld"], batch_size=BATCH)


def fill(model=apps.get_model):
    """Make the rows of all editions, into tables that are empty. A migration gives the models of its own time."""
    of_incidents = model("events", "Edition").objects.filter(subject=Subject.INCIDENT)
    _make_in_batches(of_incidents.filter(kind=EditionKind.PUBLISHED), _stood(of_incidents), model)


def refresh_naming(entry):
    """Make the rows anew of every edition that names an actor, place or source that was folded into another."""
    worded = Q(pk__in=words.naming(HeldWords, entry).values("pk"))
    naming = {
        Actor: Q(perpetrator=entry.pk) | Q(participants__actor=entry.pk) | Q(claims__claimant=entry.pk) | worded,
        Location: Q(location=entry.pk) | Q(country=entry.pk) | Q(province=entry.pk) | Q(district=entry.pk) | worded,
        Source: Q(citations__source=entry.pk),
    }[type(entry)]
    found = dict(HeldIncident.objects.filter(naming).values_list("pk", "uid"))
    HeldWords.objects.filter(pk__in=found).delete()
    HeldIncident.objects.filter(pk__in=found).delete()
    of_these = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=set(found.values()))
    _make_in_batches(Edition.objects.filter(pk__in=found), _stood(of_these))


def _merged_into(uids_wanted):
    """Uids of the incidents that were ever merged into these, directly or in turn: their editions may be withheld."""
    found, waiting = set(), set(uids_wanted)
    while waiting:
        merged = Edition.objects.filter(subject=Subject.INCIDENT, merged_into_uid__in=waiting)
        waiting = set(merged.values_list("subject_uid", flat=True)) - found - set(uids_wanted)
        found |= waiting
    return found


def _stood(editions):
    """Key of an edition → columns that follow from all editions of its incident, each of which must be among these."""
    histories = {}
    for edition in editions.order_by("pk"):
        histories.setdefault(edition.subject_uid, []).append(edition)
    hidden_below, found = withheld_below_each(histories, editions.model), {}
    for uid, history in histories.items():
        first = next((one.published_at for one in history if one.kind == EditionKind.PUBLISHED), None)
        until, until_at = None, None
        for edition in reversed(history):
            found[edition.pk] = {
                "until": until,
                "until_at": until_at,
                "is_withheld": edition.number < hidden_below[uid],
                "first_published_at": first,
            }
            until = edition.pk
            until_at = edition.published_at if until_at is None else min(until_at, edition.published_at)
    return found


def _make_in_batches(editions, stood, model=apps.get_model):
    waiting = []
    for edition in editions.order_by("pk").select_related("document").iterator(chunk_size=BATCH):
        waiting.append((edition, orjson.loads(edition.document.body)))
        if len(waiting) == BATCH:
            _make(waiting, stood, model)
            waiting.clear()
    _make(waiting, stood, model)


def _make(made, stood, model=apps.get_model):
    """The rows of those that are published editions of incidents. A dozen statements for a hundred of them."""
    made = [
        (edition, content)
        for edition, content in made
        if edition.subject == Subject.INCIDENT and edition.kind == EditionKind.PUBLISHED
    ]
    if not made:
        return
    contents = [content for _, content in made]
    actors, places, sources = (
        rows.by_slug(model("events", name), {slug for content in contents for slug in slugs_of(content)})
        for name, slugs_of in (("Actor", _actors), ("Location", rows.place_slugs), ("Source", _sources))
    )
    table = model("events", "HeldIncident")
    known = {field.name for field in table._meta.concrete_fields}  # a migration may not have every column yet
    table.objects.bulk_create(
        (
            table(**{name: value for name, value in columns.items() if name in known})
            for edition, content in made
            for columns in [rows.columns(edition, content, actors, places) | stood[edition.pk]]
        ),
        batch_size=BATCH,
    )
    for name, of_document in (
        ("HeldPart", lambda content: ({"part_uid": uids.parse(uid)} for uid in content["parts"])),
        ("HeldParticipant", lambda content: _participants(content, actors)),
        ("HeldClaim", lambda content: _claims(content, actors)),
        ("HeldCitation", lambda content: _citations(content, sources)),
        ("HeldLink", _links),
    ):
        table = model("events", name)
        owner = "from_incident_id" if name == "HeldLink" else "incident_id"
        table.objects.bulk_create(
            (table(**{owner: edition.pk}, **values) for edition, content in made for values in of_document(content)),
            batch_size=BATCH,
        )
    words.hold(made, model)


def _actors(content):
    return content["actors"]


def _sources(content):
    return [paper["source"]["slug"] for paper in content["documents"]]


def _participants(content, actors):
    for actor, part, is_direct in rows.participants(content, actors):
        yield {"actor": actor, "part": part, "is_direct": is_direct}


def _claims(content, actors):
    own = enumerate(content["claims"])
    about_links = ((BEHIND_CLAIMS, claim) for link in content["links"] for claim in link["claims"])
    for position, claim in (*own, *about_links):
        yield {
            "uid": uids.parse(claim["uid"]),
            "claimant": actors.get(claim["claimant"]),
            "position": position,
            **{name: claim[name] for name in ("aspect", "stance", "speech_act", "is_eligible")},
        }


def _citations(content, sources):
    papers = {paper["uid"]: sources[paper["source"]["slug"]] for paper in content["documents"]}
    for claim in words.claims_in(content):
        for source in dict.fromkeys(papers[citation["document"]] for citation in claim["citations"]):
            yield {"uid": uids.parse(claim["uid"]), "source": source}


def _links(content):
    for link in content["links"]:
        ends = {"uid": uids.parse(link["uid"]), "to_uid": uids.parse(link["to"])}
        yield ends | {"type": link["type"], "standing": link["standing"]}
