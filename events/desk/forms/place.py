"""The part of a form that asks where: a place of the gazetteer, or one that is added on the way."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import LocationLevel, LocationPrecision
from events.desk import lookup, registers
from events.desk.forms import dates
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import LocationField, Unlisted
from events.desk.forms.registers import NewLocationForm
from events.desk.problems import errors_under

PRECISION_OF_LEVEL = {
    LocationLevel.COUNTRY: LocationPrecision.COUNTRY,
    LocationLevel.BORDER_SEGMENT: LocationPrecision.BORDER_SEGMENT,
    LocationLevel.AREA: LocationPrecision.SEVERAL_PROVINCES,
    LocationLevel.PROVINCE: LocationPrecision.PROVINCE,
    LocationLevel.DISTRICT: LocationPrecision.DISTRICT,
    LocationLevel.SUBDISTRICT: LocationPrecision.DISTRICT,
    LocationLevel.SETTLEMENT: LocationPrecision.SETTLEMENT,
    LocationLevel.SITE: LocationPrecision.SITE,
}


class PlacePart(DeskForm):
    place = LocationField(
        label=_("Place"),
        help_text=_("Any spelling, or Urdu or Pashto script. As fine as it is known: a province is enough."),
        otherwise={"new": _("Add “{}” to the gazetteer as a new place")},
    )
    location_precision = forms.ChoiceField(
        label=_("How exactly the place is known"),
        required=False,
        choices=[("", _("As fine as the place named")), *listed(LocationPrecision)],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.new_place = NewLocationForm(self.data_if_new("place"), prefix=self.nested_prefix("place_new"))

    def clean(self):
        cleaned = super().clean()
        place = cleaned.get("place")
        if isinstance(place, Unlisted) and not self.new_place.is_valid():
            self.add_error("place", gettext("Say where the new place lies; the questions stand below it."))
        precision = cleaned.get("location_precision")
        if place is None and precision and "place" not in self.errors:
            self.add_error("place", gettext("Name the place whose precision you chose, or choose no precision."))
        cleaned["location_precision"] = precision or (self._level_as_precision(place) if place else "")
        return cleaned

    def place_registered(self, *, by):
        """The place for the verb; one that the person chose to add is in the gazetteer after this. Writes."""
        place = self.cleaned_data["place"]
        if not isinstance(place, Unlisted):
            return place
        wanted = self.new_place.fields_for(place.text)
        same = [row for row in LocationField().find(place.text) if row.parent == wanted["parent"]]
        same = [row for row in same if row.level == wanted["level"]]
        if same:
            return same[0]
        with errors_under("location"):
            lookup.require_another("places", place.text, despite=place.despite)
        return registers.add_location(by=by, **wanted)

    @property
    def zone(self):
        """The time zone of the place; of a new one, that of what it lies in."""
        place = self.cleaned_data.get("place")
        return dates.zone_of(self.new_place.cleaned_data.get("parent") if isinstance(place, Unlisted) else place)

    def _level_as_precision(self, place):
        level = self.new_place.cleaned_data.get("level") if isinstance(place, Unlisted) else place.level
        return PRECISION_OF_LEVEL[level].value if level else ""
