"""The rows of the log sheet: documents, sites, and cards of claims, each with what one claimant says."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Aspect
from events.desk.forms.claimant import ClaimantPart
from events.desk.forms.document_part import DocumentPart
from events.desk.forms.grid import TollGrid
from events.desk.forms.manners import DeskForm, RowSet, in_row, listed, problems
from events.desk.forms.naming import Typed
from events.desk.forms.place import PlacePart
from events.desk.forms.registers import NOT_CHOSEN, language_field
from events.desk.forms.value import ABOUT_INCIDENTS, ValuePart

MOST_DOCUMENTS, MOST_SITES, MOST_CARDS, MOST_SAID = 10, 20, 20, 20
WHOLE = [("", _("The incident as a whole"))]


class SheetRow(DeskForm):
    """A row counts as soon as one of its inputs named in `content` holds something; one that does not is not checked."""

    content = ()

    @property
    def is_used(self):
        return self.is_bound and any(_text(self[name].value()) for name in self.content)

    def has_changed(self):
        return self.is_used


class DocumentRow(DocumentPart, SheetRow):
    content = ("url", "title", "source", "captured_text")

    def clean(self):
        return self.take_document(super().clean())


class SiteRow(PlacePart, SheetRow):
    content = ("place", "title")

    title = forms.CharField(
        label=_("Title of this site"),
        max_length=200,
        required=False,
        help_text=_("Empty: the incident's title and the name of the place."),
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", gettext("Name the place of this site, or clear the row."))
        return cleaned

    @property
    def parts(self):
        return [self, self.new_place]

    def fields_given(self, whole, *, by):
        """The fields of a part of the incident whose fields are `whole`. Writes a new place."""
        place = self.place_registered(by=by)
        title = self.cleaned_data["title"] or f"{whole['title'][:150]}: {place}"
        own = {"title": title[:200], "summary": "", "location": place}
        return whole | own | {"location_precision": self.cleaned_data["location_precision"]}


class StatementRow(ValuePart, SheetRow):
    """One thing that the claimant of the card says, with the words of the card's document."""

    content = ("aspect", "excerpt", "value_text", "value_actor", "value_location")

    site = forms.ChoiceField(label=_("About"), required=False)
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

    def __init__(self, *args, sites=0, place=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.place_of_incident = place
        self.fields["aspect"].choices = [NOT_CHOSEN, *listed(ABOUT_INCIDENTS)]
        self.fields["site"].choices = [*WHOLE, *_numbered(gettext("Site"), sites)]
        self.toll = TollGrid(self.data if self.is_bound else None, prefix=self.nested_prefix("toll"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("aspect") == Aspect.CASUALTIES:
            if not self.toll.is_used:
                self.add_error(
                    "aspect", gettext("Give at least one number of the toll: a word such as “some” will do.")
                )
            elif not self.toll.is_valid():
                self.add_error("aspect", gettext("Some numbers of the toll cannot be read; see below."))
        return cleaned

    @property
    def parts(self):
        return [self, self.new_actor, self.new_place, *([self.toll] if self.has_toll else [])]

    @property
    def has_toll(self):
        return self.aspect_now == Aspect.CASUALTIES

    @property
    def citation_given(self):
        given = ("excerpt", "excerpt_language", "translation", "locator")
        return {name: self.cleaned_data[name] for name in given}

    @property
    def fields_given(self):
        plain = (
            "aspect",
            "stance",
            "part",
            "value_actor",
            "value_location",
            "value_date",
            "value_code",
            "value_text",
            "scope",
            "exhaustive",
            "speech_act",
            "hedge",
            "preliminary",
        )
        return {name: self.cleaned_data[name] for name in plain}


class StatementSet(RowSet):
    row_name = _("Statement")


StatementFormSet = forms.formset_factory(
    StatementRow, formset=StatementSet, extra=0, max_num=MOST_SAID, absolute_max=MOST_SAID, validate_max=True
)


class CardRow(ClaimantPart, SheetRow):
    """One claimant, and what they say according to one document of the sheet."""

    content = ("claimant", "claimant_text")

    document = forms.ChoiceField(label=_("As documented in"), required=False)
    order = forms.IntegerField(label=_("Position"), required=False, min_value=1, max_value=1000)

    def __init__(self, *args, documents=1, sites=0, place=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = _numbered(gettext("Document"), documents)
        data = self.data if self.is_bound else None
        self.says = StatementFormSet(
            data,
            prefix=self.nested_prefix("says"),
            initial=None if data is not None else [{}],
            form_kwargs={"sites": sites, "place": place},
        )

    @property
    def is_used(self):
        return super().is_used or (self.is_bound and any(row.is_used for row in self.says.forms))

    def clean(self):
        cleaned = super().clean()
        if not self.says.is_valid():
            self.add_error(None, gettext("Some of what they say cannot be saved yet; see below."))
        elif not self.statements:
            self.add_error(None, gettext("Say what they claim: choose what it is about, or clear the card."))
        return cleaned

    @property
    def statements(self):
        return [row for row in self.says.forms if row.is_used]

    @property
    def document_number(self):
        return int(self.cleaned_data.get("document") or 1)

    @property
    def fields_given(self):
        plain = ("claimant", "claimant_text", "attribution", "first_hand", "asserted")
        return {name: self.cleaned_data[name] for name in plain}


class SheetSet(RowSet):
    @property
    def used(self):
        return [row for row in self.forms if row.is_used]


class DocumentSet(SheetSet):
    row_name = _("Document")


class SiteSet(SheetSet):
    row_name = _("Site")


class CardSet(SheetSet):
    row_name = _("Card")

    @property
    def in_order(self):
        """The used cards as they stand on the page: by position, those without one as they were sent."""
        given = [card.cleaned_data.get("order") for card in self.used]
        return [card for _, _, card in sorted(zip(given, range(len(given)), self.used, strict=True), key=_position)]


DocumentFormSet = forms.formset_factory(
    DocumentRow, formset=DocumentSet, extra=0, max_num=MOST_DOCUMENTS, absolute_max=MOST_DOCUMENTS, validate_max=True
)
SiteFormSet = forms.formset_factory(
    SiteRow, formset=SiteSet, extra=0, max_num=MOST_SITES, absolute_max=MOST_SITES, validate_max=True
)
CardFormSet = forms.formset_factory(
    CardRow, formset=CardSet, extra=0, max_num=MOST_CARDS, absolute_max=MOST_CARDS, validate_max=True
)


def problems_of(row):
    """List of Problem of a row and of everything that stands inside it, each saying where."""
    found = problems(*getattr(row, "parts", [row]))
    for number, inner in enumerate(getattr(row, "says", ()), start=1):
        found += [in_row(problem, f"{row.says.row_name} {number}") for problem in problems_of(inner)]
    return found


def _position(entry):
    order, sent, _ = entry
    return (order is None, order or 0, sent)


def _numbered(word, count):
    return [(str(number), f"{word} {number}") for number in range(1, count + 1)]


def _text(value):
    """Whether an input holds anything, be it text, a name with its pick, or nothing yet."""
    if isinstance(value, Typed):
        value = value.text
    return value.strip() if isinstance(value, str) else value
