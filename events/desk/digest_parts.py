"""The parts of a digest: which rows tell a person what, and in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import access
from events.choices import EditionKind, IncidentStatus, ReviewDecision, Verdict
from events.models.change import Change
from events.models.claim import Claim, Review
from events.models.comment import Comment
from events.models.edition import Edition, Subject
from events.models.incident import Incident

DECISIONS = {
    ReviewDecision.ACCEPTED: _("accepted"),
    ReviewDecision.REJECTED: _("rejected"),
    ReviewDecision.NEEDS_CHANGES: _("asked for changes of"),
    ReviewDecision.REOPENED: _("opened again"),
    ReviewDecision.RETRACTED: _("noted as retracted"),
}


@dataclass(frozen=True)
class Item:
    """One line of a digest: who did what, when, in which words of theirs, and where it stands."""

    key: str  # "comments:12"
    at: datetime
    who: str
    did: str
    about: str
    address: str
    quote: str = ""


@dataclass(frozen=True)
class Part:
    name: str
    heading: str
    rows: Callable  # person → QuerySet, each with everything that `item` reads
    at: str  # the column or annotation that says when it happened
    item: Callable  # (row, person) → Item
    for_editors: bool = False


def submitted_since(person, since):
    """How many incidents of others came in for review after a moment and still wait."""
    waiting = Incident.objects.filter(status=IncidentStatus.SUBMITTED, submitted_at__gt=since)
    return waiting.exclude(created_by=person).count()


def _returned(person):
    rows = Review.objects.filter(incident__created_by=person, decision=ReviewDecision.RETURNED)
    return rows.exclude(reviewer=person).select_related("incident", "reviewer")


def _returned_item(review, person):
    address = review.incident.get_absolute_url()
    return _item(
        "returned", review, review.at, review.reviewer, gettext("returned"), review.incident, address, review.rationale
    )


def _decided(person):
    """Decisions on the person's claims, as far as they still see what the claims are about."""
    visible = Q(claim__incident__isnull=True) | access.visible_incidents(person, "claim__incident__")
    rows = Review.objects.filter(visible, claim__created_by=person).exclude(reviewer=person)
    about = (
        "claim__claimant",
        "claim__incident",
        "claim__relation__subject",
        "claim__relation__object",
        "claim__link__from_incident",
    )
    return rows.select_related(*about, "reviewer")


def _decided_item(review, person):
    claim = review.claim
    did = DECISIONS[ReviewDecision(review.decision)]
    to_mend = review.decision == claim.verdict == Verdict.NEEDS_CHANGES
    address = reverse("desk-claim-edit", args=[claim.uid]) if to_mend else claim_address(claim)
    about = _claim_words(claim)
    return _item("decided", review, review.at, review.reviewer, did, about, address, review.rationale)


def _published(person):
    mine = Incident.objects.mine(person)
    editions = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=mine.values("uid"))
    title = Incident.objects.filter(uid=OuterRef("subject_uid")).values("title")
    editions = editions.filter(kind=EditionKind.PUBLISHED).exclude(published_by=person)
    return editions.annotate(title=Subquery(title[:1])).select_related("published_by")


def _published_item(edition, person):
    address = reverse("desk-incident", args=[edition.subject_uid])
    did = gettext("published edition %(number)s of") % {"number": edition.number}
    return _item(
        "published", edition, edition.published_at, edition.published_by, did, edition.title, address, edition.note
    )


def _closed(person):
    closed = (IncidentStatus.WITHDRAWN, IncidentStatus.MERGED)
    rows = Incident.objects.mine(person).filter(status__in=closed)
    note = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef("uid")).exclude(
        kind=EditionKind.PUBLISHED
    )
    return _with_last_change(rows, person, model="incident", field="status").annotate(
        note=Subquery(note.order_by("-number").values("note")[:1])
    )


def _closed_item(incident, person):
    did = gettext("merged into another incident:") if incident.status == IncidentStatus.MERGED else gettext("withdrew")
    address = incident.get_absolute_url()
    return _item("closed", incident, incident.told_at, incident.told_by, did, incident, address, incident.note or "")


