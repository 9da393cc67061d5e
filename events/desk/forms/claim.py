"""Input for one claim: who says it, how, and what; the fields that fit its aspect."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Aspect
from events.desk.forms import dates
from events.desk.forms.claimant import ClaimantPart
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.registers import NOT_CHOSEN
from events.desk.forms.value import ABOUT_INCIDENTS, DATE_INPUTS, ValuePart
from events.desk.wording import said

# The verb's names of fields → the inputs that hold them.
INPUTS = {
    "aspect": ("aspect",),
    "stance": ("stance",),
    "claimant": ("claimant", "claimant-pick", "claimant-asked"),
    "claimant_text": ("claimant_text",),
    "attribution": ("attribution",),
    "first_hand": ("first_hand",),
    "speech_act": ("speech_act",),
    "hedge": ("hedge",),
    "preliminary": ("preliminary",),
    "asserted": ("asserted_start", "asserted_end", "asserted_precision"),
    "part": ("part",),
    "value_actor": ("value_actor", "value_actor-pick", "value_actor-asked"),
    "value_location": ("value_location", "value_location-pick", "value_location-asked"),
    "value_date": DATE_INPUTS,
    "value_code": ("kind_code", "nature_code"),
    "value_text": ("value_text",),
    "scope": ("scope",),
    "exhaustive": ("exhaustive",),
    "supersedes": ("supersedes",),
    "lines": ("lines-", "toll-"),
    "citations": ("citations-",),
}
_PLAIN = (
    "aspect",
    "stance",
    "claimant",
    "claimant_text",
    "attribution",
    "first_hand",
    "speech_act",
    "hedge",
    "preliminary",
    "part",
    "value_actor",
    "value_location",
    "value_text",
    "scope",
    "exhaustive",
)


class AspectForm(DeskForm):
    """The first question: what is the claim about?"""

    aspect = forms.ChoiceField(
        label=_("What is the claim about?"),
        choices=[NOT_CHOSEN, *listed(ABOUT_INCIDENTS)],
    )


class ClaimForm(ValuePart, ClaimantPart):
    """`subject` is what the claim is about; `earlier` are the claims on it which this one could supersede."""

    supersedes = forms.ChoiceField(
        label=_("Supersedes"),
        required=False,
        help_text=_("The claimant's earlier account of the same thing, if this one takes its place."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, label=_("Version"))
    entry_key = forms.RegexField(r"^[0-9a-f-]{36}$", widget=forms.HiddenInput, required=False, label=_("Entry key"))

    def __init__(self, data=None, *, subject, earlier=(), **kwargs):
        super().__init__(data, **kwargs)
        self.subject = subject
        self.place_of_incident = getattr(subject, "location", None)
        self.earlier = {claim.uid: claim for claim in earlier}
        self.fields["supersedes"].choices = [("", gettext("Nothing")), *_by_aspect(earlier)]
        fixed = {"actorrelation": Aspect.RELATION, "incidentlink": Aspect.LINK}.get(subject._meta.model_name)
        offered = [fixed] if fixed else ABOUT_INCIDENTS
        self.fields["aspect"].choices = listed(offered)

    @property
    def parts(self):
        return [self, self.new_claimant, self.new_actor, self.new_place]

    def clean(self):
        cleaned = super().clean()
        self._take_supersedes(cleaned)
        return cleaned

    @property
    def fields_given(self):
        """What the verbs take; claimant, actor and place may still be an Unlisted, of which a row has to be made."""
        given = {name: self.cleaned_data[name] for name in _PLAIN}
        extra = ("asserted", "value_date", "value_code", "supersedes")
        return given | {name: self.cleaned_data[name] for name in extra}

    @staticmethod
    def initial_from(claim):
        return (
            {name: getattr(claim, name) for name in _PLAIN}
            | dates.initial(claim, "asserted")
            | dates.initial(claim, "value_date")
            | {
                "kind_code": claim.value_code if claim.aspect == Aspect.KIND else "",
                "nature_code": claim.value_code if claim.aspect == Aspect.TARGET_NATURE else "",
                "supersedes": claim.supersedes.uid if claim.supersedes else "",
                "version": claim.version,
            }
        )

    def _take_supersedes(self, cleaned):
        older = self.earlier.get(cleaned.get("supersedes"))
        if older is not None and older.aspect != cleaned.get("aspect"):
            self.add_error(
                "supersedes", gettext("A claim supersedes one on the same aspect; choose another or nothing.")
            )
        cleaned["supersedes"] = older


def _by_aspect(claims):
    grouped = {}
    for claim in claims:
        label = f"{claim.who} {gettext(claim.get_stance_display())}: {said(claim)} ({claim.shown_uid})"
        grouped.setdefault(gettext(claim.get_aspect_display()), []).append((claim.uid, label[:160]))
    return list(grouped.items())
