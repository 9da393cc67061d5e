"""Lists of places are told apart by their content, and every row that cannot be taken says why."""

import pytest

from events.exchange import gazetteers
from events.exchange.gazetteer_rows import Entry, Name, Skipped
from events.exchange.rows import Problem
from events.exchange.tables import Refused
from tests.exchange.files import geonames_place, put

TABLE = "kind,name,lat,lon,iso,province,pcode,district,dcode,population,alt,source,source_id\n"


def read(folder, text):
    return list(gazetteers.read(put(folder, text)))


def test_a_country_dump_is_read_with_its_quotation_marks_and_other_features_are_passed_over(tmp_path):
    text = geonames_place(name='Test "old" Kot', alternatenames="Kot,کوت", population="1200", admin2="77")
    text += geonames_place(geonameid="2", name="Test River", feature="H.STM")
    text += geonames_place(geonameid="3", name="Upper Test District", feature="A.ADM2", admin2="77")
    assert gazetteers.kind_of(put(tmp_path, text)) == gazetteers.DUMP
    town, river, district = read(tmp_path, text)
    assert (town.name, town.level, town.population, town.geonames_id) == ('Test "old" Kot', "settlement", 1200, 1)
    assert ("کوت", "") in town.aliases
    assert (town.province_key, town.district_key, town.basis) == ("XX.03", "XX.03.77", "settlement")
    assert river == Skipped(2, "H.STM")
    assert (district.name, district.key, district.level, district.basis) == (
        "Upper Test", "XX.03.77", "district", "centroid",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column", "value", "sentence"),
    [
        ({"latitude": "91"}, "latitude", "91", "from -90 to 90"),
        ({"longitude": "east"}, "longitude", "east", "from -180 to 180"),
        ({"latitude": "nan"}, "latitude", "nan", "from -90 to 90"),
        ({"latitude": ""}, "latitude", "", "Give the latitude"),
        ({"population": "many"}, "population", "many", "no whole number"),
        ({"name": ""}, "name", "", "needs a name"),
    ],
)
def test_a_line_of_a_dump_that_cannot_be_taken_says_where_and_why(tmp_path, changes, column, value, sentence):
    problem = read(tmp_path, geonames_place() + geonames_place(geonameid="2", **changes))[1]
    assert isinstance(problem, Problem)
    assert (problem.line, problem.column, problem.value) == (2, column, value)
    assert sentence in problem.sentence


def test_a_cut_line_is_a_problem_of_its_own(tmp_path):
    whole, cut = read(tmp_path, geonames_place() + "2\tTest\t")
    assert isinstance(whole, Entry)
    assert "3 cells instead of 19" in cut.sentence


def test_alternate_names_keep_language_and_age_and_tell_wikidata(tmp_path):
    rows = (
        "1\t7\tur\tکوت\t\t\t\t",
        "2\t7\ten\tOld Kot\t\t\t\t1",
        "3\t7\twkdt\tQ42\t\t\t\t",
        "4\t7\tlink\thttp\t\t\t\t",
    )
    assert read(tmp_path, "\n".join(rows)) == [
        Name(1, 7, "کوت", "ur"),
        Name(2, 7, "Old Kot", "en", is_former=True),
        Name(3, 7, "", wikidata="Q42"),
        Skipped(4, "link"),
    ]


def test_a_table_says_codes_names_and_sources(tmp_path):
    text = TABLE + "district,Testpur,33.1,70.2,xx,Upper,XX01,Testpur,XX0101,,Testabad|ٹیسٹ,Survey,XX0101\n"
    text += "place,Kot,33.1,70.2,XX,Upper,XX01,Testpur,XX0101,1200.0,,GeoNames,55\n"
    district, place = read(tmp_path, text)
    assert (district.code, district.key, district.province_key) == ("XX0101", "XX0101", "XX01")
    assert (district.district, district.country_iso) == ("", "XX")
    assert district.aliases == (("Testabad", ""), ("ٹیسٹ", ""))
    assert (place.geonames_id, place.population, place.code, place.district_key) == (55, 1200, "", "XX0101")
    assert place.note == "GeoNames"


def test_crossings_name_both_sides_and_a_guessed_point_is_not_taken(tmp_path):
    text = "name,name_local,xx_province,yy_province,lat,lon,coord_note\n"
    text += "Test Gate,گیٹ,Upper,Lower,33.1,70.2,surveyed\nOther Gate,,Upper,,33.1,70.2,approx: snapped\n"
    gate, other = read(tmp_path, text)
    assert gate.sides == (("XX", "Upper"), ("YY", "Lower"))
    assert (gate.country_iso, gate.level, gate.latitude, gate.basis) == ("XX", "site", 33.1, "site")
    assert (other.latitude, other.basis, other.is_approximate) == (None, "none", True)


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("river,Test,33,70,XX,,,,,,,,", "kind", "“river” is no kind of place"),
        ("place,,33,70,XX,,,,,,,,", "name", "needs a name"),
        ("place,Test,33,,XX,,,,,,,,", "lat", "or neither"),
        ("place,Test,33,190,XX,,,,,,,,", "lon", "-180 to 180"),
        ("place,Test,33,70,XX,,,,,1.5,,,", "population", "no whole number"),
    ],
)
def test_a_row_of_a_table_that_cannot_be_taken_says_where_and_why(tmp_path, row, column, sentence):
    (problem,) = read(tmp_path, TABLE + row + "\n")
    assert (problem.line, problem.column) == (2, column)
    assert sentence in problem.sentence


def test_a_table_that_says_too_little_is_refused(tmp_path):
    with pytest.raises(Refused, match="No column says what the rows are"):
        read(tmp_path, "name,lat,lon\nTest,33,70\n")
    with pytest.raises(Refused, match="lat is missing"):
        read(tmp_path, "kind,name\nplace,Test\n")
