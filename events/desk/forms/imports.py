"""Input for imports: the file, and whom its names mean."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import uids
from events.choices import ActorKind, BatchStatus, NameKind, Side
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.registers import NOT_CHOSEN
from events.desk.importing import formats, naming
from events.desk.importing.rights import visible
from events.exchange import reading_table, tables
from events.models.batch import ImportBatch

RECOGNISE, TABLE = "recognise", "table"


class UploadForm(DeskForm):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, Excel (.xlsx) or JSON lines. The first row names the columns.")
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (RECOGNISE, _("Recognise by the columns")),
            *((code, one.name) for code, one in formats.FORMATS.items()),
        ],
        help_text=_("A table of no known format is asked about next: you say what its columns are."),
    )
    version = forms.CharField(
        label=_("Version of the data set"), max_length=40, required=False, help_text=_("As its publisher calls it.")
    )
    replaces = forms.ModelChoiceField(
        label=_("A newer version of"),
        queryset=ImportBatch.objects.none(),
        required=False,
        empty_label=_("None: it stands beside what was imported"),
        help_text=_("Rows that were there and are missing now are then listed as vanished."),
    )

    def __init__(self, data=None, files=None, *, user, **kwargs):
        super().__init__(data, files, **kwargs)
        self.fields["replaces"].queryset = visible(user).filter(status=BatchStatus.COMMITTED)

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if not file or "format" not in cleaned:
            return cleaned
        try:
            if cleaned["format"] == RECOGNISE:
                cleaned["format"] = formats.recognised(file.temporary_file_path()) or TABLE
            if cleaned["format"] == TABLE:
                reading_table.beginning(file.temporary_file_path())
        except tables.Refused as refused:
            self.add_error("file", refused.problem.sentence)
        return cleaned


class NameForm(DeskForm):
    """Whom one name means; `near` are the entries that are suggested for it, as (uid, name, hint)."""

    means = forms.ChoiceField(label=_("Means"), required=False)
    other = forms.CharField(
        label=_("Another entry"), max_length=200, required=False, help_text=_("Its number, or its exact name.")
    )
    kind = forms.ChoiceField(label=_("Kind of the new actor"), choices=[NOT_CHOSEN, *listed(ActorKind)], required=False)
    side = forms.ChoiceField(label=_("Side of the new actor"), choices=[NOT_CHOSEN, *listed(Side)], required=False)

    def __init__(self, *args, name, near=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["means"].choices = self._options(near)
        if name.kind != NameKind.ACTOR:
            del self.fields["kind"], self.fields["side"]

    @property
    def of_new(self):
        """The fields that only a new entry needs."""
        return [self[name] for name in ("kind", "side") if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("other"):
            found = naming.entries_called(self.name, cleaned["other"])
            if len(found) != 1:
                said = gettext("No entry of this name is in the register; add it there first.")
                self.add_error("other", gettext("Several entries go by this name; give the number.") if found else said)
            else:
                cleaned["means"] = found[0].uid
        if cleaned.get("means") == naming.NEW:
            for field, sentence in _OF_NEW.items():
                if field in self.fields and field not in self.errors and not cleaned.get(field):
                    self.add_error(field, str(sentence))
        if cleaned.get("means") and self.name.decided_at:
            said = gettext("%(person)s has decided about this name meanwhile; leave it out.")
            self.add_error(None, said % {"person": self.name.decided_by})
        return cleaned

    def _options(self, near):
        """What is suggested now, and what was when the page was opened, if that is still in the register."""
        options = naming.options(self.name, near)
        sent = self.data.get(self.add_prefix("means"), "") if self.is_bound else ""
        if uids.parse(sent) and sent not in dict(options):
            options += [(row.uid, row.name) for row in naming.entries_called(self.name, sent) if row.uid == sent]
        return options


_OF_NEW = {
    "kind": _("Say what kind of actor it is; a new actor needs one."),
    "side": _("Say on which side it stands; a new actor needs one."),
}
