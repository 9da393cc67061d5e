"""Files of the UCDP: GED and Candidate events, with or without a heading, in the orders of columns that are about.

What the columns mean is from the published codebook of the UCDP Georeferenced Event Dataset.
"""

import csv

from events.choices import (
    Aspect,
    DatePrecision,
    Directness,
    Kind,
    LocationLevel,
    LocationPrecision,
    Outcome,
    Part,
    Qualifier,
    Relay,
    Scope,
    SpeechAct,
    VictimCategory,
)
from events.exchange import tables
from events.exchange.cells import Cells
from events.exchange.rows import (
    Cited,
    ClaimRow,
    Dataset,
    IncidentRow,
    NamedActor,
    NamedPlace,
    ParsedFile,
    Toll,
)
from events.exchange.ucdp_columns import COLUMNS
from events.rules import dates
from events.rules.dates import VagueDate
from events.tongue import gettext

NEEDED = ("id", "type_of_violence", "side_a", "side_b", "date_start", "date_prec", "where_prec", "country", "best")
GED = Dataset(
    code="ucdp_ged",
    name="UCDP Georeferenced Event Dataset",
    publisher="Uppsala Conflict Data Program",
    licence="CC BY 4.0",
    citation=(
        "Sundberg, Ralph, and Erik Melander, 2013, “Introducing the UCDP Georeferenced Event Dataset”, Journal of Peace "
        "Research 50(4)."
    ),
    is_redistributable=True,
    url="https://ucdp.uu.se/",
)
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_TYPES = {number: number for number in (STATE_BASED, NON_STATE, ONE_SIDED)}
_DATES = {
    1: DatePrecision.DAY,
    2: DatePrecision.DAY_RANGE,
    3: DatePrecision.WEEK,
    4: DatePrecision.MONTH,
    5: DatePrecision.YEAR,
}
_PLACES = {
    1: LocationPrecision.SETTLEMENT,
    2: LocationPrecision.NEAR_SETTLEMENT,
    3: LocationPrecision.DISTRICT,
    4: LocationPrecision.PROVINCE,
    5: LocationPrecision.SEVERAL_PROVINCES,
    6: LocationPrecision.COUNTRY,
    7: LocationPrecision.COUNTRY,  # the air and the sea have no word of their own here
}
_BY_LENGTH = (DatePrecision.DAY_RANGE, DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.QUARTER)
_UNKNOWN_PARTY = "X" * 3  # what the numbers of countries follow, as in front of 770
_SLIM = [
    "id",
    "date_start",
    "date_end",
    "side_a",
    "side_b",
    "best",
    "high",
    "low",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
]
_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
EXCERPT = 500


def parsed(path, version=""):
    """ParsedFile of a file on disk. Raises tables.Refused when it is no such file."""
    columns, rows = tables.with_heading(tables.opened(path), COLUMNS)
    tables.require(columns, NEEDED, "UCDP GED")
    return ParsedFile(GED, version, columns, _incidents(rows))


def _incidents(rows):
    for line, cells in rows:
        yield _incident(Cells(line, cells)) if isinstance(cells, dict) else (cells,)


def _incident(row):
    """An IncidentRow, or a tuple of Problem where the row cannot be taken."""
    external = row.required("id").removesuffix(".0")
    violence = row.code("type_of_violence", _TYPES)
    date, place = _date(row), _place(row)
    tolls = _tolls(row, violence)
    sides = [_side(row, letter) for letter in "ab"]
    if violence is None:
        row.required("type_of_violence")
    if row.is_refused:
        return tuple(row.problems)
    return IncidentRow(
        line=row.line,
        external_id=external,
        raw=row.cells,
        title=_title(row),
        kind=(Kind.ATTACK_ON_CIVILIANS if violence == ONE_SIDED else Kind.OTHER_VIOLENT).value,
        date=date,
        place=place,
        claims=tuple(_claims(violence, date, place, sides, tolls)),
        cited=tuple(_cited(row)),
        excerpt=_excerpt(row),
        problems=tuple(row.problems),
    )


def _date(row):
    start, end = row.day("date_start"), row.day("date_end")
    row.required("date_start")
    precision = row.code("date_prec", _DATES | {0: None})
    end = end or start
    if start is None or end is None:
        return VagueDate()
    if end < start:
        row.note("date_end", gettext("It lies before date_start; swap the two or correct one."))
        return VagueDate()
    given = VagueDate(start, end, (precision or DatePrecision.DAY).value)
    if precision is None and not row.is_refused:
        row.note("date_prec", gettext("It says nothing; the days are taken as they stand."), refuses=False)
    if not dates.problems(given):
        return given
    return VagueDate(start, end, _fitting(start, end))


def _fitting(start, end):
    """The finest precision in which the days have room, where the file's own has none."""
    fits = (one.value for one in _BY_LENGTH if not dates.problems(VagueDate(start, end, one.value)))
    return next(fits, DatePrecision.YEAR.value)


def _place(row):
    precision = row.code("where_prec", _PLACES)
    row.required("where_prec"), row.required("country")
    latitude, longitude = row.point()
    levels = (
        (LocationLevel.COUNTRY, row.text("country")),
        (LocationLevel.PROVINCE, _without(row.text("adm_1"), " province", " governorate")),
        (LocationLevel.DISTRICT, _without(row.text("adm_2"), " district", " agency")),
        (LocationLevel.SETTLEMENT, _settlement(row, precision)),
    )
    return NamedPlace(
        names=tuple((level.value, name) for level, name in levels if name),
        latitude=latitude,
        longitude=longitude,
        precision=(precision or LocationPrecision.COUNTRY).value,
        remark=row.text("where_description")[:500],
    )


