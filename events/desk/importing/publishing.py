"""Publishing all incidents of an import of which every claim is decided: an edition of each."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, EditionReason, IncidentStatus
from events.desk import queues
from events.desk.importing import together
from events.models.claim import Claim
from events.press import editions, printing

# Privacy puts all earlier editions out of sight for good; a merge or a split is of one incident, by its own button.
OF_ONE = (EditionReason.MERGE, EditionReason.SPLIT, EditionReason.PRIVACY)
REASONS = tuple(reason for reason in EditionReason if reason not in OF_ONE)


def ready(batch, by):
    """Incidents of an import that wait for an edition: no claim waits for a decision, and one is accepted."""
    access.require_judge(by)
    claims = Claim.objects.filter(incident=OuterRef("pk")).order_by()
    waiting = queues.waiting().filter(batch=batch)
    return waiting.filter(Exists(claims.accepted()), ~Exists(claims.undecided())).order_by("pk")


def begin(batch, *, by, seen, reason, note=""):
    """Have the worker publish what is ready; `reason` is that of what is public already. Raises ValidationError."""
    printing.require_reason(reason, note)
    if reason in OF_ONE:
        said = _("This is a reason for one incident, not for all of an import: publish it from its own page.")
        raise ValidationError({"reason": said})
    if not batch.is_redistributable:
        raise ValidationError(
            _("The licence of this data set forbids passing its rows on, so none of it is published.")
        )
    return together.begin(ACT, batch, by=by, seen=seen, words={"reason": reason, "note": note})


def carry_on(batch, tell=None):
    return together.carry_on(ACT, batch, tell)


def _there(moment):
    return Q(created_at__lte=moment)


def _publish(incident, batch):
    is_public = incident.status == IncidentStatus.PUBLISHED
    reason = batch.judging["reason"] if is_public else EditionReason.NEW_INCIDENT.value
    editions.publish(incident, by=batch.judged_by, reason=reason, note=batch.judging["note"])


ACT = together.Act(BatchStatus.PUBLISHING, ready, _there, "touched_at", _publish, "published", piece=3)
