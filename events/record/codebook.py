"""The codebook: every closed list of words that public data uses, read from where the rules and forms read it."""

from dataclasses import dataclass
from inspect import cleandoc

from django.utils.translation import gettext, gettext_lazy

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
    choices.Category: gettext_lazy("Category of incident"),
    choices.DatePrecision: gettext_lazy("How exactly a date is known"),
    choices.LocationLevel: gettext_lazy("Level of a place"),
    choices.LocationPrecision: gettext_lazy("How exactly a place is known"),
    choices.CoordinateBasis: gettext_lazy("What a coordinate rests on"),
    choices.Mapped: gettext_lazy("Whether an incident stands on the map"),
    choices.Aspect: gettext_lazy("What a claim is about"),
    choices.Part: gettext_lazy("Part of an actor in an incident"),
    choices.TargetNature: gettext_lazy("What was hit"),
    choices.Stance: gettext_lazy("Stance of a claim"),
    choices.Attribution: gettext_lazy("How a document names the claimant"),
    choices.FirstHand: gettext_lazy("First hand or relayed"),
    choices.SpeechAct: gettext_lazy("Kind of words"),
    choices.Hedge: gettext_lazy("Hedge"),
    choices.Relay: gettext_lazy("How a document stands to the claim"),
    choices.Outcome: gettext_lazy("What happened to people"),
    choices.VictimCategory: gettext_lazy("Who they were"),
    choices.Demographic: gettext_lazy("Women, men, children"),
    choices.Directness: gettext_lazy("Direct or indirect"),
    choices.Qualifier: gettext_lazy("Words around a number"),
    choices.Scope: gettext_lazy("What a toll covers"),
    choices.Occurrence: gettext_lazy("How well it is established that it happened"),
    choices.AttributionStatus: gettext_lazy("How well the perpetrator is established"),
    choices.Acknowledgement: gettext_lazy("What a side says of its part"),
    choices.HarmGrade: gettext_lazy("Harm to civilians"),
    choices.TriState: gettext_lazy("Answers to a question with three"),
    choices.LinkType: gettext_lazy("Links between incidents"),
    choices.ActorKind: gettext_lazy("Kind of actor"),
    choices.Side: gettext_lazy("Side of an actor"),
    choices.RelationType: gettext_lazy("Relations between actors"),
    choices.RelationBasis: gettext_lazy("What a relation rests on"),
    choices.AliasKind: gettext_lazy("Kind of name"),
    choices.AliasScheme: gettext_lazy("Numbers of an actor elsewhere"),
    choices.SourceKind: gettext_lazy("Kind of source"),
    choices.SourceScale: gettext_lazy("Reach of a source"),
    choices.Reliability: gettext_lazy("Reliability of a source (Admiralty letter)"),
    choices.DocumentKind: gettext_lazy("Kind of document"),
    choices.Derivation: gettext_lazy("How a document came from another"),
    choices.EditionKind: gettext_lazy("Kind of edition"),
    choices.EditionReason: gettext_lazy("Reason of an edition"),
}


def lists():
    """WordLists in the order of the page; grades and levels that are numbers come last."""
    found = [
        WordList(words.__name__, str(heading), _said(about(words)), [_entry(word) for word in words])
        for words, heading in HEADINGS.items()
    ]
    grades = [Entry(str(code), gettext(label), "") for code, label in Credibility.LABELS.items()]
    levels = [Entry(str(code), gettext(label), "") for code, label in choices.ESCALATION_LABELS.items()]
    return [
        *found,
        WordList(
            "Credibility", gettext("Credibility of a claim (Admiralty figure)"), _said(about(Credibility)), grades
        ),
        WordList("Escalation", gettext("Escalation"), "", levels),
    ]


def kinds():
    """KindEntries by category, each kind once."""
    return [_kind(kind) for category in Category for kind in Kind if CATEGORY_OF[kind] == category]


def _kind(kind):
    _, acled, ucdp, _ = KIND_COUNTERPARTS.get(kind, ("", "", (), ""))
    return KindEntry(
        _entry(kind), gettext(CATEGORY_OF[kind].label), acled or "", ", ".join(str(number) for number in ucdp or ())
    )


def _entry(word):
    return Entry(word.value, gettext(word.label), _said(word.help_text))


def _said(words):
    return gettext(words) if words else ""


def about(words):
    """The docstring of the list itself, in English; those that inherit one say nothing."""
    return cleandoc(words.__dict__.get("__doc__") or "")
