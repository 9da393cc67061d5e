"""Input for what is done with entries of the registers: their names, grades, relations, and folding doubles."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import AliasKind, AliasScheme, RelationBasis, RelationType, Reliability
from events.desk.forms.manners import DateInput, DeskForm, listed
from events.desk.forms.naming import ActorField
from events.desk.forms.registers import NOT_CHOSEN, language_field


class AliasForm(DeskForm):
    text = forms.CharField(label=_("Name"), max_length=200, help_text=_("One more spelling, in any script."))
    language = language_field(_("Language"))
    kind = forms.ChoiceField(label=_("Kind of name"), choices=listed(AliasKind))
    scheme = forms.ChoiceField(
        label=_("In the data set"),
        required=False,
        choices=[("", _("None: an ordinary name")), *listed(AliasScheme)],
        help_text=_("For its name or number in another data set."),
    )
    valid_from = forms.DateField(
        label=_("Used from"), required=False, widget=DateInput(), help_text=_("Empty: not known.")
    )
    valid_until = forms.DateField(
        label=_("Used until"), required=False, widget=DateInput(), help_text=_("Empty: still so.")
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("scheme"):  # what stands in another data set is of no other kind
            cleaned["kind"] = AliasKind.EXTERNAL.value
        return cleaned

    @staticmethod
    def initial_from(alias):
        return {name: getattr(alias, name) for name in AliasForm.base_fields}


class GradeForm(DeskForm):
    """A new grade of a source; the reason is asked for anew each time."""

    reliability = forms.ChoiceField(
        label=_("Reliability"),
        choices=listed(Reliability),
        widget=forms.RadioSelect,
        help_text=_("Of its record, not of one report. F means not judged; it is no bad mark."),
    )
    why = forms.CharField(
        label=_("Why this grade"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("What its record shows. It stands in the history beside the grade, and on the public page."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, label=_("Version"))


class _RelationFacts(DeskForm):
    valid_from = forms.DateField(label=_("From"), required=False, widget=DateInput(), help_text=_("Empty: not known."))
    valid_until = forms.DateField(label=_("Until"), required=False, widget=DateInput(), help_text=_("Empty: still so."))
    basis = forms.ChoiceField(label=_("Stands as"), choices=listed(RelationBasis), initial=RelationBasis.CLAIMED.value)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class RelationForm(_RelationFacts):
    subject = ActorField(label=_("Actor"), required=True)
    type = forms.ChoiceField(label=_("Relation"), choices=[NOT_CHOSEN, *listed(RelationType)])
    object = ActorField(label=_("Other actor"), required=True)
    field_order = ("subject", "type", "object")


class RelationEditForm(_RelationFacts):
    """How long a relation held and what it rests on; whom it joins and how stays."""

    @property
    def fields_given(self):
        return dict(self.cleaned_data)

    @staticmethod
    def initial_from(relation):
        return {name: getattr(relation, name) for name in RelationEditForm.base_fields}


class StaysForm(DeskForm):
    """Which entry stays; another one than the entry that goes."""

    def __init__(self, data=None, *, field, goes, **kwargs):
        self.base_fields = {"survivor": field(label=gettext("The entry that stays"), required=True)}
        self.goes = goes
        super().__init__(data, **kwargs)

    def clean_survivor(self):
        survivor = self.cleaned_data["survivor"]
        if survivor.pk == self.goes.pk:
            raise forms.ValidationError(gettext("This is the entry itself; choose the one it is a double of."))
        return survivor
