"""Input of the pages on which people keep what they follow."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from events.choices import Telling
from events.desk.forms.manners import DeskForm
from events.models.following import BY_MAIL, MailAddress, SavedSelection

LONGEST_NAME = SavedSelection._meta.get_field("name").max_length


class SaveForm(DeskForm):
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Only you see this selection and its name."),
    )
    instead = forms.ModelChoiceField(
        label=_("Save it"),
        queryset=SavedSelection.objects.none(),
        required=False,
        to_field_name="uid",
        empty_label=_("as a new one"),
        help_text=_("A saved selection that it takes the place of keeps its name, and how you are told."),
    )

    def __init__(self, *args, mine, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instead"].queryset = mine
        self.fields["instead"].label_from_instance = lambda row: f"instead of “{row.name}”"

    def clean(self):
        given = self.cleaned_data
        if not given.get("name") and not given.get("instead") and not self.errors:
            self.add_error("name", _("Give it a name."))


class TellForm(DeskForm):
    """Only the ways that this server has are offered."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    tell = forms.ChoiceField(label=_("Tell me what is new"), widget=forms.RadioSelect)
    target = forms.CharField(
        label=_("Address that the webhook calls"),
        required=False,
        max_length=500,
        widget=forms.URLInput,
        help_text=_("https only, such as https://example.org/hook. Each new address gets a secret of its own."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tell"].choices = [(way.value, f"{way.label} – {way.help_text}") for way in offered()]
        if not settings.WEBHOOKS:
            del self.fields["target"]


class AddressForm(DeskForm):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=MailAddress._meta.get_field("address").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the whole address, such as name@example.org.")},
    )


def offered():
    """The ways of telling that this server has."""
    return [
        way for way in Telling if way == Telling.NO or (settings.MAIL_HOST if way in BY_MAIL else settings.WEBHOOKS)
    ]
