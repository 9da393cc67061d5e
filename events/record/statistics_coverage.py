"""Coverage: how many documents, sources and sides of the conflict an incident rests on."""

from collections import Counter, defaultdict

from django.db.models import Count

from events.choices import Side
from events.models.edition import PublishedClaim
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
    """The Section “coverage”. Two queries."""
    chosen = selection.queryset().counted()
    documents, sources, total = Counter(), Counter(), 0
    for row in chosen.order_by().values("documents_count", "sources_count").annotate(number=Count("pk")):
        documents[_step(row["documents_count"])] += row["number"]
        sources[_step(row["sources_count"])] += row["number"]
        total += row["number"]
    sides = _sides(chosen, total)
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


def _sides(chosen, total):
    """Counter of incidents by the side on which alone they rest."""
    found = defaultdict(set)
    pairs = (
        PublishedClaim.objects.filter(incident__in=chosen.order_by().values("pk"), is_eligible=True, position__lt=1000)
        .order_by()
        .values_list("incident", "claimant__side")
        .distinct()
    )
    for uid, side in pairs.iterator(chunk_size=2000):
        found[uid].add(side or Side.THIRD.value)
    counts = Counter(ONE_SIDE[min(sides)] if len(sides) == 1 else "two or more" for sides in found.values())
    counts["no eligible claim"] = total - len(found)
    return counts


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
