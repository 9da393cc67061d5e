"""Who was killed or hurt, as a text words it: the number, who they were, and what happened to them."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from events.choices import Demographic, Outcome, Qualifier, VictimCategory
from events.desk.reading import people, words

_OUTCOMES = {
    Outcome.KILLED: r"killed|martyred|slain|shot dead|sent to hell|gunned down|assassinated|beheaded|murdered|dead",
    Outcome.INJURED: r"wounded|injured|hurt",
    Outcome.CAPTURED: r"abducted|kidnapped|captured|taken hostage",
    Outcome.MISSING: r"missing",
}
_DONE = "|".join(_OUTCOMES.values())
_ALSO = r"(?:\s+(?:reportedly|also|allegedly|later|all|either|both|confirmed))?"
_AUX = r"(?:were|was|are|is|being|(?:have|has|had)\s+been|got)"
_AND_MORE = rf"(?:(?:,\s+|,?\s+and\s+){people.ANY_PERSONS})*"
_INCLUDING = re.compile(r"\s*[,(–—-]?\s*(?:including|among them)\s+(?P<list>[^.;:!?]{0,120})", re.IGNORECASE)
_ASIDE = r"(?:\s*(?:,|–|—|\()\s*(?:including|among them)\s[^.;:!?]{3,100}?(?:,|–|—|\))|\s+including\s[^.,;:!?]{3,80}?)?"

# "killed or wounded", "killed and captured": one number for both, nobody can tell how many of which.
_NOT_JOINT = r"(?!\s*(?:/|\s(?:and|or))\s*(?:wounded|injured|hurt|killed|captured|abducted|kidnapped|missing)\b)"
_JOINT_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|captur(?:ed|ing|es)|martyr(?:ed|ing))\s*(?:/|\s(?:and|or))\s*$",
    re.IGNORECASE,
)

_PASSIVE = re.compile(
    rf"(?P<all>{people.ANY_PERSONS}{_AND_MORE})(?P<aside>{_ASIDE})\s+(?:who\s+)?{_AUX}{_ALSO}\s+(?P<done>{_DONE})\b"
    rf"{_NOT_JOINT}",
    re.IGNORECASE,
)
_BARE_PASSIVE = re.compile(
    rf"(?<![\w,.-])(?P<number>{people.NUMBER}){_ASIDE}\s+(?:of them\s+)?{_AUX}{_ALSO}\s+(?P<done>{_DONE})\b"
    rf"{_NOT_JOINT}",
    re.IGNORECASE,
)
_INTRANSITIVE = re.compile(
    rf"(?P<all>{people.ANY_PERSONS}{_AND_MORE})(?P<aside>{_ASIDE})\s+(?:(?:have|had|has)\s+)?(?P<done>died|lost\s+their\s+lives|"
    r"perished|embraced\s+(?:martyrdom|shahadat)|sustained\s+(?:\w+\s+)?injuries|suffered\s+(?:\w+\s+)?injuries)\b",
    re.IGNORECASE,
)
_HEADLINE = re.compile(
    rf"(?P<all>{people.ANY_PERSONS}{_AND_MORE})\s+(?P<done>killed|martyred|wounded|injured|dead)"
    r"(?=\s+(?:in|when|as|after|during|near|at|on|and|over)\b|\s*[.,;:)\n]|\s*$)(?!\s+(?:and|or)\s+(?:wounded|injured)\b)",
    re.IGNORECASE,
)
_HEADLINE_BARE = re.compile(
    rf"(?:^|(?<=,\s)|(?<=;\s)|(?<=:\s))(?P<number>{people.NUMBER})\s+(?P<done>killed|martyred|wounded|injured)"
    rf"{_NOT_JOINT}(?=\s+(?:in|when|as|after|during|near)\b|\s*[.,;:)\n]|\s*$)",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"\b(?P<done>kill(?:ed|ing|s)|martyr(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|abduct(?:ed|ing)|kidnapp(?:ed|ing)|"
    r"captur(?:ed|ing)|claimed\s+the\s+lives\s+of|(?:the\s+)?deaths?\s+of|the\s+killings?\s+of)\s+"
    rf"(?P<all>{people.ANY_PERSONS}{_AND_MORE})(?P<joined>\s+and\s)?",
    re.IGNORECASE,
)
_ACTIVE_BARE = re.compile(
    rf"\b(?P<done>kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing))\s+(?P<number>(?:{people.BOUND}\s+)?{people.FIGURE})"
    r"(?=\s*[.,;)]|\s*$|\s+and\s+(?:wound|injur)|\s+(?:in|during|when|near)\s)(?!\s+and\s+\w+\s+(?:were|was)\b)",
    re.IGNORECASE,
)
_ACTIVE_UNNUMBERED = re.compile(
    r"(?P<done>(?<!\bof\s)(?<!\bthe\s)(?<!\bthose\s)(?<!\bwere\s)(?<!\bwas\s)\bkilled|\bkilling|\bwounding)\s+"
    rf"(?:\w+\s+)?(?P<noun>{people.PLURALS})\b(?!['’\-]|\s+and\s+(?:wound|injur))",
    re.IGNORECASE,
)
_AND_INJURED = re.compile(
    rf"[^.;!?]{{0,60}}?,?\s+(?:and|while|with)\s+(?P<number>{people.NUMBER})(?P<others>\s+(?:others|more))?\s+(?:were\s+|was\s+)?"
    r"(?P<done>wounded|injured|hurt)\b",
    re.IGNORECASE,
)
_INJURING_MORE = re.compile(
    rf",?\s+(?:and\s+)?(?P<done>wound(?:ed|ing)|injur(?:ed|ing))\s+(?P<number>{people.NUMBER})(?P<others>\s+others|\s+more)?"
    rf"(?!\s+{people.BETWEEN}(?:{people.ALL_NOUNS})\b)(?=\s*[.,;)]|\s*$|\s+(?:in|during|when|near)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    rf"\b(?:no|not\s+a\s+single)\s+{people.BETWEEN}(?P<noun>{people.ALL_NOUNS}|one)\s+(?:was|were)\s+(?P<done>killed|injured|wounded|hurt)\b"
    r"(?!\s+(?:and|or)\b)|\b(?P<nobody>nobody)\s+was\s+(?P<done2>killed|injured|wounded|hurt)\b(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
_ANY_STEM = re.compile(
    r"kill|martyr|slain|shot dead|gunned|assassin|behead|murder|dead|death|wound|injur|hurt|abduct|kidnap|captur|hostage|"
    r"missing|died|lives|perish|shahadat|sent to hell",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|no truth|false(?:ly)?|"
    r"baseless|disput(?:e|es|ed|ing)|did not|does not|do not|never|without|neither|not)\b",
    re.IGNORECASE,
)
_ASSERTION = re.compile(
    r"(?:[,;:]|\b(?:but|while|though|although|and|yet)\b).*\b(?:accus|alleg|said|says|saying|told|insist|confirm|announc|"
    r"report|claim(?:ed|ing|s)?\s+that|stated)|[;]|\bbut\b",
    re.IGNORECASE | re.DOTALL,
)
_NOT_DONE = re.compile(
    r"\b(?:would|could|may|might|will|shall|should|can|must|if|unless|to|threaten(?:ed|ing|s)?|plan(?:ned|ning|s)?|"
    r"intend(?:ed|s)?|vow(?:ed|s)?|whether|attempt(?:ed|ing)?)(?:\s+(?:be|have|been|also))*\s*$",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(r"\baverage\s+of\s+$", re.IGNORECASE)
_RATE_AFTER = re.compile(
    r"\s+(?:in\s+each\b|each\b|(?:every|per|a)\s+(?:single\s+)?(?:hour|day|night|week|month|year)\b"
    r"(?!\s+(?:after|before|earlier|later|ago|apart)\b))",
    re.IGNORECASE,
)
_NUMBERED_BEFORE = re.compile(rf"\b(?:{'|'.join(words.NUMBERED)})\.?\s+$", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|whether|would|could|may|might)\b", re.IGNORECASE)

_NEAR, _FARTHEST = 80, 400  # characters before a find that are looked at for what belongs to it, for a denial


@dataclass(frozen=True)
class Toll:
    start: int
    end: int
    outcome: str
    category: str
    demographic: str
    number: str  # as the form's number field reads it
    why: str
    subset_of: str = ""  # the category of the line that holds this one


def find(text, spans, most=200):
    """List of Toll in the order of the text; `spans` are the (start, end) of its sentences, each read for itself.

    It ends with the sentence in which `most` are reached.
    """
    found = []
    for start, end in spans:
        if len(found) >= most:
            break
        if _ANY_STEM.search(text, start, end):
            sentence = text[start:end]
            found += [replace(toll, start=toll.start + start, end=toll.end + start) for toll in _in_sentence(sentence)]
    return found


def _in_sentence(sentence):
    found = []
    for match in _NOBODY.finditer(sentence):
        found += _nobody(match)
    readers = (
        (_PASSIVE, _persons),
        (_INTRANSITIVE, _persons),
        (_ACTIVE, _persons),
        (_HEADLINE, _persons),
        (_BARE_PASSIVE, _bare),
        (_HEADLINE_BARE, _bare),
        (_ACTIVE_BARE, _bare),
        (_ACTIVE_UNNUMBERED, _unnumbered),
    )
    for pattern, read in readers:
        for match in pattern.finditer(sentence):
            is_told = _is_said_to_have_happened(sentence, match) and _is_one_count(sentence, match)
            if is_told and not _overlaps(found, match):
                found += read(sentence, match)
    return sorted(found, key=lambda toll: (toll.start, bool(toll.subset_of)))


def _overlaps(found, match):
    return any(toll.start < match.end() and match.start() < toll.end for toll in found)


def _is_said_to_have_happened(sentence, match):
    """False in a denial, a condition or a threat; an assertion after the denial speaks for itself again."""
    before = sentence[max(0, match.start() - _FARTHEST) : match.start()]
    done = match.start("done")
    if (
        _NOT_DONE.search(before[-_NEAR:])
        or _NOT_DONE.search(sentence[match.start() : done])
        or _CONDITION.search(match[0])
    ):
        return False
    if re.search(r"\b(?:not|never)\b", sentence[match.start() : done], re.IGNORECASE):
        return False
    denials = [denial.end() for denial in _DENIAL.finditer(before)]
    return not denials or bool(_ASSERTION.search(before[denials[-1] :]))


def _is_one_count(sentence, match):
    """False for a rate ("three a week"), and where one number stands for the dead and the hurt together."""
    before, after = sentence[max(0, match.start() - _NEAR) : match.start()], sentence[match.end() :]
    if _RATE_BEFORE.search(before) or _RATE_AFTER.match(after):
        return False
    done = match.start("done")
    return not _JOINT_BEFORE.search(sentence[max(0, done - _NEAR) : done])


def _is_numbered(sentence, at):
    """Whether the number there counts nobody: "March 18", "Rescue 1122"."""
    return bool(_NUMBERED_BEFORE.search(sentence[max(0, at - _NEAR) : at]))


def _persons(sentence, match):
    """All groups of people that the phrase names, then those "including" whom, then "and three injured"."""
    outcome = _outcome(match["done"])
    start, whole = match.start("all"), match["all"]
    groups = list(re.finditer(people.PERSONS, whole, re.IGNORECASE))
    if re.match(r"\s+(?:were|was|have|had|has)\b", sentence[match.end("all") :]) and len(groups) > 1:
        groups = groups if match.re in (_PASSIVE, _INTRANSITIVE) else groups[:-1]
    found = []
    for group in groups:
        if _is_numbered(sentence, start + group.start("number")):
            continue
        line = _line(group["number"], group["noun"], outcome, match["done"], phrase=group[0])
        if line is not None:
            first = match.start() if group is groups[0] else start + group.start()
            last = match.end("all") if match.re is _ACTIVE else match.end()
            found.append(replace(line, start=first, end=max(last, start + group.end())))
    if found:
        tail = sentence[match.end("all") :]
        found += _subsets(tail, match.end("all"), found[-1])
        found += _also_injured(sentence, match, found[-1] if len(found) == 1 else found[0])
    return found


def _bare(sentence, match):
    """A number without a noun: people, whoever they were."""
    is_article = re.fullmatch(r"an?", match["number"], re.IGNORECASE)
    if is_article or _is_numbered(sentence, match.start("number")):
        return []
    line = _line(match["number"], "people", _outcome(match["done"]), match["done"], phrase=match[0])
    if line is None:
        return []
    line = replace(line, start=match.start(), end=match.end())
    rest = sentence[match.end() :]
    return [line, *_subsets(rest, match.end(), line), *_also_injured(sentence, match, line)]


def _unnumbered(sentence, match):
    outcome, category = _outcome(match["done"]), people.category(match["noun"])
    why = _("“%(words)s” gives no number") % {"words": match[0]}
    line = Toll(match.start(), match.end(), outcome, category, people.demographic(match["noun"]), people.NOT_SAID, why)
    return [line, *_subsets(sentence[match.end() :], match.end(), line)]


def _subsets(tail, offset, whole):
    """Women and children "including" whom the people of the line were: part of its number, never added to it."""
    including = _INCLUDING.match(tail)
    if not including or whole.demographic != Demographic.ANY or not including["list"].strip():
        return []
    found, listed, at = [], including["list"], offset + including.start("list")
    listed = re.split(r"\s(?:were|was|who|when|in|at|after|during|had|have)\s", listed)[0]
    numbered = list(re.finditer(people.PERSONS, listed, re.IGNORECASE))
    bare = [] if numbered else list(re.finditer(r"(?P<noun>women|children)\b", listed, re.IGNORECASE))
    for group in numbered or bare:
        demographic = people.demographic(group["noun"])
        number = people.typed(group["number"]) if numbered else people.NOT_SAID
        if demographic == Demographic.ANY or number is None:
            continue
        why = _("“%(words)s” after “including”: part of “%(category)s”, not on top of them") % {
            "words": group[0],
            "category": _(VictimCategory.label_of(whole.category)),
        }
        found.append(
            Toll(
                at + group.start(),
                at + group.end(),
                whole.outcome,
                whole.category,
                demographic,
                number,
                why,
                whole.category,
            )
        )
    return found


def _also_injured(sentence, match, killed):
    """ "… and three (others) injured": of the same people, unless they are called others."""
    if killed.outcome != Outcome.KILLED:
        return []
    rest = sentence[match.end() :]
    more = _INJURING_MORE.match(rest) or _AND_INJURED.match(rest)
    if not more or _ANY_STEM.search(more[0][: more.start("number")].replace("wound", "").replace("injur", "")):
        return []
    if more.re is _AND_INJURED and re.search(rf"{people.ANY_PERSONS}", more[0], re.IGNORECASE) and not more["others"]:
        return []
    line = _line(more["number"], "others", Outcome.INJURED, more["done"], phrase=more[0].strip(" ,"))
    if line is None:
        return []
    category = VictimCategory.UNKNOWN if more["others"] else killed.category
    begin = match.end() + more.start("number")
    return [
        replace(
            line, start=begin, end=match.end() + more.end(), category=category.value if more["others"] else category
        )
    ]


def _nobody(match):
    done = match["done"] or match["done2"]
    noun = "people" if match["nobody"] or match["noun"].lower() == "one" else match["noun"]
    return [
        Toll(
            match.start(),
            match.end(),
            _outcome(done),
            people.category(noun),
            people.demographic(noun),
            Qualifier.NONE.value,
            _("“%(words)s”: said to be none, which is not the same as not reported") % {"words": match[0]},
        )
    ]


def _line(number, noun, outcome, verb, *, phrase):
    typed = people.typed(number)
    if typed is None or re.fullmatch(r"(?:19|20)\d\d", number) or people.is_of_either_side(noun, phrase):
        return None
    category = people.category(noun, phrase)
    why = _("“%(verb)s” with “%(phrase)s”") % {"verb": " ".join(verb.split()), "phrase": " ".join(phrase.split())}
    return Toll(0, 0, outcome, category, people.demographic(noun), typed, why[:160])


def _outcome(done):
    done = " ".join(done.lower().split())
    stems = (("wound", Outcome.INJURED), ("injur", Outcome.INJURED), ("hurt", Outcome.INJURED))
    stems += (("abduct", Outcome.CAPTURED), ("kidnap", Outcome.CAPTURED), ("captur", Outcome.CAPTURED))
    stems += (("taken", Outcome.CAPTURED), ("missing", Outcome.MISSING))
    return next((outcome.value for stem, outcome in stems if stem in done), Outcome.KILLED.value)
