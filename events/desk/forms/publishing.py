"""Input for what changes the public record: publish, withdraw, bring back, merge, part, link, go back."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import uids
from events.choices import EditionReason, LinkType
from events.desk import duplicates, nearby
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.registers import NOT_CHOSEN
from events.desk.importing import publishing
from events.models.incident import Incident

OURS, THEIRS = "survivor", "loser"
SHOWN_PUBLICLY = _("Public, in the edition history.")


class IncidentUidField(forms.CharField):
    """The number of an incident, as shown or as part of a pasted address; cleans to the incident."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Its number, such as 7K3M-9QX2, or its address."))
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
        return forms.ValidationError(
            gettext("No incident has the number “%(value)s”. Copy it from the incident's page.") % {"value": value}
        )


def _note(label, help_text=SHOWN_PUBLICLY, **kwargs):
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea, help_text=help_text, **kwargs)


class PublishForm(DeskForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=[NOT_CHOSEN, *listed(EditionReason)])
    note = _note(_("Note"), _("Public, in the edition history: what changed, in one sentence."), required=False)


class PublishAllForm(PublishForm):
    """Editions of all incidents of an import that are ready; those of new ones have their reason in themselves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"initial": {"reason": EditionReason.NEW_SOURCE.value}} | kwargs)
        self.fields["reason"].label = gettext("Reason, for what is public already")
        self.fields["reason"].choices = [NOT_CHOSEN, *listed(publishing.REASONS)]


class PublishIncidentForm(PublishForm):
    """An edition of an incident, and of those of its relatives (families.Relative) that are ready as well."""

    together = forms.MultipleChoiceField(
        label=_("Publish together with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An operation and its parts name each other, and tolls are counted once, when they go together."),
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
        self.fields["reason"].choices = [NOT_CHOSEN, *listed(fitting)]
        self.fields["note"].required = self.fields["note"].says_required = True
        self.fields["note"].error_messages["required"] = gettext(
            "Say why it is withdrawn; readers of the address will see it."
        )


class RestoreForm(PublishForm):
    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        fitting = (EditionReason.CORRECTION, EditionReason.NEW_SOURCE)
        self.fields["reason"].choices = [NOT_CHOSEN, *listed(fitting)]
        self.fields["note"].required = self.fields["note"].says_required = True


class UnmergeForm(DeskForm):
    note = _note(_("Why they are two incidents after all"))


class OtherIncidentForm(DeskForm):
    """Another incident: one of those on offer, or any other by its number."""

    asks = _("The other incident")
    candidate = forms.ChoiceField(label=_("The other incident"), required=False, widget=forms.RadioSelect)
    to = IncidentUidField(label=_("Or another one"), required=False)

    def __init__(self, data=None, *, offered, **kwargs):
        super().__init__(data, **kwargs)
        self.offered = {other.uid: other for other in offered}
        words = {uid: f"{row} · {dates.described(row)} · {row.shown_uid}" for uid, row in self.offered.items()}
        self.fields["candidate"].choices = [*words.items(), ("", gettext("None of these"))]
        if words:
            self.fields["candidate"].label = self.asks
        else:
            del self.fields["candidate"]
            self.fields["to"].label = self.asks

    def clean(self):
        cleaned = super().clean()
        chosen, typed = self.offered.get(cleaned.get("candidate")), cleaned.get("to")
        if chosen and typed and chosen != typed:
            self.add_error("to", gettext("Choose one of the list or give a number, not two different incidents."))
        elif not chosen and not typed and "to" not in self.errors:
            self.add_error("to", gettext("Say which incident: choose it above, or give its number."))
        cleaned["other"] = chosen or typed
        return cleaned


class MergeWithForm(OtherIncidentForm):
    """Which incident stays: the whole that this one is a part of, one of the likely duplicates, or any other."""

    asks = _("The incident that stays")

    def __init__(self, data=None, *, incident, user, **kwargs):
        wholes = [link.to_incident for link in incident.links_out.filter(type=LinkType.PART_OF)]
        alike = [one.incident for one in duplicates.likely(duplicates.sought_of(incident), user)]
        offered = [*wholes, *(other for other in alike if other not in wholes)]
        super().__init__(data, offered=offered, **kwargs)


class MergeForm(DeskForm):
    """Field by field which value the survivor keeps; fields in which the two agree are not asked for."""

    note = _note(_("Why they are the same"))

    def __init__(self, data=None, *, differing=(), **kwargs):
        super().__init__(data, **kwargs)
        self.differing = {f"keep_{name}": name for name in differing}
        for field, name in self.differing.items():
            self.fields[field] = forms.ChoiceField(
                label=name,
                choices=[(OURS, gettext("that of the one that stays")), (THEIRS, gettext("that of the other"))],
                initial=OURS,
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

    asks = _("Of, or for, the incident")
    type = forms.ChoiceField(label=_("This incident is"), choices=[NOT_CHOSEN, *listed(LinkType)])
    field_order = ("type", "candidate", "to")

    def __init__(self, data=None, *, incident, user, **kwargs):
        super().__init__(data, offered=nearby.incidents(incident, user), **kwargs)


class EarlierForm(DeskForm):
    """The edition whose facts the desk takes up again."""

    number = forms.TypedChoiceField(label=_("Go back to"), coerce=int, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, label=_("Version"))

    def __init__(self, data=None, *, editions, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["number"].choices = [(edition.number, _in_words(edition)) for edition in editions]


def _in_words(edition):
    reason = gettext(EditionReason.label_of(edition.reason)).lower()
    told = {"number": edition.number, "day": date_format(edition.published_at, "j F Y"), "reason": reason}
    words = gettext("Edition %(number)s, %(day)s: %(reason)s") % told
    return f"{words}, {edition.note}" if edition.note else words
