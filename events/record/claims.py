"""Claims of a public document made readable: who says what, how, and on which documents."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from events import choices
from events.choices import (
    Aspect,
    Attribution,
    Credibility,
    FirstHand,
    Hedge,
    LinkType,
    Part,
    RelationType,
    Side,
    SpeechAct,
    Stance,
)
from events.record import days
from events.rules import wording

_BEST_FIRST = sorted(choices.RELIABILITY_RANK, key=choices.RELIABILITY_RANK.get)


@dataclass(frozen=True)
class Claimant:
    """Who says it. `slug` is None for somebody named only in words; `how` says how the document names them."""

    key: str
    name: str
    full_name: str
    slug: str | None
    side: str
    how: str

    @property
    def is_party(self):
        """Whether the claimant stands on a side of the conflict."""
        return self.side != Side.THIRD


@dataclass(frozen=True)
class Cited:
    """One document behind a claim, with the words it was read from."""

    excerpt: str
    language: str
    translation: str
    locator: str
    relay: str
    reliability: str
    document: dict


@dataclass(frozen=True)
class Said:
    """One claim in words. `number` is its number on the page; `data` the claim as the document holds it."""

    number: int
    uid: str
    data: dict
    claimant: Claimant
    aspect: str
    words: str
    remark: str
    marks: tuple
    unused: str
    citations: tuple = field(default=())

    @property
    def is_denial(self):
        return self.data["stance"] != Stance.ASSERTS

    @property
    def is_struck(self):
        """Retracted or replaced: shown crossed out."""
        return bool(self.data["retracted_at"] or self.data["superseded_by"])

    @property
    def aspect_label(self):
        """“Who did it”, or the part that the claim is about: “Mediator”."""
        part = self.data["part"]
        is_other = part not in ("", Part.PERPETRATOR, Part.TARGET)
        return gettext(Part.label_of(part) if is_other else Aspect.label_of(self.aspect))

    @property
    def speech_act_label(self):
        return gettext(SpeechAct.label_of(self.data["speech_act"]))

    @property
    def credibility_label(self):
        return gettext(Credibility.LABELS[self.data["credibility"]])

    @property
    def reliability(self):
        """The best grade among the sources that cite it, as of review; "" without a citation."""
        grades = [cited.reliability for cited in self.citations]
        return min(grades, key=_BEST_FIRST.index) if grades else ""

    @property
    def grade(self):
        """Source and claim together, as the Admiralty code writes it: "C3"."""
        return f"{self.reliability}{self.data['credibility']}"

    @property
    def grade_label(self):
        reliability = gettext(choices.Reliability.label_of(self.reliability))
        return gettext("Best source: %(reliability)s. Claim: %(credibility)s.") % {
            "reliability": reliability,
            "credibility": self.credibility_label,
        }


def read(document):
    """List of Said for every claim of the document, in its order; those that back links stand last."""
    actors, papers = document["actors"], {paper["uid"]: paper for paper in document["documents"]}
    pairs = [(claim, _asserted(claim, document)) for claim in document["claims"]]
    for link in document.get("links", ()):
        said = gettext("%(link)s %(incident)s") % {
            "link": gettext(LinkType.label_of(link["type"])),
            "incident": link["to"],
        }
        pairs += [(claim, said) for claim in link["claims"]]
    return [_said(number, claim, words, actors, papers) for number, (claim, words) in enumerate(pairs, 1)]


def claimant_of(claim, actors):
    """The Claimant of a claim; people named only in words are told apart by those words."""
    how = "" if claim["attribution"] == Attribution.NAMED else gettext(Attribution.label_of(claim["attribution"]))
    actor = actors.get(claim["claimant"])
    if actor is None:
        name = wording.claimant(claim, actors)
        return Claimant(f"{claim['attribution']}:{name}", name, name, None, Side.THIRD.value, how)
    name = actor["short_name"] or actor["name"]
    return Claimant(claim["claimant"], name, actor["name"], claim["claimant"], actor["side"], how)


def _asserted(claim, document):
    """The value in words; a claim about a relation asserts what the document itself says."""
    actors = document["actors"]
    if claim["aspect"] == Aspect.RELATION and "subject" in document:
        ends = [wording.actor_name(document[end], actors) for end in ("subject", "object")]
        relation = gettext(RelationType.label_of(document["type"]))
        said = gettext("%(subject)s %(relation)s %(object)s")
        return said % {"subject": ends[0], "relation": relation, "object": ends[1]}
    return wording.value(claim, actors)


def _said(number, claim, words, actors, papers):
    return Said(
        number=number,
        uid=claim["uid"],
        data=claim,
        claimant=claimant_of(claim, actors),
        aspect=claim["aspect"],
        words=wording.with_stance(claim, words),
        remark=wording.remark(claim),
        marks=tuple(marks(claim)),
        unused=unused(claim),
        citations=tuple(_cited(citation, papers) for citation in claim["citations"]),
    )


def marks(claim):
    """Words that qualify a claim wherever it is shown: hedge, first hand, preliminary, scope."""
    found = []
    if claim["hedge"] != Hedge.NONE:
        found.append(gettext(Hedge.label_of(claim["hedge"])).lower())
    if claim["first_hand"] != FirstHand.UNKNOWN:
        found.append(gettext(FirstHand.label_of(claim["first_hand"])).lower())
    if claim["preliminary"]:
        found.append(gettext("preliminary"))
    return found + wording.limits(claim)


def unused(claim):
    """Why no headline value rests on the claim; "" when one may."""
    if claim["retracted_at"]:
        return gettext("retracted %(day)s") % {"day": days.shown(date.fromisoformat(claim["retracted_at"]))}
    if claim["superseded_by"]:
        return gettext("replaced by %(claim)s") % {"claim": claim["superseded_by"]}
    for code, words in ((claim["speech_act"], SpeechAct), (claim["hedge"], Hedge)):
        if code in (SpeechAct.INFERENCE, SpeechAct.FORECAST, Hedge.CONDITIONAL):
            return gettext("shown, not used: %(why)s") % {"why": gettext(words.label_of(code)).lower()}
    if claim["credibility"] == Credibility.IMPROBABLE:
        return gettext("shown, not used: improbable")
    return "" if claim["is_eligible"] else gettext("shown, not used")


def _cited(citation, papers):
    return Cited(
        excerpt=citation["excerpt"],
        language=citation["excerpt_language"],
        translation=citation["translation"],
        locator=citation["locator"],
        relay=citation["relay"],
        reliability=citation["reliability"],
        document=papers[citation["document"]],
    )
