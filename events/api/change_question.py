"""What the changes of the record can be asked: from which place on, how many at once, and how long to wait for one."""

from django import forms
from django.core.exceptions import ValidationError

from events.api import questions, waiting
from events.api.questions import LARGEST, LONGEST_NUMBER, USUAL
from events.record import parameters, sequence


class SequenceField(forms.CharField):
    """A place in the sequence of the record: a whole number from 0, which is before the first; 0 when it is not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
            raise ValidationError(
                f"{parameters.quoted(text)} is not a place in the sequence; use 0 to begin with, then the since of the "
                "last answer."
            )
        return int(text or 0)


class WaitField(forms.CharField):
    """A whole number of seconds from 0 to the longest wait; 0 when it is not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
        if text and not (is_number and int(text) <= waiting.LONGEST):
            raise ValidationError(
                f"{parameters.quoted(text)} is no time to wait; use a whole number of seconds from 0 to {waiting.LONGEST}."
            )
        return int(text or 0)


class ChangeQuestion(questions.Question):
    since = SequenceField(required=False, help_text="Everything after this place in the sequence; 0 unless given.")
    limit = questions.SizeField(required=False, help_text=f"Changes per page, 1 to {LARGEST}; {USUAL} unless given.")
    wait = WaitField(
        required=False,
        help_text=f"Seconds, up to {waiting.LONGEST}, for which an answer without results is held back; 0 unless given.",
    )

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since and since > (last := sequence.latest()):
            raise ValidationError(
                f"{since} lies beyond the last edition of this record, {last}; use a number from 0 to {last}. If it "
                "came from an answer of this record, begin again with 0."
            )
        return since

    @property
    def size(self):
        return self.cleaned_data["limit"] or USUAL

    @property
    def seconds(self):
        return self.cleaned_data["wait"]
