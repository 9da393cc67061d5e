"""What waits for whom."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from events import access
from events.choices import IncidentStatus, Verdict
from events.models.actor import ActorRelation
from events.models.claim import Claim, Review
from events.models.edition import Edition, Subject
from events.models.incident import Incident


def awaiting_review(user):
    """Incidents an editor has to look at, waiting longest first, with claim counts and places.

    Submitted ones; published ones with undecided claims; published ones changed since their last edition.
    """
    access.require_judge(user)
    pending = Claim.objects.filter(Q(incident=OuterRef("pk")) | Q(link__from_incident=OuterRef("pk"))).undecided()
    return (
        _with_last_edition(Incident.objects.all())
        .filter(
            Q(status=IncidentStatus.SUBMITTED)
            | Q(status=IncidentStatus.PUBLISHED) & (Exists(pending) | Q(touched_at__gt=F("last_published_at")))
        )
        .with_places()
        .with_claim_counts()
        .order_by("touched_at", "pk")
    )


def relations_awaiting_review(user):
    """Relations with undecided claims, oldest first; each with claims_pending."""
    access.require_judge(user)
    pending = Count("claims", filter=Q(claims__verdict=Verdict.PENDING))
    return (
        ActorRelation.objects.annotate(claims_pending=pending)
        .filter(claims_pending__gt=0)
        .select_related("subject", "object", "created_by")
        .order_by("updated_at", "pk")
    )


def my_work(user):
    """Dict of the person's own incidents: returned, drafts, submitted, published; each last touched first.

    Returned ones are drafts that an editor sent back, or that hold a claim which needs changes; they carry the
    editor's last words as `returned_because`.
    """
    access.require_work(user)
    words = Review.objects.filter(incident=OuterRef("pk"), decision="returned").order_by("-pk").values("rationale")
    asked = Claim.objects.filter(incident=OuterRef("pk"), verdict=Verdict.NEEDS_CHANGES)
    mine = (
        Incident.objects.mine(user)
        .annotate(returned_because=Subquery(words[:1]), has_returned_claims=Exists(asked))
        .with_places()
        .with_claim_counts()
        .order_by("-touched_at", "-pk")
    )
    is_draft = Q(status=IncidentStatus.DRAFT)
    is_returned = (is_draft & Q(returned_because__isnull=False)) | (
        Q(has_returned_claims=True) & ~Q(status__in=[IncidentStatus.WITHDRAWN, IncidentStatus.MERGED])
    )
    return {
        "returned": mine.filter(is_returned),
        "drafts": mine.filter(is_draft).exclude(is_returned),
        "submitted": mine.filter(status=IncidentStatus.SUBMITTED).exclude(is_returned),
        "published": mine.filter(status=IncidentStatus.PUBLISHED).exclude(is_returned),
    }


def _with_last_edition(incidents):
    editions = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef("uid")).order_by("-number")
    return incidents.annotate(last_published_at=Subquery(editions.values("published_at")[:1]))
