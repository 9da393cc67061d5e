"""What every reader of a foreign file gives: incidents as far as the row says them, and what is wrong, in sentences.

Plain values only. Actors and places are still the words of the file; whoever plans an import finds out whom they mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from events.choices import (
    Attribution,
    Directness,
    FirstHand,
    Hedge,
    LocationPrecision,
    Relay,
    SpeechAct,
    Stance,
    VictimCategory,
)
from events.rules.dates import VagueDate


@dataclass(frozen=True)
class Dataset:
    """Somebody's collection of rows; `code` is what ExternalRecord keeps. `licence` and `citation` are shown with it."""

    code: str
    name: str
    publisher: str
    licence: str
    citation: str
    is_redistributable: bool
    url: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the file. `line` counts the rows of the file from 1, heading included; 0 is the file.

    `sentence` says what is wrong and what would be right. With `refuses` the row (or the file) is not taken; without,
    the row is taken and whoever looks at the plan should look here.
    """

    line: int
    column: str
    value: str
    sentence: str
    refuses: bool = True


@dataclass(frozen=True)
class NamedActor:
    """An actor as the file names it; `scheme` is a code of AliasScheme for names and numbers of that data set."""

    name: str
    scheme: str = ""
    external_id: str = ""


@dataclass(frozen=True)
class NamedPlace:
    """A place as the file names it: names by level (codes of LocationLevel), coarse to fine; coordinates in degrees or None.

    `remark` is what the file says about how the place was coded.
    """

    names: tuple = ()  # of (level, name)
    latitude: float | None = None
    longitude: float | None = None
    precision: str = LocationPrecision.COUNTRY.value
    remark: str = ""


@dataclass(frozen=True)
class Toll:
    """A casualty line. Numbers are persons, 0 or more, or None for not said; `subset_of` is the place of a line before."""

    outcome: str
    category: str = VictimCategory.ALL.value
    party: NamedActor | None = None
    directness: str = Directness.DIRECT.value
    demographic: str = "any"
    qualifier: str = ""
    low: int | None = None
    best: int | None = None
    high: int | None = None
    open_upper: bool = False
    subset_of: int | None = None


@dataclass(frozen=True)
class ClaimRow:
    """One thing that the row says; at most one of the values is set, the one that fits the aspect.

    Without a `claimant` the data set itself says it. `uid` is set only where the file names a claim of this tracker.
    """

    aspect: str
    stance: str = Stance.ASSERTS.value
    speech_act: str = SpeechAct.REPORT.value
    hedge: str = Hedge.NONE.value
    attribution: str = Attribution.NAMED.value
    first_hand: str = FirstHand.RELAYED.value
    claimant: NamedActor | None = None
    part: str = ""
    actor: NamedActor | None = None
    place: NamedPlace | None = None
    date: VagueDate | None = None
    code: str = ""
    text: str = ""
    scope: str = ""
    exhaustive: bool = False
    tolls: tuple = ()  # of Toll
    uid: str = ""


@dataclass(frozen=True)
class Cited:
    """A publication that the row names: the words of the file, so that nobody is made a source by guessing."""

    publisher: str
    title: str = ""
    url: str = ""
    published: str = ""  # an ISO day, or ""
    relay: str = Relay.RELAYS.value


@dataclass(frozen=True)
class IncidentRow:
    """One row of a file as an incident. `raw` is the row as it was read, heading → text: the evidence that is kept.

    `excerpt` is the line of the row that a claim can be checked against, at most 500 characters. `uid` is set only where
    the file names an incident of this tracker.
    """

    line: int
    external_id: str
    raw: dict
    title: str
    kind: str
    date: VagueDate
    place: NamedPlace
    summary: str = ""
    claims: tuple = ()  # of ClaimRow
    cited: tuple = ()  # of Cited
    excerpt: str = ""
    uid: str = ""
    problems: tuple = ()  # of Problem that do not refuse the row


@dataclass(frozen=True)
class ParsedFile:
    """A file while it is read: `rows` gives an IncidentRow or a tuple of Problem for each row of the file, once.

    `problems` are those of the file as a whole; with one that refuses, there are no rows.
    """

    dataset: Dataset
    version: str
    columns: tuple
    rows: Iterator
    problems: tuple = field(default=())
