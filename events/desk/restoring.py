"""Bringing back an earlier state: an ordinary edit with the values of then, under the same rights, checks and traces."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import Verdict
from events.desk import claims, earlier, incidents, registers
from events.models.actor import Actor, ActorRelation
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document, Source

EDITS = {
    Actor: registers.edit_actor,
    Location: registers.edit_location,
    Source: registers.edit_source,
    Document: registers.edit_document,
    ActorRelation: registers.edit_relation,
}


@transaction.atomic
def restore(row, change, *, by, version, wanted):
    """Give the wanted fields (names) the values they had right after the change. Raises what the edit raises.

    A restored state is a new change with a trace of its own; nothing of what was written since is lost.
    """
    differing = {one.name: one for one in earlier.compared(row, change) if one.name in wanted}
    if not differing:
        raise ValidationError({"fields": _("Choose at least one field to bring back.")})
    if lost := [one for one in differing.values() if one.problem]:
        raise ValidationError([f"{one.label}: {one.problem}" for one in lost])
    fields = {name: one.value for name, one in differing.items() if name not in earlier.PARTS}
    if isinstance(row, Incident):
        return incidents.edit(row, by=by, version=version, fields=fields)
    if isinstance(row, Claim):
        parts = _parts(row, differing)
        return claims.edit(row, by=by, version=version, fields=fields, **parts)
    return EDITS[type(row)](row, by=by, version=version, **fields)


@transaction.atomic
def add_again(incident, change, *, by):
    """Add a claim that was taken back, as it was; `change` is the one that removed it. It gets a number of its own."""
    access.require_edit_incident(by, incident)
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    held = change.before
    for claim in incident.claims.order_by("pk"):
        if _content(earlier.present(claim)) == _content(held):
            raise ValidationError(
                _("This claim is there again already; it is %(number)s.") % {"number": claim.shown_uid}
            )
    try:
        fields, parts = earlier.fields_then(Claim(), held), earlier.given_parts(held)
    except earlier.Gone as gone:
        raise ValidationError(str(gone)) from gone
    return claims.add(incident, by=by, fields=fields, **parts)


def _content(held):
    """What a claim says and rests on, without what became of it at the desk."""
    columns = {column for name in earlier.fields_of(Claim()) for column in earlier.columns_of(Claim(), name)}
    return {name: held[name] for name in (*columns, *earlier.PARTS)}


def refusal(row, user):
    """Why this person cannot bring back an earlier state of the row, as a sentence; "" when they can."""
    if isinstance(row, Claim):
        return _refusal_of_claim(row, user)
    if isinstance(row, Incident):
        return "" if access.can_edit_incident(user, row) else _("This incident is not yours to change at this stage.")
    if isinstance(row, ActorRelation):
        return "" if access.can_judge(user) else _("Only editors change a relation.")
    may_edit = access.can_judge(user) or (isinstance(row, Document) and row.created_by_id == user.pk)
    return "" if may_edit else _("Only editors change an entry of the register that others rely on.")


def _refusal_of_claim(claim, user):
    if access.can_edit_claim(user, claim):
        return ""
    if claim.verdict in (Verdict.ACCEPTED, Verdict.REJECTED):
        return _(
            "This claim is %(verdict)s. A decided claim stays as it was judged: add a claim that supersedes "
            "it, or have an editor open the decision again."
        ) % {"verdict": _(claim.get_verdict_display()).lower()}
    return _("This claim is not yours to change at this stage.")


def _parts(claim, differing):
    """All lines and citations of the claim after the edit: those of then where they are wanted, else the present ones."""
    held = claims.parts_of(claim)
    kept = earlier.given_parts({name: [] if name in differing else held[name] for name in earlier.PARTS})
    return kept | {name: differing[name].value for name in earlier.PARTS if name in differing}
