"""Whom and where a file means: names and numbers of a data set found in the registers, one answer or none.

A name that several entries go by means none of them: people are asked.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F

from events import names
from events.choices import LEVEL_RANK, LocationLevel, LocationPrecision, NameKind
from events.desk.areas import Finder
from events.exchange.reading_table import OWN_SLUG
from events.models.actor import Actor, ActorAlias
from events.models.area import LocationArea
from events.models.batch import ImportName
from events.models.location import Location, LocationAlias
from events.rules import contest

KILOMETRES = 30  # between the coordinates of a row and a place of that name
MOST_KEPT = 50_000  # places of a file that are kept in mind
fold = lru_cache(MOST_KEPT)(names.fold)  # the same names come in row after row
_FINEST = {  # what a precision allows to be named
    LocationPrecision.COUNTRY: LocationLevel.COUNTRY,
    LocationPrecision.PROVINCE: LocationLevel.PROVINCE,
    LocationPrecision.SEVERAL_PROVINCES: LocationLevel.PROVINCE,
    LocationPrecision.BORDER_SEGMENT: LocationLevel.PROVINCE,
    LocationPrecision.DISTRICT: LocationLevel.DISTRICT,
}
_FINE = list(LocationPrecision)
_AS_PRECISION = {
    LocationLevel.COUNTRY: LocationPrecision.COUNTRY,
    LocationLevel.BORDER_SEGMENT: LocationPrecision.BORDER_SEGMENT,
    LocationLevel.AREA: LocationPrecision.PROVINCE,
    LocationLevel.PROVINCE: LocationPrecision.PROVINCE,
    LocationLevel.DISTRICT: LocationPrecision.DISTRICT,
    LocationLevel.SUBDISTRICT: LocationPrecision.DISTRICT,
}
_COLUMNS = ("pk", "level", "country_id", "province_id", "district_id", "latitude", "longitude", "slug")


@dataclass(frozen=True)
class Spot:
    """A place of the register as far as finding needs it."""

    pk: int
    level: str
    country_id: int | None
    province_id: int | None
    district_id: int | None
    latitude: object
    longitude: object
    slug: str

    def lies_in(self, other):
        return other is None or other.pk in (self.country_id, self.province_id, self.district_id)


@dataclass(frozen=True)
class Meant:
    """`pk` of a place, or None; `precision` as far as it is known with that place; whether the finest name was found."""

    pk: int | None
    precision: str
    is_whole: bool


@dataclass
class Meanings:
    """What the names of one data set mean. Reads the actors at once, and places as they are asked for."""

    dataset: str
    _decided: dict = field(default_factory=dict)
    _by_name: dict = field(default_factory=dict)
    _by_number: dict = field(default_factory=dict)
    _actors: dict = field(default_factory=dict)
    _spots: dict = field(default_factory=dict)
    _found: dict = field(default_factory=dict)
    _finder: Finder | None = None

    def __post_init__(self):
        decided = ImportName.objects.filter(dataset=self.dataset, decided_at__isnull=False).order_by("decided_at", "pk")
        for name in decided.select_related("actor", "location"):
            self._decided[name.kind, name.key] = _survivor(name.actor or name.location)
        for pk, folded in Actor.objects.current().values_list("pk", "folded"):
            self._by_name.setdefault(folded, set()).add(pk)
        aliases = ActorAlias.objects.filter(actor__merged_into__isnull=True)
        for pk, text, folded, scheme in aliases.values_list("actor", "text", "folded", "scheme"):
            self._by_name.setdefault(folded, set()).add(pk)
            if scheme:
                self._by_number.setdefault((scheme, text), set()).add(pk)
        if LocationArea.objects.exists():
            self._finder = Finder()

    def actor(self, named):
        """Primary key of the Actor, or None."""
        if named not in self._actors:
            if len(self._actors) >= MOST_KEPT:
                self._actors.clear()
            self._actors[named] = self._actor(named)
        return self._actors[named]

    def _actor(self, named):
        key = (NameKind.ACTOR.value, actor_key(named))
        if key in self._decided:
            return self._decided[key] and self._decided[key].pk
        found = self._by_number.get((named.scheme, named.external_id)) if named.external_id else None
        found = found or self._by_name.get(fold(named.name)) or ()
        return next(iter(found)) if len(found) == 1 else None

    def is_settled_actor(self, named):
        return (NameKind.ACTOR.value, actor_key(named)) in self._decided or self.actor(named) is not None

    def place(self, named):
        """Meant of a NamedPlace."""
        key = (place_key(named), named.latitude, named.longitude, named.precision)
        if key not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[key] = self._meant(named)
        return self._found[key]

    def is_settled_place(self, named):
        return (NameKind.PLACE.value, place_key(named)) in self._decided or self.place(named).is_whole

    def look_up(self, places):
        """Read what the names of many NamedPlace may mean, in two queries."""
        folded = {fold(name) for place in places for level, name in place.names if level != OWN_SLUG}
        slugs = {name for place in places for level, name in place.names if level == OWN_SLUG}
        wanted = [name for name in folded | {f"/{slug}" for slug in slugs} if name not in self._spots]
        if not wanted:
            return
        if len(self._spots) >= MOST_KEPT:
            self._spots.clear()
        self._spots |= {name: {} for name in wanted}
        for rows, name in (
            (Location.objects.current().filter(folded__in=wanted), "folded"),
            (Location.objects.current().filter(slug__in=slugs), "slug"),
        ):
            for *values, said in rows.values_list(*_COLUMNS, name):
                self._note(values, f"/{said}" if name == "slug" else said)
        aliases = LocationAlias.objects.filter(folded__in=wanted, location__merged_into__isnull=True)
        of_place = {f"of_{name}": F(f"location__{name}") for name in _COLUMNS}
        for *values, said in aliases.annotate(**of_place).values_list(*of_place, "folded"):
            self._note(values, said)

    def _note(self, values, said):
        self._spots.setdefault(said, {})[values[0]] = Spot(*values)

    def _meant(self, named):
        decided = self._decided.get((NameKind.PLACE.value, place_key(named)))
        if decided is not None:
            return Meant(decided.pk, _coarser(named.precision, decided.level), True)
        self.look_up([named])
        here, is_whole = None, bool(named.names)
        at = (named.latitude, named.longitude) if named.latitude is not None else None
        areas = self._finder.at(*at) if self._finder and at else {}
        for level, name in allowed(named):
            found = self._one(level, name, here, at)
            is_whole = found is not None
            here = found or self._area(areas, level, here) or here
        if here is None:
            return Meant(None, "", False)
        return Meant(here.pk, _coarser(named.precision, here.level), is_whole)

    def _one(self, level, name, within, at):
        if level == OWN_SLUG:
            return next(iter(self._spots.get(f"/{name}", {}).values()), None)
        fitting = [
            spot for spot in self._spots.get(fold(name), {}).values() if _fits(spot, level) and spot.lies_in(within)
        ]
        if at and _is_fine(level):
            near = [(_apart(spot, at), spot) for spot in fitting if spot.latitude is not None]
            near = sorted((pair for pair in near if pair[0] <= KILOMETRES), key=lambda pair: (pair[0], pair[1].pk))
            return near[0][1] if near else None
        return fitting[0] if len(fitting) == 1 else None

    def _area(self, areas, level, within):
        """Where no name was found, the area in which the coordinates lie, if it lies in what was found before."""
        area = areas.get(level)
        spot = area and Spot(*(getattr(area, name) for name in _COLUMNS))
        return spot if spot and spot.lies_in(within) else None


def allowed(named):
    """The names of a place down to the level that its precision allows: of (level, name)."""
    finest = _FINEST.get(named.precision)
    if finest is None:
        return named.names
    return tuple(
        (level, name) for level, name in named.names if level == OWN_SLUG or LEVEL_RANK[level] <= LEVEL_RANK[finest]
    )


@lru_cache(MOST_KEPT)
def actor_key(named):
    return _short(f"{named.scheme}:{named.external_id or fold(named.name)}")


@lru_cache(MOST_KEPT)
def place_key(named):
    return _short("/".join(f"{level}:{fold(name)}" for level, name in allowed(named)))


def _short(text):
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _survivor(entry):
    while entry is not None and entry.merged_into_id:
        entry = entry.merged_into
    return entry


def _is_fine(level):
    return LEVEL_RANK[level] >= LEVEL_RANK[LocationLevel.SETTLEMENT]


def _fits(spot, level):
    return spot.level == level or (_is_fine(level) and _is_fine(spot.level))


def _apart(spot, at):
    place = _Point(float(spot.latitude), float(spot.longitude))
    return contest.kilometres_between(place, _Point(*at))


@dataclass(frozen=True)
class _Point:
    latitude: float
    longitude: float


def _coarser(precision, level):
    """The precision that the file gives, or that of the place where that is coarser."""
    of_place = _AS_PRECISION.get(level)
    if of_place is None:
        return precision
    return max(precision, of_place.value, key=lambda one: _FINE.index(LocationPrecision(one)))
