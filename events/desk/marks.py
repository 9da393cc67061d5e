"""The marks that incidents bear in the review queue: how many bear each, and which are left when it is narrowed to some.

A mark is a question about rows and asked of the database, but for "contested": that the rules decide.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from events import access
from events.choices import Aspect, IncidentStatus, QueueMark, ReviewDecision, Stance, Verdict
from events.desk import finding, queues
from events.models.claim import Citation, Claim, Review
from events.models.incident import Incident
from events.press import facts
from events.rules import checks

LONG = timedelta(days=7)
AT_ONCE = 500  # incidents whose claims are held in memory together
_COLUMNS = {
    "is_single_source": QueueMark.SINGLE_SOURCE,
    "quotes_only_parties": QueueMark.ONLY_PARTIES,
    "came_back": QueueMark.RETURNED,
}


@dataclass(frozen=True)
class Waiting:
    """An incident of the queue by its primary key, its marks (codes of QueueMark) and its import batch, if any."""

    pk: int
    marks: frozenset
    batch: int | None

    def fits(self, marks, batch=None):
        return self.marks.issuperset(marks) and batch in (None, self.batch)


@dataclass(frozen=True)
class Narrowed:
    """The queue, and what it is narrowed to: some marks, or one import batch."""

    waiting: list
    marks: frozenset = frozenset()
    batch: int | None = None

    @property
    def keys(self):
        """Primary keys of what is left, in the order of the queue."""
        return [row.pk for row in self.waiting if row.fits(self.marks, self.batch)]

    def count(self, mark):
        """How many would be left if the queue were narrowed to this mark as well as to the other choices."""
        return sum(row.fits({*self.marks, mark}, self.batch) for row in self.waiting)

    def count_of_batch(self, batch):
        return sum(row.fits(self.marks, batch) for row in self.waiting)

    def marks_of(self, key):
        """List of the QueueMarks that an incident bears, in the order of their list."""
        borne = next((row.marks for row in self.waiting if row.pk == key), frozenset())
        return [mark for mark in QueueMark if mark in borne]


def of_queue(user, *, words="", kind="", newest_first=False):
    """List of Waiting, what waits longest first. Some twenty queries, however many wait up to five hundred."""
    access.require_judge(user)
    order = ("-touched_at", "-pk") if newest_first else ("touched_at", "pk")
    asked = finding.incidents(_with_marks(queues.waiting()), words=words, kind=kind).order_by(*order)
    rows = list(asked.values("pk", "touched_at", "assigned_to_id", "batch_id", "may_be_contested", *_COLUMNS))
    contested = _contested([row["pk"] for row in rows if row["may_be_contested"]])
    long_ago = timezone.now() - LONG
    return [
        Waiting(
            row["pk"],
            frozenset(
                {
                    *(mark for name, mark in _COLUMNS.items() if row[name]),
                    *([QueueMark.LONG] if row["touched_at"] < long_ago else ()),
                    *([QueueMark.MINE] if row["assigned_to_id"] == user.pk else ()),
                    *([QueueMark.CONTESTED] if row["pk"] in contested else ()),
                }
            ),
            row["batch_id"],
        )
        for row in rows
    ]


def _with_marks(incidents):
    standing = Claim.objects.filter(incident=OuterRef("pk")).standing()
    by_party = Q(claimant__isnull=False, claimant__side__in=[side.value for side in checks.PARTIES])
    returned = Review.objects.filter(incident=OuterRef("pk"), decision=ReviewDecision.RETURNED)
    asked = Review.objects.filter(
        claim__incident=OuterRef("pk"), claim__verdict=Verdict.PENDING, decision=ReviewDecision.NEEDS_CHANGES
    )
    return incidents.annotate(sources=_sources()).annotate(
        is_single_source=Q(sources=1),
        quotes_only_parties=Exists(standing.filter(by_party)) & ~Exists(standing.exclude(by_party)),
        came_back=Q(Exists(returned), status=IncidentStatus.SUBMITTED) | Q(Exists(asked)),
        may_be_contested=_may_be_contested(standing),
    )


def _sources():
    """How many sources' documents are cited by the claims that may still count; null for none."""
    cited = Citation.objects.filter(
        claim__in=Claim.objects.filter(incident=OuterRef(OuterRef("pk"))).standing(), claim__incident=OuterRef("pk")
    )
    return Subquery(
        cited.order_by().values("claim__incident").annotate(n=Count("document__source", distinct=True)).values("n")
    )


def _may_be_contested(standing):
    """Contradicting takes two claims on one aspect, or one that denies that it happened at all."""
    second = Claim.objects.filter(
        incident=OuterRef("incident"), aspect=OuterRef("aspect"), pk__gt=OuterRef("pk")
    ).standing()
    denial = standing.filter(aspect=Aspect.OCCURRENCE, stance=Stance.DENIES)
    return Q(Exists(standing.filter(Exists(second)))) | Q(Exists(denial))


def _contested(keys):
    """Set of the primary keys of those that the rules find contested once all undecided claims are accepted."""
    found = set()
    for first in range(0, len(keys), AT_ONCE):
        incidents = list(Incident.objects.filter(pk__in=keys[first : first + AT_ONCE]).select_related("location"))
        known = zip(incidents, facts.many_incident_facts(incidents), strict=True)
        found |= {incident.pk for incident, of_it in known if checks.would_be_contested(of_it)}
    return found
