"""What each list of the API can be asked: its parameters, read as strictly as those of the pages."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError

from events import uids
from events.api import members
from events.api.errors import refused
from events.choices import (
    ActorKind,
    Aspect,
    EditionKind,
    LocationLevel,
    RelationType,
    Reliability,
    Side,
    SourceKind,
    Stance,
)
from events.models.edition import Subject
from events.record import choosing, named, parameters, past, registers, ties
from events.record.filters import PublishedIncidentFilter
from events.record.selection import Selection

LARGEST, USUAL = 500, 50  # rows of a page
COUNTED = 10_000  # rows at which an estimate stops counting
LONGEST_NUMBER = past.LONGEST_NUMBER
DAYS = (("newest", "newest first"), ("oldest", "oldest first"))
DAYS_HELP = "Latest day first (newest, the usual) or earliest day first (oldest)"
_WRONG = "The question was refused; see the errors. No rows are given, so that nobody takes a wider answer for theirs."


class SizeField(forms.CharField):
    """A whole number from 1 to 500; None when it is not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= LARGEST:
            raise ValidationError(f"{parameters.quoted(text)} is not a size; use a whole number from 1 to {LARGEST}.")
        return int(text)


class UidField(forms.CharField):
    """The stored form of a uid in any spelling."""

    def clean(self, value):
        text = super().clean(value).strip()
        if text and uids.parse(text) is None:
            raise ValidationError(f"{parameters.quoted(text)} is not a uid; write it as 7K3M-9QX2.")
        return uids.parse(text) if text else None


