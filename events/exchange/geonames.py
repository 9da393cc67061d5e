"""Files of GeoNames: a country's places (19 columns) and alternate names (8 or 10), separated by tabs, without a heading.

Quotation marks mean nothing in them, so they are not read as CSV. Licence: CC BY 4.0.
"""

import re
from pathlib import Path

from events.choices import LocationLevel
from events.exchange.gazetteer_rows import Entry, Name, Skipped, degrees, number
from events.exchange.rows import Problem
from events.tongue import gettext

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
    "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modification date",
)  # fmt: skip
NAME_COLUMNS = ("alternateNameId", "geonameid", "isolanguage", "alternate name", "isPreferredName", "isShortName",
                "isColloquial", "isHistoric", "from", "to")  # fmt: skip
NOTE = "GeoNames, CC BY 4.0"
# Divisions and settlements that exist; of the rest, what statements on fighting name: passes, posts, bases, forts.
LEVELS = {
    "A.PCLI": LocationLevel.COUNTRY,
    "A.ADM1": LocationLevel.PROVINCE,
    "A.ADM2": LocationLevel.DISTRICT,
    "A.ADM3": LocationLevel.SUBDISTRICT,
    **dict.fromkeys(
        (
            "P.PPL",
            "P.PPLA",
            "P.PPLA2",
            "P.PPLA3",
            "P.PPLA4",
            "P.PPLA5",
            "P.PPLC",
            "P.PPLG",
            "P.PPLL",
            "P.PPLS",
            "P.PPLX",
        ),
        LocationLevel.SETTLEMENT,
    ),
    **dict.fromkeys(
        ("T.PASS", "S.PSTB", "S.PSTC", "S.PSTP", "S.CSTM", "S.FT", "S.INSM", "S.AIRB", "S.MKT", "L.MILB"),
        LocationLevel.SITE,
    ),
}
LANGUAGES = {"", "en", "ur", "ps", "fa", "prs", "ar", "bal", "sd", "pa", "pnb", "skr", "brh"}
_DIVISION = re.compile(r" (district|agency|province|tehsil|taluka)$", re.IGNORECASE)
_WHOLE = re.compile(r"[1-9]\d{0,8}")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,15}")


def is_place(cells):
    """Whether a line, cut at its tabs, is of a country's places."""
    return len(cells) == len(COLUMNS) and bool(_WHOLE.fullmatch(cells[0])) and cells[6] in tuple("AHLPRSTUV")


def is_name(cells):
    return len(cells) in (8, 10) and all(_WHOLE.fullmatch(cell) for cell in cells[:2]) and len(cells[2]) <= 7


def places(path):
    """Entry, Skipped or Problem for each line."""
    for line, cells in _lines(path, (len(COLUMNS),)):
        yield cells if isinstance(cells, Problem) else _place(line, cells)


def names(path):
    """Name, Skipped or Problem for each line."""
    for line, cells in _lines(path, (8, 10)):
        yield cells if isinstance(cells, Problem) else _name(line, cells)


def _lines(path, lengths):
    with Path(path).open(encoding="utf-8", errors="replace", newline="\n") as file:
        for line, text in enumerate(file, start=1):
            cells = [cell.strip() for cell in text.rstrip("\r\n").split("\t")]
            if not any(cells):
                continue
            if len(cells) not in lengths:
                said = gettext("The line has %(cells)d cells instead of %(wanted)d; the file is cut or was edited.")
                facts = {"cells": len(cells), "wanted": lengths[-1]}
                yield line, Problem(line, "", text.strip()[:80], said % facts)
            elif "\ufffd" in text or "\0" in text:
                said = gettext("The line holds bytes that are no text in UTF-8; download the file again.")
                yield line, Problem(line, "", text.strip()[:80], said)
            else:
                yield line, cells


def _place(line, cells):
    code = f"{cells[6]}.{cells[7]}"
    if code not in LEVELS:
        return Skipped(line, code)
    if not _WHOLE.fullmatch(cells[0]):
        return Problem(line, COLUMNS[0], cells[0][:80], gettext("This is no GeoNames number, such as 1138958."))
    if not cells[1] or len(cells[1]) > 200:
        return Problem(line, COLUMNS[1], cells[1][:80], gettext("A place needs a name of at most 200 characters."))
    latitude, longitude = degrees(line, COLUMNS[4], cells[4], 90), degrees(line, COLUMNS[5], cells[5], 180)
    population = number(line, COLUMNS[14], cells[14])
    if wrong := next((value for value in (latitude, longitude, population) if isinstance(value, Problem)), None):
        return wrong
    if latitude is None or longitude is None:
        return Problem(line, COLUMNS[4], "", gettext("Give the latitude and the longitude, or neither."))
    return _entry(line, cells, LEVELS[code], latitude, longitude, population)


def _entry(line, cells, level, latitude, longitude, population):
    country = cells[8].upper()
    province = f"{country}.{cells[10]}" if cells[10] and cells[10] != "00" else ""
    district = f"{province}.{cells[11]}" if province and cells[11] else ""
    own = {LocationLevel.PROVINCE: province, LocationLevel.DISTRICT: district}.get(level, "")
    return Entry(
        line=line,
        name=_DIVISION.sub("", cells[1]) if cells[6] == "A" else cells[1],
        level=level.value,
        latitude=latitude,
        longitude=longitude,
        country_iso=country,
        province_key="" if level == LocationLevel.PROVINCE else province,
        district_key="" if level == LocationLevel.DISTRICT else district,
        key=own,
        geonames_id=int(cells[0]),
        population=population,
        time_zone=cells[17][:40],
        aliases=tuple((text, "") for text in (cells[1], cells[2], *cells[3].split(",")) if text),
        note=NOTE,
    )


def _name(line, cells):
    if not all(_WHOLE.fullmatch(cell) for cell in cells[:2]):
        return Problem(line, NAME_COLUMNS[1], cells[1][:80], gettext("This is no GeoNames number, such as 1138958."))
    language, text = cells[2], cells[3]
    if language == "wkdt" and _WIKIDATA.fullmatch(text):
        return Name(line, int(cells[1]), "", wikidata=text)
    if language not in LANGUAGES or not text or len(text) > 200:
        return Skipped(line, language)
    return Name(line, int(cells[1]), text, language, is_former=cells[7] == "1")
