"""Who a party is in UCDP's terms: a government, an organised group, civilians, or nobody that is known."""

from dataclasses import dataclass
from enum import StrEnum

from events.choices import ActorKind, Side
from events.exchange.ucdp_countries import COUNTRIES
from events.rules import sides

GROUPS = (ActorKind.ARMED_GROUP, ActorKind.FACTION)
# They act for the body above them, where the document names one.
ACTING_FOR = (ActorKind.PERSON, ActorKind.OFFICE)
DE_FACTO_SINCE = sides.TALIBAN_RULE.start.isoformat()


class Kind(StrEnum):
    GOVERNMENT = "government"
    GROUP = "group"
    CIVILIANS = "civilians"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    """`slug` is "" for whom the record does not name; `home` is the ISO code of a government's country.

    `above` are the bodies to which the actor belongs on that date, as the document names them.
    """

    kind: Kind
    slug: str = ""
    name: str = ""
    home: str = ""
    above: tuple[str, ...] = ()

    def is_same_as(self, other):
        """Whether both are one party: the same government, the same group, or a group and a body above it."""
        if self.kind != other.kind or Kind.UNKNOWN in (self.kind, other.kind):
            return False
        if self.kind == Kind.GOVERNMENT:
            return self.home == other.home and (bool(self.home) or self.slug == other.slug)
        return self.slug == other.slug or self.slug in other.above or other.slug in self.above

    @property
    def alphabetical(self):
        """By which name a party is sorted."""
        return COUNTRIES[self.home].name if self.home in COUNTRIES else self.name

    @property
    def slugs(self):
        """The actor and, for a government, the bodies above it: its number may stand with any of them."""
        return (self.slug, *self.above) if self.kind == Kind.GOVERNMENT else (self.slug,)


CIVILIANS = Party(Kind.CIVILIANS)
UNKNOWN = Party(Kind.UNKNOWN)


def party(slug, document):
    """The Party that an actor of the document is."""
    actors, above = document["actors"], tuple(document["bodies"].get(slug, ()))
    actor = actors.get(slug)
    if actor is None or actor["kind"] == ActorKind.UNIDENTIFIED:
        return UNKNOWN
    if actor["kind"] == ActorKind.POPULATION_GROUP:
        return CIVILIANS
    if actor["kind"] in ACTING_FOR:
        return _acted_for(actor, above, document)
    if actor["kind"] in GROUPS or _is_taliban_before_their_rule(actor, document):
        return Party(Kind.GROUP, slug, actor["name"], above=above)
    if actor["kind"] in sides.STATE_KINDS:
        return Party(Kind.GOVERNMENT, slug, actor["name"], actor["home_country"], above)
    return UNKNOWN


def of_country(iso):
    """The government of a country, no actor of which is named."""
    return Party(Kind.GOVERNMENT, home=iso)


def distinct(parties):
    """The parties without those that are one with another of them; of a group and its body the finer one stays (R6)."""
    found = []
    for one in sorted(set(parties), key=lambda one: (-len(one.above), one.slug)):
        if not any(one.is_same_as(other) for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.slug)


def _acted_for(actor, above, document):
    for slug in above:
        kind = document["actors"].get(slug, {}).get("kind")
        if kind and kind not in ACTING_FOR:
            return party(slug, document)
    if actor["kind"] == ActorKind.OFFICE and actor["home_country"]:
        return of_country(actor["home_country"])
    return UNKNOWN


def _is_taliban_before_their_rule(actor, document):
    start = document["date"]["start"]
    is_de_facto = actor["side"] == Side.AFGHANISTAN_DE_FACTO
    return is_de_facto and start is not None and start < DE_FACTO_SINCE
