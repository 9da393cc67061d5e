"""Every closed list of words: code, label, how to use it. Data, not logic.

Forms, the API and the public codebook read these lists; the rules compare their codes. No Django here, so that the
rules can stay pure. The counterparts in the vocabularies of ACLED and UCDP stand in KIND_COUNTERPARTS.
"""

from enum import StrEnum


class Words(StrEnum):
    """A closed list: each member is its code (a str), with a `label` and a `help_text` ("" when the label says it all)."""

    def __new__(cls, code, label, help_text=""):
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.help_text = help_text
        return member

    @classmethod
    def pairs(cls):
        """List of (code, label) in the order of definition, as Django's `choices` wants it."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls):
        """Tuple of the codes in the order of definition."""
        return tuple(member.value for member in cls)

    @classmethod
    def label_of(cls, code):
        """The label of a code; a code that is not in the list is given back as it is."""
        return cls(code).label if code in cls._value2member_map_ else code


# --- dates -------------------------------------------------------------------------------------------------------


class DatePrecision(Words):
    """How exactly a date is known. Start and end are civil dates at the place of the event, both inclusive."""

    MINUTE = "minute", "To the minute", "A clock time is reported; give the local time."
    PART_OF_DAY = (
        "part_of_day",
        "Part of the day",
        "Morning, evening, early hours; give the local time if one is named.",
    )
    DAY = "day", "Exact day"
    DAY_RANGE = "day_range", "Range of days", "It happened on one of, or over, these days (at most a week)."
    WEEK = "week", "Within a week or so"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"
    UNKNOWN = "unknown", "Unknown"


# --- people ------------------------------------------------------------------------------------------------------


class Role(Words):
    """What an account may do; every account has one."""

    RESEARCHER = "researcher", "Researcher", "Reads, with an API key and its higher limits."
    ANALYST = "analyst", "Analyst", "Logs incidents and claims, submits, mends what came back."
    EDITOR = "editor", "Editor", "Judges claims, returns, publishes, withdraws, keeps the registers."
    ADMIN = "admin", "Admin", "All that an editor may, and this team page."


# --- following the record ------------------------------------------------------------------------------------------


class Telling(Words):
    """How somebody is told what is new in a selection that they saved."""

    NO = "no", "Not at all", "Followed on this site only."
    DAILY = "daily", "By e-mail, once a day", "Only on days on which something is new."
    WEEKLY = "weekly", "By e-mail, once a week", "On Mondays, only if something is new."
    WEBHOOK = "webhook", "By a webhook", "A signed call to an address of yours, a few minutes after each edition."


class KeyScope(Words):
    """What a key of the API may do; each can also do what those before it can. None decides or publishes."""

    READ = "read", "Read the public record"
    LOG = "log", "Also log drafts, and read none"
    DRAFTS = "drafts", "Also read, change and submit your own drafts, add claims and captured texts"


class DeliveryState(Words):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Delivered"
    GIVEN_UP = "given_up", "Given up"


# --- actors ------------------------------------------------------------------------------------------------------


class ActorKind(Words):
    STATE = "state", "State"
    DE_FACTO_AUTHORITY = "de_facto_authority", "De facto authority", "Governs without general recognition."
    STATE_FORCE = "state_force", "State force", "Army, police, paramilitary or intelligence service of a state."
    ARMED_GROUP = "armed_group", "Armed group"
    FACTION = "faction", "Faction", "A named part of an armed group that acts or claims under its own name."
    PERSON = "person", "Person"
    OFFICE = "office", "Office", "A ministry, spokesperson or post that speaks for a side."
    INTERGOVERNMENTAL = "intergovernmental", "Intergovernmental organisation"
    NGO = "ngo", "Non-governmental organisation"
    MEDIA = "media", "Media", "An outlet or author when it says something itself."
    POPULATION_GROUP = "population_group", "Population group", "Civilians, refugees, residents of a place."
    UNIDENTIFIED = "unidentified", "Unidentified"


class Side(Words):
    """The side an actor stands on; the claims table groups claimants by it."""

    PAKISTAN = "pakistan", "Pakistan"
    AFGHANISTAN_DE_FACTO = (
        "afghanistan_de_facto",
        "Afghanistan (de facto)",
        "The Taliban authorities since August 2021.",
    )
    NON_STATE = "non_state", "Armed groups"
    THIRD = "third", "Others", "Third states, media, organisations, residents: not a party to the conflict."


class AliasKind(Words):
    TRANSLITERATION = "transliteration", "Transliteration"
    ACRONYM = "acronym", "Acronym"
    METONYM = "metonym", "Metonym", "A place named for who governs there: Islamabad, Kabul."
    SELF_DESIGNATION = "self_designation", "Self-designation"
    FORMER = "former", "Former name"
    MISSPELLING = "misspelling", "Misspelling"
    EXTERNAL = "external", "Name used by others", "By the press, or in another data set; then say which."


class AliasScheme(Words):
    ACLED = "acled", "ACLED"
    UCDP_ACTOR = "ucdp_actor", "UCDP actor"
    UCDP_DYAD = "ucdp_dyad", "UCDP dyad"
    GTD = "gtd", "GTD"
    WIKIDATA = "wikidata", "Wikidata"


class RelationType(Words):
    PART_OF = "part_of", "part of"
    FACTION_OF = "faction_of", "faction of"
    SPLINTER_OF = "splinter_of", "splinter of"
    SUCCESSOR_OF = "successor_of", "successor of"
    FRONT_OF = "front_of", "front of"
    ALLIED_WITH = "allied_with", "allied with"
    RIVAL_OF = "rival_of", "rival of"
    FIGHTS = "fights", "fights"
    HOSTS = "hosts", "hosts"
    SPONSORS = "sponsors", "sponsors"
    COMMANDS = "commands", "commands"
    HOLDS_OFFICE = "holds_office", "holds office in"
    DOES_NOT_RECOGNISE = "does_not_recognise", "does not recognise"


# Stored once, with the lower actor first.
SYMMETRIC_RELATIONS = (RelationType.ALLIED_WITH, RelationType.RIVAL_OF, RelationType.FIGHTS)
# Two claimants joined by these do not speak independently (R2).
DEPENDENCE_RELATIONS = (
    RelationType.PART_OF,
    RelationType.FACTION_OF,
    RelationType.COMMANDS,
    RelationType.HOLDS_OFFICE,
    RelationType.FRONT_OF,
)
# Actors joined by these lie on one chain (R6, filters "with its factions").
CHAIN_RELATIONS = (RelationType.PART_OF, RelationType.FACTION_OF, RelationType.FRONT_OF)


class RelationBasis(Words):
    """Why a relation stands in the register."""

    ESTABLISHED = (
        "established",
        "Established",
        "A plain fact of organisation that nobody disputes: ISPR is part of the military.",
    )
    CLAIMED = (
        "claimed",
        "Claimed",
        "Stands only as far as accepted claims assert it, and is contested where one denies it.",
    )


# --- places ------------------------------------------------------------------------------------------------------


class LocationLevel(Words):
    """From coarse to fine; a place lies in one of a coarser level."""

    COUNTRY = "country", "Country"
    BORDER_SEGMENT = "border_segment", "Stretch of the border"
    AREA = "area", "Area", "A named region that is no administrative unit."
    PROVINCE = "province", "Province"
    DISTRICT = "district", "District"
    SUBDISTRICT = "subdistrict", "Sub-district"
    SETTLEMENT = "settlement", "Settlement"
    SITE = "site", "Site", "A post, market, crossing, school: finer than a settlement."


LEVEL_RANK = {level: rank for rank, level in enumerate(LocationLevel)}


class CoordinateBasis(Words):
    SITE = "site", "The site itself"
    SETTLEMENT = "settlement", "The settlement"
    SEAT = "seat", "The seat of the area"
    CENTROID = "centroid", "The middle of the area"
    NONE = "none", "No coordinates"


class LocationPrecision(Words):
    """How exactly the place of an incident is known, from fine to coarse."""

    SITE = "site", "Exact site"
    SETTLEMENT = "settlement", "Settlement"
    NEAR_SETTLEMENT = "near_settlement", "Near a settlement"
    DISTRICT = "district", "District"
    PROVINCE = "province", "Province"
    SEVERAL_PROVINCES = "several_provinces", "Several provinces"
    BORDER_SEGMENT = "border_segment", "Stretch of the border"
    COUNTRY = "country", "Country"


# The precisions with which an incident is drawn at a point; all others are areas.
POINT_PRECISIONS = (LocationPrecision.SITE, LocationPrecision.SETTLEMENT, LocationPrecision.NEAR_SETTLEMENT)
POINT_BASES = (CoordinateBasis.SITE, CoordinateBasis.SETTLEMENT)


class Mapped(Words):
    """How an incident stands on the map: nothing is drawn finer than its place is published (I12)."""

    POINT = "point", "At a point", "A site or a settlement, with its uncertainty around it."
    AREA = "area", "Within an area", "Somewhere within a district or a province: drawn as that area, never as a point."
    NO = "no", "Not on the map", "The record has no coordinates that are as coarse as what is known of the place."


# --- sources and documents ---------------------------------------------------------------------------------------


class SourceKind(Words):
    WIRE = "wire", "News agency"
    NEWSPAPER = "newspaper", "Newspaper"
    BROADCASTER = "broadcaster", "Broadcaster"
    ONLINE = "online", "Online outlet"
    MINISTRY = "ministry", "Ministry"
    SPOKESPERSON = "spokesperson", "Spokesperson"
    MILITARY_MEDIA = "military_media", "Military media wing"
    ARMED_GROUP_CHANNEL = "armed_group_channel", "Channel of an armed group"
    INTERGOVERNMENTAL = "intergovernmental", "Intergovernmental organisation"
    NGO = "ngo", "Non-governmental organisation"
    THINK_TANK = "think_tank", "Think tank"
    DATASET = "dataset", "Data set"
    SOCIAL_ACCOUNT = "social_account", "Social media account"
    LOCAL_MONITOR = "local_monitor", "Local monitor"


class SourceScale(Words):
    LOCAL = "local", "Local"
    NATIONAL = "national", "National"
    REGIONAL = "regional", "Regional"
    INTERNATIONAL = "international", "International"


class Reliability(Words):
    """Admiralty grade of a source's record (NATO STANAG 2022). F means unknown, not worst."""

    A = "A", "A · completely reliable"
    B = "B", "B · usually reliable"
    C = "C", "C · fairly reliable"
    D = "D", "D · not usually reliable"
    E = "E", "E · unreliable"
    F = "F", "F · cannot be judged", "The default: not yet judged, or cannot be. Not a bad mark."


