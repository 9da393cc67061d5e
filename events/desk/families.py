"""The operation of an incident and its parts, as far as they could be published together with it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choices import IncidentStatus, LinkType
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.models.incident import Incident, IncidentLink


@dataclass(frozen=True)
class Relative:
    """An incident of the same operation, and why it cannot go along ("" when it can)."""

    incident: Incident
    is_whole: bool
    why_not: str

    @property
    def is_ready(self):
        return not self.why_not


def publishable_with(incident):
    """List of Relative: the whole and all its parts that are not public yet, or changed since their last edition."""
    part_of = IncidentLink.objects.filter(type=LinkType.PART_OF)
    whole = part_of.filter(from_incident=incident).values_list("to_incident", flat=True).first()
    parts = part_of.filter(to_incident__in=[incident.pk, whole]).exclude(from_incident=incident).values("from_incident")
    last = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef("uid")).order_by("-number")
    undecided_links = Claim.objects.filter(link__from_incident=OuterRef("pk")).undecided()
    rows = (
        Incident.objects.filter(Q(pk=whole) | Q(pk__in=parts))
        .annotate(
            last_published_at=Subquery(last.values("published_at")[:1]),
            pending=Count("claims", filter=Q(claims__verdict="pending")),
            accepted=Count("claims", filter=Q(claims__verdict="accepted")),
            links_pending=Exists(undecided_links),
        )
        .filter(
            Q(status__in=[IncidentStatus.DRAFT, IncidentStatus.SUBMITTED])
            | Q(status=IncidentStatus.PUBLISHED, touched_at__gt=F("last_published_at"))
        )
        .order_by("date_start", "pk")
    )
    return [Relative(row, row.pk == whole, _why_not(row)) for row in rows]


def _why_not(row):
    if row.status == IncidentStatus.DRAFT:
        return _("still a draft")
    if row.pending:
        return ngettext("%(count)d claim undecided", "%(count)d claims undecided", row.pending) % {"count": row.pending}
    if row.links_pending:
        return _("some claims undecided")
    return "" if row.accepted else _("no claim accepted")
