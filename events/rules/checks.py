"""Lints: what an editor should look at again before publishing. They warn and never block.

The search for likely duplicates needs the other incidents and lives at the desk.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from events.choices import (
    Aspect,
    Category,
    CoordinateBasis,
    LocationPrecision,
    Outcome,
    Side,
    Stance,
    Verdict,
    VictimCategory,
)
from events.rules import casualties, contest, dates, sides
from events.rules.dates import VagueDate
from events.rules.facts import IncidentFacts
from events.tongue import gettext, gettext_noop

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
PARTIES = (Side.PAKISTAN, Side.AFGHANISTAN_DE_FACTO, Side.NON_STATE)
WIDEST_RATIO = 3
_WIDE = {
    Outcome.KILLED: gettext_noop("The accounts of those killed lie far apart (%(low)s to %(high)s); check both ends."),
    Outcome.INJURED: gettext_noop(
        "The accounts of those injured lie far apart (%(low)s to %(high)s); check both ends."
    ),
}

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
# Dari, and Pashto where it uses the same names: a number before "shanba", written together, apart or with a joiner.
_SHANBA = {"": SATURDAY, "یک": SUNDAY, "دو": MONDAY, "سه": TUESDAY, "چهار": WEDNESDAY, "پنج": THURSDAY}
# Urdu. Left out for being everyday words as well: پیر (Monday, also elder) and ہفتہ (Saturday, also week).
_URDU = {"منگل": TUESDAY, "بدھ": WEDNESDAY, "جمعرات": THURSDAY, "جمعہ": FRIDAY, "جمعه": FRIDAY, "اتوار": SUNDAY}

_ENGLISH_DAY = re.compile(rf"\b({'|'.join(_ENGLISH)}|weekend)s?\b", re.IGNORECASE)
_SHANBA_DAY = re.compile(r"(?<!\w)(?:(یک|دو|سه|چهار|پنج)\s?)?شنبه(?!\w)")
_URDU_DAY = re.compile(rf"(?<!\w)({'|'.join(_URDU)})(?!\w)")
# Arabic letters that keyboards put for the Persian ones, and the joiner that writes "سه‌شنبه" as one word.
_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": None, "\u200d": None})


@dataclass(frozen=True)
class Lint:
    """One warning: a code, a sentence for the editor, and the sorted keys of the claims it is about."""

    code: str
    sentence: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Excerpt:
    """The quoted words behind a claim, and the last day on which the document may have come out (None: unknown)."""

    claim: str
    text: str
    published: date | None = None


@dataclass(frozen=True)
class Draft:
    """An incident as the desk holds it, with what the lints need beyond the facts of the rules."""

    facts: IncidentFacts
    date: VagueDate
    location_precision: str = ""
    coordinate_basis: str = ""
    misplaced: tuple[str, str, str] | None = None  # name of the place, area that its entry says, area its point lies in
    excerpts: tuple[Excerpt, ...] = ()


def lints(draft):
    """Tuple of all Lints of a draft. Pending claims are read as if accepted, rejected and retracted ones not at all."""
    facts = as_if_accepted(draft.facts)
    found = [
        *one_side_quoted(facts),
        *toll_without_category(facts),
        *middle_called_site(draft.location_precision, draft.coordinate_basis),
        *point_elsewhere(draft.misplaced),
        *wide_range(facts),
    ]
    kept = {claim.key for claim in facts.claims}
    for excerpt in draft.excerpts:
        if excerpt.claim in kept:
            found += weekday_disagrees(excerpt, draft.date) + dated_before(excerpt, draft.date)
    return tuple(found)


def as_if_accepted(facts):
    """The facts as they would be if every claim that may still count were accepted."""
    return replace(facts, claims=tuple(_as_if_accepted(claim) for claim in facts.claims if _counts(claim)))


def would_be_contested(facts):
    """Whether accepting all claims that may still count would leave an aspect contested (R8)."""
    return contest.contested(as_if_accepted(facts)).is_contested


def one_side_quoted(facts):
    """Of the parties to the conflict, one alone speaks; third parties and the press are no side."""
    by_side = {}
    for claim in facts.claims:
        side = sides.side_of(claim.claimant, facts)
        if side in PARTIES:
            by_side.setdefault(side, set()).add(claim.key)
    if facts.category == Category.SERIES or len(by_side) != 1:
        return []
    side, keys = by_side.popitem()
    sentence = gettext("Only one side is quoted (%(side)s); look for what the others say.")
    sentence %= {"side": gettext(Side.label_of(side))}
    return [Lint("one_side_quoted", sentence, tuple(sorted(keys)))]


def toll_without_category(facts):
    """An account says how many, but not who they were."""
    keys = set()
    for claim in facts.claims:
        if claim.aspect != Aspect.CASUALTIES or claim.stance != Stance.ASSERTS:
            continue
        for outcome in Outcome.codes():
            lines = [line for line in map(casualties.with_bounds, claim.lines) if line.outcome == outcome]
            uncategorised = [line for line in lines if line.category in (VictimCategory.ALL, VictimCategory.UNKNOWN)]
            is_positive = any(line.low or line.best or line.high for line in lines)
            if is_positive and len(uncategorised) == len(lines):
                keys.add(claim.key)
    if not keys:
        return []
    sentence = gettext("A toll does not say who was harmed: civilians, security forces or militants.")
    return [Lint("toll_without_category", sentence, tuple(sorted(keys)))]


def middle_called_site(location_precision, coordinate_basis):
    """The place is said to be exact while its coordinates are those of an area."""
    is_middle = coordinate_basis in (CoordinateBasis.CENTROID, CoordinateBasis.SEAT)
    if location_precision != LocationPrecision.SITE or not is_middle:
        return []
    sentence = gettext("The place is called an exact site, but its coordinates are %(basis)s.")
    basis = gettext(CoordinateBasis.label_of(coordinate_basis)).lower()
    return [Lint("middle_called_site", sentence % {"basis": basis})]


def point_elsewhere(misplaced):
    """The coordinates of the place lie in another area than the one in which the register has it."""
    if misplaced is None:
        return []
    place, said, found = misplaced
    sentence = gettext(
        "The register has %(place)s in %(said)s, but its coordinates lie in %(found)s as the loaded outlines draw it."
    )
    return [Lint("point_elsewhere", sentence % {"place": place, "said": said, "found": found})]


def weekday_disagrees(excerpt, vague_date):
    """The excerpt names weekdays, and none of them falls on the days of the incident."""
    named = weekdays_in(excerpt.text)
    days = _days(vague_date)
    if not named or not days or any(day.weekday() in named for day in days):
        return []
    room = {
        "named": gettext(" or ").join(gettext(_WEEKDAYS[weekday]) for weekday in sorted(named)),
        "date": dates.describe(vague_date),
        "actual": ", ".join(gettext(_WEEKDAYS[day.weekday()]) for day in days),
    }
    sentence = gettext("The excerpt speaks of %(named)s, but %(date)s is %(actual)s.") % room
    return [Lint("weekday_disagrees", sentence, (excerpt.claim,))]


def dated_before(excerpt, vague_date):
    """The document is older than what it tells of. The day before may be the same day: 03:00 in Kabul is 22:30 UTC."""
    if excerpt.published is None or vague_date.start is None:
        return []
    moment = dates.utc(vague_date)
    first = min(vague_date.start, moment.date()) if moment else vague_date.start
    if excerpt.published >= first:
        return []
    published = dates.describe(VagueDate(excerpt.published, excerpt.published, "day"))
    sentence = gettext("The document is dated %(published)s, before the incident (%(date)s).")
    sentence %= {"published": published, "date": dates.describe(vague_date)}
    return [Lint("dated_before", sentence, (excerpt.claim,))]


def wide_range(facts):
    """The highest number of killed or injured is more than three times the lowest."""
    found = []
    for outcome, toll in casualties.tolls(facts).items():
        figure = toll.total
        if outcome not in _WIDE or None in (figure.low, figure.high):
            continue
        # From nobody to one or two is no wide range; every ratio over zero would be.
        if figure.high > WIDEST_RATIO * max(figure.low, 1):
            room = {"low": figure.low, "high": figure.high}
            found.append(Lint("wide_range", gettext(_WIDE[outcome]) % room, figure.claims))
    return found


def weekdays_in(text):
    """Set of the weekdays (Monday is 0) that a text names in English, Urdu, Dari or Pashto; a weekend is two days."""
    text = text.translate(_SAME_LETTERS)
    found = set()
    for match in _ENGLISH_DAY.finditer(text):
        word = match[1].lower()
        found |= {SATURDAY, SUNDAY} if word == "weekend" else {_ENGLISH.index(word)}
    found |= {_SHANBA[match[1] or ""] for match in _SHANBA_DAY.finditer(text)}
    found |= {_URDU[match[1]] for match in _URDU_DAY.finditer(text)}
    return found


def _counts(claim):
    return claim.verdict != Verdict.REJECTED and not claim.is_retracted


def _as_if_accepted(claim):
    return replace(claim, verdict=Verdict.ACCEPTED)


def _days(vague_date):
    """The days of the incident, or none when unknown or so many that every weekday is among them."""
    if not (vague_date.start and vague_date.end) or (vague_date.end - vague_date.start).days > 5:
        return []
    return [vague_date.start + timedelta(days=n) for n in range((vague_date.end - vague_date.start).days + 1)]
