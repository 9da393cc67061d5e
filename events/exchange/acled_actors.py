"""Who stands in ACLED's actor columns, from a public document: what the rules conclude, and nothing beyond it."""

from dataclasses import dataclass

from events.choices import (
    ARMED_NATURES,
    CIVILIAN_NATURES,
    ActorKind,
    Aspect,
    AttributionStatus,
    Category,
    Outcome,
    Part,
    Side,
    Stance,
    VictimCategory,
)
from events.exchange import acled_words as words

ESTABLISHED = (AttributionStatus.SELF_CLAIMED, AttributionStatus.CORROBORATED)  # the first two tiers of R6
ACTING = (Part.PERPETRATOR, Part.INITIATOR)
AIMED_AT = (Part.TARGET, Part.AFFECTED)
GOVERNING = {"PK": Side.PAKISTAN, "AF": Side.AFGHANISTAN_DE_FACTO}
_STATES = (ActorKind.STATE, ActorKind.DE_FACTO_AUTHORITY, ActorKind.STATE_FORCE)
_OF_KIND = {
    ActorKind.ARMED_GROUP: words.REBELS,
    ActorKind.FACTION: words.REBELS,
    ActorKind.UNIDENTIFIED: words.MILITIA,
    ActorKind.POPULATION_GROUP: words.CIVILIANS,
    ActorKind.NGO: words.CIVILIANS,
    ActorKind.MEDIA: words.CIVILIANS,
    ActorKind.INTERGOVERNMENTAL: words.EXTERNAL,
}


@dataclass(frozen=True)
class Actor:
    """What stands in three columns: the main actor, those beside it joined by "; ", and the code of its type."""

    name: str = ""
    beside: str = ""
    inter: int = words.NOBODY


NOBODY = Actor()


def has_first(document):
    """Whether anybody may stand in actor 1: violence of unknown hands is somebody's, a measure of nobody is no row."""
    return document["category"] == Category.VIOLENT or _doer(document) is not None


def first(document, iso, name_of):
    """Actor 1: whoever is established to have done it, else somebody unidentified.

    `iso` is the two-letter code of the country of the incident, `name_of` gives the name of a slug.
    """
    slug = _doer(document)
    if slug is None:
        return Actor(f"Unidentified Armed Group ({words.COUNTRIES[iso].name})", "", words.MILITIA)
    beside = [one for one in _with_part(document, ACTING) if one != slug]
    beside += _others_on_side(document, document["actors"][slug]["side"], but=[slug, *beside])
    return Actor(name_of(slug), _joined(beside, name_of), inter(slug, document, iso))


def second(document, iso, name_of):
    """Actor 2: at whom it was aimed. Where that is contested, only what the affected side itself says; else nobody."""
    if is_contested(document):
        natures, targets = _said_by_affected(document, iso)
    else:
        natures = [entry["code"] for entry in document["headline"]["target_natures"]]
        targets = list(dict.fromkeys(entry["actor"] for entry in document["headline"]["targets"]))
    civilians = Actor(f"Civilians ({words.COUNTRIES[iso].name})", "", words.CIVILIANS)
    forces = [slug for slug in targets if inter(slug, document, iso) != words.CIVILIANS]
    if _are_civilian(natures):
        return civilians
    if main := (forces or targets)[:1]:
        beside = [slug for slug in targets if slug != main[0]]
        beside += _others_on_side(document, document["actors"][main[0]]["side"], but=[*targets, _doer(document)])
        return Actor(name_of(main[0]), _joined(beside, name_of), inter(main[0], document, iso))
    if not is_contested(document) and not _are_armed(natures) and _hit_civilians_only(document):
        return civilians
    return NOBODY


def is_contested(document):
    """Whether accounts differ about who or what was hit."""
    aspects = {entry["aspect"] for entry in document["headline"]["contested"]}
    return bool(aspects & {Aspect.TARGET, Aspect.TARGET_NATURE})


def aimed_at_civilians(document):
    """Whether civilians are the main target, by what was hit, and nobody says otherwise."""
    natures = [entry["code"] for entry in document["headline"]["target_natures"]]
    return _are_civilian(natures) and not is_contested(document)


