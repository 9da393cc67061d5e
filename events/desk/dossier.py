"""What the desk has on one subject: its claims, the documents they cite, and what editors said of it."""

from django.db.models import Q

from events import access
from events.choices import Verdict
from events.models.claim import Claim, Review
from events.models.incident import Incident
from events.models.source import Document

MOST_SHOWN = 5  # claims of a claimant elsewhere
MOST_READ = 50  # in search of those that the person may see


def claims_on(subject):
    """Claims about an incident, a relation or a link."""
    column = {"incident": "incident", "actorrelation": "relation", "incidentlink": "link"}[subject._meta.model_name]
    return Claim.objects.filter(**{column: subject})


def claims_on_links_of(incident):
    """Claims about the links that begin at the incident, with everything shown of them."""
    of_links = Claim.objects.filter(link__from_incident=incident).with_everything()
    return of_links.select_related("link__from_incident", "link__to_incident")


def claims_to_judge(incident):
    """List of the claims that an edition of the incident rests on: about it, and about the links that begin at it."""
    own = incident.claims.with_everything().prefetch_related("reviews__reviewer")
    return [*own, *claims_on_links_of(incident).prefetch_related("reviews__reviewer")]


def documents_of(subject, user):
    """Documents cited on the subject, each once; on a link those of both incidents too, as far as the person sees them."""
    cited = Document.objects.filter(citations__claim__in=claims_on(subject))
    if subject._meta.model_name == "incidentlink":
        ends = [end for end in (subject.from_incident, subject.to_incident) if access.can_see_incident(user, end)]
        cited = cited | Document.objects.filter(citations__claim__incident__in=ends)
    return list(cited.without_text().distinct().select_related("source").order_by("title", "pk"))


def reviews_of(incident):
    """What editors said of the incident as a whole, newest first; what they decided on a claim hangs on the claim."""
    return Review.objects.filter(incident=incident).select_related("reviewer")


def next_to_decide(claim, user):
    """The next undecided claim on the page of this one that the person may decide, or None.

    After the last one the first follows, so that what was passed over comes up again.
    """
    if claim.relation is not None:
        rows = list(claims_on(claim.relation).select_related("relation"))
    else:
        incident = claim.incident or claim.link.from_incident
        of_links = Claim.objects.filter(link__from_incident=incident).select_related("link__from_incident")
        rows = [*claims_on(incident).select_related("incident"), *of_links]
    here = next((number for number, row in enumerate(rows) if row.pk == claim.pk), -1)
    waiting = (row for row in [*rows[here + 1 :], *rows[: max(here, 0)]] if row.verdict == Verdict.PENDING)
    return next((row for row in waiting if access.can_decide_claim(user, row)), None)


def captured_texts(claim):
    """Primary key of a cited document → its captured text ("" for none). The one place that reads them for a page."""
    cited = Document.objects.filter(citations__claim=claim)
    return dict(cited.values_list("pk", "captured_text"))


def same_claimant(claim, user):
    """The newest claims of the claimant on other incidents, as far as the person sees those; at most five."""
    if claim.claimant_id:
        theirs = Q(claimant=claim.claimant_id)
    else:
        theirs = Q(claimant__isnull=True, claimant_text__iexact=claim.claimant_text)
    rows = (
        Claim.objects.filter(theirs, incident__in=Incident.objects.live())
        .exclude(incident=claim.incident_id or claim.link and claim.link.from_incident_id)
        .with_everything()
        .select_related("incident")
        .order_by("-created_at", "-pk")
    )
    return [row for row in rows[:MOST_READ] if access.can_see_incident(user, row.incident)][:MOST_SHOWN]
