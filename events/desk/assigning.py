"""Giving incidents of the queue to an editor, several at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.desk import incidents


@transaction.atomic
def assign_many(chosen, *, by, to):
    """Give these incidents to an editor to review, or to nobody (None): all or none of them."""
    access.require_judge(by)
    if not chosen:
        raise ValidationError({"incidents": _("Tick at least one incident.")})
    # In the order of their keys, so that two who assign at once wait for each other and never both.
    return [incidents.assign(incident, by=by, to=to) for incident in sorted(chosen, key=lambda one: one.pk)]
