"""Entries that an unknown name of a file may mean: called nearly alike, and for places near the coordinates of the file."""

from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from events import names
from events.choices import ActorKind, LocationLevel, NameKind
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.rules import contest

MOST = 6  # entries that are offered
ALIKE = 80  # of 100; names of actors that are less alike are not offered
ALIKE_HERE = 60  # of 100; the same for a place in the neighbourhood
_DEGREES = 1.0  # north, south, east and west of the coordinates
_CLOSE = 5  # kilometres within which a place is offered whatever it is called


class Suggestions:
    """Reads the names of all actors once."""

    def __init__(self):
        self._actors = {}
        for pk, folded, short in Actor.objects.current().order_by("pk").values_list("pk", "folded", "short_name"):
            for name in filter(None, (folded, names.fold(short))):
                self._actors.setdefault(name, []).append(pk)
        aliases = ActorAlias.objects.filter(actor__merged_into__isnull=True).order_by("pk")
        for pk, folded in aliases.values_list("actor", "folded"):
            self._actors.setdefault(folded, []).append(pk)

    def near(self, kind, words):
        """[[uid, name, hint], …], the likeliest first. Three queries for a place, one for an actor."""
        if kind == NameKind.ACTOR:
            found = self._alike(words["name"])
            rows = Actor.objects.in_bulk(found)
            return [[rows[pk].uid, rows[pk].name, gettext(ActorKind.label_of(rows[pk].kind))] for pk in found]
        found = _around(words)
        rows = Location.objects.with_ancestors().in_bulk(found)
        return [[rows[pk].uid, rows[pk].name, _where(rows[pk], found[pk])] for pk in found]

    def _alike(self, name):
        hits = process.extract(
            names.fold(name), list(self._actors), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=MOST
        )
        return list(dict.fromkeys(pk for folded, _score, _place in hits for pk in self._actors[folded]))[:MOST]


def _around(words):
    """primary key → kilometres of the places near the coordinates, those called most alike first."""
    if words["latitude"] is None:
        return {}
    north, east, called = float(words["latitude"]), float(words["longitude"]), names.fold(words["names"][-1][1])
    box = {
        "latitude__range": (north - _DEGREES, north + _DEGREES),
        "longitude__range": (east - _DEGREES, east + _DEGREES),
    }
    here, places, spelt = Location(latitude=north, longitude=east), {}, {}
    rows = Location.objects.current().filter(**box)
    for pk, folded, latitude, longitude in rows.values_list("pk", "folded", "latitude", "longitude"):
        place = Location(latitude=float(latitude), longitude=float(longitude))
        places[pk], spelt[pk] = contest.kilometres_between(here, place), fuzz.ratio(called, folded)
    for pk, folded in LocationAlias.objects.filter(location__in=rows).values_list("location", "folded"):
        spelt[pk] = max(spelt[pk], fuzz.ratio(called, folded))
    offered = [pk for pk in places if spelt[pk] >= ALIKE_HERE or places[pk] <= _CLOSE]
    return {pk: places[pk] for pk in sorted(offered, key=lambda pk: (-spelt[pk], places[pk], pk))[:MOST]}


def _where(place, kilometres):
    level = gettext(LocationLevel.label_of(place.level))
    return gettext("%(level)s, %(within)s, %(km)s km away") % {
        "level": level,
        "within": place.within,
        "km": round(kilometres),
    }
