"""How the values of a public document read in plain words. Pure functions of the document's own dicts."""

from events.choices import (
    VAGUE_QUALIFIERS,
    Aspect,
    Demographic,
    Directness,
    Kind,
    LinkType,
    Outcome,
    Qualifier,
    RelationType,
    Scope,
    Stance,
    TargetNature,
    VictimCategory,
)
from events.rules import dates
from events.tongue import gettext, gettext_noop

NOT_REPORTED = gettext_noop("not reported")
UNSAID = gettext_noop("number not said")  # what a casualty line of a document says of itself when it has no number
# What a claim says whose aspect needs no value.
UNSPOKEN = {
    Aspect.OCCURRENCE: gettext_noop("that it happened"),
    Aspect.LINK: gettext_noop("that the two are linked so"),
    Aspect.RELATION: gettext_noop("that the relation holds"),
}
# What a link says of the titles of its two incidents.
LINKED = {
    LinkType.PART_OF: gettext_noop("“%(origin)s” is a part of “%(target)s”"),
    LinkType.SAME_AS: gettext_noop("“%(origin)s” is the same as “%(target)s”"),
    LinkType.RETALIATION_FOR: gettext_noop("“%(origin)s” is a retaliation for “%(target)s”"),
    LinkType.RESPONSE_TO: gettext_noop("“%(origin)s” is a response to “%(target)s”"),
    LinkType.FOLLOWS: gettext_noop("“%(origin)s” is later than “%(target)s”"),
    LinkType.INSTANCE_OF: gettext_noop("“%(origin)s” is an instance of “%(target)s”"),
}
_PEOPLE = {
    VictimCategory.CIVILIAN: gettext_noop("civilians"),
    VictimCategory.SECURITY_FORCES: gettext_noop("security forces"),
    VictimCategory.MILITANT: gettext_noop("militants"),
    VictimCategory.UNKNOWN: gettext_noop("people (not known who)"),
    VictimCategory.ALL: gettext_noop("people"),
}
_PERSON = {
    VictimCategory.CIVILIAN: gettext_noop("civilian"),
    VictimCategory.SECURITY_FORCES: gettext_noop("member of the security forces"),
    VictimCategory.MILITANT: gettext_noop("militant"),
    VictimCategory.UNKNOWN: gettext_noop("person (not known who)"),
    VictimCategory.ALL: gettext_noop("person"),
}


def figure(low, best, high, is_open=False):
    """A range of persons: "8", "67–223+", "49 (41–276)", "5+", "up to 9"; "not reported" where nobody says (I13)."""
    if low is None and best is None and high is None:
        return gettext(NOT_REPORTED)
    span = _span(low, high, is_open)
    if best is None:
        return span
    if low == best == high or (low is None and high in (None, best)):
        # A number without a lower bound is how "about 20" is kept.
        said = f"{best:,}{'+' if is_open else ''}"
        return gettext("about %(number)s") % {"number": said} if low is None else said
    return f"{best:,} ({span})"


def figure_of(figures):
    """The same for a figure of a document's headline: {"low", "best", "high", "open_upper", …} or None."""
    if not is_reported(figures):
        return gettext(NOT_REPORTED)
    return figure(*(figures[bound] for bound in ("low", "best", "high", "open_upper")))


def is_reported(figures):
    """Whether anybody says anything of a figure of a document's headline, be it that there were none."""
    return bool(figures) and any(figures[bound] is not None for bound in ("low", "best", "high"))


def linked(type, origin, target):
    """“A” is a retaliation for “B”, of two titles."""
    return gettext(LINKED[type]) % {"origin": origin, "target": target}


def related(document):
    """“TTP is a part of front”: what the document of a relation is about."""
    ends = [actor_name(document[end], document["actors"]) for end in ("subject", "object")]
    room = {"subject": ends[0], "type": gettext(RelationType.label_of(document["type"])), "object": ends[1]}
    return gettext("%(subject)s %(type)s %(object)s") % room


def worded(qualifier, low, best, high):
    """(words with room for the numbers, dict of those numbers): how the number of a casualty line is written, in English."""
    numbers = {"low": low, "best": best, "high": high}
    if qualifier in VAGUE_QUALIFIERS:
        return Qualifier(qualifier).label, {}
    if low is None and best is None and high is None:
        return UNSAID, {}
    patterns = {
        Qualifier.NONE: "0",
        Qualifier.AT_LEAST: gettext_noop("at least %(low)s"),
        Qualifier.AT_MOST: gettext_noop("at most %(high)s"),
        Qualifier.ABOUT: gettext_noop("about %(best)s"),
        Qualifier.RANGE: "%(low)s–%(high)s",
    }
    return patterns.get(qualifier, "%(exactly)s"), numbers | {"exactly": best if best is not None else low}


