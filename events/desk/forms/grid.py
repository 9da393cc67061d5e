"""A toll as a small grid: outcomes down, categories of people across, below them how many were women or children."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _

from events.choices import Demographic, Directness, Outcome, VictimCategory
from events.desk.forms import numbers
from events.desk.forms.manners import DeskForm

OUTCOMES = tuple(Outcome)
CATEGORIES = tuple(VictimCategory)
SHOWN = (Outcome.KILLED, Outcome.INJURED)  # the other outcomes wait behind a summary
SUBSETS = (Demographic.WOMEN, Demographic.CHILDREN)
SUBSET_CATEGORIES = (VictimCategory.CIVILIAN, VictimCategory.ALL)


@dataclass(frozen=True)
class Cell:
    outcome: str
    category: str
    demographic: str = Demographic.ANY.value

    @property
    def name(self):
        return "-".join((self.outcome, self.category, self.demographic))

    @property
    def label(self):
        outcome, category = Outcome.label_of(self.outcome), VictimCategory.label_of(self.category)
        words = f"{_(outcome)}, {_(category).lower()}"
        if self.demographic == Demographic.ANY:
            return words
        return f"{words}, {_of_whom(self.demographic)}"

    @property
    def whole(self):
        """The cell of which this one is a part, or None."""
        return None if self.demographic == Demographic.ANY else Cell(self.outcome, self.category)


def _of_whom(demographic):
    return _("of whom %(people)s") % {"people": _(Demographic.label_of(demographic)).lower()}


def _cells():
    for outcome in OUTCOMES:
        yield from (Cell(outcome.value, category.value) for category in CATEGORIES)
        if outcome in SHOWN:
            for part in SUBSETS:
                yield from (Cell(outcome.value, category.value, part.value) for category in SUBSET_CATEGORIES)


CELLS = {cell.name: cell for cell in _cells()}


class TollGrid(DeskForm):
    """Every cell takes a number as documents word it; an empty one says nothing about these people."""

    def __init__(self, *args, **kwargs):
        self.base_fields = {
            cell.name: forms.CharField(label=cell.label, max_length=60, required=False) for cell in CELLS.values()
        }
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "size": 8}

    def clean(self):
        cleaned = super().clean()
        for name, cell in CELLS.items():
            if text := cleaned.get(name):
                self._read(cleaned, name, text)
                if cell.whole and not self.data.get(self.add_prefix(cell.whole.name), "").strip():
                    self.add_error(
                        name, _("Give the number of all of them too; a word such as “some” will do, or “not said”.")
                    )
        return cleaned

    @property
    def is_used(self):
        return any(self.data.get(self.add_prefix(name), "").strip() for name in CELLS) if self.is_bound else False

    @property
    def filled(self):
        """Cells with a number, in the order in which their lines are kept."""
        return [cell for name, cell in CELLS.items() if self.cleaned_data.get(name)]

    @property
    def lines_given(self):
        """List of dicts as `claims.add` takes them."""
        order = {cell: index for index, cell in enumerate(self.filled)}
        return [
            {
                "outcome": cell.outcome,
                "category": cell.category,
                "party": None,
                "demographic": cell.demographic,
                "directness": Directness.DIRECT.value,
                "subset_of": order.get(cell.whole),
            }
            | numbers.columns(self.cleaned_data[cell.name])
            for cell in self.filled
        ]

    @cached_property
    def tables(self):
        """The grid for the template: (the rows shown at once, the rows of the rarer outcomes)."""
        rows = [self._row(outcome, part) for outcome in OUTCOMES for part in (Demographic.ANY, *SUBSETS)]
        rows = [row for row in rows if any(field is not None for field in row["fields"])]
        return [row for row in rows if row["outcome"] in SHOWN], [row for row in rows if row["outcome"] not in SHOWN]

    @property
    def has_rare(self):
        return any(field.value() for row in self.tables[1] for field in row["fields"] if field is not None)

    @property
    def columns(self):
        return [_(category.label) for category in CATEGORIES]

    def _row(self, outcome, part):
        names = [Cell(outcome.value, category.value, part.value).name for category in CATEGORIES]
        label = _(outcome.label) if part == Demographic.ANY else _of_whom(part)
        fields = [self[name] if name in CELLS else None for name in names]
        return {"outcome": outcome, "label": label, "is_part": part != Demographic.ANY, "fields": fields}

    def _read(self, cleaned, name, text):
        try:
            cleaned[name] = numbers.parse(text)
        except ValueError as error:
            self.add_error(name, str(error))


def initial_from(claim):
    """The grid's initial values for the lines of a claim; None where a line does not fit into it."""
    lines = list(claim.lines.all())
    found = {}
    for line in lines:
        cell = Cell(line.outcome, line.category, line.demographic)
        whole = next((other for other in lines if other.pk == line.subset_of_id), None)
        hangs_right = cell.whole is None if whole is None else cell.whole == Cell(whole.outcome, whole.category)
        fits = line.party_id is None and line.directness == Directness.DIRECT and hangs_right
        if not fits or cell.name not in CELLS or cell.name in found:
            return None
        found[cell.name] = numbers.written(line) or "not said"
    return found
