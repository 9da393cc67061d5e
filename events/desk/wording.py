"""A claim in one line of plain words, for lists and choices at the desk."""

from events.choices import Aspect, Demographic, Scope
from events.rules import dates


def said(claim):
    """What a claim says, without who says it: "8 killed, civilians (of whom 5 women)", "perpetrator: TTP"."""
    return VALUE.get(claim.aspect, _text)(claim) or claim.value_text or claim.get_aspect_display()


def toll(claim):
    """The lines of a casualty claim as one sentence; parts of a line stand in brackets behind it."""
    lines = list(claim.lines.all())
    whole = [line for line in lines if line.subset_of_id is None]
    parts = {line.pk: [part for part in lines if part.subset_of_id == line.pk] for line in whole}
    words = [_line(line) + _of_whom(parts[line.pk]) for line in whole]
    limits = [] if claim.scope == Scope.WHOLE_INCIDENT else [claim.get_scope_display().lower()]
    return "; ".join(words + limits)


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


def _line(line):
    who = line.get_category_display().lower()
    who = f"{line.party}, {who}" if line.party else who
    people = "" if line.demographic == Demographic.ANY else f", {line.get_demographic_display().lower()}"
    return f"{line.get_outcome_display().lower()} {line.shown} ({who}{people})"


def _of_whom(parts):
    if not parts:
        return ""
    return " of whom " + ", ".join(f"{part.shown} {part.get_demographic_display().lower()}" for part in parts)


def _text(claim):
    return claim.value_text


def _actor(claim):
    return f"{claim.get_part_display().lower()}: {claim.value_actor}"


VALUE = {
    Aspect.OCCURRENCE: lambda claim: "that it happened",
    Aspect.LINK: lambda claim: f"{claim.link.get_type_display()} “{claim.link.to_incident}”",
    Aspect.RELATION: lambda claim: f"{claim.relation.get_type_display()} {claim.relation.object}",
    Aspect.KIND: lambda claim: claim.code_label,
    Aspect.TARGET_NATURE: lambda claim: claim.code_label,
    Aspect.DATE: lambda claim: dates.describe(claim.value_date),
    Aspect.LOCATION: lambda claim: str(claim.value_location),
    Aspect.ORIGIN: lambda claim: f"from {claim.value_location}",
    Aspect.PERPETRATOR: _actor,
    Aspect.TARGET: _actor,
    Aspect.CASUALTIES: toll,
}
