"""Input for what changes the public record: publish, withdraw, bring back, merge, part, link, go back."""

from django import forms

from events import uids
from events.choices import EditionReason, LinkType
from events.desk import duplicates, nearby
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm
from events.desk.forms.registers import NOT_CHOSEN
from events.models.incident import Incident

OURS, THEIRS = "survivor", "loser"


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


def _note(label, help_text="Public, in the edition history.", **kwargs):
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea, help_text=help_text, **kwargs)


class PublishForm(DeskForm):
    reason = forms.ChoiceField(label="Reason", choices=[NOT_CHOSEN, *EditionReason.pairs()])
    note = _note("Note", "Public, in the edition history: what changed, in one sentence.", required=False)


class PublishIncidentForm(PublishForm):
    """An edition of an incident, and of those of its relatives (families.Relative) that are ready as well."""

    together = forms.MultipleChoiceField(
        label="Publish together with it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="An operation and its parts name each other, and tolls are counted once, when they go together.",
    )

    def __init__(self, data=None, *, relatives=(), **kwargs):
        super().__init__(data, **kwargs)
        self.ready = {one.incident.uid: one.incident for one in relatives if one.is_ready}
        self.fields["together"].choices = [(uid, f"{row} · {row.shown_uid}") for uid, row in self.ready.items()]
        if not self.ready:
            del self.fields["together"]

    @property
    def chosen(self):
        """The relatives that are ticked, as far as they are on offer; also on a form that is refused."""
        ticked = self["together"].value() or [] if self.ready else []
        return [self.ready[uid] for uid in ticked if uid in self.ready]


class WithdrawForm(PublishForm):
    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        fitting = (EditionReason.RETRACTION, EditionReason.CORRECTION, EditionReason.PRIVACY, EditionReason.SPLIT)
        self.fields["reason"].choices = [NOT_CHOSEN, *((reason.value, reason.label) for reason in fitting)]
        self.fields["note"].required = self.fields["note"].says_required = True
        self.fields["note"].error_messages["required"] = "Say why it is withdrawn; readers of the address will see it."


class RestoreForm(PublishForm):
    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        fitting = (EditionReason.CORRECTION, EditionReason.NEW_SOURCE)
        self.fields["reason"].choices = [NOT_CHOSEN, *((reason.value, reason.label) for reason in fitting)]
        self.fields["note"].required = self.fields["note"].says_required = True


class UnmergeForm(DeskForm):
    note = _note("Why they are two incidents after all")


class OtherIncidentForm(DeskForm):
    """Another incident: one of those on offer, or any other by its number."""

    candidate = forms.ChoiceField(label="The other incident", required=False, widget=forms.RadioSelect)
    to = IncidentUidField(label="Or another one", required=False)

    def __init__(self, data=None, *, offered, **kwargs):
        super().__init__(data, **kwargs)
        self.offered = {other.uid: other for other in offered}
        words = {uid: f"{row} · {dates.described(row)} · {row.shown_uid}" for uid, row in self.offered.items()}
        self.fields["candidate"].choices = [*words.items(), ("", "None of these")]
        if not words:
            del self.fields["candidate"]
            self.fields["to"].label = "The other incident"

    def clean(self):
        cleaned = super().clean()
        chosen, typed = self.offered.get(cleaned.get("candidate")), cleaned.get("to")
        if chosen and typed and chosen != typed:
            self.add_error("to", "Choose one of the list or give a number, not two different incidents.")
        elif not chosen and not typed and "to" not in self.errors:
            self.add_error("to", "Say which incident: choose it above, or give its number.")
        cleaned["other"] = chosen or typed
        return cleaned


class MergeWithForm(OtherIncidentForm):
    """Which incident stays: the whole that this one is a part of, one of the likely duplicates, or any other."""

    def __init__(self, data=None, *, incident, user, **kwargs):
        wholes = [link.to_incident for link in incident.links_out.filter(type=LinkType.PART_OF)]
        alike = [one.incident for one in duplicates.likely(duplicates.sought_of(incident), user)]
        offered = [*wholes, *(other for other in alike if other not in wholes)]
        super().__init__(data, offered=offered, **kwargs)
        for name in self.fields:
            self.fields[name].label = self.fields[name].label.replace("The other incident", "The incident that stays")


class MergeForm(DeskForm):
    """Field by field which value the survivor keeps; fields in which the two agree are not asked for."""

    note = _note("Why they are the same")

    def __init__(self, data=None, *, differing=(), **kwargs):
        super().__init__(data, **kwargs)
        self.differing = {f"keep_{name}": name for name in differing}
        for field, name in self.differing.items():
            self.fields[field] = forms.ChoiceField(
                label=name, choices=[(OURS, "that of the one that stays"), (THEIRS, "that of the other")], initial=OURS
            )

    @property
    def taken(self):
        """Names of the facts that the survivor takes from the other."""
        return [name for field, name in self.differing.items() if self.cleaned_data[field] == THEIRS]

    def kept(self, name):
        """ "survivor" or "loser", as chosen so far."""
        return self[f"keep_{name}"].value()


class LinkForm(OtherIncidentForm):
    """How this incident is linked to another one."""

    type = forms.ChoiceField(label="This incident is", choices=[NOT_CHOSEN, *LinkType.pairs()])
    field_order = ("type", "candidate", "to")

    def __init__(self, data=None, *, incident, user, **kwargs):
        super().__init__(data, offered=nearby.incidents(incident, user), **kwargs)
        for name in self.fields:
            self.fields[name].label = self.fields[name].label.replace("The other incident", "Of, or for, the incident")


class EarlierForm(DeskForm):
    """The edition whose facts the desk takes up again."""

    number = forms.TypedChoiceField(label="Go back to", coerce=int, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, label="Version")

    def __init__(self, data=None, *, editions, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["number"].choices = [
            (
                edition.number,
                f"Edition {edition.number}, {edition.published_at:%-d %B %Y}: "
                f"{EditionReason.label_of(edition.reason).lower()}{f', {edition.note}' if edition.note else ''}",
            )
            for edition in editions
        ]
