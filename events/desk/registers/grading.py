"""How reliable a source is: who said so, when and why. Earlier grades stay visible; they are read from the traces."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events import names
from events.choices import Reliability
from events.models.change import Change

_TOLD = ("created", "reliability", "reliability_note")


@dataclass(frozen=True)
class Grade:
    """One grade of a source, as it was given; `is_first` for the one with which it was added."""

    letter: str
    why: str
    by: str
    at: datetime
    is_first: bool

    @property
    def label(self):
        return Reliability.label_of(self.letter)


def with_grader(source, fields, by):
    """The fields with who grades and when, where they grade anew; raises ValidationError where no new reason is given."""
    is_same = fields.get("reliability", source.reliability) == source.reliability
    why = names.clean(fields.get("reliability_note", source.reliability_note))
    if is_same and why == source.reliability_note:
        return fields
    if not is_same and (not why or why == source.reliability_note):
        raise ValidationError(
            {
                "reliability_note": _(
                    "Say why the grade changes, in new words; the reason for the old one stays on record."
                )
            }
        )
    return fields | {"reviewed_by": by, "reviewed_at": timezone.now()}


def grades_of(source):
    """List of Grade, the newest first. One query."""
    changes = Change.objects.filter(model="source", object_uid=source.uid, field__in=_TOLD)
    found, letter, why = [], Reliability.F.value, ""
    for at, act in groupby(changes.select_related("by").order_by("at", "pk"), key=lambda change: change.at):
        rows = {change.field: change for change in act}
        made = rows.get("created")
        if made is not None:
            letter, why = made.after.get("reliability", letter), made.after.get("reliability_note", why)
        letter = rows["reliability"].after if "reliability" in rows else letter
        why = rows["reliability_note"].after if "reliability_note" in rows else why
        by = next(iter(rows.values())).by
        found.append(Grade(letter, why, str(by), at, made is not None))
    return found[::-1]
