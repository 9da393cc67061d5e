"""Changing entries of the registers: for editors, and for the authors of documents on which nothing rests yet."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import EditionReason, Verdict
from events.desk import quotes
from events.desk.registers import columns, grading
from events.desk.stale import Stale
from events.models.claim import Citation
from events.models.location import Location
from events.models.source import Document, Source
from events.press import entry_notes, naming, registers, traces

NOTHING_SAID = registers.Why()


def edit_actor(actor, *, by, version, why=NOTHING_SAID, **fields):
    """Change an actor; a new name goes out at once, in a further edition of everything public that shows it.

    `why` is the reason and the note that readers see beside what changes for them; for privacy the earlier editions
    of the entry, and of whatever showed its name, go out of sight.
    """
    return _edit(actor, by=by, version=version, fields=fields, why=why)


@transaction.atomic
def edit_location(location, *, by, version, why=NOTHING_SAID, **fields):
    """Change a place; everything that lies in it follows when its parent or level changes."""
    location = Location.objects.get(pk=location.pk)
    lay = (location.parent_id, location.level)
    with registers.changing(location, by=by, why=why, usual=_usual(location, fields)):
        location = _edit(location, by=by, version=version, fields=fields, why=why)
        if (location.parent_id, location.level) != lay:
            columns.place_below(location, by)
    return location


@transaction.atomic
def edit_source(source, *, by, version, why=NOTHING_SAID, **fields):
    """Change a source; grading its reliability asks why, and notes who did so and when."""
    access.require_judge(by)
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.version == version:
        fields = grading.with_grader(source, fields, by)
    return _edit(source, by=by, version=version, fields=fields, why=why)


def grade_source(source, *, by, version, reliability, why):
    """Grade a source anew, with the reason, which readers see."""
    told = registers.Why(note=entry_notes.graded(reliability, why))
    return edit_source(source, by=by, version=version, reliability=reliability, reliability_note=why, why=told)


@transaction.atomic
def edit_document(document, *, by, version, **fields):
    """Change a document. Its author may, until a decided claim cites it; editors always; the captured text stays."""
    access.require_work(by)
    cited = Citation.objects.filter(document=document).exclude(claim__verdict="pending").exists()
    if not access.can_judge(by) and (document.created_by_id != by.pk or cited):
        raise PermissionDenied(_("Only editors change a document that others rely on."))
    capture = fields.get("captured_text", document.captured_text)
    if document.captured_text and capture != document.captured_text:
        raise ValidationError({"captured_text": _("The captured text is evidence and stays as it was captured.")})
    accepted = Citation.objects.filter(document=document, claim__verdict=Verdict.ACCEPTED).exclude(excerpt="")
    if missing := [c.excerpt for c in accepted.order_by("pk") if not quotes.is_in(c.excerpt, capture)]:
        raise ValidationError(
            {
                "captured_text": _("An accepted claim quotes “%(excerpt)s”, which is not in this text.")
                % {"excerpt": missing[0][:80]}
            }
        )
    return _edit(document, by=by, version=version, fields=fields, judged=False)


@transaction.atomic
def _edit(row, *, by, version, fields, why=NOTHING_SAID, judged=True):
    if "slug" in fields and fields["slug"] != row.slug:
        raise ValidationError({"slug": _("The address is permanent: editions name the entry by it.")})
    if judged:
        access.require_judge(by)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if getattr(row, "merged_into", None) is not None:
        raise ValidationError(
            _("This entry was folded into “%(entry)s”; change that one.") % {"entry": row.merged_into}
        )
    if row.version != version:
        raise Stale(row, fields)
    if isinstance(row, Document):
        return _saved(row, fields, by, why)
    with registers.changing(row, by=by, why=why, usual=_usual(row, fields)):
        return _saved(row, fields, by, why)


def _saved(row, fields, by, why):
    before, called = traces.snapshot(row), naming.names_of(row)
    columns.fill(row, fields)
    traces.save_changed(row, before, by=by)
    if naming.names_of(row) != called:
        naming.republish(row, by=by, is_private=why.is_private, note=why.note)
    return row


def _usual(row, fields):
    """Why an entry changes unless somebody says so: its wording where nothing but its names does."""
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    return (EditionReason.STYLE if changed <= naming.SHOWN[type(row)].keys() else EditionReason.CORRECTION).value
