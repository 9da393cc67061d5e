"""One sentence on what the claimants disagree about, and one on what nobody contradicts."""

from dataclasses import dataclass

from events.choices import Aspect

POINTS = {
    Aspect.OCCURRENCE: "whether it happened",
    Aspect.KIND: "what kind of incident it was",
    Aspect.DATE: "when it happened",
    Aspect.LOCATION: "where it happened",
    Aspect.ORIGIN: "where it was carried out from",
    Aspect.PERPETRATOR: "who did it",
    Aspect.TARGET: "at whom it was aimed",
    Aspect.TARGET_NATURE: "what was hit",
    Aspect.WEAPON: "how it was done",
    Aspect.CASUALTIES: "the toll",
    Aspect.DAMAGE: "the damage",
    Aspect.MOTIVE: "why",
    Aspect.LINK: "how it is linked to other incidents",
    Aspect.RELATION: "how the actors are related",
    Aspect.POSITION: "their positions",
    Aspect.TREND: "the trend",
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
    lead = f"The claimants contradict each other on {listed(contested)}." if contested else _uncontested(used, doubted)
    rest = []
    if doubted:
        rest.append(f"Doubted, though not denied: {listed(doubted)}.")
    if agreed and (contested or doubted):
        rest.append(f"No independent claimant contradicts another on {listed(agreed)}.")
    return Contest(bool(contested), lead, " ".join(rest))


def listed(aspects):
    """“who did it, what was hit and the toll”."""
    points = [POINTS[aspect] for aspect in _in_order(aspects)]
    return points[0] if len(points) == 1 else f"{', '.join(points[:-1])} and {points[-1]}"


def _in_order(aspects):
    present = set(aspects)
    return [aspect for aspect in Aspect if aspect in present]


def _uncontested(used, doubted):
    claimants = {said.claimant.key: said.claimant.name for said in used}
    if not claimants:
        return "No claim here can stand behind a headline value."
    if len(claimants) == 1:
        return f"Everything here rests on one claimant, {next(iter(claimants.values()))}."
    return "" if doubted else "Not contested: no two independent claimants say things that cannot both be true."
