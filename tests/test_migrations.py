"""Migrations run forwards, backwards and forwards again on a database with rows."""

import pytest
from django.core.management import call_command
from django.db import connection

from events.choices import KeyScope
from events.desk import keys
from events.models import guards
from events.models.edition import Edition
from events.press import index
from tests import builders


@pytest.mark.usefixtures("emptied_afterwards")
def test_migrations_run_back_to_nothing_and_forward_again():
    builders.published()

    call_command("migrate", "events", "zero", verbosity=0)
    assert "events_edition" not in connection.introspection.table_names()
    call_command("migrate", "events", verbosity=0)

    assert Edition.objects.count() == 0
    assert guards.missing(connection) == []


@pytest.mark.usefixtures("emptied_afterwards")
def test_the_word_index_is_filled_from_the_editions_of_an_older_record():
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    builders.published(
        claims=[builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator")],
        location=builders.places()["town"],
        location_precision="settlement",
    )
    before = index.contents()

    call_command("migrate", "events", "0010", verbosity=0)
    call_command("migrate", "events", verbosity=0)

    assert index.contents() == before
    assert len(before["IncidentWords"]) == 1


@pytest.mark.usefixtures("emptied_afterwards")
def test_a_key_that_wrote_may_log_drafts_and_no_more():
    analyst = builders.person("analyst")
    for scope in KeyScope:
        keys.issue(analyst, by=analyst, name=scope.value, scope=scope.value)

    call_command("migrate", "events", "0016", verbosity=0)
    call_command("migrate", "events", verbosity=0)

    assert dict(analyst.api_keys.values_list("name", "scope")) == {"read": "read", "log": "log", "drafts": "log"}
    assert guards.missing(connection) == []


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
