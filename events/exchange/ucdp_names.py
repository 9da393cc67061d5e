"""Names and numbers that UCDP gives to parties and dyads, as the registers have noted them; never made up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from events.choices import AliasScheme
from events.exchange.ucdp_countries import COUNTRIES
from events.exchange.ucdp_parties import Kind

CIVILIANS = "Civilians"
CIVILIANS_ID = 1  # the same in every row of UCDP
_NUMBERED = re.compile(r"(\d{1,9})(?:\s+(\S.*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class External:
    """A name or number of an actor in another data set, with the first and last day on which it holds (ISO, or None)."""

    scheme: str
    text: str
    since: str | None = None
    until: str | None = None

    def holds(self, day):
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Register:
    """What the registers know: the ISO code of each country by slug, and the external names of each actor by slug."""

    countries: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, tuple[External, ...]] = field(default_factory=dict)

    def country(self, slug):
        """The Country of a place, or None when UCDP's number for it is not known here."""
        return COUNTRIES.get(self.countries.get(slug, ""))

    def texts(self, slugs, scheme, day):
        """The texts of one scheme that hold on a day, of the first of these actors that has any."""
        for slug in slugs:
            found = [one.text for one in self.actors.get(slug, ()) if one.scheme == scheme and one.holds(day)]
            if found:
                return found
        return []


@dataclass(frozen=True, slots=True)
class Named:
    """A side as a row shows it."""

    name: str
    number: int | None = None
    gwno: str | None = None


def side(party, register, day, place):
    """The Named of a party; `place` is the Country where it happened, after which unknown parties are called."""
    if party.kind == Kind.CIVILIANS:
        return Named(CIVILIANS, CIVILIANS_ID)
    if party.kind == Kind.UNKNOWN:
        return Named(f"XXX{place.number}")
    number = actor_number(party, register, day)
    if party.kind == Kind.GOVERNMENT:
        country = COUNTRIES.get(party.home)
        if country is None:
            return Named(party.name, number)
        return Named(f"Government of {country.name}", number, str(country.number))
    names = [text for text in register.texts(party.slugs, AliasScheme.UCDP_ACTOR, day) if not text.isdecimal()]
    return Named(names[0] if len(names) == 1 else party.name, number)


def actor_number(party, register, day):
    """UCDP's number of a party, if the register holds exactly one."""
    if party.kind == Kind.CIVILIANS:
        return CIVILIANS_ID
    texts = register.texts(party.slugs, AliasScheme.UCDP_ACTOR, day)
    numbers = {int(text) for text in texts if text.isdecimal()}
    return numbers.pop() if len(numbers) == 1 else None


def dyad_number(a, b, dyad_name, register, day):
    """UCDP's number of a dyad, if the register holds exactly one that both sides bear, or that is noted with its name.

    An actor may stand in many dyads, so a bare number of one side says nothing: `857` with both, or
    `857 Government of Pakistan - TTP` with one of them.
    """
    borne = [_numbered(register.texts(party.slugs, AliasScheme.UCDP_DYAD, day)) for party in (a, b)]
    shared = {number for number, _ in borne[0]} & {number for number, _ in borne[1]}
    named = {number for entries in borne for number, name in entries if name == dyad_name}
    found = named or shared
    return found.pop() if len(found) == 1 else None


def _numbered(texts):
    matches = [_NUMBERED.fullmatch(text.strip()) for text in texts]
    return [(int(match[1]), match[2] or "") for match in matches if match]
