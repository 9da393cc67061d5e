"""A newer version of a data set: what changed, what vanished, and that nothing is overwritten."""

import pytest

from events.desk import claims, importing, incidents
from events.desk.importing import alike, reports
from events.models.batch import ExternalRecord
from events.models.incident import Incident
from tests import builders
from tests.desk.importing_world import committed, known, planned, undone

SECOND = {"id": "900002", "date_start": "2026-01-09", "date_end": "2026-01-09"}
MORE = {"deaths_b": "5", "best": "7", "high": "9"}


def newer(folder, by, batch, *changes):
    return planned(folder, by, *changes, name="newer.csv", version="2", replaces=batch)


@pytest.mark.django_db
def test_a_changed_row_is_shown_field_by_field_and_claimed_anew(tmp_path, analyst, editor):
    known()
    first = committed(planned(tmp_path, analyst, {}, SECOND), editor)
    incident = Incident.objects.order_by("pk").first()
    old = incident.claims.get(aspect="casualties")

    batch = newer(tmp_path, analyst, first, MORE, SECOND)

    assert (batch.report["changed"], batch.report["same"], batch.report["vanished"]) == (1, 1, 0)
    row = batch.rows.get(verdict="changed")
    differing = reports.differences_of(batch, [row], editor)[row.pk]
    assert differing == [("deaths_b", "3", "5"), ("best", "5", "7"), ("high", "7", "9")]
    batch = committed(batch, editor)
    new = incident.claims.get(supersedes=old)
    assert (new.verdict, new.lines.first().best) == ("pending", 7)
    assert old.lines.first().best == 5
    assert incident.claims.count() == 7
    assert reports.differences_of(batch, [batch.rows.get(verdict="changed")], editor) == {row.pk: differing}


@pytest.mark.django_db
def test_the_facts_of_an_untouched_draft_follow_the_row_and_those_of_another_do_not(tmp_path, editor):
    known()
    first = committed(planned(tmp_path, editor, {}, SECOND), editor)
    untouched, mended = Incident.objects.order_by("pk")
    incidents.edit(mended, by=editor, fields={"title": "Mended"}, version=mended.version)
    later = {"date_start": "2026-01-10", "date_end": "2026-01-10"}

    committed(newer(tmp_path, editor, first, later, SECOND | later), editor)

    untouched.refresh_from_db(), mended.refresh_from_db()
    assert (untouched.date_start.isoformat(), untouched.version) == ("2026-01-10", 2)
    assert (mended.date_start.isoformat(), mended.title) == ("2026-01-09", "Mended")
    assert mended.claims.filter(aspect="date").count() == 2


@pytest.mark.django_db
def test_an_accepted_claim_is_superseded_and_stands_until_the_new_one_is_judged(tmp_path, analyst, editor):
    known()
    first = committed(planned(tmp_path, analyst), editor)
    importing.submit(first, by=analyst)
    incident = Incident.objects.get()
    builders.accept_all(incident, editor)

    committed(newer(tmp_path, analyst, first, MORE), editor)

    assert incident.claims.filter(verdict="accepted").count() == 6
    claim = incident.claims.get(verdict="pending")
    claims.decide(claim, by=editor, verdict="accepted", credibility=2)


@pytest.mark.django_db
def test_rows_that_vanished_are_listed_and_marked_and_their_incidents_stay(tmp_path, editor):
    known()
    first = committed(planned(tmp_path, editor, {}, SECOND), editor)

    batch = committed(newer(tmp_path, editor, first, MORE), editor)

    assert batch.report["vanished"] == 1
    assert ExternalRecord.objects.get(external_id="900002").vanished_at is not None
    assert Incident.objects.count() == 2
    undone(batch, editor)
    assert ExternalRecord.objects.get(external_id="900002").vanished_at is None


@pytest.mark.django_db
def test_undoing_the_newer_version_takes_its_claims_back(tmp_path, editor):
    known()
    first = committed(planned(tmp_path, editor), editor)
    before = set(Incident.objects.get().claims.values_list("pk", flat=True))
    later = {"date_start": "2026-01-10", "date_end": "2026-01-10"}
    batch = committed(newer(tmp_path, editor, first, MORE | later), editor)
    assert Incident.objects.get().date_start.isoformat() == "2026-01-10"

    batch = undone(batch, editor)

    assert Incident.objects.get().date_start.isoformat() == "2026-01-07"
    assert set(Incident.objects.get().claims.values_list("pk", flat=True)) == before
    assert (batch.report["removed"], batch.report["left"]) == (1, 0)
    assert undone(first, editor).report["left"] == 0
    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_a_file_beside_others_of_its_data_set_makes_nothing_vanish(tmp_path, editor):
    known()
    committed(planned(tmp_path, editor), editor)

    batch = planned(tmp_path, editor, SECOND, name="other.csv")

    assert (batch.report["new"], batch.report["vanished"]) == (1, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("700", "700.0"),
        ("0", "0.000"),
        ("True", "true"),
        ("2026-01-07", "2026-01-07 00:00:00.000"),
        ("32.98", "32.980000"),
    ],
)
def test_cells_that_are_only_spelt_otherwise_say_the_same(one, other):
    assert alike.plain(one) == alike.plain(other)


@pytest.mark.parametrize(("one", "other"), [("700", "7"), ("1.5", "15"), ("2026-01-07", "2026-01-07 03:00"), ("a", "")])
def test_cells_that_say_something_else_differ(one, other):
    assert alike.plain(one) != alike.plain(other)
