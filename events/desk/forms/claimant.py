"""The part of a form that asks who says it: an actor of the register, or the words of the document for them."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Attribution, FirstHand
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import ActorField, Unlisted
from events.desk.forms.registers import NewActorForm


class ClaimantPart(DeskForm):
    claimant = ActorField(
        label=_("Who says it"),
        help_text=_("An actor, in any spelling. Empty if the document names nobody: then use the words below."),
        otherwise={
            "words": _("Nobody of the register: keep the words “{}” as they stand"),
            "new": _("Add “{}” to the register as a new actor"),
        },
    )
    claimant_text = forms.CharField(
        label=_("As the document words it"),
        max_length=200,
        required=False,
        help_text=_(
            "“Local officials”, “a spokesman”. Alone it stands for a claimant who is no actor of the register."
        ),
    )
    attribution = forms.ChoiceField(label=_("How the document names them"), choices=listed(Attribution))
    first_hand = forms.ChoiceField(label=_("First hand?"), choices=listed(FirstHand), initial=FirstHand.UNKNOWN.value)
    asserted_start = dates.first_day(_("Said on"), _("Empty if the document does not tell."))
    asserted_end = dates.last_day(_("Said on, at the latest"))
    asserted_precision = dates.precision()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.new_claimant = NewActorForm(self.data_if_new("claimant"), prefix=self.nested_prefix("claimant_new"))

    def clean(self):
        cleaned = super().clean()
        self._take_claimant(cleaned)
        cleaned["asserted"] = dates.take(self, "asserted")
        return cleaned

    def _take_claimant(self, cleaned):
        who = cleaned.get("claimant")
        if isinstance(who, Unlisted) and who.how == "words":
            cleaned["claimant"], cleaned["claimant_text"] = None, cleaned.get("claimant_text") or who.text
        elif isinstance(who, Unlisted) and not self.new_claimant.is_valid():
            self.add_error("claimant", gettext("Say what kind of actor this is; the questions stand below it."))
        elif who is None and not cleaned.get("claimant_text") and "claimant" not in self.errors:
            self.add_error(
                "claimant", gettext("Say who claims it: an actor, or below it the words of the document for them.")
            )
