"""Input for an API key."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from events.desk.forms.manners import DateInput, DeskForm

LAST_YEAR = 2100


class KeyForm(DeskForm):
    name = forms.CharField(label="What it is for", max_length=60, help_text="“My notebook”. Only you see this.")
    can_write = forms.BooleanField(
        label="It may log drafts", required=False, help_text="Otherwise it only reads, with higher limits."
    )
    expires_on = forms.DateField(
        label="Last day of use", required=False, widget=DateInput(), help_text="Empty: until you revoke it."
    )

    def clean_expires_on(self):
        """The first moment in UTC in which the key no longer works, or None."""
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        if day.year > LAST_YEAR:
            raise forms.ValidationError(f"Give a day not later than the year {LAST_YEAR}, or leave it empty.")
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
