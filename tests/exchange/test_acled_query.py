"""ACLED's query strings, read: every comparison, every setting, and what is refused with which words."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.exchange import acled, acled_query, acled_words
from events.exchange.acled_bounds import Bounds, bounds
from tests.exchange import acled_documents as made

EVENTS = acled_query.EVENTS
AFGHAN = acled.row(made.document(), made.FACTS)
PAKISTANI = acled.row(
    made.document(
        uid="0000-0041",
        day="2023-07-02",
        kind="ambush",
        location=made.in_pakistan(latitude=33.0, longitude=70.2),
        edition={"published_at": "2023-07-05T00:00:00Z", "kind": "published"},
        actors={"group": made.actor("Made-up Group", "armed_group", "non_state", "")},
        conclude={"attribution": made.done_by("group"), "casualties": made.killed(made.figure(9, 9, 9))},
    ),
    made.FACTS,
)
BOTH = {"AF": AFGHAN, "PK": PAKISTANI}


def read(query, table=EVENTS):
    return acled_query.parse(table, parse_qsl(query, keep_blank_values=True))


def found(query):
    question = read(query)
    return {code for code, row in BOTH.items() if question.holds(row)}


def refused(query, table=EVENTS):
    with pytest.raises(acled_query.Refused) as caught:
        read(query, table)
    return " ".join(caught.value.sentences)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "AF PK"),
        # what columns are compared by unless asked otherwise
        ("actor1=made-UP", "PK"),
        ("event_type=BATTLES", "PK"),
        ("sub_event_type=clash|drone", "AF PK"),
        ("notes=made%25incident", "AF PK"),
        ("country=Pakistan", "PK"),
        ("country=Pak", ""),
        ("year=2023", "PK"),
        ("iso=4", "AF"),
        ("region=7", "PK"),
        ("region=South Asia", "PK"),
        ("region=1", ""),
        ("fatalities=9", "PK"),
        ("latitude=33", "PK"),
        ("longitude=69.2574", "AF"),
        ("event_date=2024-03-18", "AF"),
        ("timestamp=1710936000", "AF"),
        ("timestamp=2023-07-05", "AF PK"),
        ("timestamp=1710936001", ""),
        ("inter1=2", "PK"),
        ("inter1=Rebel group", "PK"),
        ("interaction=20", "PK"),
        ("interaction=Political militia only", "AF"),
        ("event_id_cnty=PAKX", "PK"),
        ("geo_precision=2", "AF PK"),
        # named comparisons
        ("country=pak&country_where=LIKE", "PK"),
        ("country=pakistan&country_where==", "PK"),
        ("actor1=Made-up&actor1_where=%3D", ""),
        ("fatalities=0&fatalities_where=>", "PK"),
        ("fatalities=9&fatalities_where=<", "AF"),
        ("fatalities=9&fatalities_where=>=", "PK"),
        ("fatalities=9&fatalities_where=<=", "AF PK"),
        ("event_date=2023-07-02|2024-03-17&event_date_where=BETWEEN", "PK"),
        ("event_date=2023-07-02|2024-03-18&event_date_where=between", "AF PK"),
        ("event_date=2024-03&event_date_where=LIKE", "AF"),
        ("event_date=2023-07-02&event_date_where=>", "AF"),
        ("year=2022|2023&year_where=BETWEEN", "PK"),
        ("timestamp=2024-01-01&timestamp_where=<", "PK"),
        ("latitude=32|32.9&latitude_where=BETWEEN", "AF"),
        # several
        ("country=Pakistan|Afghanistan", "AF PK"),
        ("event_date=2023-07-02|2024-03-18", "AF PK"),
        ("country=Pakistan:OR:Afghanistan", "AF PK"),
        ("country=India:OR:country=Pakistan&country_where=%3D", "PK"),
        ("actor1=Made-up Group:OR:iso=4", "AF PK"),
        ("country=Pakistan&year=2024", ""),
        # what is empty is not given
        ("country=&event_date=&event_date_where=BETWEEN", "AF PK"),
        ("key=x&email=y&terms=accept", "AF PK"),
    ],
)
def test_rows_are_chosen_as_there(query, expected):
    assert found(query) == set(expected.split())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("foo=1", "foo: there is no such parameter here."),
        ("data_id=1", "data_id: there is no such parameter here."),
        ("year=2024&year=2023", "year: it stands twice."),
        ("year=x", "year: “x” is not a whole number."),
        ("iso3=PAK", "iso3: there is no such parameter here."),
        ("event_date=18/03/2024", "event_date: “18/03/2024” is not a day (YYYY-MM-DD)."),
        ("event_date=>2024-03-18", "event_date: “>2024-03-18” is not a day"),
        ("event_date=2024-03-18&event_date_where=BETWEEN", "event_date: BETWEEN takes two values"),
        ("event_date=2024-03-19|2024-03-18&event_date_where=BETWEEN", "the lower first"),
        ("event_date=|2024-03-18&event_date_where=BETWEEN", "nothing on one side"),
        ("fatalities=1&fatalities_where=SIMILAR", "fatalities_where: “SIMILAR” is no comparison."),
        ("fatalities_where=>", "fatalities_where: there is nothing to compare"),
        ("actor1=x&actor1_where=>", "actor1_where: this column has no order; use = or LIKE."),
        ("inter1=State&inter1_where=LIKE", "inter1_where: this column has no order; use =."),
        ("inter1=Wizards", "inter1: “Wizards” is not a type of actor"),
        ("interaction=a-b", "is not an interaction"),
        ("region=-", ""),
        ("timestamp=yesterday", "timestamp: “yesterday” is not a moment"),
        ("timestamp=99999999999999999", "is not a moment"),
        ("latitude=north", "is not a number of degrees"),
        ("limit=-1", "limit: “-1” is not a whole number from 0 on"),
        ("limit=many", "limit: “many”"),
        ("page=0", "page: “0” is not a whole number from 1 on"),
        ("_format=xml", "_format: “xml” is not offered here."),
        ("_format=csv&format=json", "two formats"),
        ("export_type=triadic", "export_type: “triadic”"),
        ("inter_num=2", "inter_num: “2” is neither"),
        ("population=some", "population: “some” is neither"),
        ("fields=country|shoe_size", "fields: “shoe_size” is no column"),
        ("fields=actor2&export_type=monadic", "fields: “actor2” is no column"),
        ("notes=" + "x" * 501, "notes: a value is longer"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(query, said):
    if said:
        assert said in refused(query)
    else:
        assert found(query) == set()  # a region that is not ours matches nothing


def test_every_mistake_is_told_at_once():
    with pytest.raises(acled_query.Refused) as caught:
        read("foo=1&year=x&limit=-1")

    assert len(caught.value.sentences) == 3


def test_settings_are_read():
    question = read("fields=year|country|year&limit=10&page=3&inter_num=1&_format=CSV&?export_type=dyadic")

    assert (question.columns, question.slice, question.is_numeric, question.form) == (
        ("year", "country"),
        (20, 30),
        True,
        "csv",
    )
    assert not question.is_monadic


def test_the_usual_page_has_5000_rows_and_the_monadic_one_10000_and_0_means_all():
    assert read("").slice == (0, 5000)
    assert read("export_type=monadic").slice == (0, 10000)
    assert read("export_type=monadic&limit=7").slice == (0, 7)
    assert read("limit=0").slice == (0, None)
    assert read("limit=0&page=2").slice == (0, 0)


def test_population_adds_columns_and_the_monadic_shape_loses_the_second_actor():
    assert read("population=full").columns == (*acled_words.COLUMNS, *acled_words.POPULATION["full"])
    assert read("population=TRUE").columns[-1] == "population_best"
    assert set(acled_words.COLUMNS) - set(read("export_type=monadic").columns) == set(acled_words.SECOND_ACTOR)


def test_a_format_as_export_type_is_a_format():
    assert read("export_type=json").form == "json"
    assert read("export_type=csv", acled_query.TABLES["actor"]).form == "csv"
    assert "for events" in refused("export_type=monadic", acled_query.TABLES["actor"])


def test_lists_take_their_own_columns_only():
    table = acled_query.TABLES["deleted"]

    assert read("deleted_timestamp=2024-01-01", table).groups[0][0].operator == ">="
    assert "no such parameter" in refused("actor1=x", table)
    assert "no such parameter" in refused("population=full", table)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=Pakistan", Bounds(countries=frozenset({"PK"}))),
        ("region=7|13", Bounds(countries=frozenset({"PK", "AF"}))),
        ("iso=4&country=Pakistan", Bounds(countries=frozenset())),
        ("country=Pakistan:OR:year=2024", Bounds()),
        ("country=Pak&country_where=LIKE", Bounds()),
        ("year=2024", Bounds(first=date(2023, 12, 18), last=date(2024, 12, 31))),
        ("year=2023|2024", Bounds(first=date(2022, 12, 18), last=date(2024, 12, 31))),
        ("event_date=2024-03-15&event_date_where=>=", Bounds(first=date(2024, 3, 1))),
        ("event_date=2024-03-15&event_date_where=<", Bounds(last=date(2024, 3, 15))),
        ("event_date=0001-01-02", Bounds(first=date.min, last=date(1, 1, 2))),
        ("year=0", Bounds()),
        ("timestamp=100|50", Bounds(since=50)),
        ("timestamp=100&timestamp_where=<", Bounds()),
    ],
)
def test_the_index_leaves_out_what_cannot_fit(query, expected):
    assert bounds(read(query)) == expected


_DAYS = st.dates(date(2022, 12, 1), date(2024, 6, 30)).map(str)
_OPERATORS = st.sampled_from(["=", ">", "<", ">=", "<=", "BETWEEN"])


@st.composite
def _queries(draw):
    parts = []
    for name, values in (
        ("event_date", _DAYS),
        ("year", st.integers(2022, 2024).map(str)),
        ("timestamp", _DAYS),
        ("country", st.sampled_from(["Pakistan", "Afghanistan", "Iran"])),
    ):
        if not draw(st.booleans()):
            continue
        operator = "=" if name == "country" else draw(_OPERATORS)
        two = operator == "BETWEEN" or draw(st.booleans())
        text = "|".join(sorted([draw(values), draw(values)]) if two else [draw(values)])
        if operator != "BETWEEN" and draw(st.booleans()):
            text += ":OR:iso=586"
        parts += [(name, text), (f"{name}_where", operator)]
    return parts


@given(_queries())
def test_no_bound_is_narrower_than_the_query(pairs):
    question = acled_query.parse(EVENTS, pairs)
    limits = bounds(question)
    starts = {"AF": date(2024, 3, 18), "PK": date(2023, 7, 2)}

    for code, row in BOTH.items():
        if question.holds(row):
            assert limits.countries is None or code in limits.countries
            assert limits.first is None or starts[code] >= limits.first
            assert limits.last is None or starts[code] <= limits.last
            assert limits.since is None or row["timestamp"] >= limits.since


def test_a_month_is_found_by_the_day_that_stands_for_it():
    month = acled.row(made.document(precision="month", day="2024-03-01", until="2024-03-31"), made.FACTS)
    question = read("event_date=2024-03-15")

    assert question.holds(month)
    assert bounds(question).first <= date(2024, 3, 1)
