"""Files exported from ACLED, of today and of earlier years. Their licence forbids passing the rows on.

What the columns mean is from the published codebook of ACLED. The order of its two actors has no direction, and a 0 of
its fatalities is also “no information”: neither is read as more than that.
"""

import re
from datetime import timedelta

from events.choices import (
    KIND_COUNTERPARTS,
    Aspect,
    DatePrecision,
    Hedge,
    Kind,
    LocationLevel,
    LocationPrecision,
    Outcome,
    Part,
    Qualifier,
    Relay,
    Scope,
    SpeechAct,
)
from events.exchange import tables
from events.exchange.acled_words import COLUMNS
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
from events.rules.dates import VagueDate
from events.tongue import gettext

NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "country", "geo_precision", "fatalities")
ACLED = Dataset(
    code="acled",
    name="ACLED",
    publisher="Armed Conflict Location & Event Data",
    licence="ACLED terms of use: no redistribution",
    citation="Armed Conflict Location & Event Data (ACLED), acleddata.com.",
    is_redistributable=False,
    url="https://acleddata.com/",
)
DAY, WEEK, MONTH = 1, 2, 3
_PRECISIONS = {DAY: DAY, WEEK: WEEK, MONTH: MONTH}
_PLACES = {
    1: LocationPrecision.SETTLEMENT,
    2: LocationPrecision.NEAR_SETTLEMENT,
    3: LocationPrecision.PROVINCE,
}
_DISTRICT = re.compile(r"\b(district|area|agency|tehsil)\b", re.IGNORECASE)
_REMARK = re.compile(r"\[[^\]]*coded[^\]]*\]", re.IGNORECASE)
_NO_DEATHS = re.compile(r"\bno (?:casualties|fatalities|deaths)\b", re.IGNORECASE)
_HEDGES = (
    (re.compile(r"\bassumed\b", re.IGNORECASE), Hedge.ASSUMED),
    (re.compile(r"\bsuspected\b", re.IGNORECASE), Hedge.SUSPECTED),
    (re.compile(r"\breportedly\b|\bunconfirmed\b|\bas reported\b", re.IGNORECASE), Hedge.REPORTEDLY),
)
_EITHER = " and/or "
_NOBODY = ("Unidentified ", "Civilians", "Protesters", "Rioters")
_ONE_SIDED = "Violence against civilians"
_UNREAD = ("Protests", "Riots")
EXCERPT = 500


def _first_kinds():
    """(event type, sub-event type) → our kind: the first of the list that exports as that, the plain one of its family."""
    found = {}
    for kind, (event, sub_event, *_) in KIND_COUNTERPARTS.items():
        found.setdefault((event, sub_event), kind)
    return found | {
        ("Battles", "Armed clash"): Kind.ARMED_ASSAULT,
        ("Battles", "Government regains territory"): Kind.POST_SEIZURE,
        ("Explosions/Remote violence", "Shelling/artillery/missile attack"): Kind.SHELLING,
        (_ONE_SIDED, "Attack"): Kind.ATTACK_ON_CIVILIANS,
        ("Strategic developments", "Looting/property destruction"): Kind.PROPERTY_DESTRUCTION,
        ("Strategic developments", "Agreement"): Kind.AGREEMENT,
    }


_KINDS = _first_kinds()
_OTHERS = {
    "Battles": Kind.OTHER_VIOLENT,
    "Explosions/Remote violence": Kind.OTHER_VIOLENT,
    _ONE_SIDED: Kind.OTHER_VIOLENT,
    "Strategic developments": Kind.OTHER_MEASURE,
}


def parsed(path, version=""):
    """ParsedFile of a file on disk. Raises tables.Refused when it is no such file."""
    columns, rows = tables.with_heading(tables.opened(path), COLUMNS)
    tables.require(columns, NEEDED, "ACLED")
    return ParsedFile(ACLED, version, columns, _incidents(rows))


def _incidents(rows):
    for line, cells in rows:
        yield _incident(Cells(line, cells)) if isinstance(cells, dict) else (cells,)


def _incident(row):
    """An IncidentRow, or a tuple of Problem where the row cannot be taken."""
    external, date, place, kind = row.required("event_id_cnty"), _date(row), _place(row), _kind(row)
    deaths = row.whole("fatalities")
    if row.is_refused:
        return tuple(row.problems)
    return IncidentRow(
        line=row.line,
        external_id=external,
        raw=row.cells,
        title=_title(row, kind),
        kind=kind.value,
        date=date,
        place=place,
        summary="",
        claims=tuple(_claims(row, date, place, deaths)),
        cited=tuple(Cited(name.strip()[:200], relay=Relay.RELAYS.value) for name in _split(row.text("source"))),
        excerpt=_excerpt(row),
        problems=tuple(row.problems),
    )


