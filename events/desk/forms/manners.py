"""How the desk's forms speak: every refusal names the field's remedy in a sentence, and every error finds its place."""

from dataclasses import dataclass, replace

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names

AT_ONCE = _("Somebody else saved the same thing at the same moment. Look at it and try again.")


class DateInput(forms.DateInput):
    """The browser's own date field; its value is always YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class DeskForm(forms.Form):
    """A form whose standard refusals are sentences with a remedy, and whose texts come without control characters."""

    use_required_attribute = False  # the server answers with all problems at once, the browser with one at a time

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak(field)
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                field.choices = _in_language(field.choices)

    def nested_prefix(self, name):
        """The prefix of a form that stands inside this one, such as the questions about a new actor."""
        return self.add_prefix(name)

    def data_if_new(self, field):
        """The sent data for the questions about an entry that is added on the way; None where none is wanted."""
        return self.data if self.is_bound and self[field].typed.settled_pick == "new" else None

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self.cleaned_data[name] = names.clean(value)
                if value and not self.cleaned_data[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])


def listed(words):
    """(code, label) of a list of choices.py, or of some of its words; each label speaks to whoever looks."""
    return [(word.value, _(word.label)) for word in words]


class RowSet(forms.BaseFormSet):
    """Rows of one form. A row in which nothing was typed does not count, be it new or one that was cleared."""

    row_name = _("Row")

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()


@dataclass(frozen=True)
class Problem:
    """One line of the summary on top of a refused form; `target` is the id of the field it leads to, "" for none."""

    target: str
    label: str
    sentence: str


def problems(*forms_or_sets):
    """List of Problem of several forms and formsets, in the order of their fields."""
    found = []
    for form in forms_or_sets:
        if isinstance(form, forms.BaseFormSet):
            found += [Problem("", "", sentence) for sentence in form.non_form_errors()]
            for number, row in enumerate(form.forms, start=1):
                found += [in_row(problem, f"{form.row_name} {number}") for problem in problems(row)]
        elif form is not None and form.is_bound:
            found += [Problem("", "", sentence) for sentence in form.non_field_errors()]
            found += [
                Problem(field.id_for_label or field.auto_id, field.label, sentence)
                for field in form
                for sentence in field.errors
            ]
    return found


def in_row(problem, row):
    """The problem, said so that the row can be found: "Row 2, number"."""
    if not problem.label:
        return replace(problem, label=row)
    return replace(problem, label=f"{row}, {problem.label[0].lower()}{problem.label[1:]}")


def place_errors(error, form, places=()):
    """Put a verb's ValidationError at the fields of a form; what has no field there goes to the top of the form.

    `places` maps the verb's names to fields of the form, where the two differ.
    """
    places = dict(places)
    if not hasattr(error, "error_dict"):
        form.add_error(None, error.messages)
        return
    for name, messages in error.message_dict.items():
        field = places.get(name, name)
        if field in form.fields:
            form.add_error(field, messages)
        else:
            form.add_error(None, messages)


def leave_unchecked(form):
    """Show a bound form as it was typed, without any complaint: the person only asked for one more row."""
    for part in form.forms if isinstance(form, forms.BaseFormSet) else [form]:
        part._errors, part.cleaned_data = ErrorDict(), {}
    if isinstance(form, forms.BaseFormSet):
        form._errors, form._non_form_errors = [part._errors for part in form.forms], form.error_class()


def typed(form):
    """Dict of what a browser would send for a form as it stands: name of the input → text."""
    sent = {}
    for field in form:
        widget, value = field.field.widget, field.value()
        if hasattr(widget, "sent"):
            sent |= widget.sent(field.html_name, value)
        elif isinstance(widget, forms.CheckboxInput):
            sent |= {field.html_name: "on"} if value else {}
        else:
            shown = widget.format_value(value)
            shown = shown[0] if isinstance(shown, list) and shown else shown
            sent[field.html_name] = "" if shown is None or shown == [] else str(shown)
    return sent


def _speak(field):
    label = str(field.label or gettext("this field")).lower()
    field.says_required = field.required and not _always_holds_a_choice(field)
    field.error_messages = field.error_messages | {
        "required": gettext("Fill in “%(label)s”.") % {"label": field.label},
        "invalid_choice": gettext("“%(value)s” is not in the list for %(label)s; choose one of those shown.")
        % {"value": "%(value)s", "label": label.replace("%", "%%")},
    }
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs |= {"dir": "auto", "rows": 4}
    if isinstance(field, forms.DateField):
        field.error_messages["invalid"] = gettext("Write the day as year-month-day, such as 2024-03-18.")
    elif isinstance(field, forms.TimeField):
        field.error_messages["invalid"] = gettext("Write the time as hours and minutes, such as 03:00.")
    elif isinstance(field, forms.URLField):
        field.error_messages["invalid"] = gettext("Write the whole address, such as https://www.dawn.com/news/1822000.")
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        field.error_messages["invalid"] = gettext("Write %(label)s as a number in digits.") % {"label": label}


def _in_language(choices):
    """Choices, grouped or not, with their words in the language of the page; the codes stay."""
    return [
        (gettext(code), _in_language(words)) if isinstance(words, list | tuple) else (code, gettext(words))
        for code, words in choices
    ]


def _always_holds_a_choice(field):
    """A list without an empty entry cannot be left empty, so it need not say that it is required."""
    if not isinstance(field, forms.ChoiceField) or field.widget.input_type == "radio":
        return False
    return all(code != "" for code, _ in field.choices)
