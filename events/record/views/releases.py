"""Numbered releases: the list, each one with its files and how to check and cite them, and what differs between two."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events.models.release import Release
from events.record.releases import citing, comparing, contents, notes, shelf
from events.record.views.addresses import refused, takes

# Nobody between keeps a copy of what may have to be withheld one day; whoever fetched a file need not fetch it again.
FOR_GOOD = "private, max-age=31536000, immutable"
FOR_NOW = "private, no-cache"
LONGEST_PAGE = 6  # digits


@login_not_required
@require_safe
@takes()
def listing(request):
    return render(request, "record/releases.html", {"releases": Release.objects.complete().prefetch_related("files")})


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
        "totals": shelved.manifest["totals"],
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
    answer = answered(request, found, shelved, file)
    if answer is None:
        raise Http404(gettext("This release has no file of that name."))
    return answer


def answered(request, found, shelved, name):
    """The response with a file of a release; None if it has no such file. Raises shelf.Unlike."""
    cached = FOR_NOW if shelved.is_redacted else FOR_GOOD
    disposition = f'attachment; filename="frontier-ledger-{found.name}-{name}"'
    headers = {"Cache-Control": cached, "Content-Disposition": disposition, "Content-Type": notes.media_type(name)}
    if name == shelf.SUMS:
        return HttpResponse(shelved.sums, headers=headers | {"Content-Disposition": f'attachment; filename="{name}"'})
    wanted = shelved.find(name)
    if wanted is None:
        return None
    etag = quote_etag(wanted.sha256)
    if early := get_conditional_response(request, etag=etag):
        early["Cache-Control"] = cached
        return early
    there = shelf.path(found, shelved, name)
    return FileResponse(there.open("rb"), headers=headers | {"ETag": etag})


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
    return {name: (before[name], after[name]) for name in after}


def _named(name):
    found = contents.named(name)
    if found is None:
        raise Http404(gettext("There is no release of this name."))
    return found
