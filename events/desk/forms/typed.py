"""What somebody typed on a page that could not be taken, labelled as on the page, so that it can be copied from there."""

import re
from dataclasses import dataclass

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from events import names
from events.desk.forms import claim, entries, incident, publishing, registers, review, toll
from events.desk.forms.citation import CitationForm

# What a browser sends besides what a person types: tokens, versions, counts of rows, which button was pressed.
_BESIDES = re.compile(
    r"csrfmiddlewaretoken|entry_key|version|seen|differs|save|add_claim|change_aspect|into|despite_duplicates|unfinished|submit"
    r"|keep-.*|more-.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*-(pick|asked|DELETE|ORDER|id)"
)
_ROW = re.compile(r"(?:(.*)-)?(\w+)-(\d+)-(\w+)$")
_FORMS_OF_ROWS = {"citations": CitationForm, "lines": toll.LineForm, "claims": claim.ClaimForm}
_WORDS_OF_ROWS = {"citations": _("Citation"), "lines": _("Casualty line"), "claims": _("Claim")}
_FORMS = (
    incident.IncidentForm,
    claim.ClaimForm,
    review.DecideForm,
    review.RetractForm,
    incident.ReasonForm,
    publishing.PublishForm,
    publishing.MergeForm,
    registers.ActorForm,
    registers.LocationForm,
    registers.GradedSourceForm,
    registers.DocumentForm,
    entries.RelationForm,
    entries.AliasForm,
    entries.GradeForm,
    publishing.LinkForm,
)
_LONG = 70  # letters; what is longer gets a box of several lines


@dataclass(frozen=True)
class Text:
    label: str
    text: str

    @property
    def is_long(self):
        return len(self.text) > _LONG or "\n" in self.text


@dataclass(frozen=True)
class Kept:
    """Texts that were typed, and words that were chosen from lists (these alone are quickly chosen again)."""

    texts: tuple[Text, ...]
    choices: tuple[Text, ...]


def kept(data):
    """Everything that a person typed or chose, in the order of the page; empty inputs are left out."""
    texts, choices = [], []
    for name in data:
        field, label = _named(name)
        for value in map(names.clean, data.getlist(name)):
            if not value or _BESIDES.fullmatch(name):
                continue
            if isinstance(field, django_forms.ChoiceField):
                choices.append(Text(label, _label_of(field, value)))
            else:
                texts.append(Text(label, value))
    return Kept(tuple(texts), tuple(choices))


def _named(name):
    """(the form's field or None, the label) of an input: "citations-0-excerpt" is "Citation 1, excerpt"."""
    row = _ROW.fullmatch(name)
    if row is None:
        last = name.rpartition("-")[2]
        field = next((form.base_fields[last] for form in _FORMS if last in form.base_fields), None)
        return field, _label(field, last)
    outer, kind, number, last = row.groups()
    form = _FORMS_OF_ROWS.get(kind)
    field = form.base_fields.get(last) if form else None
    words = _WORDS_OF_ROWS.get(kind, kind.replace("_", " ").capitalize())
    inner = _label(field, last)
    label = f"{words} {int(number[:6]) + 1}, {inner[0].lower()}{inner[1:]}"
    above = _ROW.fullmatch(f"{outer}-x") if outer else None
    return field, f"{_WORDS_OF_ROWS.get(above[2], above[2])} {int(above[3][:6]) + 1}: {label}" if above else label


def _label(field, name):
    return field.label if field is not None and field.label else name.replace("_", " ").capitalize()


def _label_of(field, value):
    known = {}
    for code, label in field.choices:
        known |= dict(label) if isinstance(label, list | tuple) else {str(code): label}
    return str(known.get(value, value))
