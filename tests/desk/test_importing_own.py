"""Files of this ledger brought back: rows with a uid edit what the editors set, and nothing else."""

import csv
import io

import pytest

from events.desk import incidents
from events.models.batch import ExternalRecord
from events.models.incident import Incident
from tests import builders
from tests.desk.importing_world import committed, of_file, undone
from tests.exchange import files


def exported(client):
    text = b"".join(client.get("/incidents.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def written(folder, rows, name="own.csv"):
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return files.put(folder, made.getvalue(), name)


@pytest.fixture
def public(analyst, editor):
    place = builders.location("Testtown")
    return builders.published(by=analyst, editor=editor, location=place, location_precision="settlement")


@pytest.mark.django_db
def test_an_export_brought_back_changes_nothing(client, public, editor, tmp_path):
    batch = of_file(written(tmp_path, exported(client)), editor, format="own")

    assert (batch.report["same"], batch.report["new"], batch.report["changed"]) == (1, 0, 0)


@pytest.mark.django_db
def test_an_edited_row_is_shown_and_edits_the_incident_of_its_uid(client, public, editor, tmp_path):
    rows = exported(client)
    rows[0]["title"] = "Mended in a spreadsheet"

    batch = of_file(written(tmp_path, rows), editor, format="own")
    assert batch.rows.get().content["differs"] == [["title", "Made-up incident", "Mended in a spreadsheet"]]
    committed(batch, editor)

    public.refresh_from_db()
    assert public.title == "Mended in a spreadsheet"
    assert Incident.objects.count() == 1
    assert not ExternalRecord.objects.exists()


@pytest.mark.django_db
def test_what_somebody_changed_meanwhile_is_left_alone(client, public, editor, tmp_path):
    rows = exported(client)
    rows[0]["title"] = "Mended in a spreadsheet"
    batch = of_file(written(tmp_path, rows), editor, format="own")
    public.refresh_from_db()
    incidents.edit(public, by=editor, fields={"title": "Mended by hand"}, version=public.version)

    batch = committed(batch, editor)

    public.refresh_from_db()
    assert public.title == "Mended by hand"
    assert batch.report["refused"] == 1


@pytest.mark.django_db
def test_an_unknown_uid_is_refused_and_a_row_without_one_is_new(client, public, editor, tmp_path):
    rows = exported(client)
    rows = [rows[0] | {"uid": "0000-0000"}, rows[0] | {"uid": ""}]

    batch = committed(of_file(written(tmp_path, rows), editor, format="own"), editor)

    assert (batch.report["refused"], batch.report["new"]) == (1, 1)
    assert Incident.objects.count() == 2
    assert undone(batch, editor).report["removed"] == 1
