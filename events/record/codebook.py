"""The codebook: every closed list of words that public data uses, read from where the rules and forms read it."""

from dataclasses import dataclass
from inspect import cleandoc

from events import choices
from events.choices import CATEGORY_OF, KIND_COUNTERPARTS, Category, Credibility, Kind


@dataclass(frozen=True)
class Entry:
    code: str
    label: str
    help_text: str


@dataclass(frozen=True)
class WordList:
    """One closed list. `name` is its anchor on the page; `about` says what it is for, "" where the heading does."""

    name: str
    heading: str
    about: str
    entries: list


@dataclass(frozen=True)
class KindEntry:
    """A kind with its counterparts elsewhere: ACLED's sub-event type, UCDP's types of violence."""

    entry: Entry
    category: str
    acled: str
    ucdp: str


HEADINGS = {
    choices.Category: "Category of incident",
    choices.DatePrecision: "How exactly a date is known",
    choices.LocationLevel: "Level of a place",
    choices.LocationPrecision: "How exactly a place is known",
    choices.CoordinateBasis: "What a coordinate rests on",
    choices.Mapped: "Whether an incident stands on the map",
    choices.Aspect: "What a claim is about",
    choices.Part: "Part of an actor in an incident",
    choices.TargetNature: "What was hit",
    choices.Stance: "Stance of a claim",
    choices.Attribution: "How a document names the claimant",
    choices.FirstHand: "First hand or relayed",
    choices.SpeechAct: "Kind of words",
    choices.Hedge: "Hedge",
    choices.Relay: "How a document stands to the claim",
    choices.Outcome: "What happened to people",
    choices.VictimCategory: "Who they were",
    choices.Demographic: "Women, men, children",
    choices.Directness: "Direct or indirect",
    choices.Qualifier: "Words around a number",
    choices.Scope: "What a toll covers",
    choices.Occurrence: "How well it is established that it happened",
    choices.AttributionStatus: "How well the perpetrator is established",
    choices.Acknowledgement: "What a side says of its part",
    choices.HarmGrade: "Harm to civilians",
    choices.TriState: "Answers to a question with three",
    choices.LinkType: "Links between incidents",
    choices.ActorKind: "Kind of actor",
    choices.Side: "Side of an actor",
    choices.RelationType: "Relations between actors",
    choices.RelationBasis: "What a relation rests on",
    choices.AliasKind: "Kind of name",
    choices.AliasScheme: "Numbers of an actor elsewhere",
    choices.SourceKind: "Kind of source",
    choices.SourceScale: "Reach of a source",
    choices.Reliability: "Reliability of a source (Admiralty letter)",
    choices.DocumentKind: "Kind of document",
    choices.Derivation: "How a document came from another",
    choices.EditionKind: "Kind of edition",
    choices.EditionReason: "Reason of an edition",
}


def lists():
    """WordLists in the order of the page; grades and levels that are numbers come last."""
    found = [
        WordList(words.__name__, heading, _about(words), [_entry(word) for word in words])
        for words, heading in HEADINGS.items()
    ]
    grades = [Entry(str(code), label, "") for code, label in Credibility.LABELS.items()]
    levels = [Entry(str(code), label, "") for code, label in choices.ESCALATION_LABELS.items()]
    return [
        *found,
        WordList("Credibility", "Credibility of a claim (Admiralty figure)", cleandoc(Credibility.__doc__), grades),
        WordList("Escalation", "Escalation", "", levels),
    ]


def kinds():
    """KindEntries by category, each kind once."""
    return [_kind(kind) for category in Category for kind in Kind if CATEGORY_OF[kind] == category]


def _kind(kind):
    _, acled, ucdp, _ = KIND_COUNTERPARTS.get(kind, ("", "", (), ""))
    return KindEntry(
        _entry(kind), CATEGORY_OF[kind].label, acled or "", ", ".join(str(number) for number in ucdp or ())
    )


def _entry(word):
    return Entry(word.value, word.label, word.help_text)


def _about(words):
    """The docstring of the list itself; those that inherit one say nothing."""
    return cleandoc(words.__dict__.get("__doc__") or "")
