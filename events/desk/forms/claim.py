"""Input for one claim: who says it, how, and what; the fields that fit its aspect."""

from django import forms

from events.choices import (
    PARTS_OF,
    VALUE_COLUMN,
    Aspect,
    Attribution,
    FirstHand,
    Hedge,
    Part,
    Scope,
    SpeechAct,
    Stance,
    TargetNature,
)
from events.desk.forms import dates
from events.desk.forms.incident import KINDS
from events.desk.forms.manners import DeskForm
from events.desk.forms.naming import ActorField, LocationField, Unlisted
from events.desk.forms.registers import NOT_CHOSEN, NewActorForm, NewLocationForm
from events.desk.wording import said
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
}
# The verb's names of fields → the inputs that hold them.
INPUTS = {
    "aspect": ("aspect",),
    "stance": ("stance",),
    "claimant": ("claimant", "claimant-pick", "claimant-asked"),
    "claimant_text": ("claimant_text",),
    "attribution": ("attribution",),
    "first_hand": ("first_hand",),
    "speech_act": ("speech_act",),
    "hedge": ("hedge",),
    "preliminary": ("preliminary",),
    "asserted": ("asserted_start", "asserted_end", "asserted_precision"),
    "part": ("part",),
    "value_actor": ("value_actor", "value_actor-pick", "value_actor-asked"),
    "value_location": ("value_location", "value_location-pick", "value_location-asked"),
    "value_date": ("value_date_start", "value_date_end", "value_date_precision", "value_date_time", "value_date_zone"),
    "value_code": ("kind_code", "nature_code"),
    "value_text": ("value_text",),
    "scope": ("scope",),
    "exhaustive": ("exhaustive",),
    "supersedes": ("supersedes",),
    "lines": ("lines-",),
    "citations": ("citations-",),
}
_PLAIN = (
    "aspect",
    "stance",
    "claimant",
    "claimant_text",
    "attribution",
    "first_hand",
    "speech_act",
    "hedge",
    "preliminary",
    "part",
    "value_actor",
    "value_location",
    "value_text",
    "scope",
    "exhaustive",
)


class AspectForm(DeskForm):
    """The first question: what is the claim about?"""

    aspect = forms.ChoiceField(
        label="What is the claim about?",
        choices=[NOT_CHOSEN, *((aspect.value, aspect.label) for aspect in ABOUT_INCIDENTS)],
    )


