"""Coverage: how many documents, sources and sides of the conflict an incident rests on."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from events.choices import Side
from events.models.edition import BEHIND_CLAIMS
from events.record.sections import INCIDENTS, SHARE, TEXT, Column, Section

_STEPS = ((1, 1, "1"), (2, 2, "2"), (3, 4, "3 or 4"), (5, None, "5 or more"))
DOCUMENTS, SOURCES, SIDES = "documents", "sources", "sides"
ONE_SIDE = {side.value: f"only {'others' if side == Side.THIRD else side.label}" for side in Side}
COLUMNS = (
    Column(
        "measure",
        TEXT,
        f"What is counted of each incident: {DOCUMENTS}, {SOURCES} or {SIDES} whose claims it rests on.",
    ),
    Column("value", TEXT, "How many there are, or which side alone."),
    INCIDENTS,
    Column("share", SHARE, "Their share of all incidents that count, 0 to 1; null without any."),
)


def coverage(selection):
    """The Section “coverage”. One query."""
    documents, sources, sides = Counter(), Counter(), Counter()
    for row in _rows(selection):
        documents[_step(row.documents)] += 1
        sources[_step(row.sources)] += 1
        sides[_alone(row.sides)] += 1
    total = sides.total()
    rows = [
        {"measure": measure, "value": value, "incidents": found[value], "share": _share(found[value], total)}
        for measure, found, values in (
            (DOCUMENTS, documents, ["none", *(label for _, _, label in _STEPS)]),
            (SOURCES, sources, ["none", *(label for _, _, label in _STEPS)]),
            (SIDES, sides, [*ONE_SIDE.values(), "two or more", "no eligible claim"]),
        )
        for value in values
        if value not in ("none", "no eligible claim") or found[value]
    ]
    return Section(
        name="coverage",
        title="What the record rests on",
        description="Documents and sources per incident, and whether everything that counts in it is said by one side "
        "alone. Press, residents and third states together count as one side, “others”.",
        columns=COLUMNS,
        rows=rows,
        finding=_finding(sides, sources, total),
    )


@dataclass
class _Row:
    documents: int
    sources: int
    sides: set


def _rows(selection):
    """One _Row per incident that counts, with the sides that say what is eligible in it."""
    eligible = Q(claims__is_eligible=True, claims__position__lt=BEHIND_CLAIMS)
    found = {}
    pairs = (
        selection.queryset()
        .counted()
        .order_by()
        .annotate(said=FilteredRelation("claims", condition=eligible))
        .values_list("pk", "documents_count", "sources_count", "said__is_eligible", "said__claimant__side")
        .distinct()
    )
    for uid, documents, sources, is_said, side in pairs.iterator(chunk_size=2000):
        row = found.setdefault(uid, _Row(documents, sources, set()))
        if is_said:
            row.sides.add(side or Side.THIRD.value)
    return found.values()


def _alone(sides):
    """The side on which alone an incident rests, in words."""
    if not sides:
        return "no eligible claim"
    return ONE_SIDE[min(sides)] if len(sides) == 1 else "two or more"


def _step(number):
    return next(
        (label for least, most, label in _STEPS if least <= number and (most is None or number <= most)), "none"
    )


def _share(number, total):
    return round(number / total, 4) if total else None


def _finding(sides, sources, total):
    if not total:
        return "No incident that counts fits this selection."
    parties = sum(sides[label] for side, label in ONE_SIDE.items() if side != Side.THIRD)
    return f"{sources['1']:,} of {total:,} rest on one source; {parties:,} on the claims of one party to the conflict alone."
