"""Everything the page of one incident shows, made from its document: key facts, claims, links, documents."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from events import locator, outlines, uids
from events.choices import (
    ESCALATION_LABELS,
    Acknowledgement,
    AttributionStatus,
    Category,
    Demographic,
    LinkType,
    Mapped,
    Outcome,
    Part,
    Side,
    TargetNature,
    TriState,
    VictimCategory,
)
from events.models.edition import PublishedIncident, PublishedLink
from events.record import chain, claims, contest, lanes, registers, side_by_side
from events.rules import places, reasons, wording

# What an outgoing and an incoming link say on the page: (heading of the other incident, is it before or after this one).
LINK_WORDS = {
    LinkType.RETALIATION_FOR: (
        (gettext_lazy("This is a retaliation for"), "before"),
        (gettext_lazy("Retaliation for this"), "after"),
    ),
    LinkType.RESPONSE_TO: (
        (gettext_lazy("This is a response to"), "before"),
        (gettext_lazy("Response to this"), "after"),
    ),
    LinkType.FOLLOWS: ((gettext_lazy("This follows"), "before"), (gettext_lazy("Followed by"), "after")),
    LinkType.SAME_AS: ((gettext_lazy("Same as"), "beside"), (gettext_lazy("Same as"), "beside")),
    LinkType.INSTANCE_OF: (
        (gettext_lazy("One of the incidents of"), "beside"),
        (gettext_lazy("Counted in this series"), "beside"),
    ),
}
TOLL_RULE = "R7"
TIERS = {
    1: gettext_lazy("own claim or acknowledgement"),
    2: gettext_lazy("independent attributions"),
    3: gettext_lazy("named adversary"),
    4: gettext_lazy("suspected"),
}


@dataclass(frozen=True)
class Fact:
    """A value with the claims behind it (I2). `note` qualifies it; `slug` leads to an actor's page."""

    label: str
    value: str
    refs: tuple = ()
    note: str = ""
    slug: str | None = None


@dataclass(frozen=True)
class Toll:
    """One outcome: its total and what it consists of."""

    outcome: str
    total: Fact
    cells: list
    subsets: str
    subset_refs: tuple
    without: Fact | None
    is_composite: bool


@dataclass(frozen=True)
class Linked:
    words: str
    row: PublishedIncident
    standing: str = ""
    refs: tuple = ()


@dataclass(frozen=True)
class Derived:
    """How a value was concluded, and the claims behind it."""

    reason: reasons.Reason
    refs: tuple


@dataclass(frozen=True)
class Sheet:
    document: dict
    claims: list
    table: object
    contest: object
    tolls: list
    facts: list
    links: dict
    parent: object
    parts: list
    chain: object  # chain.Chain, None where nothing is linked or an earlier edition is shown
    lanes: str  # it as SVG
    known_actors: set
    outline: outlines.Outline | None  # of the area in which it happened; None where a circle or a point is drawn
    occurrence_refs: tuple
    derived: dict  # “tolls” and “facts”: list of Derived
    locator: str | None  # SVG of where it happened, None where the record has no coordinates to show


def build(document, *, with_incoming=True):
    """The Sheet of a published document, in at most twelve queries.

    `with_incoming` False leaves out links from other incidents, and with them the chain: both are of today.
    """
    found = claims.read(document)
    refs = _References(found)
    links, parent, parts = _related(document, refs, with_incoming)
    outline = _outline(document)
    known = registers.with_page(document["actors"])
    uid = uids.parse(document["uid"])
    hangs_together = chain.around(uid, chain.NEAR) if with_incoming else None
    return Sheet(
        document=document,
        claims=found,
        table=side_by_side.table(found, document),
        contest=contest.of(document, found),
        tolls=_tolls(document, refs),
        facts=_facts(document, refs, known),
        links=links,
        parent=parent,
        parts=parts,
        chain=hangs_together,
        lanes=lanes.drawn(hangs_together, uid) if hangs_together else "",
        known_actors=known,
        occurrence_refs=refs(document["headline"]["occurrence"]["claims"]),
        derived=_derived(document, refs),
        locator=_locator(document, outline),
        outline=outline,
    )


