"""Input for imports: the file, and whom its names mean."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import BatchStatus
from events.desk.forms.manners import DeskForm
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
            (RECOGNISE, _("Recognise by the columns; of any other table you say next what they are")),
            *((code, one.name) for code, one in formats.FORMATS.items()),
        ],
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
    """Whom one name means."""

    means = forms.ChoiceField(label=_("Means"), required=False)
    other = forms.CharField(
        label=_("Another entry"), max_length=200, required=False, help_text=_("Its number, or its exact name.")
    )

    def __init__(self, *args, name, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["means"].choices = naming.options(name)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("other"):
            found = naming.entries_called(self.name, cleaned["other"])
            if len(found) != 1:
                said = gettext("No entry of this name is in the register; add it there first.")
                self.add_error("other", gettext("Several entries go by this name; give the number.") if found else said)
            else:
                cleaned["means"] = found[0].uid
        return cleaned
