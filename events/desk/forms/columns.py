"""Input for anybody's table: what each of its columns is, which kind its words mean, how its days are written."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from events.desk.forms.incident import KINDS
from events.desk.forms.manners import DeskForm, typed
from events.desk.importing import mapping
from events.exchange import guessing_table, reading_table

SHOWN = 3  # values of a column
_WIDEST = 60  # characters of one
IGNORED = ""
_BOUNDS = (
    ("", "%(toll)s"),
    ("_low", _("%(toll)s, lowest")),
    ("_best", _("%(toll)s, best")),
    ("_high", _("%(toll)s, highest")),
)
TOLLS = (
    ("killed", _("Killed")),
    ("killed_civilian", _("Civilians killed")),
    ("killed_security_forces", _("Security forces killed")),
    ("killed_militant", _("Militants killed")),
    ("injured", _("Injured")),
)
GROUPS = (
    (
        _("The incident"),
        (
            ("title", _("Title")),
            ("summary", _("Summary")),
            ("kind", _("Kind")),
            ("external_id", _("Number of the row in this table")),
            ("uid", _("Number in this ledger")),
        ),
    ),
    (
        _("When"),
        (
            ("date", _("Day, or the first day")),
            ("date_end", _("Last day")),
            ("date_precision", _("How exactly the day is known (code)")),
            ("time_local", _("Time of day")),
            ("time_zone", _("Time zone")),
        ),
    ),
    (
        _("Where"),
        (
            ("country", _("Country")),
            ("province", _("Province")),
            ("district", _("District")),
            ("settlement", _("Town, village or site")),
            ("location", _("Place as this ledger's addresses name it")),
            ("latitude", _("Latitude")),
            ("longitude", _("Longitude")),
            ("location_precision", _("How exactly the place is known (code)")),
        ),
    ),
    (
        _("Who"),
        (
            ("perpetrator", _("Perpetrators, with “;” between them")),
            ("target", _("Targets, with “;” between them")),
            ("claimant", _("Who says so")),
        ),
    ),
    (_("How many"), TOLLS),
    (
        _("Source"),
        (
            ("source", _("Publisher")),
            ("source_title", _("Title of the publication")),
            ("source_url", _("Address of the publication")),
            ("source_date", _("Day of the publication")),
            ("excerpt", _("Words that are quoted")),
        ),
    ),
)
DAY_FIRST, MONTH_FIRST = "day", "month"


def choices():
    """[(group, [(field, words)])] of what a column may be, in the language of the page."""
    listed = [(gettext("Not used"), [(IGNORED, gettext("Leave this column out"))])]
    for group, fields in GROUPS:
        pairs = _tolls() if fields is TOLLS else [(name, str(label)) for name, label in fields]
        listed.append((str(group), pairs))
    return listed


def labels():
    """field → words."""
    return {name: label for _group, pairs in choices() for name, label in pairs}


def _tolls():
    return [(f"{name}{suffix}", str(words) % {"toll": label}) for name, label in TOLLS for suffix, words in _BOUNDS]


class ColumnsForm(DeskForm):
    """`begun` is the Beginning of the file; `words_of` gives ([(word, number of rows)], whether there are more) of a column.

    `unasked` are (place, word, code) of words of another column that was the kind before: they wait for it to be it again.

    `reading` is how a table was read before, or what is suggested. After `is_valid`, the attribute `reading` is what an
    import keeps. `layout` is there for a preview as soon as the columns fit, even where something else is missing.
    """

    name = forms.CharField(
        label=_("Name of the table"),
        max_length=50,
        help_text=_("The next file of this name is a newer one of the same data set, and is read the same way."),
    )
    licence = forms.CharField(label=_("Licence of the table"), max_length=120, required=False)
    is_redistributable = forms.BooleanField(label=_("Its rows may be passed on"), required=False)
    order = forms.ChoiceField(
        label=_("Days such as 03/04/2024"),
        choices=[(DAY_FIRST, _("Day first: 3 April 2024")), (MONTH_FIRST, _("Month first: 4 March 2024"))],
        help_text=_("2024-04-03 and 3 April 2024 are read either way."),
    )
    other_kind = forms.ChoiceField(
        label=_("Kind of all other rows"),
        choices=KINDS,
        required=False,
        help_text=_("Of those that say none, or a word that is matched to none. Without it such rows are refused."),
    )

    def __init__(self, data=None, *, begun, words_of, by, reading=None, **kwargs):
        reading = reading or {}
        self.begun, self.by, self.layout, self.reading = begun, by, None, None
        self.columns = [column for column in begun.columns if column]
        self.said = said = self._said(data, reading)  # field → column, as far as it is said
        self.words, self.has_more_words = words_of(said["kind"]) if "kind" in said else ([], False)
        codes = _codes(data, reading)
        unasked = [] if data is None else [word for word in codes if word not in dict(self.words)]
        self.unasked = [(len(self.words) + n, word, codes[word]) for n, word in enumerate(unasked)]
        kinds = {f"kind-{n}": codes.get(word, guessing_table.kind(word)) for n, (word, _rows) in enumerate(self.words)}
        if data is not None:
            data = data.copy()
            data.update(kinds)
        of_column = {column: field for field, column in said.items()}
        initial = {
            name: reading[name] for name in ("name", "licence", "is_redistributable", "other_kind") if name in reading
        }
        initial["order"] = MONTH_FIRST if reading.get("is_american") else DAY_FIRST
        initial |= {f"column-{n}": of_column.get(column, IGNORED) for n, column in enumerate(self.columns)} | kinds
        self.base_fields = self.base_fields | self._column_fields() | self._kind_fields()
        super().__init__(data, initial=initial, **kwargs)

    @property
    def of_columns(self):
        return [self[f"column-{n}"] for n in range(len(self.columns))]

    @property
    def of_words(self):
        """[(name of a hidden input, the word, the field for its kind)]."""
        return [(f"word-{n}", word, self[f"kind-{n}"]) for n, (word, _rows) in enumerate(self.words)]

    def as_sent(self):
        """What a browser would send of the form as it stands."""
        sent = typed(self) | {name: word for name, word, _field in self.of_words}
        sent |= {f"word-{n}": word for n, word, _code in self.unasked} | {
            f"kind-{n}": code for n, _, code in self.unasked
        }
        made = QueryDict(mutable=True)
        made.update(sent)
        return made

    def clean(self):
        cleaned = super().clean()
        columns, is_clear = self._columns(cleaned)
        kinds = {word: cleaned.get(f"kind-{n}", "") for n, (word, _rows) in enumerate(self.words)}
        layout = reading_table.Layout(
            columns=columns,
            kinds={word: code for word, code in kinds.items() if code},
            is_american=cleaned.get("order") == MONTH_FIRST,
            other_kind=cleaned.get("other_kind") or "",
        )
        for field, sentence in reading_table.problems(layout, self.begun.columns):
            is_clear = False
            self.add_error(None, str(_LACKING.get(field, sentence)))
        if is_clear:
            self.layout = layout
            self.reading = self._reading(cleaned, kinds)
        return cleaned

    def _columns(self, cleaned):
        """(field → column, whether no field is said of two columns)."""
        found, is_clear, words = {}, True, labels()
        for n, column in enumerate(self.columns):
            field = cleaned.get(f"column-{n}", IGNORED)
            if field in found:
                said = gettext("“%(field)s” is said of the column “%(column)s” already; leave one of them out.")
                self.add_error(f"column-{n}", said % {"field": words[field], "column": found[field]})
                is_clear = False
            elif field:
                found[field] = column
        if "title" not in found and "summary" in found:
            found["title"] = found["summary"]
        return found, is_clear

    def _reading(self, cleaned, kinds):
        before = mapping.kinds_of(cleaned.get("name", ""), self.by)
        return {
            "name": cleaned.get("name", ""),
            "licence": cleaned.get("licence", ""),
            "is_redistributable": bool(cleaned.get("is_redistributable")),
            "columns": self.layout.columns,
            "kinds": {word: code for word, code in (before | kinds).items() if code},
            "is_american": self.layout.is_american,
            "other_kind": self.layout.other_kind,
            "heading": mapping.heading_of(self.begun.columns),
        }

    def _said(self, data, reading):
        """field → column, as it was sent or is suggested."""
        if data is None:
            return reading.get("columns") or {}
        sent = {data.get(f"column-{n}", IGNORED): column for n, column in reversed(list(enumerate(self.columns)))}
        return {field: column for field, column in sent.items() if field}

    def _column_fields(self):
        listed = choices()
        return {
            f"column-{n}": forms.ChoiceField(
                label=column, choices=listed, required=False, help_text=_first_values(self.begun.values(column))
            )
            for n, column in enumerate(self.columns)
        }

    def _kind_fields(self):
        said = ngettext_lazy("%(n)d row", "%(n)d rows", "n")
        return {
            f"kind-{n}": forms.ChoiceField(label=word, choices=KINDS, required=False, help_text=said % {"n": rows})
            for n, (word, rows) in enumerate(self.words)
        }


_LACKING = {
    "title": _("No column is the title, and none is the summary that could stand for it; say which one is."),
    "kind": _("No column is the kind; say which one is, or choose one kind for all rows."),
    "date": _("No column is the day; say which one is."),
}


def _codes(data, reading):
    """word → code of what was chosen for it, as it was sent or as a table was read before."""
    if data is None:
        return reading.get("kinds") or {}
    places = [name.removeprefix("word-") for name in data if name.startswith("word-")]
    return {data[f"word-{place}"]: data.get(f"kind-{place}", "") for place in places}


def _first_values(values):
    shown = [value if len(value) <= _WIDEST else f"{value[: _WIDEST - 1]}…" for value in dict.fromkeys(values)]
    return " · ".join(shown[:SHOWN]) if shown else gettext("Empty in the first rows.")