def aimed_at_armed(document, second_actor):
    """Whether what was hit was armed: by the nature of the target, or because actor 2 is no civilian."""
    natures = [entry["code"] for entry in document["headline"]["target_natures"]]
    return not is_contested(document) and (
        _are_armed(natures) or second_actor.inter not in (words.NOBODY, words.CIVILIANS)
    )


def inter(slug, document, iso):
    """ACLED's code of the type of an actor, by what the register says of it and where it acted."""
    actor = document["actors"][slug]
    kind = actor["kind"]
    if kind in _STATES:
        return words.STATE if actor["home_country"] == iso else words.EXTERNAL
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    for above in document["bodies"].get(slug, ()):  # people and offices act for the body that they belong to
        if document["actors"][above]["kind"] in (*_STATES, ActorKind.ARMED_GROUP, ActorKind.FACTION):
            return inter(above, document, iso)
    if actor["side"] == Side.NON_STATE:
        return words.REBELS
    if actor["side"] in GOVERNING.values():
        return words.STATE if GOVERNING.get(iso) == actor["side"] else words.EXTERNAL
    return words.CIVILIANS if kind == ActorKind.PERSON else words.EXTERNAL


def interaction(one, other):
    """The two codes as a number, the lower first; 0 for nobody comes last: 12, 78, 20."""
    low, high = sorted((one, other), key=lambda code: code or 9)
    return low * 10 + high


def interaction_words(number):
    """The same in words: "State forces-Rebel group", "Rebel group only"."""
    low, high = divmod(number, 10)
    if number == words.AGAINST_CIVILIANS_FROM_OUTSIDE:
        low, high = high, low
    return f"{words.INTER[low]}-{words.INTER[high]}" if high else f"{words.INTER[low]} only"


def _doer(document):
    found = document["headline"]["attribution"]
    return found["actor"] if found["status"] in ESTABLISHED else None


def _with_part(document, parts):
    return list(dict.fromkeys(entry["actor"] for entry in document["participants"] if entry["part"] in parts))


def _others_on_side(document, side, but):
    """Participants with another part (hosts, responders, mediators) of a side that is a party, in their order."""
    if side == Side.THIRD:
        return []
    named = (entry["actor"] for entry in document["participants"] if entry["part"] not in (*ACTING, *AIMED_AT))
    return [slug for slug in dict.fromkeys(named) if slug not in but and document["actors"][slug]["side"] == side]


def _joined(slugs, name_of):
    return "; ".join(dict.fromkeys(name_of(slug) for slug in slugs))


def _said_by_affected(document, iso):
    """(natures, slugs of targets) that the side which governs the place asserts, if its claims count."""
    side = GOVERNING.get(iso)
    doer = _doer(document)
    if side is None or (doer and document["actors"][doer]["side"] == side):
        return [], []
    natures, targets = [], []
    for claim in document["claims"]:
        is_theirs = claim["claimant"] and document["actors"][claim["claimant"]]["side"] == side
        if not (is_theirs and claim["is_eligible"] and claim["stance"] == Stance.ASSERTS):
            continue
        if claim["aspect"] == Aspect.TARGET_NATURE:
            natures.append(claim["code"])
        elif claim["aspect"] == Aspect.TARGET and claim["actor"]:
            targets.append(claim["actor"])
    return natures, list(dict.fromkeys(targets))


def _are_civilian(natures):
    return bool(natures) and all(nature in CIVILIAN_NATURES for nature in natures)


def _are_armed(natures):
    return any(nature in ARMED_NATURES for nature in natures)


def _hit_civilians_only(document):
    """Whether somebody was killed or injured, and all of them were civilians."""
    seen = set()
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        toll = document["headline"]["casualties"].get(outcome, {})
        seen |= {category for category, figure in toll.get("by_category", {}).items() if is_positive(figure)}
        if is_positive(toll.get("total") or {}) and not seen:
            return False
    return seen == {VictimCategory.CIVILIAN}


def is_positive(figure):
    """Whether a figure says of anybody at all."""
    return any(figure.get(bound) for bound in ("low", "best", "high"))
