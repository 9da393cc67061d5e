"""What waits for whom."""

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When

from events import access
from events.choices import IncidentStatus, ReviewDecision, Verdict
from events.models.actor import ActorRelation
from events.models.batch import ImportBatch
from events.models.claim import Claim, Review
from events.models.edition import Edition, Subject
from events.models.incident import Incident


def awaiting_review(user):
    """Incidents an editor has to look at, waiting longest first, with claim counts and places.

    Submitted ones; published ones with undecided claims; published ones changed since their last edition.
    """
    access.require_judge(user)
    return waiting().with_places().with_claim_counts().order_by("touched_at", "pk")


def waiting():
    """The incidents of the queue in no order and without figures."""
    return _with_last_edition(Incident.objects.all()).filter(
        Q(status=IncidentStatus.SUBMITTED)
        | Q(status=IncidentStatus.PUBLISHED) & (Exists(_undecided()) | Q(touched_at__gt=F("last_published_at")))
    )


def rows(keys):
    """The incidents with these primary keys in their order, with claim counts, places and import batch."""
    found = Incident.objects.filter(pk__in=keys).with_places().select_related("batch").with_claim_counts().in_bulk()
    return [found[key] for key in keys if key in found]


def batches(also=None):
    """Import batches of which something waits, newest first; and the one with the primary key `also`, if there is one."""
    waits = Exists(waiting().filter(batch=OuterRef("pk")))
    return ImportBatch.objects.filter(Q(waits) | Q(pk=also) if also else waits)


def next_after(incident, user):
    """What an editor looks at after this incident: the next in the queue that is no colleague's, None for none.

    After the last one the first follows. Left out is what waits for another editor, since the person wrote its claims.
    """
    access.require_judge(user)
    theirs = _undecided().exclude(created_by=user).exclude(edited_by__isnull=False, edited_by=user)
    others = (
        waiting()
        .exclude(pk=incident.pk)
        .filter(Q(assigned_to__isnull=True) | Q(assigned_to=user))
        .filter(Exists(theirs) | ~Exists(_undecided()))
    )
    is_later = Q(touched_at__gt=incident.touched_at) | Q(touched_at=incident.touched_at, pk__gt=incident.pk)
    return others.order_by(Case(When(is_later, then=0), default=1), "touched_at", "pk").first()


def decidable(batch, user):
    """Undecided claims of the incidents of one import batch that this person may decide, oldest incident first."""
    access.require_judge(user)
    undecided = Claim.objects.filter(
        incident__batch=batch, incident__status__in=[IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED]
    ).undecided()
    rewritten = undecided.filter(edited_by__isnull=False).values_list("pk", "rewriters")
    own = [pk for pk, rewriters in rewritten if user.pk in rewriters]
    theirs = undecided.exclude(created_by=user).exclude(pk__in=own)
    return theirs.select_related("incident", "claimant").order_by("incident__pk", "position", "pk")


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
    editor's last words as `returned_because` and those claims, each with the words on it, as `claims_to_mend`.
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
    to_mend = Prefetch("claims", _to_mend().select_related("claimant", "incident"), to_attr="claims_to_mend")
    return {
        "returned": mine.filter(is_returned).prefetch_related(to_mend),
        "drafts": mine.filter(is_draft).exclude(is_returned),
        "submitted": mine.filter(status=IncidentStatus.SUBMITTED).exclude(is_returned),
        "published": mine.filter(status=IncidentStatus.PUBLISHED).exclude(is_returned),
    }


def claims_to_mend_elsewhere(user):
    """The person's claims that need changes and are not about an incident of theirs, newest decision first.

    They are about somebody else's public incident, a relation or a link; each carries the words as `asked_because`.
    """
    is_open = Q(incident__status__in=[IncidentStatus.DRAFT, IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED])
    elsewhere = ~Q(incident__created_by=user) & is_open & access.visible_incidents(user, "incident__")
    about = (
        "claimant",
        "incident",
        "relation__subject",
        "relation__object",
        "link__from_incident",
        "link__to_incident",
    )
    mine = _to_mend().filter(Q(incident__isnull=True) | elsewhere, created_by=user)
    return mine.select_related(*about).order_by("-decided_at", "-pk")


def assigned_to(user):
    """What an editor was asked to review and still waits, as `awaiting_review` has it."""
    return awaiting_review(user).filter(assigned_to=user)


def _to_mend():
    """Claims that need changes, with what the editor wrote last as `asked_because`."""
    words = Review.objects.filter(claim=OuterRef("pk"), decision=ReviewDecision.NEEDS_CHANGES).order_by("-pk")
    return Claim.objects.filter(verdict=Verdict.NEEDS_CHANGES).annotate(
        asked_because=Subquery(words.values("rationale")[:1])
    )


def _undecided():
    """Undecided claims about the incident of the outer query, or about the links that begin at it."""
    return Claim.objects.filter(Q(incident=OuterRef("pk")) | Q(link__from_incident=OuterRef("pk"))).undecided()


def _with_last_edition(incidents):
    editions = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef("uid")).order_by("-number")
    return incidents.annotate(last_published_at=Subquery(editions.values("published_at")[:1]))
