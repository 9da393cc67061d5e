"""Taking an incident out of the public, and bringing it back by a further edition."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from events import access
from events.choices import EditionKind, IncidentStatus
from events.models.edition import Edition, Subject
from events.models.incident import Incident
from events.press import printing, publishing, registers


@transaction.atomic
def withdraw(incident, *, by, reason, note):
    """Take an incident out of the public. Its address keeps saying why (410), its earlier editions stay."""
    access.require_judge(by)
    printing.require_reason(reason, note)
    printing.require_note(note, gettext("Say why: the note stands at the address of the withdrawn incident."))
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    publishing.require_status(incident, IncidentStatus.PUBLISHED)
    publishing.set_status(incident, IncidentStatus.WITHDRAWN, by=by)
    with registers.kept_up(by=by, reason=reason):
        return printing.tombstone(incident, EditionKind.WITHDRAWN, by=by, reason=reason, note=note)


@transaction.atomic
def restore(incident, *, by, reason, note):
    """Undo a withdrawal by a further edition: the address answers again, and the history shows both."""
    access.require_judge(by)
    printing.require_reason(reason, note)
    printing.require_note(note, gettext("Say why it comes back: the note stands in the public history."))
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    publishing.require_status(incident, IncidentStatus.WITHDRAWN)
    last = Edition.objects.of(Subject.INCIDENT, incident.uid).first()
    if last is None or last.kind != EditionKind.WITHDRAWN:
        raise ValidationError(gettext("This incident was never public; bring the draft back instead."))
    if standing := publishing.difficulties_of_claims(incident, by):
        raise ValidationError(standing)
    with registers.kept_up(by=by, reason=reason):
        return publishing.put_out([incident], by=by, reason=reason, note=note)[0]
