"""What changed from one public document to the next, in words for people. Pure functions of the two dicts."""

from dataclasses import dataclass

from events.choices import (
    ESCALATION_LABELS,
    Acknowledgement,
    Aspect,
    AttributionStatus,
    Category,
    Credibility,
    Demographic,
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
    Side,
    SpeechAct,
    VictimCategory,
)
from events.rules import dates, wording
from events.tongue import gettext, gettext_noop

PLAIN = (("title", gettext_noop("Title")), ("summary", gettext_noop("Summary")))
_CATEGORIES = {
    VictimCategory.CIVILIAN: gettext_noop("civilian"),
    VictimCategory.SECURITY_FORCES: gettext_noop("security forces"),
    VictimCategory.MILITANT: gettext_noop("militant"),
    VictimCategory.UNKNOWN: gettext_noop("unknown"),
}
# What a document says of a link.
STANDINGS = {
    "editorial": gettext_noop("editorial"),
    "asserted": gettext_noop("asserted"),
    "contested": gettext_noop("contested"),
}


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
        if old == new:
            return []
        kinds = [_label(EditionKind, _kind(document)) if document else "" for document in (old, new)]
        return [Difference("edition.kind", gettext("Status"), *kinds)]
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


def _label(words, code):
    return gettext(words.label_of(code))


def _words(values, field):
    return values[field][1] if field in values else ""


def _values(document):
    """field → (label, value in words) for everything but claims and documents."""
    if "subject" in document:
        return _relation_values(document)
    found = {field: (gettext(label), document[field] or "") for field, label in PLAIN}
    place = document["location"] or {}
    precision = _label(LocationPrecision, document["location_precision"])
    found |= {
        "category": (gettext("Category"), _label(Category, document["category"])),
        "kind": (gettext("Kind"), _label(Kind, document["kind"])),
        "date": (gettext("Date"), dates.described(document["date"])),
        "location": (gettext("Place"), place.get("shown", "")),
        "location_precision": (gettext("Precision of the place"), precision),
        "coordinates": (gettext("Coordinates"), _coordinates(place)),
        "tags": (gettext("Tags"), ", ".join(document["tags"])),
        "part_of": (gettext("Part of"), document["part_of"] or ""),
        "parts": (gettext("Parts"), ", ".join(document["parts"])),
        "links": (gettext("Links"), "; ".join(_link(link) for link in document["links"])),
    }
    return found | _headline_values(document)


def _headline_values(document):
    headline, actors = document["headline"], document["actors"]
    found = {
        "occurrence": (gettext("Occurrence"), _occurrence(headline["occurrence"])),
        "attribution": (gettext("Attribution"), _attribution(headline["attribution"], actors)),
        "participants": (gettext("Participants"), _participants(document["participants"], actors)),
    }
    for outcome in Outcome:
        found |= _toll_values(outcome, headline["casualties"].get(outcome), actors)
    is_across, level = headline["cross_border"]["is_cross_border"], headline["escalation"]
    return found | {
        "contested": (gettext("Contested"), _aspects(entry["aspect"] for entry in headline["contested"])),
        "doubted": (gettext("Doubted"), _aspects(headline["doubted"])),
        "acknowledgement": (gettext("Acknowledgement"), _acknowledgement(headline["acknowledgement"])),
        "harm_grade": (gettext("Harm to civilians"), _label(HarmGrade, headline["harm_grade"])),
        "cross_border": (gettext("Cross-border"), gettext("yes") if is_across else gettext("not established")),
        "escalation": (gettext("Escalation"), gettext(ESCALATION_LABELS[level]) if level in ESCALATION_LABELS else ""),
    }


def _toll_values(outcome, toll, actors):
    if not toll:
        return {}
    label = gettext(outcome.label)
    cells = [
        *((category, _category(category), figure) for category, figure in toll["by_category"].items()),
        *((party, wording.actor_name(party, actors), figure) for party, figure in toll["by_party"].items()),
        *(
            (people, wording.in_small(Demographic.label_of(people)), figure)
            for people, figure in toll["subsets"].items()
        ),
    ]
    found = {outcome.value: (label, wording.figure_of(toll["total"]))}
    for code, whom, figure in cells:
        words = gettext("%(outcome)s, %(whom)s") % {"outcome": label, "whom": whom}
        found[f"{outcome.value}.{code}"] = (words, wording.figure_of(figure))
    rest = gettext("%(outcome)s, without the perpetrators") % {"outcome": label}
    figure = wording.figure_of(toll["excluding_perpetrators"])
    return found | {f"{outcome.value}.excluding_perpetrators": (rest, figure)}


