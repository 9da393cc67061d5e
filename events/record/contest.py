"""One sentence on what the claimants disagree about, and one on what nobody contradicts."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from events.choices import Aspect

POINTS = {
    Aspect.OCCURRENCE: gettext_lazy("whether it happened"),
    Aspect.KIND: gettext_lazy("what kind of incident it was"),
    Aspect.DATE: gettext_lazy("when it happened"),
    Aspect.LOCATION: gettext_lazy("where it happened"),
    Aspect.ORIGIN: gettext_lazy("where it was carried out from"),
    Aspect.PERPETRATOR: gettext_lazy("who did it"),
    Aspect.TARGET: gettext_lazy("at whom it was aimed"),
    Aspect.TARGET_NATURE: gettext_lazy("what was hit"),
    Aspect.WEAPON: gettext_lazy("how it was done"),
    Aspect.CASUALTIES: gettext_lazy("the toll"),
    Aspect.DAMAGE: gettext_lazy("the damage"),
    Aspect.MOTIVE: gettext_lazy("why"),
    Aspect.LINK: gettext_lazy("how it is linked to other incidents"),
    Aspect.RELATION: gettext_lazy("how the actors are related"),
    Aspect.POSITION: gettext_lazy("their positions"),
    Aspect.TREND: gettext_lazy("the trend"),
}


@dataclass(frozen=True)
class Contest:
    """`lead` names what is contested, `rest` what is not; either may be ""."""

    is_contested: bool
    lead: str
    rest: str


def of(document, found):
    """The Contest of a document with its claims read."""
    used = [said for said in found if not said.unused]
    contested = [entry["aspect"] for entry in document["headline"]["contested"]]
    doubted = [aspect for aspect in document["headline"]["doubted"] if aspect not in contested]
    agreed = [aspect for aspect in _in_order(said.aspect for said in used) if aspect not in (*contested, *doubted)]
    lead = _uncontested(used, doubted)
    if contested:
        lead = gettext("The claimants contradict each other on %(points)s.") % {"points": listed(contested)}
    rest = []
    if doubted:
        rest.append(gettext("Doubted, though not denied: %(points)s.") % {"points": listed(doubted)})
    if agreed and (contested or doubted):
        said = gettext("No independent claimant contradicts another on %(points)s.")
        rest.append(said % {"points": listed(agreed)})
    return Contest(bool(contested), lead, " ".join(rest))


def listed(aspects):
    """“who did it, what was hit and the toll”."""
    *first, last = (str(POINTS[aspect]) for aspect in _in_order(aspects))
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _in_order(aspects):
    present = set(aspects)
    return [aspect for aspect in Aspect if aspect in present]


def _uncontested(used, doubted):
    claimants = {said.claimant.key: said.claimant.name for said in used}
    if not claimants:
        return gettext("No claim here can stand behind a headline value.")
    if len(claimants) == 1:
        said = gettext("Everything here rests on one claimant, %(claimant)s.")
        return said % {"claimant": next(iter(claimants.values()))}
    if doubted:
        return ""
    return gettext("Not contested: no two independent claimants say things that cannot both be true.")
