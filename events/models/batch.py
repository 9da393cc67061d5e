"""Files that were imported and the rows they held, so that a second import adds nothing and a changed row shows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.choices import BatchStatus


class ImportBatch(models.Model):
    dataset = models.CharField(max_length=60)
    dataset_version = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=BatchStatus.pairs(), default=BatchStatus.PLANNED.value)
    report = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-imported_at", "-pk")

    def __str__(self):
        return f"{self.dataset} {self.dataset_version} ({self.file_name})"


class ExternalRecord(models.Model):
    """One row of somebody else's data set as it was read, kept whole."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="records")
    incident = models.ForeignKey(
        "events.Incident", on_delete=models.SET_NULL, null=True, related_name="external_records"
    )
    dataset = models.CharField(max_length=60)
    dataset_version = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=100)
    raw = models.JSONField()
    sha256 = models.CharField(max_length=64)
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("dataset", "external_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dataset", "dataset_version", "external_id", "sha256"),
                name="external_record_once",
                violation_error_message=_("This row of this version was imported already."),
            ),
        )

    def __str__(self):
        return f"{self.dataset} {self.external_id}"