class Credibility:
    """Admiralty grade of what a claim says, 1 to 6. 6 means unknown, not worst."""

    LABELS = {
        1: "1 · confirmed by other sources",
        2: "2 · probably true",
        3: "3 · possibly true",
        4: "4 · doubtful",
        5: "5 · improbable",
        6: "6 · cannot be judged",
    }
    UNKNOWN = 6
    IMPROBABLE = 5


# The order in which grades rank when one value must be chosen (R7.6): unknown stands after "doubtful" or "not usually".
CREDIBILITY_RANK = {grade: rank for rank, grade in enumerate((1, 2, 3, 4, 6, 5))}
RELIABILITY_RANK = {grade: rank for rank, grade in enumerate(("A", "B", "C", "D", "F", "E"))}


class DocumentKind(Words):
    ARTICLE = "article", "Article"
    STATEMENT = "statement", "Statement"
    BRIEFING = "briefing", "Briefing"
    POST = "post", "Post"
    VIDEO = "video", "Video"
    DATASET_ROW = "dataset_row", "Row of a data set"
    REPORT = "report", "Report"
    COLUMN = "column", "Column"


class Derivation(Words):
    REPRINT = "reprint", "Reprint"
    WIRE_COPY = "wire_copy", "Copy of an agency report"
    TRANSLATION = "translation", "Translation"