def _comments(person):
    """By others: naming the person, on their incidents or claims, or after a comment of theirs on the same incident."""
    named = Comment.mentions.through.objects.filter(comment=OuterRef("pk"), user=person)
    own = Comment.objects.filter(incident=OuterRef("incident"), created_by=person, pk__lt=OuterRef("pk"))
    theirs = Q(incident__created_by=person) | Q(incident__assigned_to=person) | Q(claim__created_by=person)
    rows = Comment.objects.filter(access.visible_incidents(person, "incident__")).exclude(created_by=person)
    rows = rows.annotate(names_me=Exists(named), told_at=Coalesce("rewritten_at", "created_at"))
    return rows.filter(theirs | Q(names_me=True) | Exists(own)).select_related("incident", "created_by")


def _comment_item(comment, person):
    did = gettext("wrote to you on") if comment.names_me else gettext("commented on")
    address = f"{comment.incident.get_absolute_url()}#comment-{comment.uid}"
    return _item("comments", comment, comment.told_at, comment.created_by, did, comment.incident, address, comment.text)


def _assigned(person):
    rows = Incident.objects.filter(assigned_to=person)
    return _with_last_change(rows, person, model="incident", field="assigned_to_id", after=person.pk)


def _assigned_item(incident, person):
    address = reverse("desk-review", args=[incident.uid])
    return _item("assigned", incident, incident.told_at, incident.told_by, gettext("gave you"), incident, address)


def _came_back(person):
    """Claims that the person asked changes of and that wait for a decision again."""
    asked = Review.objects.filter(claim=OuterRef("pk"), reviewer=person, decision=ReviewDecision.NEEDS_CHANGES)
    rows = Claim.objects.undecided().filter(Exists(asked))
    rows = rows.select_related("claimant", "incident", "relation__subject", "relation__object", "link__from_incident")
    mended = {"before": Verdict.NEEDS_CHANGES.value, "after": Verdict.PENDING.value}
    return _with_last_change(rows, person, model="claim", field="verdict", **mended)


def _came_back_item(claim, person):
    address = claim_address(claim, "desk-review")
    return _item("came_back", claim, claim.told_at, claim.told_by, gettext("mended"), _claim_words(claim), address)


def _claim_words(claim):
    """“A test witness asserts: Occurrence”, with the incident or relation that it is about."""
    about = claim.incident or claim.relation or claim.link.from_incident
    return gettext("%(claim)s, on “%(about)s”") % {"claim": claim, "about": about}


def claim_address(claim, page="desk-incident"):
    """Where a claim stands: on a page of its incident, or on that of its relation."""
    if claim.relation is not None:
        return reverse("desk-relation", args=[claim.relation.uid]) + f"#claim-{claim.uid}"
    incident = claim.incident or claim.link.from_incident
    return reverse(page, args=[incident.uid]) + f"#claim-{claim.uid}"


def _with_last_change(rows, person, **which):
    """Adds told_at and told_by (a user name) of the last such change; without those that the person made themselves."""
    changes = Change.objects.filter(object_uid=OuterRef("uid"), **which).order_by("-pk")
    names = {"told_at": "at", "told_by": "by__username", "told_by_key": "by"}
    rows = rows.annotate(**{name: Subquery(changes.values(column)[:1]) for name, column in names.items()})
    return rows.exclude(told_by_key=person.pk)


def _item(part, row, at, who, did, about, address, quote=""):
    return Item(f"{part}:{row.pk}", at, str(who), did, str(about), address, quote)


PARTS = (
    Part("returned", _("Returned to you"), _returned, "at", _returned_item),
    Part("decided", _("Your claims"), _decided, "at", _decided_item),
    Part("comments", _("Discussion"), _comments, "told_at", _comment_item),
    Part("published", _("Published"), _published, "published_at", _published_item),
    Part("closed", _("Withdrawn or merged"), _closed, "told_at", _closed_item),
    Part("assigned", _("Assigned to you"), _assigned, "told_at", _assigned_item, for_editors=True),
    Part("came_back", _("Claims that came back"), _came_back, "told_at", _came_back_item, for_editors=True),
)
