"""The atom: one claimant says one thing, as documented in at least one source."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import (
    PARTS_OF,
    VALUE_COLUMN,
    Aspect,
    Attribution,
    Credibility,
    FirstHand,
    Hedge,
    Kind,
    Part,
    Relay,
    Reliability,
    ReviewDecision,
    Scope,
    SpeechAct,
    Stance,
    TargetNature,
    Verdict,
)
from events.models.actor import Actor, ActorRelation
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.models.source import Document
from events.models.tracked import Tracked, where_set, words_known
from events.models.vague_date import VagueDateField, check_vague_dates, vague_date_constraint


def _aspects_with(column):
    return [aspect.value for aspect, needed in VALUE_COLUMN.items() if needed == column]


def _value_fits(column, *, empty, filled):
    """Q: the column is filled for the aspects that need it, and empty for all others."""
    return Q(filled, aspect__in=_aspects_with(column)) | Q(empty, ~Q(aspect__in=_aspects_with(column)))


class ClaimQuerySet(models.QuerySet):
    def with_everything(self):
        """What showing or judging a claim touches, in a constant number of queries.

        The captured texts stay in the database: one may be longer than everything else on a page.
        """
        papers = Document.objects.without_text().select_related("source")
        return self.select_related(
            "claimant", "value_actor", "value_location", "supersedes", "created_by", "decided_by"
        ).prefetch_related("lines__party", models.Prefetch("citations__document", queryset=papers))

    def undecided(self):
        return self.filter(verdict=Verdict.PENDING)

    def accepted(self):
        return self.filter(verdict=Verdict.ACCEPTED)

    def standing(self):
        """All that may still count: neither rejected nor retracted. The lints read them as if accepted."""
        return self.exclude(verdict=Verdict.REJECTED).filter(retracted_at__isnull=True)


class Claim(Tracked):
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    relation = models.ForeignKey(
        ActorRelation, on_delete=models.PROTECT, null=True, blank=True, related_name="claims", db_index=False
    )
    link = models.ForeignKey(
        IncidentLink, on_delete=models.PROTECT, null=True, blank=True, related_name="claims", db_index=False
    )
    position = models.PositiveIntegerField(default=0)

    aspect = models.CharField(max_length=16, choices=Aspect.pairs())
    stance = models.CharField(max_length=8, choices=Stance.pairs(), default=Stance.ASSERTS.value)
    claimant = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_made")
    claimant_text = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=20, choices=Attribution.pairs(), default=Attribution.NAMED.value)
    first_hand = models.CharField(max_length=12, choices=FirstHand.pairs(), default=FirstHand.UNKNOWN.value)
    speech_act = models.CharField(max_length=24, choices=SpeechAct.pairs(), default=SpeechAct.STATEMENT.value)
    hedge = models.CharField(max_length=12, choices=Hedge.pairs(), default=Hedge.NONE.value)
    preliminary = models.BooleanField(default=False)
    asserted = VagueDateField()

    part = models.CharField(max_length=12, choices=Part.pairs(), blank=True)
    value_actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in", db_index=False
    )
    value_location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in", db_index=False
    )
    value_date = VagueDateField(with_time=True)
    value_code = models.CharField(max_length=24, blank=True)
    value_text = models.TextField(max_length=1000, blank=True)
    scope = models.CharField(max_length=16, choices=Scope.pairs(), default=Scope.WHOLE_INCIDENT.value)
    exhaustive = models.BooleanField(default=False)

    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", db_index=False
    )
    retracted_at = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict.pairs(), default=Verdict.PENDING.value, editable=False)
    credibility = models.PositiveSmallIntegerField(
        choices=list(Credibility.LABELS.items()), default=Credibility.UNKNOWN, editable=False
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
    )  # who rewrote it last, if not its author: they cannot decide it either
    rewriters = models.JSONField(default=list, blank=True, editable=False)  # primary keys of all who ever rewrote it
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes = (
            *where_set(
                "claim", "relation", "link", "value_actor", "value_location", "supersedes", "edited_by", "decided_by"
            ),
            models.Index(fields=("verdict", "incident"), name="claim_verdict_incident"),
        )
        constraints = (
            words_known(
                "claim",
                aspect=Aspect,
                stance=Stance,
                attribution=Attribution,
                first_hand=FirstHand,
                speech_act=SpeechAct,
                hedge=Hedge,
                scope=Scope,
                verdict=Verdict,
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False, relation__isnull=True, link__isnull=True)
                & ~Q(aspect__in=["relation", "link"])
                | Q(incident__isnull=True, relation__isnull=False, link__isnull=True, aspect="relation")
                | Q(incident__isnull=True, relation__isnull=True, link__isnull=False, aspect="link"),
                name="claim_one_subject",
                violation_error_message=_(
                    "A claim is about exactly one incident, relation or link, and its aspect fits that."
                ),
            ),
            models.CheckConstraint(
                condition=Q(claimant__isnull=False) | ~Q(claimant_text=""),
                name="claim_has_claimant",
                violation_error_message=_("Say who claims it: an actor, or the words the document uses for them."),
            ),
            models.CheckConstraint(
                condition=_value_fits(
                    "value_actor", empty=Q(value_actor__isnull=True), filled=Q(value_actor__isnull=False)
                ),
                name="claim_actor_fits_aspect",
                violation_error_message=_(
                    "Name the actor for claims about who did it or at whom it was aimed, else none."
                ),
            ),
            models.CheckConstraint(
                condition=_value_fits(
                    "value_location", empty=Q(value_location__isnull=True), filled=Q(value_location__isnull=False)
                ),
                name="claim_place_fits_aspect",
                violation_error_message=_(
                    "Name the place for claims about the place or the origin, and for no others."
                ),
            ),
            models.CheckConstraint(
                condition=_value_fits(
                    "value_date", empty=Q(value_date_start__isnull=True), filled=Q(value_date_start__isnull=False)
                ),
                name="claim_date_fits_aspect",
                violation_error_message=_("Give the date for claims about the date, and for no others."),
            ),
            models.CheckConstraint(
                condition=Q(aspect="kind", value_code__in=Kind.codes())
                | Q(aspect="target_nature", value_code__in=TargetNature.codes())
                | (~Q(aspect__in=["kind", "target_nature"]) & Q(value_code="")),
                name="claim_code_fits_aspect",
                violation_error_message=_("Choose the word from the list for claims about the kind or what was hit."),
            ),
            models.CheckConstraint(
                condition=~Q(aspect__in=_aspects_with("value_text")) | ~Q(value_text=""),
                name="claim_text_fits_aspect",
                violation_error_message=_("Say in words what is claimed about this aspect."),
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(aspect=aspect.value, part__in=[part.value for part in parts])
                        for aspect, parts in PARTS_OF.items()
                    ),
                    ~Q(aspect__in=[aspect.value for aspect in PARTS_OF]) & Q(part=""),
                    _connector=Q.OR,
                ),
                name="claim_part_fits_aspect",
                violation_error_message=_("Say which part the named actor had; other claims name no part."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(verdict__in=["accepted", "rejected", "needs_changes"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("created_by"))
                    & (Q(edited_by__isnull=True) | ~Q(decided_by=F("edited_by")))
                ),
                name="claim_decided_by_another",
                violation_error_message=_("A claim is decided by somebody who did not write it."),
            ),
            models.CheckConstraint(
                condition=Q(credibility__gte=1, credibility__lte=6),
                name="claim_credibility_graded",
                violation_error_message=_("Credibility is a grade from 1 to 6."),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("pk")),
                name="claim_not_superseding_itself",
                violation_error_message=_("A claim cannot supersede itself."),
            ),
            vague_date_constraint("claim", "asserted"),
            vague_date_constraint("claim", "value_date"),
        )

    def __str__(self):
        return f"{self.who} {gettext(self.get_stance_display())}: {gettext(self.get_aspect_display())}"

    def clean(self):
        check_vague_dates(self, "asserted", "value_date")

    @property
    def who(self):
        return self.claimant_text or (str(self.claimant) if self.claimant else "")

    @property
    def credibility_label(self):
        return Credibility.LABELS[self.credibility]

    @property
    def code_label(self):
        words = {"kind": Kind, "target_nature": TargetNature}.get(self.aspect)
        return words.label_of(self.value_code) if words else ""

    @property
    def authors(self):
        """Primary keys of everybody who wrote or rewrote it."""
        return {self.created_by_id, *self.rewriters}

    def is_by_claimant_of(self, other):
        """Whether both claims are made by the same actor, or by somebody named in the same words."""
        if self.claimant_id or other.claimant_id:
            return self.claimant_id == other.claimant_id
        return names.fold(self.claimant_text) == names.fold(other.claimant_text)

    @property
    def subject(self):
        return self.incident or self.relation or self.link


class Citation(models.Model):
    """Where a claim is documented, in the document's own words."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField(default=0)
    excerpt = models.CharField(max_length=500, blank=True)
    excerpt_language = models.CharField(max_length=20, blank=True)
    translation = models.CharField(max_length=1000, blank=True)
    locator = models.CharField(max_length=60, blank=True)
    relay = models.CharField(max_length=10, choices=Relay.pairs(), default=Relay.RELAYS.value)
    reliability_at_review = models.CharField(max_length=1, choices=Reliability.pairs(), blank=True, editable=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            words_known("citation", ("reliability_at_review",), relay=Relay, reliability_at_review=Reliability),
            models.UniqueConstraint(
                fields=("claim", "document", "excerpt"),
                name="citation_once",
                violation_error_message=_("This claim cites these words of this document already."),
            ),
        )

    def __str__(self):
        return f"{self.document}: “{self.excerpt}”"


class Review(models.Model):
    """What an editor decided on a claim or an incident, and why. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16)
    credibility = models.PositiveSmallIntegerField(null=True, blank=True)
    rationale = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            words_known("review", decision=ReviewDecision),
            models.CheckConstraint(
                condition=Q(claim__isnull=True, incident__isnull=False) | Q(claim__isnull=False, incident__isnull=True),
                name="review_of_one",
                violation_error_message=_("A review is of one claim or of one incident."),
            ),
            models.CheckConstraint(
                condition=Q(decision="accepted") | ~Q(rationale=""),
                name="review_gives_reason",
                violation_error_message=_("Give the reason: only a plain acceptance goes without."),
            ),
        )

    def __str__(self):
        return f"{self.decision} by {self.reviewer}"
