"""A text box that must come to one row of a register: any spelling, and never a silent pick among several."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import ActorKind, LocationLevel, SourceKind
from events.desk import lookup
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Source

SHOWN = 12
TOO_LONG = _("A name has at most %(most)d characters; this one has %(count)d.")


@dataclass(frozen=True)
class Typed:
    """What the browser sent: the text, the option chosen for it, and the text for which the options were shown."""

    text: str = ""
    pick: str = ""
    asked: str = ""
    despite: bool = False  # an entry of nearly the same name is known, and this is another one all the same

    @property
    def settled_pick(self):
        """The option chosen, if it was chosen for this very text."""
        return self.pick if self.pick and names.fold(self.asked) == names.fold(self.text) else ""


@dataclass(frozen=True)
class Unlisted:
    """The person chose not to take a row: "new" makes one of the text, "words" keeps the text as it stands."""

    how: str
    text: str
    despite: bool = False


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str
    is_chosen: bool


class NamedInput(forms.TextInput):
    """The text box; the options beside it are drawn by the field template."""

    def __init__(self, attrs=None):
        super().__init__({"dir": "auto", "autocomplete": "off"} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        # Cleaned here, because no field of its own stands between these and the database.
        pick, asked = (names.clean(data.get(f"{name}-{part}", "")) for part in ("pick", "asked"))
        return Typed(data.get(name, ""), pick, asked, bool(data.get(f"{name}-despite")))

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
        near = [Option(row.uid, str(row), self.field.describe(row), self.pick == row.uid) for row in found[:SHOWN]]
        near = near or [
            Option(one.uid, one.name, one.hint, self.pick == one.uid)
            for one in (self.doubles or self.field.near(text))[:SHOWN]
        ]
        return near + [
            Option(how, words.format(text), "", self.pick == how) for how, words in self.field.otherwise.items()
        ]

    @property
    def page(self):
        """The name of the register in the desk's addresses."""
        return lookup.REGISTERS[self.field.kind].page

    @cached_property
    def doubles(self):
        """List of Found that go by nearly the name which is about to be added."""
        is_new = self.form.is_bound and self.pick == "new"
        return lookup.nearly_one(self.field.kind, self.typed.text) if is_new else []

    @property
    def taken(self):
        """The row that the text came to, in words, once it did."""
        row = self.form.cleaned_data.get(self.name) if self.form.is_bound and not self.errors else self.initial
        return f"{row}: {self.field.describe(row)}" if hasattr(row, "uid") else ""

    @property
    def new_prefix(self):
        """The prefix of the questions about an entry that is added on the way; "" where they stand beside the field."""
        return f"{self.html_name}_new" if "new" in self.field.otherwise and self.field.asks_about_new else ""


class NamedField(forms.Field):
    """Cleans to a row, to None when empty, or to Unlisted where `otherwise` offers that.

    `otherwise` maps "new" or "words" to the sentence of that option, with {} for the text.
    """

    widget = NamedInput
    bound_field_class = NamedBoundField
    thing = "row"
    kind = ""  # as `lookup` names the register
    several = unmatched = added_first = ""  # what is said of a name that several rows bear, or none
    has_preview = False
    asks_about_new = True  # the questions about a new entry are a form of their own beside the field

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
        if len(text) > lookup.LONGEST:
            raise ValidationError(TOO_LONG % {"most": lookup.LONGEST, "count": len(text)})
        if pick := value.settled_pick:
            if pick in self.otherwise:
                return Unlisted(pick, text, value.despite)
            if row := self.rows().filter(uid=pick[:8]).first():
                return row
        return self._only(text, self.find(text))

    def has_changed(self, initial, data):
        return _typed(initial).text != _typed(data).text

    def _only(self, text, found):
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(self.several % {"text": text, "count": len(found)}, "ambiguous")
        unmatched = self.unmatched % {"text": text}
        raise ValidationError(unmatched if "new" in self.otherwise else f"{unmatched} {self.added_first}", "unmatched")

    def find(self, text):
        """Rows that go by this name in any spelling, or but for spaces where none does, coarse and large ones first."""
        uids = [one.uid for one in lookup.named_exactly(self.kind, text)]
        rows = {row.uid: row for row in self.rows().filter(uid__in=uids)} if uids else {}
        return [rows[uid] for uid in uids if uid in rows]

    def near(self, text):
        """List of Found: entries with a name that holds the text or is spelt much like it."""
        return lookup.look_up(self.kind, text)


class LocationField(NamedField):
    thing, kind, has_preview = "place", "places", True
    several = ngettext_lazy(
        "“%(text)s” names %(count)d place. Choose which one is meant.",
        "“%(text)s” names %(count)d places. Choose which one is meant.",
        "count",
    )
    unmatched = _("No place goes by “%(text)s”. Choose one of those offered, or try another spelling.")
    added_first = _("A new place is added in the register first.")

    def rows(self):
        return Location.objects.current().with_ancestors()

    def describe(self, row):
        words = [gettext(LocationLevel.label_of(row.level)), row.within]
        return ", ".join(word for word in words if word)


class ActorField(NamedField):
    thing, kind = "actor", "actors"
    several = ngettext_lazy(
        "“%(text)s” names %(count)d actor. Choose which one is meant.",
        "“%(text)s” names %(count)d actors. Choose which one is meant.",
        "count",
    )
    unmatched = _("No actor goes by “%(text)s”. Choose one of those offered, or try another spelling.")
    added_first = _("A new actor is added in the register first.")

    def rows(self):
        return Actor.objects.current()

    def describe(self, row):
        words = [gettext(ActorKind.label_of(row.kind)), row.short_name, row.home_country]
        return ", ".join(word for word in words if word)


class SourceField(NamedField):
    thing, kind, asks_about_new = "source", "sources", False
    several = ngettext_lazy(
        "“%(text)s” names %(count)d source. Choose which one is meant.",
        "“%(text)s” names %(count)d sources. Choose which one is meant.",
        "count",
    )
    unmatched = _("No source goes by “%(text)s”. Choose one of those offered, or try another spelling.")
    added_first = _("A new source is added in the register first.")

    def rows(self):
        return Source.objects.filter(merged_into__isnull=True)

    def describe(self, row):
        words = [gettext(SourceKind.label_of(row.kind)), row.domain]
        return ", ".join(word for word in words if word)


def _typed(value):
    """A Typed of whatever the form holds: sent data, a row as initial, a plain text or nothing."""
    if isinstance(value, Typed):
        return value
    if hasattr(value, "uid"):
        return Typed(str(value), value.uid, str(value))
    return Typed(str(value or ""))
