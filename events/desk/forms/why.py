"""Why readers see an entry of a register change: the reason and the note of its next edition."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import EditionReason
from events.desk.forms.entries import AliasForm
from events.desk.forms.manners import DeskForm, listed
from events.press.registers import Why

_FITTING = (EditionReason.CORRECTION, EditionReason.STYLE, EditionReason.NEW_SOURCE, EditionReason.PRIVACY)


class WhyForm(DeskForm):
    """Asked only of entries that readers know: the others have no edition that could say it."""

    why_reason = forms.ChoiceField(
        label=_("Reason that readers see"),
        required=False,
        choices=[("", _("The usual one: wording, correction or merge")), *listed(_FITTING)],
        help_text=_("With “Privacy”, what the entry said before is shown no longer, and no earlier name is told."),
    )
    why_note = forms.CharField(
        label=_("Note for readers"),
        max_length=1000,
        required=False,
        help_text=_("It stands in the public changes of the record. Empty: which fields changed."),
    )

    def __init__(self, data=None, *, is_public=True, **kwargs):
        super().__init__(data, **kwargs)
        if not is_public:
            del self.fields["why_reason"], self.fields["why_note"]

    @property
    def why(self):
        return Why(self.cleaned_data.get("why_reason", ""), self.cleaned_data.get("why_note", ""))


class NameForm(WhyForm, AliasForm):
    """One more name of an entry, and why readers see it."""

    @property
    def fields_given(self):
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("why_")}


class FoldForm(WhyForm):
    """Field by field which value the entry that stays keeps; its own unless told otherwise."""

    def __init__(self, data=None, *, differing=(), **kwargs):
        super().__init__(data, **kwargs)
        for name in differing:
            self.fields[f"keep_{name}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("survivor", gettext("that of the one that stays")), ("loser", gettext("the other"))],
            )

    @property
    def taken(self):
        """Names of the fields that the survivor takes from the other."""
        kept = {name.removeprefix("keep_"): of for name, of in self.cleaned_data.items() if name.startswith("keep_")}
        return [field for field, of in kept.items() if of == "loser"]

    def kept(self, name):
        """ "survivor" or "loser", as chosen so far."""
        return self[f"keep_{name}"].value() or "survivor"