def _category(code):
    return gettext(_CATEGORIES[code]) if code in _CATEGORIES else code


def _relation_values(document):
    until = [document[end] or gettext("open") for end in ("valid_from", "valid_until")]
    return {
        "relation": (gettext("Relation"), wording.related(document)),
        "valid_from": (gettext("Valid from"), until[0]),
        "valid_until": (gettext("Valid until"), until[1]),
        "basis": (gettext("Basis"), _label(RelationBasis, document["basis"])),
        "note": (gettext("Note"), document["note"]),
        "contested": (gettext("Contested"), gettext("yes") if document["is_contested"] else gettext("no")),
    }


def _occurrence(occurrence):
    said = _label(Occurrence, occurrence["status"])
    return gettext("%(occurrence)s, and denied") % {"occurrence": said} if occurrence["is_denied"] else said


def _attribution(attribution, actors):
    slugs = [attribution["actor"]] if attribution["actor"] else [one["actor"] for one in attribution["candidates"]]
    names = gettext(" or ").join(dict.fromkeys(wording.actor_name(slug, actors) for slug in slugs))
    status = _label(AttributionStatus, attribution["status"])
    return f"{names} ({status.lower()})" if names else status


def _participants(entries, actors):
    named = [f"{_label(Part, entry['part'])}: {wording.actor_name(entry['actor'], actors)}" for entry in entries]
    return "; ".join(dict.fromkeys(named))


def _acknowledgement(sides):
    return "; ".join(f"{_label(Side, side)}: {_label(Acknowledgement, said).lower()}" for side, said in sides.items())


def _aspects(codes):
    return ", ".join(_label(Aspect, code).lower() for code in codes)


def _coordinates(place):
    if place.get("latitude") is None:
        return ""
    point = f"{place['latitude']}, {place['longitude']}"
    if not place["uncertainty_km"]:
        return point
    return gettext("%(point)s ± %(distance)s km") % {"point": point, "distance": f"{place['uncertainty_km']:g}"}


def _link(link):
    return f"{_label(LinkType, link['type'])} {link['to']} ({gettext(STANDINGS[link['standing']])})"


def _claims(old, new):
    """One Difference per claim added, dropped or changed; of a changed one, only what changed in it."""
    before, after = _claims_by_uid(old), _claims_by_uid(new)
    found = []
    for uid in dict.fromkeys([*after, *before]):
        was, now = before.get(uid), after.get(uid)
        if was == now:
            continue
        room = {"uid": uid, "aspect": _label(Aspect, (now or was)[0]["aspect"]).lower()}
        room["claimant"] = wording.claimant(*(now or was))
        label = gettext("Claim %(uid)s: %(aspect)s, %(claimant)s") % room
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
        _label(SpeechAct, claim["speech_act"]).lower(),
        "" if claim["hedge"] == Hedge.NONE else _label(Hedge, claim["hedge"]).lower(),
        _label(FirstHand, claim["first_hand"]).lower(),
        gettext("preliminary") if claim["preliminary"] else "",
        gettext("credibility %(grade)s") % {"grade": _credibility(claim["credibility"])},
        gettext("retracted %(when)s") % {"when": claim["retracted_at"]} if claim["retracted_at"] else "",
        gettext("superseded by %(uid)s") % {"uid": claim["superseded_by"]} if claim["superseded_by"] else "",
        gettext("stands behind headlines") if claim["is_eligible"] else gettext("shown, not used"),
        _excerpts(claim["citations"]),
    ]


def _credibility(grade):
    return gettext(Credibility.LABELS[grade]) if grade in Credibility.LABELS else grade


def _excerpts(citations):
    return "; ".join(f"“{citation['excerpt']}” ({citation['document']})" for citation in citations)


def _documents(old, new):
    before, after = ({one["uid"]: one for one in (content or {}).get("documents", ())} for content in (old, new))
    return [
        Difference(
            f"documents.{uid}",
            gettext("Document %(uid)s") % {"uid": uid},
            _document(before.get(uid)),
            _document(after.get(uid)),
        )
        for uid in dict.fromkeys([*after, *before])
        if _document(before.get(uid)) != _document(after.get(uid))
    ]


def _document(document):
    if document is None:
        return ""
    published = f", {dates.described(document['published'])}" if document["published"] else ""
    address = f", {document['url']}" if document["url"] else ""
    return f"{document['source']['name']}: {document['title']}{published}{address}"
