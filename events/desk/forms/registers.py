"""Input for the entries of the registers: actors, places, sources, documents."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import (
    ActorKind,
    CoordinateBasis,
    Derivation,
    DocumentKind,
    LocationLevel,
    Reliability,
    Side,
    SourceKind,
    SourceScale,
)
from events.desk import areas, citing
from events.desk.forms import dates
from events.desk.forms.document import AddressField, CapturedTextField
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import ActorField, LocationField, SourceField

NOT_CHOSEN = ("", _("Choose …"))
LANGUAGES = (
    ("", _("Not said")),
    ("en", _("English")),
    ("ur", _("Urdu")),
    ("ps", _("Pashto")),
    ("prs", _("Dari")),
    ("fa", _("Persian")),
    ("ar", _("Arabic")),
    ("bal", _("Balochi")),
    ("fr", _("French")),
    ("de", _("German")),
    ("ru", _("Russian")),
    ("zh", _("Chinese")),
    ("hi", _("Hindi")),
)


def language_field(label):
    return forms.ChoiceField(label=label, required=False, choices=LANGUAGES)


def country():
    return forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters: AF, PK, IR, US. Empty for none."),
        error_messages={"invalid": _("Write the country as its two-letter code, such as AF or PK.")},
    )


class NewActorForm(DeskForm):
    """An actor that the register does not have yet; its name is the text typed for it."""

    kind = forms.ChoiceField(label=_("Kind of actor"), choices=[NOT_CHOSEN, *listed(ActorKind)])
    side = forms.ChoiceField(label=_("Side"), choices=[NOT_CHOSEN, *listed(Side)])
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    home_country = country()

    def clean_home_country(self):
        return self.cleaned_data["home_country"].upper()

    def fields_for(self, name):
        return self.cleaned_data | {"name": name}


class NewLocationForm(DeskForm):
    """A place that the gazetteer does not have yet; its name is the text typed for it."""

    level = forms.ChoiceField(label=_("Level"), choices=[NOT_CHOSEN, *listed(LocationLevel)])
    parent = LocationField(label=_("Lies in"), help_text=_("The district, province or country, in any spelling."))
    latitude = forms.DecimalField(
        label=_("Latitude"), required=False, max_digits=8, decimal_places=5, min_value=-90, max_value=90
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), required=False, max_digits=8, decimal_places=5, min_value=-180, max_value=180
    )
    coordinate_basis = forms.ChoiceField(
        label=_("What the coordinates show"),
        choices=sorted(listed(CoordinateBasis), key=lambda pair: pair[0] != CoordinateBasis.NONE.value),
        required=False,
    )
    uncertainty_km = forms.DecimalField(
        label=_("Uncertain by (km)"), required=False, max_digits=6, decimal_places=1, min_value=0
    )
    note = forms.CharField(
        label=_("Where this is known from"),
        max_length=500,
        required=False,
        help_text=_("A map, a gazetteer, a report."),
    )

    def clean(self):
        cleaned = super().clean()
        basis = cleaned.get("coordinate_basis") or CoordinateBasis.NONE.value
        given = [name for name in ("latitude", "longitude") if cleaned.get(name) is not None]
        if len(given) == 1 and not {"latitude", "longitude"} & set(self.errors):
            if given == ["latitude"]:
                self.add_error("longitude", gettext("Give the longitude too, or leave both empty."))
            else:
                self.add_error("latitude", gettext("Give the latitude too, or leave both empty."))
        elif given and basis == CoordinateBasis.NONE:
            self.add_error(
                "coordinate_basis", gettext("Say what the coordinates show: the site, the settlement, an area.")
            )
        cleaned["coordinate_basis"] = basis if given else CoordinateBasis.NONE.value
        return cleaned

    def fields_for(self, name):
        return self.cleaned_data | {"name": name}


class ActorForm(NewActorForm):
    field_order = ("name", "short_name", "kind", "side", "home_country")

    name = forms.CharField(label=_("Name"), max_length=200)
    founded_start = dates.first_day(_("Founded"), _("As early as it can be."))
    founded_end = dates.last_day(_("Founded, at the latest"))
    founded_precision = dates.precision(_("Founding, how exactly known"))
    dissolved_start = dates.first_day(_("Dissolved"))
    dissolved_end = dates.last_day(_("Dissolved, at the latest"))
    dissolved_precision = dates.precision(_("Dissolution, how exactly known"))
    description = forms.CharField(label=_("Description"), max_length=4000, required=False, widget=forms.Textarea)
    naming_note = forms.CharField(
        label=_("Note on the name"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Why the record uses this name, and which names others use."),
    )

    def clean(self):
        cleaned = super().clean()
        for name in ("founded", "dissolved"):
            cleaned[name] = dates.take(self, name)
        return cleaned

    @property
    def fields_given(self):
        return {name: value for name, value in self.cleaned_data.items() if not _is_date_part(name)}

    @staticmethod
    def initial_from(actor):
        plain = ("name", "short_name", "kind", "side", "home_country", "description", "naming_note")
        return (
            {name: getattr(actor, name) for name in plain}
            | dates.initial(actor, "founded")
            | dates.initial(actor, "dissolved")
        )


class LocationForm(NewLocationForm):
    field_order = ("name", "level", "parent")

    name = forms.CharField(label=_("Name"), max_length=200)
    iso = forms.CharField(
        label=_("ISO 3166 code"), max_length=6, required=False, help_text=_("AF, PK-KP; empty for most.")
    )
    geonames_id = forms.IntegerField(label=_("GeoNames number"), required=False, min_value=1, max_value=2**31 - 1)
    pcode = forms.CharField(
        label=_("P-code"), max_length=20, required=False, help_text=_("Of the UN: AF, AF29, AF2907.")
    )
    wikidata = forms.RegexField(
        r"^Q[1-9][0-9]*$",
        label=_("Wikidata"),
        max_length=20,
        required=False,
        error_messages={"invalid": _("Write the Wikidata number with its Q, such as Q5484.")},
    )
    disputed_note = forms.CharField(label=_("Note on a dispute"), max_length=500, required=False)

    @cached_property
    def lying(self):
        """Where the coordinates of the form lie (areas.Lying), None without coordinates or outlines. One query."""
        held = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        point = held.get("latitude"), held.get("longitude")
        return None if None in point else areas.lying(*point, held.get("parent"))

    @property
    def fields_given(self):
        return dict(self.cleaned_data)

    @staticmethod
    def initial_from(location):
        plain = (
            "name",
            "level",
            "parent",
            "latitude",
            "longitude",
            "coordinate_basis",
            "uncertainty_km",
            "note",
            "iso",
            "geonames_id",
            "pcode",
            "wikidata",
            "disputed_note",
        )
        return {name: getattr(location, name) for name in plain}


class SourceForm(DeskForm):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("The publisher, as it calls itself."))
    kind = forms.ChoiceField(label=_("Kind of source"), choices=[NOT_CHOSEN, *listed(SourceKind)])
    domain = forms.CharField(
        label=_("Web domain"),
        max_length=120,
        required=False,
        help_text=_("dawn.com: addresses there are recognised as this source's."),
    )
    country = country()
    scale = forms.ChoiceField(label=_("Reach"), required=False, choices=[("", _("Not said")), *listed(SourceScale)])
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, choices=LANGUAGES[1:])
    owner = ActorField(
        label=_("Owned or run by"), help_text=_("An actor of the register; empty if independent or not known.")
    )

    def clean_country(self):
        return self.cleaned_data["country"].upper()

    def clean_domain(self):
        domain = self.cleaned_data["domain"].strip().lower().removeprefix("https://").removeprefix("http://")
        domain = domain.partition("/")[0]
        if domain and ("." not in domain or " " in domain):
            raise forms.ValidationError(gettext("Write the domain alone, such as dawn.com."))
        return domain

    @property
    def fields_given(self):
        return dict(self.cleaned_data)

    @classmethod
    def initial_from(cls, source):
        return {name: getattr(source, name) for name in cls.base_fields}


class GradedSourceForm(SourceForm):
    """For editors, who grade the record of a source."""

    reliability = forms.ChoiceField(
        label=_("Reliability"),
        choices=listed(Reliability),
        initial=Reliability.F.value,
        help_text=_("Of its record, not of one report. F means not judged; it is no bad mark."),
    )
    reliability_note = forms.CharField(
        label=_("Why this grade"), max_length=1000, required=False, widget=forms.Textarea
    )


class DocumentForm(DeskForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    source = SourceField(label=_("Source"), required=True, help_text=_("The publisher, as the register names it."))
    url = AddressField(label=_("Address"))
    archived_url = AddressField(label=_("Archived at"))
    author = forms.CharField(label=_("Author"), max_length=200, required=False)
    published_start = dates.first_day(_("Published on"))
    published_end = dates.last_day()
    published_precision = dates.precision()
    language = language_field(_("Language"))
    kind = forms.ChoiceField(label=_("Kind of document"), choices=listed(DocumentKind))
    derived_from = AddressField(
        label=_("Derives from the document at"),
        help_text=_("The address of the document that this one reprints, copies or translates."),
    )
    derivation = forms.ChoiceField(
        label=_("As a"), required=False, choices=[("", _("Not derived")), *listed(Derivation)]
    )
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    redistributable = forms.BooleanField(
        label=_("Its words may be passed on"),
        required=False,
        initial=True,
        help_text=_("Clear this where the licence forbids passing rows or text on."),
    )
    captured_text = CapturedTextField(label=_("Text of the document"))

    def clean(self):
        cleaned = super().clean()
        cleaned["published"] = dates.take(self, "published")
        cleaned["derived_from"] = self._original(cleaned.get("derived_from"))
        if bool(cleaned["derived_from"]) != bool(cleaned.get("derivation")) and not self.errors:
            self.add_error(
                "derivation", gettext("Give both the original document and how this one derives from it, or neither.")
            )
        return cleaned

    def _original(self, address):
        if not address:
            return None
        original = citing.known_at(address)
        if original is None:
            self.add_error("derived_from", gettext("No document is known at this address; add the original first."))
        return original

    @property
    def fields_given(self):
        """Without the captured text when none was pasted: an empty field never takes one away."""
        given = {name: value for name, value in self.cleaned_data.items() if not _is_date_part(name)}
        return given if given["captured_text"] else {n: value for n, value in given.items() if n != "captured_text"}

    @staticmethod
    def initial_from(document):
        plain = (
            "title",
            "source",
            "url",
            "archived_url",
            "author",
            "language",
            "kind",
            "derivation",
            "licence",
            "redistributable",
        )
        return (
            {name: getattr(document, name) for name in plain}
            | {"derived_from": document.derived_from.url if document.derived_from else ""}
            | dates.initial(document, "published")
        )


class SearchForm(DeskForm):
    q = forms.CharField(label=_("Name"), max_length=200, required=False)

    def words(self):
        return names.fold(self.cleaned_data.get("q", "")) if self.is_valid() else ""


def _is_date_part(name):
    return name.endswith(("_start", "_end", "_precision")) and name.split("_")[0] in (
        "founded",
        "dissolved",
        "published",
    )
