"""Input for an incident: what kind, when and where; and for what is done with it."""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from events import access, uids
from events.choices import KINDS_OF, EditionReason, LinkType, LocationLevel, LocationPrecision
from events.desk import duplicates
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm
from events.desk.forms.naming import LocationField, Unlisted
from events.desk.forms.registers import NOT_CHOSEN, NewLocationForm
from events.models.incident import Incident

KINDS = [
    NOT_CHOSEN,
    *((category.label, [(kind.value, kind.label) for kind in kinds]) for category, kinds in KINDS_OF.items()),
]
PRECISION_OF_LEVEL = {
    LocationLevel.COUNTRY: LocationPrecision.COUNTRY,
    LocationLevel.BORDER_SEGMENT: LocationPrecision.BORDER_SEGMENT,
    LocationLevel.AREA: LocationPrecision.SEVERAL_PROVINCES,
    LocationLevel.PROVINCE: LocationPrecision.PROVINCE,
    LocationLevel.DISTRICT: LocationPrecision.DISTRICT,
    LocationLevel.SUBDISTRICT: LocationPrecision.DISTRICT,
    LocationLevel.SETTLEMENT: LocationPrecision.SETTLEMENT,
    LocationLevel.SITE: LocationPrecision.SITE,
}
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
PLACES_OF_ERRORS = {"location": "place", "category": "kind", "entry_key": "", "seen": ""}


