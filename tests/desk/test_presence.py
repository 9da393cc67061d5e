"""Who else has an incident open: fresh, rarely written, forgotten within a day, and told only to those who may see it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.desk import presence
from events.models.change import Change
from events.models.presence import Presence
from tests import builders

pytestmark = pytest.mark.django_db


def seen(row, ago):
    """As if the person was last heard of so many seconds ago."""
    Presence.objects.filter(pk=row.pk).update(seen_at=timezone.now() - timedelta(seconds=ago))


def test_others_see_who_is_there_and_nobody_sees_themselves(analyst, editor, other_editor):
    incident = builders.submitted(analyst)

    presence.here(incident, by=editor)

    assert [row.person for row in presence.others(incident, other_editor)] == [editor]
    assert list(presence.others(incident, editor)) == []


def test_who_was_not_heard_of_for_a_minute_is_gone(analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    row = presence.here(incident, by=editor)

    seen(row, 61)

    assert list(presence.others(incident, other_editor)) == []


def test_it_is_written_at_most_once_in_twenty_seconds(analyst, editor):
    incident = builders.submitted(analyst)
    presence.here(incident, by=editor)

    with CaptureQueriesContext(connection) as asked:
        presence.here(incident, by=editor)

    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


@pytest.mark.parametrize(("ago", "is_kept"), [(30, True), (90, False)])
def test_since_begins_anew_after_a_break(analyst, editor, ago, is_kept):
    incident = builders.submitted(analyst)
    row = presence.here(incident, by=editor)
    seen(row, ago)

    presence.here(incident, by=editor)

    again = Presence.objects.get()
    assert (again.since == row.since) is is_kept
    assert timezone.now() - again.seen_at < timedelta(seconds=20)


def test_rows_of_yesterday_are_removed(analyst, editor):
    old = presence.here(builders.submitted(analyst), by=editor)
    seen(old, 25 * 60 * 60)

    presence.here(builders.submitted(analyst), by=editor)

    assert not Presence.objects.filter(pk=old.pk).exists()


def test_being_there_leaves_no_trace_of_changes(analyst, editor):
    incident = builders.submitted(analyst)
    before = Change.objects.count()

    presence.here(incident, by=editor)

    assert Change.objects.count() == before


def test_only_who_may_see_the_incident_is_noted_there(client, analyst, other_analyst):
    draft = builders.draft(analyst)
    client.force_login(other_analyst)

    with pytest.raises(PermissionDenied):
        presence.here(draft, by=other_analyst)
    assert client.post(f"/desk/incidents/{draft.uid}/presence/").status_code == 404
    assert not Presence.objects.exists()


def test_the_page_hears_by_whom_it_is_also_open(client, analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    address = f"/desk/incidents/{incident.uid}/presence/"
    client.force_login(editor)
    assert "other-editor" not in client.post(address).text

    presence.here(incident, by=other_editor)

    assert "Open just now also by <strong>other-editor</strong>" in client.post(address).text
    assert "also by <strong>other-editor" in client.get(f"/desk/incidents/{incident.uid}/review/").text
