"""Editions of relations between actors."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from events import access
from events.choices import EditionKind
from events.models.actor import ActorRelation
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.press import document, printing, registers


@transaction.atomic
def publish_relation(relation, *, by, reason, note=""):
    """Publish an edition of a relation between actors: an established one, or one that accepted claims speak of."""
    access.require_judge(by)
    printing.require_reason(reason, note)
    relation = ActorRelation.objects.select_for_update().get(pk=relation.pk)
    if relation.basis != "established" and not relation.claims.accepted().exists():
        raise ValidationError(gettext("No accepted claim speaks of this relation yet."))
    if relation.claims.undecided().exists():
        raise ValidationError(gettext("Every claim about the relation has to be decided first."))
    if printing.rest_on_closed(Claim.objects.filter(relation=relation)):
        raise ValidationError(gettext(printing.CLOSED))
    edition, header = printing.new_edition(Subject.RELATION, relation.uid, EditionKind.PUBLISHED, by, reason, note)
    with registers.kept_up(by=by, reason=reason):
        return printing.keep(edition, document.build_relation(relation, header))


@transaction.atomic
def withdraw_relation(relation, *, by, reason, note):
    """Take a relation out of the public; its claims answer with the reason from then on."""
    access.require_judge(by)
    printing.require_reason(reason, note)
    printing.require_note(note, gettext("Say why: the note stands where the relation was."))
    last = Edition.objects.of(Subject.RELATION, relation.uid).first()
    if last is None or last.kind != EditionKind.PUBLISHED:
        raise ValidationError(gettext("This relation is not public."))
    edition, header = printing.new_edition(Subject.RELATION, relation.uid, EditionKind.WITHDRAWN, by, reason, note)
    with registers.kept_up(by=by, reason=reason):
        return printing.keep(edition, {"uid": relation.shown_uid, "edition": header})