class ClaimForm(DeskForm):
    """`subject` is what the claim is about; `earlier` are the claims on it which this one could supersede."""

    aspect = forms.ChoiceField(label="What is claimed about", choices=Aspect.pairs())
    claimant = ActorField(
        label="Who says it",
        help_text="An actor, in any spelling. Empty if the document names nobody: then use the words below.",
        otherwise={
            "words": "Nobody of the register: keep the words “{}” as they stand",
            "new": "Add “{}” to the register as a new actor",
        },
    )
    claimant_text = forms.CharField(
        label="As the document words it",
        max_length=200,
        required=False,
        help_text="“Local officials”, “a spokesman”. Alone it stands for a claimant who is no actor of the register.",
    )
    attribution = forms.ChoiceField(label="How the document names them", choices=Attribution.pairs())
    stance = forms.ChoiceField(label="They", choices=Stance.pairs())
    part = forms.ChoiceField(label="As", required=False, choices=[NOT_CHOSEN, *Part.pairs()])
    value_actor = ActorField(
        label="Which actor",
        help_text="Who did it, or at whom it was aimed, according to the claimant.",
        otherwise={"new": "Add “{}” to the register as a new actor"},
    )
    value_location = LocationField(
        label="Which place",
        help_text="Any spelling, or Urdu or Pashto script.",
        otherwise={"new": "Add “{}” to the gazetteer as a new place"},
    )
    value_date_start = dates.first_day("First day", "The local day at the place.")
    value_date_end = dates.last_day()
    value_date_precision = dates.precision()
    value_date_time = dates.local_time()
    value_date_zone = dates.time_zone()
    kind_code = forms.ChoiceField(label="Which kind", required=False, choices=KINDS)
    nature_code = forms.ChoiceField(label="What was hit", required=False, choices=[NOT_CHOSEN, *TargetNature.pairs()])
    scope = forms.ChoiceField(label="The numbers cover", required=False, choices=Scope.pairs())
    exhaustive = forms.BooleanField(
        label="Categories not mentioned are 0",
        required=False,
        help_text="Only if the claimant says so: “all of the dead were soldiers”.",
    )
    value_text = forms.CharField(
        label="In words",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="What is claimed, in neutral words of your own.",
    )
    first_hand = forms.ChoiceField(label="First hand?", choices=FirstHand.pairs(), initial=FirstHand.UNKNOWN.value)
    speech_act = forms.ChoiceField(label="Kind of words", choices=SpeechAct.pairs(), initial=SpeechAct.STATEMENT.value)
    hedge = forms.ChoiceField(label="Hedged with", choices=Hedge.pairs())
    preliminary = forms.BooleanField(
        label="Preliminary", required=False, help_text="The claimant calls the account provisional."
    )
    asserted_start = dates.first_day("Said on", "Empty if the document does not tell.")
    asserted_end = dates.last_day("Said on, at the latest")
    asserted_precision = dates.precision()
    supersedes = forms.ChoiceField(
        label="Supersedes",
        required=False,
        help_text="The claimant's earlier account of the same thing, if this one takes its place.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, label="Version")
    entry_key = forms.RegexField(r"^[0-9a-f-]{36}$", widget=forms.HiddenInput, required=False, label="Entry key")

    def __init__(self, data=None, *, subject, earlier=(), **kwargs):
        super().__init__(data, **kwargs)
        self.subject = subject
        self.earlier = {claim.uid: claim for claim in earlier}
        self.fields["supersedes"].choices = [("", "Nothing"), *_by_aspect(earlier)]
        fixed = {"actorrelation": Aspect.RELATION, "incidentlink": Aspect.LINK}.get(subject._meta.model_name)
        offered = [fixed] if fixed else ABOUT_INCIDENTS
        self.fields["aspect"].choices = [(aspect.value, aspect.label) for aspect in offered]
        self.new_claimant = NewActorForm(self._data_if_new("claimant"), prefix="claimant_new")
        self.new_actor = NewActorForm(self._data_if_new("value_actor"), prefix="value_actor_new")
        self.new_place = NewLocationForm(self._data_if_new("value_location"), prefix="value_location_new")

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

    @property
    def parts(self):
        return [self, self.new_claimant, self.new_actor, self.new_place]

    def clean(self):
        cleaned = super().clean()
        self._take_claimant(cleaned)
        aspect = cleaned.get("aspect")
        if aspect:
            self._take_value(cleaned, aspect)
        cleaned["asserted"] = dates.take(self, "asserted")
        self._take_supersedes(cleaned)
        return cleaned

    @property
    def fields_given(self):
        """What the verbs take; claimant, actor and place may still be an Unlisted, of which a row has to be made."""
        given = {name: self.cleaned_data[name] for name in _PLAIN}
        extra = ("asserted", "value_date", "value_code", "supersedes")
        return given | {name: self.cleaned_data[name] for name in extra}

    @staticmethod
    def initial_from(claim):
        return (
            {name: getattr(claim, name) for name in _PLAIN}
            | dates.initial(claim, "asserted")
            | dates.initial(claim, "value_date")
            | {
                "kind_code": claim.value_code if claim.aspect == Aspect.KIND else "",
                "nature_code": claim.value_code if claim.aspect == Aspect.TARGET_NATURE else "",
                "supersedes": claim.supersedes.uid if claim.supersedes else "",
                "version": claim.version,
            }
        )

    def _take_claimant(self, cleaned):
        who = cleaned.get("claimant")
        if isinstance(who, Unlisted) and who.how == "words":
            cleaned["claimant"], cleaned["claimant_text"] = None, cleaned.get("claimant_text") or who.text
        elif isinstance(who, Unlisted) and not self.new_claimant.is_valid():
            self.add_error("claimant", "Say what kind of actor this is; the questions stand below it.")
        elif who is None and not cleaned.get("claimant_text") and "claimant" not in self.errors:
            self.add_error("claimant", "Say who claims it: an actor, or below it the words of the document for them.")

    def _take_value(self, cleaned, aspect):
        """Keep the value that fits the aspect, ask for it if it is missing, and drop what belongs to other aspects."""
        column = VALUE_COLUMN[aspect]
        cleaned["value_code"] = ""
        if column == "value_code":
            field = "kind_code" if aspect == Aspect.KIND else "nature_code"
            cleaned["value_code"] = self._needed(cleaned, field, "Choose the word from the list.")
        if column == "value_actor":
            self._needed(cleaned, "value_actor", "Name the actor whom the claimant means.")
            self._new_row(cleaned, "value_actor", self.new_actor, "Say what kind of actor this is; see below it.")
            self._take_part(cleaned, aspect)
        else:
            cleaned["value_actor"], cleaned["part"] = None, ""
            self._forget("value_actor", "part")
        if column == "value_location":
            self._needed(cleaned, "value_location", "Name the place which the claimant means.")
            self._new_row(cleaned, "value_location", self.new_place, "Say where the new place lies; see below it.")
        else:
            cleaned["value_location"] = None
            self._forget("value_location")
        self._take_date(cleaned, column)
        if column == "value_text":
            self._needed(cleaned, "value_text", "Say in words what is claimed.")
        if column != "lines":
            cleaned["scope"], cleaned["exhaustive"] = Scope.WHOLE_INCIDENT.value, False
        cleaned["scope"] = cleaned.get("scope") or Scope.WHOLE_INCIDENT.value

    def _take_date(self, cleaned, column):
        if column != "value_date":
            self._forget(*INPUTS["value_date"])
            cleaned["value_date"] = VagueDate()
            return
        cleaned["value_date"] = dates.take(
            self, "value_date", zone=dates.zone_of(getattr(self.subject, "location", None))
        )
        if cleaned["value_date"].start is None and not any(name in self.errors for name in INPUTS["value_date"]):
            self.add_error("value_date_start", "Give the day which the claimant names.")

    def _take_part(self, cleaned, aspect):
        parts = PARTS_OF[aspect]
        if not cleaned.get("part"):
            cleaned["part"] = parts[0].value
        elif cleaned["part"] not in [part.value for part in parts]:
            words = ", ".join(part.label.lower() for part in parts)
            self.add_error("part", f"This part does not go with this aspect; choose one of: {words}.")

    def _take_supersedes(self, cleaned):
        older = self.earlier.get(cleaned.get("supersedes"))
        if older is not None and older.aspect != cleaned.get("aspect"):
            self.add_error("supersedes", "A claim supersedes one on the same aspect; choose another or nothing.")
        cleaned["supersedes"] = older

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

    def _data_if_new(self, field):
        return self.data if self.is_bound and self[field].typed.settled_pick == "new" else None


def _by_aspect(claims):
    grouped = {}
    for claim in claims:
        label = f"{claim.who} {claim.get_stance_display()}: {said(claim)} ({claim.shown_uid})"
        grouped.setdefault(claim.get_aspect_display(), []).append((claim.uid, label[:160]))
    return list(grouped.items())
