"""Files that were imported and the rows they held, so that a second import adds nothing and a changed row shows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import BatchStatus, NameKind, RowDecision, RowVerdict
from events.models.actor import Actor
from events.models.location import Location
from events.models.quick_json import QuickJSONField
from events.models.source import Document
from events.models.tracked import where_set, words_known

AT_WORK = tuple(
    status.value
    for status in (
        BatchStatus.PLANNING,
        BatchStatus.COMMITTING,
        BatchStatus.ACCEPTING,
        BatchStatus.PUBLISHING,
        BatchStatus.UNDOING,
    )
)


class ImportBatch(models.Model):
    """One file on its way in. While it is read or committed, `done` of `total` lines or rows are through.

    `total` is 0 where it is not known. `beat_at` is the last sign of whoever works on it: an old one means that they
    were stopped, and that somebody else goes on. `reading` is how the file is read (layout, name, licence); `report`
    holds what was counted; `problems` those of the file as a whole. While its claims are accepted together, or its
    incidents published, `judging` holds the words for each of them, the moment up to which what waits
    is meant, and the row up to which the work is through.
    """

    dataset = models.CharField(max_length=60)
    dataset_name = models.CharField(max_length=200, blank=True)
    dataset_version = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    is_redistributable = models.BooleanField(default=True)
    format = models.CharField(max_length=20, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, db_index=True)
    stored_as = models.CharField(max_length=80, blank=True)  # name in the folder of imports until it is read
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    status = models.CharField(max_length=12, choices=BatchStatus.pairs(), default=BatchStatus.PLANNED.value)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judging = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-imported_at", "-pk")
        constraints = (words_known("import_batch", status=BatchStatus),)

    def __str__(self):
        return f"{self.dataset_name or self.dataset} {self.dataset_version}".strip() + f" ({self.file_name})"

    def get_absolute_url(self):
        return reverse("desk-import", args=[self.pk])

    @property
    def is_at_work(self):
        return self.status in AT_WORK

    @property
    def percent(self):
        """How much of the work is through, 0 to 100, or None where the whole is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def rate(self):
        """Lines or rows in a second, or None before the first."""
        if not (self.started_at and self.beat_at and self.done):
            return None
        return round(self.done / max((self.beat_at - self.started_at).total_seconds(), 0.1))


class ImportRow(models.Model):
    """One row of a file as the plan found it. `content` is what a reader made of it, `raw` its cells
    as they were read, until they are committed.

    `incident` is the one that a commit made of it, or that an earlier import did. `version` is that incident's when this
    import last wrote it, and `claims` how many it had then: by these it is seen whether somebody went on with it.

    `likely` holds what the plan found of the ledger that may be the same event (`desk/importing/likely.py`); people are
    asked about a row that `is_likely`, whoever brought the file only where `is_likely_open`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=10, choices=RowVerdict.pairs())
    problems = QuickJSONField(default=list)
    raw = QuickJSONField(default=list)  # pairs of column and text: PostgreSQL forgets the order of an object
    content = QuickJSONField(default=dict)
    incident = models.ForeignKey(
        "events.Incident", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    document_id = None  # of a row that is being committed
    version = models.PositiveIntegerField(default=0)
    claims = models.PositiveIntegerField(default=0)
    likely = QuickJSONField(default=list)
    is_likely = models.BooleanField(default=False)
    is_likely_open = models.BooleanField(default=False)
    decision = models.CharField(max_length=8, choices=RowDecision.pairs(), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("batch", "number")
        indexes = (
            *where_set("import_row", "incident"),
            models.Index(fields=("batch", "verdict", "number"), name="import_row_verdict"),
            models.Index(fields=("batch", "number"), condition=Q(is_likely=True), name="import_row_likely"),
            models.Index(fields=("external_id",), condition=Q(decided_at__isnull=False), name="import_row_decided"),
        )
        constraints = (
            words_known("import_row", verdict=RowVerdict, decision=RowDecision, may_be_empty=("decision",)),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(~Q(decision=""), decided_by__isnull=False, decided_at__isnull=False),
                name="import_row_decided_by_somebody",
                violation_error_message=_("A decision about a row says who took it, and when."),
            ),
            models.UniqueConstraint(
                fields=("batch", "number"),
                name="import_row_once",
                violation_error_message=_("This row of the file is planned already."),
            ),
        )

    def __str__(self):
        return f"{self.batch_id}: {self.external_id or self.line}"


class ImportName(models.Model):
    """Somebody or some place that a file names and no register knows, listed once for the file.

    `key` tells one from another, `words` is what people see. An editor says which entry is meant, or that nobody is to
    be named; later imports of the same data set remember it.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="names")
    dataset = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=NameKind.pairs())
    key = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_unnamed = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "-rows", "key")
        indexes = (models.Index(fields=("dataset", "kind", "key"), name="import_name_known"),)
        constraints = (
            words_known("import_name", kind=NameKind),
            models.UniqueConstraint(
                fields=("batch", "kind", "key"),
                name="import_name_once",
                violation_error_message=_("This name of the file is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=True, location__isnull=True)
                | Q(kind="actor", location__isnull=True, is_unnamed=False)
                | Q(kind="place", actor__isnull=True, is_unnamed=False),
                name="import_name_means_one",
                violation_error_message=_("A name means one entry of its own register, or nobody."),
            ),
        )

    def __str__(self):
        return self.words.get("name", self.key)


class ExternalRecord(models.Model):
    """One row of somebody else's data set as it was read, kept whole."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="records")
    incident = models.ForeignKey(
        "events.Incident", on_delete=models.SET_NULL, null=True, related_name="external_records"
    )
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    dataset = models.CharField(max_length=60)
    dataset_version = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=100)
    raw = QuickJSONField()
    sha256 = models.CharField(max_length=64)
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("dataset", "external_id", "pk")
        indexes = (models.Index(fields=("dataset", "external_id"), name="external_record_id"),)
        constraints = (
            models.UniqueConstraint(
                fields=("dataset", "dataset_version", "external_id", "sha256"),
                name="external_record_once",
                violation_error_message=_("This row of this version was imported already."),
            ),
        )

    def __str__(self):
        return f"{self.dataset} {self.external_id}"
