"""The part of a form that asks which document is meant: the address of a known one, or what a new one needs."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import DocumentKind, SourceKind
from events.desk import citing, registers
from events.desk.forms import dates
from events.desk.forms.document import AddressField, CapturedTextField
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import SourceField, Unlisted
from events.desk.forms.registers import NOT_CHOSEN, language_field


class DocumentPart(DeskForm):
    """`take_document` leaves the known document as `found` in the cleaned data, or None where a new one is described."""

    url = AddressField(
        label=_("Address"),
        help_text=_("Paste it: a document known at this address, and its publisher, are recognised."),
    )
    title = forms.CharField(label=_("Title of the document"), max_length=300, required=False)
    source = SourceField(
        label=_("Published by"),
        help_text=_("Empty if the address tells."),
        otherwise={"new": _("Add “{}” to the register as a new source")},
    )
    source_kind = forms.ChoiceField(
        label=_("Kind of source"),
        required=False,
        choices=[NOT_CHOSEN, *listed(SourceKind)],
        help_text=_("Only for a source that is not in the register."),
    )
    published_start = dates.first_day(_("Published on"))
    published_end = dates.last_day(_("Published, at the latest"))
    published_precision = dates.precision()
    language = language_field(_("Language of the document"))
    kind = forms.ChoiceField(
        label=_("Kind of document"), required=False, choices=listed(DocumentKind), initial=DocumentKind.ARTICLE.value
    )
    captured_text = CapturedTextField(label=_("Text of the document"))

    def take_document(self, cleaned):
        cleaned["found"] = citing.known_at(cleaned["url"]) if cleaned.get("url") else None
        if cleaned["found"] is None:
            self._take_new(cleaned)
        return cleaned

    def document_cited(self, *, by):
        """The document of the list or at the address, or the one that is added now together with its source."""
        given = self.cleaned_data
        if given["found"] is not None:
            return citing.with_text(given["found"], given["captured_text"], by=by)
        source, despite = given["source"], False
        if isinstance(source, Unlisted):
            source, despite = {"name": source.text, "kind": given["source_kind"]}, source.despite
        return citing.cited_document(
            by=by,
            source=source,
            despite=despite,
            published=given["published"],
            kind=given["kind"] or DocumentKind.ARTICLE.value,
            **{name: given[name] for name in ("url", "title", "language", "captured_text")},
        )

    @property
    def title_shown(self):
        return str(self.cleaned_data["found"] or self.cleaned_data["title"])

    def _take_new(self, cleaned):
        cleaned["published"] = dates.take(self, "published")
        if not any(cleaned.get(name) for name in ("url", "title", "source")) and not self.errors:
            self.add_error(
                "url", gettext("Say which document: paste its address, or give its title and who published it.")
            )
            return
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", gettext("This document is new here; give its title."))
        if not cleaned.get("source") and "source" not in self.errors:
            cleaned["source"] = registers.find_source(cleaned["url"]) if cleaned.get("url") else None
        if "source" not in self.errors and cleaned["source"] is None:
            self.add_error("source", gettext("No known source publishes at this address; name who published it."))
        self._take_unlisted_source(cleaned)

    def _take_unlisted_source(self, cleaned):
        if isinstance(cleaned.get("source"), Unlisted) and not cleaned.get("source_kind"):
            self.add_error("source_kind", gettext("A new source needs its kind; choose one from the list."))
