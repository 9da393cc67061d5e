"""What is public: numbered editions that never change, and the index made from the latest of each.

Nothing here points to the desk's incidents and claims, only to uids and to the registers, so no query on the public
side can wander into a draft.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events import uids
from events.choices import EditionKind, EditionReason
from events.models.actor import Actor
from events.models.indexed import IndexedIncident
from events.models.source import Source
from events.models.tracked import words_known

BEHIND_CLAIMS = 1000  # the positions of claims about links begin here, behind the incident's own


class Subject(models.TextChoices):
    INCIDENT = "incident", "Incident"
    RELATION = "relation", "Relation between actors"
    ACTOR = "actor", "Actor of the register"
    LOCATION = "location", "Place of the register"
    SOURCE = "source", "Source of the register"


FINDINGS = (Subject.INCIDENT, Subject.RELATION)  # what claims speak of
ENTRIES = (Subject.ACTOR, Subject.LOCATION, Subject.SOURCE)  # what a register says of whom and what those name


class EditionQuerySet(models.QuerySet):
    def of(self, subject, uid):
        """Editions of one incident, relation or entry of a register, newest first."""
        return self.filter(subject=subject, subject_uid=uid).order_by("-number")

    def findings(self):
        """Without those of the entries of the registers."""
        return self.filter(subject__in=FINDINGS)

    def entries(self):
        """Those of the entries of the registers alone."""
        return self.filter(subject__in=ENTRIES)

    def latest_of_each(self):
        """The last edition of every incident and relation, in the order in which they were published."""
        return self.findings()._last()

    def latest_of_entries(self):
        """The last edition of every entry of a register that has some, likewise."""
        return self.entries()._last()

    def _last(self):
        later = self.model.objects.filter(
            subject=models.OuterRef("subject"),
            subject_uid=models.OuterRef("subject_uid"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later)).order_by("pk")


class Edition(models.Model):
    """Append-only. The primary key is the sequence of the record: strictly increasing, without regard to drafts."""

    subject = models.CharField(max_length=8, choices=Subject.choices)
    subject_uid = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EditionKind.pairs())
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=EditionReason.pairs())
    note = models.CharField(max_length=1000, blank=True)
    ruleset = models.PositiveSmallIntegerField()
    merged_into_uid = models.CharField(max_length=8, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            words_known("edition", kind=EditionKind, reason=EditionReason),
            models.UniqueConstraint(
                fields=("subject", "subject_uid", "number"),
                name="edition_number_once",
                violation_error_message=_("This edition exists already; somebody published at the same moment."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="edition_numbered", violation_error_message=_("Editions count from 1.")
            ),
            models.CheckConstraint(
                condition=Q(kind="merged") & ~Q(merged_into_uid="") | ~Q(kind="merged") & Q(merged_into_uid=""),
                name="edition_merged_names_survivor",
                violation_error_message=_("A merged edition names the incident it was merged into."),
            ),
        )

    def __str__(self):
        return f"{uids.shown(self.subject_uid)}, edition {self.number}"


class EditionDocument(models.Model):
    """The bytes of an edition, in a narrow table of their own: canonical JSON, exactly as the API sends it."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, primary_key=True, related_name="document")
    body = models.TextField()

    def __str__(self):
        return str(self.edition)


class PublishedIncident(IndexedIncident):
    """One row per incident whose latest edition is public: every value that is filtered, sorted, summed or mapped."""

    uid = models.CharField(max_length=8, primary_key=True)
    uid_number = models.BigIntegerField(db_index=True)  # by which the word index names it
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    parent_uid = models.CharField(max_length=8, blank=True, db_index=True)  # that, or whose edition lists it as a part
    counts_incident = models.BooleanField(default=False)
    counts_killed = models.BooleanField(default=False)
    counts_injured = models.BooleanField(default=False)

    class Meta:
        ordering = ("-sort_date", "-uid")
        indexes = (
            models.Index(fields=("-sort_date", "-uid"), name="published_newest"),
            models.Index(fields=("kind", "-sort_date", "-uid"), name="published_kind_newest"),
            models.Index(fields=("province", "-sort_date", "-uid"), name="published_province_newest"),
            models.Index(fields=("mapped", "map_x", "map_y"), name="published_map_cell"),
            models.Index(fields=("published_at",), name="published_since"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{figure}_low__isnull": True})
                        | Q(**{f"{figure}_high__isnull": True})
                        | Q(**{f"{figure}_low__lte": F(f"{figure}_high")})
                        for figure in ("killed", "killed_civilian", "killed_excluding_perpetrators", "injured")
                    )
                ),
                name="published_figures_ordered",
                violation_error_message=_("A derived range must run from low to high."),
            ),
        )


