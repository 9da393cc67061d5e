"""Files of the record as it stood: the cells that the files of the present had then, and nothing withheld."""

import csv
import io

import pytest

from events.desk import incidents
from events.models.edition import Edition
from events.press import editions
from tests import builders

pytestmark = pytest.mark.django_db


def table(client, query=""):
    answer = client.get(f"/api/v1/incidents.csv{query}")
    text = answer.getvalue().decode()
    assert answer.status_code == 200, text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert answer["X-Row-Count"] == str(len(rows))
    return rows


def test_a_file_of_an_earlier_state_is_the_file_of_that_time(client, analyst, editor):
    first = builders.published(
        by=analyst,
        editor=editor,
        title="Test raid, as first told",
        claims=[builders.claim("casualties", lines=[builders.toll(7)])],
    )
    builders.published(by=analyst, editor=editor, title="Test raid beside it")
    then, sequence = table(client, "?order=oldest"), Edition.objects.latest("pk").pk
    incidents.edit(first, by=editor, version=first.version, fields={"title": "Test raid, told anew"})
    editions.publish(first, by=editor, reason="correction", note="A word")
    builders.published(by=analyst, editor=editor, title="Test raid that came later")

    assert table(client, f"?order=oldest&edition={sequence}") == then
    assert {row["title"] for row in table(client)} != {row["title"] for row in then}
    assert [row["title"] for row in table(client, f"?edition={sequence}&killed=reported")] == [
        "Test raid, as first told"
    ]
    assert table(client, "?edition=0") == []


def test_what_is_withheld_stands_in_no_file_of_the_past(client, analyst, editor):
    incident = builders.published(by=analyst, editor=editor, title="Test raid that named somebody")
    sequence = Edition.objects.latest("pk").pk
    incidents.edit(incident, by=editor, version=incident.version, fields={"title": "Test raid"})
    editions.publish(incident, by=editor, reason="privacy", note="A name was taken out.")

    assert table(client, f"?edition={sequence}") == []
    assert [row["title"] for row in table(client)] == ["Test raid"]


def test_what_counts_in_a_file_of_the_past_is_what_counted_then(client, analyst, editor):
    whole = builders.published(by=analyst, editor=editor, title="Test operation")
    before = table(client)
    sequence = Edition.objects.latest("pk").pk
    part = builders.submitted(analyst, title="Test part")
    builders.accept_all(part, editor)
    incidents.link(part, whole, by=editor, type="part_of")
    editions.publish(part, by=editor, reason="new_incident")

    assert before == table(client, f"?edition={sequence}")
    assert [row["counts_incident"] for row in before] == ["yes"]
    now = {row["title"]: row["counts_incident"] for row in table(client)}
    assert now == {"Test operation": "no", "Test part": "yes"}
    assert {row["title"]: row["part_of"] for row in table(client, f"?edition={Edition.objects.latest('pk').pk}")} == {
        row["title"]: row["part_of"] for row in table(client)
    }
