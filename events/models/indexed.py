"""What the index keeps of an incident, whichever of its editions a row is made from."""

from django.db import models
from django.urls import reverse

from events import uids
from events.choices import Mapped
from events.models.actor import Actor
from events.models.location import Location


class IndexedIncidentQuerySet(models.QuerySet):
    def newest_first(self):
        """The one order of every public list: day, then uid, so pages neither repeat nor skip (I22)."""
        return self.order_by("-sort_date", "-uid")

    def with_places(self):
        return self.select_related("location", "country", "province", "district", "perpetrator")

    def counted(self):
        """The incidents that statistics count: leaves, no series, nothing merged or withdrawn (R13)."""
        return self.filter(counts_incident=True)


class IndexedIncident(models.Model):
    """Every value that is filtered, sorted, summed or mapped. It follows from one document and the registers alone."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    category = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)

    date_start = models.DateField(null=True)
    date_end = models.DateField(null=True)
    date_precision = models.CharField(max_length=12)
    date_shown = models.CharField(max_length=120)
    time_local = models.CharField(max_length=5, blank=True)  # "03:00" at the place; blank unless somebody says
    time_zone = models.CharField(max_length=40, blank=True)
    utc = models.CharField(max_length=17, blank=True)  # "2024-03-17T22:30Z", from the local time and the zone
    sort_date = models.DateField()  # the first day; the year 1 when no date is known, so that those stand last

    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    country = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    location_precision = models.CharField(max_length=20, blank=True)
    place_shown = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    uncertainty_km = models.FloatField(null=True)
    mapped = models.CharField(max_length=5, default=Mapped.NO.value)
    # Thousandths of a degree east of 180° W and north of 90° S: whole numbers, which every database groups alike.
    map_x = models.PositiveIntegerField(null=True)
    map_y = models.PositiveIntegerField(null=True)

    occurrence = models.CharField(max_length=16)
    is_denied = models.BooleanField()
    attribution = models.CharField(max_length=16)
    perpetrator = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="+")
    is_contested = models.BooleanField()
    contested_aspects = models.CharField(max_length=200, blank=True)  # "|date|target_nature|", in the order of the list
    harm_grade = models.CharField(max_length=16)
    is_cross_border = models.BooleanField()
    escalation = models.PositiveSmallIntegerField(null=True)

    killed_low = models.PositiveIntegerField(null=True)
    killed_best = models.PositiveIntegerField(null=True)
    killed_high = models.PositiveIntegerField(null=True)
    killed_open = models.BooleanField(default=False)
    killed_civilian_low = models.PositiveIntegerField(null=True)
    killed_civilian_best = models.PositiveIntegerField(null=True)
    killed_civilian_high = models.PositiveIntegerField(null=True)
    killed_civilian_open = models.BooleanField(default=False)
    killed_excluding_perpetrators_low = models.PositiveIntegerField(null=True)
    killed_excluding_perpetrators_best = models.PositiveIntegerField(null=True)
    killed_excluding_perpetrators_high = models.PositiveIntegerField(null=True)
    killed_excluding_perpetrators_open = models.BooleanField(default=False)
    injured_low = models.PositiveIntegerField(null=True)
    injured_best = models.PositiveIntegerField(null=True)
    injured_high = models.PositiveIntegerField(null=True)
    injured_open = models.BooleanField(default=False)

    claims_count = models.PositiveIntegerField()
    documents_count = models.PositiveIntegerField()
    sources_count = models.PositiveIntegerField()
    part_of_uid = models.CharField(max_length=8, blank=True)  # as its own edition has it
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()

    objects = IndexedIncidentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("incident", args=[self.uid])

    @property
    def shown_uid(self):
        return uids.shown(self.uid)

    @property
    def contested(self):
        """Codes of the contested aspects, in the order of the list."""
        return [code for code in self.contested_aspects.split("|") if code]
