"""Who has an incident open at the desk just now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """One person at one incident: since when without a break, and when last heard of."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    incident = models.ForeignKey("events.Incident", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "incident"),
                name="presence_once",
                violation_error_message=_("This person is noted at this incident already."),
            ),
        )

    def __str__(self):
        return f"{self.person} at {self.incident}"
