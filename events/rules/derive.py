"""The headline of an incident: all rules together, each value with the claims behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from events.choices import Aspect, Outcome, Part, Stance
from events.rules import assessment, attribution, casualties, contest, crossing, eligibility
from events.rules.assessment import OccurrenceFinding
from events.rules.attribution import Attributed
from events.rules.casualties import OutcomeToll
from events.rules.contest import Contest
from events.rules.crossing import CrossBorder
from events.rules.facts import PlaceFact, Span

RULESET = 1


class Participant(NamedTuple):
    """An actor in one part, and the claims that say so."""

    actor: str
    part: str
    claims: tuple[str, ...]


class Nature(NamedTuple):
    """What was hit, by one account of it, and the claims that say so."""

    code: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Headline:
    """What the public sees of an incident, concluded from its eligible claims.

    `participants` are all actors in all parts, the targets included; who did it appears there only at the best tier, so
    that nobody is filed under a weaker word than the headline's. `claims_behind` names the claims of the values that
    are plain codes: "occurrence", "perpetrator", "harm_grade", "cross_border", "escalation", and
    "acknowledgement.<side>"; figures, participants, natures and contested pairs carry their own. Kind, category, span
    and place are the editors' own facts.
    """

    ruleset: int
    category: str
    kind: str
    span: Span
    place: PlaceFact | None
    eligible: tuple[str, ...]
    occurrence: OccurrenceFinding
    attributed: Attributed
    targets: tuple[Participant, ...]
    participants: tuple[Participant, ...]
    target_natures: tuple[Nature, ...]
    tolls: Mapping[str, OutcomeToll]
    contest: Contest
    acknowledgement: Mapping[str, str]
    harm_grade: str
    cross_border: CrossBorder
    escalation: int | None
    claims_behind: Mapping[str, tuple[str, ...]]

    @property
    def is_contested(self):
        return self.contest.is_contested

    @property
    def killed(self):
        return self.tolls[Outcome.KILLED]

    @property
    def injured(self):
        return self.tolls[Outcome.INJURED]


def derive(facts):
    """The Headline of one incident."""
    attributed = attribution.attribute(facts)
    occurred = assessment.occurrence(facts, attributed)
    owned = assessment.acknowledgement_findings(facts, attributed)
    harm = assessment.harm_grade(facts, attributed, occurred.status)
    crossed = crossing.cross_border(facts, attributed)
    perpetrators = (attributed.actor,) if attributed.actor else ()
    return Headline(
        ruleset=RULESET,
        category=str(facts.category),
        kind=str(facts.kind),
        span=facts.span,
        place=facts.place,
        eligible=tuple(claim.key for claim in eligibility.eligible(facts.claims)),
        occurrence=occurred,
        attributed=attributed,
        targets=_targets(facts),
        participants=tuple(sorted([*_acting(facts, attributed), *_targets(facts)])),
        target_natures=_natures(facts),
        tolls=casualties.tolls(facts, perpetrators),
        contest=contest.contested(facts),
        acknowledgement={side: finding.value for side, finding in owned.items()},
        harm_grade=harm.value,
        cross_border=crossed,
        escalation=crossing.escalation(facts, attributed, crossed),
        claims_behind={
            "occurrence": occurred.claims,
            "perpetrator": attributed.claims,
            "harm_grade": harm.claims,
            "cross_border": crossed.claims,
            "escalation": tuple(sorted({*attributed.claims, *crossed.claims})),
            **{f"acknowledgement.{side}": finding.claims for side, finding in owned.items()},
        },
    )


def _asserted(facts, aspect):
    return [
        claim
        for claim in eligibility.eligible(facts.claims)
        if claim.aspect == aspect and claim.stance == Stance.ASSERTS
    ]


def _targets(facts):
    """Sorted by actor and part; a claim without a part names a target."""
    return _participants((claim, claim.part or Part.TARGET) for claim in _asserted(facts, Aspect.TARGET))


def _acting(facts, attributed):
    part = attribution.headline_part(facts.category)
    leading = [
        Participant(candidate.actor, part.value, candidate.claims)
        for candidate in attributed.candidates
        if candidate.tier == attributed.tier
    ]
    named = _asserted(facts, Aspect.PERPETRATOR)
    return [*leading, *_participants((claim, claim.part) for claim in named if claim.part not in (part, ""))]


def _participants(claims_and_parts):
    found = {}
    for claim, part in claims_and_parts:
        if claim.actor:
            found.setdefault((claim.actor, str(part)), []).append(claim.key)
    return tuple(Participant(actor, part, tuple(keys)) for (actor, part), keys in sorted(found.items()))


def _natures(facts):
    found = {}
    for claim in _asserted(facts, Aspect.TARGET_NATURE):
        if claim.code:
            found.setdefault(str(claim.code), []).append(claim.key)
    return tuple(Nature(code, tuple(keys)) for code, keys in sorted(found.items()))
