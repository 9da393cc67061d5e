"""The rules in words for readers, each under the number by which code, editions and the API name it."""

from typing import NamedTuple

from events.tongue import gettext, gettext_noop


class Rule(NamedTuple):
    """`called` and `told` are marked for translation; `name` and `words` say them to whoever reads."""

    code: str
    called: str
    told: tuple[str, ...]

    @property
    def name(self):
        return gettext(self.called)

    @property
    def words(self):
        """Sentences, one to a paragraph."""
        return tuple(map(gettext, self.told))


RULES = (
    Rule(
        "R0",
        gettext_noop("Which claims count"),
        (
            gettext_noop(
                "A claim stands behind a value once editors accepted it, unless it was retracted or superseded, is "
                "held to be improbable (credibility 5), is a forecast or is put conditionally."
            ),
            gettext_noop("An inference is shown, and never stands behind a headline value."),
        ),
    ),
    Rule(
        "R1",
        gettext_noop("One claimant, one account"),
        (
            gettext_noop(
                "Two live claims of one claimant about the same thing with different values are not both accepted: "
                "the later supersedes the earlier, or one is rejected."
            ),
        ),
    ),
    Rule(
        "R2",
        gettext_noop("Independence"),
        (
            gettext_noop(
                "Two claimants are independent unless they are the same, or one belongs to, commands, speaks or "
                "fronts for the other on that date; two who are not named are never independent of each other."
            ),
            gettext_noop(
                "How well a value is corroborated is the size of the largest group of pairwise independent claimants "
                "who assert what is compatible with it and do not merely relay it. Documents do not count: one "
                "statement in ten outlets is one claim with ten citations."
            ),
        ),
    ),
    Rule(
        "R3",
        gettext_noop("Whether it happened"),
        (
            gettext_noop(
                "The first of these that holds: acknowledged, when those who did it and those it was done to both "
                "assert it; claimed, when those who did it do and the other side is silent; corroborated, when two or"
                " more independent claimants do; single source; alleged, when only an adversary does. A denial is "
                "shown on top of any of them."
            ),
        ),
    ),
    Rule(
        "R6",
        gettext_noop("Who did it"),
        (
            gettext_noop(
                "Claims are taken in tiers: one's own claim or acknowledgement; attributions by two or more "
                "independent claimants; by one named adversary; suspected, assumed or anonymous. Only the highest "
                "tier that holds a claim is used."
            ),
            gettext_noop(
                "If the actors named there are parts of one another at the date, the most exact one is the "
                "perpetrator. Else all are listed, none is the headline, and the point is contested."
            ),
        ),
    ),
    Rule(
        "R7",
        gettext_noop("Casualties"),
        (
            gettext_noop(
                "Within one account a category has its own figure, or the sum of its parts; the total is the "
                "account's own total, or the sum of its categories. “Among them” never adds."
            ),
            gettext_noop(
                "Vague words (some, dozens) corroborate, and set a range only where nobody gives a number. A "
                "preliminary account is put aside once an independent claimant gives a later one."
            ),
            gettext_noop(
                "A range reaches from the lowest account to the highest number stated, and stays open (“+”) where the"
                " highest account says “at least”. Figures of different claimants are never added together for the "
                "same people."
            ),
            gettext_noop(
                "The best figure is the editors' own assessment where there is one, else that of the most credible "
                "claim from the better source; incompatible accounts of equal standing give none."
            ),
            gettext_noop(
                "Where nobody gives a figure it is unknown; zero stands only where somebody says that there were none."
            ),
        ),
    ),
    Rule(
        "R8",
        gettext_noop("Contested"),
        (
            gettext_noop(
                "A point is contested when two independent claimants say what cannot both be true: one asserts and "
                "one denies; their dates have no day in common; their places are farther apart than they are "
                "uncertain; they name unconnected perpetrators; one saw civilians hit and the other fighters; their "
                "numbers have nothing in common."
            ),
            gettext_noop("A doubt without a denial makes it doubted, not contested."),
        ),
    ),
    Rule(
        "R9",
        gettext_noop("Acknowledgement"),
        (
            gettext_noop(
                "For each side: whether it acknowledged, partly acknowledged or denied its part, or stayed silent."
            ),
        ),
    ),
    Rule(
        "R10",
        gettext_noop("Harm to civilians"),
        (
            gettext_noop(
                "Confirmed, when those who did it accept it; contested, when incompatible perpetrators are named; "
                "fair, when two or more independent claimants tell of it and the act is owned; weak, when one does; "
                "discounted, when the better evidence says that those harmed were combatants; none reported."
            ),
        ),
    ),
    Rule(
        "R11",
        gettext_noop("Across the border"),
        (
            gettext_noop(
                "Three questions, each with yes, no or unknown: did people of one side cross, did fire cross, did "
                "those who did it have a base across the border. Only the first two make an incident cross-border."
            ),
        ),
    ),
    Rule(
        "R12",
        gettext_noop("Escalation"),
        (
            gettext_noop(
                "A level from E0 to E9 by what can be observed. Of facts that are contested the acknowledged one is "
                "used, else the lower."
            ),
            gettext_noop(
                "Over time it is the highest level of the seven days that end with a day. Level 9 is never of one "
                "incident: it stands where strikes of level 7 or above fell on three of the seven days, two states "
                "making at least one each."
            ),
        ),
    ),
    Rule(
        "R13",
        gettext_noop("Counting"),
        (
            gettext_noop(
                "Statistics count incidents that have no public parts, and no series. Of an operation with parts the "
                "tolls of the parts are added if every part has one; else the figure of the whole stands once. Never "
                "both."
            ),
        ),
    ),
)