# --- incidents ---------------------------------------------------------------------------------------------------


class Category(Words):
    VIOLENT = "violent", "Violent incident"
    MEASURE = "measure", "Measure", "A non-violent act by a party: talks, closure, expulsion, statement."
    POLITICAL = "political", "Political event"
    SERIES = "series", "Series", "An umbrella for claims about a trend. Never counted."


class Kind(Words):
    ARMED_ASSAULT = "armed_assault", "Armed assault"
    AMBUSH = "ambush", "Ambush"
    COMPLEX_ATTACK = "complex_attack", "Complex attack", "Explosives and assault combined, as at a post."
    BORDER_CLASH = "border_clash", "Border clash"
    AIR_STRIKE = "air_strike", "Air strike"
    DRONE_STRIKE = "drone_strike", "Drone strike"
    MISSILE_STRIKE = "missile_strike", "Missile strike"
    SHELLING = "shelling", "Shelling"
    IED = "ied", "Improvised explosive device"
    SUICIDE_BOMBING = "suicide_bombing", "Suicide bombing"
    GRENADE_ATTACK = "grenade_attack", "Grenade attack"
    TARGETED_KILLING = "targeted_killing", "Targeted killing"
    ATTACK_ON_CIVILIANS = "attack_on_civilians", "Attack on civilians"
    ABDUCTION = "abduction", "Abduction"
    RAID = "raid", "Raid", "An operation by state forces, intelligence-based or otherwise."
    INFILTRATION_ATTEMPT = "infiltration_attempt", "Infiltration attempt"
    POST_SEIZURE = "post_seizure", "Seizure of a post"
    PROPERTY_DESTRUCTION = "property_destruction", "Destruction of property"
    INTERCEPTION = "interception", "Interception"
    OTHER_VIOLENT = "other_violent", "Other violent incident"

    TALKS = "talks", "Talks"
    CEASEFIRE = "ceasefire", "Ceasefire"
    AGREEMENT = "agreement", "Agreement"
    MEDIATION = "mediation", "Mediation"
    STATEMENT = "statement", "Statement"
    DEMARCHE = "demarche", "Demarche"
    THREAT = "threat", "Threat"
    BORDER_CLOSURE = "border_closure", "Border closure"
    BORDER_REOPENING = "border_reopening", "Border reopening"
    FENCE_CONSTRUCTION = "fence_construction", "Fence construction"
    FENCE_REMOVAL = "fence_removal", "Fence removal"
    EXPULSION = "expulsion", "Expulsion"
    ARRESTS = "arrests", "Arrests"
    PROSCRIPTION = "proscription", "Proscription"
    SANCTION = "sanction", "Sanction"
    DEPLOYMENT = "deployment", "Deployment"
    AID = "aid", "Aid"
    PRISONER_RELEASE = "prisoner_release", "Release of prisoners"
    OTHER_MEASURE = "other_measure", "Other measure"

    ELECTION = "election", "Election"
    APPOINTMENT = "appointment", "Appointment"
    CHANGE_OF_GOVERNMENT = "change_of_government", "Change of government"
    OTHER_POLITICAL = "other_political", "Other political event"

    SERIES = "series", "Series"


