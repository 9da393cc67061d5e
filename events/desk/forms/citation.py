"""Input for the citations of a claim: the document, known or new, and the words in it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Relay
from events.desk.forms.document_part import DocumentPart
from events.desk.forms.manners import RowSet, listed
from events.desk.forms.registers import language_field

MOST_CITATIONS = 20


class CitationForm(DocumentPart):
    """Either a document already cited here, or the address and names of another; then the words it is cited for."""

    document = forms.ChoiceField(label=_("Document"), required=False)
    excerpt = forms.CharField(
        label=_("Excerpt"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"data-excerpt": ""}),
        help_text=_("The document's own words, verbatim, up to 500 characters. No claim is accepted without."),
    )
    excerpt_language = language_field(_("Language of the excerpt"))
    translation = forms.CharField(
        label=_("Translation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Into English, if the excerpt is in another language."),
    )
    locator = forms.CharField(
        label=_("Where in it"), max_length=60, required=False, help_text=_("Paragraph, page, minute.")
    )
    relay = forms.ChoiceField(label=_("The document"), choices=listed(Relay), initial=Relay.RELAYS.value)

    def __init__(self, *args, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = {document.uid: document for document in documents}
        known = [(document.uid, f"{document.source}: {document}"[:120]) for document in documents]
        self.fields["document"].choices = [
            ("", gettext("Another, given here") if known else gettext("Given here")),
            *known,
        ]

    @property
    def is_used(self):
        return bool(self.cleaned_data) and self.has_changed()

    def clean(self):
        cleaned = super().clean()
        cleaned["found"] = self.documents.get(cleaned.get("document"))
        cleaned.setdefault("captured_text", "")
        if cleaned["found"] is not None:
            if any(cleaned.get(name) for name in ("url", "title", "source")):
                self.add_error("document", gettext("Choose a document of the list, or give another one; not both."))
            return cleaned
        return self.take_document(cleaned)

    @property
    def fields_given(self):
        return {
            name: self.cleaned_data[name] for name in ("excerpt", "excerpt_language", "translation", "locator", "relay")
        }

    @staticmethod
    def initial_from(citation):
        plain = ("excerpt", "excerpt_language", "translation", "locator", "relay")
        return {name: getattr(citation, name) for name in plain} | {"document": citation.document.uid}


class CitationSet(RowSet):
    row_name = _("Citation")

    @property
    def used(self):
        return [form for form in self.forms if form.is_used]


CitationFormSet = forms.formset_factory(
    CitationForm, formset=CitationSet, extra=0, max_num=MOST_CITATIONS, absolute_max=MOST_CITATIONS, validate_max=True
)