def number(line):
    """The number of a casualty line of a document; as it stands there where other words than ours of today stand there."""
    words, numbers = worded(line["qualifier"], line["low"], line["best"], line["high"])
    return gettext(words) % numbers if words % numbers == line["shown"] else line["shown"]


def actor_name(slug, actors):
    """The short name, else the name, of an actor of the document."""
    actor = actors.get(slug) or {}
    return actor.get("short_name") or actor.get("name") or slug


def claimant(claim, actors):
    """Who says it: the actor's name, else the words by which the document names them."""
    return actor_name(claim["claimant"], actors) if claim["claimant"] else claim["claimant_text"] or gettext("Unnamed")


def said(claim, actors):
    """What a claim says, without who says it: "8 civilians killed, of whom 5 women", "denies: Pakistan"."""
    return with_stance(claim, value(claim, actors))


def with_stance(claim, words):
    """The words of a value with "denies" or "doubts" in front, where that is the claim's stance."""
    if claim["stance"] == Stance.ASSERTS:
        return words
    return gettext("%(stance)s: %(words)s") % {"stance": gettext(Stance.label_of(claim["stance"])), "words": words}


def value(claim, actors):
    """The value a claim asserts or denies; see `remark` for a text that stands beside it."""
    if claim["lines"]:
        return toll(claim["lines"], actors)
    if claim["actor"]:
        return actor_name(claim["actor"], actors)
    if claim["location"]:
        return claim["location"]["name"]
    if claim["date"]:
        return dates.described(claim["date"])
    if claim["code"]:
        return gettext((Kind if claim["aspect"] == Aspect.KIND else TargetNature).label_of(claim["code"]))
    if claim["aspect"] in UNSPOKEN:
        return gettext(UNSPOKEN[claim["aspect"]])
    return claim["text"] or gettext(Aspect.label_of(claim["aspect"]))


def remark(claim):
    """The text of a claim whose value is something else; "" where the text is the value."""
    has_value = any(claim[column] for column in ("lines", "actor", "location", "date", "code"))
    return claim["text"] if has_value or claim["aspect"] in UNSPOKEN else ""


def people(category, shown=""):
    """Those of a category in running text: “security forces”; of one of them after the number 1: “civilian”."""
    words = _PERSON if shown == "1" else _PEOPLE
    return gettext(words[category]) if category in words else category


def toll(lines, actors):
    """Casualty lines as one sentence; parts of a line stand behind it."""
    whole = [(number, line) for number, line in enumerate(lines) if line["subset_of"] is None]
    return "; ".join(
        _with_parts(_line(line, actors), [part for part in lines if part["subset_of"] == number], line)
        for number, line in whole
    )


def limits(claim):
    """Sentences that narrow a casualty account: its scope, and whether it rules out everybody it does not mention."""
    if not claim["lines"]:
        return []
    found = [] if claim["scope"] == Scope.WHOLE_INCIDENT else [in_small(Scope.label_of(claim["scope"]))]
    return found + ([gettext("nobody beyond these")] if claim["exhaustive"] else [])


def in_small(label):
    """The label of a code inside a sentence."""
    return gettext(label).lower()


def _span(low, high, is_open):
    plus = "+" if is_open or high is None else ""
    if high is None:
        return f"{low:,}{plus}" if low is not None else gettext("any number")
    if low is None:
        return gettext("up to %(number)s") % {"number": f"{high:,}{plus}"}
    return f"{high:,}{plus}" if low == high else f"{low:,}–{high:,}{plus}"


def _line(line, actors):
    if line["demographic"] != Demographic.ANY:
        who = in_small(Demographic.label_of(line["demographic"]))
    else:
        who = people(line["category"], line["shown"])
    room = {"number": number(line), "who": who, "outcome": in_small(Outcome.label_of(line["outcome"]))}
    is_unsaid = line["shown"] == UNSAID
    said = gettext("%(who)s %(outcome)s, %(number)s") if is_unsaid else gettext("%(number)s %(who)s %(outcome)s")
    said %= room
    if line["party"]:
        said = gettext("%(toll)s (%(party)s)") % {"toll": said, "party": actor_name(line["party"], actors)}
    if line["directness"] == Directness.INDIRECT:
        said = gettext("%(toll)s, as an indirect consequence") % {"toll": said}
    return said


def _with_parts(said, parts, line):
    if not parts:
        return said
    told = ", ".join(
        gettext("%(number)s %(who)s") % {"number": number(part), "who": _kind_of_people(part, line)} for part in parts
    )
    return gettext("%(toll)s, of whom %(parts)s") % {"toll": said, "parts": told}


def _kind_of_people(part, line):
    if part["demographic"] != Demographic.ANY:
        return in_small(Demographic.label_of(part["demographic"]))
    return gettext("more") if part["category"] == line["category"] else people(part["category"], part["shown"])
