"""Public documents in the shape of ACLED's data: one row of 31 columns for an incident, or the reason why there is none.

What cannot be expressed is skipped, never guessed. What is lost in the shape is told in docs/coming-from-acled.md. The
documents are those of docs/document.md; facts of the registers come in beside them.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from events import uids
from events.choices import (
    Category,
    CoordinateBasis,
    DatePrecision,
    Kind,
    LocationLevel,
    LocationPrecision,
    TargetNature,
)
from events.exchange import acled_actors as actors
from events.exchange import acled_prose as prose
from events.exchange import acled_words as words

COLUMNS = words.COLUMNS
OUTLINE = ("event_id_cnty", "event_date", "year", "time_precision", "iso", "region", "country", "timestamp")
_LONGEST_RANGE = 7  # days
_FAR_KM = 50  # from here on an area whose middle stands for a place is no "small part of a region"
_POINTS = (LocationPrecision.SITE, LocationPrecision.SETTLEMENT)
_POSTS = (TargetNature.BORDER_POST, TargetNature.MILITARY_POST, TargetNature.CHECKPOINT)


@dataclass(frozen=True)
class Name:
    """What ACLED calls an actor or a place, for as long as it does; None is an open end."""

    text: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the registers know beside the documents. Slug → Names, slug of a country → its two-letter code."""

    actors: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    countries: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Skip:
    """Why an incident has no row; `reason` is a key of acled_words.SKIPPED."""

    uid: str
    reason: str


def rows(documents, facts):
    """Row or Skip for each (document, is it a leaf), in their order, one at a time."""
    return (row(document, facts, is_leaf=is_leaf) for document, is_leaf in documents)


def row(document, facts, *, is_leaf=None):
    """Dict of the 31 columns, in their order, or a Skip. Whether it is a leaf is read in the document unless told.

    Numbers are int, coordinates text with four decimals, everything else is text. `inter1`, `inter2` and `interaction`
    are the numeric codes; `in_words` turns them into words.
    """
    found = outline(document, facts, is_leaf=is_leaf)
    return found if isinstance(found, Skip) else _filled(document, facts, found)


def outline(document, facts, *, is_leaf=None):
    """The columns of OUTLINE, or a Skip: all that can be said without the claims.

    It reads uid, edition.published_at, category, kind, date, location (its country and coordinates),
    location_precision and headline.attribution, so that an index which holds these can be asked in the same way.
    """
    reason = _unfit(document, facts, is_leaf)
    if reason:
        return Skip(document["uid"], reason)
    country = words.COUNTRIES[facts.countries[document["location"]["country"]["slug"]]]
    day = event_date(document["date"])
    return {
        "event_id_cnty": f"{country.prefix}X{uids.number(uids.parse(document['uid']))}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": words.TIME_PRECISION[document["date"]["precision"]],
        "iso": country.iso,
        "region": country.region_name,
        "country": country.name,
        "timestamp": int(_moment(document["edition"]["published_at"]).timestamp()),
    }


def event_id(document, facts):
    """The id under which the incident is exported, or None: its country's prefix, X and the number of its uid."""
    found = outline(document, facts)
    return None if isinstance(found, Skip) else found["event_id_cnty"]


def in_words(found):
    """The row with the types of actors and the interaction in words, as current files of ACLED have them."""
    said = {name: words.INTER[found[name]] for name in ("inter1", "inter2")}
    return found | said | {"interaction": actors.interaction_words(found["interaction"])}


def sides(found):
    """The monadic shape: one row per main actor, each seen from its own side, actor 2 in the place of actor 1."""
    yield found
    if found["actor2"]:
        pairs = (("actor1", "actor2"), ("assoc_actor_1", "assoc_actor_2"), ("inter1", "inter2"))
        yield found | {one: found[other] for pair in pairs for one, other in (pair, pair[::-1])}


def event_date(vague):
    """The one day that ACLED wants: the first, and the middle of a month."""
    start = date.fromisoformat(vague["start"])
    return start.replace(day=15) if vague["precision"] == DatePrecision.MONTH else start


def _unfit(document, facts, is_leaf):
    """The reason why the document has no row, or ""."""
    place = document["location"] or {}
    country = place.get("country") or {}
    is_whole = bool(document["parts"]) if is_leaf is None else not is_leaf
    checks = (
        ("has_parts", is_whole and document["category"] != Category.SERIES),
        ("series", document["category"] == Category.SERIES),
        ("kind_not_exported", document["kind"] not in words.TYPES),
        ("date_too_coarse", _is_too_long(document["date"])),
        ("place_too_coarse", not place or document["location_precision"] not in words.GEO_PRECISION),
        ("no_country", not country),
        ("country_outside", facts.countries.get(country.get("slug")) not in words.COUNTRIES),
        ("no_coordinates", place.get("latitude") is None or place.get("longitude") is None),
        ("no_actor", not actors.has_first(document)),
    )
    return next((reason for reason, is_so in checks if is_so), "")