_KINDS = list(Kind)
KINDS_OF = {
    Category.VIOLENT: tuple(_KINDS[: _KINDS.index(Kind.TALKS)]),
    Category.MEASURE: tuple(_KINDS[_KINDS.index(Kind.TALKS) : _KINDS.index(Kind.ELECTION)]),
    Category.POLITICAL: tuple(_KINDS[_KINDS.index(Kind.ELECTION) : _KINDS.index(Kind.SERIES)]),
    Category.SERIES: (Kind.SERIES,),
}
CATEGORY_OF = {kind: category for category, kinds in KINDS_OF.items() for kind in kinds}
COOPERATIVE_KINDS = (
    Kind.TALKS,
    Kind.CEASEFIRE,
    Kind.AGREEMENT,
    Kind.MEDIATION,
    Kind.BORDER_REOPENING,
    Kind.AID,
    Kind.PRISONER_RELEASE,
)
VERBAL_KINDS = (Kind.STATEMENT, Kind.DEMARCHE, Kind.THREAT)
_OTHERS = (Kind.OTHER_VIOLENT, Kind.OTHER_MEASURE, Kind.OTHER_POLITICAL)
STRIKE_KINDS = (Kind.AIR_STRIKE, Kind.DRONE_STRIKE, Kind.MISSILE_STRIKE)

# Kinds that first reports, and those who code them, take for one another: rockets or a drone, an ambush or an assault.
# A kind may be in several families, and is always like itself; the "other" kinds are like all of their category.
KIND_FAMILIES = (
    (Kind.AIR_STRIKE, Kind.DRONE_STRIKE, Kind.MISSILE_STRIKE, Kind.SHELLING),
    (
        Kind.ARMED_ASSAULT,
        Kind.AMBUSH,
        Kind.COMPLEX_ATTACK,
        Kind.RAID,
        Kind.BORDER_CLASH,
        Kind.INFILTRATION_ATTEMPT,
        Kind.POST_SEIZURE,
    ),
    (Kind.ARMED_ASSAULT, Kind.AMBUSH, Kind.ATTACK_ON_CIVILIANS, Kind.TARGETED_KILLING, Kind.ABDUCTION),
    (Kind.BORDER_CLASH, Kind.SHELLING),
    (Kind.INFILTRATION_ATTEMPT, Kind.INTERCEPTION),
    (Kind.IED, Kind.SUICIDE_BOMBING, Kind.COMPLEX_ATTACK, Kind.GRENADE_ATTACK),
    (Kind.IED, Kind.PROPERTY_DESTRUCTION),
    (Kind.GRENADE_ATTACK, Kind.ATTACK_ON_CIVILIANS),
    (Kind.TALKS, Kind.MEDIATION, Kind.AGREEMENT, Kind.CEASEFIRE),
    (Kind.STATEMENT, Kind.DEMARCHE, Kind.THREAT),
    (Kind.PROSCRIPTION, Kind.SANCTION),
    (Kind.EXPULSION, Kind.ARRESTS),
    (Kind.FENCE_REMOVAL, Kind.PROPERTY_DESTRUCTION, Kind.BORDER_CLASH),
    (Kind.ELECTION, Kind.APPOINTMENT, Kind.CHANGE_OF_GOVERNMENT),
    *((other, kind) for other in _OTHERS for kind in KINDS_OF[CATEGORY_OF[other]] if kind != other),
)
KINDS_ALIKE = {
    kind: frozenset({kind}.union(*(family for family in KIND_FAMILIES if kind in family)))
    for kind in _KINDS
    if kind != Kind.SERIES
}

