"""Incidents and casualties by kind and by province."""

from collections import defaultdict

from django.utils.translation import gettext, gettext_lazy, ngettext

from events.choices import Category, Kind
from events.record import sections, statistics
from events.record.sections import ASKING, INCIDENTS, TEXT, TOLL, Column, Section

_NO_TOLL = gettext_lazy(
    "A toll that is known only for an operation as a whole stands where the operation stands, not with its parts."
)
KIND_COLUMNS = (
    Column("kind", TEXT, "Code of the kind."),
    Column("label", TEXT, "The kind in words."),
    Column("category", TEXT, f"Its category: {', '.join(Category.codes())}."),
    INCIDENTS,
    *TOLL,
    ASKING,
)
PROVINCE_COLUMNS = (
    Column("province", TEXT, "Slug of the province; null for those in no one province."),
    Column("label", TEXT, "Its name."),
    Column("country", TEXT, "The country it lies in."),
    INCIDENTS,
    *TOLL,
    ASKING,
)

_PROVINCE = ("province__slug", "province__name", "province__country__name")


def groups(selection):
    """The sums of a selection by kind and province, from which both sections are counted. One query."""
    rows = statistics.relevant(selection.queryset())
    return list(rows.values("kind", "category", *_PROVINCE).annotate(**statistics.sums()))


def by_kind(selection, found):
    """The Section “by-kind”, of what `groups` gives, the most frequent first."""
    rows = []
    for group in _folded(found, "kind", "category"):
        code = group["kind"]
        rows.append(
            {
                "kind": code,
                "label": gettext(Kind.label_of(code)),
                "category": group["category"],
                **statistics.figures(group),
                "query": _asking(selection, group, kind=[code]),
            }
        )
    rows.sort(key=lambda row: (-row["incidents"], Kind.label_of(row["kind"])))
    return Section(
        name="by-kind",
        title=gettext("What happened"),
        description=gettext("Incidents by kind, with the people killed as far as anybody says."),
        columns=KIND_COLUMNS,
        rows=rows,
        finding=_most_frequent_kind(rows),
        notes=[str(_NO_TOLL)],
    )


def by_province(selection, found):
    """The Section “by-province”, the most frequent first; incidents that lie in no one province last."""
    rows = []
    for group in _folded(found, *_PROVINCE):
        slug = group["province__slug"]
        rows.append(
            {
                "province": slug,
                "label": group["province__name"] or gettext("In no one province"),
                "country": group["province__country__name"],
                **statistics.figures(group),
                "query": _asking(selection, group, province=slug) if slug else None,
            }
        )
    rows.sort(key=lambda row: (row["province"] is None, -row["incidents"], row["label"], row["province"]))
    return Section(
        name="by-province",
        title=gettext("Where it happened"),
        description=gettext(
            "Incidents by province. Those that are known no finer than a country, or that lie on a stretch of "
            "the border, are in no one province."
        ),
        columns=PROVINCE_COLUMNS,
        rows=rows,
        finding=_most_frequent_province([row for row in rows if row["province"]]),
        notes=[str(_NO_TOLL)],
    )


def _folded(found, *columns):
    """One dict per combination of these columns, with the sums of all groups that have it."""
    alike = defaultdict(list)
    for group in found:
        alike[tuple(group[column] for column in columns)].append(group)
    for values, together in alike.items():
        yield dict(zip(columns, values, strict=True)) | statistics.added(together)


def _asking(selection, group, **values):
    return selection.narrowed(**values, counted="yes") if group["incidents"] else None


def _most_frequent_kind(rows):
    said = ngettext(
        "%(number)d kind; the most frequent is %(first)s (%(incidents)s).",
        "%(number)d kinds; the most frequent is %(first)s (%(incidents)s).",
        sum(row["incidents"] > 0 for row in rows),
    )
    return _filled(said, rows) or gettext("No incident that counts has a kind here.")


def _most_frequent_province(rows):
    said = ngettext(
        "%(number)d province; the most frequent is %(first)s (%(incidents)s).",
        "%(number)d provinces; the most frequent is %(first)s (%(incidents)s).",
        sum(row["incidents"] > 0 for row in rows),
    )
    return _filled(said, rows) or gettext("No incident that counts has a province here.")


def _filled(said, rows):
    """The sentence about those rows that have incidents, the first of them named; "" where none has."""
    rows = [row for row in rows if row["incidents"]]
    if not rows:
        return ""
    first = rows[0]
    return said % {
        "number": len(rows),
        "first": first["label"],
        "incidents": sections.counted(first["incidents"]),
    }
