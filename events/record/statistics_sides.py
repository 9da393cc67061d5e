"""Who acts against whom, by side and by actor, as the participants of the public index have it."""

from collections import Counter
from itertools import groupby, product
from operator import itemgetter

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext, ngettext

from events.choices import Side
from events.record.filters import ACTING, AIMED_AT, NOT_NAMED
from events.record.sections import ASKING, INCIDENTS, TEXT, Column, Section, counted

SIDES = (*Side.codes(), NOT_NAMED)
SIDE_COLUMNS = (
    Column("acting_side", TEXT, f"The side of a perpetrator or initiator: {', '.join(SIDES)}."),
    Column("target_side", TEXT, "The side of a target or of somebody affected, likewise."),
    INCIDENTS,
    ASKING,
)
ACTOR_COLUMNS = (
    Column("actor", TEXT, "Slug of the perpetrator or initiator."),
    Column("actor_name", TEXT, "Its name."),
    Column("target", TEXT, "Slug of the target or of whoever was affected."),
    Column("target_name", TEXT, "Its name."),
    INCIDENTS,
)


def side_label(code):
    """The label of a side, or of NOT_NAMED."""
    return gettext("Not named") if code == NOT_NAMED else gettext(Side.label_of(code))


def ends(selection):
    """Counter of (who acts, at whom it is aimed), sets of (slug, name, side), over the incidents that count. One query."""
    named = FilteredRelation(
        "participants", condition=Q(participants__is_direct=True, participants__part__in=(*ACTING, *AIMED_AT))
    )
    columns = ("uid", "named__part", "named__actor__slug", "named__actor__name", "named__actor__side")
    rows = selection.queryset().counted().annotate(named=named).order_by("uid", "named__pk").values_list(*columns)
    found = Counter()
    for _, parts in groupby(rows.iterator(chunk_size=2000), itemgetter(0)):
        both = (set(), set())
        for _, part, slug, name, side in parts:
            if part:
                both[part in AIMED_AT].add((slug, name, side))
        found[tuple(map(frozenset, both))] += 1
    return found


def by_sides(selection, found):
    """The Section “by-sides”: a row for every pair of sides, those without an incident included."""
    pairs = Counter()
    for both, number in found.items():
        acting, aimed_at = ({side for _, _, side in actors} or {NOT_NAMED} for actors in both)
        for pair in product(acting, aimed_at):
            pairs[pair] += number
    rows = [
        {
            "acting_side": one,
            "target_side": other,
            "incidents": pairs[one, other],
            "query": _asking(selection, one, other) if pairs[one, other] else None,
        }
        for one in SIDES
        for other in SIDES
    ]
    return Section(
        name="by-sides",
        title=gettext("Who acts against whom"),
        description=gettext(
            "Incidents by the side of those who did it and the side of those it was aimed at, as the rules "
            "conclude from the claims. An incident in which several sides act or are met counts once for each pair."
        ),
        columns=SIDE_COLUMNS,
        rows=rows,
        finding=_finding(rows),
    )


def by_actors(selection, found):
    """The Section “by-actors”: pairs of actors that are both named, the most frequent first."""
    pairs = Counter()
    for both, number in found.items():
        for pair in product(*both):
            pairs[pair] += number
    rows = [
        {
            "actor": one[0],
            "actor_name": one[1],
            "target": other[0],
            "target_name": other[1],
            "incidents": number,
        }
        for (one, other), number in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Section(
        name="by-actors",
        title=gettext("Pairs of actors"),
        description=gettext(
            "The same by actor, as finely as the headline names them; a faction is not counted for its group."
        ),
        columns=ACTOR_COLUMNS,
        rows=rows,
        finding=_most_frequent_pair(rows),
    )


def _most_frequent_pair(rows):
    if not rows:
        return gettext("No incident of this selection names both who did it and at whom it was aimed.")
    said = ngettext(
        "%(number)s pair; the most frequent is %(actor)s against %(target)s (%(incidents)s).",
        "%(number)s pairs; the most frequent is %(actor)s against %(target)s (%(incidents)s).",
        len(rows),
    )
    return said % {
        "number": f"{len(rows):,}",
        "actor": rows[0]["actor_name"],
        "target": rows[0]["target_name"],
        "incidents": counted(rows[0]["incidents"]),
    }


def _asking(selection, one, other):
    """None where the selection holds another side already, which this one would replace instead of narrowing."""
    asked = {"acting_side": one, "target_side": other}
    if any(selection.normalised.get(name, side) != side for name, side in asked.items()):
        return None
    return selection.narrowed(**asked, counted="yes")


def _finding(rows):
    named = [row for row in rows if NOT_NAMED not in (row["acting_side"], row["target_side"]) and row["incidents"]]
    if not named:
        return gettext("No incident of this selection names both who did it and at whom it was aimed.")
    most = max(named, key=lambda row: row["incidents"])
    return gettext("Most frequent where both are named: %(acting)s against %(target)s (%(incidents)s).") % {
        "acting": side_label(most["acting_side"]),
        "target": side_label(most["target_side"]),
        "incidents": counted(most["incidents"]),
    }
