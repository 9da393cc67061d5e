"""Rows of the public record for tests, made directly, with readable defaults."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from django.contrib.auth import get_user_model

from events import names, uids
from events.choices import CATEGORY_OF
from events.models.actor import Actor, ActorAlias
from events.models.edition import (
    Edition,
    EditionDocument,
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedParticipant,
    PublishedRelation,
)
from events.models.location import Location
from events.models.source import Source
from events.press import rows as press_rows
from events.press import words as press_words

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def staff():
    return get_user_model().objects.get_or_create(username="publisher")[0]


def actor(name, *, side="third", kind="armed_group", aliases=(), **more):
    slug = more.pop("slug", names.slugify(name))
    row = Actor.objects.create(
        name=name, folded=names.fold(name), slug=slug, kind=kind, side=side, created_by=staff(), **more
    )
    for text in aliases:
        ActorAlias.objects.create(actor=row, text=text, folded=names.fold(text), kind="transliteration")
    return row


def place(name, *, level, parent=None, **more):
    slug = more.pop("slug", names.slugify(name))
    row = Location.objects.create(
        name=name, folded=names.fold(name), slug=slug, level=level, parent=parent, created_by=staff(), **more
    )
    for column in ("country", "province", "district"):
        above = row if column == level else getattr(parent, column, None)
        setattr(row, column, above)
    row.save()
    return row


def source(name, *, kind="newspaper", **more):
    return Source.objects.create(
        name=name, folded=names.fold(name), slug=names.slugify(name), kind=kind, created_by=staff(), **more
    )


def edition(uid, document=None, *, number=1, kind="published", reason="new_incident", note="", into="", **more):
    document = document if document is not None else {}
    document["uid"] = uids.shown(uid)
    document["edition"] = {
        "number": number,
        "kind": kind,
        "reason": reason,
        "note": note,
        "ruleset": 1,
        "published_at": "2026-11-23T10:00:00Z",
    }
    if into:
        document["merged_into"] = uids.shown(into)
    body = json.dumps(document, sort_keys=True)
    row = Edition.objects.create(
        subject=more.pop("subject", "incident"),
        subject_uid=uid,
        number=number,
        kind=kind,
        sha256=sha256(body.encode()).hexdigest(),
        reason=reason,
        note=note,
        ruleset=1,
        merged_into_uid=into,
        published_at=NOW,
        published_by=staff(),
    )
    EditionDocument.objects.create(edition=row, body=body)
    return row


def incident(title="Shelling near Torkham", *, day="2024-03-18", until=None, at=None, parts=(), document=None, **more):
    """A public incident with its edition. `parts`: (actor, part) or (actor, part, is_direct)."""
    uid = more.pop("uid", None) or uids.new()
    start = date.fromisoformat(day) if day else None
    kind = more.setdefault("kind", "shelling")
    if document is None:
        document = documents(title=title, kind=kind, day=day)
    values = {
        "number": 1,
        "summary": "",
        "category": CATEGORY_OF[kind],
        "date_start": start,
        "date_end": date.fromisoformat(until) if until else start,
        "date_precision": "day" if start else "unknown",
        "date_shown": f"{start.day} {start:%B %Y}" if start else "date unknown",
        "sort_date": start or date.min,
        "location": at,
        "country": getattr(at, "country", None),
        "province": getattr(at, "province", None),
        "district": getattr(at, "district", None),
        "place_shown": at.name if at else "",
        "occurrence": "single_source",
        "is_denied": False,
        "attribution": "unattributed",
        "is_contested": bool(more.get("contested_aspects")),
        "harm_grade": "none_reported",
        "is_cross_border": False,
        "killed_open": False,
        "killed_civilian_open": False,
        "killed_excluding_perpetrators_open": False,
        "injured_open": False,
        "claims_count": 1,
        "documents_count": 1,
        "sources_count": 1,
        "counts_incident": True,
        "counts_killed": True,
        "first_published_at": NOW,
        "published_at": NOW,
    } | more
    place = values | {"coordinate_basis": "settlement"}
    values |= press_rows.map_columns(place, values.get("location_precision", "")) | more
    made = edition(uid, document)
    row = PublishedIncident.objects.create(uid=uid, uid_number=uids.number(uid), edition=made, title=title, **values)
    press_words.put([(made, _named(row, document, [taking_part for taking_part, *_ in parts]))])
    for taking_part, part, *direct in parts:
        PublishedParticipant.objects.create(
            incident=row, actor=taking_part, part=part, is_direct=direct[0] if direct else True, sort_date=row.sort_date
        )
    return row


def _named(row, document, actors):
    """The document with the names that the row has, as words are made from it."""
    place = {level: getattr(row, level) for level in ("country", "province", "district")}
    location = {level: {"slug": one.slug} if one else None for level, one in place.items()}
    if row.location:
        location |= {"slug": row.location.slug, "shown": row.place_shown}
    named = {slug: entry for one in actors for slug, entry in described(one).items()}
    actors = named | document.get("actors", {})
    content = documents() | document
    cited = {citation["document"] for one in content["claims"] for citation in one["citations"]}
    return content | {
        "title": row.title,
        "summary": row.summary,
        "location": location,
        "actors": actors,
        "documents": [paper for paper in content["documents"] if paper["uid"] in cited],
    }


def claim(row, *, by=None, cites=None, **more):
    """A public claim about an incident row, with a citation when `cites` names a source."""
    uid = more.pop("uid", None) or uids.new()
    body = claim_body(uid, **({"claimant": by.slug} if by else {}) | more)
    made = PublishedClaim.objects.create(
        uid=uid,
        uid_number=uids.number(uid),
        incident=row,
        position=0,
        sort_date=row.sort_date,
        aspect=body["aspect"],
        stance=body["stance"],
        speech_act=body["speech_act"],
        claimant=by,
        credibility=body["credibility"],
        is_eligible=True,
        body=json.dumps(body),
    )
    if cites:
        PublishedCitation.objects.create(
            claim=made,
            source=cites,
            document_uid="DDDDDDDD",
            document_title="Statement on Torkham",
            document_url="https://example.org/statement",
            document_date="19 March 2024",
            position=0,
        )
    return made


def relation(subject, type_, object_, **more):
    uid = uids.new()
    return PublishedRelation.objects.create(
        uid=uid,
        edition=edition(uid, {"claims": [], "actors": {}, "documents": []}, subject="relation"),
        subject=subject,
        type=type_,
        object=object_,
        basis="established",
        is_contested=more.pop("is_contested", False),
        **more,
    )


def claim_body(uid, **more):
    return {
        "uid": uids.shown(uid),
        "aspect": "occurrence",
        "stance": "asserts",
        "claimant": None,
        "claimant_text": "",
        "attribution": "named",
        "first_hand": "unknown",
        "speech_act": "statement",
        "hedge": "none",
        "preliminary": False,
        "asserted": None,
        "part": "",
        "actor": None,
        "location": None,
        "date": None,
        "code": "",
        "text": "",
        "scope": "whole_incident",
        "exhaustive": False,
        "lines": [],
        "supersedes": None,
        "superseded_by": None,
        "retracted_at": None,
        "credibility": 3,
        "is_eligible": True,
        "citations": [citation()],
    } | more


def citation(**more):
    return {
        "document": "DDDD-DDDD",
        "excerpt": "Shells fell near the crossing.",
        "excerpt_language": "en",
        "translation": "",
        "locator": "",
        "relay": "original",
        "reliability": "C",
    } | more


def killed(number, *, category="civilian", **more):
    """A casualty line: exactly so many killed."""
    return {
        "outcome": "killed",
        "category": category,
        "party": None,
        "demographic": "any",
        "directness": "direct",
        "qualifier": "exact",
        "low": number,
        "best": number,
        "high": number,
        "open_upper": False,
        "subset_of": None,
        "shown": str(number),
    } | more


def figure(low=None, best=None, high=None, *, claims=(), **more):
    return {
        "low": low,
        "best": best,
        "high": high,
        "open_upper": False,
        "composite": False,
        "claims": list(claims),
    } | more


def documents(*, title="Shelling near Torkham", kind="shelling", day="2024-03-18", claims=(), actors=None, **more):
    """The public document of an incident, without its uid and edition."""
    headline = {
        "occurrence": {"status": "single_source", "is_denied": False, "claims": []},
        "attribution": {"status": "unattributed", "actor": None, "candidates": [], "is_contested": False, "claims": []},
        "targets": [],
        "target_natures": [],
        "casualties": {},
        "contested": [],
        "doubted": [],
        "acknowledgement": {},
        "harm_grade": "none_reported",
        "cross_border": {
            "state_across": "unknown",
            "fire_across": "unknown",
            "base_across": "unknown",
            "is_cross_border": False,
            "claims": [],
        },
        "escalation": None,
    } | more.pop("headline", {})
    return {
        "title": title,
        "summary": "",
        "category": CATEGORY_OF[kind],
        "kind": kind,
        "date": {
            "start": day,
            "end": day,
            "precision": "day" if day else "unknown",
            "time_local": None,
            "time_zone": "",
            "utc": None,
            "shown": day or "date unknown",
        },
        "location": None,
        "location_precision": "",
        "tags": [],
        "headline": headline,
        "participants": [],
        "actors": actors or {},
        "bodies": {},
        "part_of": None,
        "parts": [],
        "links": [],
        "claims": list(claims),
        "documents": [document()],
    } | more


def document(**more):
    return {
        "uid": "DDDD-DDDD",
        "source": {
            "uid": "EEEE-EEEE",
            "slug": "dawn",
            "name": "Dawn",
            "kind": "newspaper",
            "country": "PK",
            "scale": "national",
            "reliability": "C",
        },
        "title": "Statement on Torkham",
        "url": "https://example.org/statement",
        "archived_url": "",
        "author": "",
        "published": {"start": "2024-03-19", "end": "2024-03-19", "precision": "day", "shown": "19 March 2024"},
        "language": "en",
        "kind": "statement",
        "derived_from": None,
        "derivation": "",
        "licence": "",
    } | more


def described(actor_row):
    """The entry of an actor in a document's `actors`."""
    return {
        actor_row.slug: {
            "uid": uids.shown(actor_row.uid),
            "name": actor_row.name,
            "short_name": actor_row.short_name,
            "kind": actor_row.kind,
            "side": actor_row.side,
            "home_country": actor_row.home_country,
        }
    }
