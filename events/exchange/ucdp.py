"""An edition's document as a row of UCDP GED, or the reason why it cannot be one. Nothing is guessed to make it fit.

The columns are those of UCDP GED 26.1. Whoever changes a rule here changes what its users get under the same address.
"""

from dataclasses import dataclass, field
from datetime import date
from math import floor

from events.choices import (
    KIND_COUNTERPARTS,
    Category,
    DatePrecision,
    Kind,
    LocationPrecision,
    Outcome,
)
from events.exchange import ucdp_deaths, ucdp_names, ucdp_sides, ucdp_sources
from events.exchange.ucdp_columns import COLUMNS

OFFSET = 900_000_000  # of ids, so that none is an id of UCDP's own
OPERATION, NO_DEATH, NOT_CODED = "operation", "no_death", "kind_not_coded"
DATE_UNKNOWN, PLACE_UNKNOWN, COUNTRY_UNKNOWN = "date_unknown", "place_unknown", "country_unknown"
REASONS = (
    OPERATION,
    NO_DEATH,
    NOT_CODED,
    DATE_UNKNOWN,
    PLACE_UNKNOWN,
    COUNTRY_UNKNOWN,
    ucdp_sides.TYPE_UNCLEAR,
    ucdp_sides.TARGET_CONTESTED,
)
_WHERE = {
    LocationPrecision.SITE: 1,
    LocationPrecision.SETTLEMENT: 1,
    LocationPrecision.NEAR_SETTLEMENT: 2,
    LocationPrecision.DISTRICT: 3,
    LocationPrecision.PROVINCE: 4,
    LocationPrecision.SEVERAL_PROVINCES: 5,
    LocationPrecision.BORDER_SEGMENT: 5,
    LocationPrecision.COUNTRY: 6,
}
_DISTRICT_LEVEL, _PROVINCE_LEVEL = 3, 4
_WHEN = {
    DatePrecision.MINUTE: 1,
    DatePrecision.PART_OF_DAY: 1,
    DatePrecision.DAY: 1,
    DatePrecision.WEEK: 3,
    DatePrecision.MONTH: 4,
    DatePrecision.QUARTER: 5,
    DatePrecision.YEAR: 5,
}
_FEW_DAYS, _WEEK = 6, 7
# Kinds to which UCDP's coding gives a type; abductions that cost a life are told apart by their parties as well.
_CODED = {kind for kind, (*_, types, _) in KIND_COUNTERPARTS.items() if types} | {Kind.ABDUCTION}


@dataclass(frozen=True, slots=True)
class Skip:
    """An incident that no row can express."""

    reason: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What decides whether an incident gives a row, and by what rows are chosen; small enough to be kept for many."""

    uid: str
    part_of: str | None
    parts: tuple[str, ...]
    country: str | None  # slug
    start: str | None
    end: str | None
    latitude: float | None
    longitude: float | None
    reason: str | None
    sides: ucdp_sides.Sides = field(default_factory=ucdp_sides.Sides)


@dataclass(frozen=True)
class Entry:
    """One incident to be expressed: `number` is the place of its first edition in the sequence of the record."""

    number: int
    document: dict
    is_leaf: bool = True


def rows(entries, register):
    """For each Entry a row (a dict of COLUMNS in their order) or a Skip; nothing is kept, however many there are."""
    for entry in entries:
        yield row(entry.document, entry.number, register) if entry.is_leaf else Skip(OPERATION)


def row(document, number, register):
    """The row of one incident, or a Skip."""
    outlined = outline(document, register)
    return _row(document, outlined, number, register) if outlined.reason is None else Skip(outlined.reason)


def outline(document, register):
    """The Outline of a document. Of the register, only the countries matter."""
    place = document["location"] or {}
    country = (place.get("country") or {}).get("slug")
    when = document["date"]
    total = document["headline"]["casualties"].get(Outcome.KILLED, {}).get("total") or {}
    reason = hindrance(
        category=document["category"],
        kind=document["kind"],
        killed_low=total.get("low"),
        killed_best=total.get("best"),
        start=when["start"],
        precision=document["location_precision"],
        latitude=place.get("latitude"),
        country=country,
        register=register,
    )
    sides = ucdp_sides.Sides()
    if reason is None:
        sides = ucdp_sides.sides(document, register.countries[country])
        reason = sides.reason
    return Outline(
        uid=document["uid"],
        part_of=document["part_of"],
        parts=tuple(document["parts"]),
        country=country,
        start=when["start"],
        end=when["end"],
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        reason=reason,
        sides=sides,
    )


def hindrance(*, category, kind, killed_low, killed_best, start, precision, latitude, country, register):
    """Why values that stand in the index already rule a row out, or None. The sides may still do so."""
    best = killed_low if killed_best is None else killed_best
    if category != Category.VIOLENT or not best:
        return NO_DEATH
    if kind not in _CODED:
        return NOT_CODED
    if start is None:
        return DATE_UNKNOWN
    if precision not in _WHERE or latitude is None or country is None:
        return PLACE_UNKNOWN
    return None if register.country(country) else COUNTRY_UNKNOWN


def actor_numbers(outlined, register):
    """UCDP's numbers of the two sides, as far as the register holds them."""
    found = (ucdp_names.actor_number(side, register, outlined.start) for side in (outlined.sides.a, outlined.sides.b))
    return {number for number in found if number is not None}


