"""A claim in one line of plain words, for lists and choices at the desk: the words of the record, with what it is about."""

from django.utils.translation import gettext

from events.choices import Aspect, Demographic
from events.press import document, facts
from events.rules import wording

# What a claim says that is about something else than an incident.
SUBJECTS = {
    Aspect.LINK: lambda claim: f"{gettext(claim.link.get_type_display())} “{claim.link.to_incident}”",
    Aspect.RELATION: lambda claim: f"{gettext(claim.relation.get_type_display())} {claim.relation.object}",
}
# What stands around a value that alone would not say what it is the value of.
AROUND = {
    Aspect.ORIGIN: lambda claim: gettext("from %(value)s"),
    Aspect.PERPETRATOR: lambda claim: f"{gettext(claim.get_part_display()).lower()}: %(value)s",
    Aspect.TARGET: lambda claim: f"{gettext(claim.get_part_display()).lower()}: %(value)s",
}


def said(claim):
    """What a claim says, without who says it: "8 civilians killed, of whom 5 women", "perpetrator: TTP"."""
    if claim.aspect in SUBJECTS:
        return SUBJECTS[claim.aspect](claim)
    value = _value(claim)
    return AROUND[claim.aspect](claim) % {"value": value} if claim.aspect in AROUND else value


def number(line):
    """The number of a casualty line as people write it: `CasualtyLine.shown` in the language of who looks."""
    words, numbers = line.worded
    return gettext(words) % numbers


def line(given):
    """A casualty line as typed or as saved (a dict either way): "killed, civilian, women: 5"."""
    demographic = given.get("demographic")
    whom = [_coded(given["outcome"]), _coded(given["category"]), given.get("party")]
    whom += [] if demographic == Demographic.ANY else [_coded(demographic)]
    bounds = [given[bound] for bound in ("low", "best", "high")]
    number = "–".join(str(bound) for bound in dict.fromkeys(bounds) if bound is not None)
    number = f"{_coded(given['qualifier'])} {number}".strip()
    return f"{', '.join(str(word) for word in whom if word)}: {number}"


def _coded(code):
    """A code of a casualty line as a word; "" for none."""
    return gettext(code.replace("_", " ")) if code else ""


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
