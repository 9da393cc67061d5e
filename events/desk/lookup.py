"""Looking up what somebody types in a register: the entries they may mean, the nearest first, in any spelling or script.

With the shipped gazetteer (a thousand places under some seven thousand names) an answer takes a few milliseconds. With
a hundred thousand places both queries read the whole table of names, which takes some tenths of a second; of the names
that begin alike only those of the `MOST_COMPARED` coarsest and largest places are then compared letter by letter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Lower, Replace, Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names, spellings
from events.choices import LEVEL_RANK, ActorKind, LocationLevel, SourceKind
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.models.source import Source

MOST = 20  # entries in one answer
LONGEST = 200  # characters of a name
MOST_COMPARED = 20_000
_ENOUGH = 8  # entries that hold the text; with fewer, those spelt much like it follow
_READ = 400  # spellings read for twenty entries: the best known places go by about twenty names
_SAME, _SAME_BUT_SPACES, _BEGINS, _WORD_BEGINS, _HOLDS, _ALIKE = range(6)
_COLUMNS = ("rank", "of_uid", "of_name", "of_coarse", "of_crowd", "as_spelled", "as_folded", "tongue", "is_other")
_ORDER = ("rank", "of_coarse", "of_crowd", "is_other", "of_name", "of_uid", "as_spelled")


@dataclass(frozen=True)
class Found:
    """An entry that the text may mean. `spelling` is the name that matched, where it is another one than `name`."""

    uid: str
    name: str
    hint: str
    spelling: str
    language: str
    rank: int


@dataclass(frozen=True)
class Register:
    """How one register is looked up."""

    remedy: str  # what to do where an entry that is added may be there already
    page: str  # its name in the desk's addresses
    spellings: Callable  # () → list of QuerySets, one row for each name of an entry, all with the same columns
    columns: tuple  # the columns of an entry that its hint needs
    hint: Callable  # a row with them → words


class LikelyDouble(ValidationError):
    """An entry that is to be added goes by nearly the name of others: `candidates`, a list of Found."""

    def __init__(self, kind, name, candidates):
        self.kind, self.candidates = kind, candidates
        listed = "; ".join(f"{one.name} ({one.hint})" for one in candidates[:3])
        if len(candidates) > 3:
            listed = gettext("%(names)s; and %(count)s more") % {"names": listed, "count": len(candidates) - 3}
        likely = gettext("“%(name)s” is nearly the name of: %(names)s.") % {"name": name, "names": listed}
        super().__init__(f"{likely} {REGISTERS[kind].remedy}", code="likely_double")


def look_up(kind, text):
    """List of Found, at most `MOST`, in a total order. One query, and a second one where few names hold the text.

    First who goes by exactly this name, then names that begin with it, hold it, or are spelt much like it; among
    equals coarse levels and large populations first, then by name.
    """
    folded = names.fold(text)
    if not folded:
        return []
    register = REGISTERS[kind]
    found = _entries(register, _holding(register, folded))
    if len(found) < _ENOUGH and len(folded) >= 3:
        found |= {uid: one for uid, one in _entries(register, _alike(register, folded)).items() if uid not in found}
    return list(found.values())[:MOST]


def named(found):
    """Those of the entries that go by exactly the text looked up; if none does, those that do but for spaces."""
    best = min((one.rank for one in found), default=_HOLDS)
    return [one for one in found if one.rank == best] if best <= _SAME_BUT_SPACES else []


def named_exactly(kind, text):
    """List of Found that go by exactly this name in any spelling or script. One query."""
    folded = names.fold(text)
    return named(_entries(REGISTERS[kind], _holding(REGISTERS[kind], folded)).values()) if folded else []


def nearly_one(kind, text):
    """List of Found, at most `MOST`: entries of which a name is likely the text in another spelling. Two queries."""
    folded = names.fold(text).removeprefix("the ")
    if not folded:
        return []
    register = REGISTERS[kind]
    rows = [*_holding(register, folded), *_alike(register, folded)]
    near = [row for row in rows if spellings.are_nearly_one(folded, row["as_folded"])]
    return list(_entries(register, near).values())[:MOST]


def require_another(kind, name, *, despite=False):
    """Every door that adds an entry on somebody's behalf asks here first: raises LikelyDouble unless it is confirmed.

    The verbs that add do not ask, so that loaders, which know their entries by slug, need not confirm anything.
    """
    if not despite and (candidates := nearly_one(kind, name)):
        raise LikelyDouble(kind, name, candidates)


def doubles_in(error):
    """List of the LikelyDoubles in a ValidationError, whatever fields it names."""
    several = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return [one for errors in several for one in errors if isinstance(one, LikelyDouble)]


def _holding(register, folded):
    """Rows of names that hold the text, nearest first. One query."""
    tight = folded.replace(" ", "")
    rank = Case(
        When(as_folded=folded, then=_SAME),
        When(as_tight=tight, then=_SAME_BUT_SPACES),
        When(as_tight__startswith=tight, then=_BEGINS),
        When(as_folded__contains=f" {folded}", then=_WORD_BEGINS),
        default=_HOLDS,
        output_field=IntegerField(),
    )
    wanted = Q(as_tight__contains=tight)
    if len(tight) < 3:  # a letter or two stand in most names
        wanted = Q(as_tight__startswith=tight) | Q(as_folded__contains=f" {folded}")
    return _read(register, lambda rows: rows.filter(wanted).annotate(rank=rank), _READ)


def _alike(register, folded):
    """Rows of names that are spelt much like the text, the most alike first. One query.

    The name has to begin with a letter that is heard like the text's first, or a later word of it with that very letter.
    """
    wanted = Q(initial__in=spellings.initials(folded)) | Q(as_folded__contains=f" {folded[0]}")
    initial = {"initial": Substr("as_folded", 1, 1)}
    rows = _read(
        register, lambda rows: rows.annotate(**initial).filter(wanted).annotate(rank=Value(_ALIKE)), MOST_COMPARED
    )
    scored = [(spellings.score(folded, row["as_folded"]), row) for row in rows]
    near = sorted((pair for pair in scored if pair[0] >= spellings.ALIKE), key=lambda pair: -pair[0])
    return [row for _, row in near]


def _read(register, narrowed, most):
    columns = (*_COLUMNS, *(f"of_{name}" for name in register.columns))
    first, *others = [narrowed(rows).order_by().values(*columns) for rows in register.spellings()]
    return first.union(*others, all=True).order_by(*_ORDER)[:most]


def _entries(register, rows):
    """uid → Found of the first row of each entry, in the order of the rows."""
    found = {}
    for row in rows:
        if row["of_uid"] not in found:
            other = row["as_spelled"] if row["is_other"] else ""
            hint = register.hint(row)
            found[row["of_uid"]] = Found(
                row["of_uid"], row["of_name"], hint, other, row["tongue"] if other else "", row["rank"]
            )
    return found


def _spelt(rows, spelling, folded, *, is_other, entry="", language=None, coarse=None, crowd=None, columns):
    """The rows with one spelling each. `entry` is the path from the row to what goes by it: "location__"."""
    return rows.annotate(
        of_uid=F(f"{entry}uid"),
        of_name=F(f"{entry}name"),
        of_coarse=coarse or Value(0),
        of_crowd=crowd or Value(0),
        as_spelled=F(spelling),
        as_folded=folded,
        as_tight=Replace(folded, Value(" "), Value("")),
        tongue=F(language) if language else Value(""),
        is_other=Value(int(is_other)),
        **{f"of_{name}": F(f"{entry}{path}") for name, path in columns.items()},
    )


def _spellings_of_places():
    def of(entry):
        levels = [When(**{f"{entry}level": level.value}, then=rank) for level, rank in LEVEL_RANK.items()]
        crowd = Value(0) - Coalesce(f"{entry}population", 0)
        coarse = Case(*levels, default=99, output_field=IntegerField())
        return {"entry": entry, "coarse": coarse, "crowd": crowd, "columns": _PLACE}

    aliases = LocationAlias.objects.filter(location__merged_into__isnull=True)
    return [
        _spelt(Location.objects.current(), "name", F("folded"), is_other=False, **of("")),
        _spelt(aliases, "text", F("folded"), is_other=True, language="language", **of("location__")),
    ]


def _spellings_of_actors():
    current, aliases = Actor.objects.current(), ActorAlias.objects.filter(actor__merged_into__isnull=True)
    short = Lower("short_name")
    return [
        _spelt(current, "name", F("folded"), is_other=False, columns=_ACTOR),
        _spelt(current.exclude(short_name=""), "short_name", short, is_other=True, columns=_ACTOR),
        _spelt(aliases, "text", F("folded"), is_other=True, entry="actor__", language="language", columns=_ACTOR),
    ]


def _spellings_of_sources():
    current = Source.objects.filter(merged_into__isnull=True)
    domain = Replace("domain", Value("."), Value(" "))
    return [
        _spelt(current, "name", F("folded"), is_other=False, columns=_SOURCE),
        _spelt(current.exclude(domain=""), "domain", domain, is_other=True, columns=_SOURCE),
    ]


def _hint_of_place(row):
    """ "Settlement, Barmal, Paktika, Afghanistan"; without the level that the place itself is."""
    above = [row[f"of_{level}_name"] for level in _ABOVE if level != row["of_level"]]
    return ", ".join([gettext(LocationLevel.label_of(row["of_level"])), *dict.fromkeys(name for name in above if name)])


def _hint_of_actor(row):
    words = [gettext(ActorKind.label_of(row["of_kind"])), row["of_short_name"], row["of_home_country"]]
    return ", ".join(word for word in words if word)


def _hint_of_source(row):
    return ", ".join(word for word in (gettext(SourceKind.label_of(row["of_kind"])), row["of_domain"]) if word)


_ABOVE = ("district", "province", "country")
_PLACE = {"level": "level", **{f"{level}_name": f"{level}__name" for level in _ABOVE}}
_ACTOR = {name: name for name in ("kind", "short_name", "home_country")}
_SOURCE = {name: name for name in ("kind", "domain")}
REGISTERS = {
    "places": Register(
        _("Choose the place that is meant, or say that this is another one."),
        "locations",
        _spellings_of_places,
        tuple(_PLACE),
        _hint_of_place,
    ),
    "actors": Register(
        _("Choose the actor that is meant, or say that this is another one."),
        "actors",
        _spellings_of_actors,
        tuple(_ACTOR),
        _hint_of_actor,
    ),
    "sources": Register(
        _("Choose the source that is meant, or say that this is another one."),
        "sources",
        _spellings_of_sources,
        tuple(_SOURCE),
        _hint_of_source,
    ),
}