class IncidentForm(DeskForm):
    """Facts that the editors set. Who did it, at whom and with what toll is for claims."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="One neutral sentence: “Attack on a military post near Mir Ali”. No numbers, no verdicts.",
    )
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    date_start = dates.first_day("First day", "The local day at the place.")
    date_end = dates.last_day()
    date_precision = dates.precision()
    date_time = dates.local_time()
    date_zone = dates.time_zone()
    place = LocationField(
        label="Place",
        help_text="Any spelling, or Urdu or Pashto script. As fine as it is known: a province is enough.",
        otherwise={"new": "Add “{}” to the gazetteer as a new place"},
    )
    location_precision = forms.ChoiceField(
        label="How exactly the place is known",
        required=False,
        choices=[("", "As fine as the place named"), *LocationPrecision.pairs()],
    )
    summary = forms.CharField(
        label="Summary",
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        help_text="What is agreed first, then who claims what. “Killed”, never “martyred” or “neutralised”.",
    )
    tags = forms.CharField(
        label="Tags", max_length=840, required=False, help_text="Words or short phrases, separated by commas."
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.new_place = NewLocationForm(self._data_for_new_place(), prefix=f"{self.prefix or 'place'}_new")

    @property
    def parts(self):
        """The form and the nested form for a new place, for the summary of problems."""
        return [self, self.new_place]

    def clean(self):
        cleaned = super().clean()
        place = cleaned.get("place")
        if isinstance(place, Unlisted) and not self.new_place.is_valid():
            self.add_error("place", "Say where the new place lies; the questions stand below it.")
        # As long as the place is not settled, nobody needs to be asked for its time zone.
        zone = "UTC" if "place" in self.errors else self._zone(place)
        cleaned["date"] = dates.take(self, "date", zone=zone)
        precision = cleaned.get("location_precision")
        if place is None and precision and "place" not in self.errors:
            self.add_error("place", "Name the place whose precision you chose, or choose no precision.")
        cleaned["location_precision"] = precision or (self._level_as_precision(place) if place else "")
        cleaned["tags"] = [tag.strip() for tag in cleaned.get("tags", "").split(",") if tag.strip()]
        return cleaned

    @property
    def fields_given(self):
        """What the verbs take; `location` may still be an Unlisted, of which a place has to be made."""
        given = {name: self.cleaned_data[name] for name in ("title", "summary", "kind", "date", "tags")}
        place = self.cleaned_data["place"]
        return given | {"location": place, "location_precision": self.cleaned_data["location_precision"]}

    @staticmethod
    def initial_from(incident):
        plain = ("title", "summary", "kind", "location_precision")
        return (
            {name: getattr(incident, name) for name in plain}
            | dates.initial(incident, "date")
            | {"place": incident.location, "tags": ", ".join(incident.tags)}
        )

    def _data_for_new_place(self):
        """The nested form is only asked when the new place was chosen."""
        if not self.is_bound:
            return None
        typed = self["place"].typed
        return self.data if typed.settled_pick == "new" else None

    def _level_as_precision(self, place):
        level = self.new_place.cleaned_data.get("level") if isinstance(place, Unlisted) else place.level
        return PRECISION_OF_LEVEL[level].value if level else ""

    def _zone(self, place):
        """The time zone of the place; of a new one, that of what it lies in."""
        return dates.zone_of(self.new_place.cleaned_data.get("parent") if isinstance(place, Unlisted) else place)


class LogForm(IncidentForm):
    """A new incident; the key makes a double submit the same incident."""

    entry_key = forms.RegexField(r"^[0-9a-f-]{36}$", widget=forms.HiddenInput, label="Entry key")

    def __init__(self, data=None, **kwargs):
        kwargs.setdefault("initial", {"entry_key": str(uuid.uuid4())})
        super().__init__(data, **kwargs)


class EditForm(IncidentForm):
    version = forms.IntegerField(widget=forms.HiddenInput, label="Version")


class ReasonForm(DeskForm):
    """Why something is returned, reopened or removed."""

    rationale = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea,
        help_text="The author reads this; say what would be right.",
    )


class AssignForm(DeskForm):
    to = forms.ModelChoiceField(label="Reviewer", queryset=None, required=False, empty_label="Nobody")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        people = get_user_model().objects.filter(is_active=True).order_by("username")
        editors = Group.objects.filter(name=access.EDITORS)
        self.fields["to"].queryset = people.filter(groups__in=editors) | people.filter(is_superuser=True)
        self.fields["to"].queryset = self.fields["to"].queryset.distinct()


class IncidentUidField(forms.CharField):
    """The number of an incident, as shown or as part of a pasted address; cleans to the incident."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Its number, such as 7K3M-9QX2, or its address.")
        super().__init__(max_length=200, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        uid = next((found for part in reversed(value.split("/")) if (found := uids.parse(part))), None)
        incident = Incident.objects.filter(uid=uid).first() if uid else None
        if incident is None:
            raise self.absent(value)
        return incident

    @staticmethod
    def absent(value):
        """The refusal of a number that does not exist, or that the person may not know to exist."""
        return forms.ValidationError(f"No incident has the number “{value}”. Copy it from the incident's page.")


class LinkForm(DeskForm):
    type = forms.ChoiceField(label="This incident is", choices=[NOT_CHOSEN, *LinkType.pairs()])
    to = IncidentUidField(label="Of, or for, the incident")


class MergeForm(DeskForm):
    """The incident that stays: one of the likely duplicates, or any other by its number."""

    candidate = forms.ChoiceField(label="The incident that stays", required=False, widget=forms.RadioSelect)
    survivor = IncidentUidField(label="Or another one", required=False)
    note = forms.CharField(
        label="Why they are the same",
        max_length=1000,
        widget=forms.Textarea,
        help_text="Public, in the edition history.",
    )

    def __init__(self, data=None, *, incident, **kwargs):
        super().__init__(data, **kwargs)
        self.near = {other.uid: other for other in duplicates.likely(incident)}
        words = {uid: f"{other} · {dates.described(other)} · {other.shown_uid}" for uid, other in self.near.items()}
        self.fields["candidate"].choices = [*words.items(), ("", "None of these")]
        if not words:
            del self.fields["candidate"]

    def clean(self):
        cleaned = super().clean()
        chosen = self.near.get(cleaned.get("candidate"))
        typed = cleaned.get("survivor")
        if chosen and typed and chosen != typed:
            self.add_error("survivor", "Choose one of the list or give a number, not two different incidents.")
        elif not chosen and not typed and "survivor" not in self.errors:
            self.add_error("survivor", "Say which incident stays: choose it above, or give its number.")
        cleaned["survivor"] = chosen or typed
        return cleaned


class PublishForm(DeskForm):
    reason = forms.ChoiceField(label="Reason", choices=[NOT_CHOSEN, *EditionReason.pairs()])
    note = forms.CharField(
        label="Note",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="Public, in the edition history: what changed, in one sentence.",
    )


class PublishIncidentForm(PublishForm):
    """`seen` is the fingerprint of the preview on the page, so that nothing is published that nobody looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, label="Preview")


class WithdrawForm(PublishForm):
    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        fitting = (EditionReason.RETRACTION, EditionReason.CORRECTION, EditionReason.PRIVACY, EditionReason.SPLIT)
        self.fields["reason"].choices = [NOT_CHOSEN, *((reason.value, reason.label) for reason in fitting)]
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "Say why it is withdrawn; readers of the address will see it."
