"""Accepting all claims of an import that wait for an editor, with one grade and one reason."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from events import names
from events.choices import BatchStatus, Credibility
from events.desk import deciding, queues
from events.desk.importing import together


def begin(batch, *, by, seen, credibility, rationale):
    """Have the worker accept what waits; `seen` is the mark of it. Raises ValidationError."""
    rationale = names.clean(rationale)
    if not rationale:
        raise ValidationError(
            {"rationale": _("Say why these claims can be accepted together; it stands in each trace.")}
        )
    if credibility not in Credibility.LABELS:
        raise ValidationError({"credibility": _("Choose one grade, 1 to 6, for all these claims.")})
    return together.begin(ACT, batch, by=by, seen=seen, words={"credibility": credibility, "rationale": rationale})


def carry_on(batch, tell=None):
    return together.carry_on(ACT, batch, tell)


def _there(moment):
    return Q(created_at__lte=moment, incident__submitted_at__lte=moment)


def _accept(claim, batch):
    words = {name: batch.judging[name] for name in ("credibility", "rationale")}
    deciding.decide_many([claim], by=batch.judged_by, **words)


ACT = together.Act(BatchStatus.ACCEPTING, queues.decidable, _there, "updated_at", _accept, "accepted", piece=10)
