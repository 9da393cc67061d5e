"""Input for what people of the desk say to each other, and for what they have seen of it."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.desk.forms.manners import DeskForm
from events.models.claim import Claim
from events.models.comment import LONGEST


class TextForm(DeskForm):
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text=_("Only the desk reads it. @user-name tells somebody who sees this incident."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = gettext("Write the comment first.")


class CommentForm(TextForm):
    """A comment on an incident, or on one of its claims; `page` is where the person wrote it."""

    claim = forms.ModelChoiceField(
        label=_("About"), queryset=None, required=False, empty_label=_("The incident as a whole")
    )
    page = forms.ChoiceField(
        choices=[(name, name) for name in ("incident", "review", "discussion")],
        widget=forms.HiddenInput,
        required=False,
    )

    def __init__(self, data=None, *, incident, **kwargs):
        super().__init__(data, auto_id="comment_%s", **kwargs)
        field = self.fields["claim"]
        field.to_field_name = "uid"
        field.queryset = Claim.objects.filter(Q(incident=incident) | Q(link__from_incident=incident)).select_related(
            "claimant", "link"
        )
        field.label_from_instance = lambda claim: (
            f"{gettext(claim.get_aspect_display())}, {claim.who} ({claim.shown_uid})"
        )
        field.error_messages["invalid_choice"] = gettext(
            "This claim is not one of this incident any more; choose another."
        )


class SeenForm(DeskForm):
    """The moment up to which the shown digest tells everything."""

    until = forms.DateTimeField(label=_("Moment"))
