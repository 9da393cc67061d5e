"""Tables of anybody, told by a mapping which column says what; and our own files, brought back."""

from datetime import date, time

import pytest

from events.choices import Aspect
from events.exchange import reading_own, reading_table, tables
from events.exchange.reading_table import Layout
from tests.exchange.files import put

LAYOUT = Layout(
    {
        "external_id": "no",
        "title": "what",
        "kind": "type",
        "date": "day",
        "country": "country",
        "district": "district",
        "latitude": "lat",
        "longitude": "lon",
        "perpetrator": "by",
        "killed": "dead",
        "killed_high": "dead_most",
        "source": "paper",
        "source_date": "printed",
    },
    kinds={"IED blast": "ied"},
)
NOTES = reading_table.named_dataset("Made-up notes")
ROW = {
    "no": "17",
    "what": "Made-up blast on a road",
    "type": "IED blast",
    "day": "18/03/2024",
    "country": "Pakistan",
    "district": "North Waziristan",
    "lat": "32,98",
    "lon": "70,15",
    "by": "Made-up group; Another",
    "dead": "3",
    "dead_most": "5",
    "paper": "Made-up Daily",
    "printed": "19 March 2024",
}


@pytest.fixture
def read(tmp_path):
    def give(*changes, layout=LAYOUT):
        names = list(ROW)
        lines = [";".join(names)]
        lines += [";".join(f'"{(ROW | change)[name]}"' for name in names) for change in changes or ({},)]
        return list(reading_table.parsed(put(tmp_path, "\n".join(lines)), layout, NOTES).rows)

    return give


def test_a_row_is_read_by_the_mapping(read):
    (row,) = read()
    assert (row.external_id, row.title, row.kind) == ("17", "Made-up blast on a road", "ied")
    assert row.date.start == row.date.end == date(2024, 3, 18)
    assert row.place.names == (("country", "Pakistan"), ("district", "North Waziristan"))
    assert (row.place.latitude, row.place.longitude, row.place.precision) == (32.98, 70.15, "district")
    assert [claim.actor.name for claim in row.claims if claim.aspect == Aspect.PERPETRATOR] == [
        "Made-up group",
        "Another",
    ]
    (toll,) = row.claims[-1].tolls
    assert (toll.low, toll.best, toll.high, toll.qualifier) == (None, 3, 5, "range")
    assert (row.cited[0].publisher, row.cited[0].published) == ("Made-up Daily", "2024-03-19")
    assert row.excerpt in reading_table.kept(row.raw)


def test_the_american_order_of_days_has_to_be_said(read):
    (refused,) = read({"day": "03/18/2024"})
    assert refused[0].column == "date"
    (row,) = read({"day": "03/18/2024"}, layout=Layout(LAYOUT.columns, LAYOUT.kinds, is_american=True))
    assert row.date.start == date(2024, 3, 18)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"type": "explosion"}, "kind"),
        ({"day": ""}, "date"),
        ({"day": "30/02/2024"}, "date"),
        ({"what": ""}, "title"),
        ({"dead": "7"}, "killed"),
        ({"dead": "-1"}, "killed"),
        ({"lat": ""}, "latitude"),
    ],
)
def test_a_wrong_cell_refuses_its_row_only(read, change, column):
    refused, row = read(change, {})
    assert row.external_id == "17"
    assert column in {problem.column for problem in refused}


@pytest.mark.parametrize(
    ("layout", "sentence"),
    [
        (Layout({"title": "what"}), "which column holds it"),
        (Layout(LAYOUT.columns | {"injured": "hurt"}), "no column “hurt”"),
        (Layout(LAYOUT.columns | {"mood": "what"}), "no such field"),
        (Layout(LAYOUT.columns, {"x": "explosion"}), "does not exist"),
    ],
)
def test_a_layout_that_does_not_fit_is_refused_before_a_row_is_read(read, layout, sentence):
    with pytest.raises(tables.Refused, match=sentence):
        read(layout=layout)


def test_our_own_file_brings_back_what_editors_set(tmp_path):
    heading = (
        "uid,edition,title,kind,date_start,date_end,date_precision,time_local,time_zone,location,location_precision"
    )
    line = "7K3M-9QX2,1,Made-up raid,raid,2024-03-18,2024-03-18,part_of_day,03:00,Asia/Kabul,barmal,district"
    (row,) = reading_own.parsed(put(tmp_path, f"{heading},killed_low\n{line},7\n")).rows
    assert (row.uid, row.title, row.kind) == ("7K3M-9QX2", "Made-up raid", "raid")
    assert (row.date.precision, row.date.time_local, row.date.time_zone) == ("part_of_day", time(3), "Asia/Kabul")
    assert (row.place.names, row.place.precision) == ((("slug", "barmal"),), "district")
    assert row.raw["killed_low"] == "7"
    assert not [claim for claim in row.claims if claim.aspect == Aspect.CASUALTIES]


def test_a_file_without_our_columns_is_none_of_ours(tmp_path):
    with pytest.raises(tables.Refused):
        reading_own.parsed(put(tmp_path, "a,b\n1,2\n"))
