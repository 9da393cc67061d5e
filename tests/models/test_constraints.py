"""What must always hold, the database itself refuses to break, also around the verbs; and it says so in a sentence."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from events.models.actor import Actor, ActorRelation
from events.models.casualty import CasualtyLine
from events.models.claim import Claim, Review
from events.models.edition import PublishedIncident
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.models.source import Document, Source
from tests import builders


@pytest.fixture
def rows(analyst, editor):
    """One row of everything that has constraints."""
    town = builders.places()["town"]
    one, two = builders.actor("Test One"), builders.actor("Test Two")
    incident = builders.published(
        location=town,
        location_precision="settlement",
        claims=[
            builders.claim("casualties", lines=[builders.toll(3)]),
            builders.claim("perpetrator", value_actor=one, part="perpetrator"),
            builders.claim("date", value_date=builders.facts()["date"]),
        ],
    )
    ActorRelation.objects.create(subject=one, type="fights", object=two, created_by=editor)
    IncidentLink.objects.create(
        from_incident=incident, type="follows", to_incident=builders.draft(analyst), created_by=editor
    )


BROKEN = [
    (Incident, {"title": ""}),
    (Incident, {"kind": "talks"}),
    (Incident, {"status": "nonsense"}),
    (Incident, {"status": "merged"}),
    (Incident, {"location": None}),
    (Incident, {"location_precision": ""}),
    (Incident, {"date_end": date(2000, 1, 1)}),
    (Incident, {"date_end": None}),
    (Incident, {"date_precision": "unknown"}),
    (Incident, {"merged_into": F("pk"), "status": "merged"}),
    (Claim, {"incident": None}),
    (Claim, {"aspect": "relation"}),
    (Claim, {"claimant_text": ""}),
    (Claim, {"verdict": "pending"}),
    (Claim, {"decided_by": None}),
    (Claim, {"decided_at": None}),
    (Claim, {"decided_by": F("created_by")}),
    (Claim, {"credibility": 0}),
    (Claim, {"credibility": 7}),
    (Claim, {"value_code": "ied"}),
    (Claim, {"part": "target"}),
    (Claim, {"value_actor": None, "aspect": "target"}),
    (Claim, {"supersedes": F("pk")}),
    (CasualtyLine, {"low": 9}),
    (CasualtyLine, {"high": 1}),
    (CasualtyLine, {"best": -1}),
    (CasualtyLine, {"qualifier": "unknown"}),
    (CasualtyLine, {"qualifier": "none"}),
    (CasualtyLine, {"qualifier": "none", "low": None, "best": None, "high": None}),
    (CasualtyLine, {"category": "nobody"}),
    (CasualtyLine, {"subset_of": F("pk")}),
    (Actor, {"name": ""}),
    (Actor, {"kind": ""}),
    (Actor, {"side": "both"}),
    (Actor, {"founded_start": date(2000, 1, 1)}),
    (ActorRelation, {"subject": F("object")}),
    (ActorRelation, {"subject": F("object"), "object": F("subject")}),
    (ActorRelation, {"valid_from": date(2000, 1, 2), "valid_until": date(2000, 1, 1)}),
    (IncidentLink, {"to_incident": F("from_incident")}),
    (Location, {"latitude": None}),
    (Location, {"latitude": 91, "longitude": 0, "coordinate_basis": "site"}),
    (Location, {"coordinate_basis": "seat"}),
    (Location, {"uncertainty_km": -1}),
    (Location, {"parent": F("pk")}),
    (Source, {"reliability": "G"}),
    (Source, {"reviewed_at": timezone.now()}),
    (Document, {"title": ""}),
    (Document, {"captured_text": "kept", "sha256": ""}),
    (Document, {"derivation": "reprint"}),
    (PublishedIncident, {"killed_low": 9}),
]


@pytest.mark.parametrize(
    ("model", "change"), BROKEN, ids=[f"{m.__name__}-{'-'.join(c)}-{n}" for n, (m, c) in enumerate(BROKEN)]
)
def test_the_database_refuses(rows, model, change):
    assert model.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_a_review_without_a_reason_is_refused(rows, editor):
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(claim=Claim.objects.first(), reviewer=editor, decision="rejected", rationale="")


def test_every_constraint_speaks_a_sentence():
    for model in apps.get_app_config("events").get_models():
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            assert message.endswith(".") and "Constraint" not in message, f"{model.__name__}: {constraint.name}"
            assert isinstance(constraint, models.CheckConstraint | models.UniqueConstraint)