# kind → (ACLED event type, ACLED sub-event type, UCDP violence types, PLOVER event). From the published codebooks of
# the three; None where the other vocabulary has no word for it.
_ERV, _VAC, _SD = "Explosions/Remote violence", "Violence against civilians", "Strategic developments"
_CLASH = ("Battles", "Armed clash")
KIND_COUNTERPARTS = {
    Kind.AIR_STRIKE: (_ERV, "Air/drone strike", (1, 3), "ASSAULT:Aerial"),
    Kind.DRONE_STRIKE: (_ERV, "Air/drone strike", (1, 3), "ASSAULT:Drone"),
    Kind.MISSILE_STRIKE: (_ERV, "Shelling/artillery/missile attack", (1, 3), "ASSAULT:Heavy-weapons"),
    Kind.SHELLING: (_ERV, "Shelling/artillery/missile attack", (1, 3), "ASSAULT:Heavy-weapons"),
    Kind.IED: (_ERV, "Remote explosive/landmine/IED", (1, 2, 3), "ASSAULT:Explosives"),
    Kind.SUICIDE_BOMBING: (_ERV, "Suicide bomb", (1, 3), "ASSAULT:Suicide-attack"),
    Kind.GRENADE_ATTACK: (_ERV, "Grenade", (1, 2, 3), "ASSAULT:Explosives"),
    Kind.COMPLEX_ATTACK: (*_CLASH, (1,), "ASSAULT:Suicide-attack"),
    Kind.ARMED_ASSAULT: (*_CLASH, (1, 2), "ASSAULT:Firearms"),
    Kind.AMBUSH: (*_CLASH, (1, 2), "ASSAULT:Firearms"),
    Kind.BORDER_CLASH: (*_CLASH, (1, 2), "ASSAULT:Firearms"),
    Kind.RAID: (*_CLASH, (1, 2), "ASSAULT:Firearms"),
    Kind.INFILTRATION_ATTEMPT: (*_CLASH, (1,), "ASSAULT"),
    Kind.POST_SEIZURE: ("Battles", "Non-state actor overtakes territory", (1,), "ASSAULT"),
    Kind.TARGETED_KILLING: (_VAC, "Attack", (3,), "ASSAULT:Targeted"),
    Kind.ATTACK_ON_CIVILIANS: (_VAC, "Attack", (3,), "ASSAULT:Targeted"),
    Kind.ABDUCTION: (_VAC, "Abduction/forced disappearance", (), "ASSAULT:Abduct"),
    Kind.PROPERTY_DESTRUCTION: (_SD, "Looting/property destruction", (), "ASSAULT:Destroy"),
    Kind.FENCE_REMOVAL: (_SD, "Looting/property destruction", (), "ASSAULT:Destroy"),
    Kind.INTERCEPTION: (_SD, "Disrupted weapons use", (), None),
    Kind.CEASEFIRE: (_SD, "Agreement", (), "RETREAT:Ceasefire"),
    Kind.AGREEMENT: (_SD, "Agreement", (), "AGREE"),
    Kind.ARRESTS: (_SD, "Arrests", (), "COERCE:Arrest"),
    Kind.PROSCRIPTION: (_SD, "Change to group/activity", (), "COERCE:Restrict"),
    Kind.DEPLOYMENT: (_SD, "Other", (), "MOBILIZE"),
    Kind.FENCE_CONSTRUCTION: (_SD, "Other", (), "MOBILIZE"),
    Kind.TALKS: (_SD, "Other", (), "CONSULT"),
    Kind.MEDIATION: (_SD, "Other", (), "CONSULT"),
    Kind.BORDER_CLOSURE: (_SD, "Other", (), "COERCE:Restrict"),
    Kind.EXPULSION: (_SD, "Other", (), "COERCE:Deport"),
    Kind.AID: (_SD, "Other", (), "AID"),
    Kind.STATEMENT: (None, None, (), "ACCUSE"),
    Kind.DEMARCHE: (None, None, (), "REJECT"),
    Kind.THREAT: (None, None, (), "THREATEN"),
    Kind.SANCTION: (None, None, (), "SANCTION"),
}


class IncidentStatus(Words):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted for review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged into another"


class LinkType(Words):
    PART_OF = "part_of", "part of"
    SAME_AS = "same_as", "same as"
    RETALIATION_FOR = "retaliation_for", "retaliation for"
    RESPONSE_TO = "response_to", "response to"
    FOLLOWS = "follows", "follows", "Later in time only; nobody says that the one answers the other."
    INSTANCE_OF = "instance_of", "instance of"


# The editors set these; all others stand only as far as accepted claims assert them.
EDITORIAL_LINKS = (LinkType.PART_OF, LinkType.SAME_AS, LinkType.FOLLOWS)


# --- claims ------------------------------------------------------------------------------------------------------


class Aspect(Words):
    """What a claim is about."""

    OCCURRENCE = "occurrence", "Occurrence", "That it happened at all."
    KIND = "kind", "Kind of incident"
    DATE = "date", "Date"
    LOCATION = "location", "Place"
    ORIGIN = "origin", "Where it came from", "The place from which it was carried out or planned."
    PERPETRATOR = "perpetrator", "Who did it"
    TARGET = "target", "At whom it was aimed"
    TARGET_NATURE = "target_nature", "What was hit"
    WEAPON = "weapon", "Weapon or method"
    CASUALTIES = "casualties", "Casualties"
    DAMAGE = "damage", "Damage"
    MOTIVE = "motive", "Motive"
    LINK = "link", "Link to another incident"
    RELATION = "relation", "Relation between actors"
    POSITION = "position", "Position", "A standing position or statement of a claimant."
    TREND = "trend", "Trend", "About many incidents together; belongs to a series."


