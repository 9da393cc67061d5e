"""Doors for editors: what a release would hold, freezing it, and what was found to be wrong in one."""

from django.conf import settings
from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events import work
from events.desk.views.doors import confirm, for_editors, form_page, sent
from events.freezing.forms import ErratumForm, FreezeForm
from events.models.edition import Subject
from events.models.release import Release
from events.press import releases
from events.record.releases import comparing, contents


@require_safe
@for_editors
def listing(request):
    """The releases, those whose files are being written, and what the next one would hold."""
    current, last = releases.current(), Release.objects.complete().first()
    counts = comparing.counts_since(last, current)
    context = {
        "next_name": releases.next_name(timezone.now()),
        "incidents": current.filter(subject=Subject.INCIDENT).count(),
        "relations": current.filter(subject=Subject.RELATION).count(),
        "last": last,
        "counts": [(what, label, counts[what]) for what, label in comparing.WORDS.items()],
        "changes_anything": bool(counts.total()),
        "releases": Release.objects.complete()
        .select_related("frozen_by")
        .annotate(file_count=Count("files", distinct=True), errata_count=Count("errata", distinct=True)),
        "unfinished": Release.objects.unfinished(),
        "work": work.state(),
    }
    return render(request, "desk/releases/releases.html", context)


@form_page
@for_editors
def freeze(request):
    """Asks first; then the row is made at once, and the worker writes the files."""
    form = FreezeForm(sent(request), initial={"name": releases.next_name(timezone.now())})
    return confirm(
        request,
        form,
        lambda: _frozen(request, **form.cleaned_data),
        back=reverse("desk-releases"),
        done=gettext("It is frozen. Its files are being written; it is public once they are."),
        title=gettext("Freeze a release"),
        explanation=gettext(
            "All that is public now is kept under this name for good, and can be fetched and cited. A release cannot be "
            "changed or taken back; what turns out to be wrong is said in its errata."
        ),
        button=gettext("Freeze it for good"),
    )


def _frozen(request, name, errata_note):
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    release = releases.freeze(name, by=request.user, site=site, errata_note=errata_note)
    work.soon("events.freezing.jobs.write", release.pk)
    return release


@form_page
@for_editors
def erratum(request, name):
    release = contents.named(name)
    if release is None:
        raise Http404(gettext("There is no release of this name."))
    form = ErratumForm(sent(request))
    return confirm(
        request,
        form,
        lambda: releases.note_erratum(release, form.cleaned_data["text"], by=request.user),
        back=reverse("desk-releases"),
        done=gettext("The note stands on the page of the release."),
        title=gettext("Errata of %(name)s") % {"name": name},
        explanation=gettext("The release stays as it is; this note stands beside it."),
        button=gettext("Publish the note"),
    )
