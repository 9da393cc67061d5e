"""Input for the lines of a casualty claim: one row per number."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Demographic, Directness, Outcome, VictimCategory
from events.desk.forms import numbers
from events.desk.forms.manners import DeskForm, RowSet, listed
from events.desk.forms.naming import ActorField
from events.desk.forms.registers import NOT_CHOSEN

MOST_LINES = 40


class LineForm(DeskForm):
    """One number of people. A row in which nothing was typed does not count."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=listed(Outcome), initial=Outcome.KILLED.value)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    category = forms.ChoiceField(label=_("Who"), choices=[NOT_CHOSEN, *listed(VictimCategory)])
    party = ActorField(label=_("Of which party"))
    demographic = forms.ChoiceField(
        label=_("Women, children"), choices=listed(Demographic), initial=Demographic.ANY.value
    )
    directness = forms.ChoiceField(label=_("Directly"), choices=listed(Directness), initial=Directness.DIRECT.value)
    subset_row = forms.IntegerField(
        label=_("Of which row"),
        required=False,
        min_value=1,
        max_value=MOST_LINES,
        widget=forms.NumberInput(attrs={"size": 3}),
    )

    def clean_number(self):
        try:
            return numbers.parse(self.cleaned_data["number"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def is_used(self):
        return bool(self.cleaned_data) and self.has_changed()

    @property
    def fields_given(self):
        plain = ("outcome", "category", "party", "demographic", "directness")
        return {name: self.cleaned_data[name] for name in plain} | numbers.columns(self.cleaned_data["number"])

    @staticmethod
    def initial_from(line, rows):
        """`rows` maps the primary keys of the claim's lines to their row numbers."""
        plain = ("outcome", "category", "party", "demographic", "directness")
        return {name: getattr(line, name) for name in plain} | {
            "number": numbers.written(line),
            "subset_row": rows.get(line.subset_of_id),
        }


class LineSet(RowSet):
    """The rows of one account; "of which row" counts the rows as they stand on the page, from 1."""

    def clean(self):
        if any(self.errors):
            return
        used = [number for number, form in enumerate(self.forms, start=1) if form.is_used]
        for number, form in enumerate(self.forms, start=1):
            of = form.cleaned_data.get("subset_row") if form.is_used else None
            if of is not None and (of not in used or of >= number):
                form.add_error("subset_row", gettext("Give the number of a filled row above this one."))

    @property
    def lines_given(self):
        """List of dicts as `claims.add` takes them; `subset_of` counts the used lines from 0."""
        used = [number for number, form in enumerate(self.forms, start=1) if form.is_used]
        order = {number: index for index, number in enumerate(used)}
        return [
            self.forms[number - 1].fields_given
            | {"subset_of": order.get(self.forms[number - 1].cleaned_data.get("subset_row"))}
            for number in used
        ]


LineFormSet = forms.formset_factory(
    LineForm, formset=LineSet, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def initial_rows(claim):
    """Initial values of every line of a claim."""
    lines = list(claim.lines.all())
    rows = {line.pk: number for number, line in enumerate(lines, start=1)}
    return [LineForm.initial_from(line, rows) for line in lines]
