"""Why a public document says what it says: every concluded value with its rule and the claims behind it. Pure functions."""

from dataclasses import dataclass

from events.choices import (
    ESCALATION_LABELS,
    Acknowledgement,
    Aspect,
    AttributionStatus,
    HarmGrade,
    Occurrence,
    Outcome,
    Part,
    Side,
    TargetNature,
    TriState,
    VictimCategory,
)
from events.rules import arithmetic, wording

# R6: on whose word an actor is named, by tier.
TIERS = {
    1: "T1, the word of the one named, or of somebody who belongs to them",
    2: "T2, named by two or more independent claimants",
    3: "T3, named by one adversary",
    4: "T4, only suspected, assumed, or named by somebody anonymous",
}
OCCURRED = {
    Occurrence.ACKNOWLEDGED: "Those who did it and those affected both say so.",
    Occurrence.CLAIMED: "Those who did it say so; those affected are silent.",
    Occurrence.CORROBORATED: "Two or more independent claimants say so.",
    Occurrence.SINGLE_SOURCE: "One claimant says so, or several who are not independent.",
    Occurrence.ALLEGED: "Only an adversary says so.",
    Occurrence.UNSUPPORTED: "No claim can stand behind it.",
}
OWNED = {
    Acknowledgement.ACKNOWLEDGED: "The side owns it.",
    Acknowledgement.PARTIAL: "It owns a part, or both owns and denies it.",
    Acknowledgement.DENIED: "The side denies it.",
    Acknowledgement.SILENT: "The side is named as having acted and says nothing on it.",
}
CROSSED = {
    "state_across": "a state acts in the other",
    "fire_across": "fire across the border",
    "base_across": "a base across the border",
}


@dataclass(frozen=True)
class Reason:
    """One concluded value. `rule` is its number in docs/rules.md, `claims` are shown uids in the order of the document."""

    label: str
    value: str
    rule: str
    why: str
    claims: tuple[str, ...]


def of(document, numbers=None):
    """List of Reason for the headline of an incident's document, in the order of the public page.

    `numbers` maps shown uids of claims to their numbers on a page, by which sentences then name them.
    """
    headline, actors = document["headline"], document["actors"]
    return [
        _occurrence(headline["occurrence"]),
        *_attribution(headline["attribution"], actors),
        *_participants(document),
        *_natures(headline["target_natures"]),
        *_tolls(document, numbers),
        *_contests(headline),
        *_acknowledgement(headline),
        *_graded(headline),
    ]


def unused(document):
    """Uids of the accepted claims on which no value may rest (R0)."""
    return tuple(claim["uid"] for claim in document["claims"] if not claim["is_eligible"])


def _occurrence(occurrence):
    status = occurrence["status"]
    denied = " Somebody denies it." if occurrence["is_denied"] else ""
    value = Occurrence.label_of(status) + (", and denied" if occurrence["is_denied"] else "")
    return Reason("Occurrence", value, "R3", OCCURRED.get(status, "") + denied, tuple(occurrence["claims"]))


def _attribution(attribution, actors):
    """The headline's actor, then every candidate with its tier, so that weaker words are seen to be passed over."""
    if not attribution["candidates"]:
        why = "No claim that can stand behind a value names anybody."
        return [Reason("Who did it", AttributionStatus.label_of(attribution["status"]), "R6", why, ())]
    best = min(one["tier"] for one in attribution["candidates"])
    found = []
    for one in attribution["candidates"]:
        leads = one["tier"] == best
        label = "Who did it" if leads else "Passed over"
        why = TIERS[one["tier"]] + ("; several are named on this tier, so nobody is the headline" if leads else "")
        if leads and attribution["actor"]:
            is_named = one["actor"] == attribution["actor"]
            why = TIERS[one["tier"]] + ("" if is_named else "; the finer body on the same chain is the headline")
        found.append(Reason(label, wording.actor_name(one["actor"], actors), "R6", f"{why}.", tuple(one["claims"])))
    return found


