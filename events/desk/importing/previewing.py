"""What the first rows of a table would become, in words, for whoever says what its columns are."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.choices import Aspect, Kind, Outcome, Part, VictimCategory
from events.desk.importing.likely_words import bounds


@dataclass(frozen=True)
class Shown:
    """One row. `facts` is a list of (what it is, words); `problems` of (column of the file, Problem)."""

    line: int
    title: str
    date: object
    facts: list
    problems: list
    is_refused: bool


def shown(rows, layout, labels):
    """[Shown] of rows as `reading_table.previewed` gives them; `labels` are the words for fields."""
    return [_shown(line, made, layout, labels) for line, made in rows]


def _shown(line, made, layout, labels):
    problems = made if isinstance(made, tuple) else made.problems
    told = [(layout.columns.get(one.column, "") or str(labels.get(one.column, "")), one) for one in problems]
    if isinstance(made, tuple):
        return Shown(line, "", None, [], told, is_refused=True)
    return Shown(line, made.title, made.date, list(_facts(made)), told, is_refused=False)


def _facts(row):
    yield _("Kind"), _(Kind.label_of(row.kind))
    place = ", ".join(name for _level, name in reversed(row.place.names))
    at = f"{row.place.latitude}, {row.place.longitude}" if row.place.latitude is not None else ""
    if place or at:
        yield _("Where"), " · ".join(filter(None, (place, at)))
    for claim in row.claims:
        if claim.actor is not None:
            yield _(Part.label_of(claim.part)), claim.actor.name
        if claim.aspect == Aspect.CASUALTIES:
            yield from ((_label(toll), _number(toll)) for toll in claim.tolls)
    if row.claims and row.claims[0].claimant:
        yield _("Who says so"), row.claims[0].claimant.name
    for cited in row.cited:
        yield _("Source"), " · ".join(filter(None, (cited.publisher, cited.title, cited.published, cited.url)))


def _label(toll):
    outcome = _(Outcome.label_of(toll.outcome))
    if toll.category == VictimCategory.ALL:
        return outcome
    return f"{outcome}, {_(VictimCategory.label_of(toll.category)).lower()}"


def _number(toll):
    said = [number for number in (toll.low, toll.best, toll.high) if number is not None]
    if toll.best is not None and len(set(said)) > 1:
        words = _("%(best)s, from %(low)s to %(high)s")
        return words % {"best": toll.best, "low": min(said), "high": max(said)}
    return bounds((min(said), max(said)))
