"""Who may see and steer an import: whoever brought it, and editors."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from events import access
from events.models.batch import ImportBatch


def visible(user):
    """The imports that this person sees."""
    every = ImportBatch.objects.select_related("imported_by", "committed_by", "judged_by", "replaces")
    if access.can_judge(user):
        return every
    return every.filter(Q(imported_by=user)) if access.can_work(user) else every.none()


def require_own(user, batch):
    if not access.can_judge(user) and batch.imported_by_id != user.pk:
        raise PermissionDenied(_("Only who brought the file, and editors, may do this."))


def likely_rows(batch, user):
    """The rows that are likely in the ledger already, as far as the person may know of what they are like."""
    rows = batch.rows.filter(is_likely=True)
    return rows if access.can_judge(user) else rows.filter(is_likely_open=True)
