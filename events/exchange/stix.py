"""Public documents as objects of STIX 2.1. Pure: the documents are those of docs/document.md, the mapping docs/stix.md.

Nobody is called a threat: every actor is an identity, whatever side it is on, and every account is somebody's word.
"""

from dataclasses import dataclass, field
from datetime import datetime

from events.choices import ActorKind, Part
from events.exchange import stix_claims
from events.exchange.stix_objects import INCIDENT, RECORD, identifier, made

_CLASSES = {
    ActorKind.ARMED_GROUP: "group",
    ActorKind.FACTION: "group",
    ActorKind.PERSON: "individual",
    ActorKind.POPULATION_GROUP: "class",
    ActorKind.UNIDENTIFIED: "unspecified",
}  # all others are organizations
_OF_PART = {Part.PERPETRATOR: "attributed-to", Part.TARGET: "targets"}  # all others are related-to, and say how
_OF_LINK = {"same_as": "duplicate-of"}
_RELATED = "related-to"
_METRES = 1000


@dataclass(frozen=True)
class Edition:
    """The document of an edition with what it does not say itself; `base` is scheme and host of the site."""

    document: dict
    sha256: str
    created: datetime  # when the first edition of the same incident or relation appeared
    published: datetime
    base: str


@dataclass
class Bundle:
    """What of a bundle is written already, and what is needed to write on.

    `moments` is shown uid → (created, modified) of actors and locations, `incidents` the shown uids of all incidents
    of the bundle.
    """

    written: set = field(default_factory=set)
    moments: dict = field(default_factory=dict)
    incidents: set = field(default_factory=set)

    def lacks(self, id_):
        """Whether the bundle has no such object yet; from now on it has."""
        is_new = id_ not in self.written
        self.written.add(id_)
        return is_new


def incident(edition, bundle):
    """The objects of one incident in an order in which nothing points ahead, but for other incidents."""
    document = edition.document
    yield from _identities(edition, bundle)
    here = identifier("incident", document["uid"])
    yield _incident(edition, here)
    if place := _location(edition, bundle):
        if bundle.lacks(place["id"]):
            yield place
        yield _tie(edition, here, "located-at", place["id"], "place")
    parts = list(_participants(edition, here))
    yield from parts
    of_part = {(tie["relationship_type"], tie["target_ref"]): tie["id"] for tie in parts}
    yield from stix_claims.claims(document["claims"], edition, here, of_part)
    yield from _links(edition, here, bundle)


def relation(edition, bundle):
    """The objects of a relation between two actors of the bundle, both of which are in it."""
    document = edition.document
    yield from _identities(edition, bundle)
    one, other = (identifier("identity", document["actors"][document[end]]["uid"]) for end in ("subject", "object"))
    since, until = (_midnight(document[name]) for name in ("valid_from", "valid_until"))
    tie = made(
        "relationship",
        identifier("relationship", document["uid"]),
        edition.created,
        edition.published,
        relationship_type=_word(document["type"]),
        source_ref=one,
        target_ref=other,
        description=document["note"],
        start_time=since,
        stop_time=until if since is None or until is None or until > since else None,
        external_references=_own(edition, f"/api/v1/relations/{document['uid']}/"),
    )
    yield tie
    yield from stix_claims.claims(document["claims"], edition, tie["id"], {})


def _identities(edition, bundle):
    """Everybody whom the document names and the bundle has not."""
    for actor in edition.document["actors"].values():
        id_ = identifier("identity", actor["uid"])
        if bundle.lacks(id_):
            yield _identity(id_, actor, edition, bundle)


def _identity(id_, actor, edition, bundle):
    created, modified = bundle.moments.get(actor["uid"], (edition.created, edition.published))
    return made(
        "identity",
        id_,
        created,
        modified,
        name=actor["name"],
        identity_class=_CLASSES.get(actor["kind"], "organization"),
        labels=[actor["kind"], actor["side"]],
        external_references=[{"source_name": RECORD, "external_id": actor["uid"], "description": actor["short_name"]}],
    )


def _incident(edition, here):
    document = edition.document
    return made(
        "incident",
        here,
        edition.created,
        edition.published,
        name=document["title"],
        description=document["summary"],
        lang="en",
        labels=[document["category"], document["kind"], *document["tags"]],
        external_references=[*_own_incident(edition), *stix_claims.papers(document)],
        extensions={INCIDENT: {"extension_type": "property-extension"} | _more(edition)},
    )


