"""The query strings of ACLED's API, read strictly: which rows, which columns, in which shape. Pure text and values.

Every column is a parameter with a usual comparison, `{column}_where` names another one, `|` joins values, of which one
must fit, and `:OR:` joins terms that may be about other columns. What cannot be read is refused with a sentence.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from events.exchange import acled_words as words

LIKE, EQUAL, LEAST, BETWEEN = "LIKE", "=", ">=", "BETWEEN"
OPERATORS = (EQUAL, ">", "<", LEAST, "<=", BETWEEN, LIKE)
TEXT, EXACT, NUMBER, DEGREE, DAY, MOMENT, COUNT, REGION, INTER, INTERACTION = (
    *("text", "exact", "number", "degree", "day", "moment", "count", "region", "inter", "interaction"),
)
USUAL = {TEXT: LIKE, MOMENT: LEAST, COUNT: LEAST}  # all others are compared by =
FORMATS = ("json", "csv")
PAGE, MONADIC_PAGE = 5000, 10000  # rows, as there
_LONGEST = 500  # letters of one value
_OR = ":OR:"
_NUMBERS = (NUMBER, DEGREE, DAY, MOMENT, COUNT)


class Refused(Exception):
    """The query cannot be read; `sentences` say what is wrong, where, and what would be right."""

    def __init__(self, sentences):
        self.sentences = sentences
        super().__init__(" ".join(sentences))


@dataclass(frozen=True)
class Table:
    """What one endpoint holds: column → how it is compared."""

    name: str
    columns: dict


EVENTS = Table(
    "acled",
    dict.fromkeys(words.COLUMNS, TEXT)
    | dict.fromkeys(("year", "time_precision", "iso", "geo_precision", "fatalities"), NUMBER)
    | dict.fromkeys(("latitude", "longitude"), DEGREE)
    | dict.fromkeys(("inter1", "inter2"), INTER)
    | {"event_date": DAY, "country": EXACT, "region": REGION, "interaction": INTERACTION, "timestamp": MOMENT},
)
_SEEN = {"first_event_date": DAY, "last_event_date": DAY, "event_count": COUNT}
TABLES = {
    table.name: table
    for table in (
        EVENTS,
        Table("deleted", {"event_id_cnty": TEXT, "deleted_timestamp": MOMENT}),
        Table("actor", {"actor_name": TEXT, **_SEEN}),
        Table("actortype", {"actor_type_id": NUMBER, "actor_type_name": TEXT, **_SEEN}),
        Table("country", {"country": TEXT, "iso": NUMBER, "iso3": TEXT, **_SEEN}),
        Table("region", {"region": NUMBER, "region_name": TEXT, **_SEEN}),
    )
}


@dataclass(frozen=True)
class Term:
    """One comparison; it holds if any of the values fits (BETWEEN has two values, both inclusive)."""

    column: str
    operator: str
    values: tuple

    def holds(self, row):
        held = row[self.column]
        if self.operator == LIKE:
            return any(value.search(str(held)) for value in self.values)
        if isinstance(held, str) and self.values and isinstance(self.values[0], float):
            held = float(held)
        elif isinstance(held, str):
            held = held.casefold()
        if self.operator == BETWEEN:
            return self.values[0] <= held <= self.values[1]
        return any(_COMPARE[self.operator](held, value) for value in self.values)


_COMPARE = {
    EQUAL: lambda held, value: held == value,
    ">": lambda held, value: held > value,
    "<": lambda held, value: held < value,
    LEAST: lambda held, value: held >= value,
    "<=": lambda held, value: held <= value,
}


@dataclass(frozen=True)
class Question:
    """A query, read. `groups` are tuples of Terms: in every group one must hold. A limit of 0 is all rows."""

    table: Table
    groups: tuple = ()
    fields: tuple = ()
    limit: int = PAGE
    page: int = 1
    form: str = ""
    is_monadic: bool = False
    is_numeric: bool | None = None  # None: as the generation of the API has it
    population: tuple = ()
    given: dict = field(default_factory=dict)

    def holds(self, row):
        return all(any(term.holds(row) for term in group) for group in self.groups)

    @property
    def columns(self):
        """The names of the columns of the answer, in order."""
        held = [name for name in self.table.columns if not (self.is_monadic and name in words.SECOND_ACTOR)]
        return self.fields or (*held, *self.population)

    @property
    def slice(self):
        """(first, behind the last) of the rows of this page, counted from 0; behind the last is None for all."""
        if not self.limit:
            return (0, None) if self.page == 1 else (0, 0)
        return (self.page - 1) * self.limit, self.page * self.limit


def parse(table, pairs):
    """Question from a list of (name, value) of a query string; raises Refused with every sentence."""
    given, wrong = _once(table, pairs)
    question = Question(table, given=given)
    groups = []
    for name, text in given.items():
        try:
            if name in table.columns:
                groups.append(_group(table, name, text, given))
            elif not name.endswith("_where"):
                question = _READ[name](question, text)
        except Refused as refused:
            wrong += refused.sentences
    question = replace(question, groups=tuple(groups))
    if question.is_monadic and "limit" not in given:
        question = replace(question, limit=MONADIC_PAGE)
    unknown = [name for name in question.fields if name not in replace(question, fields=()).columns]
    wrong += [f"fields: “{name[:60]}” is no column of this answer; use its columns joined by “|”." for name in unknown]
    if wrong:
        raise Refused(wrong)
    return question


def _once(table, pairs):
    """(name → value of what is filled in, sentences about names); "?" before a name is a slip of an R client."""
    given, wrong, seen = {}, [], set()
    for raw, value in pairs:
        name = raw.lstrip("?")
        if name not in parameters(table):
            wrong.append(
                f"{name[:60]}: there is no such parameter here. Take it out; columns are named as in the answer."
            )
        elif name in seen:
            wrong.append(f"{name}: it stands twice. Send it once, with its values joined by “|”.")
        elif value.strip():
            given[name] = value.strip()
        seen.add(name)
    for name in [name for name in given if name.endswith("_where")]:
        if name.removesuffix("_where") not in seen:
            wrong.append(
                f"{name}: there is nothing to compare; send {name.removesuffix('_where')} too, or take it out."
            )
    return given, wrong


def parameters(table):
    """Every name that may stand in the query string, in the order of the documentation."""
    own = _OWN if table is EVENTS else ()
    return (*table.columns, *(f"{name}_where" for name in table.columns), *_COMMON, *own)


def _group(table, name, text, given):
    terms = []
    for place, part in enumerate(text.split(_OR)):
        column, value = name, part
        head, sign, rest = part.partition("=")
        if place and sign and head in table.columns:
            column, value = head, rest
        terms.append(_term(table, column, value, given))
    return tuple(terms)


def _term(table, column, text, given):
    kind = table.columns[column]
    operator = given.get(f"{column}_where", USUAL.get(kind, EQUAL)).upper()
    if operator not in OPERATORS:
        raise Refused([f"{column}_where: “{operator[:20]}” is no comparison. Use one of: {', '.join(OPERATORS)}."])
    if operator not in (EQUAL, LIKE) and kind not in _NUMBERS:
        raise Refused([f"{column}_where: words have no order here; use = or LIKE."])
    values = [value.strip() for value in text.split("|")]
    if any(len(value) > _LONGEST for value in values):
        raise Refused([f"{column}: a value is longer than {_LONGEST} letters. Shorten it."])
    if not all(values):
        raise Refused([f"{column}: there is nothing on one side of a “|”. Fill it, or take the stroke out."])
    if operator == LIKE:
        return Term(column, operator, tuple(_pattern(value) for value in values))
    read = tuple(_value(column, kind, value) for value in values)
    if operator == BETWEEN and (len(read) != 2 or read[0] > read[1]):
        raise Refused([f"{column}: BETWEEN takes two values joined by “|”, the lower first."])
    return Term(column, operator, read)


def _pattern(text):
    """Contains, without regard to case; "%" stands for anything between."""
    return re.compile(".*?".join(re.escape(piece) for piece in text.split("%")), re.IGNORECASE | re.DOTALL)


def _value(column, kind, text):
    try:
        return _VALUES[kind](text)
    except (ValueError, KeyError, OverflowError, OSError) as error:
        raise Refused([f"{column}: “{text[:60]}” is not {_MEANT[kind]}."]) from error


def _day(text):
    return date.fromisoformat(text).isoformat()


def _moment(text):
    if text.isascii() and text.isdecimal():
        return _bounded(int(text))
    return int(datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC).timestamp())


def _bounded(number):
    if not -(10**15) < number < 10**15:
        raise ValueError(number)
    return number


def _number(text):
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ValueError(text)
    return int(text)


def _degree(text):
    if not re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", text):
        raise ValueError(text)
    return float(text)


def _region(text):
    """The name of a region, small; ACLED's numbers of regions that this record never touches match nothing."""
    return words.REGIONS.get(int(text), f"region {text}").casefold() if text.isdecimal() else text.casefold()


