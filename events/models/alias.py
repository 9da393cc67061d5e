"""One more name of an actor or a place, in any script, possibly for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.choices import AliasKind, AliasScheme
from events.models.tracked import words_known


class Alias(models.Model):
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    language = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=AliasKind.pairs())
    scheme = models.CharField(max_length=12, choices=AliasScheme.pairs(), blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("text", "pk")
        constraints = (
            words_known("%(class)s", ("scheme",), kind=AliasKind, scheme=AliasScheme),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_validity_ordered",
                violation_error_message=_("The name cannot end before it begins."),
            ),
        )

    def __str__(self):
        return self.text
