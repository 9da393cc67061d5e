"""Which incidents of imports nobody went on with: they stand as the import last wrote them."""

from django.db.models import Count, Max, Q

from events.choices import IncidentStatus, Verdict
from events.models.batch import ImportRow
from events.models.incident import Incident

_OPEN = (IncidentStatus.DRAFT.value, IncidentStatus.SUBMITTED.value)


def by_import(keys, batch=None):
    """Set of those primary keys whose incident is untouched; with a batch, of those it wrote last. Two queries."""
    keys, last = list(keys), {}
    rows = ImportRow.objects.filter(incident__in=keys, version__gt=0).order_by("pk")
    for incident, version, claims, of in rows.values_list("incident", "version", "claims", "batch"):
        last[incident] = (version, claims) if batch is None or of == batch.pk else None
    alone = Incident.objects.filter(
        pk__in=keys,
        status__in=_OPEN,
        keeper__isnull=True,
        assigned_to__isnull=True,
        links_out__isnull=True,
        links_in__isnull=True,
        comments__isnull=True,
        reviews__isnull=True,
    )
    counted = alone.annotate(
        of_claims=Count("claims"),
        rewritten=Max("claims__version"),
        decided=Count("claims", filter=~Q(claims__verdict=Verdict.PENDING)),
    )
    rows = counted.values_list("pk", "version", "of_claims", "rewritten", "decided")
    return {
        pk
        for pk, version, claims, rewritten, decided in rows
        if last.get(pk) == (version, claims) and (rewritten or 1) == 1 and not decided
    }