def _is_too_long(vague):
    if vague["start"] is None or vague["precision"] not in words.TIME_PRECISION:
        return True
    if vague["precision"] == DatePrecision.MONTH:
        return False
    start, end = (date.fromisoformat(vague[name]) for name in ("start", "end"))
    longest = _LONGEST_RANGE if vague["precision"] == DatePrecision.DAY_RANGE else 2 * _LONGEST_RANGE
    return (end - start).days >= longest


def _filled(document, facts, found):
    place, day = document["location"], date.fromisoformat(found["event_date"])
    iso = facts.countries[place["country"]["slug"]]
    name_of = _names_at(day, facts.actors, lambda slug: document["actors"][slug]["name"])
    one, other = actors.first(document, iso, name_of), actors.second(document, iso, name_of)
    named = {entry["slug"]: entry["name"] for entry in (place, place["province"], place["district"]) if entry}
    place_name = _names_at(day, facts.places, named.__getitem__)
    event_type, sub_event_type = _types(document, one, other)
    precision = _geo_precision(document)
    is_civilian = actors.aimed_at_civilians(document) or (
        event_type == words.AGAINST_CIVILIANS and not actors.is_contested(document)
    )
    found |= {
        "disorder_type": words.STRATEGIC if event_type == words.STRATEGIC else words.VIOLENT_DISORDER,
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        **{"actor1": one.name, "assoc_actor_1": one.beside, "inter1": one.inter},
        **{"actor2": other.name, "assoc_actor_2": other.beside, "inter2": other.inter},
        "interaction": actors.interaction(one.inter, other.inter),
        "civilian_targeting": words.CIVILIAN_TARGETING
        if is_civilian and document["category"] == Category.VIOLENT
        else "",
        "admin1": place_name(place["province"]["slug"]) if place["province"] else "",
        "admin2": place_name(place["district"]["slug"]) if place["district"] else "",
        "admin3": place["name"] if place["level"] == LocationLevel.SUBDISTRICT and iso == "PK" else "",
        "location": place_name(place["slug"]),
        **{name: f"{place[name]:.4f}" for name in ("latitude", "longitude")},
        "geo_precision": precision,
        "source": "; ".join(prose.sources(document)),
        "source_scale": prose.source_scale(document),
        "notes": prose.notes(document, precision),
        "fatalities": fatalities(document),
        "tags": prose.tags(document),
    }
    return {name: found[name] for name in COLUMNS}


def fatalities(document):
    """Direct deaths: the low where accounts differ or give a range, else the best; 0 where nobody says, as ACLED has it."""
    total = (document["headline"]["casualties"].get("killed") or {}).get("total") or {}
    low, best = total.get("low"), total.get("best")
    aspects = {entry["aspect"] for entry in document["headline"]["contested"]}
    is_open = "casualties" in aspects or total.get("open_upper") or low != total.get("high")
    first, then = (low, best) if is_open else (best, low)
    return first if first is not None else then or 0


def _types(document, one, other):
    """(event type, sub-event type): by our kind, and where that leaves it open, by who met whom."""
    kind, found = document["kind"], words.TYPES[document["kind"]]
    if kind == Kind.INFILTRATION_ATTEMPT and not _was_fired(document):
        return words.STRATEGIC, words.OTHER
    if kind == Kind.POST_SEIZURE:
        return words.BATTLES, _seizure(one.inter, other.inter)
    is_attack = found == (words.AGAINST_CIVILIANS, "Attack")
    if is_attack and actors.aimed_at_armed(document, other):
        return words.BATTLES, words.CLASH
    natures = [entry["code"] for entry in document["headline"]["target_natures"]]
    if kind in (Kind.DEPLOYMENT, Kind.FENCE_CONSTRUCTION) and any(nature in _POSTS for nature in natures):
        return words.STRATEGIC, words.BASE
    return found


def _was_fired(document):
    tolls = document["headline"]["casualties"]
    hurt = any(actors.is_positive(tolls.get(name, {}).get("total") or {}) for name in ("killed", "injured"))
    return hurt or document["headline"]["cross_border"]["fire_across"] == "yes"


def _seizure(one, other):
    armed = (words.REBELS, words.MILITIA, words.IDENTITY)
    if one in armed and other in (words.STATE, words.EXTERNAL):
        return words.OVERTAKES
    return words.REGAINS if one == words.STATE and other in armed else words.CLASH


def _geo_precision(document):
    """ACLED's 1 to 3; never 1 where the middle of an area stands for a place whose own coordinates are not known."""
    place, precision = document["location"], document["location_precision"]
    is_known = place["coordinate_basis"] in (CoordinateBasis.SITE, CoordinateBasis.SETTLEMENT)
    if precision in _POINTS and not is_known:
        return 3 if place["uncertainty_km"] is None or place["uncertainty_km"] > _FAR_KM else 2
    return words.GEO_PRECISION[precision]


def _names_at(day, known, otherwise):
    """Slug → the name that holds on the day, the newest if several do; else what the document calls it."""

    def name_of(slug):
        held = [
            name
            for name in known.get(slug, ())
            if (name.valid_from or date.min) <= day <= (name.valid_until or date.max)
        ]
        newest = max(held, key=lambda name: (name.valid_from or date.min, name.text), default=None)
        return newest.text if newest else otherwise(slug)

    return name_of


def _moment(text):
    found = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
