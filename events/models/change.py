"""The trace of every write at the desk. Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from events.models.tracked import where_set


class Change(models.Model):
    """One field of one row, before and after, written in the same transaction as the change itself.

    Rows of one write share `at` to the microsecond: together they are one act.
    """

    model = models.CharField(max_length=40)
    object_uid = models.CharField(max_length=8, db_index=True)
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The key of the API by which the person acted; null for the pages.
    key = models.ForeignKey(
        "events.ApiKey", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            *where_set("change", "key"),
            models.Index(fields=("model", "field"), name="change_model_field"),
        )

    def __str__(self):
        return f"{self.model} {self.object_uid} {self.field}"
