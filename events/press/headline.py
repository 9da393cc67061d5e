"""What the rules conclude, as plain values for the public document."""

from dataclasses import asdict

_ELSEWHERE = ("occurrence", "perpetrator")  # these name their claims beside their values


def shown(concluded):
    """The `headline` part of the document from a rules.derive.Headline; every value names the claims behind it (I2)."""
    return {
        "occurrence": {
            "status": concluded.occurrence.status,
            "is_denied": concluded.occurrence.is_denied,
            "claims": list(concluded.occurrence.claims),
        },
        "attribution": _attribution(concluded.attributed),
        "targets": [_entry(entry) for entry in concluded.targets],
        "target_natures": [{"code": nature.code, "claims": list(nature.claims)} for nature in concluded.target_natures],
        "casualties": {outcome: _toll(toll) for outcome, toll in sorted(concluded.tolls.items())},
        "contested": [
            {"aspect": aspect.aspect, "pairs": [list(pair) for pair in aspect.pairs]}
            for aspect in concluded.contest.aspects
        ],
        "doubted": list(concluded.contest.doubted),
        "acknowledgement": dict(sorted(concluded.acknowledgement.items())),
        "harm_grade": concluded.harm_grade,
        "cross_border": _cross_border(concluded.cross_border),
        "escalation": concluded.escalation,
        "claims_behind": {
            name: list(claims) for name, claims in sorted(concluded.claims_behind.items()) if name not in _ELSEWHERE
        },
    }


def participants(concluded):
    """Who took part, in which part, and the claims that say so; who did it only as the best attribution has it."""
    return [_entry(entry) for entry in concluded.participants]


def _cross_border(crossing):
    return {name: value for name, value in asdict(crossing).items() if name != "claims"}


def _attribution(attributed):
    return {
        "status": attributed.status,
        "actor": attributed.actor,
        "candidates": [
            {"actor": candidate.actor, "tier": candidate.tier, "claims": list(candidate.claims)}
            for candidate in attributed.candidates
        ],
        "is_contested": attributed.contested,
        "claims": list(attributed.claims),
    }


def _entry(entry):
    actor, part, claims = entry
    return {"actor": actor, "part": part, "claims": list(claims)}


def _toll(toll):
    return {
        "total": _figure(toll.total),
        "by_category": {category: _figure(figure) for category, figure in toll.by_category.items()},
        "by_party": {party: _figure(figure) for party, figure in toll.by_party.items()},
        "subsets": {demographic: _figure(figure) for demographic, figure in toll.subsets.items()},
        "excluding_perpetrators": _figure(toll.excluding_perpetrators),
    }


def _figure(figure):
    return {
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "open_upper": figure.open_upper,
        "composite": figure.composite,
        "claims": list(figure.claims),
    }
