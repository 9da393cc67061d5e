"""A file on its way in: planned, committed as drafts, taken back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from events.choices import BatchStatus
from events.desk import claims, deciding, earlier, importing, incidents, quotes
from events.desk.importing import committing, jobs, planning
from events.desk.importing.making import Maker
from events.models.batch import ExternalRecord, ImportBatch, ImportRow
from events.models.casualty import CasualtyLine
from events.models.change import Change
from events.models.claim import Citation, Claim
from events.models.incident import Incident
from events.models.source import Document
from events.press import editions
from tests import builders
from tests.desk.importing_world import committed, known, of_file, planned, undone
from tests.exchange import files

TABLES = (Incident, Claim, Citation, CasualtyLine, Document, ExternalRecord)
SECOND = {"id": "900002", "date_start": "2026-01-09", "date_end": "2026-01-09"}


def counted():
    return {model.__name__: model.objects.count() for model in TABLES}


@pytest.mark.django_db
def test_a_row_becomes_a_draft_with_pending_claims_of_the_data_set_and_the_row_as_evidence(tmp_path, analyst, editor):
    register = known()

    batch = committed(planned(tmp_path, analyst), editor)

    incident = Incident.objects.get()
    assert (incident.status, incident.batch, incident.created_by) == ("draft", batch, analyst)
    assert (incident.location, incident.location_precision) == (register["town"], "near_settlement")
    assert incident.date_start.isoformat() == "2026-01-07"
    rows = list(incident.claims.all())
    assert [row.aspect for row in rows] == ["occurrence", "date", "location", "target", "target", "casualties"]
    assert {row.verdict for row in rows} == {"pending"}
    assert {row.claimant.name for row in rows} == {"UCDP Georeferenced Event Dataset"}
    assert [row.value_actor for row in rows if row.aspect == "target"] == [register["army"], register["group"]]
    total, of_army, *_others = CasualtyLine.objects.order_by("position")
    assert (total.low, total.best, total.high) == (5, 5, 7)
    assert (of_army.party, of_army.best) == (register["army"], 2)
    citation = rows[0].citations.get()
    assert quotes.check(citation.excerpt, citation.document.captured_text) == quotes.FOUND
    assert "best: 5" in citation.excerpt and "region: Asia" in citation.document.captured_text
    assert (citation.document.licence, citation.document.redistributable) == ("CC BY 4.0", True)
    assert (citation.document.source.kind, citation.document.kind) == ("dataset", "dataset_row")
    record = ExternalRecord.objects.get()
    assert (record.external_id, record.raw["side_b"], record.incident) == ("900001", "TTP", incident)


@pytest.mark.django_db
def test_every_row_that_a_commit_writes_leaves_a_trace_from_which_it_can_be_rebuilt(tmp_path, editor):
    known()
    committed(planned(tmp_path, editor), editor)
    made = (*Incident.objects.all(), *Claim.objects.all(), *Document.objects.filter(kind="dataset_row"))
    before = {row.uid: earlier.present(row) for row in made}
    incident, claim = made[0], made[1]
    incidents.edit(incident, by=editor, version=incident.version, fields={"title": "A made-up other title"})
    parts = earlier.given_parts(claims.parts_of(claim))
    claims.edit(claim, by=editor, version=claim.version, fields={"hedge": "suspected"}, **parts)

    for row in made:
        row.refresh_from_db()
        row.full_clean()
        trace = Change.objects.get(model=row._meta.model_name, object_uid=row.uid, field="created")
        assert (trace.by, trace.before) == (editor, None)
        assert trace.after == {name: before[row.uid][name] for name in TOLD[type(row)]}
        assert earlier.state_at(row, trace) == before[row.uid]
    assert (incident.title, claim.hedge) == ("A made-up other title", "suspected")


TOLD = {Incident: ["batch_id", "title"], Claim: ["incident_id", "aspect"], Document: ["source_id", "title"]}


@pytest.mark.django_db
def test_the_same_file_again_is_told_at_once_and_the_same_rows_in_another_file_add_nothing(tmp_path, editor):
    known()
    committed(planned(tmp_path, editor), editor)
    before = counted()

    with pytest.raises(ValidationError, match="This very file is here already"):
        planned(tmp_path, editor)
    other = of_file(
        files.put(tmp_path, files.ucdp({"latitude": "32.980000", "active_year": "true", "release": "2"}), "other.csv"),
        editor,
    )

    assert (other.report["same"], other.report["new"]) == (1, 0)
    with pytest.raises(ValidationError, match="nothing to commit"):
        importing.commit(other, by=editor)
    assert counted() == before


@pytest.mark.django_db
def test_undo_restores_what_was_there_and_the_file_can_come_again(tmp_path, editor):
    known()
    before = counted()
    batch = committed(planned(tmp_path, editor, {}, SECOND), editor)

    batch = undone(batch, editor)

    assert counted() == before
    assert (batch.status, batch.report["removed"], batch.report["left"]) == ("undone", 2, 0)
    assert Change.objects.filter(model="incident", field="removed", by=editor).count() == 2
    assert committed(planned(tmp_path, editor, {}, SECOND), editor).records.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "touch",
    [
        lambda incident, by: incidents.edit(incident, by=by, fields={"title": "Mended"}, version=incident.version),
        lambda incident, by: claims.add(incident, by=by, **builders.claim()),
        lambda incident, by: claims.remove(incident.claims.first(), by=by),
        lambda incident, by: incidents.assign(incident, by=by, to=by),
        lambda incident, by: incidents.link(
            incident, Incident.objects.exclude(pk=incident.pk).get(), by=by, type="same_as"
        ),
    ],
)
def test_undo_leaves_what_somebody_went_on_with_and_says_which(tmp_path, analyst, editor, touch):
    known()
    batch = committed(planned(tmp_path, analyst, {}, SECOND), editor)
    first = Incident.objects.order_by("pk").first()
    touch(first, editor)

    batch = undone(batch, editor)

    assert first in Incident.objects.all()
    assert first.claims.exists()
    assert batch.report["left"] == Incident.objects.count()
    assert {record.incident for record in batch.records.all()} == set(Incident.objects.all())


@pytest.mark.django_db
def test_drafts_are_submitted_together_accepted_by_another_and_published(tmp_path, analyst, editor):
    known()
    batch = committed(planned(tmp_path, analyst), editor)

    assert importing.submit(batch, by=analyst) == 1

    incident = Incident.objects.get()
    assert incident.status == "submitted"
    deciding.decide_many(list(incident.claims.all()), by=editor, credibility=2, rationale="Rows agree with the file.")
    editions.publish(Incident.objects.get(), by=editor, reason="new_incident")
    assert Incident.objects.get().status == "published"
    assert undone(batch, editor).report["left"] == 1


@pytest.mark.django_db
def test_submitted_drafts_that_nobody_judged_are_undone_as_well(tmp_path, editor):
    known()
    batch = committed(planned(tmp_path, editor), editor)
    importing.submit(batch, by=editor)

    undone(batch, editor)

    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_rows_of_a_closed_licence_become_drafts_that_never_reach_an_edition(tmp_path, analyst, editor):
    known()
    builders.actor("Military Forces of Pakistan (2022-)")
    batch = committed(planned(tmp_path, analyst, format="acled"), editor)
    importing.submit(batch, by=analyst)
    incident = Incident.objects.get()
    builders.accept_all(incident, editor)
    incident.refresh_from_db()

    assert not batch.is_redistributable
    with pytest.raises(ValidationError, match="licence"):
        editions.publish(incident, by=editor, reason="new_incident")


@pytest.mark.django_db
def test_bad_rows_are_refused_with_line_and_column_and_do_not_sink_the_good_ones(tmp_path, editor):
    known()
    rows = ({}, {"id": "900003", "date_start": "2026-02-30"}, {"id": "900001"}, SECOND)

    batch = committed(planned(tmp_path, editor, *rows), editor)

    assert (batch.report["new"], batch.report["refused"]) == (2, 2)
    wrong = [row.problems[0] for row in batch.rows.filter(verdict="refused").order_by("number")]
    assert [(one["line"], one["column"], one["value"]) for one in wrong] == [
        (3, "date_start", "2026-02-30"),
        (4, "id", "900001"),
    ]
    assert Incident.objects.count() == 2


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_set_aside_and_the_others_are_kept(tmp_path, editor):
    known()
    batch = planned(tmp_path, editor, {}, SECOND)
    row = batch.rows.order_by("number").first()
    ImportRow.objects.filter(pk=row.pk).update(content=row.content | {"title": ""})

    batch = committed(batch, editor)

    assert batch.status == "committed"
    assert (batch.report["new"], batch.report["refused"]) == (1, 1)
    assert Incident.objects.count() == ExternalRecord.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_fails_with_a_sentence(tmp_path, editor):
    batch = of_file(files.put(tmp_path, "a,b\n1,2\n"), editor)

    assert batch.status == BatchStatus.FAILED
    assert "none of the columns" in batch.problems[0]["sentence"]
    assert not planning.stored_at(batch).exists()


@pytest.mark.django_db
def test_a_commit_that_was_killed_goes_on_after_its_last_piece_exactly_once(tmp_path, editor, monkeypatch):
    known()
    rows = [{"id": str(number), "date_start": "2026-01-07"} for number in range(1, 8)]
    batch = importing.commit(planned(tmp_path, editor, *rows), by=editor)
    monkeypatch.setitem(committing.PIECE, connection.vendor, 3)

    def killed(row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_now(batch, killed)
    batch = ImportBatch.objects.get()
    assert (batch.status, Incident.objects.count()) == ("committing", 3)
    assert not jobs.run_now(batch)  # whoever was killed may still be alive
    ImportBatch.objects.update(beat_at=timezone.now() - timedelta(minutes=5))

    jobs.run(batch.pk)

    batch.refresh_from_db()
    assert batch.status == "committed"
    assert Incident.objects.count() == 7
    assert sorted(ExternalRecord.objects.values_list("external_id", flat=True)) == [str(n) for n in range(1, 8)]


@pytest.mark.usefixtures("emptied_afterwards")
def test_pieces_that_are_committed_side_by_side_are_each_written_once(tmp_path, editor, monkeypatch):
    known()
    rows = [{"id": str(number), "date_start": "2026-01-07", "best": "5"} for number in range(1, 30)]
    first = committed(planned(tmp_path, editor, *rows[:3], version="1"), editor)
    monkeypatch.setitem(committing.PIECE, connection.vendor, 2)
    changed = [row | {"best": "6"} for row in rows[:3]]
    batch = planned(tmp_path, editor, *rows[3:], *changed, version="2", name="second.csv")
    assert (batch.report["new"], batch.report["changed"]) == (26, 3)

    told = []
    assert jobs.run_now(importing.commit(batch, by=editor), lambda row: told.append(row.done))

    batch.refresh_from_db()
    assert (batch.status, batch.done, len(told)) == ("committed", 29, 15)
    assert (Incident.objects.count(), ExternalRecord.objects.filter(batch=batch).count()) == (29, 29)
    assert not first.rows.filter(version=0).exists() and not batch.rows.filter(version=0).exists()


@pytest.mark.usefixtures("emptied_afterwards")
def test_one_failing_piece_stops_those_beside_it_and_the_commit_can_go_on(tmp_path, editor, monkeypatch):
    known()
    rows = [{"id": str(number), "date_start": "2026-01-07"} for number in range(1, 60)]
    monkeypatch.setitem(committing.PIECE, connection.vendor, 2)
    batch = importing.commit(planned(tmp_path, editor, *rows), by=editor)
    make = Maker.make

    def failing(self, rows):
        if rows[0].number == 5:
            raise RuntimeError
        return make(self, rows)

    monkeypatch.setattr(Maker, "make", failing)
    jobs.run_now(batch)
    batch.refresh_from_db()
    assert batch.status == "cancelled" and "log of the server" in batch.problems[0]["sentence"]
    assert 4 <= Incident.objects.count() < 59

    monkeypatch.setattr(Maker, "make", make)
    assert committed(batch, editor).status == "committed"
    assert Incident.objects.count() == 59


@pytest.mark.django_db
def test_a_plan_that_was_killed_begins_anew(tmp_path, editor, monkeypatch):
    known()
    monkeypatch.setattr(planning, "CHUNK", 1)
    batch = importing.plan(files.put(tmp_path, files.ucdp({}, SECOND)), by=editor, format="ucdp")

    def killed(row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_now(batch, killed)
    ImportBatch.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    jobs.run(batch.pk)

    batch.refresh_from_db()
    assert (batch.status, batch.report["new"], batch.rows.count()) == ("planned", 2, 2)


@pytest.mark.django_db
def test_what_is_cancelled_stops_and_can_be_gone_on_with_or_undone(tmp_path, editor, monkeypatch):
    known()
    before = counted()
    batch = importing.commit(planned(tmp_path, editor, {}, SECOND), by=editor)
    monkeypatch.setitem(committing.PIECE, connection.vendor, 1)

    jobs.run_now(batch, lambda row: importing.cancel(row, by=editor))

    batch.refresh_from_db()
    assert (batch.status, Incident.objects.count()) == ("cancelled", 1)
    assert committed(batch, editor).status == "committed"
    undone(batch, editor)
    assert counted() == before


@pytest.mark.django_db
def test_a_cancelled_plan_leaves_nothing_and_its_file_can_come_again(tmp_path, analyst, other_analyst):
    batch = planned(tmp_path, analyst)

    with pytest.raises(PermissionDenied):
        importing.cancel(batch, by=other_analyst)
    importing.cancel(batch, by=analyst)

    assert not ImportRow.objects.exists()
    assert planned(tmp_path, analyst).status == "planned"


@pytest.mark.django_db
def test_analysts_plan_and_editors_commit_and_undo(tmp_path, analyst, editor, researcher):
    with pytest.raises(PermissionDenied):
        importing.plan(files.put(tmp_path, files.ucdp()), by=researcher, format="ucdp")
    batch = planned(tmp_path, analyst)

    with pytest.raises(PermissionDenied):
        importing.commit(batch, by=analyst)
    batch = committed(batch, editor)
    with pytest.raises(PermissionDenied):
        importing.undo(batch, by=analyst)


@pytest.mark.django_db
def test_names_that_no_register_knows_are_listed_once_and_the_row_comes_without_them(tmp_path, editor):
    batch = committed(planned(tmp_path, editor, {}, SECOND), editor)

    listed = {name.words["name"]: name.rows for name in batch.names.all()}
    assert listed == {
        "Government of Pakistan": 2,
        "TTP": 2,
        "Mir Ali, North Waziristan, Khyber Pakhtunkhwa, Pakistan": 2,
    }
    assert Incident.objects.first().location is None
    assert not Claim.objects.filter(aspect__in=["target", "location"]).exists()
    with pytest.raises(ValidationError, match="No draft"):
        importing.submit(batch, by=editor)


@pytest.mark.django_db
def test_the_command_plans_commits_and_tells_how_far_it_is(tmp_path, editor):
    known()
    path = files.put(tmp_path, files.ucdp({}, SECOND | {"best": "many"}))
    told = StringIO()

    call_command("import_incidents", path, by=editor.username, dry_run=True, stdout=told)
    assert not Incident.objects.exists()
    call_command("import_incidents", path, by=editor.username, commit=True, stdout=told)

    assert "1 new, 0 changed, 0 same, 1 refused" in told.getvalue()
    assert "line 3, best:" in told.getvalue()
    assert "per second" in told.getvalue()
    assert Incident.objects.count() == 1
    with pytest.raises(CommandError, match="here already"):
        call_command("import_incidents", path, by=editor.username, stdout=told)
    with pytest.raises(CommandError, match="no account"):
        call_command("import_incidents", path, by="nobody", stdout=told)
