"""What the filter form offers: words and names that occur in the record, each with how many incidents it would choose."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext

from events.choices import ESCALATION_LABELS, KINDS_OF, Aspect, AttributionStatus, Category, HarmGrade
from events.models.edition import PublishedIncident
from events.record import registers

_COLUMNS = ("category", "kind", "attribution", "harm_grade", "contested_aspects", "escalation", "killed_is_silent")
# Facets of the form that are counted from one grouping, and the column that each chooses by.
_CHOOSING = {
    "category": "category",
    "kind": "kind",
    "attribution": "attribution",
    "harm_grade": "harm_grade",
    "contested_aspect": "contested_aspects",
    "escalation_min": "escalation",
    "killed": "killed_is_silent",
}


@dataclass(frozen=True)
class Option:
    """`count` incidents fit the rest of the selection and this value; None while the selection cannot be read."""

    code: str
    label: str
    is_chosen: bool
    count: int | None


@dataclass(frozen=True)
class Facets:
    """`kinds` are pairs of (label of the category, its Options); `actors` are names for the input's list."""

    categories: list
    kinds: list
    aspects: list
    attributions: list
    harm_grades: list
    escalations: list
    killed: list
    provinces: list
    actors: list


def offered(selection):
    """Facets for the form of a selection. Three queries.

    Each facet is counted among the incidents that fit everything else that was chosen, without its own choice. What
    occurs somewhere in the record is offered, and whatever is chosen already.
    """
    typed, groups = selection.typed, _groups(selection)
    counts = {name: None if selection.errors else _counted(name, groups, typed) for name in _CHOOSING}
    present = {name: set().union(*(_values(name, group) for group in groups)) for name in _CHOOSING}

    def options(name, words):
        return _options(words, present[name], typed[name], counts[name])

    by_category = [
        (gettext(label), options("kind", [(one.value, one.label) for one in KINDS_OF[code]])) for code, label in _WORDS
    ]
    return Facets(
        categories=options("category", _WORDS),
        kinds=[(label, kinds) for label, kinds in by_category if kinds],
        aspects=options("contested_aspect", Aspect.pairs()),
        attributions=options("attribution", AttributionStatus.pairs()),
        harm_grades=options("harm_grade", HarmGrade.pairs()),
        escalations=options("escalation_min", [(str(level), _level(level)) for level in ESCALATION_LABELS]),
        killed=options("killed", selection.form.fields["killed"].choices[1:]),
        provinces=_provinces(selection),
        actors=list(registers.actors().order_by("name", "pk").values_list("name", flat=True)),
    )


_WORDS = Category.pairs()


def _groups(selection):
    """Dicts of the combinations of values in the record, with how many incidents of each fit what no facet chooses."""
    fitting = selection.without(*_CHOOSING).values("pk")
    silent = Q(killed_low=None, killed_best=None, killed_high=None)
    return list(
        PublishedIncident.objects.order_by()
        .annotate(killed_is_silent=Q(silent))
        .values(*_COLUMNS)
        .annotate(number=Count("pk", filter=Q(pk__in=fitting)))
    )


def _values(name, group):
    """The codes of a facet that fit an incident of the group; for levels every level that it reaches."""
    value = group[_CHOOSING[name]]
    if name == "contested_aspect":
        return {code for code in value.split("|") if code}
    if name == "escalation_min":
        return set() if value is None else {str(level) for level in range(value + 1)}
    if name == "killed":
        return {"not_reported" if value else "reported"}
    return {value}


def _counted(name, groups, typed):
    """Counter of code → incidents that fit the other facets and have it."""
    counts = Counter()
    others = {other: _as_set(typed[other]) for other in _CHOOSING if other != name and typed[other]}
    for group in groups:
        if group["number"] and all(chosen & _values(other, group) for other, chosen in others.items()):
            counts.update(dict.fromkeys(_values(name, group), group["number"]))
    return counts


def _provinces(selection):
    """Options of the provinces that hold an incident of the rest of the selection, the most frequent first."""
    found = (
        selection.without("province")
        .filter(province__isnull=False)
        .values_list("province__slug", "province__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "province__name", "province__slug")
    )
    chosen = selection.normalised.get("province")
    return [Option(slug, name, slug == chosen, number) for slug, name, number in found]


def _options(words, present, chosen, counts):
    chosen = _as_set(chosen)
    return [
        Option(code, gettext(str(label)), code in chosen, None if counts is None else counts[code])
        for code, label in words
        if code in present or code in chosen
    ]


def _as_set(chosen):
    return set(chosen) if isinstance(chosen, list) else {chosen} - {""}


def _level(level):
    return gettext(ESCALATION_LABELS[level]).partition(":")[0]
