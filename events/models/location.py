"""Where: places in one tree, with the names they go by."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import LEVEL_RANK, CoordinateBasis, LocationLevel
from events.models.alias import Alias
from events.models.tracked import Tracked, words_known


class LocationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(merged_into__isnull=True)

    def named(self, text):
        """Places that go by this name in any spelling or script, coarse levels and big places first."""
        folded = names.fold(text)
        return self.filter(
            Q(pk__in=LocationAlias.objects.filter(folded=folded).values("location")) | Q(folded=folded)
        ).order_by(F("population").desc(nulls_last=True), "name", "pk")

    def with_ancestors(self):
        return self.select_related("country", "province", "district", "parent")


class Location(Tracked):
    """`country`, `province` and `district` are copies of the ancestors (itself included) that the desk's verbs keep."""

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    level = models.CharField(max_length=16, choices=LocationLevel.pairs())
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    country = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    province = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    district = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    iso = models.CharField(max_length=6, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    uncertainty_km = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    coordinate_basis = models.CharField(
        max_length=12, choices=CoordinateBasis.pairs(), default=CoordinateBasis.NONE.value
    )
    time_zone = models.CharField(max_length=40, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    is_capital = models.BooleanField(default=False)
    geonames_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    pcode = models.CharField(max_length=20, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    disputed_note = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = (models.Index(fields=("-updated_at",), name="location_written"),)
        constraints = (
            words_known("location", level=LocationLevel, coordinate_basis=CoordinateBasis),
            models.CheckConstraint(
                condition=~Q(name=""), name="location_named", violation_error_message=_("A place needs a name.")
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, coordinate_basis="none")
                | (
                    Q(latitude__isnull=False, longitude__isnull=False)
                    & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
                    & ~Q(coordinate_basis="none")
                ),
                name="location_coordinates_whole",
                violation_error_message=_(
                    "Coordinates are a latitude (-90 to 90), a longitude (-180 to 180) and what they show, "
                    "or none of the three."
                ),
            ),
            models.CheckConstraint(
                condition=Q(uncertainty_km__isnull=True) | Q(uncertainty_km__gte=0),
                name="location_uncertainty_positive",
                violation_error_message=_("The uncertainty is a distance in kilometres, 0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="location_not_in_itself",
                violation_error_message=_("A place cannot lie in itself."),
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("location", args=[self.slug])

    def clean(self):
        # Levels fall strictly from parent to child, so the tree cannot turn back into itself (I7).
        if self.parent and LEVEL_RANK[self.parent.level] >= LEVEL_RANK.get(self.level, -1):
            raise ValidationError(
                {
                    "parent": gettext("%(parent)s is not of a coarser level, so %(place)s cannot lie in it.")
                    % {"parent": self.parent.name, "place": self.name}
                }
            )

    @property
    def within(self):
        """Names of what the place lies in, fine to coarse: "Barmal, Paktika, Afghanistan"; needs `with_ancestors`."""
        above = [place for place in (self.district, self.province, self.country) if place and place.pk != self.pk]
        return ", ".join(dict.fromkeys(place.name for place in above))


class LocationAlias(Alias):
    """One more name of a place, in any script."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="aliases")

    class Meta(Alias.Meta):
        constraints = (
            *Alias.Meta.constraints,
            models.UniqueConstraint(
                fields=("location", "text", "scheme"),
                name="location_alias_once",
                violation_error_message=_("This place has that name already."),
            ),
        )
