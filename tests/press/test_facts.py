"""The facts of many incidents at once are those of each alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import incidents, registers
from events.models.incident import Incident
from events.press import facts
from events.rules import contest
from tests import builders

pytestmark = pytest.mark.django_db


def make(analyst, editor):
    """An operation with a public part, and an incident of a faction in another place."""
    places = builders.places()
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    faction = builders.actor("Test Faction", kind="faction", side="non_state", home_country="")
    registers.relate(faction, "faction_of", group, by=editor, basis="established")
    part = builders.published(location=places["town"], location_precision="settlement")
    whole = builders.submitted(
        analyst,
        claims=[builders.claim("location", claimant_text=f"Test {n}", value_location=places[n]) for n in places],
    )
    incidents.link(part, whole, by=editor, type="part_of")
    other = builders.submitted(
        analyst, claims=[builders.claim("perpetrator", claimant=faction, value_actor=group, part="perpetrator")]
    )
    return Incident.objects.filter(pk__in=[whole.pk, other.pk]).order_by("pk").select_related("location")


def test_facts_of_many_conclude_the_same_as_facts_of_one(analyst, editor):
    rows = list(make(analyst, editor))

    together = facts.many_incident_facts(rows)

    for row, found in zip(rows, together, strict=True):
        alone = facts.incident_facts(row, list(row.claims.with_everything()))
        assert (found.claims, found.place, found.part_places) == (alone.claims, alone.place, alone.part_places)
        assert contest.contested(found) == contest.contested(alone)
        assert set(alone.relations) <= set(found.relations)


def test_places_cost_no_query_each(analyst, editor):
    def cost(number):
        province = builders.location(f"Test province {number}", level="province")
        towns = [builders.location(f"Test town {number}/{n}", parent=province) for n in range(number)]
        said = [builders.claim("location", claimant_text=f"Test {town}", value_location=town) for town in towns]
        incident = builders.submitted(analyst, claims=said)
        claims = list(incident.claims.with_everything())
        with CaptureQueriesContext(connection) as asked:
            facts.incident_facts(incident, claims)
        return len(asked)

    assert cost(2) == cost(8)