class MomentField(forms.CharField):
    """A moment with its offset, or a day, which begins at midnight UTC; cleaned to a datetime in UTC, None if not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            if not past.MOMENT.fullmatch(text):
                raise ValueError
            moment = datetime.fromisoformat(text.upper())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                f"{parameters.quoted(text)} is no moment; write 2024-03-18T12:00:00Z, or 2024-03-18 for a day in UTC. "
                "In an address the + of an offset is written %2B."
            ) from error


class OrderField(parameters.CodeField):
    """One of the orders of a list; the first is the usual one."""

    def __init__(self, *, words, help_text):
        super().__init__(required=False, words=words, noun="an order", help_text=help_text)


class Question(forms.Form):
    """The parameters of a list, read strictly."""

    @classmethod
    def read(cls, query):
        """The form of a QueryDict; raises Problem 400 naming every parameter that is wrong."""
        form = cls(query)
        repeatable = [name for name, field in cls.base_fields.items() if isinstance(field, parameters.CodesField)]
        errors = parameters.problems(
            query, single=[name for name in cls.base_fields if name not in repeatable], repeatable=repeatable
        )
        if errors := form.merged_with(errors):
            raise refused(errors, _WRONG)
        return form

    def merged_with(self, errors):
        own = {
            name: [f"{name}: {sentence}" for sentence in sentences]
            for name, sentences in self.errors.items()
            if name not in errors
        }
        return {**own, **errors}


class Paging(Question):
    """What every list takes."""

    cursor = forms.CharField(required=False, help_text="A place in the list, from next or previous of an answer.")
    page_size = SizeField(required=False, help_text=f"Rows per page, 1 to {LARGEST}; {USUAL} unless given.")
    count = parameters.CodeField(
        required=False,
        words=[("exact", "all rows"), ("estimate", f"up to {COUNTED:,}"), ("none", "not at all")],
        noun="a way to count",
        help_text=f"exact (the usual); estimate stops at {COUNTED:,}, quickly; none gives null. count_is says which.",
    )

    @property
    def size(self):
        return self.cleaned_data["page_size"] or USUAL

    @property
    def is_oldest_first(self):
        return self.cleaned_data.get("order") == "oldest"

    @property
    def asked(self):
        """Parameter → value, without the paging."""
        return {name: value for name, value in self.cleaned_data.items() if name not in Paging.base_fields}

    @property
    def normalised(self):
        """Parameter → what was understood, without the paging."""
        return {
            name: self.data.get(name).strip() if name == "q" else _plain(value)
            for name, value in self.asked.items()
            if value not in (None, "", [])
        }


class IncidentQuestion(past.PastForm, Paging):
    """What the list of incidents takes beside the filters of the pages."""

    updated_since = MomentField(
        required=False,
        help_text="Published anew since: RFC 3339, such as 2024-03-18T12:00:00Z, or a day, which begins at midnight UTC.",
    )
    order = OrderField(
        words=[*DAYS, ("updated", "latest edition first")],
        help_text=f"{DAYS_HELP}; or most recently published first (updated).",
    )

    fields = members.ListField(
        words=members.paths(),
        noun="a member of the document",
        help_text="Only these members of each document, joined by commas, such as title,date.start,headline.casualties; "
        "uid always comes along. Not for files.",
    )
    include = members.ListField(
        words=members.INCLUDED,
        noun="something to include",
        help_text="More about each incident, joined by commas, in its member “included”: "
        + "; ".join(f"{name}: {meaning}" for name, meaning in members.INCLUDED.items())
        + ". Not for files.",
    )

    def among(self, chosen):
        """Those of the chosen incidents that were published since."""
        since = self.cleaned_data["updated_since"]
        return chosen.filter(published_at__gte=since) if since else chosen

    @property
    def is_by_update(self):
        return self.cleaned_data["order"] == "updated"

    @property
    def normalised(self):
        return super().normalised | self.shelf.named


def incidents(query):
    """(Selection, IncidentQuestion): the filters of the pages, and what the API takes beside them."""
    asked = IncidentQuestion(query)
    selection = Selection.parse(query, extra=tuple(IncidentQuestion.base_fields), shelf=asked.shelf)
    if errors := asked.merged_with(selection.errors):
        raise refused(errors, _WRONG)
    return selection, asked


class StatisticsQuestion(past.PastForm, Question):
    """What the statistics take beside the filters of the pages."""


def selection(query):
    """(Selection, StatisticsQuestion), for what is one answer without further pages."""
    asked = StatisticsQuestion(query)
    chosen = Selection.parse(query, extra=tuple(StatisticsQuestion.base_fields), shelf=asked.shelf.counting())
    if errors := asked.merged_with(chosen.errors):
        raise refused(errors, _WRONG)
    return chosen, asked


class ClaimQuestion(Paging):
    order = OrderField(words=DAYS, help_text=f"{DAYS_HELP}.")
    incident = UidField(required=False, help_text="The uid of an incident.")
    aspect = parameters.CodesField(
        required=False, words=Aspect.pairs(), noun="an aspect", help_text="What the claim is about."
    )
    stance = parameters.CodeField(
        required=False, words=Stance.pairs(), noun="a stance", help_text="asserts, denies or doubts."
    )
    claimant = named.ActorField(required=False, help_text="Who says it: slug, uid or any name of an actor.")
    source = named.SourceField(required=False, help_text="Documented by this source: slug, uid or name.")
    date_from = parameters.DayField(required=False, help_text="First day by which claims are ordered.")
    date_to = parameters.DayField(required=False, help_text="Last day by which claims are ordered.")

    def clean(self):
        start, end = self.cleaned_data.get("date_from"), self.cleaned_data.get("date_to")
        if start and end and start > end:
            self.add_error("date_to", f"{end} lies before date_from, {start}; swap the two or drop one.")

    def rows(self):
        return choosing.claims(**{name: value for name, value in self.asked.items() if name != "order"})


class EditionQuestion(Paging):
    subject = parameters.CodeField(
        required=False,
        words=Subject.choices,
        noun="a subject",
        help_text="incident, relation, actor, location or source.",
    )
    uid = UidField(required=False, help_text="The uid of the incident, relation, actor, place or source.")
    kind = parameters.CodeField(
        required=False, words=EditionKind.pairs(), noun="a kind of edition", help_text="published, withdrawn or merged."
    )
    order = OrderField(words=DAYS, help_text="newest (the usual) or oldest first.")

    def rows(self):
        asked = self.asked
        return choosing.editions(subject=asked["subject"], uid=asked["uid"], kind=asked["kind"])


class RegisterQuestion(Paging):
    q = parameters.WordsField(required=False, help_text="Words that must all occur in one of its names.")
    between = ()  # parameters that are no columns

    def chosen(self, known):
        """Those of the known entries that fit."""
        columns = {name: value for name, value in self.asked.items() if name not in self.between}
        return choosing.entries(known, words=columns.pop("q"), **columns)


class ActorQuestion(RegisterQuestion):
    relation = parameters.CodesField(
        required=False,
        words=RelationType.pairs(),
        noun="a type of relation",
        help_text="Stands in such a relation that is held.",
    )
    related_to = named.ActorField(
        required=False, help_text="Stands in a relation to this actor: slug, uid or any name."
    )
    at = parameters.DayField(
        required=False, help_text="Stands in a relation that holds on this day; an end that nobody dates is open."
    )
    between = ("relation", "related_to", "at")
    kind = parameters.CodesField(required=False, words=ActorKind.pairs(), noun="a kind of actor", help_text="")
    side = parameters.CodesField(
        required=False, words=Side.pairs(), noun="a side", help_text="The side on which the actor stands."
    )

    def rows(self):
        found = registers.actors()
        type, to, at = (self.asked[name] for name in ("relation", "related_to", "at"))
        return self.chosen(ties.related(found, type=type, to=to, at=at) if type or to or at else found)


class LocationQuestion(RegisterQuestion):
    level = parameters.CodesField(required=False, words=LocationLevel.pairs(), noun="a level", help_text="")
    country = named.PlaceField(
        required=False, level=LocationLevel.COUNTRY.value, help_text="Within it: slug, uid, ISO 3166 code or name."
    )
    province = named.PlaceField(
        required=False, level=LocationLevel.PROVINCE.value, help_text="Within it: slug, uid, ISO 3166-2 code or name."
    )

    def rows(self):
        return self.chosen(registers.locations())


class SourceQuestion(RegisterQuestion):
    kind = parameters.CodesField(required=False, words=SourceKind.pairs(), noun="a kind of source", help_text="")
    reliability = parameters.CodesField(
        required=False, words=Reliability.pairs(), noun="a grade", help_text="A to F; F means not judged."
    )

    def rows(self):
        return self.chosen(registers.sources())


def none(query):
    """Addresses of one thing take no parameters; a stray one is refused instead of being overlooked."""
    if errors := parameters.problems(query):
        raise refused(errors, "This address takes no parameters.")


def definitions(question):
    """List of (name, form field, is it repeatable) of a list, for its documentation; also of `incidents` and `selection`."""
    fields = _SELECTING[question]() if question in _SELECTING else question.base_fields
    return [(name, field, isinstance(field, parameters.CodesField)) for name, field in fields.items()]


def _selection_fields():
    return {name: one.field for name, one in PublishedIncidentFilter.base_filters.items()}


_SELECTING = {
    selection: lambda: _selection_fields() | StatisticsQuestion.base_fields,
    incidents: lambda: _selection_fields() | IncidentQuestion.base_fields,
}


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value if isinstance(value, list) else getattr(value, "slug", str(value))
