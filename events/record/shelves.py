"""On which shelf a question is asked: the record as it is, or as it stood once. The filters are the same on both."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from events.choices import Category
from events.models import known
from events.models.actor import Actor
from events.models.edition import (
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedLink,
    PublishedParticipant,
)
from events.models.held import HeldCitation, HeldClaim, HeldIncident, HeldLink, HeldPart, HeldParticipant
from events.models.location import Location
from events.models.source import Source
from events.models.words import HeldWords, IncidentWords
from events.record import registers
from events.rules import counting


@dataclass(frozen=True)
class Now:
    """The latest editions."""

    named = {}  # the parameters that ask for this state
    text_of_claim = "body"  # from a claim: JSON that is the claim, or holds it

    def incidents(self):
        """All incidents of the shelf, in no order."""
        return PublishedIncident.objects.order_by()

    def participants(self):
        """Rows with `incident` (key of one of the incidents), `actor`, `part`, `is_direct`."""
        return PublishedParticipant.objects.order_by()

    def claims(self):
        """Rows with `incident`, `uid`, `claimant`, `aspect`, `stance`, `speech_act`, `is_eligible`, `position`."""
        return PublishedClaim.objects.filter(incident__isnull=False).order_by()

    def are_here(self):
        """Q over incidents: `claims` are those that belong to the incident."""
        return Q()

    def links(self):
        """Rows with `from_incident`, `to_uid`, `type`, `standing`; the other end may not be on this shelf."""
        return PublishedLink.objects.order_by()

    def said_by(self, actor):
        """Keys of the incidents about which the actor makes a claim."""
        return self.claims().filter(claimant=actor).values("incident")

    def documented_by(self, **source):
        """Keys of the incidents about which a source that meets these conditions documents a claim."""
        cited = PublishedCitation.objects.filter(claim__incident__isnull=False, **_of_source(source))
        return cited.values("claim__incident")

    def holding(self, wanted):
        """Q: the incidents whose texts and names have the words."""
        return Q(uid_number__in=IncidentWords.objects.filter(uid__holds=wanted).values("pk"))

    def counted(self, rows):
        """Those of the incidents that statistics count (R13)."""
        return rows.filter(counts_incident=True)

    def counting(self):
        return self

    def actors(self):
        """The actors that may be named in a question."""
        return registers.actors()

    def locations(self):
        return registers.locations()

    def sources(self):
        return registers.sources()


class Past:
    """What stood at one time, without what is withheld by now.

    Names, sides and what lies in what are those of the registers today, so that the same question finds on every shelf.
    """

    text_of_claim = "incident__edition__document__body"

    def __init__(self, standing, named, *, is_counting=False):
        """`standing` is a Q over HeldIncident, which gives one edition of each incident at most.

        `named` are the parameters that ask for this state. With `is_counting` the incidents have the columns of the
        present that say what counts (R13).
        """
        self._standing, self.named, self._is_counting = standing, named, is_counting

    def counting(self):
        """The same shelf, for statistics."""
        return Past(self._standing, self.named, is_counting=True)

    @property
    def withheld(self):
        """How many editions that stood then are left out, whatever is asked: by filters, nobody learns what they said."""
        return HeldIncident.objects.filter(self._standing, is_withheld=True).count()

    def incidents(self):
        return self._shown().annotate(**{name: self._counts(name) for name in _COUNTS if self._is_counting})

    def participants(self):
        return HeldParticipant.objects.order_by()

    def claims(self):
        return self._belonging(HeldClaim.objects.order_by())

    def are_here(self):
        # Few or none, and a filtered relation takes no subquery.
        elsewhere = HeldClaim.objects.filter(self._is_held_later(), incident__in=self._shown().values("pk"))
        moved = list(elsewhere.order_by().values_list("pk", flat=True))
        return ~Q(claims__in=moved) if moved else Q()

    def links(self):
        return HeldLink.objects.order_by()

    def said_by(self, actor):
        return self.claims().filter(claimant=actor).values("incident")

    def documented_by(self, **source):
        return self._belonging(HeldCitation.objects.filter(**_of_source(source))).values("incident")

    def holding(self, wanted):
        return Q(pk__in=HeldWords.objects.filter(uid__holds=wanted).values("pk"))

    def counted(self, rows):
        if self._is_counting:
            return rows.filter(counts_incident=True)
        return rows.annotate(counts_incident=self._counts("counts_incident")).filter(counts_incident=True)

    def actors(self):
        here = OuterRef("pk")
        return Actor.objects.current().filter(
            Q(pk__in=registers.actors().order_by().values("pk"))
            | Exists(HeldParticipant.objects.filter(actor=here, incident__is_withheld=False))
            | Exists(HeldClaim.objects.filter(claimant=here, incident__is_withheld=False))
        )

    def locations(self):
        return Location.objects.current().filter(known.mentioned_in(HeldIncident.objects.filter(is_withheld=False)))

    def sources(self):
        cited = Exists(HeldCitation.objects.filter(source=OuterRef("pk"), incident__is_withheld=False))
        known = Q(pk__in=registers.sources().order_by().values("pk"))
        return Source.objects.filter(known | cited, merged_into__isnull=True)

    def standing(self, row):
        """The cells of a flat row that say whose part the incident is and what of it counts, among what stood then."""
        known = self._families.get(row["uid"])
        if known is None:
            counts = row["category"] != Category.SERIES
            known = counting.Standing(row["part_of_uid"], counts, counts, counts)
        return {"parent_uid": known.parent, **{name: getattr(known, name) for name in _COUNTS}}

    def _shown(self):
        return HeldIncident.objects.filter(self._standing, is_withheld=False).order_by()

    def _belonging(self, rows):
        """Those of the claims or citations that belong to their edition: a claim is where it was published last."""
        return rows.filter(~self._is_held_later())

    def _is_held_later(self):
        """Exists: a later edition of those that stood has the claim as well."""
        return Exists(
            HeldClaim.objects.filter(
                uid=OuterRef("uid"), incident__gt=OuterRef("incident"), incident__in=self._shown().values("pk")
            )
        )

    def _counts(self, column):
        """An expression for a column of counting.Standing, for any of the incidents."""
        not_counted = [uid for uid, standing in self._families.items() if not getattr(standing, column)]
        return Case(
            When(Q(category=Category.SERIES) | Q(uid__among=not_counted), then=Value(False)), default=Value(True)
        )

    @cached_property
    def _families(self):
        """uid → counting.Standing of every operation and its parts, among what stood. Two queries.

        What counts depends on what else was public, so it cannot be kept with the edition.
        """
        here = self._shown()
        lists = HeldPart.objects.filter(incident__in=here.values("pk"))
        rows = here.filter(
            ~Q(part_of_uid="")
            | Q(uid__in=here.exclude(part_of_uid="").values("part_of_uid"))
            | Q(pk__in=lists.values("incident"))
            | Q(uid__in=lists.values("part_uid"))
        )
        listed = lists.order_by("incident__sort_date", "incident__uid").values_list("part_uid", "incident__uid")
        return counting.standings({row.uid: row for row in rows.defer("summary")}, listed)


NOW = Now()
_COUNTS = ("counts_incident", "counts_killed", "counts_injured")


def _of_source(conditions):
    """Conditions on Source as conditions on rows that have one: `pk=1` → `source__pk=1`."""
    return {f"source__{name}": value for name, value in conditions.items()}


def at_edition(sequence):
    """The Past right after that place in the sequence of the record."""
    is_there = Q(edition__lte=sequence)
    return Past(is_there & (Q(until=None) | Q(until__gt=sequence)), {"edition": sequence})


def at_moment(moment, shown):
    """The Past of all editions published until that moment, itself included; `shown` is how it is written."""
    return Past(Q(published_at__lte=moment) & (Q(until_at=None) | Q(until_at__gt=moment)), {"as_of": shown})


def of_release(release):
    """The Past that a release froze."""
    frozen = release.editions.through.objects.filter(release=release)
    return Past(Q(edition__in=frozen.values("edition")), {"release": release.name})