# aspect → the value column that must be filled ("" = no value column beyond the words).
VALUE_COLUMN = {
    Aspect.OCCURRENCE: "",
    Aspect.KIND: "value_code",
    Aspect.DATE: "value_date",
    Aspect.LOCATION: "value_location",
    Aspect.ORIGIN: "value_location",
    Aspect.PERPETRATOR: "value_actor",
    Aspect.TARGET: "value_actor",
    Aspect.TARGET_NATURE: "value_code",
    Aspect.WEAPON: "value_text",
    Aspect.CASUALTIES: "lines",
    Aspect.DAMAGE: "value_text",
    Aspect.MOTIVE: "value_text",
    Aspect.LINK: "",
    Aspect.RELATION: "",
    Aspect.POSITION: "value_text",
    Aspect.TREND: "value_text",
}


class Part(Words):
    """The part an actor has in an incident; a claim about who did it, or at whom it was aimed, names one."""

    PERPETRATOR = "perpetrator", "Perpetrator"
    INITIATOR = "initiator", "Initiator"
    TARGET = "target", "Target"
    RESPONDER = "responder", "Responder"
    HOST = "host", "Host"
    MEDIATOR = "mediator", "Mediator"
    ANNOUNCER = "announcer", "Announcer"
    AFFECTED = "affected", "Affected"


PARTS_OF = {
    Aspect.PERPETRATOR: (
        Part.PERPETRATOR,
        Part.INITIATOR,
        Part.RESPONDER,
        Part.HOST,
        Part.MEDIATOR,
        Part.ANNOUNCER,
    ),
    Aspect.TARGET: (Part.TARGET, Part.AFFECTED),
}


class TargetNature(Words):
    MILITARY_POST = "military_post", "Military post"
    MILITARY_CONVOY = "military_convoy", "Military convoy"
    POLICE = "police", "Police"
    CHECKPOINT = "checkpoint", "Checkpoint"
    MILITANT_HIDEOUT = "militant_hideout", "Militant hideout"
    MILITANT_LEADER = "militant_leader", "Militant leader"
    CIVILIAN_HOME = "civilian_home", "Civilian home"
    CIVILIAN_VEHICLE = "civilian_vehicle", "Civilian vehicle"
    BORDER_POST = "border_post", "Border post"
    FENCE = "fence", "Fence"
    SCHOOL = "school", "School"
    MARKET = "market", "Market"
    RELIGIOUS_SITE = "religious_site", "Religious site"
    INFRASTRUCTURE = "infrastructure", "Infrastructure"
    UNKNOWN = "unknown", "Unknown"


CIVILIAN_NATURES = (
    TargetNature.CIVILIAN_HOME,
    TargetNature.CIVILIAN_VEHICLE,
    TargetNature.SCHOOL,
    TargetNature.MARKET,
    TargetNature.RELIGIOUS_SITE,
)
ARMED_NATURES = (
    TargetNature.MILITARY_POST,
    TargetNature.MILITARY_CONVOY,
    TargetNature.POLICE,
    TargetNature.CHECKPOINT,
    TargetNature.MILITANT_HIDEOUT,
    TargetNature.MILITANT_LEADER,
    TargetNature.BORDER_POST,
)


class Stance(Words):
    ASSERTS = "asserts", "asserts"
    DENIES = "denies", "denies"
    DOUBTS = "doubts", "doubts"


class Attribution(Words):
    """How the document names who says it."""

    NAMED = "named", "Named"
    OFFICE = "office", "Office", "A ministry, spokesperson or military wing speaks."
    ANONYMOUS_OFFICIAL = "anonymous_official", "Anonymous official"
    LOCAL_OFFICIALS = "local_officials", "Local officials"
    RESIDENTS = "residents", "Residents"
    UNNAMED = "unnamed", "Unnamed", "“Reports said”, “it is believed”."
    DOCUMENT_AUTHOR = (
        "document_author",
        "The document says so itself",
        "The outlet or author asserts it without naming anyone. Choose it deliberately.",
    )


ANONYMOUS_ATTRIBUTIONS = (
    Attribution.ANONYMOUS_OFFICIAL,
    Attribution.LOCAL_OFFICIALS,
    Attribution.RESIDENTS,
    Attribution.UNNAMED,
)


class FirstHand(Words):
    FIRST_HAND = "first_hand", "First hand", "The claimant saw it, did it, or holds records of it."
    RELAYED = "relayed", "Relayed", "The claimant repeats what others say."
    UNKNOWN = "unknown", "Not known"


