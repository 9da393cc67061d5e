"""What an import tells nobody who may not see it, and what stops when somebody may not do it any more."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from events.choices import BatchStatus
from events.desk import importing
from events.desk.importing import committing, jobs, mapping, reports
from events.desk.importing.making import Maker
from events.exchange import reading_own
from events.models.batch import ExternalRecord, ImportBatch
from events.models.incident import Incident
from tests import builders
from tests.desk.importing_world import committed, known, of_file, planned
from tests.exchange import files

HIDDEN = "A made-up title that only its author may see"


def own_file(folder, incident):
    cells = dict.fromkeys(reading_own.COLUMNS.values(), "") | {"uid": incident.uid, "title": "x", "kind": "raid"}
    made = io.StringIO()
    writer = csv.DictWriter(made, cells)
    writer.writeheader()
    writer.writerow(cells | {"date_start": "2026-01-07", "date_end": "2026-01-07", "date_precision": "day"})
    return files.put(folder, made.getvalue(), "own.csv")


@pytest.mark.django_db
def test_a_uid_of_somebody_elses_draft_tells_nothing_of_it(client, tmp_path, analyst, other_analyst, editor):
    draft = builders.draft(other_analyst, title=HIDDEN)
    path = own_file(tmp_path, draft)

    batch = of_file(path, analyst, format="own")

    told = "".join(reports.report(batch, analyst))
    client.force_login(analyst)
    page = client.get(batch.get_absolute_url()).text
    assert "No incident has this uid" in told and "No incident has this uid" in page
    assert HIDDEN not in told + page
    importing.cancel(batch, by=analyst)
    assert HIDDEN in "".join(reports.report(of_file(path, editor, format="own"), editor))


@pytest.mark.django_db
def test_the_row_of_somebody_elses_draft_is_not_compared_for_who_may_not_see_it(
    client, tmp_path, analyst, other_analyst, editor
):
    known()
    committed(planned(tmp_path, other_analyst, {"where_description": "Told by a made-up person in confidence"}), editor)
    draft = Incident.objects.get()

    batch = planned(tmp_path, analyst, {"where_description": "Asked"}, name="again.csv")

    assert batch.report["changed"] == 1
    client.force_login(analyst)
    told = "".join(reports.report(batch, analyst)) + client.get(batch.get_absolute_url()).text
    assert "in confidence" not in told and draft.shown_uid not in told and draft.uid not in told
    client.force_login(editor)
    told = "".join(reports.report(batch, editor)) + client.get(batch.get_absolute_url()).text
    assert "in confidence" in told and draft.shown_uid in told


@pytest.mark.django_db
def test_layouts_are_offered_to_those_who_see_the_import(analyst, other_analyst, editor):
    reading = {"name": "Made-up table", "columns": {"title": "what"}, "kinds": {"Raid": "raid"}}
    reading["heading"] = mapping.heading_of(["what"])
    batch = ImportBatch.objects.create(
        dataset="table", format="table", reading=reading, file_name="t.csv", imported_by=other_analyst
    )

    for user, found in ((analyst, None), (other_analyst, batch), (editor, batch)):
        assert mapping.last_with(["what"], user) == mapping.kept_as(batch.pk, user) == found
        assert mapping.kept(user) == ([found] if found else [])
        assert mapping.kinds_of("Made-up table", user) == ({"Raid": "raid"} if found else {})


@pytest.mark.django_db
@pytest.mark.parametrize("lose", ["role", "account"])
def test_a_commit_stops_when_who_began_it_may_not_commit_any_more(
    tmp_path, editor, other_editor, admin_person, monkeypatch, lose
):
    known()
    rows = [{"id": str(number), "date_start": "2026-01-07"} for number in range(1, 6)]
    monkeypatch.setitem(committing.PIECE, connection.vendor, 2)
    batch = importing.commit(planned(tmp_path, editor, *rows), by=editor)

    def lost(_row):
        if lose == "role":
            editor.groups.set(Group.objects.filter(name="Researchers"))
        else:
            type(editor).objects.filter(pk=editor.pk).update(is_active=False)

    jobs.run_now(batch, lost)

    batch.refresh_from_db()
    assert (batch.status, Incident.objects.count()) == (BatchStatus.CANCELLED, 2)
    assert "may not commit any more" in batch.problems[-1]["sentence"]
    assert committed(batch, other_editor).status == BatchStatus.COMMITTED
    assert Incident.objects.count() == 5


@pytest.mark.usefixtures("emptied_afterwards")
def test_a_row_that_the_database_refuses_at_the_end_is_set_aside_too(tmp_path, editor, monkeypatch):
    known()
    rows = [{"id": str(number), "date_start": "2026-01-07"} for number in range(1, 6)]
    monkeypatch.setitem(committing.PIECE, connection.vendor, 2)
    batch = importing.commit(planned(tmp_path, editor, *rows), by=editor)
    say = Maker.claims

    def poisoned(self, row, first=1):
        said = say(self, row, first)
        if row.external_id == "3":
            said[0][0]["value_actor_id"] = 2_000_000_000  # no such actor: seen when the transaction ends
        return said

    monkeypatch.setattr(Maker, "claims", poisoned)
    jobs.run_now(batch)

    batch.refresh_from_db()
    assert (batch.status, batch.done, batch.report["refused"]) == ("committed", 5, 1)
    assert sorted(ExternalRecord.objects.values_list("external_id", flat=True)) == ["1", "2", "4", "5"]