def _settlement(row, precision):
    if precision not in (LocationPrecision.SETTLEMENT, LocationPrecision.NEAR_SETTLEMENT):
        return ""
    return _without(row.text("where_coordinates"), " town", " village", " city")


def _without(name, *endings):
    ending = next((ending for ending in endings if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)].strip()


def _side(row, letter):
    """The party as the file names it, or None where it is not known or none but civilians."""
    name = row.text(f"side_{letter}")
    if not name or name.startswith(_UNKNOWN_PARTY) or name.lower() == "civilians":
        return None
    return NamedActor(name, "ucdp_actor", row.text(f"side_{letter}_new_id").removesuffix(".0"))


def _tolls(row, violence):
    """Lines of the dead: those of the two parties, civilians, not known who, and all together with their range."""
    deaths = {column: row.whole(column) for column in _DEATHS}
    low, best, high = (row.whole(bound) for bound in ("low", "best", "high"))
    if row.is_refused:
        return ()
    parts = [_part(row, column, deaths[column], violence) for column in _DEATHS if deaths[column] is not None]
    known = [number for number in deaths.values() if number is not None]
    if best is not None and len(known) == len(_DEATHS) and sum(known) != best:
        said = gettext("It is not the sum of the four columns of deaths, %(sum)d; both are kept for you to decide.")
        row.note("best", said % {"sum": sum(known)}, refuses=False)
    numbers = [number for number in (low, best, high) if number is not None]
    if numbers != sorted(numbers):
        said = gettext(
            "low %(low)s, best %(best)s and high %(high)s are not in this order; the line of the total is left out."
        )
        row.note("best", said % {"low": low, "best": best, "high": high}, refuses=False)
        return tuple(parts)
    total = Toll(outcome=Outcome.KILLED.value, qualifier=_qualifier(low, best, high), low=low, best=best, high=high)
    return (total, *parts) if numbers else tuple(parts)


def _part(row, column, deaths, violence):
    party, category = None, VictimCategory.UNKNOWN
    if column == "deaths_civilians":
        category = VictimCategory.CIVILIAN
    elif column in ("deaths_a", "deaths_b"):
        letter = column[-1]
        party = _side(row, letter)
        is_state = row.text(f"side_{letter}").startswith("Government of ")
        is_victim = violence == ONE_SIDED and letter == "b"
        category = VictimCategory.SECURITY_FORCES if is_state else VictimCategory.MILITANT
        category = VictimCategory.CIVILIAN if is_victim else category
    return Toll(
        outcome=Outcome.KILLED.value,
        category=category.value,
        party=party,
        directness=Directness.DIRECT.value,
        qualifier=(Qualifier.EXACT if deaths else Qualifier.NONE).value,
        low=deaths,
        best=deaths,
        high=deaths,
    )


def _qualifier(low, best, high):
    if low == best == high:
        return (Qualifier.EXACT if best else Qualifier.NONE).value
    return Qualifier.RANGE.value


def _claims(violence, date, place, sides, tolls):
    """What the data set says, claim by claim. Only one-sided violence says who did it to whom."""
    yield ClaimRow(Aspect.OCCURRENCE.value)
    yield ClaimRow(Aspect.DATE.value, date=date)
    yield ClaimRow(Aspect.LOCATION.value, place=place)
    first, second = sides
    if violence == ONE_SIDED:
        if first:
            yield ClaimRow(
                Aspect.PERPETRATOR.value, actor=first, part=Part.PERPETRATOR.value, speech_act=SpeechAct.ESTIMATE.value
            )
    else:
        # The order of the two sides has no direction, so neither is called the one who did it.
        for side in (first, second):
            if side:
                yield ClaimRow(Aspect.TARGET.value, actor=side, part=Part.AFFECTED.value)
    if tolls:
        yield ClaimRow(
            Aspect.CASUALTIES.value,
            speech_act=SpeechAct.ESTIMATE.value,
            scope=Scope.WHOLE_INCIDENT.value,
            exhaustive=True,
            tolls=tolls,
        )


def _cited(row):
    """The publications of the row: `source_article` holds "office,date,title" for each, in quotation marks."""
    articles = row.text("source_article")
    if not articles.startswith('"'):
        offices = [office.strip() for office in row.text("source_office").split(";")]
        return [Cited(office, relay=Relay.RELAYS.value) for office in offices if office]
    found = []
    for parts in _quoted(articles):
        publisher, _, rest = parts.partition(",")
        day, _, title = rest.partition(",")
        if publisher.strip():
            found.append(Cited(publisher.strip()[:200], title.strip()[:300], published=_iso(day.strip())))
    return found


def _quoted(articles):
    try:
        return [part for part in next(csv.reader([articles], delimiter=";", strict=False)) if part]
    except (csv.Error, StopIteration):
        return []


def _iso(text):
    cells = Cells(0, {"day": text})
    day = cells.day("day")
    return day.isoformat() if day else ""


def _title(row):
    """The parties and the place in the words of the file; nobody is called the one who began."""
    first, second = (
        gettext("not identified") if row.text(side).startswith(_UNKNOWN_PARTY) else row.text(side)
        for side in ("side_a", "side_b")
    )
    where = row.text("where_coordinates") or row.text("adm_1") or row.text("country")
    return f"{first} – {second}, {where}"[:200]


def _excerpt(row):
    """The beginning of the row as it is kept: the lines that say when, who and how many."""
    lines = [f"{name}: {row.text(name)}" for name in _SLIM if row.text(name)]
    return "\n".join(lines)[:EXCERPT]


def kept(raw):
    """The text of a row as it is kept with its document: what the excerpt quotes first, then every other column."""
    cells = {name: raw[name] for name in _SLIM if name in raw} | raw
    return "\n".join([f"{name}: {cell}" for name, cell in cells.items() if cell])
