"""What people of the desk say to each other about an incident or one of its claims. Never public."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models.claim import Claim
from events.models.incident import Incident
from events.models.tracked import Tracked, both_or_none

LONGEST = 4000  # characters of one comment
TOO_LONG = format_lazy(_("A comment has at most {longest} characters; split it in two."), longest=f"{LONGEST:,}")


class CommentQuerySet(models.QuerySet):
    def with_people(self):
        """What showing a comment touches, in a constant number of queries."""
        return self.select_related("created_by", "resolved_by", "claim__claimant").prefetch_related("mentions")

    def unresolved(self):
        return self.filter(resolved_at__isnull=True)

    def counted(self):
        """Dict: how many there are, and how many of them are resolved."""
        return self.aggregate(total=Count("pk"), resolved=Count("pk", filter=Q(resolved_at__isnull=False)))


class Comment(Tracked):
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="comments")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    text = models.TextField(
        error_messages={"blank": _("Write the comment first.")},
        validators=[
            MaxLengthValidator(
                LONGEST,
                format_lazy(_("A comment has at most {longest} characters; split it in two."), longest=f"{LONGEST:,}"),
            )
        ],
    )
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, editable=False)
    rewritten_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_says_something",
                violation_error_message=_("Write the comment first."),
            ),
            models.CheckConstraint(
                condition=both_or_none("resolved_at", "resolved_by"),
                name="comment_resolution_whole",
                violation_error_message=_("A resolved comment says who resolved it and when."),
            ),
        )

    def __str__(self):
        return f"{self.created_by}: {self.text[:60]}"

    def clean(self):
        if self.claim is not None and self.incident_id not in (
            self.claim.incident_id,
            self.claim.link.from_incident_id if self.claim.link else None,
        ):
            raise ValidationError(
                {"claim": gettext("This claim is not one of this incident; choose one of its own, or none.")}
            )

    @property
    def is_resolved(self):
        return self.resolved_at is not None
