"""The editions of a release with their documents, and which of them are withheld by now."""

import orjson
from django.db.models import Exists, OuterRef, Prefetch, Q

from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, Subject
from events.models.release import MANIFEST, Release, ReleaseFile
from events.record import editions

_CHUNK = 200  # documents in memory at a time


def named(name):
    """The public release of this name, or None."""
    return Release.objects.complete().filter(name=name).first()


def before(release):
    """The public release before this one, or None."""
    return Release.objects.complete().filter(pk__lt=release.pk).first()


def listed():
    """[(release, totals of its manifest as frozen, the release before it or None)], the newest first. Three queries."""
    manifests = Prefetch("files", ReleaseFile.objects.filter(name=MANIFEST), to_attr="manifests")
    found = list(Release.objects.complete().prefetch_related(manifests, "errata"))
    totals = [orjson.loads(release.manifests[0].words)["totals"] for release in found]
    return list(zip(found, totals, [*found[1:], None], strict=True)) if found else []


def manifest_hashes(releases):
    """Primary key → SHA-256 of the manifest as it was frozen. One query."""
    return dict(ReleaseFile.objects.filter(release__in=releases, name=MANIFEST).values_list("release", "sha256"))


def hidden(release):
    """Primary keys of the editions that may no longer be shown, because a later one protects somebody's privacy.

    Two queries, and one per step of the longest way of merges; nearly always one, as there are none.
    """
    later = Edition.objects.filter(
        Q(reason=EditionReason.PRIVACY) | Q(kind=EditionKind.MERGED),
        subject=OuterRef("subject"),
        subject_uid=OuterRef("subject_uid"),
        number__gt=OuterRef("number"),
    )
    doubtful = {
        (one.subject, one.subject_uid): one
        for one in Edition.objects.filter(Exists(later), releases=release).order_by("pk")
    }
    if not doubtful:
        return frozenset()
    histories = {}
    for edition in Edition.objects.filter(subject_uid__in={uid for _, uid in doubtful}).order_by("pk"):
        if (key := (edition.subject, edition.subject_uid)) in doubtful:
            histories.setdefault(key, []).append(edition)
    below = editions.withheld_below_each(histories)
    return frozenset(one.pk for key, one in doubtful.items() if one.number < below[key])


def read(release, without=frozenset()):
    """Editions with their documents, in the order in which they were published, a few hundred at a time."""
    chosen = Edition.objects.filter(releases=release).select_related("document").order_by("pk")
    return (edition for edition in chosen.iterator(chunk_size=_CHUNK) if edition.pk not in without)


def first_published():
    """uid → when the first edition of the incident appeared. One query."""
    firsts = Edition.objects.filter(subject=Subject.INCIDENT, kind=EditionKind.PUBLISHED)
    return dict(firsts.order_by("-number").values_list("subject_uid", "published_at"))
