"""What a section of the statistics is: columns and rows of plain values, the same for the page, for CSV and for the API."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from events.record.statistics import OUTCOMES
from events.rules import wording

TEXT, DAY, WHOLE, NUMBER, SHARE, FLAG, QUERY = "text", "day", "whole", "number", "share", "flag", "query"


@dataclass(frozen=True)
class Column:
    """`name` heads the column in CSV and JSON; `meaning` is for the description of the API."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Section:
    """`rows` are dicts with the names of `columns`; None is “not reported” or “not known”, never zero.

    `query` of a row is the query string that chooses exactly the incidents counted in it, None where no filter can.
    """

    name: str
    title: str
    description: str
    columns: tuple
    rows: list
    finding: str = ""
    notes: list = field(default_factory=list)
    unit: str = ""


ASKING = Column("query", QUERY, "Chooses exactly the incidents that are counted here, on the timeline and in the API.")
INCIDENTS = Column("incidents", WHOLE, "Incidents that count: no wholes beside their parts, no series.")


def _of_outcome(outcome):
    return (
        Column(f"{outcome}_low", WHOLE, f"Sum of the lowest accounts of people {outcome}."),
        Column(f"{outcome}_best", WHOLE, "Sum of the best-supported figures; null unless every incident has one."),
        Column(f"{outcome}_high", WHOLE, "Sum of the highest accounts."),
        Column(f"{outcome}_open", FLAG, "Whether some account behind it has no upper bound."),
        Column(f"{outcome}_not_reported", WHOLE, "Violent incidents for which nobody gives a figure."),
    )


TOLL = tuple(column for outcome in OUTCOMES for column in _of_outcome(outcome))


def counted(number):
    """“1 incident”, “1,204 incidents”."""
    return ngettext("%(number)s incident", "%(number)s incidents", number) % {"number": f"{number:,}"}


def killed(row):
    """The killed of a row in words."""
    return toll(row, "killed")


def toll(row, outcome):
    """The range of an outcome of a row in words: "67–223+", "not reported"."""
    return gettext(wording.figure(*(row[f"{outcome}_{bound}"] for bound in ("low", "best", "high", "open"))))
