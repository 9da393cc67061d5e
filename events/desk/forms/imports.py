"""Input for imports: the file and how it is read, and whom its names mean."""

import json

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import BatchStatus
from events.desk.forms.manners import DeskForm
from events.desk.importing import formats, naming
from events.desk.importing.rights import visible
from events.exchange import tables
from events.models.batch import ImportBatch

RECOGNISE = "recognise"


class UploadForm(DeskForm):
    file = forms.FileField(label=_("File"), help_text=_("CSV, Excel (.xlsx) or JSON lines."))
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (RECOGNISE, _("Recognise by the columns")),
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
    name = forms.CharField(
        label=_("Name of the table"), max_length=50, required=False, help_text=_("Only for another table.")
    )
    layout = forms.CharField(
        label=_("Layout of the table"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text=_(
            "JSON with “columns”: field of the ledger → column of the file, and “kinds”: word of the file → kind. Left "
            "empty, the layout of the last table of that name is used again."
        ),
    )
    licence = forms.CharField(label=_("Licence of the table"), max_length=120, required=False)
    is_redistributable = forms.BooleanField(label=_("Its rows may be passed on"), required=False)

    def __init__(self, data=None, files=None, *, user, **kwargs):
        super().__init__(data, files, **kwargs)
        self.fields["layout"].widget.attrs["rows"] = 4
        self.fields["replaces"].queryset = visible(user).filter(status=BatchStatus.COMMITTED)

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if not file or "format" not in cleaned:
            return cleaned
        if cleaned["format"] == RECOGNISE:
            self._recognise(file)
        if cleaned.get("format") == "table":
            self._read_layout()
        return cleaned

    def _recognise(self, file):
        try:
            found = formats.recognised(file.temporary_file_path())
        except tables.Refused as refused:
            self.add_error("file", refused.problem.sentence)
            return
        self.cleaned_data["format"] = found
        if not found:
            self.add_error("format", gettext("The columns are those of no known format; choose one."))

    def _read_layout(self):
        given = self.cleaned_data
        if not given.get("layout") and (last := formats.last_layout(given.get("name", ""))):
            reading = dict(last)
        else:
            try:
                reading = json.loads(given.get("layout") or "{}")
            except ValueError as error:
                self.add_error("layout", gettext("This is no JSON: %(error)s.") % {"error": error})
                return
        if isinstance(reading, dict):
            about = {name: given[name] for name in ("name", "licence", "is_redistributable")}
            reading |= {name: value for name, value in about.items() if value or name not in reading}
        for sentence in formats.problems_of(reading):
            self.add_error("layout", sentence)
        given["reading"] = reading


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
