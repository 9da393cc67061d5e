"""Lists of places as others publish them, told apart by their content: GeoNames dumps, and tables with a heading.

A table needs the column `name`, `lat` and `lon`, and says by `kind` what each row is; or it lists crossings, with one column
for the province on each side, such as `pk_province` and `af_province`. Other words for the columns stand in COLUMNS.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from events.choices import LocationLevel
from events.exchange import geonames, tables
from events.exchange.gazetteer_rows import Entry, degrees, number
from events.exchange.rows import Problem
from events.exchange.tables import Refused
from events.tongue import gettext

DUMP, NAMES, TABLE = KINDS = ("GeoNames places", "GeoNames alternate names", "table")
COLUMNS = {  # what is wanted → the words for it
    "name": ("name", "place", "adm2_en", "adm1_en"),
    "kind": ("kind", "level", "type"),
    "latitude": ("lat", "latitude", "y"),
    "longitude": ("lon", "lng", "long", "longitude", "x"),
    "iso": ("iso", "country_iso", "country_code", "adm0_pcode"),
    "province": ("province", "adm1_en", "admin1"),
    "province_code": ("pcode", "adm1_pcode", "province_code"),
    "district": ("district", "adm2_en", "admin2"),
    "district_code": ("dcode", "adm2_pcode", "district_code"),
    "population": ("population", "pop"),
    "aliases": ("alt", "alternates", "alternate_names", "name_local"),
    "geonames_id": ("geonames_id", "geonameid"),
    "source": ("source",),
    "source_id": ("source_id",),
    "note": ("coord_note", "note", "notes"),
}
LEVELS = {
    "country": LocationLevel.COUNTRY,
    "province": LocationLevel.PROVINCE,
    "district": LocationLevel.DISTRICT,
    "agency": LocationLevel.DISTRICT,
    "subdistrict": LocationLevel.SUBDISTRICT,
    "tehsil": LocationLevel.SUBDISTRICT,
    **dict.fromkeys(("place", "settlement", "city", "town", "village"), LocationLevel.SETTLEMENT),
    **dict.fromkeys(("crossing", "pass", "post", "site"), LocationLevel.SITE),
}
_SIDE = re.compile(r"([a-z]{2})_province")
_NAME_LENGTH, _CODE_LENGTH = 200, 20  # of the register's columns


def kind_of(path):
    """One of KINDS by the first line of the file. Raises Refused."""
    with Path(path).open("rb") as file:
        cells = file.readline(tables.SAMPLE).decode("utf-8", errors="replace").split("\t")
    if geonames.is_place(cells):
        return DUMP
    return NAMES if geonames.is_name(cells) else TABLE


def read(path):
    """Entry, Skipped or Problem for each row of a dump or a table; Name, Skipped or Problem of alternate names.

    Raises Refused when it is no such file. Rows come one at a time.
    """
    kind = kind_of(path)
    if kind == DUMP:
        return geonames.places(path)
    return geonames.names(path) if kind == NAMES else _table(path)


def _table(path):
    table = tables.opened(path)
    columns, rows = tables.with_heading(table, ("name", "kind", "lat", "lon"))
    found = {wanted: next((word for word in words if word in columns), "") for wanted, words in COLUMNS.items()}
    for wanted in ("name", "latitude", "longitude"):
        tables.require(columns, (found[wanted] or COLUMNS[wanted][0],), gettext("places"))
    sides = [column for column in columns if _SIDE.fullmatch(column)]
    if not found["kind"] and len(sides) < 2:
        said = gettext("No column says what the rows are: “kind” with province, district, place or crossing.")
        raise Refused(1, "kind", ", ".join(columns)[:80], said)
    return (_row(line, held, found, sides) for line, held in rows)


def _row(line, held, found, sides):
    if isinstance(held, Problem):
        return held
    told = {wanted: held[column] if column else "" for wanted, column in found.items()}
    kind = told["kind"].lower() if found["kind"] else "crossing"
    if kind not in LEVELS:
        said = gettext("“%(kind)s” is no kind of place; use %(kinds)s.")
        return Problem(line, found["kind"], kind[:80], said % {"kind": kind[:80], "kinds": ", ".join(LEVELS)})
    if not told["name"] or len(told["name"]) > _NAME_LENGTH:
        said = gettext("A place needs a name of at most %(most)d characters.")
        return Problem(line, found["name"], told["name"][:80], said % {"most": _NAME_LENGTH})
    latitude = degrees(line, found["latitude"], told["latitude"], 90)
    longitude = degrees(line, found["longitude"], told["longitude"], 180)
    population = number(line, found["population"], told["population"])
    if wrong := next((value for value in (latitude, longitude, population) if isinstance(value, Problem)), None):
        return wrong
    if (latitude is None) != (longitude is None):
        said = gettext("Give the latitude and the longitude, or neither.")
        return Problem(line, found["latitude"], told["latitude"] or told["longitude"], said)
    if is_approximate := _is_approximate(told):
        latitude = longitude = None  # it would be finer than what is known
    said = _entry(line, told, LEVELS[kind], held, sides)
    return Entry(
        latitude=latitude,
        longitude=longitude,
        population=population,
        is_approximate=is_approximate,
        is_crossing=kind == "crossing",
        **said,
    )


def _entry(line, told: Mapping, level, held, sides):
    """The members of an Entry but for its numbers."""
    own = {LocationLevel.PROVINCE: "province_code", LocationLevel.DISTRICT: "district_code"}.get(level, "")
    code = told.get(own, "")[:_CODE_LENGTH]
    between = tuple((_SIDE.fullmatch(side)[1].upper(), held[side]) for side in sides if held[side])
    return {
        "line": line,
        "name": told["name"],
        "level": level.value,
        "country_iso": told["iso"][:2].upper() or (between[0][0] if between else ""),
        "province": "" if level == LocationLevel.PROVINCE else told["province"] or (between[0][1] if between else ""),
        "province_key": "" if level == LocationLevel.PROVINCE else told["province_code"],
        "district": "" if level == LocationLevel.DISTRICT else told["district"],
        "district_key": "" if level == LocationLevel.DISTRICT else told["district_code"],
        "key": code,
        "code": code,
        "geonames_id": _geonames_id(told),
        "aliases": tuple((text.strip(), "") for text in told["aliases"].split("|") if text.strip()),
        "sides": between,
        "note": "; ".join(filter(None, (told["source"], told["note"])))[:500],
    }


def _is_approximate(told):
    return bool(re.search(r"\bapprox", f"{told['source']} {told['note']}", re.IGNORECASE))


def _geonames_id(told):
    text = told["geonames_id"] or (told["source_id"] if told["source"].lower().startswith("geonames") else "")
    return int(text) if re.fullmatch(r"[1-9]\d{0,8}", text) else None
