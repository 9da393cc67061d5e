"""Entries that unknown names of a file may mean: called nearly alike, and for places near the coordinates of the file.

A page of names is asked about at once, when it is looked at: six queries, however many names there are.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from events import names
from events.choices import LEVEL_RANK, ActorKind, LocationLevel, NameKind
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.rules import contest

MOST = 6  # entries that are offered
ALIKE = 80  # of 100; names of actors that are less alike are not offered
ALIKE_HERE = 60  # of 100; the same for a place in the neighbourhood
_AROUND, _AROUND_AREAS = (
    0.5,
    2.0,
)  # degrees north, south, east and west of the coordinates, wider for districts and more
_CLOSE = 5  # kilometres within which a place is offered whatever it is called
_AREAS = [level.value for level in LocationLevel if LEVEL_RANK[level] <= LEVEL_RANK[LocationLevel.SUBDISTRICT]]


@dataclass(frozen=True)
class _At:
    latitude: float
    longitude: float


def near(rows):
    """primary key of an ImportName → [(uid, name, hint), …], the likeliest first."""
    actors = [row for row in rows if row.kind == NameKind.ACTOR]
    places = [row for row in rows if row.kind == NameKind.PLACE and row.words["latitude"] is not None]
    return _near_actors(actors) | _near_places(places)


def _near_actors(rows):
    if not rows:
        return {}
    called = _names_of_actors()
    found = {row.pk: _alike(row.words["name"], called) for row in rows}
    entries = Actor.objects.in_bulk({pk for keys in found.values() for pk in keys})
    return {
        pk: [(entries[key].uid, entries[key].name, gettext(ActorKind.label_of(entries[key].kind))) for key in keys]
        for pk, keys in found.items()
    }


def _names_of_actors():
    """folded name → primary keys of the actors that go by it."""
    called = {}
    for pk, folded, short in Actor.objects.current().order_by("pk").values_list("pk", "folded", "short_name"):
        for name in filter(None, (folded, names.fold(short))):
            called.setdefault(name, []).append(pk)
    aliases = ActorAlias.objects.filter(actor__merged_into__isnull=True).order_by("pk")
    for pk, folded in aliases.values_list("actor", "folded"):
        called.setdefault(folded, []).append(pk)
    return called


def _alike(name, called):
    hits = process.extract(names.fold(name), list(called), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=MOST)
    return list(dict.fromkeys(pk for folded, _score, _place in hits for pk in called[folded]))[:MOST]


def _near_places(rows):
    if not rows:
        return {}
    around = Q()
    for row in rows:
        around |= _box(row, _AROUND) | Q(_box(row, _AROUND_AREAS), level__in=_AREAS)
    columns = ("pk", "folded", "latitude", "longitude")
    known = list(Location.objects.current().filter(around).order_by("pk").values_list(*columns))
    spelt = {pk: [folded] for pk, folded, *_at in known}
    for pk, folded in _aliases(around).values_list("location", "folded"):
        spelt[pk].append(folded)
    at = {pk: _At(float(latitude), float(longitude)) for pk, _folded, latitude, longitude in known}
    found = {row.pk: _likeliest(row, at, spelt) for row in rows}
    entries = Location.objects.with_ancestors().in_bulk({pk for offered in found.values() for pk in offered})
    return {
        pk: [(entries[key].uid, entries[key].name, _where(entries[key], apart)) for key, apart in offered.items()]
        for pk, offered in found.items()
    }


def _aliases(around):
    return LocationAlias.objects.filter(location__in=Location.objects.current().filter(around)).order_by("pk")


def _box(row, degrees):
    north, east = float(row.words["latitude"]), float(row.words["longitude"])
    return Q(latitude__range=(north - degrees, north + degrees), longitude__range=(east - degrees, east + degrees))


def _likeliest(row, at, spelt):
    """primary key → kilometres of the places that are offered for a name, those called most alike first."""
    called, here = (
        names.fold(row.words["names"][-1][1]),
        _At(float(row.words["latitude"]), float(row.words["longitude"])),
    )
    offered = {}
    for pk, place in at.items():
        if abs(place.latitude - here.latitude) > _AROUND_AREAS or abs(place.longitude - here.longitude) > _AROUND_AREAS:
            continue
        score = max(fuzz.ratio(called, folded) for folded in spelt[pk])
        kilometres = contest.kilometres_between(here, place)
        if score >= ALIKE_HERE or kilometres <= _CLOSE:
            offered[pk] = (-score, kilometres, pk)
    best = sorted(offered, key=offered.get)[:MOST]
    return {pk: offered[pk][1] for pk in best}


def _where(place, kilometres):
    level = gettext(LocationLevel.label_of(place.level))
    return gettext("%(level)s, %(within)s, %(km)s km away") % {
        "level": level,
        "within": place.within,
        "km": round(kilometres),
    }
