"""Finding the places of the register that the rows of a list mean: divisions from memory, all others a batch at a time."""

import math
from collections import defaultdict

from events import names
from events.choices import LocationLevel
from events.desk.areas import AREA_LEVELS, Finder
from events.models.location import Location, LocationAlias

NEAR_KM = 5  # places of one name and sort that lie nearer than that in one province are one
_KM_PER_DEGREE = 111.32


class Divisions:
    """Countries, provinces and districts by code or by any name within the one above; and where points lie.

    `keys` are further codes by which a list calls them, such as "PK.03", with their slugs.
    """

    def __init__(self, keys):
        self._by_code, self._by_name, self._finder = {}, {}, Finder()
        places = {place.pk: place for place in Location.objects.current().filter(level__in=AREA_LEVELS).order_by("pk")}
        for place in places.values():
            self.know(place)
        for alias in LocationAlias.objects.filter(location__in=places).order_by("pk"):
            place = places[alias.location_id]
            self._by_name.setdefault((place.level, _above(place), alias.folded), place)
        by_slug = {place.slug: place for place in places.values()}
        self._by_code |= {(by_slug[slug].level, key): by_slug[slug] for key, slug in keys.items() if slug in by_slug}

    def know(self, place, key=""):
        for code in filter(None, (place.iso.upper(), place.pcode.upper(), key.upper())):
            self._by_code.setdefault((place.level, code), place)
        self._by_name.setdefault((place.level, _above(place), place.folded), place)

    def coded(self, level, code):
        return self._by_code.get((level.value, code.upper())) if code else None

    def named(self, level, above, name):
        return self._by_name.get((level.value, above.pk if above else None, names.fold(name))) if name else None

    def meant(self, entry, above):
        """The province or district that an entry means: by code, else by any name that both have; None for none."""
        level = LocationLevel(entry.level)
        if found := self.coded(level, entry.key):
            return found
        spelt = (entry.name, *(text for text, _ in entry.aliases)) if above else ()
        alike = (self.named(level, above, name) for name in spelt)
        return next((place for place in alike if place and may_be(place, entry)), None)

    def around(self, entry):
        """(country, province, district) in which an entry lies, each None where it is not known.

        What the list says goes before the outlines; a district by outline counts only inside the province that is known.
        """
        country = self.coded(LocationLevel.COUNTRY, entry.country_iso)
        province = self.province(entry, country)
        district = self.coded(LocationLevel.DISTRICT, entry.district_key) or (
            province and self.named(LocationLevel.DISTRICT, province, entry.district)
        )
        wanted = (
            entry.level not in AREA_LEVELS and not district or entry.level == LocationLevel.DISTRICT and not province
        )
        found = self._finder.at(entry.latitude, entry.longitude) if wanted and entry.latitude is not None else {}
        province = province or self._within(found.get(LocationLevel.PROVINCE.value), country, "country_id")
        if entry.level in AREA_LEVELS:
            return country, province if entry.level == LocationLevel.DISTRICT else None, None
        return country, province, district or self._within(found.get("district"), province, "province_id")

    def province(self, entry, country):
        by_key = self.coded(LocationLevel.PROVINCE, entry.province_key)
        return by_key or self.named(LocationLevel.PROVINCE, country, entry.province)

    def sides(self, entry):
        """Primary keys of the provinces between which a crossing lies."""
        pairs = ((self.coded(LocationLevel.COUNTRY, iso), name) for iso, name in entry.sides)
        found = (self.named(LocationLevel.PROVINCE, country, name) for country, name in pairs if country)
        return {province.pk for province in found if province}

    @staticmethod
    def _within(found, above, column):
        return found if found and above and getattr(found, column) == above.pk else None


def _above(place):
    number = [level.value for level in AREA_LEVELS].index(place.level)
    return getattr(place, f"{AREA_LEVELS[number - 1].value}_id") if number else None


class Batch:
    """The places that the rows of one batch may mean. Three queries."""

    def __init__(self, entries):
        folded = {names.fold(entry.name) for entry in entries}
        ids = {entry.geonames_id for entry in entries if entry.geonames_id}
        codes = {entry.code for entry in entries if entry.code}
        named = set(LocationAlias.objects.filter(folded__in=folded).values_list("location", flat=True))
        by_any = Location.objects.filter(folded__in=folded) | Location.objects.filter(geonames_id__in=ids)
        by_any |= Location.objects.filter(pcode__in=codes) | Location.objects.filter(pk__in=named)
        self._by_id, self._by_code, self._by_name = {}, {}, defaultdict(list)
        places = {place.pk: place for place in by_any.order_by("pk")}
        for place in places.values():
            self.know(place)
        for alias in LocationAlias.objects.filter(location__in=places).order_by("pk"):
            place = places[alias.location_id]
            self._by_name[alias.folded].append(place)

    def know(self, place):
        self._by_name[place.folded].append(place)
        if place.geonames_id:
            self._by_id[place.geonames_id] = place
        if place.pcode:
            self._by_code.setdefault((place.level, place.pcode), place)

    def find(self, entry, around, sides):
        """The place that an entry means, or None: by GeoNames number, by code, else by name, province and nearness.

        `around` is where the entry lies, as Divisions.around says it, `sides` as Divisions.sides does.
        """
        found = self._by_id.get(entry.geonames_id) or self._by_code.get((entry.level, entry.code))
        if found:
            return found
        _, province, district = around
        is_anywhere = entry.is_crossing and not sides  # the register may have it on the other side
        provinces = sides or {province.pk if province else None}
        alike = {place.uid: place for place in self._by_name[names.fold(entry.name)] if place.level == entry.level}
        alike = [place for place in alike.values() if is_anywhere or place.province_id in provinces]
        alike = [place for place in alike if may_be(place, entry)]
        measured = [(_kilometres(place, entry), place.uid, place) for place in alike]
        near = [one for one in measured if one[0] is not None and one[0] <= NEAR_KM]
        if near:
            return min(near)[2]
        unplaced = [place for distance, _, place in measured if distance is None and _agree(place, district)]
        return unplaced[0] if len(unplaced) == 1 else None


def may_be(place, entry):
    """Whether no number says that they are two."""
    both = ((place.geonames_id, entry.geonames_id), (place.pcode, entry.code))
    return not place.merged_into_id and all(one == other for one, other in both if one and other)


def _agree(place, district):
    return not place.district_id or not district or place.district_id == district.pk


def _kilometres(place, entry):
    """Between a place and an entry; None where that is not known."""
    if place.latitude is None or entry.latitude is None:
        return None
    wide = math.cos(math.radians(entry.latitude))
    east, north = float(place.longitude) - entry.longitude, float(place.latitude) - entry.latitude
    return math.hypot(east * wide, north) * _KM_PER_DEGREE
