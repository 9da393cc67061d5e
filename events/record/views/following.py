"""Doors for those who follow the record: corrections, the Atom feed and the calendar of a selection, the sitemap."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from events import uids
from events.choices import EditionReason
from events.record import calendar, corrections, paging
from events.record.english import in_english
from events.record.selection import Selection
from events.record.views.addresses import refused, takes, tidy

CORRECTIONS = 20
ENTRIES = 50
LARGEST_KEY = 2**63 - 1


@login_not_required
@require_safe
@takes("below")
def corrections_page(request):
    """What was corrected, retracted, merged, split or withheld, newest first."""
    below = request.GET.get("below", "")
    if below and not (below.isascii() and below.isdecimal() and 0 < int(below) <= LARGEST_KEY):
        return refused(request, [paging.no_position("below")])
    page = corrections.page(CORRECTIONS, int(below) if below else None)
    return render(request, "record/corrections.html", {"page": page, "is_first": not below})


@login_not_required
@require_safe
@tidy
def feed(request):
    """Atom: the newest editions of the incidents that fit the selection; of all, also those that left the record."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return refused(request, _sentences(selection))
    return HttpResponse(_written(request, selection), content_type="application/atom+xml; charset=utf-8")


@in_english
def _written(request, selection):
    chosen = selection.queryset().values("uid") if selection.querystring else None
    made = Atom1Feed(
        title=_title(selection),
        link=request.build_absolute_uri(_address("timeline", selection)),
        feed_url=request.build_absolute_uri(),
        description="Editions with what they changed and why",
        author_name="Frontier Ledger",
        language="en",
    )
    for told in corrections.latest_of(chosen, ENTRIES):
        _add(made, told, request)
    return made.writeString("utf-8")


@login_not_required
@require_safe
@tidy
def ics(request):
    """iCalendar: the incidents that fit the selection, as days; those without a date are counted in its description."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return refused(request, _sentences(selection))
    words = calendar.written(
        selection.queryset(),
        title=_title(selection),
        base=f"{request.scheme}://{request.get_host()}",
    )
    headers = {"Content-Disposition": 'attachment; filename="frontier-ledger.ics"'}
    return HttpResponse(words, content_type="text/calendar; charset=utf-8", headers=headers)


def _add(made, told, request):
    edition = told.entry.edition
    reason = EditionReason.label_of(edition.reason)
    lines = [f"{reason}: {told.entry.note}" if told.entry.note else reason]
    lines += [
        f"{change.label}: {change.before or 'nothing'} → {change.after or 'nothing'}"
        for change in told.entry.changes or []
    ]
    name = "incident" if told.is_public else "incident-history"
    made.add_item(
        title=f"{told.title or uids.shown(told.uid)} – edition {edition.number}: {reason}",
        link=request.build_absolute_uri(reverse(name, args=[told.uid])),
        description="".join(f"<p>{escape(line)}</p>" for line in lines),
        unique_id=f"tag:frontier-ledger,2026:edition/{uids.shown(told.uid)}/{edition.number}",
        pubdate=edition.published_at,
        updateddate=edition.published_at,
    )


@in_english
def _title(selection):
    chosen = ", ".join(chip.label for chip in selection.chips)
    return f"Frontier Ledger: {chosen}" if chosen else "Frontier Ledger"


def _address(name, selection):
    return reverse(name) + (f"?{selection.querystring}" if selection.querystring else "")


def _sentences(selection):
    return [sentence for found in selection.errors.values() for sentence in found]