_INTERS = {label.casefold(): code for code, label in words.INTER.items() if label}


def _inter(text):
    return _number(text) if text.isdecimal() else _INTERS[text.casefold()]


def _interaction(text):
    if text.isdecimal():
        return _number(text)
    low, sign, high = text.casefold().rpartition("-")
    if not sign:
        return _INTERS[text.casefold().removesuffix(" only")] * 10
    return _INTERS[low] * 10 + _INTERS[high]


_VALUES = {
    TEXT: str.casefold,
    EXACT: str.casefold,
    NUMBER: _number,
    COUNT: _number,
    DEGREE: _degree,
    DAY: _day,
    MOMENT: _moment,
    REGION: _region,
    INTER: _inter,
    INTERACTION: _interaction,
}
_MEANT = {
    NUMBER: "a whole number",
    COUNT: "a whole number",
    DEGREE: "a number of degrees, such as 33.0167",
    DAY: "a day (YYYY-MM-DD)",
    MOMENT: "a moment: Unix seconds, or a day (YYYY-MM-DD)",
    REGION: "the number or the name of a region",
    INTER: "a type of actor: 1 to 8, or its words, such as “State forces”",
    INTERACTION: "an interaction: two digits, or its words, such as “State forces-Rebel group”",
}


def _fields(question, text):
    return replace(question, fields=tuple(dict.fromkeys(name.strip() for name in text.split("|") if name.strip())))


