"""What changed from one public document to the next, in words for people. Pure functions of the two dicts."""

from dataclasses import dataclass

from events.choices import (
    ESCALATION_LABELS,
    Acknowledgement,
    Aspect,
    AttributionStatus,
    Category,
    Credibility,
    EditionKind,
    FirstHand,
    HarmGrade,
    Hedge,
    Kind,
    LinkType,
    LocationPrecision,
    Occurrence,
    Outcome,
    Part,
    RelationBasis,
    RelationType,
    Side,
    SpeechAct,
)
from events.rules import wording

PLAIN = (("title", "Title"), ("summary", "Summary"))


@dataclass(frozen=True)
class Difference:
    """One thing that changed: a machine's name for it, a person's, and both values in words ("" where there was none)."""

    field: str
    label: str
    before: str
    after: str


def between(old, new):
    """List of Difference from the old document to the new, in the order of the page; `old` None stands for nothing.

    Withdrawn and merged documents hold no values, so that going public or leaving it is the one difference.
    """
    if old is not None and _kind(old) != _kind(new) or _kind(new) != EditionKind.PUBLISHED:
        before = EditionKind.label_of(_kind(old)) if old else ""
        return [Difference("edition.kind", "Status", before, EditionKind.label_of(_kind(new)))] if old != new else []
    before, after = _values(old) if old else {}, _values(new)
    fields = list(dict.fromkeys([*after, *before]))
    changed = [
        Difference(field, (after.get(field) or before[field])[0], _words(before, field), _words(after, field))
        for field in fields
        if _words(before, field) != _words(after, field)
    ]
    return changed + _claims(old, new) + _documents(old, new)


def _kind(document):
    return document["edition"]["kind"]


def _words(values, field):
    return values[field][1] if field in values else ""


def _values(document):
    """field → (label, value in words) for everything but claims and documents."""
    if "subject" in document:
        return _relation_values(document)
    found = {field: (label, document[field] or "") for field, label in PLAIN}
    place = document["location"] or {}
    found |= {
        "category": ("Category", Category.label_of(document["category"])),
        "kind": ("Kind", Kind.label_of(document["kind"])),
        "date": ("Date", document["date"]["shown"]),
        "location": ("Place", place.get("shown", "")),
        "location_precision": ("Precision of the place", LocationPrecision.label_of(document["location_precision"])),
        "coordinates": ("Coordinates", _coordinates(place)),
        "tags": ("Tags", ", ".join(document["tags"])),
        "part_of": ("Part of", document["part_of"] or ""),
        "parts": ("Parts", ", ".join(document["parts"])),
        "links": ("Links", "; ".join(_link(link) for link in document["links"])),
    }
    return found | _headline_values(document)


def _headline_values(document):
    headline, actors = document["headline"], document["actors"]
    found = {
        "occurrence": ("Occurrence", _occurrence(headline["occurrence"])),
        "attribution": ("Attribution", _attribution(headline["attribution"], actors)),
        "participants": ("Participants", _participants(document["participants"], actors)),
    }
    for outcome in Outcome:
        found |= _toll_values(outcome, headline["casualties"].get(outcome), actors)
    found |= {
        "contested": ("Contested", _aspects(entry["aspect"] for entry in headline["contested"])),
        "doubted": ("Doubted", _aspects(headline["doubted"])),
        "acknowledgement": ("Acknowledgement", _acknowledgement(headline["acknowledgement"])),
        "harm_grade": ("Harm to civilians", HarmGrade.label_of(headline["harm_grade"])),
        "cross_border": ("Cross-border", "yes" if headline["cross_border"]["is_cross_border"] else "not established"),
        "escalation": ("Escalation", ESCALATION_LABELS.get(headline["escalation"], "")),
    }
    return found


def _toll_values(outcome, toll, actors):
    if not toll:
        return {}
    found = {outcome.value: (outcome.label, wording.figure_of(toll["total"]))}
    cells = [
        *((category, category.replace("_", " "), figure) for category, figure in toll["by_category"].items()),
        *((party, wording.actor_name(party, actors), figure) for party, figure in toll["by_party"].items()),
        *((people, people, figure) for people, figure in toll["subsets"].items()),
        ("excluding_perpetrators", "without the perpetrators", toll["excluding_perpetrators"]),
    ]
    return found | {
        f"{outcome.value}.{code}": (f"{outcome.label}, {words}", wording.figure_of(figure))
        for code, words, figure in cells
    }


