"""Input for an API key."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.desk.forms.manners import DateInput, DeskForm

LAST_YEAR = 2100


class KeyForm(DeskForm):
    name = forms.CharField(label=_("What it is for"), max_length=60, help_text=_("“My notebook”. Only you see this."))
    can_write = forms.BooleanField(
        label=_("It may log drafts"), required=False, help_text=_("Otherwise it only reads, with higher limits.")
    )
    expires_on = forms.DateField(
        label=_("Last day of use"), required=False, widget=DateInput(), help_text=_("Empty: until you revoke it.")
    )

    def clean_expires_on(self):
        """The first moment in UTC in which the key no longer works, or None."""
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        if day.year > LAST_YEAR:
            raise forms.ValidationError(
                gettext("Give a day not later than the year %(year)s, or leave it empty.") % {"year": LAST_YEAR}
            )
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
