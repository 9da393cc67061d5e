"""Relations between actors over time: anyone of the desk enters them, editors change and end them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access, names
from events.choices import CHAIN_RELATIONS, SYMMETRIC_RELATIONS
from events.desk.registers import columns
from events.desk.stale import Stale
from events.models.actor import ActorRelation
from events.press import traces
from events.rules import dates

FIELDS = ("valid_from", "valid_until", "basis", "note")  # whom it joins and how is what the relation is


@transaction.atomic
def relate(subject, type, object, *, by, **fields):
    """Enter a relation between two actors. Mutual ones are stored once; established ones are for editors to set."""
    access.require_work(by)
    if fields.get("basis") == "established":
        access.require_judge(by)
    if type in SYMMETRIC_RELATIONS and subject.pk > object.pk:
        subject, object = object, subject
    subject, object = columns.locked(subject, object)
    _check_years(fields.get("valid_from"), fields.get("valid_until"))
    relation = ActorRelation(subject=subject, type=type, object=object, created_by=by, **fields)
    if type in CHAIN_RELATIONS and reaches(object, subject):
        raise ValidationError(
            {
                "object": _("%(object)s itself stands below %(subject)s; the two cannot contain each other.")
                % {"object": object, "subject": subject}
            }
        )
    relation.full_clean()
    relation.save()
    traces.created(relation, by=by)
    return relation


@transaction.atomic
def edit_relation(relation, *, by, version, **fields):
    """Change how long a relation held, what it rests on and its note. The public sees it with its next edition."""
    access.require_judge(by)
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise ValidationError(
            _("A relation keeps whom it joins and how (%(fields)s): end it, and enter another one.")
            % {"fields": ", ".join(unknown)}
        )
    relation = ActorRelation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if relation.version != version:
        raise Stale(relation, fields)
    _check_years(fields.get("valid_from"), fields.get("valid_until"))
    before = traces.snapshot(relation)
    for name, value in fields.items():
        setattr(relation, name, names.clean(value) if isinstance(value, str) else value)
    return traces.save_changed(relation, before, by=by)


def reaches(start, goal):
    """Whether relations of the kind that make one body out of several lead from the start up to the goal."""
    seen, open_ends = set(), {start.pk}
    while open_ends:
        if goal.pk in open_ends:
            return True
        seen |= open_ends
        above = ActorRelation.objects.filter(subject__in=open_ends, type__in=CHAIN_RELATIONS)
        open_ends = set(above.values_list("object", flat=True)) - seen
    return False


def _check_years(*days):
    for day in days:
        if day is not None and day.year < dates.FIRST_YEAR:
            raise ValidationError(
                {
                    "valid_from": _("%(day)s is before %(year)s; check the year.")
                    % {"day": day.isoformat(), "year": dates.FIRST_YEAR}
                }
            )