def _outline(document):
    """The Outline of the district or province that is all that is known of where it happened, or None. One query."""
    place, precision = document["location"], document["location_precision"]
    return outlines.of_document(place, precision) if places.mapped(place, precision) == Mapped.AREA else None


def _locator(document, outline):
    """Where it happened on a small map, as finely as it is published (I12)."""
    place, shown = document["location"], places.mapped(document["location"], document["location_precision"])
    if shown == Mapped.NO:
        return None
    is_area = shown == Mapped.AREA
    return locator.svg(
        place["longitude"], place["latitude"], place["uncertainty_km"] or 0, is_area=is_area, outline=outline
    )


def _derived(document, refs):
    """Every concluded value with its rule, in words; figures of the toll stand apart."""
    found = [Derived(reason, refs(reason.claims)) for reason in reasons.of(document, refs.numbers)]
    return {
        "tolls": [one for one in found if one.reason.rule == TOLL_RULE],
        "facts": [one for one in found if one.reason.rule != TOLL_RULE],
    }


class _References:
    """Claim uid → its number on the page."""

    def __init__(self, found):
        self.numbers = {said.uid: said.number for said in found}

    def __call__(self, claim_uids):
        return tuple(sorted((self.numbers[uid], uid) for uid in dict.fromkeys(claim_uids) if uid in self.numbers))


def _tolls(document, refs):
    found = document["headline"]["casualties"]
    tolls = [_toll(outcome, found[outcome], document, refs) for outcome in Outcome if _is_known(found.get(outcome))]
    if document["category"] == Category.VIOLENT and not _is_known(found.get(Outcome.KILLED)):
        nothing = Fact(gettext(Outcome.KILLED.label), gettext(wording.NOT_REPORTED))
        tolls.insert(0, Toll(Outcome.KILLED.value, nothing, [], "", (), None, False))
    return tolls


def _is_known(toll):
    return bool(toll) and wording.is_reported(toll["total"])


def _toll(outcome, toll, document, refs):
    total, without = toll["total"], toll["excluding_perpetrators"]
    # One party alone would only repeat its category.
    parties = toll["by_party"] if len(toll["by_party"]) > 1 else {}
    cells = [
        Fact(gettext(VictimCategory.label_of(category)), wording.figure_of(figure), refs(figure["claims"]))
        for category, figure in toll["by_category"].items()
        if wording.is_reported(figure)
    ] + [
        Fact(wording.actor_name(party, document["actors"]), wording.figure_of(figure), refs(figure["claims"]))
        for party, figure in parties.items()
        if wording.is_reported(figure)
    ]
    subsets = [
        gettext("%(figure)s %(people)s") % {"figure": wording.figure_of(figure), "people": _people(people)}
        for people, figure in toll["subsets"].items()
    ]
    is_same = wording.figure_of(without) == wording.figure_of(total)
    return Toll(
        outcome=outcome.value,
        total=Fact(gettext(outcome.label), wording.figure_of(total), refs(total["claims"])),
        cells=cells,
        subsets=", ".join(subsets),
        subset_refs=refs(uid for figure in toll["subsets"].values() for uid in figure["claims"]),
        without=None
        if is_same
        else Fact(gettext("Without the perpetrators"), wording.figure_of(without), refs(without["claims"])),
        is_composite=total["composite"] and len(total["claims"]) > 1,
    )


def _people(demographic):
    return gettext(Demographic.label_of(demographic)).lower()


def _facts(document, refs, known):
    """Facts in the order of the page: who did it, to whom, what was hit, how sure, how far it went."""
    headline = document["headline"]
    return [
        *_attribution(document, refs, known),
        *_participants(document, refs, known),
        *(
            Fact(gettext("What was hit"), gettext(TargetNature.label_of(nature["code"])), refs(nature["claims"]))
            for nature in headline["target_natures"]
        ),
        *(
            Fact(
                gettext("%(side)s on it") % {"side": gettext(Side.label_of(side))},
                gettext(Acknowledgement.label_of(said)),
            )
            for side, said in headline["acknowledgement"].items()
        ),
        *_crossing(headline["cross_border"]),
        *(
            [Fact(gettext("Escalation"), gettext(ESCALATION_LABELS[headline["escalation"]]))]
            if headline["escalation"] is not None
            else []
        ),
    ]