class SpeechAct(Words):
    REPORT = "report", "Report"
    STATEMENT = "statement", "Statement"
    CLAIM_OF_RESPONSIBILITY = "claim_of_responsibility", "Claim of responsibility"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    DENIAL = "denial", "Denial"
    ACCUSATION = "accusation", "Accusation"
    CONDEMNATION = "condemnation", "Condemnation"
    THREAT = "threat", "Threat"
    ESTIMATE = "estimate", "Estimate"
    INFERENCE = "inference", "Inference", "The claimant concludes it; shown, never a headline."
    FORECAST = "forecast", "Forecast", "About the future; never counted."
    EDITORIAL_ASSESSMENT = (
        "editorial_assessment",
        "Editorial assessment",
        "Our editors' own reasoned judgement of the accounts.",
    )


class Hedge(Words):
    NONE = "none", "None"
    REPORTEDLY = "reportedly", "Reportedly"
    SUSPECTED = "suspected", "Suspected"
    ASSUMED = "assumed", "Assumed"
    CONDITIONAL = "conditional", "Conditional", "“If”, “would”; shown, never a headline."


class Verdict(Words):
    """Whether a claim is recorded faithfully and sourced; not whether it is true."""

    PENDING = "pending", "Pending"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    NEEDS_CHANGES = "needs_changes", "Needs changes"


class Relay(Words):
    """What the document is to the claim."""

    ORIGINAL = "original", "Original", "The claimant's own document, or the first to report the words."
    RELAYS = "relays", "Relays", "Reports the words second-hand."
    REPRINTS = "reprints", "Reprints", "Copies another document."


# --- casualties --------------------------------------------------------------------------------------------------


class Outcome(Words):
    KILLED = "killed", "Killed"
    INJURED = "injured", "Injured"
    MISSING = "missing", "Missing"
    CAPTURED = "captured", "Captured"
    DISPLACED = "displaced", "Displaced"


class VictimCategory(Words):
    CIVILIAN = "civilian", "Civilians"
    SECURITY_FORCES = "security_forces", "Security forces"
    MILITANT = "militant", "Militants"
    UNKNOWN = "unknown", "Not known who"
    ALL = "all", "All together"


class Demographic(Words):
    ANY = "any", "Anyone"
    WOMEN = "women", "Women"
    CHILDREN = "children", "Children"
    MEN = "men", "Men"
    ELDERLY = "elderly", "Elderly"


class Directness(Words):
    DIRECT = "direct", "Direct"
    INDIRECT = "indirect", "Indirect", "A consequence, such as exposure while fleeing."


class Qualifier(Words):
    """How a number was worded; R7 says which bounds follow."""

    EXACT = "exact", "exactly"
    AT_LEAST = "at_least", "at least"
    AT_MOST = "at_most", "at most"
    ABOUT = "about", "about"
    RANGE = "range", "between"
    SOME = "some", "some"
    SEVERAL = "several", "several"
    TENS = "tens", "tens"
    DOZENS = "dozens", "dozens"
    HUNDREDS = "hundreds", "hundreds"
    NONE = "none", "none"
    UNKNOWN = "unknown", "not said"


VAGUE_QUALIFIERS = (
    Qualifier.SOME,
    Qualifier.SEVERAL,
    Qualifier.TENS,
    Qualifier.DOZENS,
    Qualifier.HUNDREDS,
)


class Scope(Words):
    """How much of the incident a casualty account speaks of."""

    WHOLE_INCIDENT = "whole_incident", "The whole incident"
    OWN_SIDE_ONLY = "own_side_only", "The claimant's own side only"
    PARTIAL = "partial", "A part of it", "One place, one hospital, one unit."


# --- what the rules conclude -------------------------------------------------------------------------------------


class Occurrence(Words):
    """R3: how well it is established that the incident happened."""

    ACKNOWLEDGED = "acknowledged", "Acknowledged by both sides"
    CLAIMED = "claimed", "Claimed by those who did it"
    CORROBORATED = "corroborated", "Corroborated", "Two or more independent claimants say so."
    SINGLE_SOURCE = "single_source", "Single source"
    ALLEGED = "alleged", "Alleged by an adversary only"
    UNSUPPORTED = "unsupported", "No eligible claim"


class AttributionStatus(Words):
    """R6: on whose word the perpetrator is named."""

    SELF_CLAIMED = "self_claimed", "Self-claimed"
    CORROBORATED = "corroborated", "Corroborated attribution"
    ATTRIBUTED = "attributed", "Attributed by an adversary"
    SUSPECTED = "suspected", "Suspected"
    UNATTRIBUTED = "unattributed", "Unattributed"


class Acknowledgement(Words):
    """R9: what a side itself says about having done it."""

    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    PARTIAL = "partial", "Partly acknowledged"
    DENIED = "denied", "Denied"
    SILENT = "silent", "Silent"


