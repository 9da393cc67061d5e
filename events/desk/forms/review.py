"""Input for judging claims, and for narrowing the queue."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from events.choices import Credibility, Verdict
from events.desk.forms.manners import DateInput, DeskForm

VERDICTS = (
    (Verdict.ACCEPTED.value, "Accept: recorded faithfully, and the excerpt bears it out"),
    (Verdict.NEEDS_CHANGES.value, "Ask for changes"),
    (Verdict.REJECTED.value, "Reject"),
)


class DecideForm(DeskForm):
    verdict = forms.ChoiceField(label="Verdict", choices=VERDICTS, widget=forms.RadioSelect)
    credibility = forms.TypedChoiceField(
        label="Credibility",
        choices=list(Credibility.LABELS.items()),
        coerce=int,
        initial=Credibility.UNKNOWN,
        help_text="How likely what it says is, whoever printed it. 6 is no bad mark.",
    )
    rationale = forms.CharField(
        label="Rationale",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="Needed unless you accept.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, label="Version")

    @classmethod
    def of(cls, claim):
        return cls(auto_id=f"id_{claim.uid}_%s", initial={"version": claim.version})

    @property
    def fields_given(self):
        return dict(self.cleaned_data)

    @property
    def verdict_label(self):
        return Verdict.label_of(self.cleaned_data["verdict"]).lower()

    def on_top_of(self, claim):
        """The same words for the claim as it is saved now; the verdict has to be given again."""
        words = {name: self[name].value() for name in ("credibility", "rationale")}
        return DecideForm(auto_id=self.auto_id, initial=words | {"version": claim.version})


class RetractForm(DeskForm):
    on = forms.DateField(label="Retracted on", widget=DateInput())
    rationale = forms.CharField(
        label="Reason", max_length=2000, widget=forms.Textarea, help_text="Who took it back, and where that is said."
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError("This day has not come yet; give the day on which it was retracted.")
        return day
