"""A text box that must come to one row of a register: any spelling, and never a silent pick among several."""

import difflib
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from events import names
from events.choices import ActorKind, LocationLevel, SourceKind
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Source

SHOWN = 12


@dataclass(frozen=True)
class Typed:
    """What the browser sent: the text, the option chosen for it, and the text for which the options were shown."""

    text: str = ""
    pick: str = ""
    asked: str = ""

    @property
    def settled_pick(self):
        """The option chosen, if it was chosen for this very text."""
        return self.pick if self.pick and names.fold(self.asked) == names.fold(self.text) else ""


@dataclass(frozen=True)
class Unlisted:
    """The person chose not to take a row: "new" makes one of the text, "words" keeps the text as it stands."""

    how: str
    text: str


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str
    is_chosen: bool


class NamedInput(forms.TextInput):
    """The text box; the options beside it are drawn by the field template."""

    def value_from_datadict(self, data, files, name):
        # Cleaned here, because no field of its own stands between these and the database.
        pick, asked = (names.clean(data.get(f"{name}-{part}", "")) for part in ("pick", "asked"))
        return Typed(data.get(name, ""), pick, asked)

    def format_value(self, value):
        return _typed(value).text

    def sent(self, name, value):
        value = _typed(value)
        return {name: value.text, f"{name}-pick": value.pick, f"{name}-asked": value.asked}


class NamedBoundField(BoundField):
    """What the field template needs beyond the text box."""

    is_named = True

    @property
    def typed(self):
        return _typed(self.value())

    @property
    def pick(self):
        return self.typed.settled_pick

    @cached_property
    def options(self):
        """List of Option to choose from: empty as long as the text speaks for itself."""
        text = names.clean(self.typed.text)
        if not self.form.is_bound or not text:
            return []
        found = self.field.find(text)
        if len(found) == 1 and self.pick in ("", found[0].uid):
            return []
        rows = found or self.field.near(text)
        options = [Option(row.uid, str(row), self.field.describe(row), self.pick == row.uid) for row in rows[:SHOWN]]
        return options + [
            Option(how, words.format(text), "", self.pick == how) for how, words in self.field.otherwise.items()
        ]

    @property
    def taken(self):
        """The row that the text came to, in words, once it did."""
        row = self.form.cleaned_data.get(self.name) if self.form.is_bound and not self.errors else self.initial
        return f"{row}: {self.field.describe(row)}" if hasattr(row, "uid") else ""


class NamedField(forms.Field):
    """Cleans to a row, to None when empty, or to Unlisted where `otherwise` offers that.

    `otherwise` maps "new" or "words" to the sentence of that option, with {} for the text.
    """

    widget = NamedInput
    bound_field_class = NamedBoundField
    thing = "row"

    def __init__(self, *, otherwise=None, **kwargs):
        self.otherwise = otherwise or {}
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value):
        value = _typed(value)
        text = names.clean(value.text)
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if len(text) > 200:
            raise ValidationError(f"A name has at most 200 characters; this one has {len(text)}.")
        if pick := value.settled_pick:
            if pick in self.otherwise:
                return Unlisted(pick, text)
            if row := self.rows().filter(uid=pick[:8]).first():
                return row
        return self._only(text, self.find(text))

    def has_changed(self, initial, data):
        return _typed(initial).text != _typed(data).text

    def _only(self, text, found):
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(f"“{text}” names {len(found)} {self.thing}s. Choose which one is meant.", "ambiguous")
        remedy = "Choose one of those offered, or try another spelling."
        if "new" not in self.otherwise:
            remedy += f" A new {self.thing} is added in the register first."
        raise ValidationError(f"No {self.thing} goes by “{text}”. {remedy}", "unmatched")

    def find(self, text):
        return list(self.rows().named(text)[:50])

    def near(self, text):
        """Rows whose name or alias holds the text or is spelt much like it."""
        folded = names.fold(text)
        if not folded:
            return []
        alias = self.model.aliases.rel
        owner = alias.field.attname
        aliases = alias.related_model.objects
        holding = self.rows().filter(
            Q(folded__contains=folded) | Q(pk__in=aliases.filter(folded__contains=folded).values(owner))
        )
        if found := list(holding[:SHOWN]):
            return found
        alike = self.rows().filter(folded__startswith=folded[0]).values_list("folded", "pk")
        alike = dict(alike) | dict(aliases.filter(folded__startswith=folded[0]).values_list("folded", owner))
        close = [alike[name] for name in difflib.get_close_matches(folded, alike, n=6, cutoff=0.7)]
        return list(self.rows().filter(pk__in=close))


class LocationField(NamedField):
    model, thing = Location, "place"

    def rows(self):
        return Location.objects.current().with_ancestors()

    def describe(self, row):
        words = [LocationLevel.label_of(row.level), row.within]
        return ", ".join(word for word in words if word)


class ActorField(NamedField):
    model, thing = Actor, "actor"

    def rows(self):
        return Actor.objects.current()

    def describe(self, row):
        words = [ActorKind.label_of(row.kind), row.short_name, row.home_country]
        return ", ".join(word for word in words if word)


class SourceField(NamedField):
    model, thing = Source, "source"

    def rows(self):
        return Source.objects.filter(merged_into__isnull=True)

    def find(self, text):
        return list(self.rows().filter(folded=names.fold(text))[:50])

    def near(self, text):
        return list(self.rows().filter(folded__contains=names.fold(text))[:SHOWN])

    def describe(self, row):
        words = [SourceKind.label_of(row.kind), row.domain]
        return ", ".join(word for word in words if word)


def _typed(value):
    """A Typed of whatever the form holds: sent data, a row as initial, a plain text or nothing."""
    if isinstance(value, Typed):
        return value
    if hasattr(value, "uid"):
        return Typed(str(value), value.uid, str(value))
    return Typed(str(value or ""))
