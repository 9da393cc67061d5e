"""Numbered releases by API: the list, the manifest of each, its files."""

from http import HTTPStatus

from django.http import Http404
from django.urls import reverse

from events.api import answers, doors, pages, questions
from events.api import schema_releases as schema
from events.api.errors import Problem
from events.models.release import Release
from events.record.releases import contents, shelf
from events.record.views.releases import answered


@schema.releases
@doors.reader
def releases(request):
    """Every numbered release, newest first: when it was frozen, under which rules, the hash of its manifest then."""
    asked = questions.Paging.read(request.query_params)
    found = Release.objects.complete()
    page = pages.by_column(found, asked, "id", descending=True)
    hashes = contents.manifest_hashes(page.rows)
    results = [answers.plain(_row(request, release, hashes[release.pk])) for release in page.rows]
    return answers.listing(request, page, counted=pages.counted(found, asked), selection={}, results=results)


@schema.release
@doors.reader
def release(request, name):
    """The manifest of one release with its errata; the hashes are those of the files as they are served."""
    questions.none(request.query_params)
    found = _named(name)
    shelved = shelf.served(found)
    errata = [{"noted_at": f"{one.noted_at:%Y-%m-%dT%H:%M:%SZ}", "text": one.text} for one in found.errata.all()]
    files = [one | {"url": _file(request, name, one["name"])} for one in shelved.manifest["files"]]
    said = shelved.manifest | {
        "files": files,
        "manifest": {"sha256": shelved.sha256, "url": _file(request, name, "manifest.json")},
        "errata": errata,
    }
    return answers.value(
        request, said, links=[f'<{reverse("release", args=[name])}>; rel="alternate"; type="text/html"']
    )


@schema.file
@doors.in_one_format
def file(request, name, file):
    """One file of a release, byte for byte; its ETag is its SHA-256, so it never has to be fetched twice."""
    questions.none(request.query_params)
    found = _named(name)
    try:
        answer = answered(request._request, found, shelf.served(found), file)
    except shelf.Unlike as unlike:
        raise Problem(
            HTTPStatus.GONE,
            "The copy of this file is missing on this server, and this version of the product makes other bytes of the "
            "same editions, so none is given in its place.",
        ) from unlike
    if answer is None:
        raise Http404
    return answer


def _named(name):
    found = contents.named(name)
    if found is None:
        raise Http404
    return found


def _row(request, release, sha256):
    return {
        "name": release.name,
        "frozen_at": f"{release.frozen_at:%Y-%m-%dT%H:%M:%SZ}",
        "ruleset": release.ruleset,
        "product": release.product,
        "manifest_sha256_as_frozen": sha256,
        "url": request.build_absolute_uri(reverse("api-release", args=[release.name])),
    }


def _file(request, name, file):
    return request.build_absolute_uri(reverse("api-release-file", args=[name, file]))
