"""Counting public incidents: how many there are, and how many people were killed as far as anybody says."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from events.choices import Category


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


def totals(queryset):
    """Totals of a queryset of PublishedIncident, in one query."""
    found = queryset.order_by().aggregate(
        all_rows=Count("pk"),
        counted_rows=Count("pk", filter=Q(counts_incident=True)),
        without_figure=Count("pk", filter=Q(~HAS_FIGURE, counts_incident=True, category=Category.VIOLENT)),
        **killed_sums(),
    )
    return Totals(
        incidents=found["all_rows"],
        counted=found["counted_rows"],
        without_figure=found["without_figure"],
        **read_sums(found),
    )
