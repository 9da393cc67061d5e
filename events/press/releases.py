"""Numbered releases: the latest public editions under one name, for good. Made here; read and written out by the record.

Freezing is short, however large the record is: it notes which editions belong to it. The files follow from them, are
written afterwards (`record/releases/`) and listed by `list_files`; with that the release is public.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from events import access, names
from events.choices import EditionKind
from events.models.edition import Edition
from events.models.release import Release, ReleaseErratum, ReleaseFile
from events.press import traces
from events.rules.derive import RULESET

LONGEST_ERRATUM = 4000
_NAME = re.compile(r"(2\d{3})\.([1-9]\d{0,3})", re.ASCII)
_SITE = re.compile(r"https?://[^/\s?#]+", re.ASCII)
_AT_ONCE = 1000  # editions noted by one statement


def next_name(now):
    """The name of the next release: “2026.1”, the year and a number that begins anew with it."""
    numbers = [int(name.partition(".")[2]) for name in _names(now.year)]
    return f"{now.year}.{max(numbers, default=0) + 1}"


def current():
    """The latest public editions of incidents and relations, in the order in which they were published."""
    return Edition.objects.latest_of_each().filter(kind=EditionKind.PUBLISHED)


@transaction.atomic
def freeze(name, *, by, site, errata_note=""):
    """Make the release of what is public now. `site` is scheme and host under which its files give addresses.

    `errata_note` says what is already known to be wrong in it, if anything.
    """
    access.require_judge(by)
    now = timezone.now()
    _check_name(name, now)
    _check_site(site)
    frozen = list(current().values_list("pk", flat=True))
    _check_content(frozen)
    release = Release(name=name, frozen_at=now, frozen_by=by, ruleset=RULESET, site=site, product=settings.PRODUCT)
    release.full_clean(exclude=["frozen_by"])
    release.save(force_insert=True)
    through = Release.editions.through
    through.objects.bulk_create((through(release_id=release.pk, edition_id=pk) for pk in frozen), batch_size=_AT_ONCE)
    traces.created(release, by=by, editions=len(frozen))
    if errata_note.strip():
        note_erratum(release, errata_note, by=by)
    return release


@transaction.atomic
def list_files(release, made, *, by):
    """Keep names and hashes of the files that were written, in their order, the manifest last; then it is public.

    `made` have name, sha256, bytes, rows and words. Listed once: whoever comes second changes nothing.
    """
    access.require_judge(by)
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not release.files.exists():
        ReleaseFile.objects.bulk_create(
            ReleaseFile(
                release=release,
                position=position,
                **{column: getattr(one, column) for column in ("name", "sha256", "bytes", "rows", "words")},
            )
            for position, one in enumerate(made)
        )
    return release


@transaction.atomic
def note_erratum(release, text, *, by):
    """Say in public what is wrong in a release. It is appended; nothing said before is changed or taken back."""
    access.require_judge(by)
    erratum = ReleaseErratum(release=release, text=names.clean(text), noted_at=timezone.now(), noted_by=by)
    if not erratum.text:
        raise ValidationError(
            {"text": gettext("Say what was found to be wrong, in a sentence that readers understand.")}
        )
    if len(erratum.text) > LONGEST_ERRATUM:
        raise ValidationError({"text": gettext("The note is too long; 4,000 characters are the most.")})
    erratum.full_clean(exclude=["noted_by"])
    erratum.save(force_insert=True)
    traces.created(erratum, by=by)
    return erratum


def _names(year):
    return Release.objects.filter(name__startswith=f"{year}.").values_list("name", flat=True)


def _check_name(name, now):
    wanted = next_name(now)
    if not _NAME.fullmatch(name):
        said = gettext("“%(name)s” is no name of a release; it is a year, a point and a number, now %(wanted)s.")
    elif Release.objects.filter(name=name).exists():
        said = gettext("%(name)s was frozen already, and never changes; the next one is %(wanted)s.")
    elif name != wanted:
        said = gettext("%(name)s is not the next release; they are numbered without a gap, so take %(wanted)s.")
    else:
        return
    raise ValidationError({"name": said % {"name": name[:40], "wanted": wanted}})


def _check_site(site):
    if not _SITE.fullmatch(site):
        raise ValidationError(
            gettext("The files give addresses of this site; set SITE_URL, as https://ledger.example.")
        )


def _check_content(frozen):
    if not frozen:
        raise ValidationError(gettext("Nothing is public yet, so there is nothing to freeze."))
    last = Release.objects.first()
    if last is not None and set(last.editions.values_list("pk", flat=True)) == set(frozen):
        said = gettext("Nothing was published since %(name)s, so a new release would be the same.")
        raise ValidationError(said % {"name": last.name})
