"""Input for keeping the team: inviting, roles, handing over work, narrowing lists, and a new password."""

from allauth.account.fields import PasswordField
from django import forms
from django.contrib.auth.models import User
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Role
from events.desk import audit, handover, people
from events.desk.forms.manners import DeskForm, listed

_ROLES = [(role.value, format_lazy("{}: {}", _(role.label), _(role.help_text))) for role in Role]


class MembersForm(DeskForm):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Every role")), *listed(Role)])
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("Open and closed")), ("open", _("Open")), ("closed", _("Closed"))],
    )

    @property
    def wanted(self):
        """What the list is narrowed to, as `team.members` takes it."""
        state = self.cleaned_data["state"]
        return {"role": self.cleaned_data["role"], "is_active": {"open": True, "closed": False}.get(state)}


class InviteForm(DeskForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_(
            "What they sign in with, and what the desk shows of them; it need not be their real name. "
            "Letters, digits and @ . + - _"
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=_ROLES, widget=forms.RadioSelect, initial=Role.ANALYST.value)


class RoleForm(DeskForm):
    role = forms.ChoiceField(label=_("Role"), choices=_ROLES, widget=forms.RadioSelect)


class ReassignForm(DeskForm):
    to = forms.ModelChoiceField(
        label=_("Drafts and submitted incidents go to"),
        queryset=None,
        required=False,
        empty_label=_("Nobody: they stay"),
    )
    reviews_to = forms.ModelChoiceField(
        label=_("Reviews go to"),
        queryset=None,
        required=False,
        empty_label=_("Nobody: they stay"),
        help_text=_("An incident that its new reviewer wrote goes to nobody."),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handover.workers().exclude(pk=person.pk)
        self.fields["reviews_to"].queryset = handover.reviewers().exclude(pk=person.pk)


class HandOverForm(DeskForm):
    to = forms.ModelChoiceField(label=_("Who goes on with it"), queryset=None, empty_label=_("Choose somebody"))

    def __init__(self, *args, incident, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handover.workers().exclude(pk=incident.worked_on_by.pk)


class AuditForm(DeskForm):
    person = forms.ModelChoiceField(label=_("Done by or to"), queryset=None, required=False, empty_label=_("Anybody"))
    kind = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("Everything")), *audit.KINDS.items()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.exclude(username__in=people.HANDS).order_by("username", "pk")


class NewPasswordForm(forms.Form):
    """No form of the desk's manners: a password is taken as it was typed, to the letter."""

    password1 = PasswordField(label=_("The new password"), autocomplete="new-password", max_length=1000)
    password2 = PasswordField(label=_("The new password again"), autocomplete="new-password", max_length=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = gettext("Fill it in.")

    def clean(self):
        given = super().clean()
        if "password1" in given and "password2" in given and given["password1"] != given["password2"]:
            self.add_error("password2", gettext("The two are not the same; type the new password twice."))
        return given
