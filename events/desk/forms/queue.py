"""Input for the review queue: what it is narrowed to, and who gets what of it."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import QueueMark
from events.desk import queues
from events.desk.forms.incident import KINDS, AssignForm
from events.desk.forms.manners import DeskForm
from events.models.incident import Incident

ORDERS = (("", _("Waiting longest first")), ("newest", _("Newest first")))


class QueueForm(DeskForm):
    """What the queue is narrowed to; the address holds it, and holds nothing else."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *KINDS[1:]])
    batch = forms.TypedChoiceField(label=_("Imported batch"), required=False, coerce=int, empty_value=None)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        typed = data.get("batch", "")
        self.batches = list(queues.batches(also=int(typed[:9]) if typed.isascii() and typed.isdecimal() else None))
        self.fields["batch"].choices = [("", gettext("Any")), *((batch.pk, str(batch)) for batch in self.batches)]
        for mark in QueueMark:
            self.fields[mark.value] = forms.BooleanField(label=gettext(mark.label), required=False)

    def clean(self):
        cleaned = super().clean()
        for name in sorted(set(self.data) - set(self.fields)):
            self.add_error(
                None, gettext("The queue has no filter “%(name)s”; take it out of the address.") % {"name": name[:40]}
            )
        for mark in QueueMark.codes():
            if self.data.get(mark, "on") != "on":
                self.add_error(mark, gettext("Write “%(mark)s=on” in the address, or leave it out.") % {"mark": mark})
        return cleaned

    @property
    def wanted(self):
        """What `marks.of_queue` takes."""
        given = self.cleaned_data
        return {"words": names.fold(given["q"]), "kind": given["kind"], "newest_first": bool(given["order"])}

    @property
    def chosen(self):
        """What `marks.Narrowed` takes."""
        marks = frozenset(mark for mark in QueueMark.codes() if self.cleaned_data[mark])
        return {"marks": marks, "batch": self.cleaned_data["batch"]}

    @property
    def is_narrowed(self):
        return bool(set(self.changed_data) - {"order", "page"})

    def address(self, **changes):
        """The query string with these parameters changed (None takes one out), on the first page."""
        kept = {name: value for name, value in self.data.items() if value and name != "page"} | changes
        return urlencode([(name, value) for name, value in kept.items() if value is not None])


class AssignManyForm(AssignForm):
    """Which incidents of the queue go to whom."""

    incidents = forms.ModelMultipleChoiceField(
        label=_("Incidents"), queryset=Incident.objects.none(), to_field_name="uid", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, by):
        super().__init__(self._meant(data, by))
        self.fields["incidents"].queryset = Incident.objects.live()
        self.fields["incidents"].error_messages |= {
            "required": gettext("Tick at least one incident."),
            "invalid_choice": gettext("One of these incidents is not open any more; nothing was assigned."),
            "invalid_pk_value": gettext("One of these incidents is not open any more; nothing was assigned."),
        }

    @staticmethod
    def _meant(data, by):
        """“Take it” is short for: this one, or those that are ticked, to myself."""
        if data is None or not data.get("take"):
            return data
        data = data.copy()
        data["to"] = str(by.pk)
        if data["take"] != "ticked":
            data.setlist("incidents", [data["take"]])
        return data
