"""Incidents with their editions, and each claim at an address of its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events import uids
from events.choices import EditionKind
from events.record import citing, claim_page, editions, sheet
from events.record.views.addresses import takes


@login_not_required
@require_safe
@takes()
def incident(request, uid):
    reading = _latest(uid)
    edition = reading.edition
    if edition.kind == EditionKind.MERGED:
        return _moved(editions.survivor(edition))
    if edition.kind == EditionKind.WITHDRAWN:
        return render(request, "410.html", {"edition": edition, "uid": uid}, status=410)
    context = {"sheet": sheet.build(reading.document), "edition": edition, "uid": uid, "is_latest": True}
    context |= citing.shown(reading, _base(request))
    return render(request, "record/incident.html", context)


@login_not_required
@require_safe
@takes()
def history(request, uid):
    found = editions.every(uid)
    if not found:
        raise Http404(gettext("No incident has this uid."))
    hidden_below = editions.withheld_below(found)
    context = {
        "entries": editions.history(found, hidden_below),
        "title": editions.title_of(found, hidden_below),
        "uid": uid,
        "latest": found[0],
    }
    return render(request, "record/history.html", context)


@login_not_required
@require_safe
@takes()
def edition(request, uid, number):
    """An earlier edition as it was; one that took the incident out of the public shows why."""
    found, chosen = _chosen(uid, number)
    context = {"edition": chosen, "uid": uid, "latest": found[0], "is_latest": chosen is found[0]}
    if number < editions.withheld_below(found):
        return render(request, "record/withheld.html", context, status=410)
    if chosen.kind != EditionKind.PUBLISHED:
        return render(request, "record/tombstone.html", context)
    reading = editions.Reading(chosen)
    context["sheet"] = sheet.build(reading.document, with_incoming=context["is_latest"])
    return render(request, "record/incident.html", context | citing.shown(reading, _base(request)))


@login_not_required
@require_safe
@takes()
def cite(request, uid, number, form):
    """The reference of one edition as a file; of one whose words are no longer shown, the page that says so."""
    found, chosen = _chosen(uid, number)
    if chosen.kind != EditionKind.PUBLISHED or number < editions.withheld_below(found):
        return edition(request, uid=uid, number=number)
    one = citing.reference(chosen, editions.Reading(chosen).document["title"], _base(request))
    return _cited(one, form, f"{uids.shown(uid)}-edition-{number}")


@login_not_required
@require_safe
@takes()
def cite_incident(request, uid, form):
    """The reference of an incident, whatever its latest edition is; where it moved or left, what its own page says."""
    reading = _latest(uid)
    if reading.edition.kind != EditionKind.PUBLISHED:
        return incident(request, uid=uid)
    one = citing.of_incident(reading.edition, reading.document["title"], _base(request))
    return _cited(one, form, uids.shown(uid))


def _cited(one, form, name):
    _, content_type, write = citing.FORMATS[form]
    headers = {"Content-Disposition": f'{"inline" if form == "txt" else "attachment"}; filename="{name}.{form}"'}
    return HttpResponse(write(one), content_type=content_type, headers=headers)


@login_not_required
@require_safe
@takes()
def claim(request, uid):
    row = editions.claim(uid)
    if row is not None:
        return render(request, "record/claim.html", claim_page.build(row))
    without = editions.without_claim(uid)
    if without is None:
        raise Http404(gettext("No claim has this uid."))
    return render(request, "410.html", {"edition": without, "uid": without.subject_uid, "claim_uid": uid}, status=410)


def _chosen(uid, number):
    """All editions of the incident, newest first, and the one of that number."""
    found = editions.every(uid)
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        raise Http404(gettext("No incident has this uid, or it has no edition of that number."))
    return found, chosen


def _base(request):
    return f"{request.scheme}://{request.get_host()}"


def _moved(uid):
    """301 to the survivor, asked for anew each time: a merge can be undone."""
    response = HttpResponsePermanentRedirect(reverse("incident", args=[uid]))
    response["Cache-Control"] = "no-cache"
    return response


def _latest(uid):
    reading = editions.latest(uid)
    if reading is None:
        raise Http404(gettext("No incident has this uid."))
    return reading
