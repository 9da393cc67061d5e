"""Numbered releases: the list, each one with its files and how to check and cite them, and what differs between two."""

import hashlib
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events.models.release import Release
from events.record.releases import citing, comparing, contents, notes, shelf
from events.record.views.addresses import refused, takes
from events.rules import wording

# Nobody between keeps a copy of what may have to be withheld one day; whoever fetched a file need not fetch it again.
FOR_GOOD = "private, max-age=31536000, immutable"
FOR_NOW = "private, no-cache"
LONGEST_PAGE = 6  # digits
PIECE = 2**16  # bytes sent at once


@login_not_required
@require_safe
@takes()
def listing(request):
    rows = [{"release": one, "totals": totals, "previous": previous} for one, totals, previous in contents.listed()]
    return render(request, "record/releases.html", {"releases": rows})


@login_not_required
@require_safe
@takes()
def release(request, name):
    found = _named(name)
    shelved = shelf.served(found)
    one = citing.reference(found, shelved.sha256)
    context = {
        "release": found,
        "shelved": shelved,
        "files": [(file, notes.WHAT[file.name], shelved.as_frozen[file.name]) for file in shelved.files],
        "totals": (totals := shelved.manifest["totals"]),
        "figures": [
            (label, wording.figure_of(totals[outcome]), totals[outcome]["without_figure"])
            for outcome, label in _outcomes()
        ],
        "licence": notes.LICENCE,
        "errata": found.errata.all(),
        "previous": contents.before(found),
        "citation": citing.plain(one),
        "citation_formats": [(form, label) for form, (label, _, _) in citing.FORMATS.items()],
    }
    return render(request, "record/release.html", context)


@login_not_required
@require_safe
@takes()
def cite(request, name, form):
    found = _named(name)
    _, content_type, write = citing.FORMATS[form]
    headers = {
        "Content-Disposition": f'{"inline" if form == "txt" else "attachment"}; filename="frontier-ledger-{name}.{form}"'
    }
    words = write(citing.reference(found, shelf.served(found).sha256))
    return HttpResponse(words, content_type=content_type, headers=headers)


@login_not_required
@require_safe
@takes()
def file(request, name, file):
    found = _named(name)
    shelved = shelf.served(found)
    try:
        answer = answered(request, found, shelved, file)
    except shelf.Unlike:
        context = {"release": found, "file": file, "product": settings.PRODUCT}
        return render(request, "record/release_file_gone.html", context, status=HTTPStatus.GONE)
    if answer is None:
        raise Http404(gettext("This release has no file of that name."))
    return answer


def answered(request, found, shelved, name):
    """The response with a file of a release; None if it has no such file. Raises shelf.Unlike."""
    cached = FOR_NOW if shelved.is_redacted else FOR_GOOD
    wanted = shelved.find(name)
    if wanted is None and name != shelf.SUMS:
        return None
    etag = quote_etag(wanted.sha256 if wanted else hashlib.sha256(shelved.sums.encode()).hexdigest())
    # The bare name, so that SHA256SUMS finds it where the browser puts it.
    headers = {"Cache-Control": cached, "ETag": etag, "Content-Disposition": f'attachment; filename="{name}"'}
    if early := get_conditional_response(request, etag=etag):
        early["Cache-Control"], early["ETag"], early["Vary"] = cached, etag, "Accept-Encoding"
        return early
    if wanted is None:
        return HttpResponse(shelved.sums, content_type=notes.media_type(name), headers=headers)
    there = shelf.path(found, shelved, name)
    headers["Content-Length"] = str(wanted.bytes)
    return StreamingHttpResponse(_pieces(there), content_type=notes.media_type(name), headers=headers)


def _pieces(there):
    """The file is opened only once somebody reads it."""
    with there.open("rb") as stored:
        while piece := stored.read(PIECE):
            yield piece


@login_not_required
@require_safe
@takes("since", "page")
def differences(request, name):
    """What differs from an earlier release: the one before, unless `since` names another."""
    found = _named(name)
    since, page = request.GET.get("since"), request.GET.get("page", "1")
    earlier = contents.named(since) if since else contents.before(found)
    if since and (earlier is None or earlier.pk >= found.pk):
        said = gettext("since: “%(since)s” is no release before %(name)s; leave it out for the one just before.")
        return refused(request, [said % {"since": since[:40], "name": name}])
    if earlier is None:
        raise Http404(gettext("This is the first release; there is none to compare it with."))
    is_number = page.isascii() and page.isdecimal() and len(page) <= LONGEST_PAGE
    compared = comparing.compare(earlier, found, int(page)) if is_number else None
    if compared is None:
        said = gettext("page: “%(page)s” is no page of this list; begin with 1, or leave it out.")
        return refused(request, [said % {"page": page[:40]}])
    context = {
        "release": found,
        "earlier": earlier,
        "compared": compared,
        "counts": [(what, label, compared.counts[what]) for what, label in comparing.WORDS.items()],
        "totals": _both(*(shelf.served(one).manifest["totals"] for one in (earlier, found))),
        "others": Release.objects.complete().filter(pk__lt=found.pk),
    }
    return render(request, "record/release_differences.html", context)


def _both(before, after):
    """[(label, value before, value after)] as words."""
    counts = [(_labels()[name], f"{before[name]:,}", f"{after[name]:,}") for name in _labels()]
    tolls = [(label, *(wording.figure_of(one[outcome]) for one in (before, after))) for outcome, label in _outcomes()]
    return counts + tolls


def _labels():
    return {
        "incidents": gettext("Incidents"),
        "counted": gettext("Incidents that count"),
        "relations": gettext("Relations"),
        "claims": gettext("Claims"),
        "documents": gettext("Documents"),
        "sources": gettext("Sources"),
    }


def _outcomes():
    return (("killed", gettext("People killed")), ("injured", gettext("People injured")))


def _named(name):
    found = contents.named(name)
    if found is None:
        raise Http404(gettext("There is no release of this name."))
    return found
