"""A claim beside its rivals on the same aspect, value by value, so that an editor sees at once where they differ."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Aspect, Demographic, Directness
from events.desk import wording
from events.models.claim import Claim

NOT_STATED = _("not stated")


@dataclass(frozen=True)
class Cell:
    """One value; `differs` from what the claim at hand says of the same. What one does not state differs in nothing."""

    shown: str
    differs: bool = False


@dataclass(frozen=True)
class Row:
    claim: Claim
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """Headings of the values, and a Row for the claim at hand and for each rival, in this order."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def beside(claim, rivals):
    """The Comparison of a claim with others on its aspect (all with everything loaded), or None without rivals."""
    if not rivals:
        return None
    values = [_values(each) for each in (claim, *rivals)]
    headings = tuple(dict.fromkeys(heading for stated in values for heading in stated))
    rows = [
        Row(each, tuple(_cell(heading, stated, values[0]) for heading in headings))
        for each, stated in zip((claim, *rivals), values, strict=True)
    ]
    return Comparison(headings, tuple(rows))


def _values(claim):
    """Heading → value in words."""
    stance = {gettext("Stance"): gettext(claim.get_stance_display())}
    if claim.aspect == Aspect.CASUALTIES and claim.lines.all():
        return stance | {_people(line): wording.number(line) for line in claim.lines.all()}
    return stance | {gettext("What"): wording.said(claim)}


def _people(line):
    """Whom a casualty line counts: "Killed: civilians, women (Test Front)"."""
    who = [gettext(line.get_category_display()).lower()]
    if line.demographic != Demographic.ANY:
        who.append(gettext(line.get_demographic_display()).lower())
    if line.directness == Directness.INDIRECT:
        who.append(gettext(line.get_directness_display()).lower())
    party = f" ({line.party})" if line.party else ""
    return f"{gettext(line.get_outcome_display())}: {', '.join(who)}{party}"


def _cell(heading, stated, at_hand):
    if heading not in stated:
        return Cell(str(NOT_STATED))
    return Cell(stated[heading], heading in at_hand and stated[heading] != at_hand[heading])
