"""Why a public document says what it says: every concluded value with its rule and the claims behind it. Pure functions."""

from dataclasses import dataclass

from events.choices import (
    ESCALATION_LABELS,
    Acknowledgement,
    Aspect,
    AttributionStatus,
    Demographic,
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
from events.tongue import gettext, gettext_noop

WHO, TOLLS = ("headline", "attribution"), ("headline", "casualties")  # where they stand in a document

# R6: on whose word an actor is named, by tier.
TIERS = {
    1: gettext_noop("T1, the word of the one named, or of somebody who belongs to them"),
    2: gettext_noop("T2, named by two or more independent claimants"),
    3: gettext_noop("T3, named by one adversary"),
    4: gettext_noop("T4, only suspected, assumed, or named by somebody anonymous"),
}
OCCURRED = {
    Occurrence.ACKNOWLEDGED: gettext_noop("Those who did it and those affected both say so."),
    Occurrence.CLAIMED: gettext_noop("Those who did it say so; those affected are silent."),
    Occurrence.CORROBORATED: gettext_noop("Two or more independent claimants say so."),
    Occurrence.SINGLE_SOURCE: gettext_noop("One claimant says so, or several who are not independent."),
    Occurrence.ALLEGED: gettext_noop("Only an adversary says so."),
    Occurrence.UNSUPPORTED: gettext_noop("No claim can stand behind it."),
}
OWNED = {
    Acknowledgement.ACKNOWLEDGED: gettext_noop("The side owns it."),
    Acknowledgement.PARTIAL: gettext_noop("It owns a part, or both owns and denies it."),
    Acknowledgement.DENIED: gettext_noop("The side denies it."),
    Acknowledgement.SILENT: gettext_noop("The side is named as having acted and says nothing on it."),
}
CROSSED = {
    "state_across": gettext_noop("a state acts in the other"),
    "fire_across": gettext_noop("fire across the border"),
    "base_across": gettext_noop("a base across the border"),
}


@dataclass(frozen=True)
class Reason:
    """One concluded value. `rule` is its number in docs/rules.md, `claims` are shown uids in the order of the document.

    `path` are the names and indexes that lead to the value in the document.
    """

    label: str
    value: str
    rule: str
    why: str
    claims: tuple[str, ...]
    path: tuple[str | int, ...]


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
    why = gettext(OCCURRED[status]) if status in OCCURRED else ""
    value = gettext(Occurrence.label_of(status))
    if occurrence["is_denied"]:
        why = gettext("%(why)s Somebody denies it.") % {"why": why}
        value = gettext("%(occurrence)s, and denied") % {"occurrence": value}
    return Reason(gettext("Occurrence"), value, "R3", why, tuple(occurrence["claims"]), ("headline", "occurrence"))


def _attribution(attribution, actors):
    """The headline's actor, then every candidate with its tier, so that weaker words are seen to be passed over."""
    if not attribution["candidates"]:
        why = gettext("No claim that can stand behind a value names anybody.")
        status = gettext(AttributionStatus.label_of(attribution["status"]))
        return [Reason(gettext("Who did it"), status, "R6", why, (), WHO)]
    best = min(one["tier"] for one in attribution["candidates"])
    return [
        Reason(
            gettext("Who did it") if one["tier"] == best else gettext("Passed over"),
            wording.actor_name(one["actor"], actors),
            "R6",
            _on_whose_word(one, best, attribution["actor"]),
            tuple(one["claims"]),
            (*WHO, "candidates", place),
        )
        for place, one in enumerate(attribution["candidates"])
    ]


def _on_whose_word(candidate, best, headline):
    """`best` is the best tier of all candidates, `headline` the slug of the actor that the headline names, or None."""
    tier = gettext(TIERS[candidate["tier"]])
    if candidate["tier"] != best or candidate["actor"] == headline:
        return gettext("%(tier)s.") % {"tier": tier}
    if headline:
        return gettext("%(tier)s; the finer body on the same chain is the headline.") % {"tier": tier}
    return gettext("%(tier)s; several are named on this tier, so nobody is the headline.") % {"tier": tier}


def _participants(document):
    named = {one["actor"] for one in document["headline"]["attribution"]["candidates"]}
    return [
        Reason(
            gettext(Part.label_of(entry["part"])),
            wording.actor_name(entry["actor"], document["actors"]),
            "R0",
            gettext("Named so by claims that can stand behind a value."),
            tuple(entry["claims"]),
            ("participants", place),
        )
        for place, entry in enumerate(document["participants"])
        if entry["actor"] not in named or entry["part"] not in (Part.PERPETRATOR, Part.INITIATOR)
    ]


def _natures(natures):
    why = gettext("Said so by claims that can stand behind a value; rival accounts stand beside each other.")
    return [
        Reason(
            gettext("What was hit"),
            gettext(TargetNature.label_of(nature["code"])),
            "R0",
            why,
            tuple(nature["claims"]),
            ("headline", "target_natures", place),
        )
        for place, nature in enumerate(natures)
    ]


def _tolls(document, numbers):
    found = []
    for outcome, told in arithmetic.of(document, numbers).items():
        always = document["headline"]["casualties"][outcome]["total"] if outcome == Outcome.KILLED else None
        found += [
            Reason(label, wording.figure_of(figure), "R7", why, tuple(figure["claims"]), (*TOLLS, outcome, *cell))
            for label, figure, why, *cell in _figures(Outcome(outcome), document, told)
            if figure["claims"] or figure is always
        ]
    return found


def _figures(outcome, document, told):
    """(label, figure, why, *its place) of an outcome: total, categories, parties, groups of people, the others."""
    toll, actors = document["headline"]["casualties"][outcome], document["actors"]
    label = gettext(outcome.label)
    yield label, toll["total"], told.why(toll["total"]), "total"
    for category, figure in toll["by_category"].items():
        whom = wording.in_small(VictimCategory.label_of(category))
        yield _of(label, whom), figure, told.why(figure, arithmetic.CATEGORY, category), "by_category", category
    for party, figure in toll["by_party"].items():
        yield (
            _of(label, wording.actor_name(party, actors)),
            figure,
            told.why(figure, arithmetic.PARTY, party),
            "by_party",
            party,
        )
    for people, figure in toll["subsets"].items():
        whom = wording.in_small(Demographic.label_of(people))
        yield _of(label, whom), figure, told.why(figure, arithmetic.SUBSET, people), "subsets", people
    rest = toll["excluding_perpetrators"]
    why = told.without(rest, document["headline"]["attribution"]["actor"])
    yield gettext("%(outcome)s, without the perpetrators") % {"outcome": label}, rest, why, "excluding_perpetrators"


def _of(outcome, whom):
    return gettext("%(outcome)s, %(whom)s") % {"outcome": outcome, "whom": whom}


def _contests(headline):
    found = [
        Reason(
            gettext("Contested"),
            gettext(Aspect.label_of(entry["aspect"])),
            "R8",
            gettext("Independent claimants say things that cannot both be true."),
            tuple(dict.fromkeys(uid for pair in entry["pairs"] for uid in pair)),
            ("headline", "contested", place),
        )
        for place, entry in enumerate(headline["contested"])
    ]
    why = gettext("Somebody doubts it without denying it.")
    return found + [
        Reason(gettext("Doubted"), gettext(Aspect.label_of(aspect)), "R8", why, (), ("headline", "doubted", place))
        for place, aspect in enumerate(headline["doubted"])
    ]


def _acknowledgement(headline):
    return [
        Reason(
            gettext("%(side)s on it") % {"side": gettext(Side.label_of(side))},
            gettext(Acknowledgement.label_of(said)),
            "R9",
            gettext(OWNED[said]) if said in OWNED else "",
            _behind(headline, f"acknowledgement.{side}"),
            ("headline", "acknowledgement", side),
        )
        for side, said in headline["acknowledgement"].items()
    ]


def _graded(headline):
    grade, level = headline["harm_grade"], headline["escalation"]
    help_text = HarmGrade(grade).help_text if grade in HarmGrade.codes() else ""
    found = [
        Reason(
            gettext("Harm to civilians"),
            gettext(HarmGrade.label_of(grade)),
            "R10",
            gettext(help_text) if help_text else "",
            _behind(headline, "harm_grade"),
            ("headline", "harm_grade"),
        ),
        _crossing(headline),
    ]
    if level is not None:
        why = gettext(
            "The level of what those who did it are held to have done; of rival facts the acknowledged or the lower."
        )
        label = gettext(ESCALATION_LABELS[level])
        behind = _behind(headline, "escalation")
        found.append(Reason(gettext("Escalation"), label, "R12", why, behind, ("headline", "escalation")))
    return found


def _crossing(headline):
    crossing = headline["cross_border"]
    ways = [gettext(words) for code, words in CROSSED.items() if crossing.get(code) == TriState.YES]
    return Reason(
        gettext("Cross-border"),
        gettext("Yes") if crossing["is_cross_border"] else gettext("Not established"),
        "R11",
        gettext("%(ways)s.") % {"ways": "; ".join(ways).capitalize()}
        if ways
        else gettext("No claim that counts shows a state or fire across it."),
        _behind(headline, "cross_border"),
        ("headline", "cross_border"),
    )


def _behind(headline, name):
    return tuple(headline.get("claims_behind", {}).get(name, ()))
