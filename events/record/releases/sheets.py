"""The tables of a release beside that of incidents: claims, their tolls, documents and relations, column by column.

Each is made from the documents of editions alone. A value is read from the dict of its row and the document around it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from events.record import tables

JOINT = "; "


@dataclass(frozen=True)
class Field:
    """`value(row)` gives the cell; a row is what `claims`, `tolls`, `documents` or `relations` yields."""

    name: str
    meaning: str
    value: Callable


def _of(part, name, meaning, to=None):
    return Field(to or name, meaning, lambda row: row[part][name])


def _named(name, slug, meaning):
    return Field(name, meaning, lambda row: (row["actors"].get(row["claim"][slug]) or {}).get("name"))


def _date(name, key, bound, meaning):
    return Field(name, meaning, lambda row: (row["claim"][key] or {}).get(bound))


ABOUT = (
    _of("about", "incident", "Uid of the incident it is about; empty for relations."),
    _of("about", "relation", "Uid of the relation between actors it is about."),
    _of("about", "link", "Uid of the link between incidents it is about."),
    _of("about", "edition", "Number of the edition that holds it."),
)
CLAIMS = (
    _of("claim", "uid", "The claim’s permanent identifier.", "claim"),
    *ABOUT,
    _of("claim", "aspect", "What it is about; see the codebook."),
    _of("claim", "stance", "asserts, denies or doubts."),
    _of(
        "claim",
        "claimant",
        "Who says it: the actor’s name in addresses; empty for those who are no actor of the record.",
    ),
    _named("claimant_name", "claimant", "The actor’s name as the edition has it."),
    _of("claim", "claimant_text", "Who says it, in words."),
    Field(
        "claimant_side",
        "The side of the claimant.",
        lambda row: (row["actors"].get(row["claim"]["claimant"]) or {}).get("side"),
    ),
    _of("claim", "attribution", "How the document names the claimant."),
    _of("claim", "first_hand", "Whether the claimant was there."),
    _of("claim", "speech_act", "The kind of words."),
    _of("claim", "hedge", "How sure the words are."),
    _of("claim", "preliminary", "yes where the claimant says that it may change."),
    _date("asserted_from", "asserted", "start", "First day on which it may have been said."),
    _date("asserted_to", "asserted", "end", "Last day on which it may have been said."),
    _of("claim", "part", "Part of the actor that it names."),
    _of("claim", "actor", "The actor that it names: its name in addresses."),
    _named("actor_name", "actor", "That actor’s name as the edition has it."),
    Field("location", "The place that it names.", lambda row: (row["claim"]["location"] or {}).get("slug")),
    _date("date_from", "date", "start", "First day of the date that it names."),
    _date("date_to", "date", "end", "Last day of the date that it names."),
    _of("claim", "code", "The code that it states, of the list that belongs to its aspect."),
    _of("claim", "text", "What it states, in words."),
    _of("claim", "scope", "Whether a toll is of the whole incident."),
    _of("claim", "exhaustive", "yes where the lines of the toll are all there is."),
    _of("claim", "supersedes", "Uid of the claim that it replaces."),
    _of("claim", "superseded_by", "Uid of the claim that replaced it."),
    _of("claim", "retracted_at", "The day on which its claimant took it back."),
    _of("claim", "credibility", "Admiralty figure, 1 to 6, given at review."),
    _of("claim", "is_eligible", "yes where it may stand behind a headline."),
    Field(
        "documents",
        "Uids of the documents that it cites, joined by “; ”.",
        lambda row: JOINT.join(dict.fromkeys(one["document"] for one in row["claim"]["citations"])),
    ),
)
TOLLS = (
    _of("claim", "uid", "The claim that holds this line.", "claim"),
    *ABOUT,
    Field("line", "Place of the line in its claim, from 1.", lambda row: row["number"]),
    Field(
        "subset_of",
        "The line of the same claim that already holds these people; never add both.",
        lambda row: None if row["line"]["subset_of"] is None else row["line"]["subset_of"] + 1,
    ),
    _of("line", "outcome", "What happened to them."),
    _of("line", "category", "Who they were."),
    _of("line", "party", "The actor to which they belonged."),
    _of("line", "demographic", "Women, men, children."),
    _of("line", "directness", "Direct or indirect."),
    _of("line", "qualifier", "The words around the number."),
    _of("line", "low", "The lowest number. Empty is “not stated”, never zero."),
    _of("line", "best", "The number stated."),
    _of("line", "high", "The highest number."),
    _of("line", "open_upper", "yes where no upper bound is stated."),
    _of("line", "shown", "The toll in words."),
)
DOCUMENTS = (
    _of("paper", "uid", "The document’s permanent identifier.", "document"),
    Field("source", "Who published it: the source’s name in addresses.", lambda row: row["paper"]["source"]["slug"]),
    Field("source_name", "The source’s name.", lambda row: row["paper"]["source"]["name"]),
    Field("source_kind", "The kind of source.", lambda row: row["paper"]["source"]["kind"]),
    Field("source_country", "Its country, ISO 3166-1.", lambda row: row["paper"]["source"]["country"]),
    Field("source_scale", "Its reach.", lambda row: row["paper"]["source"]["scale"]),
    Field("source_reliability", "Admiralty letter, A to F.", lambda row: row["paper"]["source"]["reliability"]),
    _of("paper", "title", "Its title."),
    _of("paper", "url", "Its address."),
    _of("paper", "archived_url", "The address of an archived copy."),
    _of("paper", "author", "Who wrote it."),
    Field("published_from", "First day of its date.", lambda row: (row["paper"]["published"] or {}).get("start")),
    Field("published_to", "Last day of its date.", lambda row: (row["paper"]["published"] or {}).get("end")),
    _of("paper", "language", "Its language."),
    _of("paper", "kind", "The kind of document."),
    _of("paper", "derived_from", "Uid of the document from which it came."),
    _of("paper", "derivation", "How it came from that."),
    _of("paper", "licence", "Its licence, where one is known."),
)
RELATIONS = (
    _of("document", "uid", "The relation’s permanent identifier.", "relation"),
    Field("edition", "Number of the edition that this row shows.", lambda row: row["document"]["edition"]["number"]),
    _of("document", "subject", "The one actor: its name in addresses."),
    Field("subject_name", "Its name.", lambda row: row["document"]["actors"][row["document"]["subject"]]["name"]),
    _of("document", "type", "How the two relate."),
    _of("document", "object", "The other actor: its name in addresses."),
    Field("object_name", "Its name.", lambda row: row["document"]["actors"][row["document"]["object"]]["name"]),
    _of("document", "valid_from", "First day; empty where it is not known."),
    _of("document", "valid_until", "Last day; empty where it goes on or is not known."),
    _of("document", "basis", "Whether it is established or claimed."),
    _of("document", "stands", "yes where it is established, or a claim that may count asserts it."),
    _of("document", "is_contested", "yes where a claim that may count denies it.", "contested"),
    _of("document", "note", "A note of the editors."),
)
SHEETS = {"claims": CLAIMS, "tolls": TOLLS, "documents": DOCUMENTS, "relations": RELATIONS}


def claims(document, is_relation):
    """Rows of every claim of a document, those about links behind the incident's own."""
    about = {"incident": None, "relation": None, "link": None, "edition": document["edition"]["number"]}
    about["relation" if is_relation else "incident"] = document["uid"]
    groups = [(None, document["claims"])]
    groups += [(link["uid"], link["claims"]) for link in document.get("links", ())]
    for link, held in groups:
        for claim in held:
            yield {"about": about | {"link": link}, "claim": claim, "actors": document["actors"]}


def tolls(claim):
    """Rows of the lines of a row of `claims`."""
    for number, line in enumerate(claim["claim"]["lines"], start=1):
        yield claim | {"line": line, "number": number}


def cells(fields, row):
    """The cells of a row of a table, as texts for CSV."""
    return [tables.cell(field.value(row)) for field in fields]


def dictionary():
    """Table → [{"name", "meaning"}] in the order of the columns."""
    return {
        name: [{"name": field.name, "meaning": field.meaning} for field in fields] for name, fields in SHEETS.items()
    }
