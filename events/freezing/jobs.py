"""What the worker calls by name: the files of releases. It asks the rows what is still to be done."""

from events.models.release import Release
from events.press import releases
from events.record.releases import shelf


def every_minute():
    """Write the files of what was frozen, and take away files of which something is withheld since."""
    for pk in Release.objects.unfinished().values_list("pk", flat=True):
        write(pk)
    for release in Release.objects.complete():
        shelf.served(release)


def write(pk):
    """Write and list the files of a release that has none yet; the release, or None if it had them."""
    release = Release.objects.unfinished().select_related("frozen_by").filter(pk=pk).first()
    if release is None:
        return None
    return releases.list_files(release, shelf.fill(release), by=release.frozen_by)
