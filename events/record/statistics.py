"""Counting public incidents: how many there are, and how many people were harmed as far as anybody says."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from events.choices import Category

OUTCOMES = ("killed", "injured")
_NUMBERS = {f"{outcome}_{bound}_sum" for outcome in OUTCOMES for bound in ("low", "best", "high")}


@dataclass(frozen=True)
class Totals:
    """`incidents` are all rows chosen; `counted` those that statistics count (R13).

    The killed are summed over the rows whose toll counts, each incident's figure once: lows where a low is known,
    highs with the largest number stated. None means that no chosen incident gives a figure, which is not zero.
    `without_figure` of the counted violent incidents give none, so the sums are a floor; `killed_open` says that some
    account behind them has no upper bound.
    """

    incidents: int
    counted: int
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_open: bool
    best_missing: int
    without_figure: int


RELEVANT = Q(counts_incident=True) | Q(counts_killed=True) | Q(counts_injured=True)
HAS_FIGURE = ~Q(killed_low=None, killed_best=None, killed_high=None)


def killed_sums():
    """Aggregates of the killed: each incident's figure once, as R13 counts it. `read_sums` makes sense of them."""
    tolled = Q(HAS_FIGURE, counts_killed=True)
    unbounded = Q(killed_open=True) | Q(killed_high__isnull=True)
    return {
        "low": Sum("killed_low", filter=tolled),
        "best": Sum("killed_best", filter=tolled),
        "high": Sum(Coalesce("killed_high", "killed_best", "killed_low"), filter=tolled),
        "unbounded_rows": Count("pk", filter=tolled & unbounded),
        "without_best": Count("pk", filter=tolled & Q(killed_best__isnull=True)),
    }


def read_sums(found):
    """Names of Totals → values, of a row with the aggregates of `killed_sums`."""
    return {
        "killed_low": found["low"],
        "killed_best": found["best"],
        "killed_high": found["high"],
        "killed_open": found["unbounded_rows"] > 0,
        "best_missing": found["without_best"],
    }


def by_dates(queryset, *columns):
    """List of dicts per first and last day, and these columns; one query.

    Each holds the sums of `sums`, `all_rows` (those chosen) and `relevant_rows` (those whose incident or toll counts).
    """
    return list(
        queryset.order_by()
        .values("date_start", "date_end", *columns)
        .annotate(all_rows=Count("pk"), relevant_rows=Count("pk", filter=RELEVANT), **sums())
    )


def totals(groups):
    """Totals of the groups of `by_dates`."""
    found = added(groups)
    return Totals(
        incidents=sum(group["all_rows"] for group in groups),
        counted=found["incidents"],
        killed_low=found["killed_low_sum"],
        killed_best=found["killed_best_sum"],
        killed_high=found["killed_high_sum"],
        killed_open=found["killed_unbounded"] > 0,
        best_missing=found["killed_without_best"],
        without_figure=found["killed_without_figure"],
    )


RELEVANT = Q(counts_incident=True) | Q(counts_killed=True) | Q(counts_injured=True)


def relevant(queryset):
    """Those rows of a queryset that count as an incident or whose toll counts, in no order."""
    return queryset.filter(RELEVANT).order_by()


def sums():
    """Aggregates over rows of PublishedIncident that can be added up across groups with `added`."""
    found = {"incidents": Count("pk", filter=Q(counts_incident=True))}
    for outcome in OUTCOMES:
        low, best, high = (f"{outcome}_{bound}" for bound in ("low", "best", "high"))
        has_figure = ~Q(**{low: None, best: None, high: None})
        tolled = Q(has_figure, **{f"counts_{outcome}": True})
        unbounded = Q(**{f"{outcome}_open": True}) | Q(**{f"{high}__isnull": True})
        silent = Q(~has_figure, counts_incident=True, category=Category.VIOLENT)
        found |= {
            f"{low}_sum": Sum(low, filter=tolled),
            f"{best}_sum": Sum(best, filter=tolled),
            f"{high}_sum": Sum(Coalesce(high, best, low), filter=tolled),
            f"{outcome}_unbounded": Count("pk", filter=tolled & unbounded),
            f"{outcome}_without_best": Count("pk", filter=tolled & Q(**{f"{best}__isnull": True})),
            f"{outcome}_without_figure": Count("pk", filter=silent),
        }
    return found


def added(groups):
    """The sums of several groups as one; None only where no group has a number. Other keys are left out."""
    total = dict.fromkeys(sums())
    for group in groups:
        for name, number in total.items():
            if group[name] is not None:
                total[name] = (number or 0) + group[name]
    return {name: number if name in _NUMBERS else number or 0 for name, number in total.items()}


def figures(group):
    """What is shown of summed groups: a best only where every incident behind it has one."""
    found = {"incidents": group["incidents"]}
    for outcome in OUTCOMES:
        found |= {
            f"{outcome}_low": group[f"{outcome}_low_sum"],
            f"{outcome}_best": None if group[f"{outcome}_without_best"] else group[f"{outcome}_best_sum"],
            f"{outcome}_high": group[f"{outcome}_high_sum"],
            f"{outcome}_open": group[f"{outcome}_unbounded"] > 0,
            f"{outcome}_not_reported": group[f"{outcome}_without_figure"],
        }
    return found
