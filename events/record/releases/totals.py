"""What a release adds up to, by the rules of the statistics: what counts once is added once, and null is not zero."""

from dataclasses import asdict, dataclass, field

from events.choices import Category

OUTCOMES = ("killed", "injured")


@dataclass
class Totals:
    """`incidents` are all rows, `counted` those that are incidents of their own; figures are dicts of _figure."""

    incidents: int = 0
    counted: int = 0
    relations: int = 0
    claims: int = 0
    documents: int = 0
    sources: int = 0
    killed: dict = field(default_factory=dict)
    injured: dict = field(default_factory=dict)

    def with_incidents(self, rows):
        """The same with what these rows of `frozen.arranged` add."""
        rows = list(rows)
        self.incidents, self.counted = len(rows), sum(row["counts_incident"] for row in rows)
        self.killed, self.injured = (_figure(rows, outcome) for outcome in OUTCOMES)
        return self

    def as_dict(self):
        return asdict(self)


def _figure(rows, outcome):
    """Lows, bests and highs added over the rows whose toll counts; a best only where each of them has one.

    low, best and high are None where no row has a figure. `without_figure` are violent incidents of which nobody says.
    """
    bounds = [tuple(row[f"{outcome}_{bound}"] for bound in ("low", "best", "high")) for row in rows]
    counted = [
        (row, given)
        for row, given in zip(rows, bounds, strict=True)
        if row[f"counts_{outcome}"] and any(number is not None for number in given)
    ]
    silent = sum(
        row["counts_incident"] and row["category"] == Category.VIOLENT and not any(n is not None for n in given)
        for row, given in zip(rows, bounds, strict=True)
    )
    bests = [best for _, (_, best, _) in counted]
    return {
        "low": sum(low for _, (low, _, _) in counted if low is not None) if counted else None,
        "best": sum(bests) if counted and None not in bests else None,
        "high": sum(_highest(given) for _, given in counted) if counted else None,
        "open_upper": any(row[f"{outcome}_open"] or high is None for row, (_, _, high) in counted),
        "incidents": len(counted),
        "without_figure": silent,
    }


def _highest(given):
    low, best, high = given
    return next(number for number in (high, best, low) if number is not None)
