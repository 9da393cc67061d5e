"""How the values of a public document read in plain words. Pure functions of the document's own dicts."""

from events.choices import (
    Aspect,
    Demographic,
    Directness,
    Kind,
    LinkType,
    Outcome,
    Scope,
    Stance,
    TargetNature,
    VictimCategory,
)

NOT_REPORTED = "not reported"
UNSAID = "number not said"  # what a casualty line says of itself when it has no number
# What a claim says whose aspect needs no value.
UNSPOKEN = {
    Aspect.OCCURRENCE: "that it happened",
    Aspect.LINK: "that the two are linked so",
    Aspect.RELATION: "that the relation holds",
}
# What stands between the titles of two linked incidents.
LINKED = {
    LinkType.PART_OF: "is a part of",
    LinkType.SAME_AS: "is the same as",
    LinkType.RETALIATION_FOR: "is a retaliation for",
    LinkType.RESPONSE_TO: "is a response to",
    LinkType.FOLLOWS: "is later than",
    LinkType.INSTANCE_OF: "is an instance of",
}
_PEOPLE = {
    VictimCategory.CIVILIAN: "civilians",
    VictimCategory.SECURITY_FORCES: "security forces",
    VictimCategory.MILITANT: "militants",
    VictimCategory.UNKNOWN: "people (not known who)",
    VictimCategory.ALL: "people",
}


def figure(low, best, high, is_open=False):
    """A range of persons: "8", "67–223+", "49 (41–276)", "5+", "up to 9"; "not reported" where nobody says (I13)."""
    if low is None and best is None and high is None:
        return NOT_REPORTED
    span = _span(low, high, is_open)
    if best is None:
        return span
    if low == best == high or (low is None and high in (None, best)):
        # A number without a lower bound is how "about 20" is kept.
        about = "about " if low is None else ""
        return f"{about}{best:,}{'+' if is_open else ''}"
    return f"{best:,} ({span})"


def figure_of(figures):
    """The same for a figure of a document's headline: {"low", "best", "high", "open_upper", …} or None."""
    return figure(*(figures[bound] for bound in ("low", "best", "high", "open_upper"))) if figures else NOT_REPORTED


def actor_name(slug, actors):
    """The short name, else the name, of an actor of the document."""
    actor = actors.get(slug) or {}
    return actor.get("short_name") or actor.get("name") or slug


def claimant(claim, actors):
    """Who says it: the actor's name, else the words by which the document names them."""
    return actor_name(claim["claimant"], actors) if claim["claimant"] else claim["claimant_text"] or "Unnamed"


def said(claim, actors):
    """What a claim says, without who says it: "8 civilians killed, of whom 5 women", "denies: Pakistan"."""
    return with_stance(claim, value(claim, actors))


def with_stance(claim, words):
    """The words of a value with "denies" or "doubts" in front, where that is the claim's stance."""
    return words if claim["stance"] == Stance.ASSERTS else f"{Stance.label_of(claim['stance'])}: {words}"


def value(claim, actors):
    """The value a claim asserts or denies; see `remark` for a text that stands beside it."""
    if claim["lines"]:
        return toll(claim["lines"], actors)
    if claim["actor"]:
        return actor_name(claim["actor"], actors)
    if claim["location"]:
        return claim["location"]["name"]
    if claim["date"]:
        return claim["date"]["shown"]
    if claim["code"]:
        return (Kind if claim["aspect"] == Aspect.KIND else TargetNature).label_of(claim["code"])
    return UNSPOKEN.get(claim["aspect"]) or claim["text"] or Aspect.label_of(claim["aspect"])


def remark(claim):
    """The text of a claim whose value is something else; "" where the text is the value."""
    has_value = any(claim[column] for column in ("lines", "actor", "location", "date", "code"))
    return claim["text"] if has_value or claim["aspect"] in UNSPOKEN else ""


def people(category):
    """Those of a category in running text: “security forces”."""
    return _PEOPLE.get(category, category)


def toll(lines, actors):
    """Casualty lines as one sentence; parts of a line stand behind it."""
    whole = [(number, line) for number, line in enumerate(lines) if line["subset_of"] is None]
    return "; ".join(
        _line(line, actors) + _of_whom([part for part in lines if part["subset_of"] == number], line)
        for number, line in whole
    )


def limits(claim):
    """Sentences that narrow a casualty account: its scope, and whether it rules out everybody it does not mention."""
    if not claim["lines"]:
        return []
    found = [] if claim["scope"] == Scope.WHOLE_INCIDENT else [Scope.label_of(claim["scope"]).lower()]
    return found + (["nobody beyond these"] if claim["exhaustive"] else [])


def _span(low, high, is_open):
    plus = "+" if is_open or high is None else ""
    if high is None:
        return f"{low:,}{plus}" if low is not None else "any number"
    if low is None:
        return f"up to {high:,}{plus}"
    return f"{high:,}{plus}" if low == high else f"{low:,}–{high:,}{plus}"


def _line(line, actors):
    if line["demographic"] != Demographic.ANY:
        who = Demographic.label_of(line["demographic"]).lower()
    else:
        who = _PEOPLE.get(line["category"], line["category"])
    outcome = Outcome.label_of(line["outcome"]).lower()
    counted = f"{who} {outcome}, {UNSAID}" if line["shown"] == UNSAID else f"{line['shown']} {who} {outcome}"
    party = f" ({actor_name(line['party'], actors)})" if line["party"] else ""
    indirectly = ", as an indirect consequence" if line["directness"] == Directness.INDIRECT else ""
    return f"{counted}{party}{indirectly}"


def _of_whom(parts, line):
    if not parts:
        return ""
    return ", of whom " + ", ".join(f"{part['shown']} {_kind_of_people(part, line)}" for part in parts)


def _kind_of_people(part, line):
    if part["demographic"] != Demographic.ANY:
        return Demographic.label_of(part["demographic"]).lower()
    return "more" if part["category"] == line["category"] else _PEOPLE.get(part["category"], part["category"])
