"""The flat public shape of an incident, column by column: what it is called, what it holds, how to read it.

Files of any format and the data dictionary are made of this list and of nothing else. No HTTP here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from events import uids
from events.choices import (
    AttributionStatus,
    Category,
    DatePrecision,
    HarmGrade,
    Kind,
    LocationPrecision,
    Mapped,
    Occurrence,
    Side,
)

TEXT, CODE, CODES, TEXTS, DAY, MOMENT = "text", "code", "codes", "texts", "day", "moment"
WHOLE, NUMBER, FLAG, ADDRESS = "whole", "number", "flag", "address"
KINDS = {
    TEXT: "Words.",
    CODE: "A code of a closed list; the codebook says what each means.",
    CODES: "Any number of codes; one cell joined by “; ” in tables, a list in JSON.",
    TEXTS: "Any number of names; one cell joined by “; ” in tables, a list in JSON.",
    DAY: "A day, written 2024-03-18.",
    MOMENT: "A moment in UTC, written 2024-03-17T22:30Z or with seconds.",
    WHOLE: "A whole number. Empty is “not reported”, never zero.",
    NUMBER: "A number. Empty is “not known”, never zero.",
    FLAG: "yes or no in tables; true or false in JSON.",
    ADDRESS: "The address of a page.",
}
NONE_SAID = "Empty where nobody says; 0 is “none”, and somebody says so."


@dataclass(frozen=True)
class Column:
    """`paths` are the columns of the index, as Django spells them, from which `value(row)` is made.

    A row is a dict of all paths of all columns, of "base" (scheme and host of this site) and of "targets"
    (list of (slug, name, side)). None is “not reported” or “not known”.
    """

    name: str
    kind: str
    meaning: str
    paths: tuple
    value: Callable
    unit: str = ""
    reading: str = ""
    words: tuple = ()


def _plain(name, kind, meaning, path="", **more):
    path = path or name
    return Column(name, kind, meaning, (path,), lambda row: row[path], **more)


def _words(name, meaning, words, path="", **more):
    path = path or name
    return Column(name, CODE, meaning, (path,), lambda row: row[path] or None, words=words.codes(), **more)


def _spoken(name, meaning, path="", **more):
    """Text of which "" is none."""
    path = path or name
    return Column(name, TEXT, meaning, (path,), lambda row: row[path] or None, **more)


def _on_the_map(name, meaning, unit, reading):
    paths = (name, "mapped")
    return Column(
        name,
        NUMBER,
        meaning,
        paths,
        lambda row: None if row["mapped"] == Mapped.NO else row[name],
        unit=unit,
        reading=reading,
    )


def _of_targets(name, place, meaning):
    return Column(name, TEXTS, meaning, (), lambda row: tuple(target[place] for target in row["targets"]))


def _toll(figure, whom):
    bounds = tuple(f"{figure}_{bound}" for bound in ("low", "best", "high"))
    told = (
        (f"{whom}: the lowest account.", NONE_SAID),
        (f"{whom}: the best-supported figure.", "Empty where accounts of equal weight contradict."),
        (f"{whom}: the highest number that any account states.", "Empty where no account has one."),
    )
    numbers = [
        _plain(name, WHOLE, meaning, unit="people", reading=reading)
        for name, (meaning, reading) in zip(bounds, told, strict=True)
    ]
    is_open = Column(
        f"{figure}_open",
        FLAG,
        f"{whom}: whether the highest account has no upper bound (“or more”).",
        (*bounds, f"{figure}_open"),
        lambda row: None if all(row[bound] is None for bound in bounds) else row[f"{figure}_open"],
        reading="Empty where nobody gives a figure.",
    )
    return (*numbers, is_open)


def _moment(name, meaning):
    return Column(name, MOMENT, meaning, (name,), lambda row: row[name].strftime("%Y-%m-%dT%H:%M:%SZ"))


def _uid(name, meaning, path, **more):
    return Column(name, TEXT, meaning, (path,), lambda row: uids.shown(row[path]) if row[path] else None, **more)


COLUMNS = (
    _uid("uid", "The incident’s permanent identifier.", "uid", reading="It never means another incident."),
    _plain("edition", WHOLE, "Which edition of the incident this row shows.", "number", reading="It counts from 1."),
    Column(
        "address",
        ADDRESS,
        "Where exactly this edition stands for good.",
        ("uid", "number"),
        lambda row: f"{row['base']}/incidents/{uids.shown(row['uid'])}/editions/{row['number']}/",
        reading="Cite this one; the address without “editions/…” always leads to the latest.",
    ),
    _plain("title", TEXT, "One neutral sentence."),
    _words("category", "What sort of incident it is.", Category),
    _words("kind", "Which kind of incident it is.", Kind),
    _plain(
        "date_start",
        DAY,
        "The first day that the date may mean, at the place of the event.",
        reading="Empty when no date is known.",
    ),
    _plain(
        "date_end",
        DAY,
        "The last day that the date may mean, itself included.",
        reading="The same as date_start for an exact day.",
    ),
    _words("date_precision", "How exactly the date is known.", DatePrecision),
    _plain("date_shown", TEXT, "The date in words."),
    _spoken("time_local", "The clock time that is reported, at the place.", reading="Written 03:00; mostly empty."),
    _spoken("time_zone", "The time zone of the clock time.", reading="A name of the IANA list, such as Asia/Kabul."),
    Column(
        "utc",
        MOMENT,
        "The reported clock time in UTC.",
        ("utc",),
        lambda row: row["utc"] or None,
        reading="It may fall on another day than date_start.",
    ),
    _spoken("place", "The place in one line, fine to coarse.", "place_shown"),
    _plain("location", TEXT, "The place’s name in addresses (slug).", "location__slug"),
    _plain("country", TEXT, "The country in which it lies.", "country__name"),
    _spoken("country_iso", "The country’s ISO 3166-1 code.", "country__iso"),
    _plain("province", TEXT, "The province in which it lies.", "province__name"),
    _spoken("province_iso", "The province’s ISO 3166-2 code.", "province__iso"),
    _plain("district", TEXT, "The district in which it lies.", "district__name"),
    _words("location_precision", "How exactly the place is known.", LocationPrecision),
    _words(
        "mapped",
        "What the coordinates stand for.",
        Mapped,
        reading="point: there, give or take the uncertainty; area: anywhere within the uncertainty of them; "
        "no: the row has none.",
    ),
    _on_the_map("latitude", "North of the equator.", "degrees, WGS 84", "Never finer than location_precision."),
    _on_the_map("longitude", "East of Greenwich.", "degrees, WGS 84", "Never finer than location_precision."),
    _on_the_map("uncertainty_km", "How far from the coordinates it may have been.", "kilometres", "A radius."),
    _words("occurrence", "On whose word it happened.", Occurrence),
    _plain("is_denied", FLAG, "Whether a party denies that it happened."),
    _words("attribution", "On whose word somebody did it.", AttributionStatus),
    _plain(
        "perpetrator",
        TEXT,
        "Who did it (of a measure: who took it), if the best claims agree.",
        "perpetrator__name",
        reading="Empty also where the best claims name several; then attribution is not “unattributed”.",
    ),
    _plain("perpetrator_slug", TEXT, "The same actor’s name in addresses.", "perpetrator__slug"),
    _words("perpetrator_side", "The side on which that actor stands.", Side, "perpetrator__side"),
    _of_targets("targets", 1, "At whom it was aimed, as far as a claim that counts says so."),
    _of_targets("target_slugs", 0, "The same actors’ names in addresses, in the same order."),
    _of_targets("target_sides", 2, "Their sides, in the same order."),
    _plain("contested", FLAG, "Whether independent claimants contradict each other on some point.", "is_contested"),
    Column(
        "contested_aspects",
        CODES,
        "On which points.",
        ("contested_aspects",),
        lambda row: tuple(code for code in row["contested_aspects"].split("|") if code),
    ),
    _words("harm_grade", "How well harm to civilians is supported.", HarmGrade),
    _plain(
        "cross_border",
        FLAG,
        "Whether a state acted across the border or fire went across it.",
        "is_cross_border",
        reading="A mere claim about a base across the border does not make it so.",
    ),
    _plain("escalation", WHOLE, "Level of escalation.", unit="0 to 9", reading="Empty where it has none."),
    *_toll("killed", "People killed"),
    *_toll("killed_civilian", "Civilians killed"),
    *_toll("killed_excluding_perpetrators", "People killed without those who did it"),
    *_toll("injured", "People injured"),
    _plain("claims", WHOLE, "Accepted claims in the edition.", "claims_count", unit="claims"),
    _plain("documents", WHOLE, "Documents that they cite.", "documents_count", unit="documents"),
    _plain("sources", WHOLE, "Publishers of those documents.", "sources_count", unit="sources"),
    _uid("part_of", "The uid of the operation of which it is a part.", "parent_uid", reading="Empty if of none."),
    _plain(
        "counts_incident",
        FLAG,
        "Whether statistics count this row as an incident.",
        reading="To count incidents, count the rows with yes: no wholes beside their parts, no series.",
    ),
    _plain(
        "counts_killed",
        FLAG,
        "Whether statistics add the killed of this row.",
        reading="To add people killed, add the rows with yes: each person is counted in one of them only.",
    ),
    _plain("counts_injured", FLAG, "Whether statistics add the injured of this row."),
    _moment("first_published_at", "When its first edition appeared."),
    _moment("published_at", "When this edition appeared."),
    _plain("ruleset", WHOLE, "Number of the rules by which its headline was concluded.", "edition__ruleset"),
    _plain(
        "sha256",
        TEXT,
        "SHA-256 of the edition’s document.",
        "edition__sha256",
        reading="Of the bytes that the API gives for this edition.",
    ),
)
PATHS = tuple(dict.fromkeys(["uid", "mapped", *(path for column in COLUMNS for path in column.paths)]))


def cells(row):
    """The values of a row, in the order of COLUMNS."""
    return [column.value(row) for column in COLUMNS]


def dictionary():
    """[{"name", "kind", "unit", "meaning", "reading", "values"}] in the order of COLUMNS, for people and machines."""
    return [
        {
            "name": column.name,
            "kind": column.kind,
            "unit": column.unit or None,
            "meaning": column.meaning,
            "reading": column.reading or None,
            "values": list(column.words) or None,
        }
        for column in COLUMNS
    ]