class HarmGrade(Words):
    """R10: how well harm to civilians is established. After Airwars' published grading."""

    CONFIRMED = "confirmed", "Confirmed", "Those who did it accept the harm."
    CONTESTED = "contested", "Contested", "Accounts name incompatible perpetrators."
    FAIR = "fair", "Fair", "Two or more independent claimants, and the act is acknowledged or claimed."
    WEAK = "weak", "Weak", "One claimant, or nobody owns the act."
    DISCOUNTED = "discounted", "Discounted", "The better evidence says that those harmed were combatants."
    NONE_REPORTED = "none_reported", "None reported", "No claim that counts tells of civilians killed or injured."


class TriState(Words):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


ESCALATION_LABELS = {
    0: "E0 · cooperative: ceasefire, agreement, talks, release, reopening",
    1: "E1 · verbal: statement, demarche, accusation, threat",
    2: "E2 · coercive, non-violent: closure, expulsion, fencing, deployment",
    3: "E3 · violence on one side of the border by a non-state group or by unknown hands",
    4: "E4 · as E3, with an accepted base across the border, or infiltration",
    5: "E5 · small-arms clash between state forces in one place",
    6: "E6 · shelling across the border, or clashes in two or more districts on one day",
    7: "E7 · air, drone or missile strike by a state in the other, one province",
    8: "E8 · the same in two or more provinces on one day, a capital hit, or posts seized and held",
    9: "E9 · E7 or above on three days within seven, both states initiating, or declared war",
}


# --- the press ---------------------------------------------------------------------------------------------------


class EditionKind(Words):
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged"


class EditionReason(Words):
    NEW_INCIDENT = "new_incident", "New incident"
    NEW_SOURCE = "new_source", "New source or claim"
    CORRECTION = "correction", "Correction"
    MERGE = "merge", "Merge"
    SPLIT = "split", "Split"
    RETRACTION = "retraction", "Retraction"
    STYLE = "style", "Wording only"
    RULESET = "ruleset", "New ruleset"
    PRIVACY = "privacy", "Privacy"


class ReviewDecision(Words):
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    NEEDS_CHANGES = "needs_changes", "Asked for changes"
    RETURNED = "returned", "Returned to the author"
    REOPENED = "reopened", "Reopened"
    RETRACTED = "retracted", "Noted as retracted"


class BatchStatus(Words):
    COLUMNS = "columns", "Waits to be told what its columns are"
    PLANNING = "planning", "Being read"
    PLANNED = "planned", "Planned"
    COMMITTING = "committing", "Being committed"
    COMMITTED = "committed", "Committed"
    ACCEPTING = "accepting", "Its claims are being accepted"
    PUBLISHING = "publishing", "Being published"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class RowVerdict(Words):
    """What a row of a file means for the ledger."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "Same as before"
    REFUSED = "refused", "Refused"
    VANISHED = "vanished", "Vanished"


class RowDecision(Words):
    """What becomes of a row that is likely in the ledger already; without a decision it becomes a draft."""

    DRAFT = "draft", "Make a draft all the same"
    LEFT_OUT = "left_out", "Leave the row out"


class NameKind(Words):
    """What a name in a file stands for."""

    ACTOR = "actor", "Actor"
    PLACE = "place", "Place"


# --- the desk's queue ----------------------------------------------------------------------------------------------


class QueueMark(Words):
    """What an incident in the review queue may bear, and the queue may be narrowed to."""

    LONG = "long", "Waiting over a week", "Untouched for more than seven days."
    SINGLE_SOURCE = "single_source", "Single source", "All its claims rest on documents of one source."
    ONLY_PARTIES = (
        "only_parties",
        "Only belligerents quoted",
        "Every claimant stands on a side of the conflict; no third party and no press.",
    )
    CONTESTED = "contested", "Contested", "Claims contradict each other, if all undecided ones were accepted."
    RETURNED = "returned", "Returned and back", "Sent back once, or a claim of it, and mended since."
    MINE = "mine", "Assigned to me"


# Neutral ready sentences for the reason of a verdict; whoever uses one may change it.
RATIONALES = {
    Verdict.ACCEPTED: (
        "The excerpt bears the claim out as recorded.",
        "The excerpt and its translation bear the claim out as recorded.",
        "Recorded faithfully; another claimant says otherwise, and both stand side by side.",
        "Recorded faithfully; the document relays the words second-hand.",
    ),
    Verdict.NEEDS_CHANGES: (
        "The excerpt does not say this; cite the words that do, or change the claim.",
        "Name the claimant as the document does.",
        "The number, its bound or the category differs from the excerpt.",
        "The date or the place differs from the excerpt.",
        "Add a translation of the excerpt.",
        "This supersedes an earlier claim of the same claimant; say which.",
    ),
    Verdict.REJECTED: (
        "The same claim is recorded already; its citation belongs there.",
        "The document does not say this.",
        "The words are about another incident.",
        "The document names nobody who claims this.",
    ),
}
