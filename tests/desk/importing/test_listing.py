"""The list of imports: what is at work, what failed and why, and who may stop it."""

import pytest
from django.utils import timezone

from events.desk import importing
from events.desk.importing import jobs
from events.models.batch import ImportBatch
from events.models.release import Release
from tests import builders
from tests.desk.importing_world import known, planned
from tests.exchange import files


def brought(tmp_path, by, name="waits.csv", **changes):
    path = files.put(tmp_path, files.ucdp({"id": str(len(name))} | changes), name)
    return importing.plan(path, by=by, format="ucdp")


@pytest.mark.django_db
def test_what_is_at_work_is_listed_with_progress_and_can_be_cancelled_by_who_brought_it(client, tmp_path, analyst):
    batch = brought(tmp_path, analyst)
    ImportBatch.objects.filter(pk=batch.pk).update(started_at=timezone.now(), beat_at=timezone.now(), done=1, total=4)
    client.force_login(analyst)

    page = client.get("/desk/imports/").text
    assert "At work in the background" in page and "25 %" in page
    assert f'action="/desk/imports/{batch.pk}/cancel/"' in page

    client.post(f"/desk/imports/{batch.pk}/cancel/")
    page = client.get("/desk/imports/").text
    assert "At work in the background" not in page and "Cancelled" in page


@pytest.mark.django_db
def test_nobody_else_sees_or_stops_it_but_editors(client, tmp_path, analyst, editor):
    batch = brought(tmp_path, analyst)
    client.force_login(builders.person("analyst", name="another"))
    assert "waits.csv" not in client.get("/desk/imports/").text
    assert client.post(f"/desk/imports/{batch.pk}/cancel/").status_code == 404

    client.force_login(editor)
    assert f'action="/desk/imports/{batch.pk}/cancel/"' in client.get("/desk/imports/").text


@pytest.mark.django_db
def test_an_analyst_cannot_stop_the_commit_of_an_editor(client, tmp_path, analyst, editor):
    known()
    batch = importing.commit(planned(tmp_path, analyst), by=editor)
    client.force_login(analyst)

    assert f'action="/desk/imports/{batch.pk}/cancel/"' not in client.get("/desk/imports/").text
    assert client.post(f"/desk/imports/{batch.pk}/cancel/").status_code == 403


@pytest.mark.django_db
def test_the_list_says_why_a_file_failed(client, tmp_path, editor):
    path = files.put(tmp_path, "id,date_start\n1,2026-01-01\n", "broken.csv")
    batch = importing.plan(path, by=editor, format="ucdp")
    jobs.run_now(batch)
    client.force_login(editor)

    assert batch.problems[0]["sentence"][:40] in client.get("/desk/imports/").text


@pytest.mark.django_db
def test_editors_see_releases_whose_files_are_being_written(client, analyst, editor):
    Release.objects.create(
        name="2026.1", frozen_at=timezone.now(), frozen_by=editor, ruleset=1, site="https://example.org", product="1"
    )

    client.force_login(editor)
    assert "Release 2026.1" in client.get("/desk/imports/").text
    client.force_login(analyst)
    assert "Release 2026.1" not in client.get("/desk/imports/").text


@pytest.mark.django_db
def test_the_list_asks_as_often_for_many_imports_as_for_few(client, tmp_path, editor, django_assert_max_num_queries):
    for number in range(12):
        brought(tmp_path, editor, name=f"{'x' * number}.csv")
    client.force_login(editor)

    with django_assert_max_num_queries(12):
        assert client.get("/desk/imports/").text.count("waits for the worker") == 12
