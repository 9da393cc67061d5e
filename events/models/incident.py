"""The desk's incidents and the links between them. Nothing here is public; see edition.py for what is."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import (
    KINDS_OF,
    Category,
    IncidentStatus,
    Kind,
    LinkType,
    LocationPrecision,
    Verdict,
)
from events.models.location import Location
from events.models.tracked import Tracked, where_set, words_known
from events.models.vague_date import VagueDateField, check_vague_dates, vague_date_constraint


class IncidentQuerySet(models.QuerySet):
    def live(self):
        """Without those withdrawn or folded into another."""
        return self.exclude(status__in=[IncidentStatus.WITHDRAWN, IncidentStatus.MERGED])

    def mine(self, user):
        """Those this person works on now: kept by them, or written by them and in nobody else's hands."""
        return self.filter(Q(keeper=user) | Q(keeper__isnull=True, created_by=user))

    def with_places(self):
        return self.select_related(
            "location",
            "location__country",
            "location__province",
            "location__district",
            "created_by",
            "keeper",
            "assigned_to",
        )

    def with_claim_counts(self):
        """Adds claims_total, claims_pending and claims_returned, as figures."""

        def counted(**which):
            return models.Count("claims", filter=Q(**which)) if which else models.Count("claims")

        return self.annotate(
            claims_total=counted(),
            claims_pending=counted(claims__verdict=Verdict.PENDING),
            claims_returned=counted(claims__verdict=Verdict.NEEDS_CHANGES),
        )


class Incident(Tracked):
    """What the editors set: what kind, when, where. Who did it, to whom and with what toll only claims decide."""

    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=4000, blank=True)
    category = models.CharField(max_length=12, choices=Category.pairs())
    kind = models.CharField(max_length=24, choices=Kind.pairs())
    date = VagueDateField(with_time=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    location_precision = models.CharField(max_length=20, choices=LocationPrecision.pairs(), blank=True)
    status = models.CharField(
        max_length=12, choices=IncidentStatus.pairs(), default=IncidentStatus.DRAFT.value, editable=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False, db_index=False
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Who goes on with it in place of its author. Authorship itself never moves: four eyes depend on it.
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    tags = models.JSONField(default=list, blank=True)
    batch = models.ForeignKey(
        "events.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="incidents", editable=False
    )
    entry_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)  # noqa: DJ001 (unique where given)
    entry_mark = models.CharField(max_length=64, blank=True, editable=False)  # SHA-256 of what was sent under the key
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    touched_at = models.DateTimeField(auto_now_add=True, editable=False)  # any change to it or to its claims

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ("-date_start", "-pk")
        indexes = (
            *where_set("incident", "merged_into", "assigned_to", "keeper"),
            models.Index(fields=("status", "touched_at"), name="incident_status_touched"),
            models.Index(fields=("date_start", "kind"), name="incident_day_kind"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(title=""), name="incident_titled", violation_error_message=_("An incident needs a title.")
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(category=category.value, kind__in=[kind.value for kind in kinds])
                        for category, kinds in KINDS_OF.items()
                    ),
                    _connector=Q.OR,
                ),
                name="incident_kind_fits_category",
                violation_error_message=_("This kind does not belong to this category; choose a kind of the category."),
            ),
            words_known("incident", status=IncidentStatus),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="incident_merged_names_survivor",
                violation_error_message=_("A merged incident names the one it was merged into; others name none."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="incident_not_merged_into_itself",
                violation_error_message=_("An incident cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(location__isnull=True, location_precision="")
                | (Q(location__isnull=False) & Q(location_precision__in=LocationPrecision.codes())),
                name="incident_place_with_precision",
                violation_error_message=_(
                    "A place goes with how exactly it is known; without a place there is neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(keeper__isnull=True) | ~Q(keeper=F("created_by")),
                name="incident_keeper_is_another",
                violation_error_message=_("The author works on it without being named; a keeper is somebody else."),
            ),
            vague_date_constraint("incident", "date"),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("desk-incident", args=[self.uid])

    def clean(self):
        check_vague_dates(self, "date")
        if self.title and not names.fold(self.title):
            raise ValidationError({"title": gettext("A title needs letters or digits that can be read.")})

    @property
    def worked_on_by(self):
        """The person who works on it now."""
        return self.keeper or self.created_by

    @property
    def is_open(self):
        return self.status in (IncidentStatus.DRAFT, IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED)


class IncidentLink(Tracked):
    """from TYPE to. Editors set part_of, same_as and follows; the other types stand as far as claims assert them."""

    from_incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_out")
    type = models.CharField(max_length=16, choices=LinkType.pairs())
    to_incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_in")

    class Meta:
        ordering = ("type", "pk")
        constraints = (
            words_known("incident_link", type=LinkType),
            models.CheckConstraint(
                condition=~Q(from_incident=F("to_incident")),
                name="incident_link_between_two",
                violation_error_message=_("An incident cannot be linked to itself."),
            ),
            models.UniqueConstraint(
                fields=("from_incident", "type", "to_incident"),
                name="incident_link_once",
                violation_error_message=_("The two incidents are linked in this way already."),
            ),
            models.UniqueConstraint(
                fields=("from_incident",),
                condition=Q(type="part_of"),
                name="incident_part_of_one",
                violation_error_message=_("An incident is part of at most one other."),
            ),
        )

    def __str__(self):
        return f"{self.from_incident} {gettext(LinkType(self.type).label)} {self.to_incident}"
