"""Facts with readable defaults for the tests of the rules: the actors of the border, places, claims, incidents."""

from datetime import date

from events.choices import Aspect
from events.rules import casualties
from events.rules.facts import ActorFact, ClaimFact, IncidentFacts, LineFact, PlaceFact, RelationFact, Span

ACTORS = {
    fact.key: fact
    for fact in (
        ActorFact("pakistan", "state", "pakistan", "PK"),
        ActorFact("pakistani_forces", "state_force", "pakistan", "PK"),
        ActorFact("ispr", "office", "pakistan", "PK"),
        ActorFact("foreign_office", "office", "pakistan", "PK"),
        ActorFact("taliban", "de_facto_authority", "afghanistan_de_facto", "AF"),
        ActorFact("taliban_spokesman", "office", "afghanistan_de_facto", "AF"),
        ActorFact("taliban_ministry", "office", "afghanistan_de_facto", "AF"),
        ActorFact("ttp", "armed_group", "non_state", "PK"),
        ActorFact("hgb", "armed_group", "non_state", "PK"),
        ActorFact("jfm", "faction", "non_state", "PK"),
        ActorFact("united_states", "state", "third", "US"),
        ActorFact("iran", "state", "third", "IR"),
        ActorFact("united_nations", "intergovernmental", "third", ""),
        ActorFact("rferl", "media", "third", "US"),
        ActorFact("dawn", "media", "third", "PK"),
        ActorFact("afghan_civilians", "population_group", "third", "AF"),
    )
}
RELATIONS = (
    RelationFact("pakistani_forces", "part_of", "pakistan"),
    RelationFact("ispr", "part_of", "pakistani_forces"),
    RelationFact("foreign_office", "part_of", "pakistan"),
    RelationFact("taliban_spokesman", "part_of", "taliban"),
    RelationFact("taliban_ministry", "part_of", "taliban"),
    RelationFact("jfm", "faction_of", "hgb"),
)

MIR_ALI = PlaceFact(
    "mir_ali", ("mir_ali", "north_waziristan", "kp", "pk"), "PK", "kp", "north_waziristan", 32.98, 70.28, 3
)
PAKTIKA = PlaceFact("barmal", ("barmal", "paktika", "af"), "AF", "paktika", "barmal", 32.6, 69.4, 15)
KHOST = PlaceFact("spera", ("spera", "khost", "af"), "AF", "khost", "spera", 33.1, 69.5, 15)
AFGHANISTAN = PlaceFact("af", ("af",), "AF", latitude=33.9, longitude=67.7, uncertainty_km=600)


def day(number, month=3, year=2024):
    """One day as a Span."""
    only = date(year, month, number)
    return Span(only, only)


def claim(key, aspect=Aspect.OCCURRENCE, claimant=None, **values):
    return ClaimFact(key, aspect, claimant, **{"credibility": 3, **values})


def line(outcome="killed", category="civilian", number=None, qualifier="exact", last=None, **values):
    """A casualty line with the bounds of its words."""
    low, best, high, open_upper = casualties.bounds(qualifier, number, last)
    values = {"low": low, "best": best, "high": high, "open_upper": open_upper, "qualifier": qualifier, **values}
    return LineFact(outcome, category, **values)


def toll(key, claimant, *lines, **values):
    return claim(key, Aspect.CASUALTIES, claimant, lines=lines, **values)


def perpetrator(key, claimant, actor, **values):
    return claim(key, Aspect.PERPETRATOR, claimant, actor=actor, **{"part": "perpetrator", **values})


def incident(*claims, kind="armed_assault", category="violent", span=None, place=MIR_ALI, **values):
    values = {"actors": ACTORS, "relations": RELATIONS, **values}
    return IncidentFacts(category, kind, span or day(16), place, claims=claims, **values)


def bounds(figure):
    """(low, best, high, open) of a Figure, for short comparisons."""
    return (figure.low, figure.best, figure.high, figure.open_upper)


def all_equal(number):
    return (number, number, number, False)


UNKNOWN = (None, None, None, False)