def _own_incident(edition):
    document = edition.document
    number = document["edition"]["number"]
    uid = document["uid"]
    page = {
        "source_name": RECORD,
        "external_id": uid,
        "url": f"{edition.base}/incidents/{uid}/editions/{number}/",
        "description": f"Edition {number} of the incident",
    }
    return [page, *_own(edition, f"/api/v1/incidents/{uid}/editions/{number}/")]


def _own(edition, path):
    return [
        {
            "source_name": RECORD,
            "url": f"{edition.base}{path}",
            "hashes": {"SHA-256": edition.sha256},
            "description": "The document of the edition as JSON",
        }
    ]


def _more(edition):
    """What STIX has no property for; the members are those of the document, and of stix_schema."""
    document = edition.document
    headline, place = document["headline"], document["location"] or {}
    date = document["date"]
    return {
        "uid": document["uid"],
        "edition": document["edition"]["number"],
        "ruleset": document["edition"]["ruleset"],
        "category": document["category"],
        "kind": document["kind"],
        "date": {name: date[name] for name in ("start", "end", "precision", "time_local", "time_zone", "utc", "shown")},
        "place": place.get("shown"),
        "place_precision": document["location_precision"],
        "occurrence": headline["occurrence"]["status"],
        "is_denied": headline["occurrence"]["is_denied"],
        "attribution": headline["attribution"]["status"],
        "candidate_refs": [
            identifier("identity", document["actors"][candidate["actor"]]["uid"])
            for candidate in headline["attribution"]["candidates"]
        ],
        "target_natures": [nature["code"] for nature in headline["target_natures"]],
        "tolls": {outcome: _figures(toll) for outcome, toll in headline["casualties"].items()},
        "contested": [aspect["aspect"] for aspect in headline["contested"]],
        "acknowledgement": headline["acknowledgement"],
        "harm_grade": headline["harm_grade"],
        "cross_border": headline["cross_border"],
        "escalation": headline["escalation"],
        "part_of": document["part_of"],
        "parts": document["parts"],
    }


def _figures(toll):
    """The total and what each category has; a figure of which nobody says anything is left out."""
    found = {"total": toll["total"], **toll["by_category"]}
    return {
        name: {bound: figure[bound] for bound in ("low", "best", "high", "open_upper")}
        for name, figure in found.items()
        if any(figure[bound] is not None for bound in ("low", "best", "high"))
    }


def _location(edition, bundle):
    """The place as coarse as the incident shows it, or None where STIX could hold neither coordinates nor country."""
    place = edition.document["location"]
    country = place and (place["country"] or {}).get("iso")
    if not place or (place["latitude"] is None and not country):
        return None
    shown = [place["uid"], *(str(place[name]) for name in ("latitude", "longitude", "uncertainty_km"))]
    created, modified = bundle.moments.get(place["uid"], (edition.created, edition.published))
    province = place["province"] or {}
    radius = place["uncertainty_km"]
    return made(
        "location",
        identifier("location", *shown),
        created,
        modified,
        name=place["name"],
        description=place["disputed_note"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        precision=None if radius is None or place["latitude"] is None else radius * _METRES,
        country=country,
        administrative_area=province.get("iso") or province.get("name"),
        external_references=[{"source_name": RECORD, "external_id": place["uid"], "description": place["shown"]}],
    )


def _participants(edition, here):
    document = edition.document
    for entry in document["participants"]:
        word = _OF_PART.get(entry["part"], _RELATED)
        told = f"{entry['part'].capitalize()}, as the rules conclude from {', '.join(entry['claims'])}."
        whom = identifier("identity", document["actors"][entry["actor"]]["uid"])
        yield _tie(edition, here, word, whom, entry["part"], told)


def _links(edition, here, bundle):
    document = edition.document
    if document["part_of"] in bundle.incidents:
        yield _tie(edition, here, "part-of", identifier("incident", document["part_of"]), "part_of")
    for link in document["links"]:
        if link["to"] not in bundle.incidents:
            continue
        there = identifier("incident", link["to"])
        word = _OF_LINK.get(link["type"], _word(link["type"]))
        told = "" if link["standing"] == "editorial" else f"As it stands: {link['standing']}."
        tie = _tie(edition, here, word, there, link["uid"], told)
        yield tie
        yield from stix_claims.claims(link["claims"], edition, tie["id"], {})


def _tie(edition, here, word, there, what, told=""):
    return made(
        "relationship",
        identifier("relationship", here, what, there),
        edition.created,
        edition.published,
        relationship_type=word,
        source_ref=here,
        target_ref=there,
        description=told,
    )


def _word(code):
    return code.replace("_", "-")


def _midnight(day):
    return f"{day}T00:00:00.000Z" if day else None
