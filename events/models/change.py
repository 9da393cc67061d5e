"""The trace of every write at the desk. Append-only."""

from django.conf import settings
from django.db import models


class Change(models.Model):
    """One field of one row, before and after, written in the same transaction as the change itself."""

    model = models.CharField(max_length=40)
    object_uid = models.CharField(max_length=8, db_index=True)
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.model} {self.object_uid} {self.field}"
