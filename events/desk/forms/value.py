"""The part of a form that asks what is claimed: the aspect, and the value that fits it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import (
    PARTS_OF,
    VALUE_COLUMN,
    Aspect,
    Hedge,
    Part,
    Scope,
    SpeechAct,
    Stance,
    TargetNature,
)
from events.desk.forms import dates
from events.desk.forms.incident import KINDS
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import ActorField, LocationField, Unlisted
from events.desk.forms.registers import NOT_CHOSEN, NewActorForm, NewLocationForm
from events.rules.dates import VagueDate

ABOUT_INCIDENTS = [aspect for aspect in Aspect if aspect not in (Aspect.LINK, Aspect.RELATION)]
# The group of inputs that an aspect shows, besides those which every claim has.
GROUPS = {
    "actor": tuple(PARTS_OF),
    "place": (Aspect.LOCATION, Aspect.ORIGIN),
    "when": (Aspect.DATE,),
    "kind": (Aspect.KIND,),
    "nature": (Aspect.TARGET_NATURE,),
    "toll": (Aspect.CASUALTIES,),
    "words": tuple(aspect for aspect, column in VALUE_COLUMN.items() if column == "value_text"),
}
DATE_INPUTS = ("value_date_start", "value_date_end", "value_date_precision", "value_date_time", "value_date_zone")


class ValuePart(DeskForm):
    """`place_of_incident` gives the time zone to assume for a claimed clock time."""

    place_of_incident = None

    aspect = forms.ChoiceField(label=_("What is claimed about"), choices=listed(Aspect))
    stance = forms.ChoiceField(label=_("They"), choices=listed(Stance))
    part = forms.ChoiceField(label=_("As"), required=False, choices=[NOT_CHOSEN, *listed(Part)])
    value_actor = ActorField(
        label=_("Which actor"),
        help_text=_("Who did it, or at whom it was aimed, according to the claimant."),
        otherwise={"new": _("Add “{}” to the register as a new actor")},
    )
    value_location = LocationField(
        label=_("Which place"),
        help_text=_("Any spelling, or Urdu or Pashto script."),
        otherwise={"new": _("Add “{}” to the gazetteer as a new place")},
    )
    value_date_start = dates.first_day(_("First day"), _("The local day at the place."))
    value_date_end = dates.last_day()
    value_date_precision = dates.precision()
    value_date_time = dates.local_time()
    value_date_zone = dates.time_zone()
    kind_code = forms.ChoiceField(label=_("Which kind"), required=False, choices=KINDS)
    nature_code = forms.ChoiceField(
        label=_("What was hit"), required=False, choices=[NOT_CHOSEN, *listed(TargetNature)]
    )
    scope = forms.ChoiceField(label=_("The numbers cover"), required=False, choices=listed(Scope))
    exhaustive = forms.BooleanField(
        label=_("Categories not mentioned are 0"),
        required=False,
        help_text=_("Only if the claimant says so: “all of the dead were soldiers”."),
    )
    value_text = forms.CharField(
        label=_("In words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("What is claimed, in neutral words of your own."),
    )
    speech_act = forms.ChoiceField(
        label=_("Kind of words"), choices=listed(SpeechAct), initial=SpeechAct.STATEMENT.value
    )
    hedge = forms.ChoiceField(label=_("Hedged with"), choices=listed(Hedge))
    preliminary = forms.BooleanField(
        label=_("Preliminary"), required=False, help_text=_("The claimant calls the account provisional.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.new_actor = NewActorForm(self.data_if_new("value_actor"), prefix=self.nested_prefix("value_actor_new"))
        self.new_place = NewLocationForm(
            self.data_if_new("value_location"), prefix=self.nested_prefix("value_location_new")
        )

    @property
    def aspect_now(self):
        return self["aspect"].value() or self.fields["aspect"].choices[0][0]

    @property
    def groups(self):
        """name of the group → (its aspects, space-separated; whether the present aspect shows it), for the template."""
        return {
            name: {"aspects": " ".join(aspects), "is_shown": self.aspect_now in aspects}
            for name, aspects in GROUPS.items()
        }

    def clean(self):
        cleaned = super().clean()
        if aspect := cleaned.get("aspect"):
            self._take_value(cleaned, aspect)
        return cleaned

    def _take_value(self, cleaned, aspect):
        """Keep the value that fits the aspect, ask for it if it is missing, and drop what belongs to other aspects."""
        column = VALUE_COLUMN[aspect]
        cleaned["value_code"] = ""
        if column == "value_code":
            field = "kind_code" if aspect == Aspect.KIND else "nature_code"
            cleaned["value_code"] = self._needed(cleaned, field, gettext("Choose the word from the list."))
        if column == "value_actor":
            self._needed(cleaned, "value_actor", gettext("Name the actor whom the claimant means."))
            self._new_row(
                cleaned, "value_actor", self.new_actor, gettext("Say what kind of actor this is; see below it.")
            )
            self._take_part(cleaned, aspect)
        else:
            cleaned["value_actor"], cleaned["part"] = None, ""
            self._forget("value_actor", "part")
        if column == "value_location":
            self._needed(cleaned, "value_location", gettext("Name the place which the claimant means."))
            self._new_row(
                cleaned, "value_location", self.new_place, gettext("Say where the new place lies; see below it.")
            )
        else:
            cleaned["value_location"] = None
            self._forget("value_location")
        self._take_date(cleaned, column)
        if column == "value_text":
            self._needed(cleaned, "value_text", gettext("Say in words what is claimed."))
        if column != "lines":
            cleaned["scope"], cleaned["exhaustive"] = Scope.WHOLE_INCIDENT.value, False
        cleaned["scope"] = cleaned.get("scope") or Scope.WHOLE_INCIDENT.value

    def _take_date(self, cleaned, column):
        if column != "value_date":
            self._forget(*DATE_INPUTS)
            cleaned["value_date"] = VagueDate()
            return
        cleaned["value_date"] = dates.take(self, "value_date", zone=dates.zone_of(self.place_of_incident))
        if cleaned["value_date"].start is None and not any(name in self.errors for name in DATE_INPUTS):
            self.add_error("value_date_start", gettext("Give the day which the claimant names."))

    def _take_part(self, cleaned, aspect):
        parts = PARTS_OF[aspect]
        if not cleaned.get("part"):
            cleaned["part"] = parts[0].value
        elif cleaned["part"] not in [part.value for part in parts]:
            words = ", ".join(gettext(part.label).lower() for part in parts)
            self.add_error(
                "part", gettext("This part does not go with this aspect; choose one of: %(words)s.") % {"words": words}
            )

    def _needed(self, cleaned, field, sentence):
        if not cleaned.get(field) and field not in self.errors:
            self.add_error(field, sentence)
        return cleaned.get(field) or ""

    def _new_row(self, cleaned, field, nested, sentence):
        if isinstance(cleaned.get(field), Unlisted) and not nested.is_valid():
            self.add_error(field, sentence)

    def _forget(self, *fields):
        """Inputs that the aspect does not show cannot be wrong."""
        for field in fields:
            self.errors.pop(field, None)
