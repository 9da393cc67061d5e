"""Rows of UCDP and ACLED as incidents with claims: nothing is guessed, and what is wrong is said by line and column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from events.choices import Aspect
from events.exchange import reading_acled, reading_ucdp, tables
from events.exchange.cells import Cells
from events.exchange.rows import IncidentRow, NamedActor
from events.rules import dates
from tests.exchange import files


@pytest.fixture
def ucdp(tmp_path):
    return lambda *changes, **how: list(reading_ucdp.parsed(files.put(tmp_path, files.ucdp(*changes, **how))).rows)


@pytest.fixture
def acled(tmp_path):
    return lambda *changes, **how: list(reading_acled.parsed(files.put(tmp_path, files.acled(*changes, **how))).rows)


def claims(row, aspect):
    return [claim for claim in row.claims if claim.aspect == aspect]


def test_a_row_of_ucdp_says_that_when_where_who_and_how_many(ucdp):
    (row,) = ucdp()
    assert (row.external_id, row.kind, row.line) == ("900001", "other_violent", 2)
    assert (row.date.start, row.date.end, row.date.precision) == (date(2026, 1, 7), date(2026, 1, 7), "day")
    assert dict(row.place.names) == {
        "country": "Pakistan",
        "province": "Khyber Pakhtunkhwa",
        "district": "North Waziristan",
        "settlement": "Mir Ali",
    }
    assert (row.place.latitude, row.place.longitude, row.place.precision) == (32.98, 70.15, "near_settlement")
    assert [claim.actor for claim in claims(row, Aspect.TARGET)] == [
        NamedActor("Government of Pakistan", "ucdp_actor", "142"),
        NamedActor("TTP", "ucdp_actor", "303"),
    ]
    assert not claims(row, Aspect.PERPETRATOR)
    (toll,) = claims(row, Aspect.CASUALTIES)
    assert toll.exhaustive
    assert [(line.category, line.low, line.best, line.high) for line in toll.tolls] == [
        ("all", 5, 5, 7),
        ("security_forces", 2, 2, 2),
        ("militant", 3, 3, 3),
        ("civilian", 0, 0, 0),
        ("unknown", 0, 0, 0),
    ]
    assert [(cited.publisher, cited.title, cited.published) for cited in row.cited] == [
        ("Made-up Wire", "A made-up report", "2026-01-08"),
        ("Made-up Daily", "Another, with a comma", "2026-01-09"),
    ]


def test_only_one_sided_violence_names_who_did_it(ucdp):
    (row,) = ucdp({"type_of_violence": "3", "side_a": "TTP", "side_b": "Civilians", "deaths_a": "0", "deaths_b": "0"})
    assert row.kind == "attack_on_civilians"
    assert [claim.actor.name for claim in claims(row, Aspect.PERPETRATOR)] == ["TTP"]
    assert not claims(row, Aspect.TARGET)


def test_a_party_that_is_not_known_is_nobody(ucdp):
    (row,) = ucdp({"side_a": "XXX770", "side_b": "XXX770"})
    assert not claims(row, Aspect.TARGET)
    assert row.title.startswith("not identified – not identified")


def test_the_excerpt_stands_in_the_text_that_is_kept(ucdp, acled):
    for (row,), read in ((ucdp(), reading_ucdp), (acled(), reading_acled)):
        assert row.excerpt in read.kept(row.raw)
        assert len(row.excerpt) <= 500


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"id": ""}, "id"),
        ({"type_of_violence": "4"}, "type_of_violence"),
        ({"type_of_violence": ""}, "type_of_violence"),
        ({"date_start": "2026-02-30"}, "date_start"),
        ({"date_start": "0025-01-01"}, "date_start"),
        ({"date_start": ""}, "date_start"),
        ({"date_end": "2025-12-31"}, "date_end"),
        ({"date_prec": "9"}, "date_prec"),
        ({"latitude": "132.98"}, "latitude"),
        ({"latitude": "north"}, "latitude"),
        ({"longitude": ""}, "longitude"),
        ({"where_prec": ""}, "where_prec"),
        ({"country": ""}, "country"),
        ({"deaths_a": "-2"}, "deaths_a"),
        ({"deaths_a": "2.5"}, "deaths_a"),
        ({"best": "=5+1"}, "best"),
        ({"best": "many"}, "best"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_column_and_the_others_are_read(ucdp, change, column):
    wrong, right = ucdp(change, {})
    assert isinstance(right, IncidentRow)
    assert {(problem.line, problem.column) for problem in wrong} == {(2, column)}
    assert all(problem.refuses and problem.sentence.endswith(".") for problem in wrong)


@pytest.mark.parametrize(
    ("change", "column"),
    [({"best": "9"}, "best"), ({"low": "6"}, "best"), ({"high": "1"}, "best"), ({"date_prec": "0"}, "date_prec")],
)
def test_a_row_that_contradicts_itself_is_flagged_and_read(ucdp, change, column):
    (row,) = ucdp(change)
    assert {problem.column for problem in row.problems} == {column}
    assert not any(problem.refuses for problem in row.problems)
    for line in claims(row, Aspect.CASUALTIES)[0].tolls:
        assert line.low <= line.best <= line.high


@pytest.mark.parametrize("heading", [True, False])
def test_a_file_of_ucdp_is_read_with_and_without_heading(ucdp, heading):
    assert [row.external_id for row in ucdp({}, {"id": "900002"}, heading=heading)] == ["900001", "900002"]


def test_columns_go_by_their_names_not_by_their_place(ucdp):
    columns = [*reversed(reading_ucdp.COLUMNS), "release", "iso3"]
    (row,), (plain,) = ucdp(columns=columns), ucdp()
    assert row.claims == plain.claims


def test_a_file_that_lacks_a_column_is_refused(ucdp):
    with pytest.raises(tables.Refused, match="The column best is missing"):
        ucdp(columns=[name for name in reading_ucdp.COLUMNS if name != "best"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-01", date(2024, 1, 1)),
        ("01 January 2024", date(2024, 1, 1)),
        ("16 May 2025", date(2025, 5, 16)),
        ("16-Feb-19", date(2019, 2, 16)),
        ("18/03/2024", date(2024, 3, 18)),
    ],
)
def test_the_days_of_acled_are_read_in_each_of_its_spellings(acled, text, day):
    (row,) = acled({"event_date": text})
    assert row.date.start == day


def test_an_actor_of_acled_has_no_direction_and_a_doubt_stays_a_doubt(acled):
    (row,) = acled({"actor2": "TTP: Tehreek-i-Taliban Pakistan and/or Made-up Group"})
    named = claims(row, Aspect.TARGET)
    assert [(claim.actor.name, claim.hedge) for claim in named] == [
        ("Military Forces of Pakistan (2022-)", "none"),
        ("TTP: Tehreek-i-Taliban Pakistan", "suspected"),
        ("Made-up Group", "suspected"),
    ]


def test_an_attack_on_civilians_names_who_did_it(acled):
    (row,) = acled(
        {
            "event_type": "Violence against civilians",
            "sub_event_type": "Attack",
            "actor1": "Unidentified Armed Group (Pakistan)",
            "actor2": "Civilians (Pakistan)",
        }
    )
    assert row.kind == "attack_on_civilians"
    assert not [claim for claim in row.claims if claim.actor]  # nobody is identified
    (row,) = acled({"event_type": "Violence against civilians", "sub_event_type": "Attack"})
    assert [claim.actor.name for claim in claims(row, Aspect.PERPETRATOR)] == ["Military Forces of Pakistan (2022-)"]


@pytest.mark.parametrize(
    ("fatalities", "notes", "qualifier", "best"),
    [
        ("5", "Made up.", "exact", 5),
        ("0", "Made up, no word of the dead.", "unknown", None),
        ("0", "Made up: there were no casualties.", "none", 0),
    ],
)
def test_a_nought_of_acled_is_not_read_as_none_unless_the_notes_say_so(acled, fatalities, notes, qualifier, best):
    (row,) = acled({"fatalities": fatalities, "notes": notes})
    (line,) = claims(row, Aspect.CASUALTIES)[0].tolls
    assert (line.qualifier, line.best) == (qualifier, best)


def test_old_columns_of_acled_are_no_obstacle(acled):
    columns = [
        "data_id",
        "iso",
        *[name for name in reading_acled.COLUMNS if name not in ("iso", "disorder_type", "tags")],
    ]
    (row,) = acled(columns=[*columns, "iso3", "event_id_no_cnty"], delimiter=";")
    assert row.external_id == "PAK900001"


def test_protests_are_outside_and_refused(acled):
    (problems,) = acled({"event_type": "Protests", "sub_event_type": "Peaceful protest"})
    assert problems[0].column == "event_type"


def test_what_may_not_be_passed_on_says_so():
    assert not reading_acled.ACLED.is_redistributable
    assert reading_ucdp.GED.is_redistributable


@given(some.dictionaries(some.sampled_from(reading_ucdp.COLUMNS), some.text(max_size=40), max_size=12))
def test_no_row_of_ucdp_whatever_it_holds_is_half_read(change):
    read = reading_ucdp._incident(Cells(2, dict.fromkeys(reading_ucdp.COLUMNS, "") | files.UCDP | change))
    if isinstance(read, IncidentRow):
        assert not dates.problems(read.date)
        assert not any(problem.refuses for problem in read.problems)
        for claim in read.claims:
            for line in claim.tolls:
                numbers = [number for number in (line.low, line.best, line.high) if number is not None]
                assert numbers == sorted(numbers)
                assert all(number >= 0 for number in numbers)
    else:
        assert read
        assert any(problem.refuses for problem in read)


@given(some.dictionaries(some.sampled_from(reading_acled.COLUMNS), some.text(max_size=40), max_size=12))
def test_no_row_of_acled_whatever_it_holds_is_half_read(change):
    read = reading_acled._incident(Cells(2, dict.fromkeys(reading_acled.COLUMNS, "") | files.ACLED | change))
    if isinstance(read, IncidentRow):
        assert not dates.problems(read.date)
        assert len(read.title) <= 200
    else:
        assert any(problem.refuses for problem in read)
