"""What is claimed, as objects of STIX 2.1: a note for what somebody says, an opinion for what is denied or doubted.

The claimant is named, and is never the author of the object: the record is. Confidence is the editors' credibility.
"""

from events.choices import Part, Stance
from events.exchange.stix_objects import CLAIM, identifier, made

# The scale of credibility (STAF, Admiralty) as appendix A of the standard turns it into confidence; 6 is "cannot be judged".
CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
_OPINIONS = {Stance.DENIES: "strongly-disagree", Stance.DOUBTS: "disagree"}
_OF_PART = {Part.PERPETRATOR: "attributed-to", Part.TARGET: "targets"}
_SAYS = {Stance.ASSERTS: "says", Stance.DENIES: "denies", Stance.DOUBTS: "doubts"}


def claims(told, edition, about, of_part):
    """A note or an opinion for each of these claims of the document, about the object `about`.

    `of_part` is (type, id of an identity) → id of the relationship that says so: what is denied where there is one.
    """
    papers_of = {paper["uid"]: paper for paper in edition.document["documents"]}
    for claim in told:
        yield _claim(claim, edition, about, of_part, papers_of)


def papers(document):
    """The documents that are cited, as external references."""
    return [reference(paper) for paper in document["documents"]]


def reference(paper, told=""):
    """A cited document; `told` comes after its title and day."""
    day = (paper["published"] or {}).get("shown")
    licence = f"Licence: {paper['licence']}" if paper["licence"] else ""
    return {
        "source_name": paper["source"]["name"],
        "external_id": paper["uid"],
        "url": paper["url"] or paper["archived_url"],
        "description": ". ".join(part for part in (paper["title"], day, told, licence) if part),
    }


def _claim(claim, edition, about, of_part, papers_of):
    actors = edition.document["actors"]
    claimant, named = (
        claim[name] and identifier("identity", actors[claim[name]]["uid"]) for name in ("claimant", "actor")
    )
    who = claim["claimant_text"] or (claim["claimant"] and actors[claim["claimant"]]["name"]) or ""
    text = content(claim, who, actors)
    common = {
        "authors": [who] if who else [],
        "confidence": CONFIDENCE.get(claim["credibility"]),
        "labels": _labels(claim),
        "external_references": [
            reference(papers_of[cited["document"]], _excerpt(cited)) for cited in claim["citations"]
        ],
        "extensions": {CLAIM: {"extension_type": "property-extension"} | _more(claim, claimant, named, actors)},
    }
    created, modified = edition.created, edition.published
    if claim["stance"] == Stance.ASSERTS:
        refs = list(dict.fromkeys(ref for ref in (about, claimant, named) if ref))
        id_ = identifier("note", claim["uid"])
        return made("note", id_, created, modified, abstract=claim["aspect"], content=text, object_refs=refs, **common)
    meant = of_part.get((_OF_PART.get(claim["part"]), named), about)
    id_ = identifier("opinion", claim["uid"])
    opinion = _OPINIONS[claim["stance"]]
    return made("opinion", id_, created, modified, opinion=opinion, explanation=text, object_refs=[meant], **common)


def content(claim, who, actors):
    """The claim as one English sentence: who says, denies or doubts what, in which words of the record."""
    value = _value(claim, actors)
    told = f"{who or claim['attribution'].replace('_', ' ')} {_SAYS[claim['stance']]}: {claim['aspect']}"
    if claim["hedge"] != "none":
        told += f" ({claim['hedge']})"
    return f"{told}: {value}." if value else f"{told}."


def _value(claim, actors):
    """What is claimed, as words."""
    found = [actors[claim["actor"]]["name"] if claim["actor"] else "", claim["part"], claim["code"], claim["text"]]
    found += [(claim["location"] or {}).get("name"), (claim["date"] or {}).get("shown")]
    found += [line["shown"] for line in claim["lines"]]
    return "; ".join(part for part in found if part)


def _labels(claim):
    states = {"retracted": claim["retracted_at"], "superseded": claim["superseded_by"]}
    return [claim["aspect"], *(name for name, is_so in states.items() if is_so)]


def _excerpt(cited):
    quoted = f"“{cited['excerpt']}”" if cited["excerpt"] else ""
    return " ".join(part for part in (quoted, cited["locator"]) if part)


def _more(claim, claimant, named, actors):
    """What STIX has no property for; the members are those of the document, and of stix_schema."""
    plain = (
        "uid",
        "aspect",
        "stance",
        "attribution",
        "first_hand",
        "speech_act",
        "hedge",
        "preliminary",
        "part",
        "code",
    )
    more = ("scope", "exhaustive", "supersedes", "superseded_by", "retracted_at", "is_eligible", "credibility")
    return {
        **{name: claim[name] for name in (*plain, *more)},
        "asserted": claim["asserted"],
        "claimant_ref": claimant,
        "actor_ref": named,
        "lines": [_line(line, actors) for line in claim["lines"]],
    }


def _line(line, actors):
    plain = ("outcome", "category", "demographic", "directness", "qualifier", "low", "best", "high", "open_upper")
    party = line["party"] and identifier("identity", actors[line["party"]]["uid"])
    return {name: line[name] for name in (*plain, "subset_of")} | {"party_ref": party}
