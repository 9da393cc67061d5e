"""Each kind of incident over time, on the bars that all kinds together have."""

from collections import Counter, defaultdict

from django.utils.translation import gettext

from events.choices import Kind
from events.record import sections, statistics_time
from events.record.sections import ASKING, DAY, INCIDENTS, TEXT, Column, Section

COLUMNS = (
    Column("kind", TEXT, "Code of the kind."),
    Column("label", TEXT, "The kind in words."),
    Column("period", TEXT, "The bar in words."),
    Column("from", DAY, "First day of the bar."),
    Column("to", DAY, "Last day of the bar."),
    INCIDENTS,
    ASKING,
)


def kinds_over_time(selection, found):
    """The Section “kinds-over-time” of the groups of `statistics.by_dates` with their kind.

    The most frequent kind comes first, then it goes by time. A kind has a row for every bar from the first to the last
    that incidents of any kind fall into, 0 included.
    """
    bars = statistics_time.bars(found, selection.days[0])
    per_kind = defaultdict(Counter)
    for start, _, _, groups in bars:
        for group in groups:
            per_kind[group["kind"]][start] += group["incidents"]
    kinds = sorted((kind for kind in per_kind if per_kind[kind].total()), key=lambda kind: _rank(kind, per_kind[kind]))
    rows = [_row(kind, bar, per_kind[kind], selection) for kind in kinds for bar in bars]
    return Section(
        name="kinds-over-time",
        title=gettext("Kinds over time"),
        description=gettext(
            "Each kind on its own scale, on the same bars: what is written beside it is its highest bar."
        ),
        columns=COLUMNS,
        rows=rows,
        finding=_finding(kinds, per_kind, bars),
        unit=bars[0][2] if bars else "",
    )


def _rank(kind, counts):
    return (-counts.total(), Kind.label_of(kind))


def _row(kind, bar, counts, selection):
    start, end, unit, _ = bar
    return {
        "kind": kind,
        "label": gettext(Kind.label_of(kind)),
        "period": statistics_time.name_of(start, unit),
        "from": start,
        "to": end,
        "incidents": counts[start],
        "query": selection.narrowed(kind=[kind], **statistics_time.asking(start, end, selection.days))
        if counts[start]
        else None,
    }


def _finding(kinds, per_kind, bars):
    if not kinds:
        return gettext("No incident that counts and has a date fits this selection.")
    first = kinds[0]
    most = max(bars, key=lambda bar: per_kind[first][bar[0]])
    return gettext("%(kind)s is the most frequent kind (%(incidents)s), most in %(period)s.") % {
        "kind": gettext(Kind.label_of(first)),
        "incidents": sections.counted(per_kind[first].total()),
        "period": statistics_time.within_sentence(most[0], most[2]),
    }
