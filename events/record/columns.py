"""The flat public shape of an incident, column by column: what it is called, what it holds, how to read it.

Files of any format and the data dictionary are made of this list and of nothing else. No HTTP here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

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
    TEXT: gettext_lazy("Words."),
    CODE: gettext_lazy("A code of a closed list; the codebook says what each means."),
    CODES: gettext_lazy("Any number of codes; one cell joined by “; ” in tables, a list in JSON."),
    TEXTS: gettext_lazy("Any number of names; one cell joined by “; ” in tables, a list in JSON."),
    DAY: gettext_lazy("A day, written 2024-03-18."),
    MOMENT: gettext_lazy("A moment in UTC, written 2024-03-17T22:30Z or with seconds."),
    WHOLE: gettext_lazy("A whole number. Empty is “not reported”, never zero."),
    NUMBER: gettext_lazy("A number. Empty is “not known”, never zero."),
    FLAG: gettext_lazy("yes or no in tables; true or false in JSON."),
    ADDRESS: gettext_lazy("The address of a page."),
}
NONE_SAID = gettext_lazy("Empty where nobody says; 0 is “none”, and somebody says so.")


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
        (_of(whom, gettext_lazy("%(whom)s: the lowest account.")), NONE_SAID),
        (
            _of(whom, gettext_lazy("%(whom)s: the best-supported figure.")),
            gettext_lazy("Empty where accounts of equal weight contradict."),
        ),
        (
            _of(whom, gettext_lazy("%(whom)s: the highest number that any account states.")),
            gettext_lazy("Empty where no account has one."),
        ),
    )
    numbers = [
        _plain(name, WHOLE, meaning, unit=gettext_lazy("people"), reading=reading)
        for name, (meaning, reading) in zip(bounds, told, strict=True)
    ]
    is_open = Column(
        f"{figure}_open",
        FLAG,
        _of(whom, gettext_lazy("%(whom)s: whether the highest account has no upper bound (“or more”).")),
        (*bounds, f"{figure}_open"),
        lambda row: None if all(row[bound] is None for bound in bounds) else row[f"{figure}_open"],
        reading=gettext_lazy("Empty where nobody gives a figure."),
    )
    return (*numbers, is_open)


# Filled only when it is shown, in the language of whoever looks.
_of = lazy(lambda whom, said: said % {"whom": whom}, str)


def _moment(name, meaning):
    return Column(name, MOMENT, meaning, (name,), lambda row: row[name].strftime("%Y-%m-%dT%H:%M:%SZ"))


def _uid(name, meaning, path, **more):
    return Column(name, TEXT, meaning, (path,), lambda row: uids.shown(row[path]) if row[path] else None, **more)


COLUMNS = (
    _uid(
        "uid",
        gettext_lazy("The incident’s permanent identifier."),
        "uid",
        reading=gettext_lazy("It never means another incident."),
    ),
    _plain(
        "edition",
        WHOLE,
        gettext_lazy("Which edition of the incident this row shows."),
        "number",
        reading=gettext_lazy("It counts from 1."),
    ),
    Column(
        "address",
        ADDRESS,
        gettext_lazy("Where exactly this edition stands for good."),
        ("uid", "number"),
        lambda row: f"{row['base']}/incidents/{uids.shown(row['uid'])}/editions/{row['number']}/",
        reading=gettext_lazy("Cite this one; the address without “editions/…” always leads to the latest."),
    ),
    _plain("title", TEXT, gettext_lazy("One neutral sentence.")),
    _words("category", gettext_lazy("What sort of incident it is."), Category),
    _words("kind", gettext_lazy("Which kind of incident it is."), Kind),
    _plain(
        "date_start",
        DAY,
        gettext_lazy("The first day that the date may mean, at the place of the event."),
        reading=gettext_lazy("Empty when no date is known."),
    ),
    _plain(
        "date_end",
        DAY,
        gettext_lazy("The last day that the date may mean, itself included."),
        reading=gettext_lazy("The same as date_start for an exact day."),
    ),
    _words("date_precision", gettext_lazy("How exactly the date is known."), DatePrecision),
    _plain("date_shown", TEXT, gettext_lazy("The date in words.")),
    _spoken(
        "time_local",
        gettext_lazy("The clock time that is reported, at the place."),
        reading=gettext_lazy("Written 03:00; mostly empty."),
    ),
    _spoken(
        "time_zone",
        gettext_lazy("The time zone of the clock time."),
        reading=gettext_lazy("A name of the IANA list, such as Asia/Kabul."),
    ),
    Column(
        "utc",
        MOMENT,
        gettext_lazy("The reported clock time in UTC."),
        ("utc",),
        lambda row: row["utc"] or None,
        reading=gettext_lazy("It may fall on another day than date_start."),
    ),
    _spoken("place", gettext_lazy("The place in one line, fine to coarse."), "place_shown"),
    _plain("location", TEXT, gettext_lazy("The place’s name in addresses (slug)."), "location__slug"),
    _plain("country", TEXT, gettext_lazy("The country in which it lies."), "country__name"),
    _spoken("country_iso", gettext_lazy("The country’s ISO 3166-1 code."), "country__iso"),
    _plain("province", TEXT, gettext_lazy("The province in which it lies."), "province__name"),
    _spoken("province_iso", gettext_lazy("The province’s ISO 3166-2 code."), "province__iso"),
    _plain("district", TEXT, gettext_lazy("The district in which it lies."), "district__name"),
    _words("location_precision", gettext_lazy("How exactly the place is known."), LocationPrecision),
    _words(
        "mapped",
        gettext_lazy("What the coordinates stand for."),
        Mapped,
        reading=gettext_lazy(
            "point: there, give or take the uncertainty; area: anywhere within the uncertainty of them; "
            "no: the row has none."
        ),
    ),
    _on_the_map(
        "latitude",
        gettext_lazy("North of the equator."),
        gettext_lazy("degrees, WGS 84"),
        gettext_lazy("Never finer than location_precision."),
    ),
    _on_the_map(
        "longitude",
        gettext_lazy("East of Greenwich."),
        gettext_lazy("degrees, WGS 84"),
        gettext_lazy("Never finer than location_precision."),
    ),
    _on_the_map(
        "uncertainty_km",
        gettext_lazy("How far from the coordinates it may have been."),
        gettext_lazy("kilometres"),
        gettext_lazy("A radius."),
    ),
    _words("occurrence", gettext_lazy("On whose word it happened."), Occurrence),
    _plain("is_denied", FLAG, gettext_lazy("Whether a party denies that it happened.")),
    _words("attribution", gettext_lazy("On whose word somebody did it."), AttributionStatus),
    _plain(
        "perpetrator",
        TEXT,
        gettext_lazy("Who did it (of a measure: who took it), if the best claims agree."),
        "perpetrator__name",
        reading=gettext_lazy("Empty also where the best claims name several; then attribution is not “unattributed”."),
    ),
    _plain("perpetrator_slug", TEXT, gettext_lazy("The same actor’s name in addresses."), "perpetrator__slug"),
    _words("perpetrator_side", gettext_lazy("The side on which that actor stands."), Side, "perpetrator__side"),
    _of_targets("targets", 1, gettext_lazy("At whom it was aimed, as far as a claim that counts says so.")),
    _of_targets("target_slugs", 0, gettext_lazy("The same actors’ names in addresses, in the same order.")),
    _of_targets("target_sides", 2, gettext_lazy("Their sides, in the same order.")),
    _plain(
        "contested",
        FLAG,
        gettext_lazy("Whether independent claimants contradict each other on some point."),
        "is_contested",
    ),
    Column(
        "contested_aspects",
        CODES,
        gettext_lazy("On which points."),
        ("contested_aspects",),
        lambda row: tuple(code for code in row["contested_aspects"].split("|") if code),
    ),
    _words("harm_grade", gettext_lazy("How well harm to civilians is supported."), HarmGrade),
    _plain(
        "cross_border",
        FLAG,
        gettext_lazy("Whether a state acted across the border or fire went across it."),
        "is_cross_border",
        reading=gettext_lazy("A mere claim about a base across the border does not make it so."),
    ),
    _plain(
        "escalation",
        WHOLE,
        gettext_lazy("Level of escalation."),
        unit=gettext_lazy("0 to 9"),
        reading=gettext_lazy("Empty where it has none."),
    ),
    *_toll("killed", gettext_lazy("People killed")),
    *_toll("killed_civilian", gettext_lazy("Civilians killed")),
    *_toll("killed_excluding_perpetrators", gettext_lazy("People killed without those who did it")),
    *_toll("injured", gettext_lazy("People injured")),
    _plain(
        "claims", WHOLE, gettext_lazy("Accepted claims in the edition."), "claims_count", unit=gettext_lazy("claims")
    ),
    _plain(
        "documents", WHOLE, gettext_lazy("Documents that they cite."), "documents_count", unit=gettext_lazy("documents")
    ),
    _plain(
        "sources", WHOLE, gettext_lazy("Publishers of those documents."), "sources_count", unit=gettext_lazy("sources")
    ),
    _uid(
        "part_of",
        gettext_lazy("The uid of the operation of which it is a part."),
        "parent_uid",
        reading=gettext_lazy("Empty if of none."),
    ),
    _plain(
        "counts_incident",
        FLAG,
        gettext_lazy("Whether statistics count this row as an incident."),
        reading=gettext_lazy("To count incidents, count the rows with yes: no wholes beside their parts, no series."),
    ),
    _plain(
        "counts_killed",
        FLAG,
        gettext_lazy("Whether statistics add the killed of this row."),
        reading=gettext_lazy(
            "To add people killed, add the rows with yes: each person is counted in one of them only."
        ),
    ),
    _plain("counts_injured", FLAG, gettext_lazy("Whether statistics add the injured of this row.")),
    _moment("first_published_at", gettext_lazy("When its first edition appeared.")),
    _moment("published_at", gettext_lazy("When this edition appeared.")),
    _plain(
        "ruleset", WHOLE, gettext_lazy("Number of the rules by which its headline was concluded."), "edition__ruleset"
    ),
    _plain(
        "sha256",
        TEXT,
        gettext_lazy("SHA-256 of the edition’s document."),
        "edition__sha256",
        reading=gettext_lazy("Of the bytes that the API gives for this edition."),
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
            "unit": str(column.unit) or None,
            "meaning": str(column.meaning),
            "reading": str(column.reading) or None,
            "values": list(column.words) or None,
        }
        for column in COLUMNS
    ]
