"""Doors that help while somebody types: reading a text, recognising an address, checking an excerpt. They save nothing."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from events.desk import assist, quotes, recognising
from events.desk.offers import grouped, painted
from events.desk.views.doors import for_desk
from events.models.source import Document
from events.rules import dates

SHOWN = 20_000  # characters of the text in the answer


@require_POST
@for_desk
def read(request):
    """What the text seems to say, as buttons that fill the form, and the text itself with all that was found."""
    whole = request.POST.get("text", "")
    text = assist.readable(whole)
    published = _day(request.POST.get("published", ""))
    marks = assist.marks(text, assist.known_names(), published)
    context = {
        "groups": grouped(marks),
        "parts": painted(text[:SHOWN], marks),
        "is_cut": len(text) > SHOWN,
        "is_partly_read": len(whole) > assist.MOST_READ,
        "most_read": assist.MOST_READ,
        "is_full": len(marks) == assist.MOST_MARKS,
        "published": published and dates.describe(dates.VagueDate(published, published, "day")),
        "has_text": bool(text),
    }
    return render(request, "desk/assist/offers.html", context)


@require_POST
@for_desk
def recognise(request):
    """JSON: the document known at the address, else its publisher; the language and the day, where they can be told."""
    found = recognising.recognise(request.POST.get("url", ""), request.POST.get("text", ""))
    return JsonResponse(
        {
            "problem": found.problem,
            "document": found.document and _document(found.document),
            "source": found.source and _source(found.source),
            "language": {"code": found.language, "why": found.language_why},
            "published": {"day": found.published.isoformat() if found.published else "", "why": found.published_why},
        }
    )


@require_POST
@for_desk
def check_quote(request, uid):
    """JSON: whether the excerpt is in the captured text of the document."""
    document = get_object_or_404(Document, uid=uid)
    return JsonResponse({"answer": quotes.check(request.POST.get("excerpt", ""), document.captured_text)})


def _day(text):
    try:
        return parse_date(text)
    except ValueError:  # the 31st of February
        return None


def _document(row):
    published = row.published
    return {
        "uid": row.uid,
        "title": row.title,
        "source": _source(row.source),
        "language": row.language,
        "day": published.start.isoformat() if published.start and published.start == published.end else "",
        "published": dates.describe(published) if published.start else "",
        "address": reverse("desk-documents-entry", args=[row.uid]),
    }


def _source(row):
    return {"uid": row.uid, "name": row.name, "hint": ", ".join(filter(None, (row.get_kind_display(), row.domain)))}
