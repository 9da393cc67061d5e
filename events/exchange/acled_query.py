"""The query strings of ACLED's API, read strictly: which rows, which columns, in which shape. Pure text and values.

Every column is a parameter with a usual comparison, `{column}_where` names another one, `|` joins values, of which one
must fit, and `:OR:` joins terms that may be about other columns. What cannot be read is refused with a sentence.
"""

from dataclasses import dataclass, field, replace

from events.exchange import acled_values as kinds
from events.exchange import acled_words as words
from events.exchange.acled_values import Refused

LIKE, EQUAL, LEAST, BETWEEN = "LIKE", "=", ">=", "BETWEEN"
OPERATORS = (EQUAL, ">", "<", LEAST, "<=", BETWEEN, LIKE)
FORMATS = ("json", "csv")
PAGE, MONADIC_PAGE = 5000, 10000  # rows, as there
_LONGEST = 500  # letters of one value
OR = ":OR:"
_USUAL = {kinds.TEXT: LIKE, kinds.MOMENT: LEAST, kinds.COUNT: LEAST}  # all others are compared by =
_IN_ORDER = (kinds.NUMBER, kinds.DEGREE, kinds.DAY, kinds.MOMENT, kinds.COUNT)
_CODED = (kinds.INTER, kinds.INTERACTION)


@dataclass(frozen=True)
class Table:
    """What one endpoint holds: column → how it is compared."""

    name: str
    columns: dict


EVENTS = Table(
    "acled",
    dict.fromkeys(words.COLUMNS, kinds.TEXT)
    | dict.fromkeys(("year", "time_precision", "iso", "geo_precision", "fatalities"), kinds.NUMBER)
    | dict.fromkeys(("latitude", "longitude"), kinds.DEGREE)
    | dict.fromkeys(("inter1", "inter2"), kinds.INTER)
    | {
        "event_date": kinds.DAY,
        "country": kinds.EXACT,
        "region": kinds.REGION,
        "interaction": kinds.INTERACTION,
        "timestamp": kinds.MOMENT,
    },
)
_SEEN = {"first_event_date": kinds.DAY, "last_event_date": kinds.DAY, "event_count": kinds.COUNT}
TABLES = {
    table.name: table
    for table in (
        EVENTS,
        Table("deleted", {"event_id_cnty": kinds.TEXT, "deleted_timestamp": kinds.MOMENT}),
        Table("actor", {"actor_name": kinds.TEXT, **_SEEN}),
        Table("actortype", {"actor_type_id": kinds.NUMBER, "actor_type_name": kinds.TEXT, **_SEEN}),
        Table("country", {"country": kinds.TEXT, "iso": kinds.NUMBER, "iso3": kinds.TEXT, **_SEEN}),
        Table("region", {"region": kinds.NUMBER, "region_name": kinds.TEXT, **_SEEN}),
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

    def parted(self, columns):
        """(the same question with the groups about these columns alone, the other groups)."""
        known = tuple(group for group in self.groups if all(term.column in columns for term in group))
        return replace(self, groups=known), tuple(group for group in self.groups if group not in known)

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
    alone = [name for name in given if name.endswith("_where") and name.removesuffix("_where") not in seen]
    wrong += [
        f"{name}: there is nothing to compare; send {name.removesuffix('_where')} too, or take it out."
        for name in alone
    ]
    return given, wrong


def parameters(table):
    """Every name that may stand in the query string, in the order of the documentation."""
    own = _OWN if table is EVENTS else ()
    return (*table.columns, *(f"{name}_where" for name in table.columns), *_COMMON, *own)


def usual(kind):
    """The comparison of a kind of column unless another is asked for."""
    return _USUAL.get(kind, EQUAL)


def _group(table, name, text, given):
    terms = []
    for place, part in enumerate(text.split(OR)):
        column, value = name, part
        head, sign, rest = part.partition("=")
        if place and sign and head in table.columns:
            column, value = head, rest
        terms.append(_term(table, column, value, given))
    return tuple(terms)


def _term(table, column, text, given):
    kind = table.columns[column]
    operator = given.get(f"{column}_where", usual(kind)).upper()
    if operator not in OPERATORS:
        raise Refused([f"{column}_where: “{operator[:20]}” is no comparison. Use one of: {', '.join(OPERATORS)}."])
    if operator != EQUAL and (kind in _CODED or (operator != LIKE and kind not in _IN_ORDER)):
        raise Refused([f"{column}_where: this column has no order; use {EQUAL if kind in _CODED else '= or LIKE'}."])
    values = [value.strip() for value in text.split("|")]
    if any(len(value) > _LONGEST for value in values):
        raise Refused([f"{column}: a value is longer than {_LONGEST} letters. Shorten it."])
    if not all(values):
        raise Refused([f"{column}: there is nothing on one side of a “|”. Fill it, or take the stroke out."])
    if operator == LIKE:
        return Term(column, operator, tuple(kinds.pattern(value) for value in values))
    read = tuple(kinds.read(column, kind, value) for value in values)
    if operator == BETWEEN and (len(read) != 2 or read[0] > read[1]):
        raise Refused([f"{column}: BETWEEN takes two values joined by “|”, the lower first."])
    return Term(column, operator, read)


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
