"""The words of ACLED's 31 columns, and which of ours stand for which. From its published codebook; data and no logic."""

from dataclasses import dataclass

from events.choices import KIND_COUNTERPARTS, DatePrecision, Kind, LocationPrecision
from events.tongue import gettext_noop

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
SECOND_ACTOR = ("actor2", "assoc_actor_2", "inter2")  # not in the monadic shape, which has one row per actor
POPULATION = {"true": ("population_best",)}
POPULATION["full"] = ("population_1km", "population_2km", "population_5km", "population_best")


@dataclass(frozen=True)
class Country:
    """A country as ACLED codes it; `region` is the number that its parameter `region` takes."""

    prefix: str
    iso: int
    name: str
    region: int
    region_name: str


COUNTRIES = {
    "PK": Country("PAK", 586, "Pakistan", 7, "South Asia"),
    "AF": Country("AFG", 4, "Afghanistan", 13, "Caucasus and Central Asia"),
    "IR": Country("IRN", 364, "Iran", 11, "Middle East"),
}
REGIONS = {country.region: country.region_name for country in COUNTRIES.values()}

NOBODY, STATE, REBELS, MILITIA, IDENTITY, CIVILIANS, EXTERNAL = 0, 1, 2, 3, 4, 7, 8
INTER = {
    NOBODY: "",
    STATE: "State forces",
    REBELS: "Rebel group",
    MILITIA: "Political militia",
    IDENTITY: "Identity militia",
    5: "Rioters",
    6: "Protesters",
    CIVILIANS: "Civilians",
    EXTERNAL: "External/Other forces",
}

AGAINST_CIVILIANS_FROM_OUTSIDE = 78  # the one interaction whose words name the higher type first

BATTLES, REMOTE, AGAINST_CIVILIANS, STRATEGIC = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Strategic developments",
)
CLASH, OVERTAKES, REGAINS, BASE, OTHER = (
    "Armed clash",
    "Non-state actor overtakes territory",
    "Government regains territory",
    "Headquarters or base established",
    "Other",
)
VIOLENT_DISORDER = "Political violence"
CIVILIAN_TARGETING = "Civilian targeting"

# Kinds that ACLED has no word of its own for, and counts among its other strategic developments.
_ALSO = {
    Kind.BORDER_REOPENING: (STRATEGIC, OTHER),
    Kind.PRISONER_RELEASE: (STRATEGIC, OTHER),
    Kind.OTHER_MEASURE: (STRATEGIC, OTHER),
}
TYPES = {kind: found[:2] for kind, found in KIND_COUNTERPARTS.items() if found[0]} | _ALSO

TIME_PRECISION = {
    DatePrecision.MINUTE: 1,
    DatePrecision.PART_OF_DAY: 1,
    DatePrecision.DAY: 1,
    DatePrecision.DAY_RANGE: 2,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
}
GEO_PRECISION = {
    LocationPrecision.SITE: 1,
    LocationPrecision.SETTLEMENT: 1,
    LocationPrecision.NEAR_SETTLEMENT: 2,
    LocationPrecision.DISTRICT: 2,
    LocationPrecision.PROVINCE: 3,
    LocationPrecision.SEVERAL_PROVINCES: 3,
    LocationPrecision.BORDER_SEGMENT: 3,
}

# reason → what it means, for the page, the description and whoever reads the header.
SKIPPED = {
    "has_parts": gettext_noop(
        "An operation whose parts are published one by one; the parts are exported, the whole is not."
    ),
    "series": gettext_noop("An umbrella for claims about a trend; it is no event."),
    "kind_not_exported": gettext_noop(
        "Statements, demarches, threats, sanctions, political events and other violent incidents have no event type there."
    ),
    "date_too_coarse": gettext_noop(
        "The date is known to the quarter, to the year or not at all, or spans more than a week."
    ),
    "place_too_coarse": gettext_noop("Only the country is known, or not even that."),
    "no_country": gettext_noop("The place lies in no single country, as a stretch of the border does."),
    "country_outside": gettext_noop(
        "The country is none of Afghanistan, Pakistan and Iran, whose codes are fixed here."
    ),
    "no_coordinates": gettext_noop("No coordinates are published that are as coarse as what is known of the place."),
    "no_actor": gettext_noop("A measure of which no initiator is established: nobody may stand in actor1 for it."),
}
