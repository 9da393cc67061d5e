"""Files of a selection in the shapes of other data sets, and the list of what each of them leaves out. No HTTP here."""

from dataclasses import dataclass
from itertools import islice
from types import ModuleType

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from events.record import acled_file, tables, ucdp_file, weighing
from events.record.downloads import PIECE, lines
from events.record.english import in_english

CSV = "text/csv; charset=utf-8"
LEFT_OUT = ("uid", "title", "date", "address", "reason", "reason_in_words")


@dataclass(frozen=True)
class Shape:
    """`made` has COLUMNS, REASONS (reason → sentence), NUMERIC, known(), weighed(…) and rows(…)."""

    name: str
    label: str
    meaning: Promise
    made: ModuleType
    guide: str  # the name of the page about its columns

    @property
    def ending(self):
        """How the address of its file ends."""
        return f"{self.name}.csv"

    def weigh(self, chosen, shelf, order="newest"):
        """weighing.Weighing of a selection on its shelf, and what the registers know, for `as_csv`."""
        known = self.made.known()
        return self.made.weighed(chosen, shelf, order, known), known

    def why(self, reason):
        """The reason in the language of whoever reads."""
        return gettext(self.made.REASONS[reason])


SHAPES = {
    shape.name: shape
    for shape in (
        Shape(
            "acled",
            "ACLED",
            gettext_lazy("One row per incident in ACLED’s 31 columns, for programs that read its files."),
            acled_file,
            "api-acled-docs",
        ),
        Shape(
            "ucdp",
            "UCDP GED",
            gettext_lazy("One row per deadly incident in UCDP GED’s 49 columns, for programs that read its files."),
            ucdp_file,
            "api-docs-ucdp",
        ),
    )
}


def as_csv(shape, weighed, known):
    """Pieces of the file: a heading, then one line for each incident that was found to give a row."""
    made = shape.made
    yield lines([made.COLUMNS])
    rows = made.rows(weighed.found, known)
    while piece := list(islice(rows, PIECE)):
        yield lines([_cell(made, name, row[name]) for name in made.COLUMNS] for row in piece)


def left_out_as_csv(shape, weighed, base):
    """Pieces of the list of what has no row; `base` is scheme and host of this site."""
    yield lines([LEFT_OUT])
    rows = weighing.told(weighed.left_out)
    while piece := list(islice(rows, PIECE)):
        yield _left_out(shape, piece, base)


@in_english
def _left_out(shape, rows, base):
    return lines(
        [
            row.shown_uid,
            tables.cell(row.title),
            tables.cell(row.day),
            f"{base}{reverse('incident-edition', args=[row.uid, row.number])}",
            row.reason,
            shape.why(row.reason),
        ]
        for row in rows
    )


def _cell(made, name, value):
    return value if name in made.NUMERIC else tables.cell(value)
