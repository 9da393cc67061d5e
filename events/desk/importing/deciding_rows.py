"""Saying what becomes of rows that are likely in the ledger already: a draft all the same, or nothing.

A later import of the data set finds what was decided last about a row, and goes by it; until a plan is committed it can
be decided otherwise. Without a decision a row becomes a draft, as every other one does.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, RowDecision
from events.models.batch import ImportBatch

UNDECIDED = ""


def without_left_out(rows):
    """Those of a QuerySet of ImportRow that a commit may take."""
    return rows.exclude(decision=RowDecision.LEFT_OUT)


@transaction.atomic
def decide(batch, decisions, *, by):
    """Keep what somebody chose for rows: number of the row → code of RowDecision, or "" for none. Gives how many moved."""
    batch = _planned(batch, by)
    _require_known(decisions.values())
    moved = 0
    for decision in sorted(set(decisions.values())):
        numbers = [number for number, chosen in decisions.items() if chosen == decision]
        rows = batch.rows.filter(is_likely=True, number__in=numbers).exclude(decision=decision)
        moved += rows.update(**_traced(decision, by))
    return moved


@transaction.atomic
def decide_all(batch, decision, *, by):
    """The same for every row of the plan that is likely here and undecided. Gives how many were."""
    batch = _planned(batch, by)
    _require_known([decision])
    return batch.rows.filter(is_likely=True, decision=UNDECIDED).update(**_traced(decision, by))


def _planned(batch, by):
    access.require_judge(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != BatchStatus.PLANNED:
        raise ValidationError(_("Rows are decided between the plan and the commit."))
    return batch


def _require_known(decisions):
    wrong = next((one for one in decisions if one not in (UNDECIDED, *RowDecision.codes())), None)
    if wrong is not None:
        said = _("“%(value)s” is no decision about a row; choose one of %(codes)s.")
        raise ValidationError(said % {"value": wrong, "codes": ", ".join(RowDecision.codes())})


def _traced(decision, by):
    if not decision:
        return {"decision": UNDECIDED, "decided_by": None, "decided_at": None}
    return {"decision": decision, "decided_by": by, "decided_at": timezone.now()}
