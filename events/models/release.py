"""Numbered releases: a frozen set of editions under a name such as 2026.1, with the files made of it. Append-only (I18)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.edition import Edition

MANIFEST = "manifest.json"  # listed last: a release that has it is complete, and public


class ReleaseQuerySet(models.QuerySet):
    def complete(self):
        """Those whose files are all listed; only these are public. The newest first."""
        listed = ReleaseFile.objects.filter(release=OuterRef("pk"), name=MANIFEST)
        return self.filter(Exists(listed)).order_by("-pk")

    def unfinished(self):
        """Those that are frozen, and whose files are still to be written. The oldest first."""
        listed = ReleaseFile.objects.filter(release=OuterRef("pk"), name=MANIFEST)
        return self.filter(~Exists(listed)).order_by("pk")


class Release(models.Model):
    """The list of editions is the release; its files follow from it and can be made again."""

    name = models.CharField(max_length=20, unique=True, error_messages={"unique": _("A release of this name exists.")})
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruleset = models.PositiveSmallIntegerField()
    site = models.CharField(max_length=200)  # scheme and host under which the files give addresses
    product = models.CharField(max_length=40)  # which version of the product froze it
    editions = models.ManyToManyField(Edition, related_name="releases")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(site=""),
                name="release_named",
                violation_error_message=_("A release needs a name and the address of the site."),
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("release", args=[self.name])


class ReleaseFile(models.Model):
    """A file of a release as it was frozen. `words` keeps the text of what does not follow from the editions alone."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField(null=True)  # null where the file is no table
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("release", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("release", "name"),
                name="release_file_once",
                violation_error_message=_("A release has one file of each name."),
            ),
        )

    def __str__(self):
        return f"{self.release} {self.name}"


class ReleaseErratum(models.Model):
    """What was found to be wrong in a release after it was frozen. The release stays as it is."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="errata")
    text = models.TextField(max_length=4000)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""), name="erratum_said", violation_error_message=_("Say what was wrong.")
            ),
        )

    def __str__(self):
        return f"{self.release}: {self.text[:60]}"
