"""The inputs that describe a document wherever it is entered: its address and the text that was captured of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events import names
from events.desk import addresses
from events.models.source import LONGEST_CAPTURE

KEPT = _(
    "Paste the article's text. It is kept as evidence with its SHA-256, never published and never changed later; "
    "only white space around it, control characters and invisible direction marks are taken out."
)


class AddressField(forms.URLField):
    """The address of a page. One that is typed without https:// gets it; the rest is as `addresses` says."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(max_length=addresses.LONGEST, assume_scheme="https", **kwargs)
        self.validators = [addresses.require]

    def to_python(self, value):
        # Checked as it was typed: what URLField makes of it would hide what was wrong.
        text = str(value or "").strip(addresses.AROUND)
        if ":" in text:
            addresses.require(text)
        return super().to_python(text)

    def widget_attrs(self, widget):
        return {}  # no maxlength: a browser would cut a longer address without a word


class CapturedTextField(forms.CharField):
    """The words of a document as they were found. What is too long is refused and kept on the page, never cut."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=LONGEST_CAPTURE,
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"data-captured-text": "", "spellcheck": "false"}),
            help_text=KEPT,
            error_messages={
                "max_length": _(
                    "The text has %(show_value)d characters; at most %(limit_value)d are kept. "
                    "Paste the part that is cited."
                )
            },
            **kwargs,
        )

    def to_python(self, value):
        # First, because the line ends that browsers send would count twice, and a NUL would be refused.
        return names.clean(super().to_python(value))

    def widget_attrs(self, widget):
        return {}  # no maxlength: a browser would cut the text without a word
