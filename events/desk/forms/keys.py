"""Input for an API key."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import KeyScope
from events.desk import keys
from events.desk.forms.manners import DateInput, DeskForm, listed

LAST_YEAR = 2100
ENDLESS = "endless"
LASTS = [
    ("30", _("30 days")),
    (str(keys.USUAL.days), _("90 days (the usual)")),
    ("365", _("A year")),
    (ENDLESS, _("Until I revoke it (keys that only read)")),
]


class KeyForm(DeskForm):
    name = forms.CharField(
        label=_("What it is for"), max_length=60, help_text=_("“My notebook”. You and the admins see this.")
    )
    scope = forms.ChoiceField(
        label=_("What it may do"), required=False, choices=listed(KeyScope), widget=forms.RadioSelect
    )
    lasts = forms.ChoiceField(
        label=_("How long it works"),
        required=False,
        choices=LASTS,
        help_text=_("A key that is lost does harm until it ends."),
    )
    expires_on = forms.DateField(
        label=_("Or until this day"),
        required=False,
        widget=DateInput(),
        help_text=_("The last day of use, in UTC. A day given here counts, whatever is chosen above."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"scope": KeyScope.READ.value, "lasts": str(keys.USUAL.days)}, **kwargs)

    def clean_scope(self):
        return self.cleaned_data["scope"] or KeyScope.READ.value

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day is not None and day.year > LAST_YEAR:
            raise forms.ValidationError(
                gettext("Give a day not later than the year %(year)s, or leave it empty.") % {"year": LAST_YEAR}
            )
        return day

    @property
    def expires_at(self):
        """The first moment in which the key no longer works, or None for no end. For a form that is valid."""
        lasts, day = self.cleaned_data["lasts"], self.cleaned_data["expires_on"]
        if day is not None:
            return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
        return None if lasts == ENDLESS else timezone.now() + timedelta(days=int(lasts or keys.USUAL.days))