def _participants(document):
    named = {one["actor"] for one in document["headline"]["attribution"]["candidates"]}
    return [
        Reason(
            Part.label_of(entry["part"]),
            wording.actor_name(entry["actor"], document["actors"]),
            "R0",
            "Named so by claims that can stand behind a value.",
            tuple(entry["claims"]),
        )
        for entry in document["participants"]
        if entry["actor"] not in named or entry["part"] not in (Part.PERPETRATOR, Part.INITIATOR)
    ]


def _natures(natures):
    why = "Said so by claims that can stand behind a value; rival accounts stand beside each other."
    return [
        Reason("What was hit", TargetNature.label_of(nature["code"]), "R0", why, tuple(nature["claims"]))
        for nature in natures
    ]


def _tolls(document, numbers):
    found = []
    for outcome, told in arithmetic.of(document, numbers).items():
        found += [
            Reason(label, wording.figure_of(figure), "R7", why, tuple(figure["claims"]))
            for label, figure, why in _figures(Outcome(outcome), document, told)
            if figure["claims"] or label == Outcome.KILLED.label
        ]
    return found


def _figures(outcome, document, told):
    """(label, figure, why) of an outcome: its total, its categories, its parties, groups of people, the others."""
    toll, actors = document["headline"]["casualties"][outcome], document["actors"]
    yield outcome.label, toll["total"], told.why(toll["total"])
    for category, figure in toll["by_category"].items():
        label = f"{outcome.label}, {VictimCategory.label_of(category).lower()}"
        yield label, figure, told.why(figure, arithmetic.CATEGORY, category)
    for party, figure in toll["by_party"].items():
        yield f"{outcome.label}, {wording.actor_name(party, actors)}", figure, told.why(figure, arithmetic.PARTY, party)
    for people, figure in toll["subsets"].items():
        yield f"{outcome.label}, {people}", figure, told.why(figure, arithmetic.SUBSET, people)
    rest = toll["excluding_perpetrators"]
    why = told.without(rest, document["headline"]["attribution"]["actor"])
    yield f"{outcome.label}, without the perpetrators", rest, why


def _contests(headline):
    found = [
        Reason(
            "Contested",
            Aspect.label_of(entry["aspect"]),
            "R8",
            "Independent claimants say things that cannot both be true.",
            tuple(dict.fromkeys(uid for pair in entry["pairs"] for uid in pair)),
        )
        for entry in headline["contested"]
    ]
    why = "Somebody doubts it without denying it."
    return found + [Reason("Doubted", Aspect.label_of(aspect), "R8", why, ()) for aspect in headline["doubted"]]


def _acknowledgement(headline):
    return [
        Reason(
            f"{Side.label_of(side)} on it",
            Acknowledgement.label_of(said),
            "R9",
            OWNED.get(said, ""),
            _behind(headline, f"acknowledgement.{side}"),
        )
        for side, said in headline["acknowledgement"].items()
    ]


def _graded(headline):
    grade, crossing, level = headline["harm_grade"], headline["cross_border"], headline["escalation"]
    ways = [words for code, words in CROSSED.items() if crossing.get(code) == TriState.YES]
    crossed = "; ".join(ways).capitalize() + "." if ways else "No claim that counts shows a state or fire across it."
    found = [
        Reason(
            "Harm to civilians",
            HarmGrade.label_of(grade),
            "R10",
            HarmGrade(grade).help_text if grade in HarmGrade.codes() else "",
            _behind(headline, "harm_grade"),
        ),
        Reason(
            "Cross-border",
            "Yes" if crossing["is_cross_border"] else "Not established",
            "R11",
            crossed,
            _behind(headline, "cross_border"),
        ),
    ]
    if level is not None:
        why = "The level of what those who did it are held to have done; of rival facts the acknowledged or the lower."
        found.append(Reason("Escalation", ESCALATION_LABELS[level], "R12", why, _behind(headline, "escalation")))
    return found


def _behind(headline, name):
    return tuple(headline.get("claims_behind", {}).get(name, ()))
