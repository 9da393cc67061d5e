"""Coverage: how many documents, sources and sides of the conflict an incident rests on."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext, gettext_noop

from events.choices import Side
from events.models.edition import BEHIND_CLAIMS
from events.record.sections import INCIDENTS, SHARE, TEXT, Column, Section

# The values of a row are these words in every language; the page says them in its own.
_STEPS = ((1, 1, "1"), (2, 2, "2"), (3, 4, gettext_noop("3 or 4")), (5, None, gettext_noop("5 or more")))
_NONE, _TWO_SIDES, _NOTHING_SAID = gettext_noop("none"), gettext_noop("two or more"), gettext_noop("no eligible claim")
DOCUMENTS, SOURCES, SIDES = "documents", "sources", "sides"
ONE_SIDE = {
    Side.PAKISTAN.value: gettext_noop("only Pakistan"),
    Side.AFGHANISTAN_DE_FACTO.value: gettext_noop("only Afghanistan (de facto)"),
    Side.NON_STATE.value: gettext_noop("only Armed groups"),
    Side.THIRD.value: gettext_noop("only others"),
}
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
            (DOCUMENTS, documents, [_NONE, *(label for _, _, label in _STEPS)]),
            (SOURCES, sources, [_NONE, *(label for _, _, label in _STEPS)]),
            (SIDES, sides, [*ONE_SIDE.values(), _TWO_SIDES, _NOTHING_SAID]),
        )
        for value in values
        if value not in (_NONE, _NOTHING_SAID) or found[value]
    ]
    return Section(
        name="coverage",
        title=gettext("What the record rests on"),
        description=gettext(
            "Documents and sources per incident, and whether everything that counts in it is said by one side "
            "alone. Press, residents and third states together count as one side, “others”."
        ),
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
    eligible = Q(selection.shelf.are_here(), claims__is_eligible=True, claims__position__lt=BEHIND_CLAIMS)
    found = {}
    pairs = (
        selection.queryset()
        .counted()
        .order_by()
        .annotate(said=FilteredRelation("claims", condition=eligible))
        .values_list("uid", "documents_count", "sources_count", "said__is_eligible", "said__claimant__side")
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
        return _NOTHING_SAID
    return ONE_SIDE[min(sides)] if len(sides) == 1 else _TWO_SIDES


def _step(number):
    return next((label for least, most, label in _STEPS if least <= number and (most is None or number <= most)), _NONE)


def _share(number, total):
    return round(number / total, 4) if total else None


def _finding(sides, sources, total):
    if not total:
        return gettext("No incident that counts fits this selection.")
    parties = sum(sides[label] for side, label in ONE_SIDE.items() if side != Side.THIRD)
    said = gettext(
        "%(one)s of %(total)s rest on one source; %(parties)s on the claims of one party to the conflict alone."
    )
    return said % {"one": f"{sources['1']:,}", "total": f"{total:,}", "parties": f"{parties:,}"}
