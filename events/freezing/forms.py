"""What editors type when they freeze a release, and when they say what is wrong in one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.desk.forms.manners import DeskForm
from events.press.releases import LONGEST_ERRATUM


class FreezeForm(DeskForm):
    name = forms.CharField(label=_("Name"), max_length=20, help_text=_("The year, a point and the next number."))
    errata_note = forms.CharField(
        label=_("What is known to be wrong in it"),
        required=False,
        max_length=LONGEST_ERRATUM,
        widget=forms.Textarea,
        help_text=_("Stands on the page of the release from the beginning. Leave it empty if nothing is known."),
    )


class ErratumForm(DeskForm):
    text = forms.CharField(
        label=_("What was found to be wrong"),
        max_length=LONGEST_ERRATUM,
        widget=forms.Textarea,
        help_text=_("Public at once, and never changed: say which incidents, what is wrong and what would be right."),
    )
