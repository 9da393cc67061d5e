"""A document as a row of UCDP GED: the columns, the sides, the dead, and why some give no row."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.exchange import ucdp, ucdp_columns
from events.exchange.ucdp_columns import Type
from tests.exchange.ucdp_documents import REGISTER, barmal, document, numbered, says
from tests.record import rows

# The heading of GEDEvent_v26_0_1.csv as UCDP publishes it.
HEADING = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
)
PYTHON = {Type.WHOLE: int, Type.NUMBER: float, Type.TEXT: str, Type.FLAG: bool, Type.MOMENT: str}


def row(*, known=REGISTER, number=124, **given):
    return ucdp.row(document(**given), number, known)


def worked():
    """The strike on Barmal of 18 March 2024: the target is contested, and Pakistan says that it hit militants."""
    claims = [
        says("taliban", "target_nature", code="civilian_home"),
        says("foreign-office", "target_nature", code="militant_hideout"),
        says("foreign-office", "target", actor="front"),
    ]
    hit = ("civilian_home", "militant_hideout")
    return document(by="army", hit=hit, contested=["target_nature"], dead={"civilian": 6}, claims=claims)


def test_columns_are_those_of_the_published_files():
    assert ",".join(ucdp_columns.COLUMNS) == HEADING
    assert list(ucdp.row(worked(), 124, REGISTER)) == HEADING.split(",")


def test_the_worked_row():
    made = ucdp.row(worked(), 124, REGISTER)

    assert made == dict.fromkeys(ucdp_columns.COLUMNS) | {
        "id": 900_000_124,
        "relid": "AFG-2024-1-0-124",
        "year": 2024,
        "code_status": "Check target_nature",
        "type_of_violence": 1,
        "conflict_name": "Government of Pakistan - Front",
        "dyad_name": "Government of Pakistan - Front",
        "side_a": "Government of Pakistan",
        "side_b": "Front",
        "number_of_sources": 1,
        "source_article": '"Dawn,2024-03-19,Statement on Torkham"',
        "source_office": "Dawn",
        "source_date": "2024-03-19",
        "source_headline": "Statement on Torkham",
        "source_original": "Taliban, Foreign Office",
        "where_prec": 3,
        "where_coordinates": "Barmal",
        "where_description": "Barmal, Paktika, Afghanistan",
        "adm_1": "Paktika province",
        "adm_2": "Barmal district",
        "latitude": 32.70428,
        "longitude": 69.20583,
        "geom_wkt": "POINT (69.20583 32.70428)",
        "priogrid_gid": 176899,
        "country": "Afghanistan",
        "country_id": 700,
        "region": "Asia",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2024-03-18T00:00:00",
        "date_end": "2024-03-18T00:00:00",
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 6,
        "deaths_unknown": 0,
        "best": 6,
        "high": 6,
        "low": 6,
        "gwnoa": "770",
    }


def test_the_same_strike_is_one_sided_once_the_target_is_not_contested():
    made = row(by="army", hit=["civilian_home"], dead={"civilian": 6})

    assert (made["type_of_violence"], made["side_b"], made["code_status"]) == (3, "Civilians", "Clear")
    assert made["side_b_new_id"] == 1


def test_cells_hold_the_types_of_the_published_api():
    full = numbered(
        {
            "pakistan": [("ucdp_actor", "142"), ("ucdp_dyad", "857")],
            "front": [("ucdp_actor", "356"), ("ucdp_actor", "TTP"), ("ucdp_dyad", "857")],
        }
    )
    for made in (
        row(known=full, by="front", at=["army"], dead={"security_forces": 7}),
        row(by="gunmen", at=["villagers"]),
    ):
        for name, value in made.items():
            assert value is None or type(value) is PYTHON[ucdp_columns.TYPES[name]], name
            assert value is not None or name not in ucdp_columns.ALWAYS
        assert datetime.fromisoformat(made["date_start"]) <= datetime.fromisoformat(made["date_end"])


@pytest.mark.parametrize(
    ("given", "type_", "a", "b"),
    [
        ({"by": "army", "at": ["front"]}, 1, "Government of Pakistan", "Front"),
        ({"by": "front", "at": ["army"]}, 1, "Government of Pakistan", "Front"),
        ({"by": "faction", "at": ["army", "pakistan"]}, 1, "Government of Pakistan", "Faction"),
        ({"by": "commander", "at": ["army"]}, 1, "Government of Pakistan", "Front"),
        ({"by": "army", "at": ["taliban"]}, 1, "Government of Afghanistan", "Government of Pakistan"),
        ({"by": "taliban", "at": ["army"]}, 1, "Government of Afghanistan", "Government of Pakistan"),
        ({"by": "rivals", "at": ["front"]}, 2, "Front", "Rivals"),
        ({"by": "front", "at": ["villagers"]}, 3, "Front", "Civilians"),
        ({"by": "front", "hit": ["market"]}, 3, "Front", "Civilians"),
        ({"by": "taliban", "hit": ["school"]}, 3, "Government of Afghanistan", "Civilians"),
        ({"by": "gunmen", "at": ["army"]}, 1, "Government of Pakistan", "XXX700"),
        ({"at": ["army"]}, 1, "Government of Pakistan", "XXX700"),
        ({"at": ["villagers"]}, 3, "XXX700", "Civilians"),
        ({"by": "army", "hit": ["militant_hideout"]}, 1, "Government of Pakistan", "XXX700"),
        ({"by": "army", "at": ["front", "rivals"]}, 1, "Government of Pakistan", "XXX700"),
        ({"by": "army", "at": ["front", "faction"]}, 1, "Government of Pakistan", "Faction"),
        ({"by": "front", "hit": ["police"]}, 1, "Government of Afghanistan", "Front"),
        ({"by": "front", "kind": "attack_on_civilians"}, 3, "Front", "Civilians"),
        ({"by": "front", "kind": "targeted_killing"}, 3, "Front", "Civilians"),
        ({"by": "front", "dead": {"security_forces": 7}, "party": {"army": 7}}, 1, "Government of Pakistan", "Front"),
        (
            {"dead": {"security_forces": 32}, "party": {"army": 23, "taliban": 9}},
            1,
            "Government of Afghanistan",
            "Government of Pakistan",
        ),
    ],
)
def test_who_stands_against_whom(given, type_, a, b):
    made = row(**given)

    assert (made["type_of_violence"], made["side_a"], made["side_b"]) == (type_, a, b)
    assert made["dyad_name"] == f"{a} - {b}"
    assert made["gwnoa"] == {"Government of Pakistan": "770", "Government of Afghanistan": "700"}.get(a)
    assert made["gwnob"] == {"Government of Pakistan": "770"}.get(b)


def test_the_taliban_are_a_group_before_their_rule():
    earlier = row(by="taliban", at=["army"], start="2020-05-01")
    later = row(by="taliban", at=["army"], start="2021-09-01")

    assert (earlier["side_a"], earlier["side_b"], earlier["gwnob"]) == ("Government of Pakistan", "Taliban", None)
    assert later["side_a"] == "Government of Afghanistan"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"dead": {"civilian": 0}}, "no_death"),
        ({"total": rows.figure()}, "no_death"),
        ({"total": rows.figure(None, None, 5)}, "no_death"),
        ({"kind": "talks"}, "no_death"),
        ({"kind": "series"}, "no_death"),
        ({"kind": "interception"}, "kind_not_coded"),
        ({"kind": "property_destruction"}, "kind_not_coded"),
        ({"kind": "other_violent"}, "kind_not_coded"),
        ({"start": None, "precision": "unknown"}, "date_unknown"),
        ({"place": barmal(latitude=None, longitude=None)}, "place_unknown"),
        ({"place": barmal(country=None)}, "place_unknown"),
        ({"place": {}, "where": ""}, "place_unknown"),
        ({"place": barmal(country={"slug": "nowhere", "name": "Nowhere"})}, "country_unknown"),
        ({"place": barmal(country={"slug": "not-in-the-register", "name": "X"})}, "country_unknown"),
        ({"by": "army"}, "type_unclear"),
        ({}, "type_unclear"),
        ({"by": "army", "dead": {"civilian": 2, "militant": 1}}, "type_unclear"),
        ({"by": "army", "at": ["villagers", "front"]}, "type_unclear"),
        ({"by": "army", "at": ["pakistan"]}, "type_unclear"),
        ({"by": "front", "at": ["faction"]}, "type_unclear"),
        ({"by": "villagers", "at": ["army"]}, "type_unclear"),
        ({"at": ["front"]}, "type_unclear"),
        ({"by": "front", "hit": ["militant_hideout"]}, "type_unclear"),
        ({"by": "army", "hit": ["school", "police"], "contested": ["target_nature"]}, "target_contested"),
        ({"hit": ["school", "police"], "contested": ["target_nature"]}, "target_contested"),
    ],
)
def test_what_cannot_be_expressed_is_skipped_with_its_reason(given, reason):
    # Each is one step away from a row, so that the reason is the step.
    base = {} if reason in ("type_unclear", "target_contested") else {"by": "army", "at": ["front"]}
    assert row(**base | given) == ucdp.Skip(reason)
    assert reason in ucdp.REASONS


def test_only_eligible_words_of_the_perpetrator_state_its_target():
    claims = [says("army", "target_nature", code="militant_hideout", is_eligible=False)]

    made = row(by="army", hit=["school", "police"], contested=["target_nature"], claims=claims)

    assert made == ucdp.Skip("target_contested")


def test_an_operation_gives_no_row_and_its_parts_do():
    whole, part = document(by="army", at=["front"]), document(by="army", at=["front"])

    made = list(ucdp.rows([ucdp.Entry(1, whole, is_leaf=False), ucdp.Entry(2, part)], REGISTER))

    assert made[0] == ucdp.Skip("operation")
    assert made[1]["id"] == 900_000_002


def test_rows_are_made_one_at_a_time():
    def endless():
        while True:
            yield ucdp.Entry(1, document(by="army", at=["front"]))

    made = ucdp.rows(endless(), REGISTER)

    assert next(made)["best"] == next(made)["best"] == 3


@pytest.mark.parametrize(
    ("given", "dead"),
    [
        ({"by": "faction", "at": ["army"], "dead": {"security_forces": 7, "militant": 6}}, (7, 6, 0, 0)),
        ({"by": "army", "at": ["villagers"], "dead": {"civilian": 3, "security_forces": 1}}, (1, 0, 3, 0)),
        ({"by": "front", "at": ["villagers"], "dead": {"civilian": 3, "militant": 2}}, (2, 0, 3, 0)),
        ({"by": "front", "at": ["villagers"], "dead": {"civilian": 3, "security_forces": 2}}, (0, 0, 3, 2)),
        ({"at": ["villagers"], "dead": {"civilian": 3, "militant": 2}}, (0, 0, 3, 2)),
        ({"by": "army", "at": ["front"], "dead": {"unknown": 4}}, (0, 0, 0, 4)),
        (
            {"by": "army", "at": ["taliban"], "dead": {"security_forces": 40}, "party": {"army": 23, "taliban": 9}},
            (9, 23, 0, 8),
        ),
        (
            {"by": "front", "at": ["rivals"], "dead": {"militant": 9}, "party": {"faction": 5, "rivals": 3}},
            (5, 3, 0, 1),
        ),
        (
            {"by": "army", "at": ["front"], "dead": {"security_forces": 9, "militant": 1}, "party": {"taliban": 4}},
            (5, 1, 0, 4),
        ),
    ],
)
def test_the_dead_count_to_their_side(given, dead):
    made = row(**given)

    assert (made["deaths_a"], made["deaths_b"], made["deaths_civilians"], made["deaths_unknown"]) == dead


@pytest.mark.parametrize(
    ("total", "best_low_high", "status"),
    [
        (rows.figure(3, 5, 8), (5, 3, 8), "Clear"),
        (rows.figure(None, 5, None), (5, 5, 5), "Clear"),
        (rows.figure(3, None, 8), (3, 3, 8), "Check deaths"),
        (rows.figure(3, None, None, open_upper=True), (3, 3, 3), "Check deaths"),
        (rows.figure(3, 3, 8, open_upper=True), (3, 3, 8), "Check deaths"),
    ],
)
def test_the_range_of_the_dead(total, best_low_high, status):
    made = row(by="army", at=["villagers"], dead={}, total=total)

    assert (made["best"], made["low"], made["high"]) == best_low_high
    assert made["code_status"] == status


def test_rival_accounts_of_who_died_are_nobodys_dead():
    made = row(by="army", at=["front"], dead={"civilian": 24, "militant": 20}, total=rows.figure(20, None, 52))

    assert (made["deaths_civilians"], made["deaths_b"], made["deaths_unknown"], made["best"]) == (0, 0, 20, 20)
    assert made["code_status"] == "Check deaths"


@st.composite
def figures(draw, positive=False):
    numbers = sorted(draw(st.lists(st.integers(1 if positive else 0, 300), min_size=3, max_size=3)))
    low, best, high = (number if draw(st.booleans()) else None for number in numbers)
    if positive and low is None and best is None:
        best = numbers[1]
    return rows.figure(low, best, high, open_upper=draw(st.booleans()))


@given(
    total=figures(positive=True),
    categories=st.fixed_dictionaries(
        {code: figures() for code in ("civilian", "security_forces", "militant", "unknown")}
    ),
    parties=st.dictionaries(st.sampled_from(["army", "taliban", "front", "rivals", "villagers"]), figures()),
    sides=st.sampled_from(
        [("army", "front"), ("army", "taliban"), ("front", "rivals"), ("front", "villagers"), (None, "army")]
    ),
)
def test_the_four_parts_always_add_up_to_best(total, categories, parties, sides):
    by, at = sides
    made = document(by=by, at=[at])
    made["headline"]["casualties"]["killed"] |= {"total": total, "by_category": categories, "by_party": parties}

    cells = ucdp.row(made, 1, REGISTER)

    parts = [cells[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown")]
    assert min(parts) >= 0
    assert sum(parts) == cells["best"]
    assert cells["best"] > 0 and cells["low"] <= cells["best"] <= cells["high"]


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2024-03-18", "2024-03-18", "minute", 1),
        ("2024-03-18", "2024-03-18", "part_of_day", 1),
        ("2024-03-18", "2024-03-18", "day_range", 1),
        ("2024-03-18", "2024-03-19", "day_range", 2),
        ("2024-03-18", "2024-03-23", "day_range", 2),
        ("2024-03-18", "2024-03-24", "day_range", 3),
        ("2024-03-18", "2024-03-24", "week", 3),
        ("2024-03-01", "2024-03-31", "month", 4),
        ("2024-01-01", "2024-03-31", "quarter", 5),
        ("2024-01-01", "2024-12-31", "year", 5),
    ],
)
def test_precision_of_the_date(start, end, precision, expected):
    made = row(by="army", at=["front"], start=start, end=end, precision=precision)

    assert (made["date_prec"], made["date_start"], made["date_end"]) == (
        expected,
        f"{start}T00:00:00",
        f"{end}T00:00:00",
    )
    assert made["event_clarity"] == (1 if expected <= 2 else 2)


@pytest.mark.parametrize(
    ("precision", "level", "adm_1", "adm_2", "clarity"),
    [
        ("site", 1, "Paktika province", "Barmal district", 1),
        ("settlement", 1, "Paktika province", "Barmal district", 1),
        ("near_settlement", 2, "Paktika province", "Barmal district", 1),
        ("district", 3, "Paktika province", "Barmal district", 1),
        ("province", 4, "Paktika province", None, 1),
        ("several_provinces", 5, None, None, 2),
        ("border_segment", 5, None, None, 2),
        ("country", 6, None, None, 2),
    ],
)
def test_precision_of_the_place(precision, level, adm_1, adm_2, clarity):
    made = row(by="army", at=["front"], where=precision)

    assert (made["where_prec"], made["adm_1"], made["adm_2"]) == (level, adm_1, adm_2)
    assert made["event_clarity"] == clarity


def test_a_province_that_says_what_it_is_is_not_told_twice():
    place = barmal(province={"slug": "ict", "name": "Islamabad Capital Territory"})

    assert row(by="army", at=["front"], place=place)["adm_1"] == "Islamabad Capital Territory"


# Coordinates and cells of rows that UCDP published (GED 26.0.1 and 22.1).
@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (36.936997, 65.598732, 182652),
        (34.349991, 62.200001, 179045),
        (-9.65, 20.4, 115601),
        (35.763369, 36.558974, 181154),
    ],
)
def test_grid_cells_are_those_of_published_rows(latitude, longitude, cell):
    assert ucdp.grid_cell(latitude, longitude) == cell


def test_numbers_and_names_come_from_the_register_alone():
    known = numbered(
        {
            "pakistan": [("ucdp_actor", "142"), ("ucdp_dyad", "857"), ("ucdp_dyad", "12291")],
            "front": [
                ("ucdp_actor", "356"),
                ("ucdp_actor", "TTP"),
                ("ucdp_dyad", "857"),
                ("ucdp_dyad", "997 TTP - Civilians"),
            ],
        }
    )
    state_based = row(known=known, by="front", at=["army"])
    one_sided = row(known=known, by="front", at=["villagers"])

    assert (state_based["side_a_new_id"], state_based["side_b_new_id"], state_based["side_b"]) == (142, 356, "TTP")
    assert (state_based["dyad_new_id"], state_based["relid"]) == (857, "AFG-2024-1-857-124")
    assert (one_sided["dyad_new_id"], one_sided["dyad_name"]) == (997, "TTP - Civilians")


def test_a_number_that_is_not_certain_is_left_empty():
    two = numbered({"front": [("ucdp_actor", "356"), ("ucdp_actor", "357"), ("ucdp_dyad", "857")]})
    made = row(known=two, by="front", at=["army"])

    assert (made["side_b_new_id"], made["dyad_new_id"], made["side_a_new_id"]) == (None, None, None)


def test_a_name_counts_on_the_days_on_which_it_holds():
    known = numbered(
        {"front": [("ucdp_actor", "Old Front", None, "2023-12-31"), ("ucdp_actor", "New Front", "2024-01-01")]}
    )

    assert row(known=known, by="front", at=["army"], start="2023-12-31")["side_b"] == "Old Front"
    assert row(known=known, by="front", at=["army"], start="2024-01-01")["side_b"] == "New Front"


def test_checks_name_what_the_columns_cannot_hold():
    suspected = row(by="front", at=["army"], status="suspected", contested=["date", "casualties"])
    unusual = row(by="front", at=["villagers"], kind="complex_attack")
    by_place = row(by="front", hit=["police"])

    assert suspected["code_status"] == "Check date, casualties, dyad"
    assert unusual["code_status"] == "Check type of violence"
    assert by_place["code_status"] == "Check dyad"


def test_sources_stand_in_one_order_and_copies_are_left_out():
    first = rows.document(uid="DDDD-DDD1", title='He said "no"; then left')
    copy = rows.document(uid="DDDD-DDD2", derived_from="DDDD-DDD1")
    undated = rows.document(uid="DDDD-DDD3", published=None)
    claims = [
        says(
            "army", "occurrence", citations=[rows.citation(document="DDDD-DDD1"), rows.citation(document="DDDD-DDD2")]
        ),
        says(None, "target", claimant_text="A resident; unnamed", citations=[rows.citation(document="DDDD-DDD1")]),
    ]
    made = row(by="army", at=["front"], claims=claims, documents=[first, copy, undated])

    assert made["number_of_sources"] == 2
    assert made["source_article"] == '"Dawn,2024-03-19,He said \'no\', then left";"Dawn,,Statement on Torkham"'
    assert made["source_office"].split(";") == ["Dawn", "Dawn"]
    assert made["source_date"].split(";") == ["2024-03-19", ""]
    assert made["source_headline"].split(";") == ["He said 'no', then left", "Statement on Torkham"]
    assert made["source_original"].split(";") == ["Army, A resident, unnamed", ""]
