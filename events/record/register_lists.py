"""The lists of actors, places and sources: in groups, each with how often the record names it and when last."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import LocationLevel, Side, SourceKind
from events.record import registers

NAME, COUNT, RECENT = "name", "count", "recent"
ORDERS = {NAME: _("name"), COUNT: _("number of incidents"), RECENT: _("latest incident")}


def actors_by_side(order):
    """[(label of the side, code, its actors)], sides in the order of the list, actors in the order asked for."""
    found = _ordered(registers.actors_with_counts(), order)
    sides = [(gettext(side.label), side.value, [actor for actor in found if actor.side == side]) for side in Side]
    return [side for side in sides if side[2]]


def places_by_country(order):
    """[(country, [(province, its districts)])] and the stretches that lie in no one country, in the order asked for."""
    found = {level: _ordered(rows, order) for level, rows in registers.areas_with_counts().items()}
    provinces, districts = found.get(LocationLevel.PROVINCE, []), found.get(LocationLevel.DISTRICT, [])
    below = {}
    for district in districts:
        below.setdefault(district.province_id, []).append(district)
    countries = [
        (country, [(one, below.get(one.pk, [])) for one in provinces if one.country_id == country.pk])
        for country in found.get(LocationLevel.COUNTRY, [])
    ]
    return countries, _ordered(registers.stretches(), order)


def sources_by_kind(order):
    """[(label of the kind, its code, its sources)], likewise."""
    found = _ordered(registers.sources_with_counts(), order)
    kinds = [(gettext(kind.label), kind.value, [row for row in found if row.kind == kind]) for kind in SourceKind]
    return [kind for kind in kinds if kind[2]]


def _ordered(rows, order):
    """Rows with `incident_count` and `last_day`; the name decides between equals. An unknown day is None."""
    found = sorted(rows, key=lambda row: (row.name.casefold(), row.pk))
    for row in found:
        row.last_day = row.last_day if row.last_day and row.last_day > date.min else None
    if order == COUNT:
        found.sort(key=lambda row: -row.incident_count)
    elif order == RECENT:
        found.sort(key=lambda row: row.last_day or date.min, reverse=True)
    return found