def _relation_values(document):
    actors = document["actors"]
    ends = [wording.actor_name(document[end], actors) for end in ("subject", "object")]
    return {
        "relation": ("Relation", f"{ends[0]} {RelationType.label_of(document['type'])} {ends[1]}"),
        "valid_from": ("Valid from", document["valid_from"] or "open"),
        "valid_until": ("Valid until", document["valid_until"] or "open"),
        "basis": ("Basis", RelationBasis.label_of(document["basis"])),
        "note": ("Note", document["note"]),
        "contested": ("Contested", "yes" if document["is_contested"] else "no"),
    }


def _occurrence(occurrence):
    return Occurrence.label_of(occurrence["status"]) + (", and denied" if occurrence["is_denied"] else "")


def _attribution(attribution, actors):
    slugs = [attribution["actor"]] if attribution["actor"] else [one["actor"] for one in attribution["candidates"]]
    names = " or ".join(dict.fromkeys(wording.actor_name(slug, actors) for slug in slugs))
    status = AttributionStatus.label_of(attribution["status"])
    return f"{names} ({status.lower()})" if names else status


def _participants(entries, actors):
    named = [f"{Part.label_of(entry['part'])}: {wording.actor_name(entry['actor'], actors)}" for entry in entries]
    return "; ".join(dict.fromkeys(named))


def _acknowledgement(sides):
    return "; ".join(f"{Side.label_of(side)}: {Acknowledgement.label_of(said).lower()}" for side, said in sides.items())


def _aspects(codes):
    return ", ".join(Aspect.label_of(code).lower() for code in codes)


def _coordinates(place):
    if place.get("latitude") is None:
        return ""
    around = f" ± {place['uncertainty_km']:g} km" if place["uncertainty_km"] else ""
    return f"{place['latitude']}, {place['longitude']}{around}"


def _link(link):
    return f"{LinkType.label_of(link['type'])} {link['to']} ({link['standing']})"


def _claims(old, new):
    """One Difference per claim added, dropped or changed; of a changed one, only what changed in it."""
    before, after = _claims_by_uid(old), _claims_by_uid(new)
    found = []
    for uid in dict.fromkeys([*after, *before]):
        was, now = before.get(uid), after.get(uid)
        if was == now:
            continue
        label = f"Claim {uid}: {Aspect.label_of((now or was)[0]['aspect']).lower()}, {wording.claimant(*(now or was))}"
        if was and now:
            marks = list(zip(_marks(*was), _marks(*now), strict=True))
            changed = [pair for pair in marks if pair[0] != pair[1]]
            texts = [", ".join(pair[side] for pair in changed if pair[side]) for side in (0, 1)]
            if not changed:
                continue
        else:
            texts = [wording.said(*claim) if claim else "" for claim in (was, now)]
        found.append(Difference(f"claims.{uid}", label, *texts))
    return found


def _claims_by_uid(document):
    """uid → (claim, actors), those that back links included."""
    if document is None:
        return {}
    claims = [*document["claims"], *(claim for link in document.get("links", ()) for claim in link["claims"])]
    named = {slug: document["actors"].get(slug) for slug in document["actors"]}
    return {claim["uid"]: (claim, named) for claim in claims}


def _marks(claim, actors):
    """Everything that may change in a claim, as words; the same number of entries for every claim."""
    return [
        wording.said(claim, actors),
        wording.remark(claim),
        wording.claimant(claim, actors),
        ", ".join(wording.limits(claim)),
        SpeechAct.label_of(claim["speech_act"]).lower(),
        "" if claim["hedge"] == Hedge.NONE else Hedge.label_of(claim["hedge"]).lower(),
        FirstHand.label_of(claim["first_hand"]).lower(),
        "preliminary" if claim["preliminary"] else "",
        f"credibility {Credibility.LABELS.get(claim['credibility'], claim['credibility'])}",
        f"retracted {claim['retracted_at']}" if claim["retracted_at"] else "",
        f"superseded by {claim['superseded_by']}" if claim["superseded_by"] else "",
        "stands behind headlines" if claim["is_eligible"] else "shown, not used",
        _excerpts(claim["citations"]),
    ]


def _excerpts(citations):
    return "; ".join(f"“{citation['excerpt']}” ({citation['document']})" for citation in citations)


def _documents(old, new):
    before, after = ({one["uid"]: one for one in (content or {}).get("documents", ())} for content in (old, new))
    return [
        Difference(f"documents.{uid}", f"Document {uid}", _document(before.get(uid)), _document(after.get(uid)))
        for uid in dict.fromkeys([*after, *before])
        if _document(before.get(uid)) != _document(after.get(uid))
    ]


def _document(document):
    if document is None:
        return ""
    published = f", {document['published']['shown']}" if document["published"] else ""
    address = f", {document['url']}" if document["url"] else ""
    return f"{document['source']['name']}: {document['title']}{published}{address}"