def dyad_number(outlined, register):
    """UCDP's number of the dyad, or None."""
    return _parties(outlined, register)["dyad_new_id"]


def _row(document, outlined, number, register):
    killed = document["headline"]["casualties"][Outcome.KILLED]
    dead = ucdp_deaths.deaths(killed, outlined.sides, document)
    country = register.country(outlined.country)
    named = _parties(outlined, register)
    when = _when(document["date"])
    where = _where(document)
    is_one_place = where["where_prec"] <= _PROVINCE_LEVEL
    relation = (country.prefix, when["year"], outlined.sides.type, named["dyad_new_id"] or 0, number)
    found = {
        "id": OFFSET + number,
        "relid": "-".join(str(part) for part in relation),
        "active_year": None,  # it takes the deaths of a whole year, which one incident does not know
        "code_status": _status(document, (*outlined.sides.checks, *dead.checks)),
        "type_of_violence": outlined.sides.type,
        **named,
        **ucdp_sources.sources(document),
        **where,
        "country": country.name,
        "country_id": country.number,
        "region": country.region,
        "event_clarity": 1 if is_one_place and when["date_prec"] <= 2 else 2,
        **when,
        "deaths_a": dead.a,
        "deaths_b": dead.b,
        "deaths_civilians": dead.civilians,
        "deaths_unknown": dead.unknown,
        "best": dead.best,
        "high": dead.high,
        "low": dead.low,
    }
    return {name: found.get(name) for name in COLUMNS}


def _parties(outlined, register):
    """Names and numbers of sides and dyad. The conflict is called like its dyad: the issue at stake is not recorded."""
    place = register.country(outlined.country)
    one, other = outlined.sides.a, outlined.sides.b
    a, b = (ucdp_names.side(side, register, outlined.start, place) for side in (one, other))
    dyad = f"{a.name} - {b.name}"
    return {
        "conflict_name": dyad,
        "dyad_new_id": ucdp_names.dyad_number(one, other, dyad, register, outlined.start),
        "dyad_name": dyad,
        "side_a_new_id": a.number,
        "side_a": a.name,
        "side_b_new_id": b.number,
        "side_b": b.name,
        "gwnoa": a.gwno,
        "gwnob": b.gwno,
    }


def _status(document, checks):
    """“Clear”, or what has to be looked at again: contested aspects by our codes, then what the columns cannot hold."""
    words = [entry["aspect"] for entry in document["headline"]["contested"]]
    words = list(dict.fromkeys([*words, *checks]))
    return f"Check {', '.join(words)}" if words else "Clear"


def _where(document):
    place, level = document["location"], _WHERE[document["location_precision"]]
    latitude, longitude = place["latitude"], place["longitude"]
    province = place["province"] if level <= _PROVINCE_LEVEL else None
    district = place["district"] if level <= _DISTRICT_LEVEL else None
    return {
        "where_prec": level,
        "where_coordinates": place["name"],
        "where_description": "; ".join(text for text in (place["shown"], place["disputed_note"]) if text),
        "adm_1": _unit(province, "province"),
        "adm_2": _unit(district, "district"),
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": grid_cell(latitude, longitude),
    }


def _unit(place, word):
    """“Paktika province”, as UCDP writes it; a name that says already what it is stays as it is."""
    if place is None:
        return None
    says = place["name"].lower().endswith((word, "territory", "agency"))
    return place["name"] if says else f"{place['name']} {word}"


def grid_cell(latitude, longitude):
    """The number of the PRIO-GRID cell of half a degree: 720 in a row, from the south-west corner of the world."""
    return floor((latitude + 90) * 2) * 720 + floor((longitude + 180) * 2) + 1


def _when(vague):
    start, end = date.fromisoformat(vague["start"]), date.fromisoformat(vague["end"] or vague["start"])
    return {
        "year": start.year,
        "date_prec": _WHEN.get(vague["precision"]) or _of_range((end - start).days + 1),
        "date_start": f"{start.isoformat()}T00:00:00",
        "date_end": f"{end.isoformat()}T00:00:00",
    }


def _of_range(days):
    """The precision of so many days in which it happened."""
    if days == 1:
        return 1
    return 2 if days <= _FEW_DAYS else 3 if days <= _WEEK else 4 if days <= 31 else 5
