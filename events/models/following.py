"""What people follow: the selections that they saved, the address for letters, and what was or is to be delivered.

Private to one person each. They say nothing about the ledger, so nothing that happens to them leaves Change rows.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events import uids
from events.choices import DeliveryState, Telling
from events.models.tracked import words_known

BY_MAIL = (Telling.DAILY, Telling.WEEKLY)


class SavedSelectionQuerySet(models.QuerySet):
    def told_by(self, *ways):
        """Those whose person wants to be told in one of these ways, and can be: neither paused nor of a closed account."""
        return self.filter(tell__in=ways, paused_at=None, person__is_active=True)


class SavedSelection(models.Model):
    """A query string of the timeline under a name. `seen_sequence` and `told_sequence` are positions among the editions.

    What fits it, or did, is noted in `followed`, so that what leaves it is told too; not while it is too wide for that.
    """

    uid = models.CharField(max_length=8, unique=True, editable=False, default=uids.new)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_selections")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_sequence = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField()
    tell = models.CharField(max_length=8, choices=Telling.pairs(), default=Telling.NO.value)
    told_sequence = models.PositiveBigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    is_wide = models.BooleanField(default=False)
    target = models.URLField(max_length=500, blank=True)
    nonce = models.CharField(max_length=64, blank=True)  # the secret of the webhook is made of it and of SECRET_KEY
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_note = models.CharField(max_length=300, blank=True)

    objects = SavedSelectionQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            words_known("saved_selection", tell=Telling),
            models.UniqueConstraint(
                fields=("person", "name"),
                name="saved_selection_name_once",
                violation_error_message=_("You saved a selection under this name already; choose another one."),
            ),
            models.CheckConstraint(
                condition=~Q(tell=Telling.WEBHOOK.value) | (~Q(target="") & ~Q(nonce="")),
                name="saved_selection_webhook_has_target",
                violation_error_message=_("Give the address that the webhook calls."),
            ),
        )

    def __str__(self):
        return self.name


class FollowedIncident(models.Model):
    """An incident that is known to fit a saved selection, or to have fitted it before."""

    saved = models.ForeignKey(SavedSelection, on_delete=models.CASCADE, related_name="followed")
    uid = models.CharField(max_length=8)

    class Meta:
        ordering = ("saved", "uid")
        constraints = (
            models.UniqueConstraint(
                fields=("saved", "uid"),
                name="followed_incident_once",
                violation_error_message=_("This incident is noted for this selection already."),
            ),
        )

    def __str__(self):
        return self.uid


class MailAddress(models.Model):
    """Where one person's letters go. Nothing is sent there but one link, until it was opened and confirmed.

    Of that link only the SHA-256 is kept; "" until it was sent.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_address")
    address = models.EmailField(max_length=254)
    given_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.address


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=DeliveryState.WAITING)

    def undelivered(self):
        """What was to tell something and has not told it, be it waiting or given up; its body is kept for that long."""
        return self.filter(is_test=False).exclude(state=DeliveryState.DONE)


class Delivery(models.Model):
    """One letter or one call, kept whole until it is delivered, so that a repetition is the same to the byte.

    It tells the editions above `after_sequence` up to `up_to_sequence`. Of a try, `status` is the HTTP status of the
    answer, None when there was none. While it waits, nobody tries it before `next_try_at`.
    """

    uid = models.CharField(max_length=8, unique=True, editable=False, default=uids.new)
    saved = models.ForeignKey(SavedSelection, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=8, choices=Telling.pairs())
    is_test = models.BooleanField(default=False)
    after_sequence = models.PositiveBigIntegerField()
    up_to_sequence = models.PositiveBigIntegerField()
    editions = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=DeliveryState.pairs(), default=DeliveryState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "next_try_at"), name="delivery_due"),)
        constraints = (
            words_known("delivery", way=Telling, state=DeliveryState),
            models.UniqueConstraint(
                fields=("saved", "up_to_sequence"),
                condition=Q(is_test=False),
                name="delivery_once",
                violation_error_message=_("These editions were told already."),
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING.value, finished_at__isnull=True)
                | (~Q(state=DeliveryState.WAITING.value) & Q(finished_at__isnull=False)),
                name="delivery_finished_or_waiting",
                violation_error_message=_("A delivery waits, or says when it was finished."),
            ),
        )

    def __str__(self):
        return f"{self.saved}, up to {self.up_to_sequence}"
