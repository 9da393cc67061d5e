"""Input for keeping the team: inviting, roles, handing over work, narrowing lists, and a new password."""

from allauth.account.fields import PasswordField
from django import forms
from django.contrib.auth.models import User

from events.choices import Role
from events.desk import audit, handover, people
from events.desk.forms.manners import DeskForm

_ROLES = [(role.value, f"{role.label}: {role.help_text}") for role in Role]


class MembersForm(DeskForm):
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Every role"), *Role.pairs()])
    state = forms.ChoiceField(
        label="Account", required=False, choices=[("", "Open and closed"), ("open", "Open"), ("closed", "Closed")]
    )

    @property
    def wanted(self):
        """What the list is narrowed to, as `team.members` takes it."""
        state = self.cleaned_data["state"]
        return {"role": self.cleaned_data["role"], "is_active": {"open": True, "closed": False}.get(state)}


class InviteForm(DeskForm):
    username = forms.CharField(
        label="User name",
        max_length=150,
        help_text="What they sign in with, and what the desk shows of them; it need not be their real name. "
        "Letters, digits and @ . + - _",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label="Role", choices=_ROLES, widget=forms.RadioSelect, initial=Role.ANALYST.value)


class RoleForm(DeskForm):
    role = forms.ChoiceField(label="Role", choices=_ROLES, widget=forms.RadioSelect)


class ReassignForm(DeskForm):
    to = forms.ModelChoiceField(
        label="Drafts and submitted incidents go to", queryset=None, required=False, empty_label="Nobody: they stay"
    )
    reviews_to = forms.ModelChoiceField(
        label="Reviews go to",
        queryset=None,
        required=False,
        empty_label="Nobody: they stay",
        help_text="An incident that its new reviewer wrote goes to nobody.",
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handover.workers().exclude(pk=person.pk)
        self.fields["reviews_to"].queryset = handover.reviewers().exclude(pk=person.pk)


class HandOverForm(DeskForm):
    to = forms.ModelChoiceField(label="Who goes on with it", queryset=None, empty_label="Choose somebody")

    def __init__(self, *args, incident, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = handover.workers().exclude(pk=incident.worked_on_by.pk)


class AuditForm(DeskForm):
    person = forms.ModelChoiceField(label="Done by or to", queryset=None, required=False, empty_label="Anybody")
    kind = forms.ChoiceField(label="About", required=False, choices=[("", "Everything"), *audit.KINDS.items()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.exclude(username__in=people.HANDS).order_by("username", "pk")


class NewPasswordForm(forms.Form):
    """No form of the desk's manners: a password is taken as it was typed, to the letter."""

    password1 = PasswordField(label="The new password", autocomplete="new-password", max_length=1000)
    password2 = PasswordField(label="The new password again", autocomplete="new-password", max_length=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = "Fill it in."

    def clean(self):
        given = super().clean()
        if "password1" in given and "password2" in given and given["password1"] != given["password2"]:
            self.add_error("password2", "The two are not the same; type the new password twice.")
        return given
