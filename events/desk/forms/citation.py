"""Input for the citations of a claim: the document, known or new, and the words in it."""

from django import forms

from events.choices import DocumentKind, Relay, SourceKind
from events.desk import citing, registers
from events.desk.forms import dates
from events.desk.forms.document import AddressField, CapturedTextField
from events.desk.forms.manners import DeskForm, RowSet
from events.desk.forms.naming import SourceField, Unlisted
from events.desk.forms.registers import NOT_CHOSEN, language_field

MOST_CITATIONS = 20


class CitationForm(DeskForm):
    """Either a document already cited here, or the address and names of another; then the words it is cited for."""

    document = forms.ChoiceField(label="Document", required=False)
    url = AddressField(
        label="Address",
        help_text="Paste it: a document known at this address, and its publisher, are recognised.",
    )
    title = forms.CharField(label="Title of the document", max_length=300, required=False)
    source = SourceField(
        label="Published by",
        help_text="Empty if the address tells.",
        otherwise={"new": "Add “{}” to the register as a new source"},
    )
    source_kind = forms.ChoiceField(
        label="Kind of source",
        required=False,
        choices=[NOT_CHOSEN, *SourceKind.pairs()],
        help_text="Only for a source that is not in the register.",
    )
    published_start = dates.first_day("Published on")
    published_end = dates.last_day("Published, at the latest")
    published_precision = dates.precision()
    language = language_field("Language of the document")
    kind = forms.ChoiceField(
        label="Kind of document", required=False, choices=DocumentKind.pairs(), initial=DocumentKind.ARTICLE.value
    )
    captured_text = CapturedTextField(label="Text of the document")
    excerpt = forms.CharField(
        label="Excerpt",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"data-excerpt": ""}),
        help_text="The document's own words, verbatim, up to 500 characters. No claim is accepted without.",
    )
    excerpt_language = language_field("Language of the excerpt")
    translation = forms.CharField(
        label="Translation",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="Into English, if the excerpt is in another language.",
    )
    locator = forms.CharField(label="Where in it", max_length=60, required=False, help_text="Paragraph, page, minute.")
    relay = forms.ChoiceField(label="The document", choices=Relay.pairs(), initial=Relay.RELAYS.value)

    def __init__(self, *args, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = {document.uid: document for document in documents}
        listed = [(document.uid, f"{document.source}: {document}"[:120]) for document in documents]
        self.fields["document"].choices = [("", "Another, given here" if listed else "Given here"), *listed]

    @property
    def is_used(self):
        return bool(self.cleaned_data) and self.has_changed()

    def clean(self):
        cleaned = super().clean()
        cleaned["found"] = self.documents.get(cleaned.get("document"))
        cleaned.setdefault("captured_text", "")
        if cleaned["found"] is not None:
            if any(cleaned.get(name) for name in ("url", "title", "source")):
                self.add_error("document", "Choose a document of the list, or give another one; not both.")
            return cleaned
        if cleaned.get("url"):
            cleaned["found"] = citing.known_at(cleaned["url"])
        if cleaned["found"] is None:
            self._take_new(cleaned)
        return cleaned

    def document_cited(self, *, by):
        """The document of the list or at the address, or the one that is added now together with its source."""
        given = self.cleaned_data
        if given["found"] is not None:
            return citing.with_text(given["found"], given["captured_text"], by=by)
        source = given["source"]
        if isinstance(source, Unlisted):
            source = {"name": source.text, "kind": given["source_kind"]}
        return citing.cited_document(
            by=by,
            source=source,
            published=given["published"],
            kind=given["kind"] or DocumentKind.ARTICLE.value,
            **{name: given[name] for name in ("url", "title", "language", "captured_text")},
        )

    @property
    def title_shown(self):
        return str(self.cleaned_data["found"] or self.cleaned_data["title"])

    @property
    def fields_given(self):
        return {
            name: self.cleaned_data[name] for name in ("excerpt", "excerpt_language", "translation", "locator", "relay")
        }

    @staticmethod
    def initial_from(citation):
        plain = ("excerpt", "excerpt_language", "translation", "locator", "relay")
        return {name: getattr(citation, name) for name in plain} | {"document": citation.document.uid}

    def _take_new(self, cleaned):
        cleaned["published"] = dates.take(self, "published")
        if not any(cleaned.get(name) for name in ("url", "title", "source")) and not self.errors:
            self.add_error("url", "Say which document: paste its address, or give its title and who published it.")
            return
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "This document is new here; give its title.")
        if not cleaned.get("source") and "source" not in self.errors:
            cleaned["source"] = registers.find_source(cleaned["url"]) if cleaned.get("url") else None
        if "source" not in self.errors and cleaned["source"] is None:
            self.add_error("source", "No known source publishes at this address; name who published it.")
        self._take_unlisted_source(cleaned)

    def _take_unlisted_source(self, cleaned):
        if isinstance(cleaned.get("source"), Unlisted) and not cleaned.get("source_kind"):
            self.add_error("source_kind", "A new source needs its kind; choose one from the list.")


class CitationSet(RowSet):
    row_name = "Citation"

    @property
    def used(self):
        return [form for form in self.forms if form.is_used]


CitationFormSet = forms.formset_factory(
    CitationForm, formset=CitationSet, extra=0, max_num=MOST_CITATIONS, absolute_max=MOST_CITATIONS, validate_max=True
)
