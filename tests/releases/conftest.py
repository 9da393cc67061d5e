"""A small record to freeze, and a folder of its own for the files."""

import pytest
from django.utils import timezone

from events.desk import claims, registers
from events.freezing import jobs
from events.press import editions, releases
from tests import builders

SITE = "https://ledger.example"


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = SITE


@pytest.fixture
def record(analyst, editor):
    """Two incidents, one with rival tolls and a perpetrator, and a public relation."""
    places = builders.places()
    army = builders.actor("Made-up army")
    front = builders.actor("Made-up front", kind="armed_group", side="non_state", home_country="")
    here = {"location": places["town"], "location_precision": "settlement"}
    struck = builders.published(
        title="Made-up strike",
        kind="air_strike",
        claims=[
            builders.claim("perpetrator", part="perpetrator", value_actor=army, claimant=army),
            builders.claim("casualties", lines=[builders.toll(8)], claimant=front, claimant_text=""),
            builders.claim("casualties", lines=[builders.toll(3)], claimant=army, claimant_text=""),
        ],
        **here,
    )
    silent = builders.published(title="Made-up raid", kind="raid", **here)
    relation = registers.relate(army, "fights", front, by=editor, basis="established")
    editions.publish_relation(relation, by=editor, reason="new_incident")
    return {"struck": struck, "silent": silent, "army": army, "front": front, "relation": relation}


@pytest.fixture
def freeze(editor):
    """Function that freezes the next release and writes its files."""

    def frozen(**more):
        release = releases.freeze(releases.next_name(timezone.now()), by=editor, site=SITE, **more)
        return jobs.write(release.pk)

    return frozen


@pytest.fixture
def correct(editor):
    """Function that publishes a further edition of an incident, with one more claim of a toll."""

    def corrected(incident, number=9):
        added = claims.add(
            incident, by=builders.person("analyst"), **builders.claim("casualties", lines=[builders.toll(number)])
        )
        claims.decide(added, by=editor, verdict="accepted")
        incident.refresh_from_db()
        return editions.publish(incident, by=editor, reason="correction", note="Made-up reason")

    return corrected
