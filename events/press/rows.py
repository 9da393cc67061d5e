"""The rows of the public index that follow from one document."""

from math import floor

import orjson

from events import uids
from events.choices import EditionKind, Mapped
from events.models.actor import Actor
from events.models.edition import (
    BEHIND_CLAIMS,
    DepartedClaim,
    Edition,
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedLink,
    PublishedPart,
    PublishedParticipant,
    PublishedRelation,
)
from events.models.location import Location
from events.models.source import Source
from events.rules import flattening, places
from events.rules.flattening import NO_DATE, day


def incident(edition, content):
    """Make the rows of a public incident: its own, its participants, claims, citations and links."""
    actors = by_slug(Actor, content["actors"])
    places = by_slug(Location, place_slugs(content))
    row = PublishedIncident.objects.create(
        uid_number=uids.number(edition.subject_uid),
        first_published_at=_first_published(edition),
        **columns(edition, content, actors, places),
    )
    PublishedPart.objects.bulk_create(PublishedPart(whole=row, part_uid=uids.parse(uid)) for uid in content["parts"])
    _participants(row, content, actors)
    _claims(
        content["claims"],
        content["documents"],
        actors,
        incident=row,
        sort_date=row.sort_date,
        contested=_in_contested_pairs(content["headline"]),
    )
    _links(row, content, actors)
    return row


def columns(edition, content, actors, places):
    """The columns that a row has whichever edition it is made of. `actors`, `places`: slug → row of the register."""
    place = content["location"] or {}
    return {
        "uid": edition.subject_uid,
        "edition": edition,
        "number": edition.number,
        "published_at": edition.published_at,
        "part_of_uid": uids.parse(content["part_of"]) if content["part_of"] else "",
        "perpetrator": actors.get(content["headline"]["attribution"]["actor"]),
        "location": places.get(place.get("slug")),
        **{level: places.get(_slug(place.get(level))) for level in ("country", "province", "district")},
        **flattening.columns(content),
        **map_columns(place, content["location_precision"]),
    }


def place_slugs(content):
    """Slugs of the place of an incident and of what it lies in."""
    place = content["location"] or {}
    found = [place.get("slug"), *(_slug(place.get(level)) for level in ("country", "province", "district"))]
    return [slug for slug in found if slug]


def participants(content, actors):
    """[(actor, part, is it direct)], each once: those named, and for each the bodies above: “with its factions”."""
    wanted = {}
    for entry in content["participants"]:
        wanted[actors[entry["actor"]], entry["part"], True] = None
        for above in content["bodies"].get(entry["actor"], ()):
            wanted[actors[above], entry["part"], False] = None
    return list(wanted)


def place_shown(content):
    """The place of an incident in one line; "" without one."""
    return (content["location"] or {}).get("shown", "")


def body_of(claim):
    """A claim as its row keeps it."""
    return orjson.dumps(claim, option=orjson.OPT_SORT_KEYS).decode()


def map_columns(place, precision):
    """How and where the map shows a place of this precision."""
    shown = places.mapped(place, precision)
    if shown == Mapped.NO:
        return {"mapped": shown.value, "map_x": None, "map_y": None}
    return {
        "mapped": shown.value,
        "map_x": _thousandths(place["longitude"] + 180),
        "map_y": _thousandths(place["latitude"] + 90),
    }


def _thousandths(degrees):
    return floor(round(degrees * 1000, 2))  # 0.001 has no exact binary form, so a bare floor would slip by one


def _links(row, content, actors):
    """Links with the claims about them, which stand behind the incident's own."""
    for number, link in enumerate(content["links"], start=1):
        PublishedLink.objects.create(
            uid=uids.parse(link["uid"]),
            from_incident=row,
            to_uid=uids.parse(link["to"]),
            type=link["type"],
            standing=link["standing"],
        )
        _claims(
            link["claims"],
            content["documents"],
            actors,
            incident=row,
            sort_date=row.sort_date,
            first=BEHIND_CLAIMS * number,
        )


def relation(edition, content):
    """Make the rows of a public relation between actors."""
    actors = by_slug(Actor, content["actors"])
    row = PublishedRelation.objects.create(
        uid=edition.subject_uid,
        edition=edition,
        subject=actors[content["subject"]],
        type=content["type"],
        object=actors[content["object"]],
        valid_from=day(content["valid_from"]),
        valid_until=day(content["valid_until"]),
        basis=content["basis"],
        stands=content["stands"],
        is_contested=content["is_contested"],
    )
    _claims(
        content["claims"],
        content["documents"],
        actors,
        relation=row,
        sort_date=row.valid_from or NO_DATE,
    )


def _participants(row, content, actors):
    PublishedParticipant.objects.bulk_create(
        PublishedParticipant(incident=row, actor=actor, part=part, is_direct=is_direct, sort_date=row.sort_date)
        for actor, part, is_direct in participants(content, actors)
    )


def _claims(claims, documents, actors, *, sort_date, incident=None, relation=None, first=0, contested=frozenset()):
    """A claim stands where it was published last: one that another incident held until now moves here."""
    documents = {document["uid"]: document for document in documents}
    sources = by_slug(Source, {document["source"]["slug"] for document in documents.values()})
    here = {"incident": incident, "relation": relation, "sort_date": sort_date}
    rows = [
        _claim(claim, actors, position=position, is_contested=claim["uid"] in contested, **here)
        for position, claim in enumerate(claims, start=first)
    ]
    held = [row.uid for row in rows]
    PublishedClaim.objects.filter(uid__in=held).delete()
    PublishedClaim.objects.bulk_create(rows)
    PublishedCitation.objects.bulk_create(
        _citation(row, citation, documents[citation["document"]], sources, number)
        for row, claim in zip(rows, claims, strict=True)
        for number, citation in enumerate(claim["citations"])
    )
    DepartedClaim.objects.filter(uid__in=held).delete()


def _claim(claim, actors, **where):
    uid = uids.parse(claim["uid"])
    return PublishedClaim(
        uid=uid,
        uid_number=uids.number(uid),
        aspect=claim["aspect"],
        stance=claim["stance"],
        speech_act=claim["speech_act"],
        claimant=actors.get(claim["claimant"]),
        actor=actors.get(claim["actor"]),
        credibility=claim["credibility"],
        is_eligible=claim["is_eligible"],
        is_retracted=bool(claim["retracted_at"]),
        is_superseded=bool(claim["superseded_by"]),
        body=body_of(claim),
        **where,
    )


def _in_contested_pairs(concluded):
    """Uids, as documents show them, of the claims that contradict another one on some aspect."""
    return {uid for entry in concluded["contested"] for pair in entry["pairs"] for uid in pair}


def _citation(claim, citation, document, sources, number):
    return PublishedCitation(
        claim=claim,
        source=sources[document["source"]["slug"]],
        document_uid=uids.parse(document["uid"]),
        document_title=document["title"],
        document_url=document["url"],
        document_date=(document["published"] or {}).get("shown", ""),
        relay=citation["relay"],
        language=citation["excerpt_language"],
        position=number,
    )


def _first_published(edition):
    firsts = Edition.objects.of(edition.subject, edition.subject_uid).filter(kind=EditionKind.PUBLISHED)
    return firsts.order_by("number").values_list("published_at", flat=True)[0]


def _slug(named):
    return named["slug"] if named else None


def by_slug(model, slugs):
    """Slug → row of a register; an entry that was folded into another stands for that one."""
    found = {}
    for row in model.objects.filter(slug__in=list(slugs)).select_related("merged_into"):
        slug = row.slug
        while row.merged_into is not None:
            row = row.merged_into
        found[slug] = row
    return found
