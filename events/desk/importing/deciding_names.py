"""Saying whom and where a file means by the names that no register knows; later imports remember it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.choices import BatchStatus, NameKind
from events.models.actor import Actor
from events.models.batch import ImportName
from events.models.location import Location


@transaction.atomic
def decide(name, *, by, entry=None):
    """`entry` is the Actor or the Location that is meant; None leaves it unnamed."""
    access.require_judge(by)
    name = ImportName.objects.select_for_update().select_related("batch").get(pk=name.pk)
    wanted = Actor if name.kind == NameKind.ACTOR else Location
    if entry is not None and (not isinstance(entry, wanted) or entry.merged_into_id):
        raise ValidationError({"entry": _("Choose an entry of the register that this name belongs to.")})
    if name.batch.status != BatchStatus.PLANNED:
        raise ValidationError(_("Names are decided between the plan and the commit."))
    name.actor = entry if name.kind == NameKind.ACTOR else None
    name.location = entry if name.kind == NameKind.PLACE else None
    name.is_unnamed = entry is None
    name.decided_by, name.decided_at = by, timezone.now()
    name.full_clean()
    name.save()
    return name
