"""What a person is told who edits a file of this ledger where it cannot be edited, or brings it to another ledger."""

import csv
import io

import pytest

from events.choices import Kind
from events.desk import importing, incidents
from events.models.batch import ExternalRecord
from events.models.claim import Claim
from events.models.incident import Incident
from events.press import editions
from tests import builders
from tests.desk.importing_world import committed, of_file
from tests.exchange import files

GIVEN = (
    "title",
    "category",
    "kind",
    "date_start",
    "date_end",
    "date_precision",
    "date_shown",
    "time_local",
    "time_zone",
)
PLACED = ("place", "location", "country", "province", "district", "location_precision", "mapped", "latitude")


def exported(client):
    text = b"".join(client.get("/incidents.csv").streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def written(folder, rows, name="own.csv", delimiter=","):
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return files.put(folder, made.getvalue(), name)


@pytest.fixture
def public(analyst, editor):
    place = builders.places()["town"]
    toll = builders.claim("casualties", scope="whole_incident", lines=[builders.toll(4, qualifier="exact")])
    return builders.published(
        by=analyst, editor=editor, claims=[builders.claim(), toll], location=place, location_precision="settlement"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "is_said"),
    [
        ("killed_best", "5", "4"),
        ("killed_best", "", "4"),
        ("injured_best", "0", ""),
        ("is_denied", "yes", "no"),
        ("perpetrator", "Somebody", ""),
    ],
)
def test_a_cell_that_follows_from_claims_is_not_taken_and_that_is_said(
    client, public, editor, tmp_path, column, value, is_said
):
    row = exported(client)[0]

    batch = of_file(written(tmp_path, [row | {column: value}]), editor, format="own")

    assert (batch.report["same"], batch.report["flagged"]) == (1, 1)
    (problem,) = batch.rows.get().problems
    assert (problem["line"], problem["column"], problem["value"]) == (2, column, value)
    assert f"change the claims. Here it is “{is_said}”" in problem["sentence"]


@pytest.mark.django_db
def test_a_file_that_is_older_than_the_record_says_that_it_would_set_something_back(client, public, editor, tmp_path):
    old = exported(client)
    public.refresh_from_db()
    incidents.edit(public, by=editor, fields={"title": "Mended by hand"}, version=public.version)
    editions.publish(public, by=editor, reason="correction")

    batch = of_file(written(tmp_path, old), editor, format="own")

    assert (batch.report["changed"], batch.report["flagged"]) == (1, 1)
    assert "Edition 2 is public now" in batch.rows.get().problems[0]["sentence"]


@pytest.mark.django_db
def test_a_title_that_is_too_long_is_refused_and_not_cut(client, public, editor, tmp_path):
    batch = of_file(written(tmp_path, [exported(client)[0] | {"title": "made up " * 26}]), editor, format="own")

    (problem,) = batch.rows.get(verdict="refused").problems
    assert (problem["column"], "207 characters; at most 200" in problem["sentence"]) == ("title", True)


@pytest.mark.django_db
def test_only_what_a_row_says_otherwise_is_edited(client, public, editor, tmp_path):
    rows = exported(client)
    rows[0]["date_start"] = rows[0]["date_end"] = "2024-03-19"
    batch = of_file(written(tmp_path, rows), editor, format="own")
    public.refresh_from_db()
    incidents.edit(public, by=editor, fields={"title": "Mended by hand"}, version=public.version)

    committed(batch, editor)

    public.refresh_from_db()
    assert (public.title, public.date_start.isoformat()) == ("Mended by hand", "2024-03-19")


@pytest.mark.django_db
def test_why_a_row_was_set_aside_at_the_commit_is_said(client, public, editor, tmp_path):
    batch = of_file(written(tmp_path, [exported(client)[0] | {"title": "From the file"}]), editor, format="own")
    public.refresh_from_db()
    incidents.edit(public, by=editor, fields={"title": "Mended by hand"}, version=public.version)

    batch = committed(batch, editor)

    assert "Somebody changed this incident" in batch.rows.get(verdict="refused").problems[-1]["sentence"]


@pytest.mark.django_db
def test_an_export_without_its_numbers_becomes_new_drafts_with_what_editors_set_and_no_figures(
    client, public, analyst, editor, tmp_path
):
    """As in another ledger with the same places: the claims and their documents do not travel in flat files."""
    first = exported(client)[0]

    batch = committed(of_file(written(tmp_path, [first | {"uid": ""}]), analyst, format="own"), editor)

    assert (batch.report["new"], batch.report["refused"]) == (1, 0)
    importing.submit(batch, by=analyst)
    new = Incident.objects.get(batch=batch)
    assert set(new.claims.values_list("aspect", flat=True)) == {"occurrence", "date", "location"}
    builders.accept_all(new, editor)
    editions.publish(Incident.objects.get(pk=new.pk), by=editor, reason="new_incident")
    rows = {row["uid"]: row for row in exported(client)}
    assert len(rows) == 2
    second = rows.pop(new.shown_uid)
    assert [second[name] for name in (*GIVEN, *PLACED)] == [first[name] for name in (*GIVEN, *PLACED)]
    assert (first["killed_best"], second["killed_best"], second["injured_best"]) == ("4", "", "")


@pytest.mark.django_db
def test_rows_without_a_number_are_known_by_their_words_whatever_line_they_stand_in(client, public, editor, tmp_path):
    row = exported(client)[0] | {"uid": ""}
    committed(of_file(written(tmp_path, [row]), editor, format="own"), editor)
    other = row | {"title": "Quite another made-up incident", "kind": Kind.IED.value}

    batch = of_file(written(tmp_path, [other, row], "other.csv", ";"), editor, format="own")
    batch = committed(batch, editor)

    assert (batch.report["new"], batch.report["same"], batch.report["changed"]) == (1, 1, 0)
    assert set(Incident.objects.values_list("title", flat=True)) == {public.title, other["title"]}
    assert Incident.objects.count() == 3
    assert ExternalRecord.objects.count() == 2
    assert not Claim.objects.filter(supersedes__isnull=False).exists()
