"""Input for judging claims: one by one, and many of one import batch at once."""

import hashlib
import json
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import RATIONALES, Credibility, Verdict
from events.desk.forms.manners import DateInput, DeskForm
from events.models.claim import Claim

VERDICTS = (
    (Verdict.ACCEPTED.value, _("Accept")),
    (Verdict.NEEDS_CHANGES.value, _("Ask for changes")),
    (Verdict.REJECTED.value, _("Reject")),
)
PHRASES = [
    ("", _("None: write my own")),
    *((label, [(words, words) for words in RATIONALES[Verdict(verdict)]]) for verdict, label in VERDICTS),
]
GRADES = [(grade, _(label)) for grade, label in Credibility.LABELS.items()]


class GradeRadios(forms.RadioSelect):
    """The grades 1 to 6, each chosen by its digit while the person is in the form."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"data-shortcut": str(value), "data-shortcut-within": "form"}
        if value == 1:
            option["attrs"] |= {
                "data-shortcut-label": gettext("Credibility, in the decision"),
                "data-shortcut-shown": "1 – 6",
            }
        return option


class DecideForm(DeskForm):
    """The grade comes first: it is given before the grade of the source is seen."""

    credibility = forms.TypedChoiceField(
        label=_("Credibility"),
        choices=GRADES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=GradeRadios,
        help_text=_("How likely what it says is, whoever printed it. 6 is no bad mark."),
    )
    phrase = forms.ChoiceField(
        label=_("Ready sentences"),
        choices=PHRASES,
        required=False,
        widget=forms.Select(attrs={"data-phrases": "rationale"}),
        help_text=_("Used as the rationale if you write none."),
    )
    rationale = forms.CharField(
        label=_("Rationale"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed unless you accept."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, label=_("Version"))
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=VERDICTS,
        widget=forms.HiddenInput,  # each verdict is a button of its own
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rationale"].widget.attrs["rows"] = 3
        self.fields["verdict"].error_messages["required"] = gettext(
            "Press one of the buttons: accept, ask for changes or reject."
        )

    @classmethod
    def of(cls, claim):
        return cls(auto_id=id_pattern(claim), initial={"version": claim.version})

    @property
    def fields_given(self):
        names = ("verdict", "version", "rationale")
        grade = self.cleaned_data["credibility"] or Credibility.UNKNOWN
        return {name: self.cleaned_data[name] for name in names} | {"credibility": grade}

    @property
    def verdict_label(self):
        return gettext(Verdict.label_of(self.cleaned_data["verdict"])).lower()

    def clean(self):
        cleaned = super().clean()
        verdict, phrase = cleaned.get("verdict"), cleaned.get("phrase")
        if verdict == Verdict.ACCEPTED and cleaned.get("credibility") is None and "credibility" not in self.errors:
            self.add_error(
                "credibility", gettext("Choose how likely it is before you accept; 6 if it cannot be judged.")
            )
        if phrase and not cleaned.get("rationale") and "rationale" not in self.errors:
            if verdict and phrase not in RATIONALES[Verdict(verdict)]:
                self.add_error(
                    "phrase", gettext("This sentence is for another verdict; choose one that fits, or write your own.")
                )
            cleaned["rationale"] = phrase
        return cleaned

    def on_top_of(self, claim):
        """The same words for the claim as it is saved now; the verdict has to be given again."""
        words = {name: self[name].value() for name in ("credibility", "phrase", "rationale")}
        return DecideForm(auto_id=self.auto_id, initial=words | {"version": claim.version})


def id_pattern(claim):
    """Ids of a claim's form: a page may hold the forms of several."""
    return f"id_{claim.uid}_%s"


class GradeForm(DeskForm):
    """The grade that somebody chose before they may see the source's."""

    credibility = forms.TypedChoiceField(label=_("Credibility"), choices=GRADES, coerce=int)


class AcceptAllForm(DeskForm):
    """The words with which all waiting claims of one import batch are accepted."""

    credibility = forms.TypedChoiceField(
        label=_("Credibility of all of them"),
        choices=GRADES,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("How likely what they say is, whoever printed it. 6 is no bad mark."),
    )
    rationale = forms.CharField(
        label=_("Rationale"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Why they can be accepted together; it stands in the trace of each."),
    )


class AcceptManyForm(AcceptAllForm):
    """Claims of one import batch that are accepted together; `seen` is the fingerprint of what the preview counted."""

    claims = forms.ModelMultipleChoiceField(
        label=_("Claims"), queryset=Claim.objects.none(), to_field_name="uid", widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, label=_("Preview"))

    def __init__(self, data=None, *, waiting, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["claims"].queryset = waiting
        gone = gettext("One of these claims waits no more, or is not yours to decide. Look at those that are left.")
        self.fields["claims"].error_messages |= {
            "required": gettext("Tick at least one claim."),
            "invalid_choice": gone,
            "invalid_pk_value": gone,
        }

    @property
    def chosen(self):
        """What `deciding.decide_many` takes."""
        return {name: self.cleaned_data[name] for name in ("claims", "credibility", "rationale")}

    @property
    def ticked(self):
        """Uids of the ticked claims, as they were sent."""
        return self.data.getlist("claims") if self.is_bound else []

    @property
    def fingerprint(self):
        """SHA-256 of the claims as they are now, the grade and the rationale."""
        claims = sorted((claim.pk, claim.version) for claim in self.cleaned_data["claims"])
        shown = [claims, self.cleaned_data["credibility"], self.cleaned_data["rationale"]]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    @property
    def was_previewed(self):
        return self.cleaned_data["seen"] == self.fingerprint


class RetractForm(DeskForm):
    on = forms.DateField(label=_("Retracted on"), widget=DateInput())
    rationale = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Who took it back, and where that is said."),
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(gettext("This day has not come yet; give the day on which it was retracted."))
        return day
