"""Work changes hands: who goes on with an incident, who reviews it. Who wrote it never changes."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from events import access
from events.choices import IncidentStatus, Verdict
from events.desk import audit
from events.models.claim import Claim
from events.models.incident import Incident
from events.press import traces

_UNDER_WAY = (IncidentStatus.DRAFT, IncidentStatus.SUBMITTED)
_OPEN = (*_UNDER_WAY, IncidentStatus.PUBLISHED)


def in_hands_of(person):
    """Incidents this person has to go on with: drafts, submitted ones, and those with claims that came back."""
    came_back = Exists(Claim.objects.filter(incident=OuterRef("pk"), verdict=Verdict.NEEDS_CHANGES))
    unfinished = Q(status__in=_UNDER_WAY) | Q(came_back, status=IncidentStatus.PUBLISHED)
    return Incident.objects.mine(person).filter(unfinished).order_by("-touched_at", "-pk")


def reviewed_by(person):
    """Open incidents that wait for this editor's review."""
    return Incident.objects.filter(assigned_to=person, status__in=_OPEN).order_by("-touched_at", "-pk")


def workers():
    """Everybody who can be handed work, by name."""
    at_the_desk = Q(is_superuser=True) | Q(groups__name__in=[access.ANALYSTS, access.EDITORS])
    return User.objects.filter(at_the_desk, is_active=True).distinct().order_by("username", "pk")


def reviewers():
    """Everybody who can be given reviews, by name."""
    judges = Q(is_superuser=True) | Q(groups__name=access.EDITORS)
    return User.objects.filter(judges, is_active=True).distinct().order_by("username", "pk")


@transaction.atomic
def hand_over(incident, *, by, to):
    """Let somebody else go on with an incident. Its author still sees it, and nothing they wrote becomes another's."""
    access.require_judge(by)
    _require_worker(to)
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if not incident.is_open:
        raise ValidationError(
            _("This incident is closed: withdrawn, or merged into another. There is nothing to go on with.")
        )
    return _keep(incident, by=by, to=to)


@transaction.atomic
def reassign(person, *, by, to=None, reviews_to=None):
    """Hand the open work of a person to others: incidents to one, reviews to another; None leaves them where they are.

    A review goes to nobody when its new reviewer wrote the incident. Returns (incidents, reviews) as counts.
    """
    access.require_manage_team(by)
    if to is None and reviews_to is None:
        raise ValidationError(_("Choose who goes on with the incidents, with the reviews, or with both."))
    if person.pk in (getattr(to, "pk", None), getattr(reviews_to, "pk", None)):
        raise ValidationError(_("The work is in these hands already; choose somebody else."))
    incidents = [_keep(row, by=by, to=to) for row in _locked(in_hands_of(person))] if _can_work(to) else []
    reviews = (
        [_review(row, by=by, to=reviews_to) for row in _locked(reviewed_by(person))] if _can_judge(reviews_to) else []
    )
    moved = {"incidents": len(incidents), "reviews": len(reviews)}
    names = {"to": getattr(to, "pk", None), "reviews_to": getattr(reviews_to, "pk", None)}
    audit.note(person, "work", by=by, after=moved | names)
    return len(incidents), len(reviews)


def _can_work(to):
    if to is not None:
        _require_worker(to)
    return to is not None


def _can_judge(to):
    if to is not None and not access.can_judge(to):
        raise ValidationError({"reviews_to": _("%(person)s is not an editor and cannot review.") % {"person": to}})
    return to is not None


def _require_worker(to):
    if not access.can_work(to):
        raise ValidationError(
            {"to": _("%(person)s is not an analyst or editor, or the account is closed.") % {"person": to}}
        )


def _locked(incidents):
    """The rows as they are now, locked in one order: no deadlock."""
    keys = list(incidents.values_list("pk", flat=True))
    return Incident.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _keep(incident, *, by, to):
    before = traces.snapshot(incident)
    incident.keeper = None if to.pk == incident.created_by_id else to
    return traces.save_changed(incident, before, by=by)


def _review(incident, *, by, to):
    before = traces.snapshot(incident)
    incident.assigned_to = None if to.pk == incident.created_by_id else to
    return traces.save_changed(incident, before, by=by)
