"""Which public incidents hang together: what answers or follows what, and operations with their parts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, TextField, Value, When
from django.utils.translation import gettext, ngettext

from events.choices import DatePrecision, LinkType, Side
from events.models.edition import PublishedIncident, PublishedLink, PublishedParticipant
from events.record.filters import ACTING, NOT_NAMED
from events.record.statistics_links import DAYS, HOURS, between, moment

WALKED = (LinkType.RETALIATION_FOR, LinkType.RESPONSE_TO, LinkType.FOLLOWS, LinkType.SAME_AS)
MOST = 60  # incidents in one chain
STEPS, NEAR = 6, 4  # how far its own page walks, and how far the page of an incident does
SEVERAL = "several"  # actors of more than one side are named, and the rules choose none of them
LANES = (*Side.codes(), SEVERAL, NOT_NAMED)
_TIMED = (DatePrecision.MINUTE, DatePrecision.PART_OF_DAY)  # only these may know their hour


@dataclass(frozen=True)
class Lag:
    """Time from a cause to what answers it: `unit` and `time` as `statistics_links.between` gives them."""

    unit: str
    time: float | None

    @property
    def short(self):
        """“16 h”, “2 d”, “same day”, “vague”: as little as a line in a drawing has room for."""
        if self.time is None:
            return gettext("vague")
        if self.unit == DAYS and not self.time:
            return gettext("same day")
        number = round(self.time) if abs(self.time) >= 10 else self.time
        said = gettext("%(number)s h") if self.unit == HOURS else gettext("%(number)s d")
        return said % {"number": f"{number:,g}"}

    @property
    def words(self):
        """“16 hours later”, “the same day”, “nobody knows how much later”."""
        if self.time is None:
            return gettext("how much later is not known, the dates are too vague")
        if self.unit == DAYS and not self.time:
            return gettext("the same day")
        number = {"number": f"{abs(self.time):,g}"}
        if self.unit == HOURS:
            later = ngettext("%(number)s hour later", "%(number)s hours later", 1 if self.time == 1 else 2)
            earlier = ngettext("%(number)s hour earlier", "%(number)s hours earlier", 1 if self.time == -1 else 2)
        else:
            later = ngettext("%(number)s day later", "%(number)s days later", self.time)
            earlier = ngettext("%(number)s day earlier", "%(number)s days earlier", -self.time)
        return (later if self.time >= 0 else earlier) % number


@dataclass(frozen=True)
class Tie:
    """A link: `answer` is the uid of the incident that has it, `cause` the one it names; no `lag` between the same."""

    cause: str
    answer: str
    type: str
    standing: str
    lag: Lag | None


@dataclass(frozen=True)
class Knot:
    """An incident of a chain. `side` is one of LANES, `whole` the uid of the operation it is shown under, or "".

    `rank` orders operations in time: the day, and how many of that day it answers in turn. Parts share that of their whole.
    """

    row: PublishedIncident
    side: str
    whole: str
    rank: tuple

    @property
    def uid(self):
        return self.row.uid


@dataclass(frozen=True)
class Chain:
    """`knots` in order of time, parts behind their whole; every tie joins two of them. Cut where there would be more."""

    knots: tuple
    ties: tuple
    is_cut: bool

    @property
    def lines(self):
        """Pairs of (knot, list of (tie, the knot it refers to)) for a list that says the same as the drawing."""
        by_uid, into = {knot.uid: knot for knot in self.knots}, defaultdict(list)
        for tie in self.ties:
            into[tie.answer].append((tie, by_uid[tie.cause]))
        return [(knot, into[knot.uid]) for knot in self.knots]


def incident(uid):
    """The row of a public incident, or None."""
    return PublishedIncident.objects.filter(pk=uid).first()


def with_sides(rows):
    """Pairs of (row of the index with its perpetrator, its lane). One query."""
    sides = _sides({row.uid: row for row in rows})
    return [(row, sides[row.uid]) for row in rows]


def around(uid, steps=STEPS):
    """The Chain in which a public incident stands, or None where nothing is linked to it.

    Walks links and operations step by step, so at most `steps` + 3 queries, whatever the record holds.
    """
    step_of, found, waiting = {uid: 0}, set(), {uid}
    for step in range(1, steps + 2):
        pairs = set(_neighbours(waiting))
        found |= pairs
        waiting = {end for pair in pairs for end in pair[:2]} - step_of.keys()
        step_of |= dict.fromkeys(waiting, step)
        if not waiting or len(step_of) > MOST:
            break
    if not found:
        return None
    return _chain(step_of, found, steps)


def among(queryset):
    """The Chain of those incidents of a queryset that are linked with each other; None where none is. Four queries."""
    chosen = queryset.order_by().values("pk")
    links = PublishedLink.objects.filter(type__in=WALKED, from_incident__in=chosen, to_uid__in=chosen)
    found = set(links.order_by().values_list("from_incident_id", "to_uid", "type", "standing"))
    found |= set(_kin(PublishedIncident.objects.filter(uid__in=chosen, parent_uid__in=chosen)))
    if not found:
        return None
    return _chain(dict.fromkeys((end for pair in found for end in pair[:2]), 0), found, 0)


def _neighbours(found):
    """(answer, cause, type, standing) of every link from or to these, and (part, whole, …). One query."""
    links = PublishedLink.objects.filter(type__in=WALKED).order_by()
    columns = ("from_incident_id", "to_uid", "type", "standing")
    wholes = PublishedIncident.objects.order_by().exclude(parent_uid="")
    return (
        links.filter(from_incident__in=found)
        .values_list(*columns)
        .union(
            links.filter(to_uid__in=found).values_list(*columns),
            _kin(wholes.filter(uid__in=found)),
            _kin(wholes.filter(parent_uid__in=found)),
        )
    )


def _kin(parts):
    labelled = parts.order_by().annotate(link=Value(LinkType.PART_OF.value), standing=Value("editorial"))
    return labelled.values_list("uid", "parent_uid", "link", "standing")


def _chain(step_of, found, steps):
    """The Chain of these uids, the nearest first where they are too many; None for fewer than two. Two queries."""
    rows = _rows(sorted(step_of, key=lambda uid: (step_of[uid], uid))[: 4 * MOST])
    rows.sort(key=lambda row: (step_of[row.uid], row.sort_date, row.uid))
    near = [row for row in rows if step_of[row.uid] <= steps]
    shown = {row.uid: row for row in near[:MOST]}
    if len(shown) < 2:
        return None
    pairs = [pair for pair in sorted(found) if {pair[0], pair[1]} <= shown.keys()]
    wholes = {part: whole for part, whole, type_, _ in pairs if type_ == LinkType.PART_OF}
    links = [pair for pair in pairs if pair[2] != LinkType.PART_OF]
    return Chain(
        knots=_knots(shown, {uid: _outermost(uid, wholes) for uid in shown}, links),
        ties=_ties({uid: _when(row) for uid, row in shown.items()}, links),
        is_cut=len(rows) > len(shown),
    )


def _rows(wanted):
    """The public ones among these uids; those that may know their hour with their document as `body`, others with ""."""
    body = Case(
        When(date_precision__in=_TIMED, then="edition__document__body"), default=Value(""), output_field=TextField()
    )
    rows = PublishedIncident.objects.filter(uid__in=wanted).select_related("perpetrator")
    return list(rows.defer("summary").annotate(body=body))


def _knots(shown, whole_of, links):
    rank, side = _ranks(shown, links, whole_of), _sides(shown)
    knots = [
        Knot(row, side[uid], "" if whole_of[uid] == uid else whole_of[uid], rank[whole_of[uid]])
        for uid, row in shown.items()
    ]
    knots.sort(key=lambda knot: (knot.rank, knot.whole or knot.uid, bool(knot.whole), knot.row.sort_date, knot.uid))
    return tuple(knots)


def _ties(whens, links):
    return tuple(
        Tie(cause, answer, type_, standing, _lag(type_, whens[cause], whens[answer]))
        for answer, cause, type_, standing in links
    )


def _outermost(uid, wholes):
    """The operation of the operation, as far up as it is shown."""
    seen = {uid}
    while (above := wholes.get(uid)) and above not in seen:
        seen.add(above)
        uid = above
    return uid


def _ranks(shown, pairs, whole_of):
    """Uid of an operation → (day, place on that day): an answer never stands before, or level with, what it answers."""
    ranks = {whole: (shown[whole].sort_date, 0) for whole in whole_of.values()}
    for _ in range(len(ranks)):
        moved = False
        for answer, cause, *_ in pairs:
            one, other = whole_of[answer], whole_of[cause]
            if one != other and ranks[one] <= ranks[other] and ranks[other][1] < len(ranks):
                ranks[one], moved = (ranks[other][0], ranks[other][1] + 1), True
        if not moved:
            break
    return ranks


def _sides(shown):
    """Uid → lane: the side of the headline's actor, else the one side that all who acted belong to. One query."""
    acted = defaultdict(set)
    taking_part = PublishedParticipant.objects.filter(incident__in=list(shown), part__in=ACTING, is_direct=True)
    for uid, side in taking_part.order_by().values_list("incident_id", "actor__side"):
        acted[uid].add(side)
    lanes = {}
    for uid, row in shown.items():
        sides = {row.perpetrator.side} if row.perpetrator else acted[uid]
        lanes[uid] = next(iter(sides)) if len(sides) == 1 else SEVERAL if sides else NOT_NAMED
    return lanes


def _when(row):
    return row.date_start or date.min, row.date_precision, moment(row.body) if row.body else None


def _lag(type_, cause, answer):
    return None if type_ == LinkType.SAME_AS else Lag(*between(cause, answer))