class PublishedPart(models.Model):
    """What an operation's edition lists as its parts; a part published earlier may not know of its operation yet."""

    whole = models.ForeignKey(PublishedIncident, on_delete=models.CASCADE, related_name="listed_parts")
    part_uid = models.CharField(max_length=8, db_index=True)

    class Meta:
        ordering = ("whole", "part_uid")

    def __str__(self):
        return f"{self.part_uid} in {self.whole_id}"


class PublishedParticipant(models.Model):
    """An actor in a public incident. Rows that are not direct stand for the bodies above it: "with its factions"."""

    incident = models.ForeignKey(PublishedIncident, on_delete=models.CASCADE, related_name="participants")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="published_parts")
    part = models.CharField(max_length=12)
    is_direct = models.BooleanField()
    sort_date = models.DateField()

    class Meta:
        ordering = ("incident", "part", "actor")
        indexes = (models.Index(fields=("actor", "-sort_date", "incident"), name="participant_actor_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("incident", "actor", "part", "is_direct"),
                name="published_participant_once",
                violation_error_message=_("An actor has a part in an incident once."),
            ),
        )

    def __str__(self):
        return f"{self.actor} ({self.part})"


class PublishedRelation(models.Model):
    """A relation between actors whose latest edition is public."""

    uid = models.CharField(max_length=8, primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="published_relations_out")
    type = models.CharField(max_length=20)
    object = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="published_relations_in")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    basis = models.CharField(max_length=12)
    stands = models.BooleanField(default=True)  # established, or asserted by an eligible claim; else only talked about
    is_contested = models.BooleanField()

    class Meta:
        ordering = ("subject__name", "type", "object__name", "uid")

    def __str__(self):
        return f"{self.subject} {self.type} {self.object}"


class PublishedClaim(models.Model):
    """An accepted claim as the latest edition of its subject shows it."""

    uid = models.CharField(max_length=8, primary_key=True)
    uid_number = models.BigIntegerField(db_index=True)  # by which the word index names it
    incident = models.ForeignKey(PublishedIncident, on_delete=models.CASCADE, null=True, related_name="claims")
    relation = models.ForeignKey(PublishedRelation, on_delete=models.CASCADE, null=True, related_name="claims")
    position = models.PositiveIntegerField()
    sort_date = models.DateField()
    aspect = models.CharField(max_length=16)
    stance = models.CharField(max_length=8)
    speech_act = models.CharField(max_length=24)
    claimant = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="published_claims")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="published_namings")  # as value
    credibility = models.PositiveSmallIntegerField()
    is_eligible = models.BooleanField()
    is_contested = models.BooleanField(default=False)  # stands in a contested pair of the incident's headline
    is_retracted = models.BooleanField(default=False)
    is_superseded = models.BooleanField(default=False)
    body = models.TextField()  # canonical JSON, as in the edition

    class Meta:
        ordering = ("-sort_date", "-uid")
        indexes = (
            models.Index(fields=("-sort_date", "-uid"), name="published_claim_newest"),
            models.Index(fields=("claimant", "-sort_date", "-uid"), name="published_claim_claimant"),
        )

    def __str__(self):
        return self.uid


class DepartedClaim(models.Model):
    """A claim that was public once and is no longer: its uid keeps answering, with what it belonged to (I6)."""

    uid = models.CharField(max_length=8, primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")  # the last one that held it

    class Meta:
        ordering = ("uid",)

    def __str__(self):
        return self.uid


class PublishedCitation(models.Model):
    """Which source documents which public claim."""

    claim = models.ForeignKey(PublishedClaim, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="published_citations")
    document_uid = models.CharField(max_length=8)
    document_title = models.CharField(max_length=300)
    document_url = models.CharField(max_length=1000, blank=True)
    document_date = models.CharField(max_length=120, blank=True)
    relay = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=20, blank=True)  # of the excerpt
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("claim", "position")
        indexes = (
            models.Index(fields=("source", "document_uid"), name="published_citation_source"),
            models.Index(fields=("document_uid", "claim"), name="published_citation_document"),
        )

    def __str__(self):
        return self.document_title


class PublishedLink(models.Model):
    """A link between two incidents, both shown in the record only while both are public."""

    uid = models.CharField(max_length=8, primary_key=True)
    from_incident = models.ForeignKey(PublishedIncident, on_delete=models.CASCADE, related_name="links_out")
    to_uid = models.CharField(max_length=8, db_index=True)
    type = models.CharField(max_length=16)
    standing = models.CharField(max_length=12)  # editorial, asserted, contested

    class Meta:
        ordering = ("type", "uid")

    def __str__(self):
        return f"{self.from_incident} {self.type} {self.to_uid}"
