"""What the columns of anybody's table may be, by their names and first values: suggestions for a person, never decisions."""

import re

from rapidfuzz import fuzz

from events import names
from events.choices import KIND_COUNTERPARTS, Kind
from events.exchange.cells import Cells
from events.exchange.reading_table import FIELDS, OWN_SLUG

ALIKE = 90  # of 100, for the name of a column and one of these words
_WORDS = {  # field → what people call such a column, folded
    "uid": ("uid",),
    "external_id": (
        "id",
        "event id",
        "incident id",
        "record id",
        "no",
        "nr",
        "number",
        "ref",
        "reference",
        "serial",
        "s no",
    ),
    "title": ("title", "headline", "event", "incident", "event name", "incident name", "what", "what happened"),
    "summary": ("summary", "description", "notes", "note", "details", "narrative", "remarks", "text"),
    "kind": (
        "kind",
        "type",
        "event type",
        "incident type",
        "attack type",
        "type of attack",
        "category",
        "sub event type",
    ),
    "date": ("date", "day", "event date", "incident date", "date of incident", "date of attack", "start", "start date"),
    "date_end": ("end", "end date", "last day", "until"),
    "time_local": ("time", "local time", "hour"),
    "country": ("country", "state country", "country name"),
    "province": ("province", "admin1", "admin 1", "adm 1", "adm1", "region", "state"),
    "district": ("district", "admin2", "admin 2", "adm 2", "adm2", "agency", "tehsil"),
    "settlement": ("settlement", "town", "city", "village", "place", "location", "site", "location name", "where"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "claimant": ("claimant", "claimed by", "according to", "reported by", "said by"),
    "perpetrator": (
        "perpetrator",
        "perpetrators",
        "attacker",
        "group",
        "by",
        "actor1",
        "actor 1",
        "side a",
        "responsible",
    ),
    "target": ("target", "targets", "victim", "actor2", "actor 2", "side b", "target group"),
    "killed": ("killed", "dead", "deaths", "fatalities", "nkill", "total killed", "number killed", "total deaths"),
    "killed_low": ("killed low", "low", "deaths low", "min killed", "killed min", "minimum killed", "fatalities low"),
    "killed_best": ("killed best", "best", "deaths best", "best estimate"),
    "killed_high": (
        "killed high",
        "high",
        "deaths high",
        "max killed",
        "killed max",
        "maximum killed",
        "fatalities high",
    ),
    "killed_civilian": (
        "civilians killed",
        "killed civilians",
        "civilian deaths",
        "deaths civilians",
        "civilians dead",
    ),
    "killed_security_forces": ("security forces killed", "sf killed", "soldiers killed", "killed security forces"),
    "killed_militant": ("militants killed", "killed militants", "insurgents killed", "terrorists killed"),
    "injured": ("injured", "wounded", "nwound", "injuries", "hurt", "total injured", "number injured"),
    "injured_low": ("injured low", "wounded low", "min injured", "minimum injured"),
    "injured_high": ("injured high", "wounded high", "max injured", "maximum injured"),
    "source": ("source", "sources", "publisher", "newspaper", "paper", "source name", "outlet"),
    "source_title": ("source title", "article", "article title", "source headline"),
    "source_url": ("url", "link", "source url", "source link", "web address"),
    "source_date": ("source date", "published", "date published", "publication date", "printed"),
    "excerpt": ("excerpt", "quote", "quotation"),
}
_KIND_WORDS = (  # the first that a word holds tells; longer ones stand before those that they hold
    ("suicide", Kind.SUICIDE_BOMBING),
    ("drone", Kind.DRONE_STRIKE),
    ("uav", Kind.DRONE_STRIKE),
    ("air strike", Kind.AIR_STRIKE),
    ("airstrike", Kind.AIR_STRIKE),
    ("aerial", Kind.AIR_STRIKE),
    ("missile", Kind.MISSILE_STRIKE),
    ("rocket", Kind.SHELLING),
    ("shell", Kind.SHELLING),
    ("mortar", Kind.SHELLING),
    ("artillery", Kind.SHELLING),
    ("grenade", Kind.GRENADE_ATTACK),
    ("ied", Kind.IED),
    ("bomb", Kind.IED),
    ("blast", Kind.IED),
    ("explosi", Kind.IED),
    ("landmine", Kind.IED),
    ("ambush", Kind.AMBUSH),
    ("kidnap", Kind.ABDUCTION),
    ("abduct", Kind.ABDUCTION),
    ("assassinat", Kind.TARGETED_KILLING),
    ("target killing", Kind.TARGETED_KILLING),
    ("targeted", Kind.TARGETED_KILLING),
    ("raid", Kind.RAID),
    ("infiltrat", Kind.INFILTRATION_ATTEMPT),
    ("border clash", Kind.BORDER_CLASH),
    ("clash", Kind.ARMED_ASSAULT),
    ("shoot", Kind.ARMED_ASSAULT),
    ("firing", Kind.ARMED_ASSAULT),
    ("gunmen", Kind.ARMED_ASSAULT),
    ("assault", Kind.ARMED_ASSAULT),
    ("closure", Kind.BORDER_CLOSURE),
    ("arrest", Kind.ARRESTS),
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d{4}\b", re.ASCII)


def columns(begun):
    """Dict of field → column of a Beginning; a column is suggested once, a field once, the first best."""
    found, taken = {}, set()
    for is_exact in (True, False):
        for column in begun.columns:
            if not column or column in taken:
                continue
            field = _field(column, found, is_exact)
            if field:
                found[field] = column
                taken.add(column)
    if "date" not in found and (column := _dated(begun, taken)):
        found["date"] = column
    return found


def is_american(values):
    """Whether days such as 03/18/2024 stand there, which can only begin with the month; False where both are possible."""
    pairs = [tuple(map(int, match.groups())) for value in values if (match := _SLASHED.match(value))]
    return any(second > 12 for _first, second in pairs) and not any(first > 12 for first, _second in pairs)


def is_either(values):
    """Whether days stand there that mean another day with the month before the day, and nothing tells which is meant."""
    pairs = [tuple(map(int, match.groups())) for value in values if (match := _SLASHED.match(value))]
    return bool(pairs) and all(first <= 12 and second <= 12 for first, second in pairs)


def kind(word):
    """Code of the Kind that a word may mean, or ""."""
    folded = names.fold(word).replace("_", " ")
    if not folded:
        return ""
    for one in Kind:
        if folded in (one.value.replace("_", " "), names.fold(one.label)):
            return one.value
    for one, (_event, sub_event, *_others) in KIND_COUNTERPARTS.items():
        if sub_event and sub_event != "Other" and folded == names.fold(sub_event):
            return one.value
    return next((one.value for said, one in _KIND_WORDS if re.search(rf"\b{said}", folded)), "")


def _field(column, found, is_exact):
    folded = names.fold(column.replace("_", " "))
    for field in FIELDS:
        own = () if field in ("location", OWN_SLUG) else (field.replace("_", " "),)
        known = (*own, *_WORDS.get(field, ()))
        if field in found:
            continue
        if (
            folded in known
            or not is_exact
            and any(fuzz.ratio(folded, word) >= ALIKE for word in known if len(word) > 4)
        ):
            return field
    return ""


def _dated(begun, taken):
    """The first column whose first values are all days."""
    for column in begun.columns:
        values = begun.values(column) if column and column not in taken else []
        if values and all(_is_day(value) for value in values):
            return column
    return ""


def _is_day(text):
    return any(Cells(1, {"day": text}).day("day", is_american=either) is not None for either in (False, True))
