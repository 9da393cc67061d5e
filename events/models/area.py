"""The outline of a place, as somebody published it: to find what lies in it, and to draw it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.location import Location


class AreaQuerySet(models.QuerySet):
    def around(self, latitude, longitude):
        """Areas whose box holds the point; whether the outline does is asked of the outline."""
        return self.filter(west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude)


class LocationArea(models.Model):
    """`outline` is a GeoJSON MultiPolygon in full, `drawn` the same with fewer points; both are text, read when needed."""

    location = models.OneToOneField(Location, on_delete=models.CASCADE, primary_key=True, related_name="area")
    outline = models.TextField()
    drawn = models.TextField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    sha256 = models.CharField(max_length=64)  # of the outline
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    loaded_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ("location",)
        indexes = (models.Index(fields=("west", "east", "south", "north"), name="area_box"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(west__lte=F("east"), south__lte=F("north")),
                name="area_box_ordered",
                violation_error_message=_("The box of an outline runs from west to east and from south to north."),
            ),
        )

    def __str__(self):
        return str(self.location)