def _attribution(document, refs, known):
    """Who did it, or of a measure who took it: the headline's actor, else every candidate with what names it."""
    attribution, actors = document["headline"]["attribution"], document["actors"]
    parts = {entry["actor"]: entry["part"] for entry in reversed(document["participants"])}
    if attribution["actor"]:
        why = gettext(AttributionStatus.label_of(attribution["status"]))
        named = [(attribution["actor"], why, attribution["claims"])]
    else:
        named = [(one["actor"], str(TIERS[one["tier"]]), one["claims"]) for one in attribution["candidates"]]
    if not named and document["category"] == Category.VIOLENT:
        return [Fact(gettext(Part.PERPETRATOR.label), gettext("unattributed"))]
    label = gettext("%(part)s, contested") if attribution["is_contested"] else "%(part)s"
    return [
        Fact(
            label % {"part": gettext(Part.label_of(parts.get(slug, Part.PERPETRATOR.value)))},
            wording.actor_name(slug, actors),
            refs(behind),
            why,
            slug if slug in known else None,
        )
        for slug, why, behind in named
    ]


def _participants(document, refs, known):
    """Everybody else who has a part, in the order of the parts; those that the attribution names stand there."""
    attribution = document["headline"]["attribution"]
    named = {attribution["actor"], *(one["actor"] for one in attribution["candidates"])}
    found = [
        Fact(
            gettext(Part.label_of(entry["part"])),
            wording.actor_name(entry["actor"], document["actors"]),
            refs(entry["claims"]),
            slug=entry["actor"] if entry["actor"] in known else None,
        )
        for entry in sorted(document["participants"], key=lambda entry: Part.codes().index(entry["part"]))
        if entry["actor"] not in named or entry["part"] in (Part.TARGET, Part.AFFECTED)
    ]
    return list(dict.fromkeys(found))


def _crossing(crossing):
    how = {
        "state_across": gettext("a state acts in the other"),
        "fire_across": gettext("fire across the border"),
        "base_across": gettext("a base across the border"),
    }
    yes = [words for code, words in how.items() if crossing[code] == TriState.YES]
    answer = gettext("Yes") if crossing["is_cross_border"] else gettext("Not established")
    return [Fact(gettext("Cross-border"), answer, note="; ".join(yes))]


def _related(document, refs, with_incoming):
    """(links by place in time, the incident this is part of, its parts): only those that are public now."""
    uid = uids.parse(document["uid"])
    incoming = []
    if with_incoming:
        found = PublishedLink.objects.filter(to_uid=uid).select_related("from_incident")
        incoming = list(found.order_by("from_incident__sort_date", "from_incident__uid", "uid"))
    named = [document["part_of"], *document["parts"], *(link["to"] for link in document["links"])]
    rows = PublishedIncident.objects.in_bulk([uids.parse(one) for one in named if one])
    links = {"before": [], "after": [], "beside": []}
    for link in document["links"]:
        if (row := rows.get(uids.parse(link["to"]))) and link["type"] in LINK_WORDS:
            words, when = LINK_WORDS[link["type"]][0]
            links[when].append(Linked(words, row, link["standing"], refs(claim["uid"] for claim in link["claims"])))
    for link in incoming:
        if link.type in LINK_WORDS:
            words, when = LINK_WORDS[link.type][1]
            links[when].append(Linked(words, link.from_incident, link.standing))
    parts = sorted((rows[key] for key in map(uids.parse, document["parts"]) if key in rows), key=_in_time)
    parent = rows.get(uids.parse(document["part_of"])) if document["part_of"] else None
    return {when: found for when, found in links.items() if found}, parent, parts


def _in_time(row):
    return row.sort_date, row.uid