def _date(row):
    row.required("event_date")
    day, precision = row.day("event_date"), row.code("time_precision", _PRECISIONS)
    if day is None:
        return VagueDate()
    if precision == WEEK:
        return VagueDate(day - timedelta(days=3), day + timedelta(days=3), DatePrecision.WEEK.value)
    if precision == MONTH:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return VagueDate(first, last, DatePrecision.MONTH.value)
    if precision is None and not row.is_refused:
        row.note("time_precision", gettext("It says nothing; the day is taken as it stands."), refuses=False)
    return VagueDate(day, day, DatePrecision.DAY.value)


def _place(row):
    precision = row.code("geo_precision", _PLACES)
    row.required("geo_precision"), row.required("country")
    latitude, longitude = row.point()
    remarks = " ".join(_REMARK.findall(row.text("notes")))
    if precision == LocationPrecision.NEAR_SETTLEMENT and _DISTRICT.search(remarks):
        precision = LocationPrecision.DISTRICT
    levels = (
        (LocationLevel.COUNTRY, "country"),
        (LocationLevel.PROVINCE, "admin1"),
        (LocationLevel.DISTRICT, "admin2"),
        (LocationLevel.SUBDISTRICT, "admin3"),
        (LocationLevel.SETTLEMENT, "location"),
    )
    is_fine = precision in (LocationPrecision.SETTLEMENT, LocationPrecision.NEAR_SETTLEMENT)
    return NamedPlace(
        names=tuple(
            (level.value, row.text(column))
            for level, column in levels
            if row.text(column) and (is_fine or level != LocationLevel.SETTLEMENT)
        ),
        latitude=latitude,
        longitude=longitude,
        precision=(precision or LocationPrecision.COUNTRY).value,
        remark=remarks[:500],
    )


def _kind(row):
    event, sub_event = row.required("event_type"), row.required("sub_event_type")
    if event in _UNREAD:
        row.note("event_type", gettext("Protests and riots are outside what this tracker records."))
    elif (event, sub_event) not in _KINDS and event not in _OTHERS and event:
        row.note("event_type", gettext("This is no event type of ACLED; known are %s.") % ", ".join(_OTHERS))
    return _KINDS.get((event, sub_event)) or _OTHERS.get(event, Kind.OTHER_VIOLENT)


def _claims(row, date, place, deaths):
    hedge = _hedge(row.text("notes"))
    yield ClaimRow(Aspect.OCCURRENCE.value, hedge=hedge)
    yield ClaimRow(Aspect.DATE.value, date=date)
    yield ClaimRow(Aspect.LOCATION.value, place=place)
    first, second = (_actors(row.text(column)) for column in ("actor1", "actor2"))
    if row.text("event_type") == _ONE_SIDED:
        yield from _naming(first, Aspect.PERPETRATOR, Part.PERPETRATOR, hedge)
    else:
        yield from _naming((*first, *second), Aspect.TARGET, Part.AFFECTED, hedge)
    if deaths is not None:
        yield ClaimRow(
            Aspect.CASUALTIES.value,
            speech_act=SpeechAct.ESTIMATE.value,
            hedge=hedge,
            scope=Scope.WHOLE_INCIDENT.value,
            tolls=(_toll(deaths, row.text("notes")),),
        )


def _naming(actors, aspect, part, hedge):
    for name, is_candidate in actors:
        yield ClaimRow(
            aspect.value,
            actor=NamedActor(name, "acled"),
            part=part.value,
            speech_act=SpeechAct.ESTIMATE.value,
            hedge=Hedge.SUSPECTED.value if is_candidate else hedge,
        )


def _actors(text):
    """((name, is it one of several that may be meant), …); whoever is not identified is nobody."""
    names = [name.strip() for name in text.split(_EITHER)]
    return tuple((name, len(names) > 1) for name in names if name and not name.startswith(_NOBODY))


def _hedge(notes):
    return next((hedge.value for pattern, hedge in _HEDGES if pattern.search(notes)), Hedge.NONE.value)


def _toll(deaths, notes):
    if deaths:
        return Toll(Outcome.KILLED.value, qualifier=Qualifier.EXACT.value, low=deaths, best=deaths, high=deaths)
    if _NO_DEATHS.search(notes):
        return Toll(Outcome.KILLED.value, qualifier=Qualifier.NONE.value, low=0, best=0, high=0)
    return Toll(Outcome.KILLED.value, qualifier=Qualifier.UNKNOWN.value)


def _title(row, kind):
    names = [name for name in (row.text("actor1"), row.text("actor2")) if name]
    where = row.text("location") or row.text("admin1") or row.text("country")
    return f"{kind.label}: {' – '.join(names)}, {where}"[:200] if names else f"{kind.label}, {where}"[:200]


def _split(text):
    return [part for part in (part.strip() for part in text.split(";")) if part]


def _excerpt(row):
    """The notes as far as there is room, which is where ACLED says what happened; else the row's first columns."""
    return (row.text("notes") or kept(row.cells))[:EXCERPT].strip()


def kept(raw):
    """The text of a row as it is kept with its document: its notes first, then every column."""
    names = ["notes", *(name for name in raw if name != "notes")]
    return "\n".join(raw[name] if name == "notes" else f"{name}: {raw[name]}" for name in names if raw.get(name))
