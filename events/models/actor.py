"""Who acts, claims or suffers: actors, the names they go by, and how they relate."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import (
    SYMMETRIC_RELATIONS,
    ActorKind,
    RelationBasis,
    RelationType,
    Side,
)
from events.models.alias import Alias
from events.models.tracked import Tracked, words_known
from events.models.vague_date import VagueDateField, check_vague_dates, vague_date_constraint


class ActorQuerySet(models.QuerySet):
    def current(self):
        """Without those folded into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, text):
        """Actors that go by this name in any spelling or script; several may (“Taliban”), in the order of their names."""
        folded = names.fold(text)
        return self.filter(
            Q(pk__in=ActorAlias.objects.filter(folded=folded).values("actor")) | Q(folded=folded)
        ).order_by("name", "pk")


class Actor(Tracked):
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    short_name = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=ActorKind.pairs())
    side = models.CharField(max_length=24, choices=Side.pairs())
    home_country = models.CharField(max_length=2, blank=True)
    founded = VagueDateField()
    dissolved = VagueDateField()
    description = models.TextField(max_length=4000, blank=True)
    naming_note = models.TextField(max_length=1000, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = (models.Index(fields=("-updated_at",), name="actor_written"),)
        constraints = (
            words_known("actor", kind=ActorKind, side=Side),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="actor_named",
                violation_error_message=_("An actor needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="actor_not_merged_into_itself",
                violation_error_message=_("An actor cannot be folded into itself."),
            ),
            vague_date_constraint("actor", "founded"),
            vague_date_constraint("actor", "dissolved"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actor", args=[self.slug])

    def clean(self):
        check_vague_dates(self, "founded", "dissolved")

    @property
    def label(self):
        """The short name where there is one."""
        return self.short_name or self.name


class ActorAlias(Alias):
    """One more name of an actor. The same text may name several actors: resolving it gives a list, never a silent pick."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        constraints = (
            *Alias.Meta.constraints,
            models.UniqueConstraint(
                fields=("actor", "text", "scheme"),
                name="actor_alias_once",
                violation_error_message=_("This actor has that name already."),
            ),
        )


class ActorRelation(Tracked):
    """subject TYPE object, over a time whose ends may be open. Symmetric types are stored once, lower actor first."""

    subject = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations_out")
    type = models.CharField(max_length=20, choices=RelationType.pairs())
    object = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations_in")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=12, choices=RelationBasis.pairs(), default=RelationBasis.CLAIMED.value)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("subject__name", "type", "object__name", "pk")
        constraints = (
            words_known("actor_relation", type=RelationType, basis=RelationBasis),
            models.CheckConstraint(
                condition=~Q(subject=F("object")),
                name="actor_relation_between_two",
                violation_error_message=_("An actor has no relation to itself."),
            ),
            models.CheckConstraint(
                condition=~Q(type__in=[code.value for code in SYMMETRIC_RELATIONS]) | Q(subject__lt=F("object")),
                name="actor_relation_symmetric_once",
                violation_error_message=_("A mutual relation is stored once, with the older actor first."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="actor_relation_validity_ordered",
                violation_error_message=_("The relation cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=("subject", "type", "object", "valid_from"),
                name="actor_relation_once",
                violation_error_message=_("This relation is in the register already."),
            ),
            models.UniqueConstraint(
                fields=("subject", "type", "object"),
                condition=Q(valid_from__isnull=True),
                name="actor_relation_once_without_beginning",
                violation_error_message=_("This relation is in the register already."),
            ),
        )

    def __str__(self):
        return f"{self.subject} {gettext(RelationType(self.type).label)} {self.object}"
