"""Anybody's table: which of its columns says what is told by a mapping, which can be kept and used again."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from itertools import islice

from events.choices import (
    Aspect,
    DatePrecision,
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
from events.rules import dates
from events.rules.dates import VagueDate
from events.tongue import gettext

OWN_SLUG = "slug"  # stands for a level where the file names a place by its name in our addresses
_LEVELS = (
    (LocationLevel.COUNTRY.value, "country"),
    (LocationLevel.PROVINCE.value, "province"),
    (LocationLevel.DISTRICT.value, "district"),
    (LocationLevel.SETTLEMENT.value, "settlement"),
    (OWN_SLUG, "location"),
)
_TOLLS = {  # the beginning of the names of fields → outcome and category
    "killed": (Outcome.KILLED, VictimCategory.ALL),
    "killed_civilian": (Outcome.KILLED, VictimCategory.CIVILIAN),
    "killed_security_forces": (Outcome.KILLED, VictimCategory.SECURITY_FORCES),
    "killed_militant": (Outcome.KILLED, VictimCategory.MILITANT),
    "injured": (Outcome.INJURED, VictimCategory.ALL),
}
_BOUNDS = ("low", "best", "high")
FIELDS = (
    *("uid", "external_id", "title", "summary", "kind"),
    *("date", "date_end", "date_precision", "time_local", "time_zone"),
    *(name for _, name in _LEVELS),
    *("latitude", "longitude", "location_precision"),
    *("claimant", "perpetrator", "target"),
    *(name for toll in _TOLLS for name in (toll, *(f"{toll}_{bound}" for bound in _BOUNDS))),
    *("source", "source_title", "source_url", "source_date", "excerpt"),
)
NEEDED = ("title", "kind", "date")
EXCERPT = 500
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Layout:
    """`columns` maps a field of FIELDS to a column of the file; `kinds` maps words of the file to codes of Kind.

    `other_kind` is the Kind of rows whose word is not among them, or that have none; "" refuses these. `is_american` says
    that 03/04/2024 is the 4 March.
    """

    columns: Mapping
    kinds: Mapping = field(default_factory=dict)
    is_american: bool = False
    other_kind: str = ""


@dataclass(frozen=True)
class Beginning:
    """The first rows of a file: (line, dict) or (line, Problem). `how` says what was recognised, such as CSV and comma."""

    how: str
    columns: tuple
    rows: tuple

    def values(self, column):
        """What stands in a column, empty cells left out."""
        return [cells[column] for _line, cells in self.rows if isinstance(cells, dict) and cells[column]]


def problems(layout, columns):
    """List of (field, sentence) of what a layout lacks or gets wrong for a file with these columns."""
    found = [
        (name, gettext("It has to be told which column holds it."))
        for name in NEEDED
        if name not in layout.columns
        and not ("uid" in layout.columns and name != "title")
        and not (name == "kind" and layout.other_kind)
    ]
    for name, column in layout.columns.items():
        if name not in FIELDS:
            found.append((name, gettext("There is no such field.")))
        elif column not in columns:
            found.append((name, gettext("The file has no column “%(column)s”.") % {"column": column}))
    mapped = list(layout.kinds.items()) + ([("", layout.other_kind)] if layout.other_kind else [])
    for word, code in mapped:
        if code not in Kind.codes():
            said = gettext("“%(word)s” is mapped to a kind that does not exist.") % {"word": word or code}
            found.append(("kind", said))
    return found


def beginning(path, count=20):
    """The Beginning of a file, whose first row is its heading. Raises tables.Refused."""
    _how, first = tables.sample(path, 1)
    known = [_spelt(cell) for cell in first[0]] if first else []
    table = tables.opened(path)
    columns, rows = tables.with_heading(table, known)
    return Beginning(table.how, columns, tuple(islice(rows, count)))


def previewed(begun, layout, count=5):
    """[(line, IncidentRow or tuple of Problem)] of what the first rows would become by a layout that has no `problems`."""
    rows = begun.rows[:count]
    return [(line, made) for (line, _), made in zip(rows, _incidents(iter(rows), layout), strict=True)]


def words_of(path, column, *, rows=20_000, most=60):
    """([(word, number of rows)], the commonest first, at most so many; whether more stand in these first rows)."""
    columns, found = tables.with_heading(tables.opened(path), (column,))
    if column not in columns:
        return [], False
    counted = Counter(
        cells[column] for _line, cells in islice(found, rows) if isinstance(cells, dict) and cells[column]
    )
    listed = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return listed[:most], len(listed) > most


def parsed(path, layout, dataset, version=""):
    """ParsedFile of a file on disk. Raises tables.Refused when the file does not fit the layout."""
    columns, rows = tables.with_heading(tables.opened(path), tuple(layout.columns.values()))
    if wrong := problems(layout, columns):
        name, sentence = wrong[0]
        raise tables.Refused(1, layout.columns.get(name, name), name, sentence)
    return ParsedFile(dataset, version, columns, _incidents(rows, layout))


def _incidents(rows, layout):
    for line, cells in rows:
        yield _incident(Cells(line, cells, layout.columns), layout) if isinstance(cells, dict) else (cells,)


def _incident(row, layout):
    """An IncidentRow, or a tuple of Problem where the row cannot be taken."""
    kind, date, place = _kind(row, layout), _date(row, layout), _place(row)
    claims = tuple(_claims(row, date, place))
    title = _title(row)
    if row.is_refused:
        return tuple(row.problems)
    return IncidentRow(
        line=row.line,
        external_id=row.text("external_id") or row.text("uid") or _number(row.cells),
        raw=row.cells,
        title=title,
        summary=row.text("summary"),
        kind=kind,
        date=date,
        place=place,
        claims=claims,
        cited=tuple(_cited(row, layout)),
        excerpt=_excerpt(row),
        uid=row.text("uid"),
        problems=tuple(row.problems),
    )


def _title(row):
    """A title in full: words that were cut off would be lost without anybody having chosen so."""
    title = row.required("title")
    if len(title) > LONGEST_TITLE:
        said = gettext("The title has %(count)d characters; at most %(most)d fit. Shorten it.")
        row.note("title", said % {"count": len(title), "most": LONGEST_TITLE})
    return title


def _number(cells):
    """What a row without an id is known by: its words. Its line would name another row in the next file."""
    said = "\n".join(f"{name}: {cells[name]}" for name in sorted(cells) if cells[name])
    return f"row-{hashlib.sha256(said.encode()).hexdigest()[:20]}"


def _kind(row, layout):
    text = row.text("kind") if layout.other_kind else row.required("kind")
    found = layout.kinds.get(text, text)
    if layout.other_kind and found not in Kind.codes():
        return layout.other_kind
    if text and found not in Kind.codes():
        row.note("kind", gettext("This is no kind of incident; map the word to one, or write a code of the codebook."))
    return found


def _date(row, layout):
    start = row.day("date", is_american=layout.is_american)
    end = row.day("date_end", is_american=layout.is_american) or start
    clock = _clock(row)
    precision = row.text("date_precision")
    if precision and precision not in DatePrecision.codes():
        row.note("date_precision", gettext("This is no precision; use one of %s.") % ", ".join(DatePrecision.codes()))
        return VagueDate()
    if start is None:
        if not row.is_refused and precision != DatePrecision.UNKNOWN:
            row.required("date")
        return VagueDate()
    usual = DatePrecision.DAY if start == end else DatePrecision.DAY_RANGE
    date = VagueDate(start, end, precision or usual.value, clock, row.text("time_zone"))
    for name, sentence in dates.problems(date):
        row.note({"end": "date_end", "precision": "date_precision"}.get(name, "date"), sentence)
    return date


def _clock(row):
    text = row.text("time_local")
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        row.note("time_local", gettext("This is no time of day; write it as 03:00."))
        return None


def _place(row):
    latitude, longitude = row.point()
    named = tuple((level, row.text(name)) for level, name in _LEVELS if row.text(name))
    precision = row.text("location_precision")
    if precision and precision not in LocationPrecision.codes():
        codes = ", ".join(LocationPrecision.codes())
        row.note("location_precision", gettext("This is no precision of a place; use one of %s.") % codes)
    finest = named[-1][0] if named else LocationLevel.COUNTRY.value
    usual = finest if finest in LocationPrecision.codes() else LocationPrecision.COUNTRY.value
    return NamedPlace(named, latitude, longitude, precision or usual)


def _claims(row, date, place):
    claimant = NamedActor(row.text("claimant")) if row.text("claimant") else None
    yield ClaimRow(Aspect.OCCURRENCE.value, claimant=claimant)
    yield ClaimRow(Aspect.DATE.value, claimant=claimant, date=date)
    if place.names:
        yield ClaimRow(Aspect.LOCATION.value, claimant=claimant, place=place)
    for name, aspect, part in (
        ("perpetrator", Aspect.PERPETRATOR, Part.PERPETRATOR),
        ("target", Aspect.TARGET, Part.TARGET),
    ):
        for actor in _several(row.text(name)):
            yield ClaimRow(aspect.value, claimant=claimant, actor=NamedActor(actor), part=part.value)
    if tolls := tuple(toll for name in _TOLLS if (toll := _toll(row, name))):
        yield ClaimRow(
            Aspect.CASUALTIES.value,
            claimant=claimant,
            speech_act=SpeechAct.ESTIMATE.value,
            scope=Scope.WHOLE_INCIDENT.value,
            tolls=tolls,
        )


def _several(text):
    return [part for part in (part.strip() for part in text.split(";")) if part]


def _toll(row, name):
    outcome, category = _TOLLS[name]
    single = row.whole(name)
    low, best, high = (row.whole(f"{name}_{bound}") for bound in _BOUNDS)
    best = single if best is None else best
    numbers = [number for number in (low, best, high) if number is not None]
    if numbers != sorted(numbers):
        given = {bound: number for bound, number in zip(_BOUNDS, (low, best, high), strict=True) if number is not None}
        said = gettext("%(numbers)s are not in this order; correct them.")
        first = f"{name}_{next(iter(given))}"
        column = first if row.text(first) else name
        row.note(column, said % {"numbers": ", ".join(f"{bound} {number}" for bound, number in given.items())})
    if not numbers:
        return None
    if len(set(numbers)) == 1 and best is not None:
        qualifier, low, high = (Qualifier.EXACT if best else Qualifier.NONE), best, best
    else:
        qualifier = Qualifier.RANGE
    return Toll(outcome.value, category.value, qualifier=qualifier.value, low=low, best=best, high=high)


def _cited(row, layout):
    if not row.text("source"):
        return
    day = row.day("source_date", is_american=layout.is_american)
    yield Cited(
        row.text("source")[:200],
        row.text("source_title")[:300],
        row.text("source_url"),
        day.isoformat() if day else "",
        Relay.RELAYS.value,
    )


def _excerpt(row):
    """The words that the file quotes; else the beginning of the row as it is kept."""
    return (row.text("excerpt") or kept(row.cells))[:EXCERPT].strip()


def _spelt(cell):
    """A cell of a heading as columns are called."""
    return " ".join(cell.split()).lower().replace(" ", "_")


def kept(raw):
    """The text of a row as it is kept with its document."""
    return "\n".join(f"{name}: {value}" for name, value in raw.items() if value)


def named_dataset(name, licence="", *, is_redistributable=False):
    """The Dataset of a table that somebody brings along; unless they say otherwise it may not be passed on."""
    return Dataset(
        code=f"table:{name}"[:60],
        name=name,
        publisher=name,
        licence=licence,
        citation=name,
        is_redistributable=is_redistributable,
    )
