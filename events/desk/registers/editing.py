"""Changing entries of the registers: for editors, and for the authors of documents on which nothing rests yet."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access
from events.choices import Verdict
from events.desk import quotes
from events.desk.registers import columns, grading
from events.desk.stale import Stale
from events.models.claim import Citation
from events.models.location import Location
from events.models.source import Source
from events.press import naming, traces


def edit_actor(actor, *, by, version, **fields):
    """Change an actor; a new name goes out at once, in a further edition of everything public that shows it."""
    return _edit(actor, by=by, version=version, fields=fields)


@transaction.atomic
def edit_location(location, *, by, version, **fields):
    """Change a place; everything that lies in it follows when its parent or level changes."""
    lay = Location.objects.values_list("parent", "level").get(pk=location.pk)
    location = _edit(location, by=by, version=version, fields=fields)
    if (location.parent_id, location.level) != lay:
        columns.place_below(location, by)
    return location


@transaction.atomic
def edit_source(source, *, by, version, **fields):
    """Change a source; grading its reliability asks why, and notes who did so and when."""
    access.require_judge(by)
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.version == version:
        fields = grading.with_grader(source, fields, by)
    return _edit(source, by=by, version=version, fields=fields)


def grade_source(source, *, by, version, reliability, why):
    """Grade a source anew, with the reason."""
    return edit_source(source, by=by, version=version, reliability=reliability, reliability_note=why)


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
def _edit(row, *, by, version, fields, judged=True):
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
    before, called = traces.snapshot(row), naming.names_of(row)
    columns.fill(row, fields)
    traces.save_changed(row, before, by=by)
    if naming.names_of(row) != called:
        naming.republish(row, by=by)
    return row
