"""Input for reading a history and for bringing back an earlier state."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.desk import trace_words
from events.desk.forms.manners import DeskForm

ANY = ("", _("All"))


class HistoryForm(DeskForm):
    """What a history is narrowed to; offers only what occurs in it."""

    row = forms.ChoiceField(label=_("What"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    by = forms.ChoiceField(label=_("Who"), required=False)

    def __init__(self, data, *, history):
        super().__init__(data)
        people = dict(history.changes.order_by().values_list("by", "by__username").distinct())
        columns = set(history.changes.order_by().values_list("model", "field").distinct())
        labels = {column: trace_words.field_label(model, column) for model, column in sorted(columns)}
        labels = {column: label for column, label in labels.items() if column not in trace_words.UNSPOKEN}
        self.fields["row"].choices = [ANY, *sorted(history.rows.items(), key=lambda pair: pair[1])]
        self.fields["field"].choices = [ANY, *sorted(labels.items(), key=lambda pair: pair[1])]
        self.fields["by"].choices = [ANY, *sorted(people.items(), key=lambda pair: pair[1])]
        if len(history.rows) < 2:
            del self.fields["row"]

    def wanted(self):
        """Conditions on the changes."""
        columns = {"row": "object_uid", "field": "field", "by": "by"}
        return {columns[name]: value for name, value in self.cleaned_data.items() if value}


class RestoreForm(DeskForm):
    """Which fields come back, on top of which version."""

    fields_wanted = forms.MultipleChoiceField(label=_("What comes back"), widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput, label=_("Version"))

    def __init__(self, data=None, *, differing, version):
        super().__init__(data, initial={"version": version})
        field = self.fields["fields_wanted"]
        field.choices = [(one.name, one.label) for one in differing]
        field.error_messages["required"] = gettext("Choose at least one field to bring back.")
        field.error_messages["invalid_choice"] = gettext("“%(value)s” is no longer different; look at the state again.")
        chosen = self.data.getlist("fields_wanted") if self.is_bound else [one.name for one in differing]
        self.rows = [(one, one.name in chosen) for one in differing]
