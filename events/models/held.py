"""The index of all published editions of incidents, the latest and earlier ones alike: the record as it stood.

One row per edition, and for each how long it stood. Like the index of the present it is made from the editions alone.
"""

import json

from django.db import models

from events.models.actor import Actor
from events.models.edition import Edition
from events.models.indexed import IndexedIncident
from events.models.source import Source


class HeldIncident(IndexedIncident):
    """One published edition of an incident. It stands from its place in the sequence up to, and without, `until`."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, primary_key=True, related_name="+")
    uid = models.CharField(max_length=8, db_index=True)
    until = models.BigIntegerField(null=True)  # the place of the next edition of this incident, whatever its kind
    until_at = models.DateTimeField(null=True)  # when that was published; the earliest, should a clock have gone back
    is_withheld = models.BooleanField(default=False)  # a later edition was made for somebody's privacy

    class Meta:
        ordering = ("-sort_date", "-uid")
        indexes = (
            models.Index(fields=("-sort_date", "-uid"), name="held_newest"),
            models.Index(fields=("until",), name="held_until"),
        )


class HeldPart(models.Model):
    """What the edition of an operation lists as its parts."""

    incident = models.ForeignKey(HeldIncident, on_delete=models.CASCADE, related_name="listed_parts")
    part_uid = models.CharField(max_length=8, db_index=True)

    class Meta:
        ordering = ("incident", "part_uid")

    def __str__(self):
        return f"{self.part_uid} in {self.incident_id}"


class HeldParticipant(models.Model):
    """An actor in an edition; rows that are not direct stand for the bodies above it, as in PublishedParticipant."""

    incident = models.ForeignKey(HeldIncident, on_delete=models.CASCADE, related_name="participants")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)
    is_direct = models.BooleanField()

    class Meta:
        ordering = ("incident", "part", "actor")
        indexes = (models.Index(fields=("actor", "incident"), name="held_participant_actor"),)

    def __str__(self):
        return f"{self.actor} ({self.part})"


class HeldClaim(models.Model):
    """A claim in an edition. Of all editions that stand at one time, the last that has a claim is the one it belongs to."""

    incident = models.ForeignKey(HeldIncident, on_delete=models.CASCADE, related_name="claims")
    uid = models.CharField(max_length=8, db_index=True)
    claimant = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()  # from BEHIND_CLAIMS on, those about links
    aspect = models.CharField(max_length=16)
    stance = models.CharField(max_length=8)
    speech_act = models.CharField(max_length=24)
    is_eligible = models.BooleanField()

    class Meta:
        ordering = ("incident", "uid")

    def __str__(self):
        return self.uid


class HeldCitation(models.Model):
    """Which source documents which claim of an edition, each once."""

    incident = models.ForeignKey(HeldIncident, on_delete=models.CASCADE, related_name="citations")
    uid = models.CharField(max_length=8)  # of the claim
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("incident", "uid", "source")

    def __str__(self):
        return f"{self.source} on {self.uid}"


class HeldLink(models.Model):
    """A link from one incident to another, as the edition of the first has it."""

    from_incident = models.ForeignKey(HeldIncident, on_delete=models.CASCADE, related_name="links_out")
    uid = models.CharField(max_length=8)
    to_uid = models.CharField(max_length=8)
    type = models.CharField(max_length=16)
    standing = models.CharField(max_length=12)

    class Meta:
        ordering = ("type", "uid", "from_incident")

    def __str__(self):
        return f"{self.from_incident} {self.type} {self.to_uid}"


class Among(models.Lookup):
    """`uid__among=[…]`: as `in`, but one parameter however long the list is."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        listed = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {listed}", (*params, json.dumps(sorted(self.rhs)))

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::varchar[])", (*params, sorted(self.rhs))


HeldIncident._meta.get_field("uid").register_lookup(Among)
