"""What somebody is typing at the desk and has not sent yet, kept so that no accident loses it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events import uids


class UnfinishedEntry(models.Model):
    """One form of one person: `typed` maps the names of its inputs to lists of texts.

    It belongs to nobody but that person, is no row of the ledger and leaves no Change rows. Once it is sent, `sent_to`
    holds the address of what came of it and `typed` is empty, so that Back and a second tab find the way there.
    """

    uid = models.CharField(max_length=8, unique=True, editable=False, default=uids.new)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unfinished_entries")
    page = models.CharField(max_length=300)  # path and query of the form
    key = models.CharField(max_length=36)  # made by the page when it was opened
    label = models.CharField(max_length=200, blank=True)
    typed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    sent_to = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "key"),
                name="unfinished_entry_once",
                violation_error_message=_("This page keeps an entry already."),
            ),
            models.CheckConstraint(
                condition=Q(page__startswith="/desk/"),
                name="unfinished_entry_of_the_desk",
                violation_error_message=_("Only pages of the desk keep what is typed."),
            ),
        )

    def __str__(self):
        return self.label or self.page

    @property
    def address(self):
        """The form, filled with what was typed."""
        return f"{self.page}{'&' if '?' in self.page else '?'}resume={self.uid}"
