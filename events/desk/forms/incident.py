"""Input for an incident: what kind, when and where; and for what is done with it."""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from events import access
from events.choices import KINDS_OF
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.place import PlacePart
from events.desk.forms.registers import NOT_CHOSEN

KINDS = [
    NOT_CHOSEN,
    *((_(category.label), listed(kinds)) for category, kinds in KINDS_OF.items()),
]
# The verb's names of fields → the inputs that hold them.
INPUTS = {
    "title": ("title",),
    "summary": ("summary",),
    "kind": ("kind",),
    "date": ("date_start", "date_end", "date_precision", "date_time", "date_zone"),
    "location": ("place", "place-pick", "place-asked"),
    "location_precision": ("location_precision",),
    "tags": ("tags",),
}
# A hidden input has no place of its own on the page.
PLACES_OF_ERRORS = {"location": "place", "category": "kind", "entry_key": ""}


class IncidentForm(PlacePart):
    """Facts that the editors set. Who did it, at whom and with what toll is for claims."""

    field_order = ("title", "kind", "date_start", "date_end", "date_precision", "date_time", "date_zone", "place")

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("One neutral sentence: “Attack on a military post near Mir Ali”. No numbers, no verdicts."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    date_start = dates.first_day(_("First day"), _("The local day at the place."))
    date_end = dates.last_day()
    date_precision = dates.precision()
    date_time = dates.local_time()
    date_zone = dates.time_zone()
    summary = forms.CharField(
        label=_("Summary"),
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        help_text=_("What is agreed first, then who claims what. “Killed”, never “martyred” or “neutralised”."),
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=840, required=False, help_text=_("Words or short phrases, separated by commas.")
    )

    @property
    def parts(self):
        """The form and the nested form for a new place, for the summary of problems."""
        return [self, self.new_place]

    def clean(self):
        cleaned = super().clean()
        # As long as the place is not settled, nobody needs to be asked for its time zone.
        cleaned["date"] = dates.take(self, "date", zone="UTC" if "place" in self.errors else self.zone)
        cleaned["tags"] = [tag.strip() for tag in cleaned.get("tags", "").split(",") if tag.strip()]
        return cleaned

    def fields_given(self, *, by):
        """What the verbs take. Adds the place to the gazetteer where the person chose so."""
        given = {name: self.cleaned_data[name] for name in ("title", "summary", "kind", "date", "tags")}
        place = self.place_registered(by=by)
        return given | {"location": place, "location_precision": self.cleaned_data["location_precision"]}

    @staticmethod
    def initial_from(incident):
        plain = ("title", "summary", "kind", "location_precision")
        return (
            {name: getattr(incident, name) for name in plain}
            | dates.initial(incident, "date")
            | {"place": incident.location, "tags": ", ".join(incident.tags)}
        )


class LogForm(IncidentForm):
    """A new incident; the key makes a double submit the same incident."""

    entry_key = forms.RegexField(r"^[0-9a-f-]{36}$", widget=forms.HiddenInput, label=_("Entry key"))

    def __init__(self, data=None, **kwargs):
        kwargs.setdefault("initial", {"entry_key": str(uuid.uuid4())})
        super().__init__(data, **kwargs)


class EditForm(IncidentForm):
    version = forms.IntegerField(widget=forms.HiddenInput, label=_("Version"))


class ReasonForm(DeskForm):
    """Why something is returned, reopened or removed."""

    rationale = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("The author reads this; say what would be right."),
    )


class AssignForm(DeskForm):
    to = forms.ModelChoiceField(label=_("Reviewer"), queryset=None, required=False, empty_label=_("Nobody"))

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        people = get_user_model().objects.filter(is_active=True).order_by("username")
        editors = Group.objects.filter(name=access.EDITORS)
        self.fields["to"].queryset = people.filter(groups__in=editors) | people.filter(is_superuser=True)
        self.fields["to"].queryset = self.fields["to"].queryset.distinct()
