"""A claim in one line of plain words, for lists and choices at the desk: the words of the record, with what it is about."""

from events.choices import Aspect
from events.press import document, facts
from events.rules import wording

# What a claim says that is about something else than an incident.
SUBJECTS = {
    Aspect.LINK: lambda claim: f"{claim.link.get_type_display()} “{claim.link.to_incident}”",
    Aspect.RELATION: lambda claim: f"{claim.relation.get_type_display()} {claim.relation.object}",
}
# What stands in front of a value that alone would not say what it is the value of.
PREFIXES = {
    Aspect.ORIGIN: lambda claim: "from ",
    Aspect.PERPETRATOR: lambda claim: f"{claim.get_part_display().lower()}: ",
    Aspect.TARGET: lambda claim: f"{claim.get_part_display().lower()}: ",
}


def said(claim):
    """What a claim says, without who says it: "8 civilians killed, of whom 5 women", "perpetrator: TTP"."""
    if claim.aspect in SUBJECTS:
        return SUBJECTS[claim.aspect](claim)
    prefix = PREFIXES[claim.aspect](claim) if claim.aspect in PREFIXES else ""
    return f"{prefix}{_value(claim)}"


def line(given):
    """A casualty line as typed or as saved (a dict either way): "killed, civilian, women: 5"."""
    words = [given["outcome"], given["category"], given.get("party"), given.get("demographic")]
    bounds = [given[bound] for bound in ("low", "best", "high")]
    number = "–".join(str(bound) for bound in dict.fromkeys(bounds) if bound is not None)
    number = f"{given['qualifier'].replace('_', ' ')} {number}".strip()
    return f"{', '.join(str(word) for word in words if word and word != 'any').replace('_', ' ')}: {number}"


def citation(given):
    """A citation as typed or as saved (a dict either way), with its words."""
    return " ".join(str(part) for part in (given["document"], f"“{given['excerpt']}”", given["locator"]) if part)


def _value(claim):
    if claim.value_location is not None:
        # Named here, because the document's form of a claim reads everything that its place lies in.
        return claim.value_location.name
    shown = document.claims_shown([claim])[0]
    actors = {actor.slug: {"name": actor.name, "short_name": actor.short_name} for actor in facts.named_actors(claim)}
    return "; ".join([wording.value(shown, actors), *wording.limits(shown)])
