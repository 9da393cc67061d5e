"""What the rules see: frozen values, prepared by the press from the desk's rows. No Django, no clock, no viewer.

Keys are opaque strings (public uids in the product, plain words in tests); order of any tuple never matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from events.choices import (
    Attribution,
    Credibility,
    Demographic,
    Directness,
    FirstHand,
    Hedge,
    Qualifier,
    RelationType,
    Scope,
    SpeechAct,
    Stance,
    Verdict,
)


@dataclass(frozen=True)
class Span:
    """Civil dates at the place of the event, both inclusive; None on a side means open."""

    start: date | None
    end: date | None
    precision: str = "day"


@dataclass(frozen=True)
class PlaceFact:
    """A place and what it lies in. `chain` holds its own key first, then its ancestors' up to the country."""

    key: str
    chain: tuple[str, ...]
    country: str  # ISO 3166-1 alpha-2, "" when it lies in no one country
    province: str | None = None
    district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    uncertainty_km: float | None = None
    is_capital: bool = False  # of a country or a province (R12, level 8)


@dataclass(frozen=True)
class ActorFact:
    key: str
    kind: str
    side: str
    home_country: str = ""


@dataclass(frozen=True)
class RelationFact:
    """A relation that stands: established in the register, or asserted by an eligible claim. Ends None = open."""

    subject: str
    type: RelationType | str
    object: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class LineFact:
    """One line of a casualty account. low/best/high are whole persons ≥ 0 or None (not stated)."""

    outcome: str
    category: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    open_upper: bool = False
    qualifier: str = Qualifier.EXACT
    party: str | None = None
    demographic: str = Demographic.ANY
    directness: str = Directness.DIRECT
    is_subset: bool = False  # it breaks down another line of the account and never adds


@dataclass(frozen=True)
class ClaimFact:
    """One claimant says one thing. Only the value that fits the aspect is set."""

    key: str
    aspect: str
    claimant: str | None = None  # actor key; None when only claimant_text names them
    claimant_text: str = ""
    stance: str = Stance.ASSERTS
    attribution: str = Attribution.NAMED
    first_hand: str = FirstHand.UNKNOWN
    speech_act: str = SpeechAct.STATEMENT
    hedge: str = Hedge.NONE
    preliminary: bool = False
    verdict: str = Verdict.ACCEPTED
    credibility: int = Credibility.UNKNOWN
    reliability: str = "F"  # the best grade among the sources that cite it
    is_retracted: bool = False
    supersedes: str | None = None  # key of the claim that this one replaces
    part: str = ""
    actor: str | None = None
    place: PlaceFact | None = None
    span: Span | None = None
    code: str = ""
    text: str = ""
    scope: str = Scope.WHOLE_INCIDENT
    is_exhaustive: bool = False
    lines: tuple[LineFact, ...] = ()


@dataclass(frozen=True)
class IncidentFacts:
    """One incident with everything the rules need to conclude its public headline."""

    category: str
    kind: str
    span: Span
    place: PlaceFact | None = None
    claims: tuple[ClaimFact, ...] = ()
    actors: Mapping[str, ActorFact] = field(default_factory=dict)
    relations: tuple[RelationFact, ...] = ()
    part_places: tuple[PlaceFact, ...] = ()  # the places of its published parts, for R12


@dataclass(frozen=True)
class Figure:
    """A derived number of persons. All None = not reported; 0/0/0 = reported as none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    open_upper: bool = False
    composite: bool = False  # summed over cells because nobody tells the whole
    claims: tuple[str, ...] = ()  # keys of the claims behind it, sorted
