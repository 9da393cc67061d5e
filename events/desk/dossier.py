"""What the desk has on one subject: its claims, the documents they cite, and what editors said of it."""

from events import access
from events.models.claim import Claim, Review
from events.models.source import Document


def claims_on(subject):
    """Claims about an incident, a relation or a link."""
    column = {"incident": "incident", "actorrelation": "relation", "incidentlink": "link"}[subject._meta.model_name]
    return Claim.objects.filter(**{column: subject})


def claims_on_links_of(incident):
    """Claims about the links that begin at the incident, with everything shown of them."""
    of_links = Claim.objects.filter(link__from_incident=incident).with_everything()
    return of_links.select_related("link__from_incident", "link__to_incident")


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


def next_to_decide(claim):
    """The next claim on the same subject that waits for somebody other than its writers, or None."""
    decider = claim.decided_by
    waiting = claims_on(claim.subject).undecided().exclude(pk=claim.pk)
    # A column that is null would make the exclusion drop the row, so each is asked alone.
    return waiting.exclude(created_by=decider).exclude(edited_by__isnull=False, edited_by=decider).first()
