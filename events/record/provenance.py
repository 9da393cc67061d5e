"""Where every concluded value of a public document comes from: its place in the document, its rule, its claims, in words."""

from dataclasses import dataclass, replace
from functools import reduce

from events.choices import AttributionStatus
from events.rules import reasons


@dataclass(frozen=True)
class Value:
    """One concluded value. `path` joins member names and indexes by dots; `value` is what stands there, without claims."""

    path: str
    value: object
    shown: str
    label: str
    rule: str
    why: str
    claims: tuple


def of(document):
    """List of Value for an incident's document, in the order of its public page. No query.

    Figures that nobody reports have no claims and no reason; of those only the total of the killed is listed.
    """
    found = [_value(document, reason) for reason in reasons.of(document)]
    return [*_attributed(document, found), *found, *_targets(document, found)]


def _value(document, reason):
    return Value(
        path=".".join(str(step) for step in reason.path),
        value=_at(document, reason.path),
        shown=reason.value,
        label=reason.label,
        rule=reason.rule,
        why=reason.why,
        claims=reason.claims,
    )


def _at(document, path):
    held = reduce(lambda inside, step: inside[step], path, document)
    beside = ("claims", "candidates")
    return {name: value for name, value in held.items() if name not in beside} if isinstance(held, dict) else held


def _attributed(document, found):
    """The attribution as a whole, for the reason of the candidate that leads it; nothing where nobody is named."""
    attribution = document["headline"]["attribution"]
    if not attribution["candidates"]:
        return []
    best = min(one["tier"] for one in attribution["candidates"])
    leads = next(
        place
        for place, one in enumerate(attribution["candidates"])
        if one["actor"] == attribution["actor"] or not attribution["actor"] and one["tier"] == best
    )
    by_path = {one.path: one for one in found}
    return [
        replace(
            by_path[f"headline.attribution.candidates.{leads}"],
            path=".".join(reasons.WHO),
            value=_at(document, reasons.WHO),
            shown=AttributionStatus.label_of(attribution["status"]),
            claims=tuple(attribution["claims"]),
        )
    ]


def _targets(document, found):
    """The headline lists those who were hit once more; their reasons are those of the participants."""
    by_value = {(one.value["actor"], one.value["part"]): one for one in found if one.path.startswith("participants.")}
    return [
        replace(by_value[entry["actor"], entry["part"]], path=f"headline.targets.{place}")
        for place, entry in enumerate(document["headline"]["targets"])
        if (entry["actor"], entry["part"]) in by_value
    ]
