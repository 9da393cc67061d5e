"""The lines of a claimed toll."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.choices import Demographic, Directness, Outcome, Qualifier, VictimCategory
from events.models.actor import Actor
from events.models.claim import Claim
from events.models.tracked import where_set, words_known
from events.rules import wording


class CasualtyLine(models.Model):
    """One line of a claimed toll. low, best and high are whole persons; empty means not stated, 0 means none."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.pairs())
    category = models.CharField(max_length=16, choices=VictimCategory.pairs())
    party = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    demographic = models.CharField(max_length=10, choices=Demographic.pairs(), default=Demographic.ANY.value)
    directness = models.CharField(max_length=10, choices=Directness.pairs(), default=Directness.DIRECT.value)
    qualifier = models.CharField(max_length=10, choices=Qualifier.pairs(), default=Qualifier.EXACT.value)
    low = models.PositiveIntegerField(null=True, blank=True)
    best = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    open_upper = models.BooleanField(default=False)
    subset_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="subsets", db_index=False
    )

    class Meta:
        ordering = ("position", "pk")
        indexes = tuple(where_set("casualty_line", "party", "subset_of"))
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")),
                    Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")),
                    Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                ),
                name="casualty_line_ordered",
                violation_error_message=_("The lowest number, the best and the highest come in that order."),
            ),
            words_known(
                "casualty_line",
                outcome=Outcome,
                category=VictimCategory,
                demographic=Demographic,
                directness=Directness,
                qualifier=Qualifier,
            ),
            models.CheckConstraint(
                condition=~Q(qualifier="unknown") | Q(low__isnull=True, best__isnull=True, high__isnull=True),
                name="casualty_line_unknown_empty",
                violation_error_message=_("A number that is not said stays empty."),
            ),
            models.CheckConstraint(
                condition=~Q(qualifier="none")
                | Q(low=0, best=0, high=0, low__isnull=False, best__isnull=False, high__isnull=False),
                name="casualty_line_none_is_zero",
                violation_error_message=_("“None” means 0, 0 and 0."),
            ),
            models.CheckConstraint(
                condition=Q(subset_of__isnull=True) | ~Q(subset_of=F("pk")),
                name="casualty_line_not_its_own_subset",
                violation_error_message=_("A line cannot be a subset of itself."),
            ),
        )

    def __str__(self):
        return f"{self.shown} {self.get_outcome_display().lower()}, {self.get_category_display().lower()}"

    @property
    def shown(self):
        """The number as people write it, in English: "7", "7–9", "at least 7", "some", "number not said"."""
        words, numbers = self.worded
        return words % numbers

    @property
    def worded(self):
        """(words with room for the numbers, dict of those numbers): what `shown` puts together, to be translated."""
        return wording.worded(self.qualifier, self.low, self.best, self.high)
