"""The pages of imports: bringing a file, its plan, its names, what becomes of it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_q.models import OrmQ

from events.desk.importing import jobs
from events.models.batch import ImportBatch
from events.models.claim import Claim
from events.models.incident import Incident
from tests import builders
from tests.desk.importing_world import committed, known, planned
from tests.exchange import files

SECOND = {"id": "900002", "date_start": "2026-01-09", "date_end": "2026-01-09"}
REFUSED = {"id": "900003", "date_start": "2026-02-30"}


def brought(client, text, **fields):
    file = SimpleUploadedFile("made-up.csv", text.encode())
    return client.post("/desk/imports/new/", {"file": file, "format": "recognise", **fields})


@pytest.mark.django_db
def test_a_file_is_brought_planned_by_the_worker_committed_and_undone(
    client, editor, django_capture_on_commit_callbacks
):
    known()
    client.force_login(editor)

    with django_capture_on_commit_callbacks(execute=True):
        answer = brought(client, files.ucdp({}, SECOND, REFUSED))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/desk/imports/{batch.pk}/"
    assert OrmQ.objects.count() == 1
    assert "waits for the worker" in client.get(answer.headers["Location"]).text
    jobs.run(batch.pk)
    page = client.get(f"/desk/imports/{batch.pk}/?rows=refused").text
    assert "This is no day of the calendar" in page and "2026-02-30" in page

    client.post(f"/desk/imports/{batch.pk}/commit/")
    assert client.get(f"/desk/imports/{batch.pk}/progress/").headers.get("HX-Refresh") is None
    jobs.run(batch.pk)
    assert client.get(f"/desk/imports/{batch.pk}/progress/").headers["HX-Refresh"] == "true"
    assert "Submit 2 drafts to the editors" in client.get(f"/desk/imports/{batch.pk}/").text
    client.post(f"/desk/imports/{batch.pk}/submit/")
    assert set(Incident.objects.values_list("status", flat=True)) == {"submitted"}

    client.post(f"/desk/imports/{batch.pk}/undo/")
    jobs.run(batch.pk)
    assert "2 rows were taken back" in client.get(f"/desk/imports/{batch.pk}/").text
    assert "made-up.csv" in client.get("/desk/imports/").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "fields", "sentence"),
    [
        ("", {}, "empty"),
        ("a,a\n1,2\n", {}, "stands twice in the heading"),
        (files.ucdp(), {"format": "other"}, "Select a valid choice|Choose"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, analyst, text, fields, sentence):
    client.force_login(analyst)

    answer = brought(client, text, **fields)

    assert answer.status_code == 422
    assert any(words in answer.text for words in sentence.split("|"))
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_the_same_file_is_told_at_once(client, editor, tmp_path):
    planned(tmp_path, editor)
    client.force_login(editor)

    assert "This very file is here already" in brought(client, files.ucdp()).text


@pytest.mark.django_db
def test_unknown_names_are_mapped_to_entries_and_the_next_file_remembers(client, editor, tmp_path):
    register = known()
    meant = builders.actor("Tehrik-i-Test", kind="armed_group", side="non_state")
    strange = {"side_b": "Tehrik i Tests", "side_b_new_id": "77", "where_coordinates": "Mir Aley town"}
    batch = planned(tmp_path, editor, strange | {"best": "6"})
    client.force_login(editor)
    address = f"/desk/imports/{batch.pk}/names/"
    group, town = batch.names.order_by("kind")
    assert "Tehrik-i-Test" in client.get(address).text

    answer = client.post(address, {f"{group.key}-means": meant.uid, f"{town.key}-means": register["town"].uid})

    assert answer.status_code == 302
    committed(batch, editor)
    incident = Incident.objects.get()
    assert incident.location == register["town"]
    named = Claim.objects.filter(aspect="target").values_list("value_actor__name", flat=True)
    assert set(named) == {"Government of Pakistan", "Tehrik-i-Test"}
    assert not planned(tmp_path, editor, strange | SECOND, name="next.csv").names.exists()


@pytest.mark.django_db
def test_a_name_becomes_a_new_entry_or_stays_unnamed(client, editor, tmp_path):
    known()
    batch = planned(tmp_path, editor, {"side_b": "New Front", "side_b_new_id": "78", "where_coordinates": "Newtown"})
    client.force_login(editor)
    group, town = batch.names.order_by("kind")

    client.post(f"/desk/imports/{batch.pk}/names/", {f"{group.key}-means": "nobody", f"{town.key}-means": "new"})
    committed(batch, editor)

    incident = Incident.objects.get()
    assert (incident.location.name, incident.location.district.name) == ("Newtown", "North Waziristan")
    assert Claim.objects.filter(aspect="target").count() == 1


@pytest.mark.django_db
def test_a_name_of_no_entry_or_of_several_is_refused(client, editor, tmp_path):
    batch = planned(tmp_path, editor)
    for _ in range(2):
        builders.actor("Double Front", kind="armed_group")
    client.force_login(editor)
    name = batch.names.filter(kind="actor").first()

    for typed, sentence in (("Nobody Known", "No entry of this name"), ("Double Front", "Several entries")):
        answer = client.post(f"/desk/imports/{batch.pk}/names/", {f"{name.key}-other": typed})
        assert answer.status_code == 422
        assert sentence in answer.text


@pytest.mark.django_db
def test_the_report_holds_every_row_with_its_problems_and_no_formula(client, editor, tmp_path):
    known()
    batch = planned(tmp_path, editor, {}, REFUSED | {"date_start": "=1+1"})
    client.force_login(editor)

    answer = client.get(f"/desk/imports/{batch.pk}/report.csv")
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))

    assert [(one["line"], one["verdict"]) for one in lines] == [("2", "new"), ("3", "refused")]
    assert lines[1]["value"] == "'=1+1"


@pytest.mark.django_db
def test_a_closed_licence_is_said_on_the_page(client, analyst, tmp_path):
    batch = planned(tmp_path, analyst, format="acled")
    client.force_login(analyst)

    assert "never becomes an edition" in client.get(f"/desk/imports/{batch.pk}/").text


@pytest.mark.django_db
def test_the_page_asks_as_often_for_many_rows_as_for_few(client, editor, tmp_path, django_assert_max_num_queries):
    known()
    batch = planned(tmp_path, editor, *({"id": str(number)} for number in range(40)))
    client.force_login(editor)

    with django_assert_max_num_queries(14):
        client.get(f"/desk/imports/{batch.pk}/")
    assert client.get(f"/desk/imports/{batch.pk}/?rows=wrong").status_code == 404
