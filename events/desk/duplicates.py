"""Finding the incidents that may be the same as one that is logged or still being typed; `likeness` says how like."""

from dataclasses import dataclass, field
from datetime import timedelta
from math import cos, radians

from django.db.models import Q

from events import access
from events.choices import KINDS_ALIKE, Category, DatePrecision, Kind, LinkType
from events.desk import likeness
from events.desk.likeness import DAYS, KILOMETRES, LONGEST, LONGEST_VAGUE
from events.models.claim import Citation, Claim
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.models.source import Document, url_key
from events.rules.dates import VagueDate

MOST = 10  # shown; whoever merges can name any other by its number
_READ = 400  # incidents of like kinds around the days: more than any such weeks have had
_DEGREE_KM = 111.2  # one degree of latitude


@dataclass(frozen=True)
class Sought:
    """What is known so far of an incident: all of one that is logged, any part of one that is being typed."""

    title: str = ""
    kind: str = ""
    date: VagueDate = field(default_factory=VagueDate)
    location: Location | None = None
    location_precision: str = ""
    documents: frozenset[int] = frozenset()  # primary keys of what its claims cite
    actors: frozenset[int] = frozenset()  # of who makes its claims, and of whom they name
    incident: int | None = None  # primary key of the incident itself, which is never like itself

    @property
    def side(self):
        precision = self.location_precision
        return likeness.Side(self.title, self.kind, self.date.start, self.date.end, self.location, precision)


def sought_of(incident):
    """What stands in an incident and its claims. Two queries."""
    actors = incident.claims.values_list("claimant", "value_actor")
    return Sought(
        title=incident.title,
        kind=incident.kind,
        date=incident.date,
        location=incident.location,
        location_precision=incident.location_precision,
        documents=frozenset(Citation.objects.filter(claim__incident=incident).values_list("document", flat=True)),
        actors=frozenset(actor for pair in actors for actor in pair if actor),
        incident=incident.pk,
    )


def documents_at(addresses):
    """Primary keys of the documents known under any of the addresses. One query, none without an address."""
    keys = {url_key(address) for address in addresses}
    return frozenset(Document.objects.filter(url_key__in=keys).values_list("pk", flat=True)) if keys else frozenset()


def likely(sought, user):
    """List of at most ten Likeness, most alike first: open incidents that the person sees and that may be the same.

    At most five queries, however many incidents there are.
    """
    if sought.kind == Kind.SERIES:
        return []
    rows = {row.pk: row for query in _queries(sought, user) for row in query if row.pk != sought.incident}
    citations = Citation.objects.filter(claim__incident__in=rows, document__in=sought.documents)
    cited = _shared(citations, "claim__incident", "document", "title")
    claims = Claim.objects.filter(incident__in=rows)
    named = [
        _shared(claims.filter(**{f"{column}__in": sought.actors}), "incident", column, "short_name", "name")
        for column in ("claimant", "value_actor")
    ]
    found = []
    for pk, row in rows.items():
        actors = tuple(dict.fromkeys(pair for part in named for pair in part.get(pk, ())))
        found.append(likeness.compared(row, sought.side, _side(row, cited.get(pk, ()), actors)))
    return sorted(filter(None, found), key=_rank)[:MOST]


def unexplained(incident, user):
    """Likely duplicates that no link relates to this one, and that are not another part of the same operation."""
    found = likely(sought_of(incident), user)
    if not found:
        return []
    known = set(incident.links_out.values_list("to_incident", flat=True))
    known |= set(incident.links_in.values_list("from_incident", flat=True))
    whole = incident.links_out.filter(type=LinkType.PART_OF).values("to_incident")
    siblings = IncidentLink.objects.filter(type=LinkType.PART_OF, to_incident__in=whole)
    known |= set(siblings.values_list("from_incident", flat=True))
    return [one for one in found if one.incident.pk not in known]


def _rank(one):
    return -one.score, DAYS + 1 if one.days is None else one.days, one.incident.pk


def _side(row, documents, actors):
    dated = (row.date_start, row.date_end)
    return likeness.Side(row.title, row.kind, *dated, row.location, row.location_precision, documents, actors)


def _queries(sought, user):
    """The QuerySets that hold every incident worth comparing: around the days, and those that cite the same."""
    seen = Incident.objects.live().filter(access.visible_incidents(user)).exclude(category=Category.SERIES)
    seen = seen.with_places().order_by("-date_start", "-pk")
    around = _around_the_days(sought)
    if around is not None:
        yield seen.filter(around, _around_the_place(sought.location), **_kinds(sought))[:_READ]
    if sought.documents:
        citing = Citation.objects.filter(document__in=sought.documents).values("claim__incident")
        yield seen.filter(pk__in=citing)[:_READ]


def _kinds(sought):
    return {"kind__in": sorted(KINDS_ALIKE[sought.kind])} if sought.kind in KINDS_ALIKE else {}


def _around_the_days(sought):
    """Q for the days that may be the same, or None where the day says too little to look by it."""
    side = sought.side
    if side.lasts > LONGEST_VAGUE or (not side.is_dated and (side.location is None or side.is_coarse)):
        return None
    margin = timedelta(days=DAYS if side.is_dated else 0)
    exact = Q(date_start__gte=_before(side.start, timedelta(days=DAYS + LONGEST)))
    return Q(
        exact | Q(date_precision=DatePrecision.MONTH),
        date_start__range=(_before(side.start, timedelta(days=LONGEST_VAGUE)), _after(side.end, margin)),
        date_end__gte=_before(side.start, margin),
    )


def _before(day, margin):
    return day - min(margin, day - day.min)


def _after(day, margin):
    return day + min(margin, day.max - day)


def _around_the_place(place):
    """Q for the places that may be near, wider than `are_near`, and for incidents without a place."""
    if place is None:
        return Q()
    above = {place.pk, place.parent_id, place.district_id, place.province_id, place.country_id} - {None}
    near = Q(location__isnull=True) | Q(location__in=above)
    for column in ("parent", "district", "province", "country"):
        near |= Q(**{f"location__{column}": place.pk})
    if place.province_id:
        near |= Q(location__province=place.province_id)
    if place.latitude is not None:
        near |= _in_the_box(float(place.latitude), float(place.longitude))
    return near


def _in_the_box(latitude, longitude):
    rise = KILOMETRES / _DEGREE_KM
    run = rise / max(cos(radians(latitude)), 0.01)
    return Q(
        location__latitude__range=(latitude - rise, latitude + rise),
        location__longitude__range=(longitude - run, longitude + run),
    )


def _shared(rows, incident, column, *names):
    """Dict of incident → tuple of (primary key, first name given) of what the rows name for it. One query."""
    labels = [f"{column}__{name}" for name in names]
    found = {}
    for pk, named, *called in rows.order_by("pk").values_list(incident, column, *labels):
        found.setdefault(pk, {})[named] = next(filter(None, called), "")
    return {pk: tuple(named.items()) for pk, named in found.items()}
