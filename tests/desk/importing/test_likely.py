"""Rows of a plan that are likely in the ledger already: which are told, why, and what is decided about them."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import importing
from events.desk.importing import deciding_rows, jobs, likely_words
from events.models.batch import ImportRow
from events.models.incident import Incident
from events.rules.dates import VagueDate
from tests import builders
from tests.desk.importing_world import committed, known, planned, undone
from tests.exchange import files

SECOND = {"id": "900002", "date_start": "2026-01-09", "date_end": "2026-01-09"}
THIRD = {"id": "900003", "date_start": "2026-01-12", "date_end": "2026-01-12"}


def logged(by, place, day=7, killed=5, **changes):
    """An incident of the ledger on a day of January 2026 that says how many were killed."""
    on = date(2026, 1, day)
    toll = builders.claim("casualties", lines=[builders.toll(killed, category="all")], scope="whole_incident")
    facts = {"kind": "armed_assault", "location": place, "location_precision": "settlement"} | changes
    return builders.draft(by, title="Made-up attack", date=VagueDate(on, on, "day"), claims=[toll], **facts)


@pytest.fixture
def towns(db):
    register = known()
    near = builders.location(
        "Near Town",
        parent=register["district"],
        latitude=33.02,
        longitude=70.15,
        coordinate_basis="settlement",
    )
    far = builders.location(
        "Far Town", parent=register["district"], latitude=33.9, longitude=70.15, coordinate_basis="settlement"
    )
    return register | {"near": near, "far": far}


def reasons(batch, user):
    rows = list(batch.rows.filter(is_likely=True).order_by("number"))
    return [[match.reasons for match in likely_words.matches(rows, user)[row.pk]] for row in rows]


def test_a_new_row_of_the_same_day_place_kind_and_toll_is_likely_here_and_says_why(towns, tmp_path, analyst, editor):
    logged(analyst, towns["town"], kind="other_violent")

    batch = planned(tmp_path, editor)

    assert (batch.report["new"], batch.report["likely"]) == (1, 1)
    assert reasons(batch, editor) == [
        [("same day", "same place: Mir Ali", "5 killed in both", "same kind: other violent incident")]
    ]


def test_kilometres_and_the_next_day_are_said(towns, tmp_path, editor):
    logged(editor, towns["near"], day=8, killed=6, kind="ambush")

    ((said,),) = reasons(planned(tmp_path, editor), editor)

    assert said == ("one day apart", "4 km apart", "5–7 killed in the row, 6 in the ledger")


@pytest.mark.parametrize(
    "other",
    [
        {"day": 9},
        {"day": 5},
        {"kind": "talks"},
        {"killed": 40},
        {"place": "far"},
    ],
)
def test_another_day_kind_place_or_number_of_killed_is_not_likely(towns, tmp_path, editor, other):
    place = towns[other.pop("place", "town")]
    logged(editor, place, **other)

    batch = planned(tmp_path, editor)

    assert (batch.report["likely"], batch.rows.get().likely) == (0, [])


def test_a_province_alone_tells_only_with_an_equal_toll_of_that_day(towns, tmp_path, editor):
    province = towns["district"].parent
    same = logged(editor, province, location_precision="province")
    logged(editor, province, killed=6, location_precision="province")
    logged(editor, province, day=8, location_precision="province")

    ((match,),) = likely_words.matches(planned(tmp_path, editor).rows.all(), editor).values()

    assert match.incident == same
    assert match.reasons[:3] == ("same day", "one place lies in the other", "5 killed in both")


def test_where_no_place_is_known_day_number_and_title_have_to_agree(towns, tmp_path, editor):
    logged(editor, None, location_precision="")
    assert planned(tmp_path, editor).report["likely"] == 0

    title = "Government of Pakistan – TTP, Mir Ali town"
    Incident.objects.update(title=title)
    assert planned(tmp_path, editor, {}, SECOND, name="again.csv").report["likely"] == 1


def test_withdrawn_incidents_and_the_record_of_the_same_data_set_are_not_told(towns, tmp_path, editor):
    Incident.objects.filter(pk=logged(editor, towns["town"]).pk).update(status="withdrawn")
    committed(planned(tmp_path, editor), editor)

    batch = planned(tmp_path, editor, {"id": "900009"}, name="more.csv")

    assert (batch.report["new"], batch.report["likely"]) == (1, 0)


def test_an_analyst_is_not_told_of_a_draft_of_somebody_else(towns, tmp_path, analyst, editor, client):
    logged(builders.person("analyst", name="another"), towns["town"])
    batch = planned(tmp_path, analyst)
    client.force_login(analyst)

    assert (batch.report["likely"], batch.report["likely_open"]) == (1, 0)
    for address in (f"/desk/imports/{batch.pk}/", f"/desk/imports/{batch.pk}/likely/"):
        assert "Made-up attack" not in client.get(address).text
    assert "likely here already." not in client.get(f"/desk/imports/{batch.pk}/").text
    client.force_login(editor)
    assert "1 new row is likely here already." in client.get(f"/desk/imports/{batch.pk}/").text
    assert "Made-up attack" in client.get(f"/desk/imports/{batch.pk}/?rows=likely").text


def test_a_row_that_is_left_out_becomes_no_draft_and_the_next_import_remembers(towns, tmp_path, editor):
    logged(editor, towns["town"])
    batch = planned(tmp_path, editor, {}, SECOND)

    assert deciding_rows.decide(batch, {1: "left_out"}, by=editor) == 1
    committed(batch, editor)

    assert Incident.objects.filter(batch=batch).count() == 1
    assert set(batch.records.values_list("external_id", flat=True)) == {"900002"}
    Incident.objects.filter(batch__isnull=True).update(status="withdrawn")
    again = planned(tmp_path, editor, {}, SECOND, THIRD, name="next.csv")
    row = again.rows.get(external_id="900001")
    assert (row.verdict, row.decision, row.decided_by, row.likely) == ("new", "left_out", editor, [])
    assert committed(again, editor).records.count() == 1


def test_a_decision_can_be_taken_back_until_the_commit(towns, tmp_path, editor):
    logged(editor, towns["town"])
    batch = planned(tmp_path, editor)
    deciding_rows.decide(batch, {1: "left_out"}, by=editor)
    with pytest.raises(ValidationError, match="nothing to commit"):
        importing.commit(batch, by=editor)

    deciding_rows.decide(batch, {1: ""}, by=editor)

    row = batch.rows.get()
    assert (row.decision, row.decided_by, row.decided_at) == ("", None, None)
    committed(batch, editor)
    with pytest.raises(ValidationError, match="between the plan and the commit"):
        deciding_rows.decide(batch, {1: "left_out"}, by=editor)
    assert undone(batch, editor).report["removed"] == 1


def test_all_undecided_rows_are_decided_at_once_and_others_stay(towns, tmp_path, editor):
    logged(editor, towns["town"])
    logged(editor, towns["town"], day=9)
    batch = planned(tmp_path, editor, {}, SECOND, THIRD)
    deciding_rows.decide(batch, {1: "draft", 3: "left_out"}, by=editor)

    assert deciding_rows.decide_all(batch, "left_out", by=editor) == 1

    assert list(batch.rows.order_by("number").values_list("decision", flat=True)) == ["draft", "left_out", ""]


def test_only_editors_decide_and_only_what_is_known(towns, tmp_path, analyst, editor):
    logged(analyst, towns["town"])
    batch = planned(tmp_path, analyst)

    with pytest.raises(PermissionDenied):
        deciding_rows.decide(batch, {1: "left_out"}, by=analyst)
    with pytest.raises(ValidationError, match="no decision about a row"):
        deciding_rows.decide(batch, {1: "gone"}, by=editor)
    assert batch.rows.get().decision == ""


def test_the_page_puts_row_and_incident_side_by_side_and_keeps_what_is_chosen(towns, tmp_path, client, analyst, editor):
    incident = logged(analyst, towns["town"])
    batch = planned(tmp_path, analyst, {}, SECOND)
    address = f"/desk/imports/{batch.pk}/likely/"
    client.force_login(analyst)
    page = client.get(address).text
    assert incident.get_absolute_url() in page and "same day; same place: Mir Ali; 5 killed in both" in page
    assert "Keep these decisions" not in page
    assert client.post(address, {"row-1": "left_out"}).status_code == 403

    client.force_login(editor)
    assert client.post(address, {"row-1": "left_out"}).status_code == 302
    assert "1 is left out." in client.get(f"/desk/imports/{batch.pk}/").text
    assert "Leave the row out: <bdi>editor</bdi>" in client.get(f"{address}?row=1").text
    client.post(address, {"row-1": ""})
    client.post(address, {"every": "draft"})
    assert ImportRow.objects.get(number=1).decision == "draft"


def test_a_plan_asks_as_often_for_many_rows_as_for_few(towns, tmp_path, editor):
    logged(editor, towns["town"])

    def asked(name, count):
        rows = [{"id": str(number)} for number in range(count)]
        path = files.put(tmp_path, files.ucdp(*rows), name)
        batch = importing.plan(path, by=editor, format="ucdp")
        with CaptureQueriesContext(connection) as queries:
            jobs.run_now(batch)
        assert batch.report["likely"] == count
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    few = asked("few.csv", 5)
    assert asked("many.csv", 45) - few <= 1


def test_the_pages_ask_as_often_for_many_rows_as_for_few(
    towns, tmp_path, editor, client, django_assert_max_num_queries
):
    for _ in range(5):
        logged(editor, towns["town"])
    batch = planned(tmp_path, editor, *({"id": str(number)} for number in range(40)))
    client.force_login(editor)

    with django_assert_max_num_queries(16):
        client.get(f"/desk/imports/{batch.pk}/?rows=likely")
    with django_assert_max_num_queries(12):
        assert client.get(f"/desk/imports/{batch.pk}/likely/?page=2").text.count("side-by-side") == 20


def test_the_report_says_what_a_row_is_like_and_what_was_decided(towns, tmp_path, editor, client):
    incident = logged(editor, towns["town"])
    batch = planned(tmp_path, editor)
    deciding_rows.decide(batch, {1: "left_out"}, by=editor)
    client.force_login(editor)

    answer = client.get(f"/desk/imports/{batch.pk}/report.csv")
    text = b"".join(answer.streaming_content).decode()

    assert incident.shown_uid in text
    assert "Likely here already: same day; same place: Mir Ali; 5 killed in both" in text
    assert "Leave the row out" in text


def test_the_command_says_how_many_rows_are_likely_here(towns, tmp_path, editor):
    logged(editor, towns["town"])
    said = StringIO()

    call_command("import_incidents", files.put(tmp_path, files.ucdp(), "file.csv"), by="editor", stdout=said)

    assert "likely here already: 1;" in said.getvalue()
