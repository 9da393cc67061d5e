"""Up to which moment each person of the desk has seen what happened around their work."""

from django.conf import settings
from django.db import models


class DeskVisit(models.Model):
    """`beyond` names what the person saw although it is younger than `seen_until`: part of the digest → primary keys."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_visit")
    seen_until = models.DateTimeField()
    beyond = models.JSONField(default=dict, blank=True)

    def __str__(self):
        return f"{self.person}, {self.seen_until:%Y-%m-%d %H:%M}"