def _limit(question, text):
    return replace(question, limit=_whole("limit", text, 0, "0 for all rows"))


def _page(question, text):
    return replace(question, page=_whole("page", text, 1, "pages count from 1"))


def _whole(name, text, least, hint):
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= least):
        raise Refused([f"{name}: “{text[:60]}” is not a whole number from {least} on ({hint})."])
    return int(text)


def _form(question, text):
    form = text.lower()
    if form not in FORMATS:
        raise Refused([f"_format: “{text[:20]}” is not offered here. Use json or csv."])
    if question.form not in ("", form):
        raise Refused(["_format: two formats are asked for. Send one."])
    return replace(question, form=form)


def _export_type(question, text):
    """monadic or dyadic; a format too, as clients of some years send it."""
    if text.lower() in FORMATS:
        return _form(question, text)
    if text.lower() not in ("monadic", "dyadic") or question.table is not EVENTS:
        raise Refused([f"export_type: “{text[:20]}” is not offered here. Use monadic or dyadic, for events."])
    return replace(question, is_monadic=text.lower() == "monadic")


def _inter_num(question, text):
    if text not in ("0", "1"):
        raise Refused([f"inter_num: “{text[:20]}” is neither 0 (words) nor 1 (numbers)."])
    return replace(question, is_numeric=text == "1")


def _population(question, text):
    if text.lower() not in words.POPULATION:
        raise Refused([f"population: “{text[:20]}” is neither true nor full. The columns stay empty here."])
    return replace(question, population=words.POPULATION[text.lower()])


def _as_it_is(question, text):
    return question  # who asks is read from the request; the terms of another publisher bind nobody here


_COMMON = ("fields", "limit", "page", "export_type", "_format", "format", "key", "email", "terms")
_OWN = ("inter_num", "population")
_READ = {
    "fields": _fields,
    "limit": _limit,
    "page": _page,
    "_format": _form,
    "format": _form,
    "export_type": _export_type,
    "inter_num": _inter_num,
    "population": _population,
    **dict.fromkeys(("key", "email", "terms"), _as_it_is),
}
